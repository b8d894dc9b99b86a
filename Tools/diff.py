#!/usr/bin/env python3
"""Build programs with Apus and with the real Go, run both, and compare output and exit status.

    Tools/diff.py [-j N] [-go GO] [-keep DIR] [-stress] [-k TEXT] WHAT...

WHAT is a Go file, a folder with a package main, or a name for many: `run` (testdata/run and fixed),
`lang`, `gotest` (the Go project's run tests: those of one file that need no flags), `bench` (the
programs of the Go project's test/bench), or `random=N[,SEED]`: N programs made by Tools/gengo.py.
Standard output must be equal, and so must the exit status; standard error as well, but for what is
after "goroutine " (addresses and the runtime's own lines). A program that does not compile must get
the same errors. -stress runs Apus's program in the runtime's stress modes, too. -keep copies
programs that differ into a folder.

testdata/known-differences.txt names what may differ, with reasons. The last line is `N equal, N
different`; the status is 0 if nothing differs that is not listed.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import gengo
import langprograms

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "testdata"
APUS = ROOT / ".build" / "release" / "apus"
SUITE = pathlib.Path("/usr/share/go-1.19/test")
KNOWN = DATA / "known-differences.txt"
STRESS = ["", "apusgc=19", "apusgc=53,apusmovestack=1"]
LIMIT = 120


def call(argv, cwd=None, env=None, stdin=b"", limit=LIMIT):
    try:
        p = subprocess.run([str(a) for a in argv], cwd=cwd, env=env, input=stdin,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=limit)
        return p.returncode, p.stdout, p.stderr
    except subprocess.TimeoutExpired:
        return -1, b"", b"no end after %d seconds" % limit


class Program:
    """Something to build: `what` in `folder`, with the rest of the command line and standard input."""

    def __init__(self, name, folder, what, args=(), stdin=b"", ignored=None):
        self.name, self.folder, self.what = name, folder, what
        self.args, self.stdin = list(args), stdin
        # Lines of the output that measure something.
        self.ignored = ignored


def comparable(err):
    """What two programs' standard errors must have in common."""
    text = re.split(rb"\n?goroutine |\nruntime stack:|\n\[signal ", err)[0]
    text = re.sub(rb"0x[0-9a-f]{5,}", b"0xX", text)
    # Panics print addresses of pointers in parentheses; they need not be alike.
    return text


def observe(builder, p, work, modes=("",)):
    """[(status, out, err)] of the program that `builder` makes, one for each mode; a list of one with
    the builder's own result if it fails."""
    exe = pathlib.Path(work) / "a.out"
    status, out, err = call([builder, "build", "-o", exe, p.what], cwd=p.folder, limit=300)
    if status != 0:
        return [("build", status, out + err)]
    results = []
    for mode in modes:
        env = dict(os.environ, **({"GODEBUG": mode} if mode else {}))
        status, out, err = call([exe] + p.args, cwd=p.folder, env=env, stdin=p.stdin)
        if p.ignored:
            out = re.sub(p.ignored, b"", out)
        results.append((status, out, comparable(err)))
    exe.unlink()
    return results


def first_difference(a, b):
    x, y = a.decode("utf-8", "replace").splitlines(), b.decode("utf-8", "replace").splitlines()
    for i in range(max(len(x), len(y))):
        u, v = (x + [None] * (i + 1))[i], (y + [None] * (i + 1))[i]
        if u != v:
            return "line %d: apus %r, go %r" % (i + 1, u and u[:300], v and v[:300])
    return "equal lines, different bytes"


def compare(p, options):
    """What differs, or None."""
    with tempfile.TemporaryDirectory() as work:
        want = observe(options.go, p, work)[0]
        got = observe(APUS, p, work, STRESS if options.stress else [""])
    for i, g in enumerate(got):
        mode = " (GODEBUG=%s)" % STRESS[i] if i else ""
        if g == want:
            continue
        if g[0] != want[0]:
            return "status%s: apus %s, go %s\n%s" % (
                mode, g[0], want[0], (g[2] + want[2])[:1500].decode("utf-8", "replace"))
        if g[1] != want[1]:
            if g[0] == "build":
                return "build status: apus %d, go %d" % (g[1], want[1])
            return "output%s: %s" % (mode, first_difference(g[1], want[1]))
        return "standard error%s: %s" % (mode, first_difference(g[2], want[2]))
    return None


