// System calls, the clock, thread creation and the signal entry for linux/amd64.
//
// Sources: Linux system call numbers and ABI (arch/x86/entry/syscalls/syscall_64.tbl; RAX number and
// result, RDI RSI RDX R10 R8 R9 arguments, RCX and R11 clobbered), psABI for the signal handler's
// registers, vdso(7). A result above -4096 (unsigned) is a negated errno.

#include "go_asm.h"
#include "go_tls.h"
#include "textflag.h"

// func exit(code int32)
TEXT runtime·exit(SB),NOSPLIT,$0-4
	MOVL	code+0(FP), DI
	MOVL	$231, AX	// exit_group
	SYSCALL
	INT	$3
	RET

// func exitThread(wait *atomic.Uint32): the stack may vanish once *wait is 0.
TEXT runtime·exitThread(SB),NOSPLIT,$0-8
	MOVQ	wait+0(FP), AX
	MOVL	$0, (AX)
	XORL	DI, DI
	MOVL	$60, AX	// exit
	SYSCALL
	INT	$3
	RET

// func open(name *byte, mode, perm int32) int32
TEXT runtime·open(SB),NOSPLIT,$0-20
	MOVQ	$-100, DI	// AT_FDCWD
	MOVQ	name+0(FP), SI
	MOVL	mode+8(FP), DX
	MOVL	perm+12(FP), R10
	MOVL	$257, AX	// openat
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok
	MOVL	$-1, AX
ok:
	MOVL	AX, ret+16(FP)
	RET

// func closefd(fd int32) int32
TEXT runtime·closefd(SB),NOSPLIT,$0-12
	MOVL	fd+0(FP), DI
	MOVL	$3, AX
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok
	MOVL	$-1, AX
ok:
	MOVL	AX, ret+8(FP)
	RET

// func write1(fd uintptr, p unsafe.Pointer, n int32) int32: bytes written or negated errno.
TEXT runtime·write1(SB),NOSPLIT,$0-28
	MOVQ	fd+0(FP), DI
	MOVQ	p+8(FP), SI
	MOVL	n+16(FP), DX
	MOVL	$1, AX
	SYSCALL
	MOVL	AX, ret+24(FP)
	RET

// func read(fd int32, p unsafe.Pointer, n int32) int32
TEXT runtime·read(SB),NOSPLIT,$0-28
	MOVL	fd+0(FP), DI
	MOVQ	p+8(FP), SI
	MOVL	n+16(FP), DX
	XORL	AX, AX
	SYSCALL
	MOVL	AX, ret+24(FP)
	RET

// func pipe2(flags int32) (r, w int32, errno int32)
TEXT runtime·pipe2(SB),NOSPLIT,$0-20
	LEAQ	r+8(FP), DI
	MOVL	flags+0(FP), SI
	MOVL	$293, AX
	SYSCALL
	NEGL	AX
	MOVL	AX, errno+16(FP)
	RET

// func usleep(usec uint32): nanosleep of a timespec at 0(SP).
TEXT runtime·usleep(SB),NOSPLIT,$16-4
	MOVL	usec+0(FP), AX
	XORL	DX, DX
	MOVL	$1000000, CX
	DIVL	CX
	MOVQ	AX, 0(SP)
	IMULL	$1000, DX
	MOVQ	DX, 8(SP)
	MOVQ	SP, DI
	XORL	SI, SI
	MOVL	$35, AX
	SYSCALL
	RET

// func gettid() uint32
TEXT runtime·gettid(SB),NOSPLIT,$0-4
	MOVL	$186, AX
	SYSCALL
	MOVL	AX, ret+0(FP)
	RET

// func getpid() int
TEXT runtime·getpid(SB),NOSPLIT,$0-8
	MOVL	$39, AX
	SYSCALL
	MOVQ	AX, ret+0(FP)
	RET

// func raise(sig uint32): to this thread.
TEXT runtime·raise(SB),NOSPLIT,$0-4
	MOVL	$39, AX
	SYSCALL
	MOVQ	AX, R12
	MOVL	$186, AX
	SYSCALL
	MOVL	R12, DI
	MOVL	AX, SI
	MOVL	sig+0(FP), DX
	MOVL	$234, AX	// tgkill
	SYSCALL
	RET

// func raiseproc(sig uint32): to the process.
TEXT runtime·raiseproc(SB),NOSPLIT,$0-4
	MOVL	$39, AX
	SYSCALL
	MOVL	AX, DI
	MOVL	sig+0(FP), SI
	MOVL	$62, AX	// kill
	SYSCALL
	RET

// func tgkill(tgid, tid, sig int)
TEXT runtime·tgkill(SB),NOSPLIT,$0-24
	MOVQ	tgid+0(FP), DI
	MOVQ	tid+8(FP), SI
	MOVQ	sig+16(FP), DX
	MOVL	$234, AX
	SYSCALL
	RET

