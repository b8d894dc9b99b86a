"""Tests of the command line, run by runtests.py as group `cli`: exit status, message, and that
nothing is left behind. Each case has a directory of its own with the files that it names."""
import dataclasses
import os
import pathlib
import re
import subprocess
import tempfile

GOOD = "package main\n\nfunc main() { println(1) }\n"
MOD = "module m\n\ngo 1.27\n"
NEST = "package main\n\nvar x = %s\n\nfunc main() {}\n"


@dataclasses.dataclass
class Case:
    name: str
    args: list
    status: int
    # Regular expressions, one for each line of standard error; None for anything.
    stderr: list | None = None
    # The same for standard output.
    stdout: list | None = None
    files: dict = dataclasses.field(default_factory=dict)
    env: dict = dataclasses.field(default_factory=dict)
    # Names in the directory afterwards, besides `files`.
    made: list = dataclasses.field(default_factory=list)
    # Shell commands that set up and take down what files cannot, or look closer; $APUS is the compiler.
    before: str = ""
    after: str = ""


def bad(name, source, *errors, **more):
    """A program whose compilation fails with these errors and leaves no file."""
    lines = ["# command-line-arguments"] + [r"\./x\.go:" + e for e in errors]
    return Case(name, ["build", "-o", "out", "x.go"], 1, lines, files={"x.go": source}, **more)


def test_module(tests, **more):
    return {"go.mod": MOD, "m.go": "package m\n\nfunc F() int { return 1 }\n", "m_test.go": tests, **more}


PASS = 'package m\n\nimport "testing"\n\nfunc TestF(t *testing.T) { t.Log(F()) }\n'
FAIL = 'package m\n\nimport "testing"\n\nfunc TestF(t *testing.T) { t.Error("no") }\n'
BROKEN = 'package m\n\nimport "testing"\n\nfunc TestF(t *testing.T) { x := 1 }\n'
EXTERNAL = '''package m_test

import (
	"fmt"
	"m"
	"os"
	"testing"
)

func TestMain(t *testing.M) { fmt.Println("main"); os.Exit(t.Run()) }

func TestX(t *testing.T) { m.F() }

func ExampleF() {
	fmt.Println(m.F())
	// Output: 1
}

func BenchmarkF(b *testing.B) {
	for b.Loop() {
		m.F()
	}
}
'''
SECONDS = r"\d+\.\d{3}s"
ZERO = r"\(0\.\d\ds\)"

