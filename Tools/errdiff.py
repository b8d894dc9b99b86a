#!/usr/bin/env python3
"""Damage Go files and compare what Apus and gc's compiler say about them.

    Tools/errdiff.py [-n N] [-seconds S] [-seed K] [-j N] [-syntax SHARE] [-keep DIR] [PATH...]

Takes the single-file programs under the PATHs (by default testdata/lang, run, fixed), changes a few
tokens of one at a time so that it still looks like Go (names, literals and operators for others of
the file, lines gone, doubled or moved; a SHARE of them as Tools/fuzz.py does), and runs `apus check
-e` and `go tool compile -e` on it. The messages must be the same. What differs is kept in DIR with
both lists below it. The last line is `N inputs, N with errors, N different`.
"""
import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import threading
import time

import fuzz

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAME = re.compile(rb"[A-Za-z_]\w*\Z")
OPERATORS = [b"+", b"-", b"*", b"/", b"%", b"<<", b">>", b"&", b"|", b"&^", b"==", b"!=", b"<", b">=",
             b"&&", b"||"]
ASSIGNMENTS = [b"=", b":=", b"+=", b"<<=", b"||"]
LITERALS = [b"0", b"1", b"-1", b"1.5", b"'x'", b'"s"', b"nil", b"true", b"1i", b"1 << 70", b"[]int{}",
            b"struct{}{}", b"func() {}", b"iota", b"_", b"int", b"x.y", b"new(int)", b"1e100"]
TYPES = [b"int", b"string", b"any", b"error", b"[]int", b"map[string]int", b"*int", b"float64", b"func()",
         b"chan int", b"struct{ x int }", b"interface{ ~int }", b"comparable", b"[3]int", b"uint8", b"bool"]


def change(r, data):
    """A mutant of `data` with few syntax errors."""
    tokens = fuzz.TOKEN.findall(data)
    solid = [i for i, t in enumerate(tokens) if t.strip() and not t.startswith((b"//", b"/*"))]
    names = [i for i in solid if NAME.match(tokens[i]) and tokens[i] not in fuzz.WORDS[:25]]
    if len(names) < 3:
        return data
    for _ in range(r.choice([1, 1, 1, 2, 2, 3, 5])):
        what = r.random()
        if what < 0.4:
            tokens[r.choice(names)] = tokens[r.choice(names)]
        elif what < 0.5:
            tokens[r.choice(names)] = r.choice(TYPES)
        elif what < 0.6:
            tokens[r.choice(names)] = r.choice(LITERALS)
        elif what < 0.75:
            of = [i for i in solid if tokens[i] in OPERATORS] or names
            tokens[r.choice(of)] = r.choice(OPERATORS)
            of = [i for i in solid if tokens[i] in ASSIGNMENTS]
            if of and r.random() < 0.3:
                tokens[r.choice(of)] = r.choice(ASSIGNMENTS)
        elif what < 0.85:
            of = [i for i in solid if tokens[i][:1] in b"0123456789\"'`"] or names
            tokens[r.choice(of)] = r.choice(LITERALS)
        else:
            lines = b"".join(tokens).splitlines(True)
            i, j = r.randrange(len(lines)), r.randrange(len(lines))
            how = r.random()
            if how < 0.4:
                lines[i] = b""
            elif how < 0.7:
                lines[j] += lines[i]
            else:
                lines[i], lines[j] = lines[j], lines[i]
            return b"".join(lines)
    return b"".join(tokens)


def messages(text):
    """The error messages of a compiler, without what only one of them says."""
    out = []
    for line in text.decode("utf-8", "replace").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        out.append(line.replace("./x.go", "x.go"))
    return out


def main():
    parser = argparse.ArgumentParser(description="Compare error messages with gc's.")
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("-seconds", type=float, default=0)
    parser.add_argument("-seed", type=int, default=None)
    parser.add_argument("-syntax", type=float, default=0.1)
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("-keep", type=pathlib.Path)
    parser.add_argument("-apus", default=str(fuzz.APUS))
    parser.add_argument("-go", default="go")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 30)
    print("seed %d" % seed, flush=True)
    files = []
    for p in options.paths or [ROOT / "testdata" / d for d in ("lang", "run", "fixed")]:
        files += [p] if p.is_file() else sorted(p.rglob("*.go"))
    files = [f for f in files if f.stat().st_size < 50_000]
    exports = subprocess.run([options.go, "list", "-export", "-f", "{{if .Export}}packagefile "
                              "{{.ImportPath}}={{.Export}}{{end}}", "std"], check=True,
                             stdout=subprocess.PIPE, text=True).stdout
    lock = threading.Lock()
    counts = [0, 0, 0]
    end = time.time() + options.seconds if options.seconds else None
    with tempfile.TemporaryDirectory() as shared:
        config = pathlib.Path(shared) / "importcfg"
        config.write_text(exports)

        def one(index):
            if end and time.time() > end:
                return
            r = random.Random("%d/%d" % (seed, index))
            data = r.choice(files).read_bytes()
            data = fuzz.damage(r, data, files) if r.random() < options.syntax else change(r, data)
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                return  # gc says less about names with broken characters
            with tempfile.TemporaryDirectory() as work:
                (pathlib.Path(work) / "x.go").write_bytes(data)

                def run(*argv):
                    try:
                        p = subprocess.run(argv, cwd=work, stdin=subprocess.DEVNULL, timeout=60,
                                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                    except subprocess.TimeoutExpired:
                        return ["no end"]
                    return messages(p.stdout) if p.returncode else []
                ours = run(options.apus, "check", "-e", "x.go")
                theirs = run(options.go, "tool", "compile", "-e", "-p", "main", "-lang=go1.27",
                             "-importcfg", config, "-o", "x.o", "x.go")
            with lock:
                counts[0] += 1
                counts[1] += bool(theirs)
                if ours == theirs:
                    return
                counts[2] += 1
                name = hashlib.sha256(data).hexdigest()[:10]
                print("%s:" % name)
                for mark, a, b in (("-", theirs, ours), ("+", ours, theirs)):
                    for line in [x for x in a if x not in b][:4]:
                        print("  %s %s" % (mark, line))
                sys.stdout.flush()
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / (name + ".go")).write_bytes(data)
                    (options.keep / (name + ".txt")).write_text(
                        "\n".join(["gc:"] + theirs + ["apus:"] + ours) + "\n")

        with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
            step = 100
            for start in range(0, options.n if not end else 1 << 24, step):
                if end and time.time() > end:
                    break
                list(pool.map(one, range(start, min(start + step, options.n if not end else 1 << 24))))
    print("%d inputs, %d with errors, %d different" % tuple(counts))
    return 1 if counts[2] else 0


if __name__ == "__main__":
    sys.exit(main())