// func setitimer(mode int32, new, old *itimerval)
TEXT runtime·setitimer(SB),NOSPLIT,$0-24
	MOVL	mode+0(FP), DI
	MOVQ	new+8(FP), SI
	MOVQ	old+16(FP), DX
	MOVL	$38, AX
	SYSCALL
	RET

// func timer_create(clockid int32, sevp *sigevent, timerid *int32) int32
TEXT runtime·timer_create(SB),NOSPLIT,$0-28
	MOVL	clockid+0(FP), DI
	MOVQ	sevp+8(FP), SI
	MOVQ	timerid+16(FP), DX
	MOVL	$222, AX
	SYSCALL
	MOVL	AX, ret+24(FP)
	RET

// func timer_settime(timerid int32, flags int32, new, old *itimerspec) int32
TEXT runtime·timer_settime(SB),NOSPLIT,$0-28
	MOVL	timerid+0(FP), DI
	MOVL	flags+4(FP), SI
	MOVQ	new+8(FP), DX
	MOVQ	old+16(FP), R10
	MOVL	$223, AX
	SYSCALL
	MOVL	AX, ret+24(FP)
	RET

// func timer_delete(timerid int32) int32
TEXT runtime·timer_delete(SB),NOSPLIT,$0-12
	MOVL	timerid+0(FP), DI
	MOVL	$226, AX
	SYSCALL
	MOVL	AX, ret+8(FP)
	RET

// func mincore(addr unsafe.Pointer, n uintptr, dst *byte) int32
TEXT runtime·mincore(SB),NOSPLIT,$0-28
	MOVQ	addr+0(FP), DI
	MOVQ	n+8(FP), SI
	MOVQ	dst+16(FP), DX
	MOVL	$27, AX
	SYSCALL
	MOVL	AX, ret+24(FP)
	RET

// func clockGettime(clock int32, ts *timespec): the plain system call.
TEXT runtime·clockGettime(SB),NOSPLIT,$0-16
	MOVL	clock+0(FP), DI
	MOVQ	ts+8(FP), SI
	MOVL	$228, AX
	SYSCALL
	RET

// func vdsoCall2(fn, a1, a2 uintptr) int32
// Calls a vDSO function, which follows the C convention and may want more stack than a goroutine
// has: it runs on the thread's system stack. The pc and sp that a profiler or a traceback should
// see are kept in m.vdsoPC and m.vdsoSP (set by the caller in Go).
TEXT runtime·vdsoCall2(SB),NOSPLIT,$16-28
	MOVQ	fn+0(FP), AX
	MOVQ	a1+8(FP), DI
	MOVQ	a2+16(FP), SI
	get_tls(CX)
	MOVQ	g(CX), R14
	MOVQ	g_m(R14), BX
	MOVQ	SP, R12		// R12 and R15 are kept by C functions
	MOVQ	m_curg(BX), DX
	CMPQ	R14, DX
	JNE	here		// already on a system stack
	MOVQ	m_g0(BX), DX
	MOVQ	(g_sched+gobuf_sp)(DX), SP
here:
	ANDQ	$~15, SP
	CALL	AX
	MOVQ	R12, SP
	MOVL	AX, ret+24(FP)
	RET

// func rtsigprocmask(how int32, new, old *sigset, size int32)
TEXT runtime·rtsigprocmask(SB),NOSPLIT,$0-28
	MOVL	how+0(FP), DI
	MOVQ	new+8(FP), SI
	MOVQ	old+16(FP), DX
	MOVL	size+24(FP), R10
	MOVL	$14, AX
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok
	INT	$3
ok:
	RET

// func rt_sigaction(sig uintptr, new, old *sigactiont, size uintptr) int32
TEXT runtime·rt_sigaction(SB),NOSPLIT,$0-36
	MOVQ	sig+0(FP), DI
	MOVQ	new+8(FP), SI
	MOVQ	old+16(FP), DX
	MOVQ	size+24(FP), R10
	MOVL	$13, AX
	SYSCALL
	MOVL	AX, ret+32(FP)
	RET

// func sigaltstack(new, old *stackt)
TEXT runtime·sigaltstack(SB),NOSPLIT,$0-16
	MOVQ	new+0(FP), DI
	MOVQ	old+8(FP), SI
	MOVL	$131, AX
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok
	INT	$3
ok:
	RET

// The kernel enters here for every signal we handle: signal in DI, siginfo in SI, ucontext in DX,
// C's callee-saved registers are in the ucontext, so nothing needs saving; sigreturn restores all.
//
//	0(SP) .. 23(SP) spill space of sigtrampgo's arguments (and stack alignment)
TEXT runtime·sigtramp(SB),NOSPLIT|TOPFRAME|NOFRAME,$0
	ADJSP	$24
	get_tls(R12)
	MOVQ	g(R12), R14
	XORPS	X15, X15
	XORL	BP, BP
	CLD
	MOVQ	DI, AX
	MOVQ	SI, BX
	MOVQ	DX, CX
	CALL	runtime·sigtrampgo<ABIInternal>(SB)
	ADJSP	$-24
	RET

