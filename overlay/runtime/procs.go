// Processors: how many there are, and the change of their number.
//
// A program begins with one. The others are made when a goroutine first becomes runnable while another
// runs (procsStart): only then is the kernel asked for the affinity mask and, where it could matter, for
// the CPU limit of the control group.

package runtime

import (
	"internal/runtime/atomic"
	"unsafe"
)

// procsReady says that allp has its full length.
var procsReady bool

// coresSeen is the number of cores the process may use, 0 until asked for.
var coresSeen int32

func cores() int32 {
	if imaging.on {
		return imageHooks.cores()
	}
	if coresSeen == 0 {
		coresSeen = max(getCPUCount(), 1)
	}
	return coresSeen
}

// gomaxprocsSet is the value that was set or computed, 0: none yet.
var gomaxprocsSet int32

// defaultProcs computes GOMAXPROCS's value on n cores as nobody set it. The limit of a control group is
// rounded up to at least 2, so on one core or two nobody need ask for it.
//
// Noinline: for size.
//
//go:noinline
func defaultProcs(n int32) int32 {
	if n > 2 && debug.containermaxprocs > 0 {
		if limit := cpuLimit(); limit > 0 {
			n = int32(min(int64(n), max(limit, 2)))
		}
	}
	return n
}

// wantedProcs is the number of processors there should be. sched.lock is held.
func wantedProcs() int32 {
	if gomaxprocsSet == 0 {
		if n, ok := parseDecimal(gogetenv("GOMAXPROCS")); ok && n > 0 {
			gomaxprocsSet = n
			sched.customGOMAXPROCS = true
		} else {
			gomaxprocsSet = defaultProcs(cores())
		}
	}
	return gomaxprocsSet
}

// procsStart makes the other processors. Its caller holds the only one.
//
// Yes to write barriers below callers that may have none: it does nothing without a processor.
//
//go:yeswritebarrierrec
func procsStart() {
	mp := getg().m
	if mp.p == 0 || mp.mallocing != 0 || sched.gcwaiting.Load() {
		return
	}
	procsReady = true
	systemstack(func() {
		lock(&sched.lock)
		n := wantedProcs()
		unlock(&sched.lock)
		numCPUStartup = cores()
		if n == 1 {
			return
		}
		procresize(n)
		lock(&sched.lock)
		for _, pp := range allp[1:] {
			pp.status = _Pidle
			pidleput(pp, 0)
		}
		unlock(&sched.lock)
	})
}

// procresize makes n the number of processors; new ones are in state _Pgcstop. The world is stopped, or
// the caller has the only processor. It runs on the system stack.
func procresize(n int32) {
	old := int32(len(allp))
	if n > 1 {
		firstHeap.done = true // the first span is for one processor
	}
	list := allp[:cap(allp)]
	if int(n) > len(list) {
		longer := newProcList(n)
		for i, pp := range list {
			longer[i] = pp
		}
		list = longer
	}
	if mp := getg().m; mp.p.ptr().id >= n {
		// This thread's own processor goes. Before it is emptied: what follows may allocate.
		mp.p.ptr().m = 0
		mp.p.set(list[0])
		list[0].m.set(mp)
	}
	for i := old; i < n; i++ {
		if list[i] == nil {
			list[i] = newProc(i)
		}
		list[i].status = _Pgcstop
	}
	for i := n; i < old; i++ {
		list[i].retire()
	}
	lock(&allpLock)
	allp = list[:n:cap(list)]
	atomic.Store((*uint32)(unsafe.Pointer(&gomaxprocs)), uint32(n))
	unlock(&allpLock)
}

func newProc(id int32) *p {
	pp := newPRecord()
	pp.id = id
	pp.mcache = (*mcache)(persistentalloc(unsafe.Sizeof(mcache{}), 64, &memstats.otherSys))
	pp.sudogcache = pp.sudogbuf[:0]
	pp.deferpool = pp.deferpoolbuf[:0]
	if writeBarrier.enabled {
		pp.wbBuf.reset()
	}
	return pp
}

// retire gives away all that pp owns. The world is stopped.
func (pp *p) retire() {
	lock(&sched.lock)
	for {
		gp, _ := runqget(pp)
		if gp == nil {
			break
		}
		globrunqput(gp)
	}
	unlock(&sched.lock)
	lock(&sched.gFree.lock)
	for {
		gp := pp.gFree.pop()
		if gp == nil {
			break
		}
		if gp.stack.lo == 0 {
			sched.gFree.noStack.push(gp)
		} else {
			sched.gFree.stack.push(gp)
		}
	}
	unlock(&sched.gFree.lock)
	// The timers go to the first processor, which always stays.
	if timerHooks.take != nil {
		timerHooks.take(&allp[0].timers, &pp.timers)
	}
	wbFlushOf(pp)
	flushCache(pp.mcache)
	clear(pp.sudogbuf[:])
	pp.sudogcache = pp.sudogbuf[:0]
	clear(pp.deferpoolbuf[:])
	pp.deferpool = pp.deferpoolbuf[:0]
	pp.pinnerCache = nil
	if pp.cleanups != nil {
		cleanupHooks.flush()
	}
	gcCleanups.queued += pp.cleanupsQueued
	pp.cleanupsQueued = 0
	sched.goroutinesCreated.Add(int64(pp.goroutinesCreated))
	pp.goroutinesCreated = 0
	pp.status = _Pdead
	pp.m = 0
}

// GOMAXPROCS sets the maximum number of CPUs that can be executing simultaneously and returns the
// previous setting. If n < 1, it does not change the current setting.
func GOMAXPROCS(n int) int {
	if n < 1 && !procsReady && getg().m.locks != 0 {
		// Someone pinned to a processor, sync.Pool, makes room for as many as there are. The system calls
		// that find out how many there may be are for programs that want to know.
		return max(len(allp), 1)
	}
	lock(&sched.lock)
	old := wantedProcs()
	if n > 0 {
		sched.customGOMAXPROCS = true
	}
	unlock(&sched.lock)
	if n > 0 && (int32(n) != old || procsReady && n != len(allp)) {
		setProcs(int32(min(n, 1<<20)))
	}
	return int(old)
}

// setProcs changes the number now or, if there are no others yet, when they are made.
func setProcs(n int32) {
	w := stopTheWorldGC(stwGOMAXPROCS)
	gomaxprocsSet = n
	if procsReady {
		newprocs = n
	}
	startTheWorldGC(w)
}

// SetDefaultGOMAXPROCS updates the GOMAXPROCS setting to the runtime default.
func SetDefaultGOMAXPROCS() {
	coresSeen = 0
	n := defaultProcs(cores())
	lock(&sched.lock)
	same := n == gomaxprocsSet
	gomaxprocsSet = n
	sched.customGOMAXPROCS = false
	unlock(&sched.lock)
	if !same {
		setProcs(n)
	}
}

// NumCPU returns the number of logical CPUs usable by the current process.
func NumCPU() int { return int(cores()) }

// NumCgoCall returns the number of cgo calls made by the current process.
func NumCgoCall() int64 { return 0 }

// NumGoroutine returns the number of goroutines that currently exist.
func NumGoroutine() int { return int(gcount(false)) }

//go:linkname debug_modinfo runtime/debug.modinfo
func debug_modinfo() string { return modinfo }

// Breakpoint executes a breakpoint trap.
func Breakpoint() { breakpoint() }
