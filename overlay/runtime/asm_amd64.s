// Entry, context switches, stack growth, reflective calls and write-barrier entry points for amd64.
//
// Sources: System V AMD64 psABI (process entry, register roles at system calls), Go's published
// internal ABI (cmd/compile/abi-internal.md in GOROOT) for the register roles: R14 = g, RDX = closure
// context, X15 = 0, RBP saved by the callee. Structure offsets come from go_asm.h, which the
// assembler step generates from the package's declarations.

#include "go_asm.h"
#include "go_tls.h"
#include "funcdata.h"
#include "textflag.h"

// What both entries begin with. On entry SP points at argc, argv, NULL, envp, NULL, auxv; the goroutine that
// runs main runs right here: its stack is the 64 KB below, no memory is mapped.
//
//	SP+16 .. stack.hi
//	SP    spill space of rt0's register argument
#define INITIAL_STACK \
	MOVQ	SP, AX; \
	XORL	BP, BP; \
	ANDQ	$~15, SP; \
	LEAQ	runtime·mainG(SB), R14; \
	MOVQ	SP, (g_stack+stack_hi)(R14); \
	LEAQ	-const_initialStackSize(SP), CX; \
	MOVQ	CX, (g_stack+stack_lo)(R14); \
	ADDQ	$const_stackGuard, CX; \
	MOVQ	CX, g_stackguard0(R14); \
	MOVQ	CX, g_stackguard1(R14); \
	SUBQ	$16, SP; \
	XORPS	X15, X15

// The kernel's first instruction.
TEXT _rt0_amd64_linux(SB),NOSPLIT|NOFRAME|TOPFRAME,$0
	INITIAL_STACK
	CALL	runtime·rt0<ABIInternal>(SB)
	// main's caller is goexit, as for every goroutine.
	LEAQ	runtime·goexit+1(SB), AX
	PUSHQ	AX
	JMP	runtime·main<ABIInternal>(SB)

// Where the compiler lets a process begin that runs initialisers while building (image.go).
TEXT _rt0_amd64_image(SB),NOSPLIT|NOFRAME|TOPFRAME,$0
	INITIAL_STACK
	CALL	runtime·rt0<ABIInternal>(SB)
	CALL	runtime·imageMain<ABIInternal>(SB)
	CALL	runtime·abort(SB)
	RET

// func imageStop()
TEXT runtime·imageStop(SB),NOSPLIT|NOFRAME,$0
	BYTE	$0xCC	// INT3, one byte: the compiler knows the address behind it
	RET

// func setFSBase(addr uintptr, direct bool)
// Makes addr the base of FS: by WRFSBASE where the kernel announced it, by arch_prctl otherwise.
// Clobbers AX, CX, DI, SI, R11.
TEXT runtime·setFSBase<ABIInternal>(SB),NOSPLIT|NOFRAME,$0
	TESTB	BX, BX
	JEQ	syscall
	BYTE	$0xF3; BYTE $0x48; BYTE $0x0F; BYTE $0xAE; BYTE $0xD0 // WRFSBASE RAX
	RET
syscall:
	MOVQ	AX, SI
	MOVQ	$0x1002, DI	// ARCH_SET_FS
	MOVQ	$158, AX	// arch_prctl
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok
	INT	$3
ok:
	RET

// func setg(gg *g)
TEXT runtime·setg<ABIInternal>(SB),NOSPLIT|NOFRAME,$0
	get_tls(CX)
	MOVQ	AX, g(CX)
	MOVQ	AX, R14
	RET

// First frame of a thread that the scheduler created; g0 is already in FS.
TEXT runtime·mstart(SB),NOSPLIT|TOPFRAME|NOFRAME,$0
	XORL	BP, BP
	get_tls(CX)
	MOVQ	g(CX), R14
	XORPS	X15, X15
	CALL	runtime·mstart0<ABIInternal>(SB)
	CALL	runtime·abort(SB)
	RET

