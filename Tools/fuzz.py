#!/usr/bin/env python3
"""Feed damaged Go files to apus and keep those that break it.

    Tools/fuzz.py [-n N] [-seconds S] [-seed K] [-build SHARE] [-j N] [-truncate N] [PATH...]

Takes the .go files under the PATHs (by default those of testdata, of the Go project's test folder
and of the type checker's test data in GOROOT), damages one at a time and runs `apus check -e` on
it, or `apus build` for a share of them. With -truncate N, every file is cut off at N places
instead. A good end is exit status 0 or 1 within the time limit; everything else (a trap, an
internal error, no end, more than 4 GB of memory) is a finding: it is made smaller while it still
breaks apus in the same phase, and stored in testdata/fuzz, where runtests.py replays it. The last
line is `N inputs, N findings`; the exit status is 1 if there are findings.
"""
import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
APUS = ROOT / ".build" / "release" / "apus"
KEEP = ROOT / "testdata" / "fuzz"
LIMIT = 20
MEMORY = 4 << 30
TOKEN = re.compile(
    rb'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\'(?:[^\'\\\n]|\\.)*\'|[A-Za-z_]\w*'
    rb'|[0-9][\w.]*|<<=|>>=|&\^=|\.\.\.|[-+*/%&|^<>=!:]=|&&|\|\||<-|\+\+|--|<<|>>|&\^|\s+|.', re.S)
WORDS = (b"break case chan const continue default defer else fallthrough for func go goto if import "
         b"interface map package range return select struct switch type var int string any error "
         b"nil iota true _ init main append len cap make new copy clear min max close delete panic "
         b"recover print unsafe.Sizeof unsafe.Offsetof comparable ~int uintptr complex128").split()
PIECES = WORDS + [b"(", b")", b"[", b"]", b"{", b"}", b",", b";", b":", b".", b"...", b"=", b":=",
                  b"<-", b"*", b"&", b"!", b"+", b"<<", b"==", b"||", b"~", b"|", b"0", b"-1",
                  b"1e1000", b"1<<100", b"0x1p-2000", b"'x'", b'""', b"`", b'"', b"'", b"/*", b"\n",
                  b"\x00", b"\xff", b"\xef\xbb\xbf", b"[P any]", b"[...]int{}", b"func() {}",
                  b"1 << 62", b"struct{}", b"interface{}", b"[]T", b"T[T]", b"L: "]


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def attempt(apus, data, build, work):
    """What is wrong with apus on this input: a short text, or None."""
    path = pathlib.Path(work) / "x.go"
    path.write_bytes(data)
    if build:
        argv = [apus, "build", "-o", pathlib.Path(work) / "x.out", path]
    else:
        argv = [apus, "check", "-e", path]
    try:
        p = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=work,
                           stderr=subprocess.PIPE, timeout=LIMIT, preexec_fn=limits)
    except subprocess.TimeoutExpired:
        return "no end after %d seconds" % LIMIT
    if p.returncode in (0, 1):
        return None
    lines = p.stderr.decode("utf-8", "replace").strip().splitlines()
    # Swift's own report of a trap comes first, ours last.
    reason = [l for l in lines if "rror" in l] or [""]
    return "status %d: %s" % (p.returncode, " | ".join(l[:200] for l in (reason[0], reason[-1])))


def kind(problem):
    """The part of a problem that stays the same while an input is made smaller."""
    return re.sub(r"\d+", "N", problem.split(" in ")[0])


def damage(r, data, others):
    """One mutant of `data`."""
    if r.random() < 0.3:
        out = bytearray(data)
        for _ in range(r.choice([1, 1, 2, 5])):
            at = r.randrange(len(out) + 1)
            if r.random() < 0.4:
                del out[at:at + r.choice([1, 3, 30])]
            elif r.random() < 0.5 and at < len(out):
                out[at] = r.randrange(256)
            else:
                out[at:at] = r.choice(PIECES)
        return bytes(out)
    tokens = TOKEN.findall(data)
    if not tokens:
        return data
    solid = [i for i, t in enumerate(tokens) if t.strip() and not t.startswith((b"//", b"/*"))]
    for _ in range(r.choice([1, 1, 1, 2, 3, 8])):
        if not solid:
            break
        i = r.choice(solid)
        what = r.random()
        if what < 0.2:
            tokens[i] = b""
        elif what < 0.4:
            tokens[i] = tokens[r.choice(solid)]
        elif what < 0.55:
            tokens[i] = r.choice(PIECES)
        elif what < 0.7:
            tokens[i] += b" " + r.choice(PIECES) + b" "
        elif what < 0.8:
            j = r.choice(solid)
            tokens[i], tokens[j] = tokens[j], tokens[i]
        elif what < 0.9:
            k = solid[min(len(solid) - 1, solid.index(i) + r.choice([2, 5, 20]))]
            piece = b"".join(tokens[i:k + 1])
            tokens[r.choice(solid)] += b" " + piece + b" "
        else:
            other = TOKEN.findall(r.choice(others).read_bytes())
            if other:
                j = r.randrange(len(other))
                tokens[i] += b" " + b"".join(other[j:j + r.choice([3, 10, 40])]) + b" "
    return b"".join(tokens)


