// The collector: mark and sweep with the world stopped.
//
// A cycle: stop the world; give back the processors' caches; mark from the roots with buffers of grey
// objects (mgcwork.go), reading pointers precisely; settle the specials of dead objects; sweep every span; set the
// next goal; start the world. Roots are the globals (by the linker's masks), every goroutine's frames
// (by the functions' maps), the records of finalizers, cleanups and weak handles, and the queues of
// those about to run.
//
// Invariants while the world is stopped: no cache owns a span; an object is grey exactly while it is
// marked and in a buffer; an object marked in the first span or a heap span is never freed by
// this cycle. Write barriers (mwb.go) are not needed by a stopped world; they are exact nevertheless.

package runtime

import (
	"internal/goarch"
	"internal/runtime/atomic"
	"internal/runtime/gc"
	"internal/runtime/sys"
	"unsafe"
)

// gcphase is _GCoff except while a cycle marks.
const (
	_GCoff = iota
	_GCmark
	_GCmarktermination
)

var gcphase uint32

// heapObjectsCanMove tells go4.org/unsafe/assume-no-moving-gc that they do not.
//
//go:linkname heapObjectsCanMove
func heapObjectsCanMove() bool { return false }

// work is the state of the running cycle.
var work struct {
	started int64
	cycles  atomic.Uint32

	marked     uintptr // bytes
	stackBytes uintptr
	globals    uintptr
	forced     bool
	heapBefore uintptr

	goroutineLeak struct {
		count int
	}
}

// gcController decides when to collect.
type gcControllerState struct {
	live       atomic.Uintptr // bytes allocated and not known to be dead
	trigger    uintptr
	goal       uintptr
	percent    int32 // GOGC; < 0: off
	limit      int64 // GOMEMLIMIT
	ready      bool
	lastMarked uintptr

	// What is allocated between two cycles at least, however near the limit is: if that decides when to
	// collect, so much that the program runs for half of the time.
	least   uintptr
	lastEnd int64
	limited bool
}

var gcController gcControllerState

// addLive counts bytes that were allocated, or handed to a cache to be.
func (c *gcControllerState) addLive(n uintptr) { c.live.Add(n) }

// addGlobals is called by symtab.go; markRoots counts the globals itself.
func (c *gcControllerState) addGlobals(n int64) {}

const (
	// Below this live heap nothing is collected, at GOGC=100.
	minHeap = 4 << 20

	// Initial value of least.
	leastBetween = 64 << 10
)

func gcSetUp() {
	c := &gcController
	if c.ready {
		return
	}
	c.ready = true
	c.percent = 100
	c.limit = 1<<63 - 1
	switch s := gogetenv("GOGC"); {
	case s == "off":
		c.percent = -1
	case s != "":
		if n, ok := parseDecimal(s); ok {
			c.percent = n
		}
	}
	switch s := gogetenv("GOMEMLIMIT"); {
	case s == "" || s == "off":
	default:
		n, ok := parseByteCount(s)
		if !ok {
			print("GOMEMLIMIT=", s, "\n")
			throw("malformed GOMEMLIMIT; see `go doc runtime/debug.SetMemoryLimit`")
		}
		c.limit = n
	}
	gcSetGoal()
}

// gcSetGoal computes when the next cycle starts, from what the last one marked.
func gcSetGoal() {
	c := &gcController
	goal := ^uintptr(0)
	c.limited = false
	if c.percent >= 0 {
		goal = c.lastMarked + (c.lastMarked+work.stackBytes+work.globals)*uintptr(c.percent)/100
		goal = max(goal, minHeap*uintptr(c.percent)/100)
	}
	if c.limit < 1<<62 {
		// What is not objects counts too; leave it room.
		other := int64(mheap_.meta.bytes + stackPool.sys)
		room := uintptr(max(c.limit-other, 0))
		c.limited = room < goal
		goal = min(goal, room)
	}
	c.goal = goal
	c.trigger = max(goal, c.lastMarked+max(c.least, leastBetween))
	mheap_.setRetain()
}

