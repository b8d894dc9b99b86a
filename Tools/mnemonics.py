#!/usr/bin/env python3
"""Writes Sources/AMD64/Encoding/Mnemonic.swift from the encoding tables.

usage: Tools/mnemonics.py [--check]     (from the repository's root)
With --check it only reports whether the file is stale (exit status 1).
"""
import re
import sys

ROOT = "Sources/AMD64/Encoding/"
CONDITIONS = "o no b ae e ne be a s ns p np l ge le g".split()


def names():
    text = open(ROOT + "EncodingText.swift").read()
    families = re.search(r"families: \[StaticString\] = \[(.*?)\]", text, re.S).group(1)
    tables = {}
    for file in ["Integer", "Move", "SSE", "AVX", "AVX512"]:
        source = open(f"{ROOT}Tables/{file}.swift").read()
        for name, body in re.findall(r'static let (\w+): StaticString = """\n(.*?)"""', source, re.S):
            tables[name] = [line.split()[0] for line in body.splitlines() if line.strip()]
    result = []

    def add(name):
        if not result or result[-1] != name:
            result.append(name)

    block = None
    for family in re.findall(r"\w+", families):
        for name in tables.pop(family):
            if name == block:
                continue
            block = name if "*" in name else None
            if "*" in name:
                for suffix in "wlq":
                    add(name.replace("*", suffix))
            elif "cc" in name:
                for condition in CONDITIONS:
                    add(name.replace("cc", condition))
            else:
                add(name)
    assert not tables, f"not in families: {list(tables)}"
    assert len(set(result)) == len(result), [n for n in result if result.count(n) > 1]
    return result


def main():
    lines = [
        "// Written by Tools/mnemonics.py from the tables; do not edit.",
        "",
        "/// Names of instructions: AT&T mnemonics, whose suffix gives the operand size. The raw value",
        "/// is the mnemonic's number in `EncodingTable`.",
        "public enum Mnemonic: UInt16, Sendable, CaseIterable {",
    ]
    line = "  case"
    for name in names():
        if len(line) + len(name) > 96:
            lines.append(line.rstrip(","))
            line = "  case"
        line += f" {name},"
    lines += [line.rstrip(","), "}", ""]
    path, text = ROOT + "Mnemonic.swift", "\n".join(lines)
    if "--check" in sys.argv:
        sys.exit(0 if open(path).read() == text else f"{path} is stale: run Tools/mnemonics.py")
    open(path, "w").write(text)


main()
