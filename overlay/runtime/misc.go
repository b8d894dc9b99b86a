// Types, variables and hooks that files taken from GOROOT refer to and that need nothing more here.

package runtime

import (
	"internal/coverage/rtcov"
	"internal/runtime/atomic"
	"internal/runtime/sys"
	"unsafe"
)

// Fields of g, m and p that other collectors and ports use.
type (
	gcWork             struct{}
	pageCache          struct{}
	limiterEvent       struct{}
	gcMarkWorkerMode   int
	gcBgMarkWorkerNode struct{}
	stackScanState     struct{}
	xRegPerG           struct{}
	xRegPerP           struct{}
	cgoCallers         [32]uintptr
	dlogPerM           struct{} // the runtime's own debug log
	timeHistogram      struct{}
)

func (*timeHistogram) record(int64) {}

// notInHeap is what slice.go's notInHeapSlice points at.
type notInHeap struct{ _ sys.NotInHeap }

// An initTask is a field type of moduledata; our initialisers are called directly.
type initTask struct {
	state uint32
	nfns  uint32
}

func doInit(ts []*initTask) {}

// There is no C.

func cgocall(fn, arg unsafe.Pointer) int32 {
	throw("cgocall: this program has no C")
	return 0
}

var ncgocall uint64

func (mp *m) hasCgoOnStack() bool { return false }

func cgoCheckPtrWrite(dst *unsafe.Pointer, src unsafe.Pointer) {}

func cgoCheckMemmove2(typ *_type, dst, src unsafe.Pointer, off, size uintptr) {}

func cgoCheckSliceCopy(typ *_type, dst, src unsafe.Pointer, n int) {}

//go:linkname coverage_getCovCounterList internal/coverage/cfile.getCovCounterList
func coverage_getCovCounterList() []rtcov.CovCounterBlob { return nil }

// vgetrandom pulls random bytes from the vDSO; unsupported, so the callers use the system call.
//
//go:linkname vgetrandom
func vgetrandom(p []byte, flags uint32) (ret int, supported bool) { return -1, false }

func vgetrandomInit() {}

// The tops of profiles' stacks where there is no code of the program.

func _System()                    { _System() }
func _ExternalCode()              { _ExternalCode() }
func _LostExternalCode()          { _LostExternalCode() }
func _GC()                        { _GC() }
func _LostSIGPROFDuringAtomic64() { _LostSIGPROFDuringAtomic64() }
func _LostContendedRuntimeLock()  { _LostContendedRuntimeLock() }
func _VDSO()                      { _VDSO() }

// prof is the CPU profiler's state for cpuprof.go.
var prof struct {
	signalLock atomic.Uint32
	hz         atomic.Int32
}

// setcpuprofilerate turns the profiling timer on or off.
func setcpuprofilerate(hz int32) {
	profSignal = sigprof
	setProcessCPUProfilerTimer(hz)
	prof.hz.Store(hz)
}

// Values in interfaces. GOROOT's functions take descriptors from variables, which initialisers would have to set.

func convT16(val uint16) unsafe.Pointer {
	if val < uint16(len(staticuint64s)) {
		return unsafe.Pointer(&staticuint64s[val])
	}
	x := mallocgc(unsafe.Sizeof(val), nil, false)
	*(*uint16)(x) = val
	return x
}

func convT32(val uint32) unsafe.Pointer {
	if val < uint32(len(staticuint64s)) {
		return unsafe.Pointer(&staticuint64s[val])
	}
	x := mallocgc(unsafe.Sizeof(val), nil, false)
	*(*uint32)(x) = val
	return x
}

func convT64(val uint64) unsafe.Pointer {
	if val < uint64(len(staticuint64s)) {
		return unsafe.Pointer(&staticuint64s[val])
	}
	x := mallocgc(unsafe.Sizeof(val), nil, false)
	*(*uint64)(x) = val
	return x
}

func convTstring(val string) unsafe.Pointer {
	if val == "" {
		return unsafe.Pointer(&zeroVal)
	}
	p := new(string)
	*p = val
	return unsafe.Pointer(p)
}

func convTslice(val []byte) unsafe.Pointer { // of any type
	if val == nil {
		return unsafe.Pointer(&zeroVal)
	}
	p := new([]byte)
	*p = val
	return unsafe.Pointer(p)
}

// Stacks of samples, for mprof.go.

func makeProfStack() []uintptr { return make([]uintptr, max(debug.profstackdepth, 32)) }

//go:linkname pprof_makeProfStack
func pprof_makeProfStack() []uintptr { return makeProfStack() }

//go:linkname pprof_fpunwindExpand
func pprof_fpunwindExpand(dst, src []uintptr) int { return copy(dst, src) }

// tracefpunwindoff: samples unwind by the function table, not by frame pointers.
func tracefpunwindoff() bool { return true }

// In assembly.

func mstart()

//go:noescape
func mmap(addr unsafe.Pointer, n uintptr, prot, flags, fd int32, off uint32) (p unsafe.Pointer, err int)

func munmap(addr unsafe.Pointer, n uintptr)

// For os_linux.go's newosproc0, which serves C programs.
var (
	failallocatestack = "runtime: failed to allocate stack for the new OS thread\n"
	failthreadcreate  = "runtime: failed to create new OS thread\n"
)

// startupRand is what os_linux.go's sysauxv would fill; see atRandom.
var startupRand []byte

func printDebugLog() {}

// memmoveBits tells memmove_amd64.s which instructions to use for long copies. All are off until
// something asks the processor, which costs a start-up more than it gains.
const (
	avxSupported     = 1 << 0
	repmovsPreferred = 1 << 1
)

var memmoveBits uint8
