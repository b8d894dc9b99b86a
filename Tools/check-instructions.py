#!/usr/bin/env python3
"""Holds single instructions against the encodings that GOROOT's own assembler tests give.

usage: Tools/check-instructions.py [-v]     (GOROOT set; from the repository's root)
Reads cmd/asm's test data for amd64 from GOROOT: lines of the form `INSTRUCTION // hex or hex`. What
the assembler refuses is counted, and listed with -v; bytes that differ fail.
"""
import collections
import glob
import os
import re
import subprocess
import sys
import tempfile

TOOL = ".build/release/AsmCheck"


def run(mode, lines, directories):
    with tempfile.NamedTemporaryFile("w", suffix=".s") as f:
        f.write("\n".join(lines))
        f.flush()
        return subprocess.run([TOOL, mode, "test", ":".join(directories), f.name],
                              capture_output=True, text=True).stdout.splitlines()


def main():
    root = os.environ["GOROOT"]
    data = root + "/src/cmd/asm/internal/asm/testdata"
    directories = [data, root + "/src/runtime", root + "/pkg/include"]
    files = [data + "/amd64enc.s", data + "/amd64enc_extra.s"] + sorted(glob.glob(data + "/avx512enc/*.s"))
    same = different = 0
    refused = collections.Counter()
    for path in files:
        lines = [re.sub(r'"[./]*/runtime/', '"', l) for l in open(path).read().splitlines()]
        for attempt in range(5):
            for l in run("assemble", lines, directories):
                if l.startswith("E "):
                    n = int(re.match(r"E [^:]*:(\d+)", l).group(1))
                    refused[(lines[n - 1].split() or [l])[0]] += 1
                    lines[n - 1] = ""
        for l in run("lines", lines, directories):
            if l.startswith("E "):
                print(path, l)
                different += 1
            if not l.startswith("L "):
                continue
            fields = l.split(" ")
            number, got = fields[1], fields[2]
            comment = lines[int(number) - 1].partition("//")[2]
            wanted = re.findall(r"[0-9a-f]{2,}", comment.split("(")[0])
            if not wanted:
                continue
            if got in wanted:
                same += 1
            else:
                different += 1
                if different < 200:
                    print(f"{os.path.basename(path)}:{number}: {lines[int(number) - 1].strip()}: {got}")
    if "-v" in sys.argv:
        print(" ".join(f"{name}:{n}" for name, n in sorted(refused.items())))
    print(f"{same} instructions equal, {different} different, {sum(refused.values())} refused "
          f"({len(refused)} names)")
    sys.exit(1 if different else 0)


main()
