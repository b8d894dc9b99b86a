#!/bin/bash
# Builds a program with the reference Go's compiler and linker but the overlay's runtime, so that the
# runtime can be tested apart from the compiler. Usage: Tools/run-with-gc.sh OUTPUT ARGS-OF-GO-BUILD...
set -eu
GOROOT=${GOROOT:-$HOME/.cache/apus/goroot-1.27.3}
export GOROOT GOTOOLCHAIN=local GOFLAGS=-mod=mod CGO_ENABLED=0
export GOEXPERIMENT=nosizespecializedmalloc
top=$(cd "$(dirname "$0")/.." && pwd)
out=$1
shift
tmp=${APUS_GC_TMP:-$top/.build/run-with-gc}
mkdir -p "$tmp"
sed '/^\/\/go:linkname runtime_inits/,/^func main_inits/d' "$top/overlay/runtime/start.go" > "$tmp/start.new"
cmp -s "$tmp/start.new" "$tmp/start.go" || cp "$tmp/start.new" "$tmp/start.go"
python3 - "$GOROOT/src/runtime" "$top" "$tmp" > "$tmp/overlay.json" <<'P'
import json, os, re, sys
src, top, tmp = sys.argv[1:]
taken = set()
for line in open(top + "/overlay/manifest"):
    m = re.match(r"take runtime (.*) -- ", line)
    if m:
        taken |= set(m.group(1).split())
rep = {}
for f in os.listdir(src):
    if f.endswith((".go", ".s")) and f not in taken and not f.endswith("_test.go"):
        rep[f"{src}/{f}"] = ""
for d in (top + "/overlay/runtime", top + "/Tools/gcshim"):
    for f in os.listdir(d):
        if f.endswith((".go", ".s")):
            p = f"{d}/{f}"
            if f == "start.go" and d.endswith("runtime"):
                p = f"{tmp}/{f}"
            rep[f"{src}/{f}"] = p
std = os.path.dirname(src)
for line in open(top + "/overlay/manifest"):
    m = re.match(r"add (\S+) (.*) -- ", line)
    for name in m.group(2).split() if m else []:
        rep[f"{std}/{m.group(1)}/{name}"] = f"{top}/overlay/{m.group(1)}/{name}"
    m = re.match(r"drop (\S+) (.*) -- ", line)
    for name in m.group(2).split() if m else []:
        rep[f"{std}/{m.group(1)}/{name}"] = ""
    if m:  # a package with assembly may have functions without bodies
        open(f"{tmp}/empty.s", "w").close()
        rep[f"{std}/{m.group(1)}/empty.s"] = f"{tmp}/empty.s"
    m = re.match(r"rename (\S+) (\S+) (\S+) (\S+) -- ", line)
    if m:
        package, name, old, new = m.groups()
        path = f"{std}/{package}/{name}"
        text = open(rep.get(path, path)).read()
        text = text.replace(f"\nfunc {old}(", f"\nfunc {new}(").replace(f"\nvar {old} ", f"\nvar {new} ")
        for kind in ("const", "type"):
            text = text.replace(f"\n{kind} {old} ", f"\n{kind} {new} ")
        changed = f"{tmp}/{package.replace('/', '-')}-{name}"
        open(changed, "w").write(text)
        rep[f"{std}/{package}/{name}"] = changed
print(json.dumps({"Replace": rep}))
P
# The runtime refers to variables of exithook by linkname, which gc's linker reserves to its own list.
exec "$GOROOT/bin/go" build -ldflags=-checklinkname=0 -overlay "$tmp/overlay.json" -o "$out" "$@"
