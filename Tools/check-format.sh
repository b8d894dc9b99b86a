#!/bin/sh
# Swift sources must pass the linter with the committed configuration. Files named in
# Tools/format-exceptions.txt have findings of old; one that has none any more must be taken off.
cd "$(dirname "$0")/.." || exit 1
exceptions=Tools/format-exceptions.txt
found=$(mktemp)
trap 'rm -f "$found"' EXIT
swift format lint -p -r --configuration .swift-format Sources Tests Package.swift > "$found" 2>&1
status=0
if grep -vE ': (error|warning): ' "$found" | grep .; then status=1; fi
if grep -E ': (error|warning): ' "$found" | grep -vFf "$exceptions"; then status=1; fi
while read -r file; do
  grep -qF "$file" "$found" || { echo "$file is clean: take it off $exceptions"; status=1; }
done < "$exceptions"
exit $status