// func gogo(buf *gobuf)
// Continues the goroutine whose state buf holds. Does not return.
TEXT runtime·gogo<ABIInternal>(SB),NOSPLIT|NOFRAME,$0
	MOVQ	gobuf_g(AX), R14
	MOVQ	0(R14), CX	// fault here rather than later when g is nil
	get_tls(CX)
	MOVQ	R14, g(CX)
	MOVQ	gobuf_ctxt(AX), DX
	MOVQ	gobuf_bp(AX), BP
	MOVQ	gobuf_pc(AX), BX
	MOVQ	gobuf_sp(AX), SP
	XORL	CX, CX
	MOVQ	CX, gobuf_sp(AX)	// what is left here would be scanned or mistaken for live state
	MOVQ	CX, gobuf_ctxt(AX)
	MOVQ	CX, gobuf_bp(AX)
	XORPS	X15, X15
	JMP	BX

// func mcall(fn func(*g))
// Saves the goroutine's state as if mcall had returned, and calls fn(g) on the system stack.
// fn never returns.
TEXT runtime·mcall<ABIInternal>(SB),NOSPLIT|NOFRAME,$0-8
retry:
	MOVQ	g_m(R14), BX
	MOVQ	m_g0(BX), SI
	CMPQ	(g_sched+gobuf_sp)(SI), $0
	JEQ	cold
	CMPQ	SI, R14
	JEQ	bad
	MOVQ	0(SP), CX
	MOVQ	CX, (g_sched+gobuf_pc)(R14)
	LEAQ	8(SP), CX
	MOVQ	CX, (g_sched+gobuf_sp)(R14)
	MOVQ	BP, (g_sched+gobuf_bp)(R14)
	MOVQ	AX, DX		// closure context of fn
	MOVQ	R14, AX		// its argument
	MOVQ	SI, R14
	get_tls(CX)
	MOVQ	R14, g(CX)
	MOVQ	(g_sched+gobuf_sp)(R14), SP
	XORL	BP, BP
	PUSHQ	AX		// spill space of fn's argument
	MOVQ	0(DX), R12
	CALL	R12
	POPQ	AX
	JMP	runtime·badmcall2(SB)
bad:
	JMP	runtime·badmcall(SB)
cold:
	// First use of this thread's system stack: make it, on the stack we have.
	PUSHQ	AX
	CALL	runtime·coldStart<ABIInternal>(SB)
	POPQ	AX
	JMP	retry

// The pc that a goroutine on which systemstack is active shows to the unwinder: a frame of the same
// shape as systemstack's, whose function is not the top of a stack.
TEXT runtime·systemstack_switch(SB),NOSPLIT,$0-0
	PCALIGN	$8
	UNDEF
	CALL	runtime·abort(SB)	// not a leaf, so the frame saves BP as systemstack's does
	RET

// func systemstack(fn func())
// Runs fn on the thread's system stack and returns. On that stack already, it is a plain call.
TEXT runtime·systemstack<ABIInternal>(SB),NOSPLIT,$0-8
retry:
	MOVQ	g_m(R14), BX
	MOVQ	m_g0(BX), DX
	CMPQ	(g_sched+gobuf_sp)(DX), $0
	JEQ	cold
	CMPQ	R14, DX
	JEQ	noswitch
	CMPQ	R14, m_gsignal(BX)
	JEQ	noswitch
	CMPQ	R14, m_curg(BX)
	JNE	bad

	LEAQ	runtime·systemstack_switch+8(SB), CX
	MOVQ	CX, (g_sched+gobuf_pc)(R14)
	MOVQ	SP, (g_sched+gobuf_sp)(R14)
	MOVQ	BP, (g_sched+gobuf_bp)(R14)
	get_tls(CX)
	MOVQ	DX, g(CX)
	MOVQ	DX, R14
	MOVQ	(g_sched+gobuf_sp)(DX), SP
	MOVQ	AX, DX
	MOVQ	0(AX), DI
	CALL	DI

	MOVQ	g_m(R14), BX
	MOVQ	m_curg(BX), R14
	get_tls(CX)
	MOVQ	R14, g(CX)
	MOVQ	(g_sched+gobuf_sp)(R14), SP
	MOVQ	(g_sched+gobuf_bp)(R14), BP
	MOVQ	$0, (g_sched+gobuf_sp)(R14)
	MOVQ	$0, (g_sched+gobuf_bp)(R14)
	RET
