// Threads and processors: who holds a processor, who sleeps, who is started.
//
// A thread exists only when there is work for it: beyond the first, one is made when a goroutine becomes
// runnable while a processor is idle, or blocks in the kernel while others could run, and then a monitor
// (sysmon.go) that takes the processor from system calls that turn out to be long.

package runtime

import (
	"unsafe"
)

// allp over a static array: processor 0 is a package variable (start.go). coldStart sets allp.
var allpFirst = [1]*p{&p0}

// acquirep gives the thread a processor, releasep takes it away.
func acquirep(pp *p) {
	mp := getg().m
	if mp.p != 0 || pp.m != 0 || pp.status != _Pidle {
		throw("acquirep: processor or thread is not free")
	}
	mp.p.set(pp)
	pp.m.set(mp)
	pp.status = _Prunning
}

func releasep() *p {
	mp := getg().m
	pp := mp.p.ptr()
	if pp == nil || pp.m.ptr() != mp || pp.status != _Prunning {
		throw("releasep: thread has no running processor")
	}
	mp.p = 0
	pp.m = 0
	pp.status = _Pidle
	return pp
}

// The list of idle processors; sched.lock is held. Both return now, read if it was 0 and needed.

func pidleput(pp *p, now int64) int64 {
	if !runqempty(pp) {
		throw("pidleput: processor has goroutines")
	}
	pp.link = sched.pidle
	sched.pidle.set(pp)
	sched.npidle.Add(1)
	return now
}

func pidleget(now int64) (*p, int64) {
	pp := sched.pidle.ptr()
	if pp != nil {
		sched.pidle = pp.link
		sched.npidle.Add(-1)
	}
	return pp, now
}

// Idle threads; sched.lock is held.

func mput(mp *m) {
	mp.schedlink = 0
	sched.midle.push(unsafe.Pointer(mp))
	sched.nmidle++
	checkdead()
}

func mget() *m {
	mp := (*m)(sched.midle.pop())
	if mp != nil {
		sched.nmidle--
	}
	return mp
}

// stopm puts the thread to sleep until it is given a processor.
func stopm() {
	mp := getg().m
	if mp.locks != 0 || mp.p != 0 {
		throw("stopm: thread holds a lock or a processor")
	}
	lock(&sched.lock)
	mput(mp)
	unlock(&sched.lock)
	mPark()
	acquirep(mp.nextp.ptr())
	mp.nextp = 0
}

func mPark() {
	mp := getg().m
	notesleep(&mp.park)
	noteclear(&mp.park)
}

// startm runs processor pp, which is on no list, on a sleeping or a new thread. spinning: the thread
// shall look for work; the caller has counted it.
func startm(pp *p, spinning bool) {
	mp := acquirem()
	lock(&sched.lock)
	nmp := mget()
	unlock(&sched.lock)
	if nmp == nil {
		newm(nil, pp, spinning)
		releasem(mp)
		return
	}
	if nmp.spinning || nmp.nextp != 0 {
		throw("startm: thread is not idle")
	}
	nmp.spinning = spinning
	nmp.nextp.set(pp)
	notewakeup(&nmp.park)
	releasem(mp)
}

// wakep gets an idle processor to work, if there is one and no thread is already looking for work.
//
//go:linkname wakep
func wakep() {
	if !procsReady {
		procsStart()
	}
	if sched.npidle.Load() == 0 || sched.nmspinning.Load() != 0 || !sched.nmspinning.CompareAndSwap(0, 1) {
		return
	}
	mp := acquirem()
	lock(&sched.lock)
	pp, _ := pidleget(0)
	unlock(&sched.lock)
	if pp == nil {
		sched.nmspinning.Add(-1)
	} else {
		startm(pp, true)
	}
	releasem(mp)
}

// resetspinning is called by a thread that found work: another may be needed for more.
func resetspinning() {
	getg().m.spinning = false
	if sched.nmspinning.Add(-1) < 0 {
		throw("resetspinning: negative count of spinning threads")
	}
	wakep()
}

