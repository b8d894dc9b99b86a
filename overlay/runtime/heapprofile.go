// The heap profile.
//
// A program that sets MemProfileRate gets a record of its allocations from that moment on, but nobody sees
// it without calling MemProfile or a function of runtime/pprof. So the recorder is in the program only if
// one of them is. That cannot be a variable which the reader sets: it would be too late. Instead the
// recorder is the methods of a type that is in an interface variable. An itab does not keep its methods:
// those that no live code calls through an interface are unreachableMethod there. The allocator and the
// collector look at the itab, and readers contain a call.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/profilerecord"
	"unsafe"
)

// heapProfiler's methods are called by their numbers, which go by name. What is in their signatures has
// whole descriptors, so no type of this package is.
type heapProfiler interface {
	alloc(x unsafe.Pointer, size uintptr)
	cycle()
	cycleSwept()
	free(b unsafe.Pointer)
}

type heapProfile struct{}

var theHeapProfile heapProfiler = (*heapProfile)(nil)

// heapProfileMethod returns method i as a function whose first argument is the receiver, nil if the
// program cannot read the profile.
func heapProfileMethod(i uintptr) *funcval {
	tab := (*iface)(unsafe.Pointer(&theHeapProfile)).tab
	fn := (*funcval)(add(unsafe.Pointer(&tab.Fun), i*goarch.PtrSize))
	if fn.fn == abi.FuncPCABIInternal(unreachableMethod) {
		return nil
	}
	return fn
}

// heapProfileCycle calls cycle (1) or cycleSwept (2).
func heapProfileCycle(i uintptr) {
	if fn := heapProfileMethod(i); fn != nil {
		(*(*func(unsafe.Pointer))(unsafe.Pointer(&fn)))(nil)
	}
}

func memProfileInternal(size int, inuseZero bool, copyFn func(profilerecord.MemProfileRecord)) (n int, ok bool) {
	if size < -1 { // never
		theHeapProfile.alloc(nil, 0)
		theHeapProfile.cycle()
		theHeapProfile.cycleSwept()
		theHeapProfile.free(nil)
	}
	return readHeapProfile(size, inuseZero, copyFn)
}

func (*heapProfile) cycle()                { mProf_NextCycle() }
func (*heapProfile) cycleSwept()           { mProf_PostSweep() }
func (*heapProfile) free(b unsafe.Pointer) { mProf_Free((*bucket)(b)) }

// alloc samples an allocation.
func (*heapProfile) alloc(x unsafe.Pointer, size uintptr) {
	mp := getg().m
	if size < maxTinySize {
		// Of small objects that share a block only the block counts.
		if uintptr(x)%maxTinySize != 0 {
			return
		}
		size = maxTinySize
	}
	if mp.profStack == nil {
		systemstack(func() {}) // the depth has its default only after coldStart
		n := int(debug.profstackdepth) + 2
		mem := persistentalloc(uintptr(n)*goarch.PtrSize, 8, &memstats.otherSys)
		mp.profStack = unsafe.Slice((*uintptr)(mem), n)
	}
	if uint64(cheaprandn(uint32(min(MemProfileRate, 1<<30)))) < uint64(size) {
		mProf_Malloc(mp, x, size)
	}
}

// setprofilebucket remembers the profile bucket of a sampled object.
func setprofilebucket(p unsafe.Pointer, b *bucket) {
	x := (*specialProfile)(persistentalloc(unsafe.Sizeof(specialProfile{}), 8, &memstats.otherSys))
	x.special.kind = _KindSpecialProfile
	x.b = b
	addspecial(p, &x.special, false)
}
