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

var boringCaches []unsafe.Pointer

// boring_registerCache makes collections clear the pointer at p.
//
//go:linkname boring_registerCache crypto/internal/boring/bcache.registerCache
func boring_registerCache(p unsafe.Pointer) {
	boringCaches = append(boringCaches, p)
	if len(boringCaches) > 1 {
		return
	}
	pools := poolcleanup
	poolcleanup = func() {
		if pools != nil {
			pools()
		}
		for _, p := range boringCaches {
			atomicstorep(p, nil)
		}
	}
}

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
