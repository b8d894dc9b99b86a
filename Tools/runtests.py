#!/usr/bin/env python3
"""Run the repository's tests.

    Tools/runtests.py [-update] [-k TEXT] [GROUP...]

Groups: units (test programs built by SwiftPM), syntax, errors, run, fixed, lang (Tools/langprograms.py),
stress, runtime, image, asm, fuzz (damaged sources made anew, and those that Tools/fuzz.py kept), cli (Tools/clitests.py), start
(counts of hello's start-up, Tools/check-start.py), format, conformance (Tools/testconformance.py).
The first line of each file under testdata says how it is run:

    // run [ARGS]                  build, run; standard output must equal FILE.out, status 0;
                                   // standard input is FILE.in, if there is one
    // run -status=N [ARGS]        the same with exit status N; -stderr: standard error is compared
                                   // too; -until=TEXT: only up to the first line with TEXT;
                                   // -nostress: measures time or memory, not for the stress modes
    // image [-frozen=PKG,...] [-left=PKG,...] [ARGS]
                                   build with -apus:image and run, plainly and in the stress modes: output
                                   as for run; these packages are frozen, those left for start-up
    // image -refused="TEXT"       `apus build -apus:image=main` fails and says TEXT
    // errorcheck [FLAGS]          `apus check -e FLAGS`: the errors must be those that comments
                                   // ERROR "regexp" ["regexp"...] announce on their lines
    // asm                         assemble: bytes and relocations must equal FILE.out, or the errors
                                   // those announced (Tools/check-assembler.py compares with Go's)
    // dump PHASE                  `apus check -apus:dump=PHASE` must equal FILE.out

The programs of run, fixed and lang are run again by the group stress, in the runtime's stress modes
(overlay/runtime/HACKING.md). testdata/runtime is run by Tools/test-runtime.sh, in them as well.

-update rewrites the .out files of syntax tests and of run tests (the latter need a `go` of the
right version: its output is the reference). Tests named in testdata/known-failures.txt may fail;
one that passes must be taken off the list. The last line is `N passed, N failed`.
"""
import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import clitests
import langprograms
import testconformance

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "testdata"
BIN = ROOT / ".build" / "release"
APUS = BIN / "apus"
KNOWN = DATA / "known-failures.txt"
UNITS = ["link-tests", "types-tests", "ssagen-tests", "backend-tests"]
TIMEOUT = 120
# Settings of GODEBUG: collect often, move the stack at every chance, check write barriers, preempt.
STRESS = ["apusgc=19", "apusmovestack=1", "apusgc=53,apusmovestack=1", "apusgc=401,apuswbshadow=1",
          "apusgc=53,apuspreempt=1"]


class Failure(Exception):
    pass


def call(argv, cwd=None, timeout=TIMEOUT, env=None, stdin=b""):
    """Status, standard output and standard error of a command."""
    try:
        p = subprocess.run([str(a) for a in argv], cwd=cwd, input=stdin,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout,
                           env=env)
    except subprocess.TimeoutExpired:
        raise Failure("no end after %d seconds" % timeout)
    except OSError as e:
        raise Failure(str(e))
    return p.returncode, p.stdout, p.stderr


def text(b):
    return b.decode("utf-8", "replace")


def shorten(s, lines=20):
    parts = s.splitlines()
    return "\n".join(parts[:lines] + (["..."] if len(parts) > lines else []))


