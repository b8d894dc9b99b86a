#!/usr/bin/env python3
"""Run a sample of the tests that others wrote and compare with the lists of known failures.

The runners are not part of this repository: they are looked for in ../shared/conformance. Without
them, or without the Go project's tests (Debian: golang-1.19-src), nothing is run and a line says so.
testdata/conformance/*.txt name the known failures, with reasons. A failure outside the list is an
error, and so is a test of the list that passes: the lists only shrink.

usage: testconformance.py [--full] [SUITE...]     suites: run, compile, errorcheck, typecheck
"""
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
RUNNERS = ROOT.parent / "shared" / "conformance"
GOTESTS = pathlib.Path("/usr/share/go-1.19/test")
KNOWN = ROOT / "testdata" / "conformance"
APUS = ROOT / ".build" / "release" / "apus"
# Every n-th test is in the sample: together they take about three minutes on two cores.
SAMPLE = {"run": 5, "compile": 8, "errorcheck": 3, "typecheck": 1}


def missing(suite):
    """Why a suite cannot be run here; none if it can."""
    if not RUNNERS.is_dir():
        return "no ../shared/conformance"
    if suite != "typecheck" and not GOTESTS.is_dir():
        return "no %s (package golang-1.19-src)" % GOTESTS
    return None


def names(path):
    if not path.exists():
        return []
    lines = [line.split("#")[0].split() for line in path.read_text().splitlines()]
    return [words[0] for words in lines if words]


def execute(suite, arguments):
    """name -> (passed, reason) of the tests that the arguments choose."""
    runner = "typecheck.py" if suite == "typecheck" else "gotest.py"
    with tempfile.TemporaryDirectory() as work:
        out = pathlib.Path(work) / "out.json"
        command = [sys.executable, RUNNERS / runner, "--go", APUS, "-j", "2", "--json", out]
        p = subprocess.run([str(a) for a in command + arguments], stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if not out.exists():
            sys.exit("%s: %s" % (runner, p.stdout.decode("utf-8", "replace")))
        results = json.loads(out.read_text())["results"]
    return {r["test"]: (r["status"] == "pass", r.get("reason", "")) for r in results
            if r["status"] != "skip"}


def check(suite, full):
    """Problems of one suite, and how many tests passed."""
    known = names(KNOWN / (suite + ".txt"))
    choice = [] if suite == "typecheck" else ["--list", RUNNERS / "lists" / (suite + ".txt")]
    if not full and SAMPLE[suite] > 1:
        choice += ["--shard", "1/%d" % SAMPLE[suite]]
    results = execute(suite, choice)
    rest = [n for n in known if n not in results]
    if rest:
        results.update(execute(suite, rest))
    problems = []
    for name, (passed, reason) in sorted(results.items()):
        if passed and name in known:
            problems.append("%s passes now: take it off testdata/conformance/%s.txt" % (name, suite))
        if not passed and name not in known:
            problems.append("%s: %s" % (name, reason or "failed"))
    return problems, sum(1 for passed, _ in results.values() if passed), len(results)


def main():
    arguments = sys.argv[1:]
    full = "--full" in arguments
    failed = False
    for suite in [a for a in arguments if a != "--full"] or list(SAMPLE):
        reason = missing(suite)
        if reason:
            print("skipped %s: %s" % (suite, reason))
            continue
        problems, passed, total = check(suite, full)
        print("%s: %d of %d" % (suite, passed, total))
        for p in problems:
            print("  " + p)
        failed = failed or bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
