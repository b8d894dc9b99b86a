#!/usr/bin/env python3
"""Compares the runtime's speed with gc's: builds the programs of testdata/bench with both, runs each of
their parts with both in turn, on the same cores, and prints medians and the ratio Apus to gc (below 1: Apus
is faster), resident memory and longest pauses where they matter.

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
    "alloc-32k": 20_000, "alloc-32k-ptr": 20_000, "trees": 500, "trees-parallel": 500, "map": 2_000_000, "recursion": 1_000_000,
}
# Those of server.go.
SERVERS = {
    "ping-pong-across": 100_000, "map-10m": 10_000_000, "heap-1g": 5_000_000, "tcp-echo": 100_000,
    "http-hello": 30_000,
}
COUNTS = PROGRAMS | SERVERS


def run(program, name, count):
    out = subprocess.run([program, name, str(count)], capture_output=True, text=True, timeout=120)
    if out.returncode != 0:
        raise SystemExit(f"{program} {name}: status {out.returncode}\n{out.stderr[:2000]}")
    return {k: float(v) for k, v in (line.split() for line in out.stdout.splitlines())}


def build(tmp, name):
    """The program built by both compilers."""
    source = os.path.join(TOP, "testdata/bench", name + ".go")
    ours, gc = os.path.join(tmp, name), os.path.join(tmp, name + "-gc")
    subprocess.run([os.path.join(TOP, ".build/release/apus"), "build", "-o", ours, source], check=True)
    subprocess.run(["go", "build", "-o", gc, source], check=True)
    return ours, gc


def median(results, key):
    return statistics.median(r[key] for r in results)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=5, help="rounds")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    names = args.names or COUNTS
    with tempfile.TemporaryDirectory() as tmp:
        built = {}
        print(f"{'program':20}{'Apus ns/op':>12}{'gc ns/op':>12}{'ratio':>8}   what else")
        for name in names:
            source = "server" if name in SERVERS else "bench"
            if source not in built:
                built[source] = build(tmp, source)
            both = built[source]
            results = {p: [] for p in both}
            for _ in range(args.n):
                for program in both:
                    results[program].append(run(program, name, COUNTS[name]))
            a, b = (median(results[p], "ns") for p in both)
            line = f"{name:20}{a:12.1f}{b:12.1f}{a / b:8.2f}"
            for key, unit in (("rss", "KB"), ("pause", "us")):
                if key in results[both[0]][0]:
                    a, b = (median(results[p], key) for p in both)
                    line += f"   {key} {a:.0f}/{b:.0f} {unit}"
            print(line, flush=True)


main()
