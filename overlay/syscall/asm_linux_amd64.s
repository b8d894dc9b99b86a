// Package syscall's own system calls, as functions of the internal ABI: arguments in AX BX CX DI, results in
// AX BX. GOROOT's follow ABI0, for which calls go through a wrapper with a frame of its own; but what
// calls rawVforkSyscall returns twice on one stack, first in the child, whose next call would overwrite
// that frame.
//
// Sources: Linux's system call convention; abi-internal.md in GOROOT for the registers.

#include "textflag.h"

// func rawVforkSyscall(trap, a1, a2, a3 uintptr) (r1 uintptr, err Errno)
// The return address is kept in a register while the child runs on this stack. Clobbers R12.
TEXT ·rawVforkSyscall<ABIInternal>(SB),NOSPLIT|NOFRAME,$0-48
	MOVQ	DI, DX
	MOVQ	BX, DI
	MOVQ	CX, SI
	XORL	R10, R10
	XORL	R8, R8
	XORL	R9, R9
	POPQ	R12
	SYSCALL
	PUSHQ	R12
	XORL	BX, BX
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok
	MOVQ	AX, BX
	NEGQ	BX
	MOVQ	$-1, AX
ok:
	RET

// func rawSyscallNoError(trap, a1, a2, a3 uintptr) (r1, r2 uintptr)
TEXT ·rawSyscallNoError<ABIInternal>(SB),NOSPLIT|NOFRAME,$0-48
	MOVQ	DI, DX
	MOVQ	BX, DI
	MOVQ	CX, SI
	SYSCALL
	MOVQ	DX, BX
	RET

// func gettimeofday(tv *Timeval) (err Errno): the vDSO's function wants more stack than there may be.
TEXT ·gettimeofday<ABIInternal>(SB),NOSPLIT|NOFRAME,$0-16
	MOVQ	AX, DI
	XORL	SI, SI
	MOVL	$96, AX
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	fine
	NEGQ	AX
	RET
fine:
	XORL	AX, AX
	RET
