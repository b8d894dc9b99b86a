// What the processor can do.
//
// Each CPUID costs microseconds on a virtual machine, which a short program must not pay. A program of which some
// package outside the runtime looks at the features of internal/cpu, as those of crypto, asks at start
// (detectCPUAtStart), as gc's programs do. In others the features stay off until the program has a heap that cost
// more to enter than it takes to ask, and until then the assembly of bytealg takes the path that every amd64
// processor has.
//
// The bits are those of Intel's manual, volume 2A, CPUID leaves 1 and 7, and volume 1, section 14.3 on what the
// system must save for AVX.

package runtime

import (
	"internal/bytealg"
	"internal/cpu"
	"internal/runtime/atomic"
	_ "unsafe" // linkname
)

// cpuHeap is the size of the heap at which the processor is asked.
const cpuHeap = 1 << 20

var cpuKnown atomic.Uint32

//go:linkname cpuid internal/cpu.cpuid
func cpuid(leaf, subleaf uint32) (eax, ebx, ecx, edx uint32)

//go:linkname xgetbv internal/cpu.xgetbv
func xgetbv() (eax, edx uint32)

// detectCPUAtStart is called before all initialisers. It is in programs that look at the features, which can be
// switched off by GODEBUG=cpu.NAME=off there (the compiler's ConditionalCalls.swift).
func detectCPUAtStart() {
	if imaging.on || !cpuKnown.CompareAndSwap(0, 1) {
		return
	}
	cpu.Initialize(gogetenv("GODEBUG"))
	useFeatures()
}

// detectCPU finds out what bytealg and the compiler's own choices (useFeatures) depend on.
func detectCPU() {
	if imaging.on || !cpuKnown.CompareAndSwap(0, 1) {
		return
	}
	last, _, _, _ := cpuid(0, 0)
	if last < 7 {
		return
	}
	_, _, c, _ := cpuid(1, 0)
	_, b, _, _ := cpuid(7, 0)
	x := &cpu.X86
	x.HasSSE41 = c>>19&1 != 0
	x.HasSSE42 = c>>20&1 != 0
	x.HasPOPCNT = c>>23&1 != 0
	x.HasOSXSAVE = c>>27&1 != 0
	x.HasERMS = b>>9&1 != 0
	if x.HasOSXSAVE {
		// The system keeps XMM and YMM registers.
		if saved, _ := xgetbv(); saved&6 == 6 {
			x.HasAVX = c>>28&1 != 0
			x.HasFMA = x.HasAVX && c>>12&1 != 0
			x.HasAVX2 = x.HasAVX && b>>5&1 != 0
		}
	}
	useFeatures()
}

func useFeatures() {
	x := &cpu.X86
	if x.HasAVX2 {
		// What the initialiser of bytealg would have set.
		bytealg.MaxLen = 63
	}
	x86HasAVX, x86HasFMA = x.HasAVX, x.HasFMA
	x86HasPOPCNT, x86HasSSE41 = x.HasPOPCNT, x.HasSSE41
}