bad:
	CALL	runtime·badsystemstack<ABIInternal>(SB)
	CALL	runtime·abort(SB)
cold:
	PUSHQ	AX
	CALL	runtime·coldStart<ABIInternal>(SB)
	POPQ	AX
	JMP	retry
noswitch:
	// A tail call, so that a traceback stops at the right frame.
	MOVQ	AX, DX
	MOVQ	0(DX), DI
	POPQ	BP
	JMP	DI

// Stack growth and preemption, called by a function's prologue when SP is below g.stackguard0.
// The prologue has spilled the argument registers; RDX is the closure context.
//
//	8(SP)  return address of the function that wants more stack
//	0(SP)  where that function resumes (it jumps back to its entry)
TEXT runtime·morestack(SB),NOSPLIT|NOFRAME,$0-0
retry:
	get_tls(CX)
	MOVQ	g(CX), R14
	MOVQ	g_m(R14), BX
	MOVQ	m_g0(BX), SI
	CMPQ	R14, SI
	JEQ	ong0
	CMPQ	R14, m_gsignal(BX)
	JEQ	ongsignal
	CMPQ	(g_sched+gobuf_sp)(SI), $0
	JEQ	cold

	MOVQ	0(SP), AX
	MOVQ	AX, (g_sched+gobuf_pc)(R14)
	LEAQ	8(SP), AX
	MOVQ	AX, (g_sched+gobuf_sp)(R14)
	MOVQ	BP, (g_sched+gobuf_bp)(R14)
	MOVQ	DX, (g_sched+gobuf_ctxt)(R14)
	MOVQ	8(SP), AX
	MOVQ	AX, (m_morebuf+gobuf_pc)(BX)
	LEAQ	16(SP), AX
	MOVQ	AX, (m_morebuf+gobuf_sp)(BX)
	MOVQ	R14, (m_morebuf+gobuf_g)(BX)

	MOVQ	SI, R14
	MOVQ	R14, g(CX)
	MOVQ	(g_sched+gobuf_sp)(R14), SP
	XORL	BP, BP
	XORPS	X15, X15
	CALL	runtime·newstack<ABIInternal>(SB)
	CALL	runtime·abort(SB)	// newstack continues the goroutine with gogo
	RET
ong0:
	CALL	runtime·badmorestackg0<ABIInternal>(SB)
	CALL	runtime·abort(SB)
ongsignal:
	CALL	runtime·badmorestackgsignal<ABIInternal>(SB)
	CALL	runtime·abort(SB)
cold:
	// The prologue's stack check failed, yet coldStart must run here: below the guard lie the bytes
	// that the nosplit rule reserves, and on the initial stack the kernel's own stack below.
	PUSHQ	DX
	XORPS	X15, X15
	CALL	runtime·coldStart<ABIInternal>(SB)
	POPQ	DX
	JMP	retry

// morestack for a function that is not a closure.
TEXT runtime·morestack_noctxt(SB),NOSPLIT|NOFRAME,$0
	XORL	DX, DX
	JMP	runtime·morestack(SB)

