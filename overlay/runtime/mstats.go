// Memory statistics.

package runtime

import (
	"internal/runtime/atomic"
	"internal/runtime/gc"
	"internal/runtime/sys"
	"unsafe"
)

// A sysMemStat counts bytes of one use.
type sysMemStat uint64

//go:nosplit
func (s *sysMemStat) add(n int64) { atomic.Xadd64((*uint64)(s), n) }

//go:nosplit
func (s *sysMemStat) load() uint64 { return uint64(*s) }

// memstats holds what is counted as it happens; the rest is computed by readStats. The fields with gc's
// names are those that files taken from GOROOT refer to.
var memstats struct {
	heapSys      uintptr
	stacks_sys   sysMemStat
	gcMiscSys    sysMemStat
	other_sys    sysMemStat
	otherSys     sysMemStat
	buckhash_sys sysMemStat

	numgc      uint32
	numforced  uint32
	lastGC     uint64 // unix ns
	lastNano   uint64
	pauseTotal uint64
	pauses     *gcPauses // nil before the first cycle
	stops      *pauseCounts
	enablegc   bool
}

// gcPauses holds the last cycles: of cycle number n (from 0) what is at n%256.
type gcPauses struct {
	_   sys.NotInHeap
	ns  [256]uint64
	end [256]uint64 // unix ns
}

// pauseCounts counts stops of the world by their length: number i has i significant bits in ns.
type pauseCounts struct {
	_                            sys.NotInHeap
	gc, gcStop, other, otherStop [42]uint64 // the pause, and the part of it until all had stopped
}

// notePause counts a stop of the world; worldsema is held. That for reading metrics itself does not count.
func notePause(w worldStop) {
	if w.reason == stwReadMetrics {
		return
	}
	ms := &memstats
	if ms.stops == nil {
		ms.stops = (*pauseCounts)(persistentalloc(unsafe.Sizeof(pauseCounts{}), 8, &ms.otherSys))
	}
	pause, stop := &ms.stops.other, &ms.stops.otherStop
	if w.reason == stwGCMarkTerm || w.reason == stwGCSweepTerm {
		pause, stop = &ms.stops.gc, &ms.stops.gcStop
	}
	pause[min(sys.Len64(uint64(nanotime()-w.started)), len(pause)-1)]++
	stop[min(sys.Len64(uint64(w.stopped-w.started)), len(stop)-1)]++
}

// A MemStats records statistics about the memory allocator. The fields are documented in the standard
// library's package runtime.
type MemStats struct {
	Alloc         uint64
	TotalAlloc    uint64
	Sys           uint64
	Lookups       uint64
	Mallocs       uint64
	Frees         uint64
	HeapAlloc     uint64
	HeapSys       uint64
	HeapIdle      uint64
	HeapInuse     uint64
	HeapReleased  uint64
	HeapObjects   uint64
	StackInuse    uint64
	StackSys      uint64
	MSpanInuse    uint64
	MSpanSys      uint64
	MCacheInuse   uint64
	MCacheSys     uint64
	BuckHashSys   uint64
	GCSys         uint64
	OtherSys      uint64
	NextGC        uint64
	LastGC        uint64
	PauseTotalNs  uint64
	PauseNs       [256]uint64
	PauseEnd      [256]uint64
	NumGC         uint32
	NumForcedGC   uint32
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool
	BySize        [61]struct {
		Size    uint32
		Mallocs uint64
		Frees   uint64
	}
}

// ReadMemStats populates m with memory allocator statistics.
func ReadMemStats(m *MemStats) {
	_ = m.Alloc // a nil m faults here, not on the system stack
	w := stopTheWorld(stwReadMemStats)
	systemstack(func() {
		flushCaches()
		readStats(m)
	})
	startTheWorld(w)
}

