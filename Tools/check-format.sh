#!/bin/sh
# Swift sources must pass the linter with the committed configuration.
cd "$(dirname "$0")/.." || exit 1
found=$(swift format lint -p -r --configuration .swift-format Sources Tests Package.swift 2>&1)
[ -z "$found" ] && exit 0
echo "$found"
exit 1