func gcWanted() bool {
	if !gcController.ready {
		gcSetUp()
	}
	return gcController.live.Load() >= gcController.trigger
}

// GC runs a garbage collection and blocks the caller until it is complete.
func GC() {
	gcStart(true)
	// Finalizers and cleanups run on goroutines of their own; let them begin.
	Gosched()
}

//go:linkname goroutineLeakGC runtime/pprof.runtime_goroutineLeakGC
func goroutineLeakGC() { GC() }

// gcStart runs a cycle if one is due, or if forced. It does nothing where the goroutine cannot stop:
// the next allocation will try again.
func gcStart(forced bool) {
	gp := getg()
	mp := gp.m
	if gp == mp.g0 || gp != mp.curg || mp.locks != 0 || mp.preemptoff != "" || panicking.Load() != 0 || imaging.on {
		return
	}
	semacquire(&gcsema)
	if !forced && !gcWanted() {
		semrelease(&gcsema)
		return
	}
	wantHelpers()
	if earlyFinalizers.n != 0 {
		setEarlyFinalizers()
	}
	w := stopTheWorld(stwGCMarkTerm)
	work.forced = forced
	systemstack(func() {
		casGToWaitingForSuspendG(gp, _Grunning, waitReasonGarbageCollection)
		gcCycle()
		casgstatus(gp, _Gwaiting, _Grunning)
	})
	startTheWorld(w)
	semrelease(&gcsema)
	startPendingSystemGs()
	if mheap_.keepsTooMuch() && sysmonState.Load() != sysmonRunning {
		systemstack(sysmonWake)
	}
}

// gcCycle is one collection. It runs on the system stack, with the world stopped.
func gcCycle() {
	start := nanotime()
	if runtimeInitTime == 0 {
		runtimeInitTime = start
	}
	if !gcController.ready {
		gcSetUp()
	}
	work.started = start
	workProc = getg().m.p.ptr()
	work.heapBefore = gcController.live.Load()
	work.marked = 0
	work.stackBytes = 0
	clearPools()
	if endHooks.drop != nil {
		endHooks.drop()
	}
	flushCaches()
	if writeBarrier.enabled {
		wbShadowCheck()
	}
	gcphase = _GCmark
	clearFirstMarks()
	markAll()
	gcphase = _GCmarktermination
	heapProfileCycle(1)
	settleSpecials()
	gcphase = _GCoff
	marked := nanotime()
	sweepAll()
	heapProfileCycle(2)
	shrinkStacks()
	freeDeadStacks()
	if cleanupHooks.flush != nil {
		cleanupHooks.flush()
	}
	work.cycles.Add(1)

	if c := &gcController; !c.limited {
		c.least = leastBetween
	} else if !work.forced && start-c.lastEnd < marked-start {
		c.least = min(c.least*2, work.marked+minHeap)
	} else {
		c.least = max(c.least/2, leastBetween)
	}
	gcController.lastMarked = work.marked
	gcController.live.Store(work.marked)
	oldGoal := gcController.goal
	gcSetGoal()
	end := nanotime()
	gcController.lastEnd = end
	gcCount(start, end)
	if debug.gctrace > 0 {
		printGCTrace(start, marked, end, oldGoal)
	}
	if writeBarrier.enabled {
		wbShadowTake()
	}
}

// printGCTrace prints GODEBUG=gctrace=1's line in gc's form.
func printGCTrace(start, marked, end int64, goal uintptr) {
	printlock()
	print("gc ", work.cycles.Load(), " @")
	printMillis(uint64(start-runtimeInitTime) / 1e6)
	print("s ", int(100*memstats.pauseTotal/uint64(max(end-runtimeInitTime, 1))), "%: 0+")
	printMillis(uint64(marked-start) / 1e3)
	print("+")
	printMillis(uint64(end-marked) / 1e3)
	print(" ms clock, 0+0/")
	printMillis(uint64(marked-start) / 1e3)
	print("/0+")
	printMillis(uint64(end-marked) / 1e3)
	print(" ms cpu, ", uint64(work.heapBefore>>20), "->", uint64(work.heapBefore>>20), "->", uint64(work.marked>>20), " MB, ",
		uint64(goal>>20), " MB goal, ", uint64(work.stackBytes>>20), " MB stacks, ", uint64(work.globals>>20), " MB globals, ",
		len(allp), " P")
	if work.forced {
		print(" (forced)")
	}
	print("\n")
	printunlock()
}