def head(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.readline().strip()


def from_lang(path, work):
    words = head(path).split()
    folder, what, rest = langprograms.lay_out(path, words[2:], pathlib.Path(work) / path.stem)
    args = [w for w in rest if not w.startswith("-")]
    given = path.with_suffix(".in")
    name = "%s/%s" % (path.parent.name, path.name)
    return Program(name, folder, what, args, given.read_bytes() if given.exists() else b"")


def from_suite(line):
    """A test of the Go project, if it is a program of one file that runs as it is."""
    path = SUITE / line
    words = head(path).split() if path.suffix == ".go" and path.exists() else []
    if words[:2] != ["//", "run"] or any(w.startswith("-") for w in words[2:]):
        return None
    return Program("gotest/" + line, path.parent, path.name, words[2:])


def from_bench(work):
    """The programs of test/bench/garbage, each with a small argument; of go1 there are no programs."""
    sizes = {"tree.go": ["-n=12"], "tree2.go": ["-heapsize=10000000"], "parser.go": ["-n=1", "-p=10"]}
    for path in sorted((SUITE / "bench" / "garbage").glob("*.go")):
        if path.name == "stats.go":
            continue
        folder = pathlib.Path(work) / path.stem
        folder.mkdir()
        (folder / "go.mod").write_text("module test\n\ngo 1.19\n")
        for f in (path, path.parent / "stats.go"):
            shutil.copy(f, folder / f.name)
        yield Program("bench/" + path.name, folder, ".", sizes.get(path.name, []),
                      ignored=rb"(?m)^(garbage\.Benchmark|Alloc=\d|gc pause:).*\n")


def gather(names, options, work):
    programs = []
    for name in names:
        if name in ("run", "fixed"):
            for group in ("run", "fixed"):
                programs += [from_lang(p, work) for p in sorted((DATA / group).glob("*.go"))]
        elif name == "lang":
            programs += [from_lang(p, work) for p in sorted((DATA / "lang").iterdir())
                         if p.suffix in (".go", ".txt")]
        elif name == "gotest":
            lists = ROOT.parent / "shared" / "conformance" / "lists" / "run.txt"
            lines = lists.read_text().split() if lists.exists() else [
                str(p.relative_to(SUITE)) for p in sorted(SUITE.rglob("*.go"))]
            programs += [p for p in map(from_suite, lines) if p]
        elif name == "bench":
            programs += list(from_bench(work))
        elif name.startswith("random="):
            count, _, seed = name[len("random="):].partition(",")
            for i in range(int(count)):
                s = int(seed or 1) + i
                path = pathlib.Path(work) / ("random%d.go" % s)
                path.write_text(gengo.program(s))
                programs.append(Program(path.stem, path.parent, path.name))
        elif pathlib.Path(name).is_dir():
            programs.append(Program(name, pathlib.Path(name), "."))
        else:
            path = pathlib.Path(name)
            programs.append(Program(name, path.parent, path.name))
    return [p for p in programs if options.k in p.name]


def main():
    parser = argparse.ArgumentParser(description="Compare programs built by Apus and by Go.")
    parser.add_argument("what", nargs="+")
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("-go", default="go")
    parser.add_argument("-keep", type=pathlib.Path)
    parser.add_argument("-stress", action="store_true")
    parser.add_argument("-k", default="", metavar="TEXT", help="only programs whose name contains TEXT")
    options = parser.parse_args()
    known = {}
    if KNOWN.exists():
        for line in KNOWN.read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                name, _, reason = line.partition(" ")
                known[name] = reason.strip()
    equal = different = 0
    with tempfile.TemporaryDirectory() as work:
        programs = gather(options.what, options, work)
        with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
            for p, problem in zip(programs, pool.map(lambda p: compare(p, options), programs)):
                if problem is None:
                    equal += 1
                    if p.name in known:
                        print("equal now: take %s off %s" % (p.name, KNOWN.name))
                elif p.name in known:
                    print("known  %s: %s" % (p.name, known[p.name]))
                else:
                    different += 1
                    print("DIFF   %s\n       %s" % (p.name, problem.replace("\n", "\n       ")), flush=True)
                    if options.keep and (p.folder / p.what).is_file():
                        options.keep.mkdir(parents=True, exist_ok=True)
                        shutil.copy(p.folder / p.what, options.keep)
    print("%d equal, %d different" % (equal, different))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