CASES = [
    Case("good", ["build", "-o", "out", "x.go"], 0, [], files={"x.go": GOOD}, made=["out"]),
    Case("default-output", ["build", "x.go"], 0, [], files={"x.go": GOOD}, made=["x"]),
    Case("into-folder", ["build", "-o", "d/", "x.go"], 0, [], files={"x.go": GOOD, "d/keep": ""},
         made=["d/x"]),
    Case("run-status", ["run", "x.go", "-a", "b"], 3, [], ["-a b"], files={
        "x.go": 'package main\n\nimport ("fmt"; "os")\n\n'
                'func main() { fmt.Println(os.Args[1], os.Args[2]); os.Exit(3) }\n'}),
    bad("unused", "package main\n\nfunc main() { x := 1 }\n", r"3:15: declared and not used: x"),
    bad("existing-output", "package main\n\nfunc main() { x := 1 }\n", r"3:15: declared.*",
        before="echo old > out", after="grep -q old out", made=["out"]),
    Case("garbage", ["build", "-o", "out", "x.go"], 1, None, files={"x.go": bytes(range(256)) * 8}),
    bad("utf8", b'package main\n\nvar s = "\xff"\n', r"3:10: invalid UTF-8 encoding"),
    bad("deep-parens", NEST % ("(" * 100000 + "1" + ")" * 100000), ".*nesting depth"),
    bad("long-chain", NEST % "+".join(["1"] * 200000), ".*nesting depth"),
    bad("deep-unary", NEST % ("- " * 100000 + "1"), ".*nesting depth"),
    bad("deep-blocks", "package main\n\nfunc main() {%s}\n" % ("{" * 50000 + "}" * 50000),
        ".*nesting depth"),
    bad("deep-calls", NEST % ("f" + "()" * 40000), ".*nested too deeply"),
    bad("long-constant", NEST % ("9" * 100000), ".*excessively long constant.*"),
    bad("huge-exponent", NEST % "1e1000000000", ".*malformed constant: 1e1000000000"),
    bad("huge-shift", NEST % "1 << 1000000", ".*invalid shift count.*"),
    bad("huge-product", "package main\n\nconst a = 1 << 500 * (1 << 500)\n", ".*overflow"),
    Case("no-package", ["build", "nosuch/pkg"], 1, [r"package nosuch/pkg is not in std \(.*\)"]),
    Case("no-folder", ["build", "./nosuch"], 1, [r"stat .*/nosuch: directory not found"]),
    Case("no-file", ["build", "nosuch.go"], 1, [r"open nosuch\.go: no such file or directory"]),
    Case("folder-named-go", ["build", "x.go"], 1, [r"x\.go is a directory, not a Go file"],
         files={"x.go/keep": ""}),
    Case("no-go-files", ["build", "./e"], 1, [r"no Go files in .*/e"],
         files={"go.mod": MOD, "e/keep": ""}),
    Case("empty-file", ["build", "./e"], 1,
         ["# m/e", r"e/e\.go:1:1: syntax error: package statement must be first"],
         files={"go.mod": MOD, "e/e.go": ""}),
    Case("import-cycle", ["build", "./a"], 1,
         ["package m/a", r"\timports m/b", r"\timports m/a: import cycle not allowed"],
         files={"go.mod": MOD, "a/a.go": 'package a\n\nimport _ "m/b"\n',
                "b/b.go": 'package b\n\nimport _ "m/a"\n'}),
    Case("unknown-flag", ["build", "-nosuch", "x.go"], 2,
         [r"apus build: unknown option '-nosuch'; see apus build -help"], files={"x.go": GOOD}),
    Case("missing-value", ["build", "-o"], 2, [r"apus build: missing value for '-o.*; see .*"]),
    Case("unknown-command", ["frob"], 2, [r"apus: .*frob.*; see apus -help"]),
    Case("other-goroot", ["build", "x.go"], 1, [r".*go1\.22\.1; Apus needs .* Go 1\.27"],
         files={"x.go": GOOD, "r/VERSION": "go1.22.1\n"}, env={"APUS_GOROOT": "r"}),
    Case("no-goroot", ["build", "x.go"], 1, [r".*is no Go source tree.*"], files={"x.go": GOOD},
         env={"APUS_GOROOT": "/nonexistent"}),
    Case("no-output-folder", ["build", "-o", "no/out", "x.go"], 1,
         [r"apus: open no/out: no such file or directory"], files={"x.go": GOOD}),
    Case("full-device", ["build", "-o", "/dev/full", "x.go"], 1,
         [r"apus: write /dev/full: no space left on device"], files={"x.go": GOOD}),
    Case("libraries", ["build", "./..."], 0, [],
         files={"go.mod": MOD, "a/a.go": "package a\n", "b/b.go": "package b\n"}),
    Case("library-to-folder", ["build", "-o", "d/", "./a"], 1, [r"no main packages to build"],
         files={"go.mod": MOD, "a/a.go": "package a\n"}),
    Case("test", ["test", "."], 0, [], [r"ok  \tm\t" + SECONDS], files=test_module(PASS)),
    Case("test-v", ["test", "-v"], 0, [],
         ["=== RUN   TestF", r"    m_test\.go:5: 1", "--- PASS: TestF " + ZERO, "PASS",
          r"ok  \tm\t" + SECONDS], files=test_module(PASS)),
    Case("test-fail", ["test", "."], 1, [],
         ["--- FAIL: TestF " + ZERO, r"    m_test\.go:5: no", "FAIL", r"FAIL\tm\t" + SECONDS, "FAIL"],
         files=test_module(FAIL)),
    Case("test-broken", ["test", "."], 1,
         [r"# m \[m\.test\]", r"\./m_test\.go:5:28: declared and not used: x"],
         [r"FAIL\tm \[build failed\]", "FAIL"], files=test_module(BROKEN)),
    Case("test-external", ["test", "-v", "-bench=.", "-benchtime=3x", "-run=^(TestX|ExampleF)$"], 0,
         [], ["main", "=== RUN   TestX", "--- PASS: TestX.*", "=== RUN   ExampleF",
              "--- PASS: ExampleF.*", "goos: linux", "goarch: amd64", "pkg: m", "cpu: .*",
              "BenchmarkF", r"BenchmarkF(-\d+)?\s+3\s+.* ns/op", "PASS", r"ok  \tm\t" + SECONDS],
         files={**test_module(PASS), "x_test.go": EXTERNAL}),
    Case("test-several", ["test", "./..."], 0, [],
         [r"ok  \tm\t" + SECONDS, r"\?   \tm/n\t\[no test files\]"],
         files=test_module(PASS, **{"n/n.go": "package n\n"})),
    Case("test-none-match", ["test", "-run=Nope", "."], 0, [],
         [r"ok  \tm\t" + SECONDS + r" \[no tests to run\]"], files=test_module(PASS)),
    Case("test-compile", ["test", "-c"], 0, [], [], files=test_module(PASS), made=["m.test"]),
    Case("test-cycle", ["test", "."], 1,
         ["# m", "package m", r"\timports m/n", r"\timports m: import cycle not allowed in test"],
         [r"FAIL\tm \[setup failed\]", "FAIL"],
         files=test_module('package m\n\nimport _ "m/n"\n',
                           **{"n/n.go": 'package n\n\nimport _ "m"\n'})),
    Case("test-signature", ["test", "."], 1,
         ["# m", r".*m_test\.go:3:1: wrong signature for TestF, must be: func TestF\(t \*testing\.T\)"],
         [r"FAIL\tm \[setup failed\]", "FAIL"],
         files=test_module("package m\n\nfunc TestF() {}\n")),
    Case("test-timeout", ["test", "-timeout=5q"], 2, [r"apus test: invalid value \"5q\".*"]),
    Case("list: JSON", ["list", "-json=ImportPath,Name,Module,DepOnly,GoFiles,Imports", "./..."], 0,
         stdout=[r"\{", r'\t"ImportPath": "m",', r'\t"Name": "main",', r'\t"Module": \{', r'\t\t"Path": "m",',
                 r'\t\t"Main": true,', r'\t\t"Dir": "/.*",', r'\t\t"GoMod": "/.*/go\.mod",',
                 r'\t\t"GoVersion": "1\.27"', r"\t\},", r'\t"GoFiles": \[', r'\t\t"x\.go"', r"\t\],",
                 r'\t"Imports": \[', r'\t\t"fmt",', r'\t\t"m/sub"', r"\t\]", r"\}",
                 r"\{", r'\t"ImportPath": "m/sub",', r'\t"Name": "sub",', r'\t"Module": \{', r'\t\t"Path": "m",',
                 r'\t\t"Main": true,', r'\t\t"Dir": "/.*",', r'\t\t"GoMod": "/.*/go\.mod",',
                 r'\t\t"GoVersion": "1\.27"', r"\t\},", r'\t"GoFiles": \[', r'\t\t"s\.go"', r"\t\]", r"\}"],
         files={"go.mod": MOD, "sub/s.go": "package sub\n\nconst X = 1\n",
                "x.go": 'package main\n\nimport (\n\t"fmt"\n\t"m/sub"\n)\n\nfunc main() { fmt.Println(sub.X) }\n'}),
]
# The result is the same for any number of threads.
SAME = 'for p in 2 2 2 3 7; do "$APUS" build -p $p -o b x.go && cmp a b || exit 1; rm b; done'
for name, source in [("hello", 'import "fmt"\n\nfunc main() { fmt.Println("hello") }\n'),
                     ("http", 'import "net/http"\n\nfunc main() { http.ListenAndServe(":0", nil) }\n')]:
    CASES.append(Case("threads-" + name, ["build", "-p", "1", "-o", "a", "x.go"], 0, [],
                      files={"x.go": "package main\n\n" + source}, made=["a"], after=SAME))