// printMillis prints v/1000 with its decimals.
func printMillis(v uint64) {
	var buf [24]byte
	b := itoaDiv(buf[:], v, 3)
	print(slicebytetostringtmp(&b[0], len(b)))
}

// itoaDiv formats val/10^dec into the end of buf.
func itoaDiv(buf []byte, val uint64, dec int) []byte {
	i := len(buf)
	for n := 0; n <= dec || val > 0; n++ {
		if n == dec && dec > 0 {
			i--
			buf[i] = '.'
		}
		i--
		buf[i] = byte(val%10) + '0'
		val /= 10
	}
	return buf[i:]
}

// Pools: package sync's hook runs at the start of a cycle.

var poolcleanup func()

//go:linkname sync_runtime_registerPoolCleanup sync.runtime_registerPoolCleanup
func sync_runtime_registerPoolCleanup(f func()) { poolcleanup = f }

//go:linkname boring_registerCache crypto/internal/boring/bcache.registerCache
func boring_registerCache(p unsafe.Pointer) {}

func clearPools() {
	if poolcleanup != nil {
		poolcleanup()
	}
	// Cached wait records: each links to others only while in use.
	lock(&sched.sudoglock)
	sched.sudogcache = nil
	unlock(&sched.sudoglock)
	lock(&sched.deferlock)
	sched.deferpool = nil
	unlock(&sched.deferlock)
}

// Marking.

// greyObject marks an object and queues it for scanning if it has pointers.
func (m *marker) greyObject(base uintptr, s *mspan, i uintptr) {
	if s.state == spanMixed {
		w, bit := &firstHeap.mark[i/64], uint64(1)<<(i%64)
		if *w&bit != 0 || atomic.Or64(w, bit)&bit != 0 {
			return
		}
		m.marked += s.objectSize(base)
		m.push(base)
		return
	}
	m.shadeHeap(base)
}

// shade marks the object that p points into, if any.
func (m *marker) shade(p uintptr) {
	if p-heapBase < mheap_.used {
		m.shadeHeap(p)
	} else if p != 0 {
		if base, s, i := findObject(p, 0, 0); base != 0 {
			m.greyObject(base, s, i)
		}
	}
}

// shadeHeap is shade for an address in the heap's range.
func (m *marker) shadeHeap(p uintptr) { m.scanWords(uintptr(noescape(unsafe.Pointer(&p))), 1) }

// scanWords shades what those of the 64 words at b point to that bits marks: findObject and greyObject for
// each, in one piece, as most of a collection's time is spent here.
func (m *marker) scanWords(b uintptr, bits uint64) {
	used, table := mheap_.used, uintptr(unsafe.Pointer(mheap_.table))
	for ; bits != 0; bits &= bits - 1 {
		p := *(*uintptr)(unsafe.Pointer(b + uintptr(sys.TrailingZeros64(bits))*goarch.PtrSize))
		off := p - heapBase
		if off >= used {
			if p != 0 {
				m.shade(p)
			}
			continue
		}
		s := *(**mspan)(unsafe.Pointer(table + off>>pageShift*goarch.PtrSize))
		if s == nil {
			continue
		}
		off = p - s.startAddr
		if off >= s.objBytes {
			continue
		}
		i := uintptr(uint64(off) * uint64(s.divMul) >> 32)
		w := (*uint32)(add(unsafe.Pointer(s.gcmarkBits), i/32*4))
		bit := uint32(1) << (i % 32)
		if *w&bit != 0 {
			continue
		}
		if !m.shared {
			*w |= bit
		} else if atomic.Or32(w, bit)&bit != 0 {
			continue
		}
		m.marked += s.elemsize
		if s.spanclass&1 != 0 {
			continue // no pointers
		}
		base := s.startAddr + i*s.elemsize
		if buf := m.buf; buf != nil && buf.n < markBufObjects {
			*(*uintptr)(add(unsafe.Pointer(&buf.objs), buf.n*goarch.PtrSize)) = base
			buf.n++
		} else {
			m.push(base)
		}
	}
}

