#!/usr/bin/env python3
"""Counts what the start-up of a program costs, and looks at its segments.

usage: check-start.py [-calls N] [-faults N] PROGRAM [ARGS]

Prints the system calls, page faults and threads between execve and exit, by ptrace, and fails if there
are more calls or faults than given, a second thread, or segments other than two PT_LOADs, one
writable and one executable, without interpreter and dynamic section. Counts need no quiet machine;
times are the business of a benchmark."""

import argparse
import ctypes
import os
import signal
import struct
import sys

TRACEME, CONT, SYSCALL, GETREGS, SETOPTIONS, KILL = 0, 7, 24, 12, 0x4200, 8
SYSGOOD, CLONE_EVENTS, TRACEEXIT, EXITKILL = 1, 0xE, 0x40, 0x100000
EVENT_EXIT = 6
NAMES = {0: "read", 1: "write", 9: "mmap", 13: "rt_sigaction", 14: "rt_sigprocmask", 28: "madvise",
         56: "clone", 72: "fcntl", 131: "sigaltstack", 202: "futex", 204: "sched_getaffinity",
         228: "clock_gettime", 231: "exit_group", 302: "prlimit64"}
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def faults(pid):
    """Minor and major faults of a stopped process so far."""
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rpartition(")")[2].split()
    return int(fields[7]) + int(fields[9])


def trace(program):
    """(names of system calls, page faults, threads) of a run, with standard output thrown away."""
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
        if libc.ptrace(TRACEME, 0, None, None) != 0:
            os._exit(120)
        os.execv(program[0], program)
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status):
        sys.exit("ptrace is not allowed here" if os.WEXITSTATUS(status) == 120 else "cannot run it")
    libc.ptrace(SETOPTIONS, pid, None, SYSGOOD | CLONE_EVENTS | TRACEEXIT | EXITKILL)
    before = faults(pid)
    after, calls, threads, entered = before, [], 1, False
    registers = (ctypes.c_ulong * 27)()
    # One thread is followed; if there is another, the count of threads says so and the rest is moot.
    deliver = 0
    while threads == 1:
        libc.ptrace(SYSCALL, pid, None, deliver)
        _, status = os.waitpid(pid, 0)
        deliver = 0
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            break
        if os.WSTOPSIG(status) == signal.SIGTRAP | 0x80:
            entered = not entered
            if entered:
                libc.ptrace(GETREGS, pid, None, ctypes.byref(registers))
                number = registers[15]
                calls.append(NAMES.get(number, str(number)))
        elif status >> 16 == EVENT_EXIT:
            after = faults(pid)
        elif status >> 16:
            threads += 1
            libc.ptrace(KILL, pid, None, None)
        elif os.WSTOPSIG(status) != signal.SIGTRAP:
            deliver = os.WSTOPSIG(status)
    return calls, after - before, threads


def segment_problems(path):
    with open(path, "rb") as f:
        data = f.read(4096)
    offset, = struct.unpack_from("<Q", data, 32)
    count, = struct.unpack_from("<H", data, 56)
    loads, problems = [], []
    for i in range(count):
        kind, flags = struct.unpack_from("<II", data, offset + 56 * i)
        if kind == 1:
            loads.append(flags)
        if kind in (2, 3):
            problems.append("a dynamic section or an interpreter")
    # Bits: 4 read, 2 write, 1 execute.
    if sorted(loads) != [5, 6]:
        problems.append("PT_LOADs with flags %s, not one RX and one RW" % loads)
    return problems


def main():
    parser = argparse.ArgumentParser(description="Count what start-up costs.")
    parser.add_argument("-calls", type=int, default=1 << 30)
    parser.add_argument("-faults", type=int, default=1 << 30)
    parser.add_argument("program", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    problems = segment_problems(options.program[0])
    calls, count, threads = trace(options.program)
    print("%d system calls: %s" % (len(calls), " ".join(calls[:20] + ["..."] * (len(calls) > 20))))
    print("%d page faults, %d thread%s" % (count, threads, "s" if threads > 1 else ""))
    if len(calls) > options.calls:
        problems.append("more than %d system calls" % options.calls)
    if count > options.faults:
        problems.append("more than %d page faults" % options.faults)
    if threads > 1:
        problems.append("a second thread")
    for p in problems:
        print("PROBLEM: " + p)
    return 1 if problems else 0


sys.exit(main())
