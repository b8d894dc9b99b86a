#!/usr/bin/env python3
"""Compares the runtime's speed with gc's: builds testdata/bench with both, runs each of its programs with
both in turn, and prints medians and the ratio Apus to gc (below 1: Apus is faster).

usage: Tools/bench-runtime.py [-n ROUNDS] [NAME...]
"""
import argparse
import os
import statistics
import subprocess
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Program and how many operations make a run of some tenths of a second.
PROGRAMS = {
    "create": 300_000, "ping-pong": 300_000, "ping-pong-buf": 300_000, "stream": 500_000,
    "stream-buf": 2_000_000, "select2": 300_000, "select8": 200_000, "mutex": 20_000_000,
    "mutex-contended": 2_000_000, "parked": 1_000_000, "timer-start-stop": 1_000_000,
    "timers-held": 1_000_000, "alloc-16": 10_000_000, "alloc-16-ptr": 10_000_000,
    "alloc-64": 5_000_000, "alloc-64-ptr": 5_000_000, "alloc-1k": 500_000, "alloc-1k-ptr": 500_000,
    "alloc-32k": 20_000, "trees": 500, "trees-parallel": 500, "map": 2_000_000, "recursion": 1_000_000,
}


def run(program, name, count):
    out = subprocess.run([program, name, str(count)], capture_output=True, text=True, timeout=120)
    if out.returncode != 0:
        raise SystemExit(f"{program} {name}: status {out.returncode}\n{out.stderr[:2000]}")
    return {k: float(v) for k, v in (line.split() for line in out.stdout.splitlines())}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=5, help="rounds")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    source = os.path.join(TOP, "testdata/bench/bench.go")
    with tempfile.TemporaryDirectory() as tmp:
        ours, gc = os.path.join(tmp, "apus"), os.path.join(tmp, "gc")
        subprocess.run([os.path.join(TOP, ".build/release/apus"), "build", "-o", ours, source], check=True)
        subprocess.run(["go", "build", "-o", gc, source], check=True)
        print(f"{'program':20}{'Apus ns/op':>12}{'gc ns/op':>12}{'ratio':>8}{'Apus KB':>12}{'gc KB':>12}")
        for name in args.names or PROGRAMS:
            results = {ours: [], gc: []}
            for _ in range(args.n):
                for program in (ours, gc):
                    results[program].append(run(program, name, PROGRAMS[name]))
            a, b = (statistics.median(r["ns"] for r in results[p]) for p in (ours, gc))
            line = f"{name:20}{a:12.1f}{b:12.1f}{a / b:8.2f}"
            if "rss" in results[ours][0]:
                line += "".join(f"{statistics.median(r['rss'] for r in results[p]):12.0f}" for p in (ours, gc))
            print(line, flush=True)


main()