// handoffp finds a thread for an idle processor that the caller owns, or puts it on the idle list.
func handoffp(pp *p) {
	lock(&sched.lock)
	if sched.gcwaiting.Load() && sched.stopwait > 0 {
		pp.status = _Pgcstop
		if sched.stopwait--; sched.stopwait == 0 {
			notewakeup(&sched.stopnote)
		}
		unlock(&sched.lock)
		return
	}
	// Someone must run the goroutines, fire the timers, or sleep in the poller in our place.
	busy := !runqempty(pp) || sched.runq.size > 0 || len(pp.timers.heap) > 0 ||
		netpollinited() && netpollAnyWaiters() && sched.lastpoll.Load() != 0
	if !busy {
		pidleput(pp, 0)
	}
	unlock(&sched.lock)
	if busy {
		startm(pp, false)
		return
	}
	for i := 0; ; i++ {
		if x := procAt(i); x == nil {
			break
		} else if !runqempty(x) {
			wakep() // its wakep may have come just before the processor was idle
			break
		}
	}
}

// gcstopm gives the processor to stopTheWorld and sleeps.
func gcstopm() {
	if mp := getg().m; mp.spinning {
		mp.spinning = false
		if sched.nmspinning.Add(-1) < 0 {
			throw("gcstopm: negative count of spinning threads")
		}
	}
	if marking.open.Load() {
		helpMark()
	}
	pp := releasep()
	lock(&sched.lock)
	pp.status = _Pgcstop
	if sched.stopwait--; sched.stopwait == 0 {
		notewakeup(&sched.stopnote)
	}
	unlock(&sched.lock)
	stopm()
}

// allocmLock keeps doAllThreadsSyscall and the making of threads apart.
var allocmLock rwmutex

// initSigmask is what the first thread blocked when it made another.
var initSigmask sigset

// newm makes a thread that runs fn, if not nil, and then schedules with pp. The caller may have no
// processor: then pp is borrowed for the allocations.
//
// Yes to write barriers below callers that may have none: there is a processor here.
//
//go:yeswritebarrierrec
func newm(fn func(), pp *p, spinning bool) {
	borrowed := getg().m.p == 0
	if borrowed {
		acquirep(pp)
	}
	if m0.procid == 0 {
		m0.procid = uint64(getpid()) // the first thread's id; others get theirs in clone
	}
	mp := newMRecord()
	mp.g0 = malg(-1)
	mp.gsignal = malg(-1)
	mp.g0.m = mp
	mp.gsignal.m = mp
	mp.g0.sched.g.set(mp.g0)
	makeSystemStacks(mp, false)
	mp.mstartfn = fn
	mp.nextp.set(pp)
	mp.spinning = spinning
	mp.self = newMWeakPointer(mp)
	lock(&sched.lock)
	if sched.freem != nil {
		endHooks.unmap()
	}
	mp.id = sched.mnext
	sched.mnext++
	if mcount() > sched.maxmcount {
		// The lock stays held: one message is enough.
		print("runtime: program exceeds ", sched.maxmcount, "-thread limit\n")
		throw("thread exhaustion")
	}
	mp.alllink = allm
	atomicstorep(unsafe.Pointer(&allm), unsafe.Pointer(mp))
	unlock(&sched.lock)
	if borrowed {
		releasep()
	}
	allThreadSignals()
	if mp.id == 1 {
		sigsave(&initSigmask)
	}
	// Not this thread's: it may be about to end (mexit), with all signals blocked. newosproc blocks them for the new
	// one's first instructions.
	mp.sigmask = initSigmask
	newosproc(mp)
}

// mstart0 is the first Go code of a new thread, on its system stack.
func mstart0() {
	mp := getg().m
	announceSignalStack(mp)
	msigrestore(mp.sigmask)
	if fn := mp.mstartfn; fn != nil {
		fn()
	}
	if mp.nextp == 0 {
		stopm() // made to be there when the collector needs it
	} else {
		acquirep(mp.nextp.ptr())
		mp.nextp = 0
	}
	schedule()
}