// morestackN and morestackN_noctxt are morestack for functions whose register arguments are N words: they
// keep them in the function's spill space, above its return address. Shared by all these functions, as
// such code in each of them would be a twentieth of the text. The frame is one return address:
//
//	 0(SP)	return address into the function, behind which it begins again
//	 8(SP)	the function's own return address
//	16(SP)	spill space: AX, BX, CX, DI, SI, R8, R9, R10, R11
//
// Clobbers what morestack does, and keeps DX where that is the closure.
#define KEEP1	MOVQ	AX, 16(SP)
#define KEEP2	KEEP1;	MOVQ	BX, 24(SP)
#define KEEP3	KEEP2;	MOVQ	CX, 32(SP)
#define KEEP4	KEEP3;	MOVQ	DI, 40(SP)
#define KEEP5	KEEP4;	MOVQ	SI, 48(SP)
#define KEEP6	KEEP5;	MOVQ	R8, 56(SP)
#define KEEP7	KEEP6;	MOVQ	R9, 64(SP)
#define KEEP8	KEEP7;	MOVQ	R10, 72(SP)
#define KEEP9	KEEP8;	MOVQ	R11, 80(SP)
#define BACK1	MOVQ	16(SP), AX
#define BACK2	BACK1;	MOVQ	24(SP), BX
#define BACK3	BACK2;	MOVQ	32(SP), CX
#define BACK4	BACK3;	MOVQ	40(SP), DI
#define BACK5	BACK4;	MOVQ	48(SP), SI
#define BACK6	BACK5;	MOVQ	56(SP), R8
#define BACK7	BACK6;	MOVQ	64(SP), R9
#define BACK8	BACK7;	MOVQ	72(SP), R10
#define BACK9	BACK8;	MOVQ	80(SP), R11

TEXT runtime·morestack1(SB),NOSPLIT|NOFRAME,$0-0
	KEEP1
	CALL	runtime·morestack(SB)
	BACK1
	RET

TEXT runtime·morestack1_noctxt(SB),NOSPLIT|NOFRAME,$0-0
	KEEP1
	CALL	runtime·morestack_noctxt(SB)
	BACK1
	RET

TEXT runtime·morestack2(SB),NOSPLIT|NOFRAME,$0-0
	KEEP2
	CALL	runtime·morestack(SB)
	BACK2
	RET

TEXT runtime·morestack2_noctxt(SB),NOSPLIT|NOFRAME,$0-0
	KEEP2
	CALL	runtime·morestack_noctxt(SB)
	BACK2
	RET

TEXT runtime·morestack3(SB),NOSPLIT|NOFRAME,$0-0
	KEEP3
	CALL	runtime·morestack(SB)
	BACK3
	RET

TEXT runtime·morestack3_noctxt(SB),NOSPLIT|NOFRAME,$0-0
	KEEP3
	CALL	runtime·morestack_noctxt(SB)
	BACK3
	RET

TEXT runtime·morestack4(SB),NOSPLIT|NOFRAME,$0-0
	KEEP4
	CALL	runtime·morestack(SB)
	BACK4
	RET

TEXT runtime·morestack4_noctxt(SB),NOSPLIT|NOFRAME,$0-0
	KEEP4
	CALL	runtime·morestack_noctxt(SB)
	BACK4
	RET

TEXT runtime·morestack5(SB),NOSPLIT|NOFRAME,$0-0
	KEEP5
	CALL	runtime·morestack(SB)
	BACK5
	RET

TEXT runtime·morestack5_noctxt(SB),NOSPLIT|NOFRAME,$0-0
	KEEP5
	CALL	runtime·morestack_noctxt(SB)
	BACK5
	RET

TEXT runtime·morestack6(SB),NOSPLIT|NOFRAME,$0-0
	KEEP6
	CALL	runtime·morestack(SB)
	BACK6
	RET

TEXT runtime·morestack6_noctxt(SB),NOSPLIT|NOFRAME,$0-0
	KEEP6
	CALL	runtime·morestack_noctxt(SB)
	BACK6
	RET

TEXT runtime·morestack7(SB),NOSPLIT|NOFRAME,$0-0
	KEEP7
	CALL	runtime·morestack(SB)
	BACK7
	RET

TEXT runtime·morestack7_noctxt(SB),NOSPLIT|NOFRAME,$0-0
	KEEP7
	CALL	runtime·morestack_noctxt(SB)
	BACK7
	RET

TEXT runtime·morestack8(SB),NOSPLIT|NOFRAME,$0-0
	KEEP8
	CALL	runtime·morestack(SB)
	BACK8
	RET