// scanObject shades what the object's pointers point to.
func (m *marker) scanObject(base uintptr, s *mspan) {
	switch {
	case s.state == spanMixed:
		n := s.objectSize(base) / goarch.PtrSize
		w := (base - s.startAddr) / goarch.PtrSize
		for i := uintptr(0); i < n; i++ {
			if firstHeap.ptrs[(w+i)/64]>>((w+i)%64)&1 != 0 {
				m.shade(*(*uintptr)(unsafe.Pointer(base + i*goarch.PtrSize)))
			}
		}
	case s.ptrBits != nil:
		m.scanWords(base, s.objectBits(base))
	case s.types != nil:
		typ := s.typeOf(base)
		if typ == nil {
			return // allocated, and the world stopped before its type was known: it has no contents
		}
		mask := getGCMask(typ)
		for off := uintptr(0); off+typ.PtrBytes <= s.elemsize; off += typ.Size_ {
			m.scanBlock(base+off, typ.PtrBytes, mask)
		}
	}
}

// objectBits returns the pointer bits of the object at base, whose size is at most 64 words.
//
// Nosplit, as what else write barriers use.
//
//go:nosplit
func (s *mspan) objectBits(base uintptr) uint64 {
	w := (base - s.startAddr) / goarch.PtrSize
	n := s.elemsize / goarch.PtrSize
	p := (*uint64)(add(unsafe.Pointer(s.ptrBits), w/64*8))
	sh := w % 64
	bits := *p >> sh
	if sh+n > 64 {
		bits |= *(*uint64)(add(unsafe.Pointer(p), 8)) << (64 - sh)
	}
	if n < 64 {
		bits &= 1<<n - 1
	}
	return bits
}

// typeOf returns the type of the values at base.
//
// Nosplit, as what else write barriers use.
//
//go:nosplit
func (s *mspan) typeOf(base uintptr) *_type {
	return *(**_type)(add(unsafe.Pointer(s.types), s.objIndex(base)*goarch.PtrSize))
}

// isPointerWord reports whether the word at a, in the object at base, holds a pointer.
//
// Nosplit: a collection between a write barrier and the store that it belongs to would not see either.
//
//go:nosplit
func isPointerWord(s *mspan, base, a uintptr) bool {
	w := (a - base) / goarch.PtrSize
	switch {
	case s.state == spanMixed:
		k := (a - s.startAddr) / goarch.PtrSize
		return firstHeap.ptrs[k/64]>>(k%64)&1 != 0
	case s.ptrBits != nil:
		return s.objectBits(base)>>w&1 != 0
	case s.types != nil:
		typ := s.typeOf(base)
		if typ == nil {
			return false
		}
		off := (a - base) % typ.Size_ / goarch.PtrSize
		return off < typ.PtrBytes/goarch.PtrSize && *addb(getGCMask(typ), off/8)>>(off%8)&1 != 0
	}
	return false
}

// scanBlock shades the pointers of n bytes at b that mask (a bit a word) marks.
func (m *marker) scanBlock(b, n uintptr, mask *byte) {
	words := n / goarch.PtrSize
	for i := uintptr(0); i < words; i += 8 {
		bits := uint64(*addb(mask, i/8))
		at := b + i*goarch.PtrSize
		if bits == 0xff && words-i >= 8 {
			// Arrays of pointers, often with few set.
			a := (*[8]uintptr)(unsafe.Pointer(at))
			if a[0]|a[1]|a[2]|a[3]|a[4]|a[5]|a[6]|a[7] == 0 {
				continue
			}
		} else if left := words - i; left < 8 {
			bits &= 1<<left - 1
		}
		m.scanWords(at, bits)
	}
}

