// Code that only some programs can reach.
//
// What the runtime calls itself is in every program. Where only programs that call a certain function need
// it, that function stores it in one of the variables here, and the runtime calls the variable: the linker
// then leaves it out of all others. (Hooks of a single file are declared there.)
//
// The manifest's `rename` puts the functions below in front of GOROOT's.

package runtime

import (
	"internal/profilerecord"
	"internal/runtime/atomic"
	"unsafe"
)

// profSignal is the CPU profiler's signal handler, set with the profiler's rate.
var profSignal func(info *siginfo, ctx unsafe.Pointer, gp *g, mp *m)

// blockSaver is saveblockevent, set with the rate of the block or the mutex profile.
var blockSaver func(cycles, rate int64, skip int, which bucketType)

// SetBlockProfileRate controls the fraction of goroutine blocking events that are reported in the
// blocking profile; the standard library's package runtime documents it.
func SetBlockProfileRate(rate int) {
	blockSaver = saveblockevent
	setBlockProfileRate(rate)
}

func blockevent(cycles int64, skip int) {
	if rate := int64(atomic.Load64(&blockprofilerate)); rate > 0 {
		if cycles = max(cycles, 1); blocksampled(cycles, rate) {
			blockSaver(cycles, rate, skip+1, blockProfile)
		}
	}
}

// SetMutexProfileFraction controls the fraction of mutex contention events that are reported in the mutex
// profile; the standard library's package runtime documents it.
func SetMutexProfileFraction(rate int) int {
	blockSaver = saveblockevent
	return setMutexProfileFraction(rate)
}

func mutexevent(cycles int64, skip int) {
	if rate := int64(atomic.Load64(&mutexprofilerate)); rate > 0 && cheaprand64()%rate == 0 {
		blockSaver(max(cycles, 0), rate, skip+1, mutexProfile)
	}
}

// recordForProfile records a goroutine that is about to run while a goroutine profile is being taken.
var recordForProfile func(gp *g, pcbuf []uintptr, yield func())

func goroutineProfileWithLabelsConcurrent(p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	recordForProfile = tryRecordGoroutineProfile
	return takeGoroutineProfile(p, labels)
}

func goroutineLeakProfileWithLabelsConcurrent(p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	recordForProfile = tryRecordGoroutineProfile
	return takeGoroutineLeakProfile(p, labels)
}

// bubbleStatus tells a synctest bubble that a goroutine of its changes state.
var bubbleStatus func(bubble *synctestBubble, gp *g, oldval, newval uint32)

func synctestRun(f func()) {
	bubbleStatus = (*synctestBubble).changegstatus
	// GOROOT's code takes a record without newSpecial.
	lock(&mheap_.speciallock)
	mheap_.specialsInit()
	unlock(&mheap_.speciallock)
	runBubble(f)
}

// allThreadsSyscall is what a thread does when it gets the signal for it.
var allThreadsSyscall func()

// Arguments that are made of pointers must stay: callers rely on it as with syscall.Syscall.
//
//go:uintptrescapes
func syscall_runtime_doAllThreadsSyscall(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) {
	allThreadsSyscall = runPerThreadSyscall
	return doAllThreadsSyscall(trap, a1, a2, a3, a4, a5, a6)
}

// A semTable holds those who wait for semaphores, by address.
type semTable [semTabSize]struct{ root semaRoot }

// itabInitSize is how many itabs the table has room for at first: a power of 2, of which it uses three quarters.
const itabInitSize = 64

// There is no C, so nobody has told how to walk its stacks.

func cgoTracebackAvailable() bool         { return false }
func cgoSymbolizerAvailable() bool        { return false }
func printCgoTraceback(stack *cgoCallers) {}

func printOneCgoTraceback(pc uintptr, commitFrame func() (pr, stop bool), arg *cgoSymbolizerArg) bool {
	return false
}
