#!/usr/bin/env python3
"""Build gofmt with Apus and with the real Go, and compare what they make of many files.

    Tools/check-gofmt.py [-go GO] [-keep DIR] [-flags "FLAGS"]... [PATH...]

The files are those below the PATHs that end in .go, GOROOT/src by default, testdata with its damaged
files included. Each gofmt gets them a hundred at a time, once for each -flags (by default none, and
`-s`); standard output, standard error and status must be equal, byte for byte. Files of a run that
differs are run again one by one and named. The last line is `N files, N different`; the status is 1
if any differs.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
APUS = ROOT / ".build" / "release" / "apus"
PIECE = 100


def outcome(program, flags, files):
    p = subprocess.run([str(program), *flags, *map(str, files)], stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return p.returncode, p.stdout, p.stderr


def build(tool, out, goroot):
    """gofmt is a package of the module cmd, whose folder the command has to be in."""
    p = subprocess.run([str(tool), "build", "-o", str(out), "."], cwd=goroot / "src/cmd/gofmt",
                       env={**os.environ, "GOROOT": str(goroot), "CGO_ENABLED": "0"},
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if p.returncode != 0:
        sys.exit("%s build: %s" % (tool, p.stdout.decode("utf-8", "replace")))


def main():
    parser = argparse.ArgumentParser(description="Compare Apus's gofmt with the real one.")
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    parser.add_argument("-go", default="go")
    parser.add_argument("-apus", default=str(APUS))
    parser.add_argument("-keep", type=pathlib.Path)
    parser.add_argument("-flags", action="append")
    options = parser.parse_args()
    goroot = pathlib.Path(subprocess.run([options.go, "env", "GOROOT"], stdout=subprocess.PIPE,
                                         text=True, check=True).stdout.strip())
    files = []
    for p in options.paths or [goroot / "src"]:
        files += [p] if p.is_file() else sorted(f for f in p.rglob("*.go") if f.is_file())
    different = set()
    with tempfile.TemporaryDirectory() as work:
        keep = options.keep or pathlib.Path(work)
        keep.mkdir(parents=True, exist_ok=True)
        ours, theirs = keep / "gofmt-apus", keep / "gofmt-gc"
        build(options.apus, ours, goroot)
        build(options.go, theirs, goroot)
        for flags in [f.split() for f in options.flags or ["", "-s"]]:
            for start in range(0, len(files), PIECE):
                piece = files[start:start + PIECE]
                if outcome(ours, flags, piece) == outcome(theirs, flags, piece):
                    continue
                before = len(different)
                for f in piece:
                    a, b = outcome(ours, flags, [f]), outcome(theirs, flags, [f])
                    if a != b:
                        different.add(f)
                        print("%s %s: %s" % (f, " ".join(flags), ", ".join(
                            what for what, x, y in zip(("status", "output", "errors"), a, b)
                            if x != y)), flush=True)
                if len(different) == before:
                    different.add(piece[0])
                    print("%s and following: differ only together" % piece[0], flush=True)
    print("%d files, %d different" % (len(files), len(different)))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
