#!/bin/bash
# Runs testdata/runtime. A program whose first line is "// run" must print its .out, with each GOMAXPROCS of
# APUS_TEST_PROCS (1 2 4); with "stress" also under the stress modes. One with "// cases" is run once for each case of its switch over os.Args[1]; what all
# print, addresses and positions in the runtime left out, is its .out.
# usage: Tools/test-runtime.sh [-update] [-with COMMAND] [NAME...]
# COMMAND OUT FILE builds a program; default "apus build -o". Tools/run-with-gc.sh is one that does it with
# the reference's compiler, "go build -o" one that makes the expected output (-update).
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
with="$top/.build/release/apus build -o"
update=
while [ $# -gt 0 ]; do
  case $1 in
  -update) update=1; shift ;;
  -with) with=$2; shift 2 ;;
  *) break ;;
  esac
done
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
modes="x=0 apusgc=19 apusmovestack=1 apusgc=53,apusmovestack=1 apusgc=401,apuswbshadow=1
  apuspreempt=1 apussched=7 apussched=11,apuspreempt=1,apusgc=97"
procs=${APUS_TEST_PROCS:-1 2 4}
failed=0
passed=0

# normal removes what may differ: addresses, whether an argument in a register was known to be in its spill
# space, offsets, goroutine numbers, lines inside the runtime, folders, arguments of package sync's functions
# (which of them are inlined is each compiler's choice).
normal() {
  sed -E 's/0x[0-9a-f]+/0xX/g; s/0xX\?/0xX/g; s/ \+0xX//; s/goroutine [0-9]+/goroutine N/g
    s/^((internal\/)?sync\..*)\((0xX|, |\.\.\.)*\)$/\1(...)/
    s/^\t.*\/(src\/runtime)\/[a-z_0-9]+\.(go|s):[0-9]+/\t\1/; s/^\t.*\/(testdata\/runtime|src)\//\t\1\//'
}

check() { # name mode actual
  if cmp -s "$top/testdata/runtime/$1.out" "$3"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL $1 ($2)"
    diff "$top/testdata/runtime/$1.out" "$3" | head -12
  fi
}

names=${*:-$(cd "$top/testdata/runtime" && ls ./*.go | sed 's/\.go$//; s/^\.\///')}
for name in $names; do
  file=$top/testdata/runtime/$name.go
  head=$(head -1 "$file")
  if ! $with "$tmp/prog" "$file" > "$tmp/build" 2>&1; then
    failed=$((failed + 1))
    echo "FAIL $name (build)"
    head -5 "$tmp/build"
    continue
  fi
  case $head in
  "// cases"*)
    : > "$tmp/out"
    for c in $(grep -oE '^	case "[a-zA-Z0-9]+"' "$file" | cut -d'"' -f2); do
      echo "== $c" >> "$tmp/out"
      timeout 30 "$tmp/prog" "$c" > "$tmp/one" 2>&1
      status=$?
      normal < "$tmp/one" >> "$tmp/out"
      echo "status $status" >> "$tmp/out"
    done
    if [ -n "$update" ]; then cp "$tmp/out" "${file%.go}.out"; else check "$name" cases "$tmp/out"; fi
    ;;
  "// run"*)
    list=x=0
    case $head in *stress*) [ -z "$update" ] && list=$modes ;; esac
    for mode in $list; do
      for n in $procs; do
        GOMAXPROCS=$n GODEBUG=$mode timeout 120 "$tmp/prog" > "$tmp/out" 2>&1
        status=$?
        [ $status -ne 0 ] && echo "status $status" >> "$tmp/out"
        if [ -n "$update" ]; then cp "$tmp/out" "${file%.go}.out"; else check "$name" "$mode P=$n" "$tmp/out"; fi
      done
    done
    ;;
  esac
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
