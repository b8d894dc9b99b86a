// asm
#include "flags.h"

#define FILL8 MOVQ $0x1122334455667788, R15
#define FILL64 FILL8; FILL8; FILL8; FILL8; FILL8; FILL8
#define SWAP(a, b) XCHGQ a, b; XCHGQ b, a
#define MULTI \
	ADDQ AX, BX \
	SUBQ CX, DX; \
	NOTQ SI

// Forward and backward branches on both sides of the 8-bit limit.
TEXT ·distances(SB), NOSPLIT, $0
start:
	JEQ near
	JNE far
	JMP middle
near:
	FILL64
middle:
	JMP near
	FILL64
	JMP near
	JLT start
	FILL64
far:
	JCXZQ far
	LOOP far
	JMP start
	JHI start

// Jumps to jumps are followed.
TEXT ·chains(SB), NOSPLIT, $0
	JCS first
	JMP first
	RET
first:
	JMP second
	NOP
second:
	JMP third
	INCQ AX
third:
	DECQ AX
loop:
	JMP loop

// Branches counted in instructions, pseudo-instructions included.
TEXT ·counted(SB), NOSPLIT, $0
	JEQ 2(PC)
	INCQ AX
	JNE -1(PC)
	JMP 0(PC)
	JMP 3(PC)
	PCALIGN $16
	INCQ BX
	INCQ CX
	PCALIGN $32
aligned:
	ADDQ $1, CX
	JMP aligned

TEXT ·macros(SB), NOSPLIT, $0
	SWAP(AX, R9)
	MULTI
#ifdef GOARCH_amd64
#ifndef GOOS_linux
	INT $3
#else
	INCL AX
#endif
#endif
#undef MULTI
	RET
