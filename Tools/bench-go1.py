#!/usr/bin/env python3
"""Compares the speed of compiled code with gc's on Go's go1 benchmarks (test/bench/go1 of Go 1.19): builds them with
`apus test -c` and `go test -c`, runs each benchmark with both in turn, and prints the best time of each and the ratio
Apus to gc (below 1: Apus is faster), with the geometric mean.

usage: Tools/bench-go1.py [-n ROUNDS] [-c COUNT] [-t BENCHTIME] [-o FILE] [-p PROCS] [--keep DIRECTORY] [NAME...]

-o writes the table as Markdown; docs/bench-go1.md is made by `Tools/bench-go1.py -o docs/bench-go1.md`. Many
short runs, of which the best counts, are what a machine that does other things allows.
The source is looked for in $GO1_BENCH and where Debian's golang-1.19-src puts it; the `go` on the path must be of
the version that Apus compiles.
"""
import argparse
import datetime
import math
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SOURCE = os.environ.get("GO1_BENCH", "/usr/share/go-1.19/test/bench/go1")
LINE = re.compile(r"^(Benchmark\S+)\s+(\d+)\s+([\d.]+) ns/op", re.M)


def build(directory, compilers):
    """Builds the test program with each compiler, unless it is there, and returns the paths."""
    commands = {
        "apus": [os.path.join(TOP, ".build/release/apus"), "test", "-c", "-o"],
        "gc": ["go", "test", "-c", "-o"],
    }
    out = {}
    for name in compilers:
        out[name] = os.path.join(directory, "go1." + name)
        if not os.path.exists(out[name]):
            subprocess.run(commands[name] + [out[name], "."], cwd=SOURCE, check=True)
    return out


def run(program, name, args):
    """Best time of one operation in nanoseconds, or None if there is none."""
    # gc's default for a package without a module; without it the texts of the regexp rows are random.
    env = dict(os.environ, GOMAXPROCS=str(args.p), GODEBUG="randseednop=0")
    command = [program, "-test.run=^$", f"-test.bench=^{name}$", f"-test.benchtime={args.t}", f"-test.count={args.c}"]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=SOURCE, timeout=600)
    if done.returncode != 0:
        sys.stderr.write(f"{program} {name}: status {done.returncode}\n{done.stdout[-500:]}{done.stderr[-500:]}\n")
    return min((float(m.group(3)) for m in LINE.finditer(done.stdout)), default=None)


def mean(ratios):
    return math.exp(sum(math.log(r) for r in ratios) / len(ratios))


def table(rows, args):
    """The result as Markdown."""
    ratios = [r[1] / r[2] for r in rows]
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "?")
    gc = subprocess.run(["go", "version"], capture_output=True, text=True).stdout.strip()
    lines = [
        "# Go's go1 benchmarks, Apus against gc",
        "",
        f"Made by `Tools/bench-go1.py -n {args.n} -c {args.c} -t {args.t} -o docs/bench-go1.md` on"
        f" {datetime.date.today()}: best of {args.n} interleaved runs of {args.c}, GOMAXPROCS={args.p},",
        f"{os.cpu_count()} cores of {cpu}; {gc}. Ratio: Apus to gc, below 1 is faster. Worst first.",
        "",
        "| benchmark | Apus ns/op | gc ns/op | ratio |",
        "|---|---:|---:|---:|",
    ]
    for ratio, row in sorted(zip(ratios, rows), reverse=True):
        lines.append(f"| {row[0].removeprefix('Benchmark')} | {row[1]:,.0f} | {row[2]:,.0f} | {ratio:.2f} |")
    lines.append(f"| **geometric mean of {len(rows)}** | | | **{mean(ratios):.2f}** |")
    lines.append(f"| **worst** | | | **{max(ratios):.2f}** |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=2, help="rounds")
    parser.add_argument("-c", type=int, default=8, help="-test.count of each run")
    parser.add_argument("-t", default="20ms", help="-test.benchtime of each run")
    parser.add_argument("-o", help="file for the table")
    parser.add_argument("-p", type=int, default=1, help="GOMAXPROCS")
    parser.add_argument("--keep", help="directory for the programs, which are not built again if they are there")
    parser.add_argument("names", nargs="*", help="parts of benchmarks' names")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        directory = args.keep or tmp
        programs = build(directory, ["gc", "apus"])
        listed = subprocess.run(
            [programs["gc"], "-test.list=Benchmark.*"], capture_output=True, text=True, cwd=SOURCE)
        names = [n for n in listed.stdout.split() if n.startswith("Benchmark")]
        if args.names:
            names = [n for n in names if any(x in n for x in args.names)]
        rows = []
        for name in names:
            best = {}
            for _ in range(args.n):
                for compiler in ("apus", "gc"):
                    t = run(programs[compiler], name, args)
                    if t is not None:
                        best[compiler] = min(t, best.get(compiler, t))
            if len(best) < 2:
                print(f"{name:32} failed", flush=True)
                continue
            rows.append((name, best["apus"], best["gc"]))
            print(f"{name:32}{best['apus']:16,.0f}{best['gc']:16,.0f}{best['apus'] / best['gc']:8.2f}", flush=True)
        if rows:
            print(f"{'geometric mean':64}{mean([r[1] / r[2] for r in rows]):8.2f}")
        if args.o and rows:
            with open(args.o, "w") as f:
                f.write(table(rows, args))


main()