func readStats(m *MemStats) {
	*m = MemStats{}
	h := &mheap_
	st := &heapStats
	m.Mallocs = firstHeap.count + st.largeCount + st.tiny
	m.Frees = st.largeFreed + st.tiny // a tiny object's end is its block's
	m.TotalAlloc = firstHeap.bytes + st.largeAlloc
	freed := st.largeFree
	for i := range st.nmalloc {
		size := uint64(gc.SizeClassToSize[i])
		m.Mallocs += st.nmalloc[i]
		m.Frees += st.nfree[i]
		m.TotalAlloc += st.nmalloc[i] * size
		freed += st.nfree[i] * size
		if i < len(m.BySize) {
			m.BySize[i].Size = uint32(size)
			m.BySize[i].Mallocs = st.nmalloc[i]
			m.BySize[i].Frees = st.nfree[i]
		}
	}
	m.Alloc = m.TotalAlloc - freed
	m.HeapAlloc = m.Alloc
	m.HeapObjects = m.Mallocs - m.Frees
	stacks := uint64(stackPool.sys)
	for i := int32(0); i < h.nspans; i++ {
		m.HeapInuse += uint64((*h.spanAt(i)).npages << pageShift)
	}
	m.HeapInuse += uint64(firstHeap.next)
	m.HeapSys = uint64(memstats.heapSys) + firstSize - stacks
	m.HeapIdle = m.HeapSys - m.HeapInuse
	m.HeapReleased = uint64(h.released)
	m.StackInuse = uint64(stackPool.inuse)
	m.StackSys = stacks
	m.MSpanInuse = uint64(h.nspans) * uint64(unsafe.Sizeof(mspan{}))
	m.MSpanSys = uint64(h.meta.bytes)
	m.MCacheInuse = uint64(len(allp)) * uint64(unsafe.Sizeof(mcache{}))
	m.MCacheSys = m.MCacheInuse
	m.BuckHashSys = memstats.buckhash_sys.load()
	m.GCSys = memstats.gcMiscSys.load() + uint64(marking.bytes)
	m.OtherSys = memstats.otherSys.load() + memstats.other_sys.load()
	m.Sys = m.HeapSys + m.StackSys + m.MSpanSys + m.MCacheSys + m.BuckHashSys + m.GCSys + m.OtherSys
	m.NextGC = uint64(gcController.goal)
	m.LastGC = memstats.lastGC
	m.PauseTotalNs = memstats.pauseTotal
	if p := memstats.pauses; p != nil {
		m.PauseNs = p.ns
		m.PauseEnd = p.end
	}
	m.NumGC = memstats.numgc
	m.NumForcedGC = memstats.numforced
	m.EnableGC = true
}

// gcCount records a finished cycle.
func gcCount(start, end int64) {
	sec, nsec := walltime()
	unix := uint64(sec)*1e9 + uint64(nsec)
	ms := &memstats
	if ms.pauses == nil {
		ms.pauses = (*gcPauses)(persistentalloc(unsafe.Sizeof(gcPauses{}), 8, &ms.otherSys))
	}
	i := ms.numgc % uint32(len(ms.pauses.ns))
	ms.pauses.ns[i] = uint64(end - start)
	ms.pauses.end[i] = unix
	ms.pauseTotal += uint64(end - start)
	ms.lastGC = unix
	ms.lastNano = uint64(end)
	ms.numgc++
	if work.forced {
		ms.numforced++
	}
}

//go:linkname readGCStats runtime/debug.readGCStats
func readGCStats(pauses *[]uint64) {
	p := *pauses
	ms := &memstats
	n := min(ms.numgc, uint32(len(ms.pauses.ns)))
	if cap(p) < int(2*n+3) {
		throw("short slice passed to readGCStats")
	}
	p = p[:2*n+3]
	for i := uint32(0); i < n; i++ {
		j := (ms.numgc - 1 - i) % uint32(len(ms.pauses.ns))
		p[i] = ms.pauses.ns[j]
		p[n+i] = ms.pauses.end[j]
	}
	p[2*n] = ms.lastGC
	p[2*n+1] = uint64(ms.numgc)
	p[2*n+2] = ms.pauseTotal
	*pauses = p
}

//go:linkname setGCPercent runtime/debug.setGCPercent
func setGCPercent(in int32) (out int32) {
	systemstack(func() {
		gcSetUp()
		out = gcController.percent
		gcController.percent = max(in, -1)
		gcSetGoal()
	})
	if gcWanted() {
		gcStart(false)
	}
	return out
}

//go:linkname setMemoryLimit runtime/debug.setMemoryLimit
func setMemoryLimit(in int64) (out int64) {
	systemstack(func() {
		gcSetUp()
		out = gcController.limit
		if in >= 0 {
			gcController.limit = in
			gcSetGoal()
		}
	})
	return out
}

//go:linkname runtime_debug_freeOSMemory runtime/debug.freeOSMemory
func runtime_debug_freeOSMemory() {
	GC()
	systemstack(releaseFreePages)
}

// Memory from the kernel for files taken from GOROOT.

func sysAlloc(n uintptr, stat *sysMemStat, use string) unsafe.Pointer {
	p, err := mmap(nil, n, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
	if err != 0 {
		return nil
	}
	stat.add(int64(n))
	return p
}

func sysFree(p unsafe.Pointer, n uintptr, stat *sysMemStat) {
	stat.add(-int64(n))
	munmap(p, n)
}

func sysAllocOS(n uintptr, use string) unsafe.Pointer {
	return sysAlloc(n, &memstats.other_sys, use)
}

// progToPointerMask is symtab.go's way to the globals' masks; the linker fills gcdatamask and gcbssmask.
func progToPointerMask(prog *byte, size uintptr) bitvector {
	return bitvector{int32(size / 8), prog}
}