TEXT runtime·morestack8_noctxt(SB),NOSPLIT|NOFRAME,$0-0
	KEEP8
	CALL	runtime·morestack_noctxt(SB)
	BACK8
	RET

TEXT runtime·morestack9(SB),NOSPLIT|NOFRAME,$0-0
	KEEP9
	CALL	runtime·morestack(SB)
	BACK9
	RET

TEXT runtime·morestack9_noctxt(SB),NOSPLIT|NOFRAME,$0-0
	KEEP9
	CALL	runtime·morestack_noctxt(SB)
	BACK9
	RET

// spillArgs and unspillArgs move the argument registers to and from the abi.RegArgs at R12.
TEXT runtime·spillArgs(SB),NOSPLIT|NOFRAME,$0-0
	MOVQ	AX, 0(R12)
	MOVQ	BX, 8(R12)
	MOVQ	CX, 16(R12)
	MOVQ	DI, 24(R12)
	MOVQ	SI, 32(R12)
	MOVQ	R8, 40(R12)
	MOVQ	R9, 48(R12)
	MOVQ	R10, 56(R12)
	MOVQ	R11, 64(R12)
	MOVQ	X0, 72(R12)
	MOVQ	X1, 80(R12)
	MOVQ	X2, 88(R12)
	MOVQ	X3, 96(R12)
	MOVQ	X4, 104(R12)
	MOVQ	X5, 112(R12)
	MOVQ	X6, 120(R12)
	MOVQ	X7, 128(R12)
	MOVQ	X8, 136(R12)
	MOVQ	X9, 144(R12)
	MOVQ	X10, 152(R12)
	MOVQ	X11, 160(R12)
	MOVQ	X12, 168(R12)
	MOVQ	X13, 176(R12)
	MOVQ	X14, 184(R12)
	RET

TEXT runtime·unspillArgs(SB),NOSPLIT|NOFRAME,$0-0
	MOVQ	0(R12), AX
	MOVQ	8(R12), BX
	MOVQ	16(R12), CX
	MOVQ	24(R12), DI
	MOVQ	32(R12), SI
	MOVQ	40(R12), R8
	MOVQ	48(R12), R9
	MOVQ	56(R12), R10
	MOVQ	64(R12), R11
	MOVQ	72(R12), X0
	MOVQ	80(R12), X1
	MOVQ	88(R12), X2
	MOVQ	96(R12), X3
	MOVQ	104(R12), X4
	MOVQ	112(R12), X5
	MOVQ	120(R12), X6
	MOVQ	128(R12), X7
	MOVQ	136(R12), X8
	MOVQ	144(R12), X9
	MOVQ	152(R12), X10
	MOVQ	160(R12), X11
	MOVQ	168(R12), X12
	MOVQ	176(R12), X13
	MOVQ	184(R12), X14
	RET

// func reflectcall(stackArgsType *_type, fn, stackArgs unsafe.Pointer,
//	stackArgsSize, stackRetOffset, frameSize uint32, regArgs *abi.RegArgs)
// Frames are of fixed size, so it jumps to the smallest of a family of functions whose frame fits. (With a
// factor of 4 between them: every program has them all, hardly any calls one with more than 32 bytes.)
#define TRY(CALLEE, SIZE) \
	CMPQ	CX, $SIZE; \
	JHI	3(PC); \
	LEAQ	CALLEE(SB), AX; \
	JMP	AX

TEXT runtime·reflectcall(SB),NOSPLIT,$0-48
	MOVLQZX	frameSize+32(FP), CX
	TRY(runtime·call32, 32)
	TRY(runtime·call128, 128)
	TRY(runtime·call512, 512)
	TRY(runtime·call2048, 2048)
	TRY(runtime·call8192, 8192)
	TRY(runtime·call32768, 32768)
	TRY(runtime·call131072, 131072)
	TRY(runtime·call524288, 524288)
	TRY(runtime·call1048576, 1048576)
	LEAQ	runtime·badreflectcall(SB), AX
	JMP	AX

