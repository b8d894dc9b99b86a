// GODEBUG=inittrace=1: a line for each package that has something to initialise.

package runtime

import (
	"internal/abi"
	"unsafe"
)

// mallocBytes is for allocations what mallocCount is for their number; it grows only while initialisers are traced.
var mallocBytes uintptr

// traceInits runs all initialisers, if GODEBUG asks for their trace.
func traceInits() bool {
	if debug.inittrace == 0 {
		return false
	}
	if runtimeInitTime == 0 {
		runtimeInitTime = nanotime()
	}
	// The stress mode that looks at every allocation; it collects nothing before main.
	gc := apusDebug.gc
	if gc == 0 {
		apusDebug.gc = 1 << 30
	}
	traceInitList(abi.FuncPCABIInternal(runtime_inits))
	traceInitList(abi.FuncPCABIInternal(main_inits))
	apusDebug.gc = gc
	return true
}

// traceInitList makes the calls that the function at pc consists of: after the code that enters it, each is five
// bytes long, a CALL or, where the linker found nothing to call, a no-op.
func traceInitList(pc uintptr) {
	at := func() uint32 { return *(*uint32)(unsafe.Pointer(pc)) }
	const enter = 0xe5894855 // PUSHQ BP; MOVQ SP, BP
	const call, nothing = 0xe8, 0x0f
	for at() != enter {
		pc++
	}
	for pc += 4; at()&0xff == call || at()&0xff == nothing; pc += 5 {
		if at()&0xff == call {
			traceInit(pc + 5 + uintptr(*(*int32)(unsafe.Pointer(pc + 1))))
		}
	}
}

func traceInit(fn uintptr) {
	p := &fn
	count, bytes := mallocCount, mallocBytes
	start := nanotime()
	(*(*func())(unsafe.Pointer(&p)))()
	end := nanotime()
	name := funcname(findfunc(fn)) // path.init
	print("init ", name[:len(name)-len(".init")], " @")
	printMillis(uint64(start-runtimeInitTime) / 1e3)
	print(" ms, ")
	printMillis(uint64(end-start) / 1e3)
	print(" ms clock, ", mallocBytes-bytes, " bytes, ", mallocCount-count, " allocs\n")
}
