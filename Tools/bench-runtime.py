#!/usr/bin/env python3
"""Compares the runtime's speed with gc's: builds the programs of testdata/bench with both, runs each of
their parts with both in turn, on the same cores, and prints times and the ratio Apus to gc (below 1: Apus
is faster), resident memory and longest pauses where they matter.

usage: Tools/bench-runtime.py [-n ROUNDS] [-prefix COMMAND] [-best] [-o FILE] [NAME...]

A time is the median of the rounds; with -best the best of them, for a machine that does other work. The
prefix stands before the programs, "nice -n -19" for example. -o writes the table as Markdown;
docs/bench-runtime.md is made by `Tools/bench-runtime.py -o docs/bench-runtime.md`, and what is written below its
table is kept.
"""
import argparse
import datetime
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
    "ping-pong-across": 100_000, "map-10m": 10_000_000, "heap-1g": 30_000_000, "tcp-echo": 100_000,
    "http-hello": 30_000,
}
COUNTS = PROGRAMS | SERVERS


def run(prefix, program, name, count):
    out = subprocess.run(prefix + [program, name, str(count)], capture_output=True, text=True, timeout=300)
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


def measure(args, built, name):
    """A line of the table: ns of both, ratio, and the rest."""
    source = "server" if name in SERVERS else "bench"
    if source not in built:
        built[source] = build(built["tmp"], source)
    both = built[source]
    results = {p: [] for p in both}
    for _ in range(args.n):
        for program in both:
            results[program].append(run(args.prefix.split(), program, name, COUNTS[name]))

    def figures(key, pick):
        return [pick(r[key] for r in results[p]) for p in both]

    a, b = figures("ns", min if args.best else statistics.median)
    rest = []
    for key, unit, scale in (("rss", "MB", 1e3), ("pause", "ms", 1e3)):
        if key in results[both[0]][0]:
            x, y = figures(key, statistics.median)
            rest.append(f"{key} {x / scale:.1f}, gc {y / scale:.1f} {unit}")
    return name, a, b, a / b, "; ".join(rest)


def document(args, rows):
    """The Markdown table, worst first, with what stands below the last one."""
    version = subprocess.run(["go", "version"], capture_output=True, text=True).stdout.strip()
    with open("/proc/cpuinfo") as f:
        model = next((l.split(":")[1].strip() for l in f if l.startswith("model name")), "unknown")
    kind = "best" if args.best else "median"
    command = "Tools/bench-runtime.py" + f" -n {args.n}" + (" -best" if args.best else "")
    command += f' -prefix "{args.prefix}"' if args.prefix else ""
    lines = ["# Runtime benchmarks, Apus against gc", "",
             f"Made by `{command} -o docs/bench-runtime.md` on {datetime.date.today()}: {kind} of",
             f"{args.n} interleaved runs, {os.cpu_count()} cores of {model}; {version}.",
             "Ratio: Apus to gc, below 1 is faster. Worst first.", "",
             "| benchmark | Apus ns/op | gc ns/op | ratio | what else |", "|---|---:|---:|---:|---|"]
    for name, a, b, ratio, rest in sorted(rows, key=lambda r: -r[3]):
        lines.append(f"| {name} | {a:,.0f} | {b:,.0f} | {ratio:.2f} | {rest} |")
    notes = ""
    if os.path.exists(args.o):
        with open(args.o) as f:
            _, mark, below = f.read().partition("\n## ")
            notes = mark + below
    with open(args.o, "w") as f:
        f.write("\n".join(lines) + "\n" + notes)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=5, help="rounds")
    parser.add_argument("-prefix", default="")
    parser.add_argument("-best", action="store_true")
    parser.add_argument("-o", metavar="FILE")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        built, rows = {"tmp": tmp}, []
        print(f"{'program':20}{'Apus ns/op':>12}{'gc ns/op':>12}{'ratio':>8}   what else")
        for name in args.names or COUNTS:
            row = measure(args, built, name)
            print("{:20}{:12.1f}{:12.1f}{:8.2f}   {}".format(*row), flush=True)
            rows.append(row)
    if args.o:
        document(args, rows)


main()