if os.geteuid() == 0:
    CASES.append(Case(
        "full-disk", ["build", "-o", "tiny/out", "x.go"], 1,
        [r"apus: write tiny/out: no space left on device"], files={"x.go": GOOD, "tiny/": ""},
        before="mount -t tmpfs -o size=100k none tiny 2>/dev/null || exit 77; echo old > tiny/out",
        after="grep -q old tiny/out && test $(ls tiny | wc -l) = 1; r=$?; umount tiny; exit $r"))
else:
    CASES.append(Case(
        "no-permission", ["build", "-o", "ro/out", "x.go"], 1,
        [r"apus: open ro/out: permission denied"], files={"x.go": GOOD, "ro/": ""},
        before="chmod 555 ro", after="chmod 755 ro"))
    CASES.append(Case(
        "unreadable", ["build", "x.go"], 1, [r"open x\.go: permission denied"],
        files={"x.go": GOOD}, before="chmod 000 x.go"))


def differs(what, lines, wanted):
    if wanted is None:
        return ""
    got = lines.decode("utf-8", "replace").splitlines()
    if len(got) == len(wanted) and all(re.fullmatch(w, g) for w, g in zip(wanted, got)):
        return ""
    return "%s:\n%s\nexpected:\n%s" % (what, "\n".join(g[:300] for g in got[:20]), "\n".join(wanted))