def shrink(apus, data, build, problem, work, budget=400):
    """A smaller input with the same kind of problem: drops runs of lines, then of tokens."""
    wanted = kind(problem)
    for split in (lambda d: d.splitlines(True), TOKEN.findall):
        parts = split(data)
        size = max(1, len(parts) // 2)
        while size >= 1 and budget > 0:
            i = 0
            while i < len(parts) and budget > 0:
                budget -= 1
                rest = parts[:i] + parts[i + size:]
                p = attempt(apus, b"".join(rest), build, work)
                if p is not None and kind(p) == wanted:
                    parts = rest
                else:
                    i += size
            size //= 2
        data = b"".join(parts)
    return data


def default_paths():
    out = [ROOT / "testdata"]
    suite = pathlib.Path("/usr/share/go-1.19/test")
    if suite.is_dir():
        out.append(suite)
    p = subprocess.run([APUS, "env", "GOROOT"], stdout=subprocess.PIPE, text=True)
    data = pathlib.Path(p.stdout.strip()) / "src/internal/types/testdata"
    return out + ([data] if data.is_dir() else [])


def main():
    parser = argparse.ArgumentParser(description="Fuzz apus with damaged Go files.")
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("-seconds", type=float, default=0)
    parser.add_argument("-seed", type=int, default=None)
    parser.add_argument("-build", type=float, default=0.1)
    parser.add_argument("-truncate", type=int, default=0)
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("-apus", default=str(APUS))
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 30)
    print("seed %d" % seed, flush=True)
    files = []
    for p in options.paths or default_paths():
        files += [p] if p.is_file() else sorted(p.rglob("*.go"))
    files = [f for f in files if f.is_file() and f.stat().st_size < 200_000]
    if not files:
        parser.error("no Go files")
    end = time.time() + options.seconds if options.seconds else None
    lock = threading.Lock()
    seen = set()
    counts = [0, 0]

    def inputs(index):
        """The inputs of one unit of work."""
        if options.truncate:
            data = files[index].read_bytes()
            for k in range(options.truncate):
                yield data[:len(data) * (k + 1) // (options.truncate + 1)], False
        else:
            r = random.Random("%d/%d" % (seed, index))
            data = damage(r, r.choice(files).read_bytes(), files)
            yield data, r.random() < options.build

    def one(index):
        if end and time.time() > end:
            return
        for data, build in inputs(index):
            with tempfile.TemporaryDirectory() as work:
                problem = attempt(options.apus, data, build, work)
                with lock:
                    counts[0] += 1
                    if problem is None or kind(problem) in seen:
                        counts[1] += problem is not None
                        continue
                    seen.add(kind(problem))
                    counts[1] += 1
                if build and attempt(options.apus, data, False, work) is not None:
                    build = False
                small = shrink(options.apus, data, build, problem, work)
                KEEP.mkdir(exist_ok=True)
                name = hashlib.sha256(small).hexdigest()[:10] + (".build.go" if build else ".go")
                (KEEP / name).write_bytes(small)
                print("%s: %s" % (name, problem), flush=True)

    units = range(len(files)) if options.truncate else range(options.n if not end else 1 << 24)
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        # Submitted in pieces, so that a limit of time does not leave millions of tasks behind.
        for start in range(0, len(units), 200):
            if end and time.time() > end:
                break
            list(pool.map(one, units[start:start + 200]))
    print("%d inputs, %d findings" % tuple(counts))
    return 1 if counts[1] else 0


if __name__ == "__main__":
    sys.exit(main())
