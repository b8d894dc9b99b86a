#!/usr/bin/env python3
"""Feeds damaged assembly to the assembler, which must report errors and never trap.

usage: Tools/fuzz-assembler.py [SECONDS [SEED]]     (from the repository's root)
Inputs that trap are written to testdata/asm/fuzz and replayed by every run.
"""
import glob
import random
import re
import subprocess
import sys
import tempfile
import time

TOOL = ".build/release/AsmCheck"
WORDS = """AX SP BP X15 Y3 Z31 K1 AH TLS FS SB FP PC g $ * ( ) , ; : - + ~ << >> / % 0 1 -1 0x8000000000000000
18446744073709551615 99999999999999999999 1.5 1e400 'a' '\\\\' "s" "\\\\xff" <> <ABIInternal> (SB) (FP) (SP) (PC) . .Z #
#define #include #ifdef #endif #else #undef \\ TEXT DATA GLOBL PCALIGN PCDATA FUNCDATA JMP CALL RET MOVQ ADDQ LOCK BYTE
ADJSP NOSPLIT PUSHQ POPQ IMULQ SHLQ VPADDD VMOVDQU64 CMPSD LOOP JCXZQ""".split() + ["\n", "\t", "é", "·", "∕"]


def trap(path):
    r = subprocess.run([TOOL, "assemble", "fuzz", "testdata/asm", path], capture_output=True, timeout=20)
    return r.returncode not in (0, 1)


def damage(text, rng):
    tokens = re.findall(r"\w+|\s|.", text)
    for _ in range(rng.choice([1, 1, 2, 5, 20])):
        i = rng.randrange(len(tokens))
        match rng.randrange(5):
            case 0: tokens[i] = rng.choice(WORDS)
            case 1: tokens.insert(i, rng.choice(WORDS))
            case 2: del tokens[i:i + rng.choice([1, 1, 3, 30])]
            case 3: tokens[i] = tokens[rng.randrange(len(tokens))]
            case 4: tokens[i:i] = tokens[rng.randrange(len(tokens)):][:rng.randrange(12)]
        tokens = tokens or ["\n"]
    return "".join(tokens)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rng = random.Random(seed)
    failed = [p for p in sorted(glob.glob("testdata/asm/fuzz/*.s")) if trap(p)]
    seeds = [open(p).read() for p in sorted(glob.glob("testdata/asm/*.s"))]
    end, count = time.time() + seconds, 0
    with tempfile.NamedTemporaryFile("w", suffix=".s") as f:
        while time.time() < end:
            text = damage(rng.choice(seeds), rng)
            f.seek(0)
            f.truncate()
            f.write(text)
            f.flush()
            count += 1
            if trap(f.name):
                path = f"testdata/asm/fuzz/{seed}-{count}.s"
                open(path, "w").write(text)
                failed.append(path)
    print(f"{count} inputs, {len(failed)} traps", *failed)
    sys.exit(1 if failed else 0)


main()
