#!/usr/bin/env python3
"""Holds the assembler against Go's own: every .s file of the standard library, function by function.

usage: Tools/check-assembler.py WORK [PACKAGE...]     (GOROOT set; from the repository's root)
WORK is a directory for a build of the packages that have assembly (`go build -a -x -work`); it is
made if it does not exist, and reused otherwise. Each function's bytes must equal those that
`go tool objdump` shows (relocated fields are zero on both sides), and so must the places and
targets of its relocations.
"""
import collections
import glob
import os
import re
import subprocess
import sys

TOOL = ".build/release/AsmCheck"


def go(environment, *arguments, **options):
    command = [os.environ["GOROOT"] + "/bin/go", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, **options)


def build(work):
    environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="-mod=mod", CGO_ENABLED="0")
    environment.update(GOCACHE=work + "/cache", GOTMPDIR=work + "/tmp", GOOS="linux", GOARCH="amd64")
    log = work + "/log"
    if not os.path.exists(log):
        os.makedirs(work + "/tmp", exist_ok=True)
        form = "{{if .SFiles}}{{.ImportPath}}{{end}}"
        source = os.environ["GOROOT"] + "/src"
        packages = go(environment, "list", "-f", form, "std", cwd=source).stdout.split()
        r = go(environment, "build", "-a", "-x", "-work", "-p", "2", *packages, cwd=source)
        open(log, "w").write(r.stderr + r.stdout)
    return environment, open(log).read()


def packages(log):
    """(import path, directory of sources, directory of objects, names of files)."""
    root = re.search(r"^WORK=(.*)$", log, re.M).group(1)
    directory, result = "", {}
    for line in log.splitlines():
        if line.startswith("cd "):
            directory = line[3:].strip()
        m = re.search(r"/asm -p (\S+) .*-I \$WORK/(b\d+)/ .* (\./\S+\.s)$", line)
        if m and "-gensymabis" not in line:
            entry = result.setdefault(m.group(1), (directory, f"{root}/{m.group(2)}", []))
            entry[2].append(m.group(3)[2:])
    return result


def theirs(environment, path):
    """{name: [(hex bytes, {offset: target})]} of an object file."""
    functions = collections.defaultdict(list)
    text = go(environment, "tool", "objdump", path).stdout
    for block in re.split(r"^TEXT ", text, flags=re.M)[1:]:
        lines = block.splitlines()
        name = re.sub(r"<1>|<ABIInternal>", "", lines[0].split("(SB)")[0])
        code, relocations = "", {}
        for line in lines[1:]:
            parts = line.split("\t")
            fields = [p for p in parts if p.strip()]
            if len(fields) < 3:
                continue
            data = fields[2].strip()
            at = len(code) // 2
            code += data
            for start, end, kind, target in re.findall(r"\[(\d+):(\d+)\](R_\w+)(?::(\S+))?", line):
                if kind == "R_TLS_LE":
                    i = (at + int(start)) * 2
                    code = code[:i] + "f8ffffff" + code[i + 8:]
                elif kind != "R_CALLIND":
                    target = target.replace("<1>", "").replace("+-", "-")
                    relocations[at + int(start)] = target
        functions[name].append((code, relocations))
    return functions


def ours(path, directories, files):
    r = subprocess.run([TOOL, "assemble", path, ":".join(directories), *files],
                       capture_output=True, text=True)
    functions, errors, current = collections.defaultdict(list), [], None
    if r.returncode not in (0, 1):
        errors.append(r.stderr[:500])
    for line in r.stdout.splitlines():
        f = line.split(" ")
        if f[0] == "E":
            errors.append(line[2:])
        elif f[0] in "FD":
            current = {}
            if f[0] == "F":
                functions[(os.path.basename(f[1]), f[2])].append((f[6], current))
        elif f[0] == "R":
            addend = int(f[4]) + (4 if f[2] in ("pc32", "call32") else 0)
            current[int(f[1])] = f[3] + (f"{addend:+}" if addend else "")
    return functions, errors


def compare(path, file, mine, oracle):
    """Prints how functions of one file differ; returns the counts (same, different)."""
    same = different = 0
    for name, bodies in oracle.items():
        got = mine.get((file, name), [])
        for i, (code, relocations) in enumerate(bodies):
            if i < len(got) and got[i] == (code, relocations):
                same += 1
                continue
            different += 1
            print(f"{path} {file} {name}")
            if i >= len(got):
                print("  missing")
            elif got[i][0] != code:
                k = next((k for k, (a, b) in enumerate(zip(got[i][0], code)) if a != b), 0)
                k = max(0, k // 2 * 2 - 12)
                print(f"  at {k // 2}: ours {got[i][0][k:k+40]} theirs {code[k:k+40]}"
                      f" sizes {len(got[i][0]) // 2} {len(code) // 2}")
            else:
                print("  relocations:", set(got[i][1].items()) ^ set(relocations.items()))
    return same, different


def check_testdata(environment, work, include):
    """Our own files: compared with cmd/asm, or with the messages that they expect."""
    same = different = 0
    for path in sorted(glob.glob("testdata/asm/*.s")):
        mine, errors = ours("test", include, [path])
        expected = {}
        for n, line in enumerate(open(path), 1):
            m = re.search(r'// ERROR "(.*)"', line)
            if m:
                expected[n] = m.group(1)
        for e in errors:
            m = re.match(r"\S+:(\d+):\d+: (.*)", e)
            wanted = expected.pop(int(m.group(1)), None) if m else None
            if wanted is None or not re.search(wanted, m.group(2)):
                print("error:", e)
                different += 1
        for n, wanted in expected.items():
            print(f"{path}:{n}: missing error {wanted}")
            different += 1
        if "// ERROR" in open(path).read():
            continue
        output = work + "/test.o"
        flags = [f for d in include for f in ("-I", d)]
        flags += ["-D", "GOOS_linux", "-D", "GOARCH_amd64", "-D", "GOAMD64_v1"]
        r = go(environment, "tool", "asm", "-p", "test", *flags, "-o", output, path)
        if r.returncode:
            print(r.stdout + r.stderr)
        s, d = compare("test", os.path.basename(path), mine, theirs(environment, output))
        same, different = same + s, different + d
    return same, different


def main():
    work = os.path.abspath(sys.argv[1])
    environment, log = build(work)
    root = os.environ["GOROOT"]
    same = different = 0
    for path, (directory, objects, files) in sorted(packages(log).items()):
        if sys.argv[2:] and path not in sys.argv[2:]:
            continue
        directories = [directory, objects, root + "/pkg/include", root + "/src/runtime"]
        mine, errors = ours(path, directories, [f"{directory}/{f}" for f in files])
        for e in errors[:20]:
            print("error:", e)
        different += len(errors)
        for file in files:
            oracle = theirs(environment, f"{objects}/{file[:-2]}.o")
            s, d = compare(path, file, mine, oracle)
            same, different = same + s, different + d
    if not sys.argv[2:]:
        s, d = check_testdata(environment, work, ["testdata/asm"])
        same, different = same + s, different + d
    print(f"{same} functions equal, {different} different")
    sys.exit(1 if different else 0)


main()