def shell(command, where, apus):
    env = {**os.environ, "APUS": str(apus)}
    return subprocess.run(["sh", "-c", command], cwd=where, env=env).returncode if command else 0


def run(case, apus):
    """What is wrong with the case; "" for nothing."""
    with tempfile.TemporaryDirectory() as work:
        root = pathlib.Path(work)
        for name, content in case.files.items():
            path = root / name
            if name.endswith("/"):
                path.mkdir(parents=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        temporary = root / "tmp"
        temporary.mkdir()
        if shell(case.before, root, apus) != 0:
            return ""  # the machine does not let us prepare the case
        env = {**os.environ, **case.env, "TMPDIR": str(temporary), "GOFLAGS": "", "GO111MODULE": ""}
        try:
            p = subprocess.run([str(apus)] + case.args, cwd=root, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=100, env=env)
        except subprocess.TimeoutExpired:
            return "no end after 100 seconds"
        problems = []
        if p.returncode != case.status:
            problems.append("status %d, expected %d\n%s" % (
                p.returncode, case.status, p.stderr.decode("utf-8", "replace")[:1000]))
        problems.append(differs("standard error", p.stderr, case.stderr))
        problems.append(differs("standard output", p.stdout, case.stdout))
        if shell(case.after, root, apus) != 0:
            problems.append("afterwards: %s fails" % case.after)
        known = {n for n in case.files} | set(case.made) | {"out" if "> out" in case.before else ""}
        left = [str(f.relative_to(root)) for f in root.rglob("*") if not f.is_dir()]
        left = [f for f in left if f not in known and not f.startswith("tiny/")]
        missing = [f for f in case.made if not (root / f).exists()]
        if left or missing:
            problems.append("left behind: %s; missing: %s" % (left, missing))
        return "\n".join(q for q in problems if q)