// mexit ends a thread whose goroutine exited while locked to it. The first thread only sleeps: its
// exit would look like the process's to some tools.
func mexit(mp *m) {
	if mp == &m0 {
		handoffp(releasep())
		lock(&sched.lock)
		sched.nmfreed++
		checkdead()
		unlock(&sched.lock)
		mPark()
		throw("mexit: first thread woke up")
	}
	sigblockAll() // the signal stack goes too
	mp.freeWait.Store(freeMWait)
	lock(&sched.lock)
	for link := &allm; *link != nil; link = &(*link).alllink {
		if *link == mp {
			*link = mp.alllink
			break
		}
	}
	mp.freelink = sched.freem
	sched.freem = mp
	unlock(&sched.lock)
	handoffp(releasep()) // after the list changed: that needs barriers
	// Only now it counts as gone: until somebody else has its processor, what is runnable there has a thread.
	lock(&sched.lock)
	sched.nmfreed++
	checkdead()
	unlock(&sched.lock)
	exitThread(&mp.freeWait)
}

// endedThreads are threads whose stacks are unmapped; endedBefore those that were so at the last
// collection. The monitor may still look at a record that it has just found: the collection after that
// takes it.
var endedThreads, endedBefore *m

// endHooks is what is done for threads that end; set by LockOSThread.
var endHooks struct {
	exit  func(mp *m)
	unmap func()
	drop  func()
}

// unmapEnded unmaps the stacks of threads that left them. sched.lock is held.
func unmapEnded() {
	for link := &sched.freem; *link != nil; {
		mp := *link
		if mp.freeWait.Load() != freeMStack {
			link = &mp.freelink
			continue
		}
		*link = mp.freelink
		munmap(unsafe.Pointer(mp.gsignal.stack.lo), systemStackSize+signalStackSize)
		mp.gsignal.stack = stack{}
		mp.g0.stack = stack{}
		mp.freelink = endedThreads
		endedThreads = mp
	}
}

// dropEnded lets the collection that begins have the records. The world is stopped.
func dropEnded() {
	lock(&sched.lock)
	endedBefore = endedThreads
	endedThreads = nil
	endHooks.unmap()
	unlock(&sched.lock)
}

func mcount() int32 { return int32(max(sched.mnext, 1) - sched.nmfreed) }

// Locking goroutines to threads. A locked goroutine runs only on its thread, and that thread only it.

func LockOSThread() {
	if endHooks.exit == nil {
		endHooks.unmap = unmapEnded
		endHooks.drop = dropEnded
		endHooks.exit = mexit
	}
	gp := getg()
	gp.m.lockedExt++
	if gp.m.lockedExt == 0 {
		gp.m.lockedExt--
		panic("LockOSThread nesting overflow")
	}
	dolockOSThread()
}

func dolockOSThread() {
	gp := getg()
	gp.m.lockedg.set(gp)
	gp.lockedm.set(gp.m)
}

func lockOSThread() {
	getg().m.lockedInt++
	dolockOSThread()
}

func UnlockOSThread() {
	gp := getg()
	if gp.m.lockedExt == 0 {
		return
	}
	gp.m.lockedExt--
	dounlockOSThread()
}

func unlockOSThread() {
	gp := getg()
	if gp.m.lockedInt == 0 {
		throw("unlockOSThread: thread is not locked")
	}
	gp.m.lockedInt--
	dounlockOSThread()
}

func dounlockOSThread() {
	gp := getg()
	if gp.m.lockedInt != 0 || gp.m.lockedExt != 0 {
		return
	}
	gp.m.lockedg = 0
	gp.lockedm = 0
}

func lockedOSThread() bool {
	gp := getg()
	return gp.lockedm != 0 && gp.m.lockedg != 0
}

// stoplockedm gives the processor away until this thread's goroutine is to run.
func stoplockedm() {
	mp := getg().m
	if mp.p != 0 {
		handoffp(releasep())
	}
	incidlelocked(1)
	mPark()
	if readgstatus(mp.lockedg.ptr())&^_Gscan != _Grunnable {
		throw("stoplockedm: goroutine is not runnable")
	}
	acquirep(mp.nextp.ptr())
	mp.nextp = 0
}