// One member: copy the stack arguments in, load the registers, call, store the registers, and let
// reflectcallmove copy the results out (with write barriers).
#define REFLECTCALL(NAME, SIZE) \
TEXT NAME(SB),WRAPPER,$SIZE-48; \
	NO_LOCAL_POINTERS; \
	MOVQ	stackArgs+16(FP), SI; \
	MOVLQZX	stackArgsSize+24(FP), CX; \
	MOVQ	SP, DI; \
	REP; MOVSB; \
	MOVQ	regArgs+40(FP), R12; \
	CALL	runtime·unspillArgs(SB); \
	MOVQ	fn+8(FP), DX; \
	PCDATA	$PCDATA_StackMapIndex, $0; \
	MOVQ	(DX), R12; \
	CALL	R12; \
	MOVQ	regArgs+40(FP), R12; \
	CALL	runtime·spillArgs(SB); \
	MOVLQZX	stackArgsSize+24(FP), CX; \
	MOVLQZX	stackRetOffset+28(FP), BX; \
	MOVQ	stackArgs+16(FP), DI; \
	MOVQ	stackArgsType+0(FP), DX; \
	MOVQ	SP, SI; \
	ADDQ	BX, DI; \
	ADDQ	BX, SI; \
	SUBQ	BX, CX; \
	CALL	callRet<>(SB); \
	RET

// Arguments of reflectcallmove in DX (type), DI (dst), SI (src), CX (size), R12 (registers).
TEXT callRet<>(SB),NOSPLIT,$40-0
	NO_LOCAL_POINTERS
	MOVQ	DX, 0(SP)
	MOVQ	DI, 8(SP)
	MOVQ	SI, 16(SP)
	MOVQ	CX, 24(SP)
	MOVQ	R12, 32(SP)
	CALL	runtime·reflectcallmove(SB)
	RET

REFLECTCALL(runtime·call32, 32)
REFLECTCALL(runtime·call128, 128)
REFLECTCALL(runtime·call512, 512)
REFLECTCALL(runtime·call2048, 2048)
REFLECTCALL(runtime·call8192, 8192)
REFLECTCALL(runtime·call32768, 32768)
REFLECTCALL(runtime·call131072, 131072)
REFLECTCALL(runtime·call524288, 524288)
REFLECTCALL(runtime·call1048576, 1048576)

// Room in the P's write-barrier buffer for N words: R11 = address of the first. Keeps every general
// register but R11, and the scalars in X0 to X14; the flags are clobbered. When the buffer is full the slow path
// empties it.
//
//	0(SP) .. 87(SP) general registers   96(SP) R12   104(SP) R13   112(SP) .. 231(SP) X0 .. X14 (their low halves)
TEXT wbReserve<>(SB),NOSPLIT,$232
	MOVQ	R12, 96(SP)
	MOVQ	R13, 104(SP)
again:
	MOVQ	g_m(R14), R13
	MOVQ	m_p(R13), R13
	MOVQ	(p_wbBuf+wbBuf_next)(R13), R12
	ADDQ	R12, R11
	CMPQ	R11, (p_wbBuf+wbBuf_end)(R13)
	JHI	full
	MOVQ	R11, (p_wbBuf+wbBuf_next)(R13)
	MOVQ	R12, R11
	MOVQ	96(SP), R12
	MOVQ	104(SP), R13
	RET
