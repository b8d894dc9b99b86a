#!/usr/bin/env python3
"""Which functions a program runs, and which variables it writes, in the form of a hot list.

usage: hotorder.py PROGRAM [ARGS] > overlay/runtime/hot.txt

Single-steps the program (static ELF with a symbol table) from its first instruction to its exit
and prints the link name of each function at its first instruction executed, in that order,
then the variables whose contents at exit differ from the file. ABI0 functions end in <0>.
The linker places what the list names together (Link/HotList.swift)."""

import bisect
import ctypes
import os
import struct
import sys

TRACEME, CONT, SINGLESTEP, GETREGS, SETOPTIONS = 0, 7, 9, 12, 0x4200
TRACEEXIT, EVENT_EXIT = 0x40, 6
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


class Registers(ctypes.Structure):
    """struct user_regs_struct; only rip, number 16, is looked at."""
    _fields_ = [("r", ctypes.c_ulong * 27)]


def symbols(path):
    """Functions and variables of an ELF file: sorted (address, size, name), and data sections."""
    data = open(path, "rb").read()
    offset, = struct.unpack_from("<Q", data, 40)
    size, count, names = struct.unpack_from("<HHH", data, 58)
    sections = []
    for i in range(count):
        sections.append(struct.unpack_from("<IIQQQQIIQQ", data, offset + i * size))
    functions, variables = [], []
    for s in sections:
        if s[1] != 2:
            continue
        strings = sections[s[6]][4]
        for at in range(s[4], s[4] + s[5], 24):
            name, info, _, index, value, length = struct.unpack_from("<IBBHQQ", data, at)
            text = data[strings + name:data.index(b"\0", strings + name)].decode()
            if text.endswith(".abi0"):
                text = text[:-5] + "<0>"
            if info & 15 == 2:
                functions.append((value, length, text))
            elif info & 15 == 1 and 0 < index < count and sections[index][2] & 1 and length:
                variables.append((value, length, text, sections[index]))
    return data, sorted(functions), sorted(variables, key=lambda v: v[0])


def main():
    program = sys.argv[1:]
    data, functions, variables = symbols(program[0])
    starts = [f[0] for f in functions]
    child = os.fork()
    if child == 0:
        null = os.open("/dev/null", os.O_WRONLY)
        os.dup2(null, 1)
        libc.ptrace(TRACEME, 0, None, None)
        os.execv(program[0], program)
    os.waitpid(child, 0)
    libc.ptrace(SETOPTIONS, child, None, TRACEEXIT)
    seen, order, steps = set(), [], 0
    registers = Registers()
    low = high = 0
    signal = 0
    while True:
        libc.ptrace(GETREGS, child, None, ctypes.byref(registers))
        pc = registers.r[16]
        steps += 1
        if not low <= pc < high:
            i = bisect.bisect_right(starts, pc) - 1
            if i >= 0:
                low, high = functions[i][0], functions[i][0] + max(functions[i][1], 1)
                if low <= pc < high and i not in seen:
                    seen.add(i)
                    order.append(functions[i][2])
        if libc.ptrace(SINGLESTEP, child, None, signal) != 0:
            break
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            break
        if status >> 16 == EVENT_EXIT:
            order += written(child, data, variables)
            libc.ptrace(CONT, child, None, None)
            os.waitpid(child, 0)
            break
        signal = os.WSTOPSIG(status) if os.WSTOPSIG(status) != 5 else 0
    for name in order:
        print(name)
    print(f"{steps} instructions, {len(seen)} functions", file=sys.stderr)


def written(child, data, variables):
    """Names of the variables whose bytes differ from the file's."""
    result = []
    with open(f"/proc/{child}/mem", "rb", 0) as memory:
        for address, size, name, section in variables:
            memory.seek(address)
            now = memory.read(size)
            at = section[4] + address - section[3]
            before = bytes(size) if section[1] == 8 else data[at:at + size]
            if now != before:
                result.append(name)
    return result


main()
