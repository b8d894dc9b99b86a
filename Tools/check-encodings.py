#!/usr/bin/env python3
"""Checks every row of the encoding tables against LLVM's assembler and disassembler.

usage: Tools/check-encodings.py     (from the repository's root; needs llvm-mc)
Each sample's text is assembled by llvm-mc; those bytes and ours are disassembled; the two texts
must be equal (the bytes need not be: many instructions have two encodings).
"""
import re
import subprocess
import sys
import tempfile


FEATURES = """adx aes avx avx2 avx512bitalg avx512bw avx512cd avx512dq avx512f avx512vbmi avx512vbmi2 avx512vl
avx512vpopcntdq bmi bmi2 clflushopt cmov crc32 cx16 cx8 fma fsgsbase fxsr gfni lzcnt mmx movbe nopl pclmul popcnt
prfchw rdrnd rdseed sahf sha sse sse2 sse3 sse4.1 sse4.2 ssse3 vaes vpclmulqdq xsave"""
MATTR = "--mattr=" + ",".join("+" + f for f in FEATURES.split())


def run(arguments, text):
    return subprocess.run(arguments, input=text, capture_output=True, text=True)


def disassemble(lines):
    """Texts of instructions given as lines of hexadecimal bytes, as llvm-objdump prints them."""
    source = "\n".join(".byte " + ",".join("0x" + b for b in line.split()) for line in lines)
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/samples.o"
        run(["llvm-mc", "-triple=x86_64", "-filetype=obj", "-o", path], source)
        r = run(["llvm-objdump", "-d", "--no-show-raw-insn", MATTR, path], "")
    starts, offset = {}, 0
    for i, line in enumerate(lines):
        starts[offset] = i
        offset += len(line.split())
    texts, current = [""] * len(lines), 0
    for line in r.stdout.splitlines():
        address, colon, text = line.partition(":")
        if not colon or not re.fullmatch(" *[0-9a-f]+", address):
            continue
        current = starts.get(int(address, 16), current)
        texts[current] += "; " + " ".join(text.split())
    return texts


def normal(text):
    """Text without comments; exchanges have no order of operands; INT3 is INT 3."""
    text = text.partition(" #")[0].replace("int $3", "int3")
    m = re.fullmatch(r"; (xchg.) (%\w+), (%\w+)", text)
    return "; " + m.group(1) + " " + ", ".join(sorted(m.group(2, 3))) if m else text


def main():
    tool = sys.argv[1] if len(sys.argv) > 1 else ".build/release/AsmCheck"
    check = run([tool, "mnemonics"], "")
    print(check.stdout.strip())
    samples = [s.split("\t") for s in run([tool, "encodings"], "").stdout.splitlines()]
    source = "".join(text + "\n" for text, _ in samples)
    r = run(["llvm-mc", "-triple=x86_64", MATTR, "--show-encoding"], source)
    failed = check.returncode
    if r.stderr:
        print(r.stderr[:4000])
        failed += r.stderr.count("error:")
    theirs = []
    for line in r.stdout.splitlines():
        if "# encoding: [" not in line:
            continue
        body = line.split("# encoding: [")[1].split("]")[0]
        theirs.append(body.replace("0x", "").replace(",", " "))
    if len(theirs) != len(samples):
        # LLVM rejects some samples: leave them out one by one
        bad = {int(l.split(":")[1]) for l in r.stderr.splitlines() if l.startswith("<stdin>") and "error" in l}
        samples = [s for i, s in enumerate(samples) if i + 1 not in bad]
    if len(theirs) != len(samples):
        sys.exit(f"{len(theirs)} encodings from llvm-mc for {len(samples)} samples")
    a = disassemble([b for _, b in samples])
    b = disassemble(theirs)
    shown = 0
    for (text, ours), theirs_bytes, x, y in zip(samples, theirs, a, b):
        if normal(x) != normal(y):
            failed += 1
            shown += 1
            if shown <= 60:
                print(f"{text}\n  ours   {ours}: {x}\n  theirs {theirs_bytes}: {y}")
    print(f"{len(samples)} samples, {failed} failures")
    sys.exit(1 if failed else 0)


main()
