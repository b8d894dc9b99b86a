// asm
#include "flags.h"
#include "nowhere.h" // ERROR "#include: open nowhere.h: no such file or directory"

TEXT ·f(SB), NOSPLIT, $0
	BOGUS AX, BX // ERROR "unrecognized instruction .BOGUS."
	MOVQ AX // ERROR "wrong number of operands"
	ADDQ AX, X0 // ERROR "invalid instruction"
	MOVQ (AX)(BX*3), CX // ERROR "bad scale"
	JMP nowhere // ERROR "undefined label nowhere"
	MOVQ 0(FP), AX // ERROR "cannot reference FP without a symbol"
	ADDQ $(1/0), AX // ERROR "division by zero"
	MOVQ AX,, BX // ERROR "missing operand"
	MOVQ $1.5, AX // ERROR "invalid instruction"
	LEAQ x, AX // ERROR "illegal or missing addressing mode for symbol x"
	PCALIGN $3 // ERROR "alignment value"
	MOVQ 0x100000000(AX), BX // ERROR "does not fit in 32 bits"
	JMP 9000000(PC) // ERROR "branch out of range"
again:
again: // ERROR "multiply defined"
	NOP
	RET

TEXT ·g(SB), NOSPLIT, $0
	PUSHQ AX
	RET // ERROR "unbalanced PUSH/POP"

TEXT ·odd(SB), NOSPLIT, $7 // ERROR "unaligned stack size"
	CALL ·f(SB)
	RET

TEXT ·twice(SB), NOSPLIT, $0
	RET

TEXT ·twice(SB), NOSPLIT, $0 // ERROR "redeclared"
	RET

TEXT ·internal<ABIInternal>(SB), $0 // ERROR "ABIInternal requires NOSPLIT"
	RET

TEXT wrong, NOSPLIT, $0 // ERROR "missing addressing mode"
DATA x<>+8(SB)/8, $1
DATA x<>+4(SB)/8, $1 // ERROR "overlapping DATA entry for x"
DATA y<>+0(SB)/3, $1 // ERROR "bad size for DATA argument"
GLOBL x<>(SB), RODATA, $16
GLOBL y<>(SB), RODATA, $16
GLOBL huge<>(SB), RODATA, $0x7fffffffffffffff // ERROR "size"
DATA lonely<>+0(SB)/8, $1 // ERROR "DATA without GLOBL"
#else // ERROR "unmatched #else"