// os_linux.go names this one for programs with C.
TEXT runtime·cgoSigtramp(SB),NOSPLIT|NOFRAME,$0
	JMP	runtime·sigtramp(SB)

// The handler returns here, with the kernel's frame on top of the stack. Debuggers recognise a
// signal frame by exactly these bytes: MOVQ $15, AX (seven-byte form); SYSCALL.
TEXT runtime·sigreturn__sigaction(SB),NOSPLIT|NOFRAME,$0
	BYTE	$0x48; BYTE $0xC7; BYTE $0xC0; BYTE $0x0F; BYTE $0x00; BYTE $0x00; BYTE $0x00
	SYSCALL
	INT	$3

// func mmap(addr unsafe.Pointer, n uintptr, prot, flags, fd int32, off uint32)
//	(p unsafe.Pointer, err int)
TEXT runtime·mmap(SB),NOSPLIT,$0-48
	MOVQ	addr+0(FP), DI
	MOVQ	n+8(FP), SI
	MOVL	prot+16(FP), DX
	MOVL	flags+20(FP), R10
	MOVLQSX	fd+24(FP), R8
	MOVL	off+28(FP), R9
	MOVL	$9, AX
	SYSCALL
	XORL	CX, CX
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok
	NEGQ	AX
	XCHGQ	AX, CX
ok:
	MOVQ	AX, p+32(FP)
	MOVQ	CX, err+40(FP)
	RET

// func munmap(addr unsafe.Pointer, n uintptr)
TEXT runtime·munmap(SB),NOSPLIT,$0-16
	MOVQ	addr+0(FP), DI
	MOVQ	n+8(FP), SI
	MOVL	$11, AX
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok
	INT	$3
ok:
	RET

// func madvise(addr unsafe.Pointer, n uintptr, flags int32) int32
TEXT runtime·madvise(SB),NOSPLIT,$0-28
	MOVQ	addr+0(FP), DI
	MOVQ	n+8(FP), SI
	MOVL	flags+16(FP), DX
	MOVL	$28, AX
	SYSCALL
	MOVL	AX, ret+24(FP)
	RET

// func futex(addr unsafe.Pointer, op int32, val uint32, ts, addr2 unsafe.Pointer, val3 uint32) int32
TEXT runtime·futex(SB),NOSPLIT,$0-44
	MOVQ	addr+0(FP), DI
	MOVL	op+8(FP), SI
	MOVL	val+12(FP), DX
	MOVQ	ts+16(FP), R10
	MOVQ	addr2+24(FP), R8
	MOVL	val3+32(FP), R9
	MOVL	$202, AX
	SYSCALL
	MOVL	AX, ret+40(FP)
	RET

// func clone(flags int32, stk, mp, gp, fn unsafe.Pointer) int32
// In the child: FS base = &mp.tls[1], g in FS, procid set; then fn on stk. fn does not return.
TEXT runtime·clone(SB),NOSPLIT|NOFRAME,$0-44
	MOVL	flags+0(FP), DI
	MOVQ	stk+8(FP), SI
	MOVQ	mp+16(FP), R12
	MOVQ	gp+24(FP), R14
	MOVQ	fn+32(FP), R13
	LEAQ	m_tls+8(R12), R8
	ORQ	$0x80000, DI	// CLONE_SETTLS
	MOVQ	R14, m_tls(R12)
	XORL	DX, DX
	XORL	R10, R10
	MOVL	$56, AX
	SYSCALL
	TESTQ	AX, AX
	JEQ	child
	MOVL	AX, ret+40(FP)
	RET
child:
	MOVQ	SI, SP
	MOVL	$186, AX	// gettid
	SYSCALL
	MOVQ	AX, m_procid(R12)
	MOVQ	R12, g_m(R14)
	XORL	BP, BP
	CALL	R13
	MOVL	$111, DI
	MOVL	$60, AX
	SYSCALL
	INT	$3

// func osyield()
TEXT runtime·osyield(SB),NOSPLIT,$0
	MOVL	$24, AX
	SYSCALL
	RET

// func sched_getaffinity(pid, len uintptr, buf *byte) int32
TEXT runtime·sched_getaffinity(SB),NOSPLIT,$0-28
	MOVQ	pid+0(FP), DI
	MOVQ	len+8(FP), SI
	MOVQ	buf+16(FP), DX
	MOVL	$204, AX
	SYSCALL
	MOVL	AX, ret+24(FP)
	RET

// func sbrk0() uintptr
TEXT runtime·sbrk0(SB),NOSPLIT,$0-8
	XORL	DI, DI
	MOVL	$12, AX
	SYSCALL
	MOVQ	AX, ret+0(FP)
	RET