// startlockedm gives the processor to the thread to which gp is locked, and sleeps.
func startlockedm(gp *g) {
	mp := gp.lockedm.ptr()
	if mp == getg().m {
		throw("startlockedm: locked to me")
	}
	incidlelocked(-1)
	mp.nextp.set(releasep())
	notewakeup(&mp.park)
	stopm()
}

func incidlelocked(v int32) {
	lock(&sched.lock)
	sched.nmidlelocked += v
	if v > 0 {
		checkdead()
	}
	unlock(&sched.lock)
}

// checkdead ends the program when no thread can ever become runnable. sched.lock is held.
func checkdead() {
	if panicking.Load() > 0 {
		return
	}
	if mcount()-sched.nmidle-sched.nmidlelocked-sched.nmsys > 0 {
		return
	}
	waiting := 0
	forEachGRace(func(gp *g) {
		if isSystemGoroutine(gp, false) {
			return
		}
		switch s := readgstatus(gp) &^ _Gscan; s {
		case _Gwaiting, _Gpreempted:
			waiting++
		case _Grunnable, _Grunning, _Gsyscall:
			unlock(&sched.lock)
			print("runtime: checkdead: find g ", gp.goid, " in status ", s, "\n")
			throw("checkdead: runnable g")
		}
	})
	for _, pp := range allp {
		if len(pp.timers.heap) > 0 {
			return
		}
	}
	unlock(&sched.lock)
	if waiting == 0 {
		fatal("no goroutines (main called runtime.Goexit) - deadlock!")
	}
	fatal("all goroutines are asleep - deadlock!")
}

// Pinning: while pinned the goroutine keeps its processor.

//go:nosplit
//go:linkname procPin
func procPin() int {
	mp := getg().m
	mp.locks++
	return int(mp.p.ptr().id)
}

//go:nosplit
//go:linkname procUnpin
func procUnpin() { getg().m.locks-- }

//go:linkname sync_runtime_procPin sync.runtime_procPin
//go:nosplit
func sync_runtime_procPin() int { return procPin() }

//go:linkname sync_runtime_procUnpin sync.runtime_procUnpin
//go:nosplit
func sync_runtime_procUnpin() { procUnpin() }

//go:linkname sync_atomic_runtime_procPin sync/atomic.runtime_procPin
//go:nosplit
func sync_atomic_runtime_procPin() int { return procPin() }

//go:linkname sync_atomic_runtime_procUnpin sync/atomic.runtime_procUnpin
//go:nosplit
func sync_atomic_runtime_procUnpin() { procUnpin() }

// Spinning of sync.Mutex pays only when the holder runs on another processor.

//go:linkname internal_sync_runtime_canSpin internal/sync.runtime_canSpin
//go:nosplit
func internal_sync_runtime_canSpin(i int) bool {
	return i < active_spin && len(allp) > 1 && sched.npidle.Load()+sched.nmspinning.Load()+1 < int32(len(allp)) &&
		runqempty(getg().m.p.ptr())
}

//go:linkname internal_sync_runtime_doSpin internal/sync.runtime_doSpin
//go:nosplit
func internal_sync_runtime_doSpin() { procyield(active_spin_cnt) }

//go:linkname sync_runtime_canSpin sync.runtime_canSpin
//go:nosplit
func sync_runtime_canSpin(i int) bool { return internal_sync_runtime_canSpin(i) }

//go:linkname sync_runtime_doSpin sync.runtime_doSpin
//go:nosplit
func sync_runtime_doSpin() { procyield(active_spin_cnt) }

//go:linkname setMaxThreads runtime/debug.setMaxThreads
func setMaxThreads(in int) (out int) {
	lock(&sched.lock)
	out = int(sched.maxmcount)
	sched.maxmcount = int32(min(in, 0x7fffffff))
	unlock(&sched.lock)
	return out
}
