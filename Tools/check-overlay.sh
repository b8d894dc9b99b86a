#!/bin/sh
# Type-checks the overlay's runtime with the reference Go's compiler and assembler, and gofmt's form.
# The reference is only an oracle: nothing of its output is used. GOROOT must be Go 1.27's.
# usage: Tools/check-overlay.sh [GOROOT]
set -u
GOROOT=${1:-${GOROOT:-$HOME/.cache/apus/goroot-1.27.3}}
export GOROOT GOTOOLCHAIN=local GOFLAGS=-mod=mod CGO_ENABLED=0
go=$GOROOT/bin/go
top=$(cd "$(dirname "$0")/.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
"$go" list -export -deps -f '{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}' runtime > "$tmp/cfg"
src=$GOROOT/src/runtime
goFiles=$(ls "$top"/overlay/runtime/*.go)
asmFiles=$(ls "$top"/overlay/runtime/*.s)
for f in $(sed -n 's/^take runtime \(.*\) -- .*/\1/p' "$top/overlay/manifest"); do
  case $f in
  *.go) goFiles="$goFiles $src/$f" ;;
  *.s) asmFiles="$asmFiles $src/$f" ;;
  esac
done
# Renamed declarations, as the loader makes them.
while read -r file old new; do
  sed "s/^func $old(/func $new(/; s/^var $old /var $new /" "$src/$file" > "$tmp/$file"
  goFiles=$(echo "$goFiles" | sed "s|$src/$file|$tmp/$file|")
done <<EOF
$(sed -n 's/^rename runtime \(.*\) -- .*/\1/p' "$top/overlay/manifest")
EOF
flags="-p runtime -std -I $tmp -I $GOROOT/pkg/include -I $src -D GOOS_linux -D GOARCH_amd64"
status=0
: > "$tmp/go_asm.h"
"$go" tool asm $flags -gensymabis -o "$tmp/symabis" $asmFiles || status=1
"$go" tool compile -e -+ -std -p runtime -complete=false -symabis "$tmp/symabis" -asmhdr "$tmp/go_asm.h" \
  -importcfg "$tmp/cfg" -o "$tmp/runtime.a" $goFiles || status=1
for f in $asmFiles; do
  "$go" tool asm $flags -o "$tmp/x.o" "$f" || status=1
done
bad=$("$GOROOT/bin/gofmt" -l "$top"/overlay/runtime)
if [ -n "$bad" ]; then
  echo "not in gofmt's form: $bad"
  status=1
fi
exit $status