def first_line(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.readline().split()


def compare(got, path, update):
    if update:
        path.write_bytes(got)
        return
    want = path.read_bytes() if path.exists() else None
    if want != got:
        path.with_suffix(".observed").write_bytes(got)
        raise Failure("differs from %s (see %s)" % (path.name, path.with_suffix(".observed").name))


def run_unit(name, options):
    status, out, err = call([BIN / name])
    if status != 0:
        raise Failure("status %d\n%s" % (status, shorten(text(out + err))))


def run_dump(path, options):
    words = first_line(path)
    if words[:2] != ["//", "dump"]:
        raise Failure("the first line does not say how to run the test")
    status, out, err = call([APUS, "check", "-apus:dump=" + words[2], path.name], cwd=path.parent)
    if status not in (0, 1):
        raise Failure("status %d\n%s" % (status, text(err)))
    compare(out, path.with_suffix(".out"), options.update)


def expected_errors(path):
    """(line, regexp) of each // ERROR comment."""
    out = []
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        at = line.find("// ERROR ")
        if at < 0:
            continue
        out += [(number, r) for r in re.findall(r'"((?:[^"\\]|\\.)*)"', line[at:])]
    return out


def run_errors(path, options):
    words = first_line(path)
    if words[:2] != ["//", "errorcheck"]:
        raise Failure("the first line does not say how to run the test")
    status, out, err = call([APUS, "check", "-e"] + words[2:] + [path.name], cwd=path.parent)
    if status not in (0, 1):
        raise Failure("status %d\n%s" % (status, shorten(text(err))))
    got = []
    for line in text(err).splitlines():
        m = re.match(r"(?:\./)?%s:(\d+)(?::\d+)?: (.*)" % re.escape(path.name), line)
        if m:
            got.append([int(m.group(1)), m.group(2)])
        elif line.startswith("\t") and got:
            got[-1][1] += "\n" + line
        elif not line.startswith("# "):
            raise Failure("unexpected output: " + line)
    problems = []
    for number, regexp in expected_errors(path):
        hits = [g for g in got if g[0] == number and re.search(regexp, g[1])]
        if not hits:
            problems.append("line %d: no error matches \"%s\"" % (number, regexp))
        for h in hits:
            got.remove(h)
    problems += ["line %d: no error expected: %s" % (n, m) for n, m in got]
    if problems:
        raise Failure("\n".join(problems))
    if (status == 0) != (not expected_errors(path)):
        raise Failure("status %d" % status)


def run_asm(path, options):
    if first_line(path)[:2] != ["//", "asm"]:
        raise Failure("the first line does not say how to run the test")
    status, out, err = call([BIN / "AsmCheck", "assemble", "test", ".", path.name], cwd=path.parent)
    if status not in (0, 1):
        raise Failure("status %d\n%s" % (status, shorten(text(err))))
    wanted = expected_errors(path)
    if not wanted:
        compare(out, path.with_suffix(".out"), options.update)
        return
    got = re.findall(r"^E %s:(\d+):\d+: (.*)" % re.escape(path.name), text(out), re.M)
    problems = []
    for number, regexp in wanted:
        hits = [g for g in got if int(g[0]) == number and re.search(regexp, g[1])]
        if not hits:
            problems.append('line %d: no error matches "%s"' % (number, regexp))
        for h in hits:
            got.remove(h)
    problems += ["line %s: no error expected: %s" % g for g in got]
    if problems:
        raise Failure("\n".join(problems))


def run_tool(command, options):
    """A check of its own, given as the words of a command; run in the repository's root."""
    status, out, err = call(command, cwd=ROOT, timeout=1200)
    if status != 0:
        raise Failure(shorten(text(out + err)))


class Recipe:
    """What the first line of a program says."""

    def __init__(self, path, words=None):
        words = words or first_line(path)
        if words[:2] != ["//", "run"]:
            raise Failure("the first line does not say how to run the test")
        self.args = words[2:]
        self.status = 0
        self.both = False
        self.until = None
        self.stress = True
        while self.args and self.args[0].startswith("-"):
            flag = self.args.pop(0)
            if flag.startswith("-status="):
                self.status = int(flag[len("-status="):])
            elif flag == "-stderr":
                self.both = True
            elif flag.startswith("-until="):
                self.until = flag[len("-until="):].encode()
            elif flag == "-nostress":
                self.stress = False
            else:
                raise Failure("unknown flag " + flag)


def build_program(builder, path, exe, cwd=None):
    status, out, err = call(builder + ["build", "-o", exe, path.name if cwd is None else "."],
                            cwd=cwd or path.parent)
    if status != 0:
        raise Failure("build: status %d\n%s" % (status, shorten(text(out + err))))


def observe(exe, recipe, path, env=None):
    """Runs a program; what is to be compared of its output."""
    given = path.with_suffix(".in")
    stdin = given.read_bytes() if given.exists() else b""
    status, out, err = call([exe] + recipe.args, cwd=path.parent, env=env, stdin=stdin)
    if status != recipe.status:
        raise Failure("status %d\n%s" % (status, shorten(text(out + err))))
    if recipe.both:
        out += err
    return out if recipe.until is None else out.split(recipe.until)[0]


def run_program(path, options):
    recipe = Recipe(path)
    with tempfile.TemporaryDirectory() as work:
        exe = pathlib.Path(work) / "a.out"
        build_program(["go"] if options.update else [APUS], path, exe)
        compare(observe(exe, recipe, path), path.with_suffix(".out"), options.update)


def run_lang(path, options):
    words = first_line(path)
    builder = "go" if options.update else APUS
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        exe = work / "a.out"
        folder, what, rest = langprograms.lay_out(path, words[2:], work / "m")
        if words[:2] == ["//", "errors"]:
            status, out, err = call([builder, "build", "-gcflags=-e", "-o", exe, what], cwd=folder)
            if status != 1:
                raise Failure("build: status %d\n%s" % (status, shorten(text(out + err))))
            compare(err, path.with_suffix(".out"), options.update)
            return
        recipe = Recipe(path, words[:2] + rest)
        build_program([builder], path, exe, folder if what == "." else None)
        compare(observe(exe, recipe, path), path.with_suffix(".out"), options.update)


def run_stress(path, options):
    words = first_line(path)
    if words[:2] == ["//", "errors"] or options.update:
        return
    problems = []
    want = path.with_suffix(".out").read_bytes()
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folder, what, rest = langprograms.lay_out(path, words[2:], work / "m")
        recipe = Recipe(path, words[:2] + rest)
        if not recipe.stress:
            return
        exe = work / "a.out"
        build_program([APUS], path, exe, folder if what == "." else None)
        for mode in STRESS:
            try:
                if observe(exe, recipe, path, env=dict(os.environ, GODEBUG=mode)) != want:
                    problems.append("GODEBUG=%s: differs from %s" % (mode, path.stem + ".out"))
            except Failure as e:
                problems.append("GODEBUG=%s: %s" % (mode, e))
    if problems:
        raise Failure("\n".join(problems))


def go_tool(name):
    """A tool of the Go distribution that the source tree came with, or None."""
    status, out, _ = call([APUS, "env", "GOROOT"])
    root = text(out).strip()
    path = pathlib.Path(root) / "bin" / name
    if status == 0 and root and path.exists():
        return path
    return shutil.which(name)


def run_gofmt(_, options):
    """All Go files but those that test errors are formatted."""
    gofmt = go_tool("gofmt")
    if gofmt is None:
        raise Failure("no gofmt: it is part of the tree that Tools/get-goroot.py installs")
    folders = ["overlay", "examples", "Tools", "Tests"] + [
        "testdata/" + d for d in ("run", "fixed", "runtime") if (DATA / d).exists()]
    status, out, err = call([gofmt, "-l"] + folders, cwd=ROOT)
    if status != 0 or out:
        raise Failure("not formatted:\n" + text(out + err))


# Upper bounds on what hello's start-up costs; they only ever go down.
START_LIMITS = ["-calls", "10", "-faults", "8"]


def run_start(path, options):
    """Segments, system calls, page faults and threads of a program, by ptrace."""
    with tempfile.TemporaryDirectory() as work:
        exe = pathlib.Path(work) / "a.out"
        status, out, err = call([APUS, "build", "-o", exe, path])
        if status != 0:
            raise Failure("build: status %d\n%s" % (status, shorten(text(out + err))))
        run_tool(["Tools/check-start.py"] + START_LIMITS + [exe], options)


IMAGE_STRESS = ["", "apusgc=1", "apusmovestack=1", "apusgc=1,apuswbshadow=1",
          "apusgc=1,apusmovestack=1"]


def run_image(path, options):
    with open(path, encoding="utf-8") as f:
        words = shlex.split(f.readline())
    if words[:2] != ["//", "image"]:
        raise Failure("the first line does not say how to run the test")
    wanted = {}
    args = words[2:]
    while args and args[0].startswith("-"):
        flag, _, value = args.pop(0)[1:].partition("=")
        wanted[flag] = value
    with tempfile.TemporaryDirectory() as work:
        exe = pathlib.Path(work) / "a.out"
        if "refused" in wanted:
            status, out, err = call([APUS, "build", "-apus:image=main", "-o", exe, path.name],
                                    cwd=path.parent)
            if status != 1 or wanted["refused"] not in text(err):
                raise Failure("status %d\n%s" % (status, shorten(text(out + err))))
            return
        if options.update:
            call(["go", "build", "-o", exe, path.name], cwd=path.parent)
            path.with_suffix(".out").write_bytes(call([exe] + args)[1])
            return
        status, out, err = call([APUS, "build", "-apus:image", "-apus:dump=init", "-o", exe, path.name],
                                cwd=path.parent)
        if status != 0:
            raise Failure("build: status %d\n%s" % (status, shorten(text(out + err))))
        rows = {tuple(line.replace(":", "").split()[:2]) for line in text(out).splitlines()}
        for kind in ["frozen", "left"]:
            for package in filter(None, wanted.get(kind, "").split(",")):
                if (kind, package) not in rows:
                    raise Failure("%s is not %s\n%s" % (package, kind, text(out)))
        for stress in IMAGE_STRESS:
            status, out, err = call([exe] + args, env=dict(os.environ, GODEBUG=stress))
            if status != 0:
                raise Failure("%s: status %d\n%s" % (stress, status, shorten(text(out + err))))
            compare(out, path.with_suffix(".out"), False)


def run_fuzz(seed, options):
    """Damaged sources must give errors, never a crash."""
    r = random.Random(seed)
    files = sorted((DATA / "errors").glob("*.go")) + sorted((DATA / "syntax").glob("*.go"))
    source = bytearray(r.choice(files).read_bytes())
    pieces = [b"(", b")", b"[", b"]", b"{", b"}", b"\x00", b"\xff", b"'", b'"', b"`", b"/*", b"func ",
              b"<-", b"type T[P any] ", b":=", b"...", b"0x", b"1e", b"case ", b"goto L\n"]
    for _ in range(r.choice([1, 2, 5, 20])):
        at = r.randrange(len(source) + 1)
        if r.random() < 0.4:
            del source[at:at + r.choice([1, 3, 30])]
        else:
            source[at:at] = r.choice(pieces)
    with tempfile.TemporaryDirectory() as work:
        path = pathlib.Path(work) / "x.go"
        path.write_bytes(bytes(source))
        status, out, err = call([APUS, "check", path], timeout=20)
        if status not in (0, 1):
            keep = DATA / "fuzz-failure.go"
            keep.write_bytes(bytes(source))
            raise Failure("status %d (input kept as %s)\n%s" % (status, keep, shorten(text(err))))


def run_kept(path, options):
    """An input that once broke apus: an end with status 0 or 1 now."""
    with tempfile.TemporaryDirectory() as work:
        argv = [APUS, "check", "-e", path]
        if path.name.endswith(".build.go"):
            argv = [APUS, "build", "-o", pathlib.Path(work) / "a.out", path]
        status, out, err = call(argv, timeout=60)
        if status not in (0, 1):
            raise Failure("status %d\n%s" % (status, shorten(text(err))))


def run_cli(case, options):
    problem = clitests.run(case, APUS)
    if problem:
        raise Failure(problem)


def collect(groups):
    """(group/name, function, argument) of all tests."""
    tests = []

    def files(group, function):
        for p in sorted((DATA / group).glob("*.go")):
            tests.append(("%s/%s" % (group, p.name), function, p))

    tests += [("units/" + n, run_unit, n) for n in UNITS if (BIN / n).exists()]
    files("syntax", run_dump)
    files("errors", run_errors)
    files("run", run_program)
    files("fixed", run_program)
    tests += [("lang/" + p.name, run_lang, p) for p in sorted((DATA / "lang").iterdir())
              if p.suffix in (".go", ".txt")]
    tests += [("stress/" + p.name, run_stress, p) for group in ("run", "fixed", "lang")
              for p in sorted((DATA / group).iterdir()) if p.suffix in (".go", ".txt")
              and first_line(p)[:2] == ["//", "run"]]
    tests += [("runtime/" + p.stem, run_tool, ["Tools/test-runtime.sh", p.stem])
              for p in sorted((DATA / "runtime").glob("*.go"))]
    files("image", run_image)
    tests += [("asm/" + p.name, run_asm, p) for p in sorted((DATA / "asm").glob("*.s"))]
    checks = [["Tools/mnemonics.py", "--check"], [BIN / "AsmCheck", "mnemonics"],
              ["Tools/fuzz-assembler.py"]]
    if shutil.which("llvm-mc"):
        checks.append(["Tools/check-encodings.py"])
    tests += [("asm/" + " ".join(map(str, c[-2:])).rsplit("/", 1)[-1], run_tool, c) for c in checks]
    tests.append(("start/hello", run_start, ROOT / "examples" / "hello" / "hello.go"))
    tests.append(("format/gofmt", run_gofmt, None))
    tests.append(("format/swift-format", run_tool, ["Tools/check-format.sh"]))
    for suite in testconformance.SAMPLE:
        reason = testconformance.missing(suite)
        if reason is None:
            tests.append(("conformance/" + suite, run_tool, ["Tools/testconformance.py", suite]))
        elif not groups or "conformance" in groups:
            print("skipped conformance/%s: %s" % (suite, reason))
    tests += [("fuzz/%d" % seed, run_fuzz, seed) for seed in range(20)]
    tests += [("fuzz/" + p.name, run_kept, p) for p in sorted((DATA / "fuzz").glob("*.go"))]
    tests += [("cli/" + c.name, run_cli, c) for c in clitests.CASES]
    return [t for t in tests if not groups or t[0].split("/")[0] in groups]


def main():
    parser = argparse.ArgumentParser(description="Run the tests of the repository.")
    parser.add_argument("groups", nargs="*")
    parser.add_argument("-update", action="store_true")
    parser.add_argument("-k", default="", metavar="TEXT", help="only tests whose name contains TEXT")
    parser.add_argument("-j", type=int, default=2)
    options = parser.parse_args()
    if not APUS.exists():
        sys.exit("%s is missing: make apus" % APUS)
    known = set()
    if KNOWN.exists():
        for line in KNOWN.read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                known.add(line.split()[0])
    tests = [t for t in collect(options.groups) if options.k in t[0]]

    def one(test):
        try:
            test[1](test[2], options)
            return None
        except Failure as e:
            return str(e)

    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        for (name, _, _), problem in zip(tests, pool.map(one, tests)):
            if problem is None and name in known:
                problem = "passes now: take it off testdata/known-failures.txt"
                known.discard(name)
            if problem is None:
                passed += 1
            elif name in known:
                print("known  " + name)
            else:
                failed += 1
                print("FAIL   %s\n       %s" % (name, problem.replace("\n", "\n       ")))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