full:
	SUBQ	R12, R11
	MOVQ	AX, 0(SP)
	MOVQ	BX, 8(SP)
	MOVQ	CX, 16(SP)
	MOVQ	DX, 24(SP)
	MOVQ	SI, 32(SP)
	MOVQ	DI, 40(SP)
	MOVQ	R8, 48(SP)
	MOVQ	R9, 56(SP)
	MOVQ	R10, 64(SP)
	MOVQ	R11, 72(SP)
	MOVQ	R15, 80(SP)
	MOVSD	X0, 112(SP)
	MOVSD	X1, 120(SP)
	MOVSD	X2, 128(SP)
	MOVSD	X3, 136(SP)
	MOVSD	X4, 144(SP)
	MOVSD	X5, 152(SP)
	MOVSD	X6, 160(SP)
	MOVSD	X7, 168(SP)
	MOVSD	X8, 176(SP)
	MOVSD	X9, 184(SP)
	MOVSD	X10, 192(SP)
	MOVSD	X11, 200(SP)
	MOVSD	X12, 208(SP)
	MOVSD	X13, 216(SP)
	MOVSD	X14, 224(SP)
	CALL	runtime·wbBufFlush(SB)
	MOVSD	112(SP), X0
	MOVSD	120(SP), X1
	MOVSD	128(SP), X2
	MOVSD	136(SP), X3
	MOVSD	144(SP), X4
	MOVSD	152(SP), X5
	MOVSD	160(SP), X6
	MOVSD	168(SP), X7
	MOVSD	176(SP), X8
	MOVSD	184(SP), X9
	MOVSD	192(SP), X10
	MOVSD	200(SP), X11
	MOVSD	208(SP), X12
	MOVSD	216(SP), X13
	MOVSD	224(SP), X14
	MOVQ	0(SP), AX
	MOVQ	8(SP), BX
	MOVQ	16(SP), CX
	MOVQ	24(SP), DX
	MOVQ	32(SP), SI
	MOVQ	40(SP), DI
	MOVQ	48(SP), R8
	MOVQ	56(SP), R9
	MOVQ	64(SP), R10
	MOVQ	72(SP), R11
	MOVQ	80(SP), R15
	JMP	again

#define WB(NAME, BYTES) \
TEXT NAME<ABIInternal>(SB),NOSPLIT|NOFRAME,$0; \
	MOVL	$BYTES, R11; \
	JMP	wbReserve<>(SB)

WB(runtime·gcWriteBarrier1, 8)
WB(runtime·gcWriteBarrier2, 16)
WB(runtime·gcWriteBarrier3, 24)
WB(runtime·gcWriteBarrier4, 32)
WB(runtime·gcWriteBarrier5, 40)
WB(runtime·gcWriteBarrier6, 48)
WB(runtime·gcWriteBarrier7, 56)
WB(runtime·gcWriteBarrier8, 64)

// The return address of every goroutine's first function is the second instruction here.
TEXT runtime·goexit(SB),NOSPLIT|TOPFRAME|NOFRAME,$0-0
	BYTE	$0x90
	CALL	runtime·goexit1(SB)
	BYTE	$0x90	// the return address of the call still lies in this function

// Where the signal handler sends a goroutine that faulted: registers as ABIInternal wants them.
TEXT runtime·sigpanic0(SB),NOSPLIT|NOFRAME,$0-0
	get_tls(R14)
	MOVQ	g(R14), R14
	XORPS	X15, X15
	JMP	runtime·sigpanic<ABIInternal>(SB)

TEXT runtime·abort(SB),NOSPLIT,$0-0
	INT	$3
loop:
	JMP	loop

TEXT runtime·breakpoint(SB),NOSPLIT|NOFRAME,$0-0
	INT	$3
	RET

// func publicationBarrier(): amd64 stores are not reordered.
TEXT runtime·publicationBarrier<ABIInternal>(SB),NOSPLIT|NOFRAME,$0-0
	RET

// func procyieldAsm(cycles uint32)
TEXT runtime·procyieldAsm<ABIInternal>(SB),NOSPLIT|NOFRAME,$0
again:
	PAUSE
	SUBL	$1, AX
	JNE	again
	RET

// func cputicks() int64
TEXT runtime·cputicks<ABIInternal>(SB),NOSPLIT|NOFRAME,$0
	MFENCE
	LFENCE
	RDTSC
	SHLQ	$32, DX
	ORQ	DX, AX
	RET

// func getfp() uintptr
TEXT runtime·getfp<ABIInternal>(SB),NOSPLIT|NOFRAME,$0
	MOVQ	BP, AX
	RET

// There is no C: a call of this is a defect.
TEXT runtime·asmcgocall(SB),NOSPLIT,$0-20
	INT	$3
	RET
