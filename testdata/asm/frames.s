// asm
#include "flags.h"

// Frameless leaf.
TEXT ·leaf(SB), NOSPLIT, $0-16
	MOVQ a+0(FP), AX
	MOVQ AX, b+8(FP)
	RET

// A leaf with a small frame needs no check though it is not NOSPLIT.
TEXT ·smallLeaf(SB), $16-8
	MOVQ AX, x-8(SP)
	MOVQ x-16(SP), BX
	MOVQ BX, r+0(FP)
	RET

TEXT ·empty(SB), $0-0
	CALL ·leaf(SB)
	RET

TEXT ·small(SB), $24-8
	MOVQ a+0(FP), AX
	MOVQ AX, 0(SP)
	CALL ·leaf(SB)
	RET

// 128 bytes with RBP's slot: still the short comparison.
TEXT ·edgeSmall(SB), $120-0
	CALL ·leaf(SB)
	RET

TEXT ·edgeMedium(SB), $128-0
	CALL ·leaf(SB)
	RET

TEXT ·medium(SB), $1000-0
	CALL ·leaf(SB)
	RET

TEXT ·edgeBig(SB), $4088-0
	CALL ·leaf(SB)
	RET

TEXT ·big(SB), $8192-0
	CALL ·leaf(SB)
	RET
	RET

TEXT ·noframe(SB), NOSPLIT|NOFRAME, $0-0
	PUSHQ BP
	CALL ·leaf(SB)
	POPQ BP
	RET

// Names keep their places while the stack moves.
TEXT ·pushes(SB), NOSPLIT, $16-16
	MOVQ a+0(FP), AX
	PUSHQ AX
	MOVQ a+0(FP), BX
	MOVQ BX, x-8(SP)
	MOVQ BX, 8(SP)
	ADJSP $128
	MOVQ a+8(FP), CX
	LEAQ x-16(SP), DX
	ADJSP $-128
	POPQ AX
	MOVQ $x-16(SP), DX
	PUSHFQ
	POPFQ
	RET

TEXT ·tail(SB), NOSPLIT, $8-0
	TESTQ AX, AX
	JEQ other
	RET ·leaf(SB)
other:
	RET
	JMP ·leaf(SB)

TEXT ·needContext(SB), NEEDCTXT, $8-0
	CALL ·leaf(SB)
	RET

TEXT ·wrapper(SB), NOSPLIT|WRAPPER|TOPFRAME, $32-0
	CALL AX
	CALL (DX)
	CALL 8(DX)(CX*8)
	JMP (DX)
	RET