func clearFirstMarks() {
	for i := range firstHeap.mark {
		firstHeap.mark[i] = 0
	}
}

// markRoots shades everything that is reachable without the heap.
func (m *marker) markRoots() {
	work.globals = 0
	for md := &firstmoduledata; md != nil; md = md.next {
		work.globals += md.edata - md.data + md.ebss - md.bss
		if md.gcdatamask.n > 0 {
			m.scanBlock(md.data, min(md.edata-md.data, uintptr(md.gcdatamask.n)*goarch.PtrSize), md.gcdatamask.bytedata)
		}
		if md.gcbssmask.n > 0 {
			m.scanBlock(md.bss, min(md.ebss-md.bss, uintptr(md.gcbssmask.n)*goarch.PtrSize), md.gcbssmask.bytedata)
		}
	}
	for fb := allfin; fb != nil; fb = fb.alllink {
		for i := uint32(0); i < fb.cnt; i++ {
			f := &fb.fin[i]
			m.shade(uintptr(unsafe.Pointer(f.fn)))
			m.shade(uintptr(f.arg))
			m.shade(uintptr(unsafe.Pointer(f.fint)))
			m.shade(uintptr(unsafe.Pointer(f.ot)))
		}
	}
	for b := (*cleanupBlock)(gcCleanups.all.Load()); b != nil; b = b.alllink {
		for i := uint32(0); i < b.n; i++ {
			m.markCleanup(&b.cleanups[i])
		}
	}
	forEachSpecial(m.markSpecial)
}

// markSpecial shades what a special keeps alive: never the object itself.
func (m *marker) markSpecial(s *mspan, x *special) {
	switch x.kind {
	case _KindSpecialFinalizer:
		f := (*specialfinalizer)(unsafe.Pointer(x))
		m.shade(uintptr(unsafe.Pointer(f.fn)))
		m.shade(uintptr(unsafe.Pointer(f.fint)))
		m.shade(uintptr(unsafe.Pointer(f.ot)))
		// The finalizer will be called with the object, so what that refers to must live.
		if base, s, _ := findObject(s.base()+x.offset, 0, 0); base != 0 && !objectNoscan(s) {
			m.scanObject(base, s)
		}
	case _KindSpecialCleanup:
		m.markCleanup(&(*specialCleanup)(unsafe.Pointer(x)).cleanup)
	case _KindSpecialWeakHandle:
		m.shade(uintptr(unsafe.Pointer((*specialWeakHandle)(unsafe.Pointer(x)).handle)))
	}
}

func (m *marker) markCleanup(c *cleanupFn) {
	m.shade(*(*uintptr)(unsafe.Pointer(&c.call))) // a closure with a dictionary
	m.shade(uintptr(unsafe.Pointer(c.fn)))
	m.shade(uintptr(c.arg))
}

func objectNoscan(s *mspan) bool { return s.state != spanMixed && s.spanclass.noscan() }

func forEachSpecial(fn func(s *mspan, x *special)) {
	for x := firstSpan.specials; x != nil; x = x.next {
		fn(&firstSpan, x)
	}
	for i := int32(0); i < mheap_.nspans; i++ {
		s := *mheap_.spanAt(i)
		for x := s.specials; x != nil; x = x.next {
			fn(s, x)
		}
	}
}

func shrinkStacks() {
	if debug.gcshrinkstackoff == 0 {
		forEachGRace(func(gp *g) {
			if s := readgstatus(gp) &^ _Gscan; s == _Gwaiting || s == _Grunnable {
				shrinkstack(gp)
			}
		})
	}
}

const _ = gc.PageSize
