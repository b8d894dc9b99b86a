// Goroutines: creation, states, parking, the scheduling loop and exit.
//
// The model is gc's G, M, P: a goroutine (g) runs on a thread (m) that holds a processor (p). A thread
// that blocks in the kernel gives its processor to another (procm.go); one without work looks for some
// everywhere before it sleeps (procfind.go). HACKING.md has the lock order and says what runs on which
// stack.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/runtime/atomic"
	"internal/runtime/sys"
	"unsafe"
)

// All goroutines ever made, in order of creation; dead ones are reused. The slice only grows; readers
// without the lock use atomicAllG. It starts with main's.
var (
	allglock mutex
	allgs    = []*g{&mainG}
	allglen  = uintptr(1)
	allgptr  = &allgsFirst[0]

	allgsFirst = [1]*g{&mainG}
)

func allgPublish() {
	atomicstorep(unsafe.Pointer(&allgptr), unsafe.Pointer(&allgs[0]))
	atomic.Storeuintptr(&allglen, uintptr(len(allgs)))
}

func allgadd(gp *g) {
	lock(&allglock)
	allgs = append(allgs, gp)
	allgPublish()
	unlock(&allglock)
}

func allGsSnapshot() []*g {
	return allgs[:len(allgs):len(allgs)]
}

func atomicAllG() (**g, uintptr) {
	n := atomic.Loaduintptr(&allglen)
	return (**g)(atomic.Loadp(unsafe.Pointer(&allgptr))), n
}

func atomicAllGIndex(ptr **g, i uintptr) *g {
	return *(**g)(add(unsafe.Pointer(ptr), i*goarch.PtrSize))
}

func forEachG(fn func(gp *g)) {
	lock(&allglock)
	for _, gp := range allgs {
		fn(gp)
	}
	unlock(&allglock)
}

func forEachGRace(fn func(gp *g)) {
	ptr, n := atomicAllG()
	for i := uintptr(0); i < n; i++ {
		fn(atomicAllGIndex(ptr, i))
	}
}

// States.

// Nosplit: read on every stack.
//
//go:nosplit
func readgstatus(gp *g) uint32 { return gp.atomicstatus.Load() }

func dumpgstatus(gp *g) {
	me := getg()
	print("runtime: gp: gp=", gp, ", goid=", gp.goid, ", gp->atomicstatus=", readgstatus(gp), "\n")
	print("runtime: getg:  g=", me, ", goid=", me.goid, ",  g->atomicstatus=", readgstatus(me), "\n")
}

// castogscanstatus takes the goroutine's stack for scanning: state s becomes s|_Gscan.
func castogscanstatus(gp *g, oldval, newval uint32) bool {
	if newval != oldval|_Gscan {
		throw("castogscanstatus: bad states")
	}
	return gp.atomicstatus.CompareAndSwap(oldval, newval)
}

func casfrom_Gscanstatus(gp *g, oldval, newval uint32) {
	if oldval != newval|_Gscan || !gp.atomicstatus.CompareAndSwap(oldval, newval) {
		dumpgstatus(gp)
		throw("casfrom_Gscanstatus: goroutine is not in scan state")
	}
}

// casgstatus moves gp from one state to another, waiting while a scanner holds it.
//
// Nosplit: called on the way into and out of system calls.
//
//go:nosplit
func casgstatus(gp *g, oldval, newval uint32) {
	for !gp.atomicstatus.CompareAndSwap(oldval, newval) {
		if gp.atomicstatus.Load()&^_Gscan != oldval {
			systemstack(func() {
				dumpgstatus(gp)
				print("runtime: casgstatus from ", oldval, " to ", newval, "\n")
				throw("casgstatus: goroutine is in another state")
			})
		}
		osyield()
	}
	if gp.bubble != nil {
		systemstack(func() { bubbleStatus(gp.bubble, gp, oldval, newval) })
	}
}

//go:nosplit
func casGToWaiting(gp *g, old uint32, reason waitReason) {
	gp.waitreason = reason
	casgstatus(gp, old, _Gwaiting)
}

func casGToWaitingForSuspendG(gp *g, old uint32, reason waitReason) {
	casGToWaiting(gp, old, reason)
}

// Parking and waking.

// gopark stops the goroutine until goready. unlockf, if not nil, runs on the system stack once the
// goroutine is in the waiting state; if it returns false the goroutine goes on at once. It must not
// touch the goroutine's stack.
//
//go:linkname gopark
func gopark(unlockf func(*g, unsafe.Pointer) bool, lock unsafe.Pointer, reason waitReason, traceReason traceBlockReason, traceskip int) {
	mp := acquirem()
	gp := mp.curg
	if s := readgstatus(gp); s != _Grunning && s != _Gscanrunning {
		throw("gopark: goroutine is not running")
	}
	mp.waitlock = lock
	mp.waitunlockf = unlockf
	gp.waitreason = reason
	releasem(mp)
	mcall(park_m)
}

func goparkunlock(lock *mutex, reason waitReason, traceReason traceBlockReason, traceskip int) {
	gopark(parkunlock_c, unsafe.Pointer(lock), reason, traceReason, traceskip)
}

func parkunlock_c(gp *g, lock unsafe.Pointer) bool {
	unlock((*mutex)(lock))
	return true
}

func park_m(gp *g) {
	mp := getg().m
	// A bubble must not think that all its goroutines wait before unlockf has run.
	bubble := gp.bubble
	if bubble != nil {
		bubble.incActive()
	}
	casgstatus(gp, _Grunning, _Gwaiting)
	dropg()
	if fn := mp.waitunlockf; fn != nil {
		ok := fn(gp, mp.waitlock)
		mp.waitunlockf = nil
		mp.waitlock = nil
		if !ok {
			casgstatus(gp, _Gwaiting, _Grunnable)
			if bubble != nil {
				bubble.decActive()
			}
			execute(gp, true)
		}
	}
	if bubble != nil {
		bubble.decActive()
	}
	schedule()
}

//go:linkname goready
func goready(gp *g, traceskip int) {
	systemstack(func() {
		ready(gp, traceskip, true)
		sysmonPoke()
	})
}

// ready makes a waiting goroutine runnable; next puts it before all others of this processor.
func ready(gp *g, traceskip int, next bool) {
	mp := acquirem()
	if readgstatus(gp)&^_Gscan != _Gwaiting {
		dumpgstatus(gp)
		throw("ready: goroutine is not waiting")
	}
	casgstatus(gp, _Gwaiting, _Grunnable)
	runqput(mp.p.ptr(), gp, next)
	wakep()
	releasem(mp)
}

// dropg undoes the tie between the thread and its current goroutine.
func dropg() {
	gp := getg()
	setMNoWB(&gp.m.curg.m, nil)
	setGNoWB(&gp.m.curg, nil)
}

// Gosched lets other goroutines run.
func Gosched() {
	checkTimeouts()
	mcall(gosched_m)
}

func gosched_m(gp *g) { goschedImpl(gp, false) }

// gopreempt_m is Gosched for a goroutine that newstack stopped.
func gopreempt_m(gp *g) { goschedImpl(gp, true) }

func goschedImpl(gp *g, preempted bool) {
	casgstatus(gp, _Grunning, _Grunnable)
	dropg()
	lock(&sched.lock)
	globrunqput(gp)
	unlock(&sched.lock)
	if mainStarted {
		wakep()
	}
	schedule()
}

// goyield is Gosched onto this processor's own queue.
//
//go:linkname goyield
func goyield() {
	checkTimeouts()
	mcall(func(gp *g) {
		pp := gp.m.p.ptr()
		casgstatus(gp, _Grunning, _Grunnable)
		dropg()
		runqput(pp, gp, false)
		schedule()
	})
}

func goschedIfBusy() {
	gp := getg()
	if !gp.preempt && sched.npidle.Load() > 0 {
		return
	}
	mcall(gosched_m)
}

// The scheduling loop.

// execute runs gp on this thread. Never returns.
func execute(gp *g, inheritTime bool) {
	mp := getg().m
	if goroutineProfile.active {
		recordForProfile(gp, nil, osyield)
	}
	setGNoWB(&mp.curg, gp)
	setMNoWB(&gp.m, mp)
	gp.syncSafePoint = false
	casgstatus(gp, _Grunnable, _Grunning)
	gp.waitsince = 0
	gp.preempt = false
	gp.stackguard0 = gp.stack.lo + stackGuard
	if apusDebug.movestack != 0 {
		gp.stackguard0 = stackForceMove
	}
	if !inheritTime {
		mp.p.ptr().schedtick++
	}
	gogo(&gp.sched)
}

// schedule finds a goroutine and runs it. Never returns.
func schedule() {
	mp := getg().m
	if mp.locks != 0 {
		throw("schedule: holding locks")
	}
	if mp.lockedg != 0 {
		stoplockedm()
		execute(mp.lockedg.ptr(), false)
	}
	if clockReads >= plainClockReads && vdsoClockgettimeSym == 0 {
		findVDSO()
	}
	for {
		gp, inheritTime := findRunnable()
		if mp.spinning {
			resetspinning()
		}
		if sched.disable.user && !schedEnabled(gp) {
			// Only system goroutines may run now (see schedEnableUser); keep it for later.
			lock(&sched.lock)
			if !schedEnabled(gp) {
				sched.disable.runnable.pushBack(gp)
				unlock(&sched.lock)
				continue
			}
			unlock(&sched.lock)
		}
		if gp.lockedm != 0 {
			startlockedm(gp)
			continue
		}
		mp.p.ptr().preempt = false
		sysmonPoke()
		execute(gp, inheritTime)
	}
}

// schedEnableUser stops or resumes the scheduling of goroutines that are not the runtime's own.
func schedEnableUser(enable bool) {
	lock(&sched.lock)
	if sched.disable.user == !enable {
		unlock(&sched.lock)
		return
	}
	sched.disable.user = !enable
	if enable {
		q := sched.disable.runnable
		sched.disable.runnable = gQueue{}
		for !q.empty() {
			globrunqput(q.pop())
		}
	}
	unlock(&sched.lock)
}

func schedEnabled(gp *g) bool {
	return !sched.disable.user || isSystemGoroutine(gp, true)
}

// Creation and exit.

// newproc starts fn as a goroutine: the go statement.
func newproc(fn *funcval) {
	gp := getg()
	pc := sys.GetCallerPC()
	if putOffSystemG(fn) {
		return
	}
	systemstack(func() {
		newg := newproc1(fn, gp, pc, false, waitReasonZero)
		runqput(getg().m.p.ptr(), newg, true)
		wakep()
		sysmonPoke()
	})
}

// newproc1 makes a goroutine that will call fn, runnable (not queued) or parked.
func newproc1(fn *funcval, callergp *g, callerpc uintptr, parked bool, reason waitReason) *g {
	if fn == nil {
		fatal("go of nil func value")
	}
	if imaging.on {
		imageRefuse("starts a goroutine")
	}
	mp := acquirem()
	newg := gfget(mp.p.ptr())
	if newg == nil {
		newg = malg(int32(startingStackSize))
		casgstatus(newg, _Gidle, _Gdead)
		allgadd(newg)
	}
	// Some words above the first frame, which an unwinder or a copy may look at.
	sp := newg.stack.hi - 4*goarch.PtrSize
	memclrNoHeapPointers(unsafe.Pointer(&newg.sched), unsafe.Sizeof(newg.sched))
	newg.sched.sp = sp
	newg.stktopsp = sp
	newg.sched.pc = abi.FuncPCABI0(goexit) + sys.PCQuantum
	newg.sched.g.set(newg)
	gostartcallfn(&newg.sched, fn)
	newg.parentGoid = callergp.goid
	newg.gopc = callerpc
	newg.ancestors = nil
	if debug.tracebackancestors > 0 {
		saveAncestors(newg, callergp)
	}
	newg.startpc = fn.fn
	newg.runningCleanups.Store(false)
	if isSystemGoroutine(newg, false) {
		sched.ngsys.Add(1)
	} else {
		newg.bubble = callergp.bubble
		if mp.curg != nil {
			newg.labels = mp.curg.labels
		}
		if goroutineProfile.active {
			newg.goroutineProfiled.Store(goroutineProfileSatisfied)
		}
	}
	newg.goid = sched.goidgen.Add(1)
	newg.fipsOnlyBypass = callergp.fipsOnlyBypass
	newg.ditWanted = callergp.ditWanted
	status := uint32(_Grunnable)
	if parked {
		status = _Gwaiting
		newg.waitreason = reason
	}
	casgstatus(newg, _Gdead, status)
	mp.p.ptr().goroutinesCreated++
	releasem(mp)
	return newg
}

// gostartcallfn arranges buf as if the goroutine's first pc had called fn and fn had not begun.
func gostartcallfn(buf *gobuf, fv *funcval) {
	fn := abi.FuncPCABIInternal(nilfunc)
	if fv != nil {
		fn = fv.fn
	}
	sp := buf.sp - goarch.PtrSize
	*(*uintptr)(unsafe.Pointer(sp)) = buf.pc
	buf.sp = sp
	buf.pc = fn
	buf.ctxt = unsafe.Pointer(fv)
}

func nilfunc() { *(*uint8)(nil) = 0 }

// malg makes a g with a stack of at least size bytes; size < 0: without a stack.
func malg(size int32) *g {
	newg := new(g)
	if size >= 0 {
		n := uint32(round2(size))
		systemstack(func() { newg.stack = stackalloc(n) })
		newg.stackguard0 = newg.stack.lo + stackGuard
		newg.stackguard1 = ^uintptr(0)
	}
	return newg
}

// goexit1 ends the goroutine; the assembly goexit calls it when the goroutine's function returns.
func goexit1() { mcall(goexit0) }

func goexit0(gp *g) {
	gdestroy(gp)
	schedule()
}

// gdestroy makes gp dead and free for reuse.
func gdestroy(gp *g) {
	mp := getg().m
	pp := mp.p.ptr()
	casgstatus(gp, _Grunning, _Gdead)
	if isSystemGoroutine(gp, false) {
		sched.ngsys.Add(-1)
	}
	gp.m = nil
	locked := gp.lockedm != 0
	gp.lockedm = 0
	mp.lockedg = 0
	gp.preemptStop = false
	gp.paniconfault = false
	gp._defer = nil
	gp._panic = nil
	gp.writebuf = nil
	gp.waitreason = waitReasonZero
	gp.param = nil
	gp.labels = nil
	gp.timer = nil
	gp.bubble = nil
	gp.fipsOnlyBypass = false
	gp.fipsIndicator = 0
	gp.secret = 0
	dropgFrom(mp)
	gfput(pp, gp)
	if locked && mp.lockedInt == 0 {
		// The thread's state is not fit for other goroutines.
		mp.lockedExt = 0
		endHooks.exit(mp)
	}
}

func dropgFrom(mp *m) { setGNoWB(&mp.curg, nil) }

// Free goroutines: a list per processor, half of it moved to the shared lists when it is long.
const maxFreeGs = 64

func gfput(pp *p, gp *g) {
	if readgstatus(gp) != _Gdead {
		throw("gfput: goroutine is not dead")
	}
	if gp.stack == initialStack {
		gp.stack = stack{} // the kernel's, not ours to reuse
	} else if gp.stack.hi-gp.stack.lo != uintptr(startingStackSize) {
		stackfree(gp.stack)
		gp.stack = stack{}
	}
	if gp.stack.lo == 0 {
		gp.stackguard0 = 0
	}
	pp.gFree.push(gp)
	if pp.gFree.size < maxFreeGs {
		return
	}
	lock(&sched.gFree.lock)
	for pp.gFree.size > maxFreeGs/2 {
		x := pp.gFree.pop()
		if x.stack.lo == 0 {
			sched.gFree.noStack.push(x)
		} else {
			sched.gFree.stack.push(x)
		}
	}
	unlock(&sched.gFree.lock)
}

func gfget(pp *p) *g {
	gp := pp.gFree.pop()
	if gp == nil && (!sched.gFree.stack.empty() || !sched.gFree.noStack.empty()) {
		lock(&sched.gFree.lock)
		if gp = sched.gFree.stack.pop(); gp == nil {
			gp = sched.gFree.noStack.pop()
		}
		unlock(&sched.gFree.lock)
	}
	if gp == nil {
		return nil
	}
	if gp.stack.lo != 0 && gp.stack.hi-gp.stack.lo != uintptr(startingStackSize) {
		old := gp.stack
		systemstack(func() { stackfree(old) })
		gp.stack = stack{}
	}
	if gp.stack.lo == 0 {
		systemstack(func() { gp.stack = stackalloc(startingStackSize) })
		gp.stackguard0 = gp.stack.lo + stackGuard
	}
	return gp
}

// Sudogs: records of a goroutine in a wait list.

func acquireSudog() *sudog {
	mp := acquirem()
	pp := mp.p.ptr()
	if pp.sudogcache == nil {
		pp.sudogcache = pp.sudogbuf[:0]
	}
	if len(pp.sudogcache) == 0 {
		lock(&sched.sudoglock)
		for len(pp.sudogcache) < cap(pp.sudogcache)/2 && sched.sudogcache != nil {
			s := sched.sudogcache
			sched.sudogcache = s.next
			s.next = nil
			pp.sudogcache = append(pp.sudogcache, s)
		}
		unlock(&sched.sudoglock)
		if len(pp.sudogcache) == 0 {
			pp.sudogcache = append(pp.sudogcache, new(sudog))
		}
	}
	n := len(pp.sudogcache) - 1
	s := pp.sudogcache[n]
	pp.sudogcache[n] = nil
	pp.sudogcache = pp.sudogcache[:n]
	releasem(mp)
	return s
}

func releaseSudog(s *sudog) {
	if s.elem.get() != nil || s.isSelect || s.next != nil || s.prev != nil || s.waitlink != nil || s.c.get() != nil {
		throw("releaseSudog: record is still in use")
	}
	if getg().param != nil {
		throw("releaseSudog: goroutine has a pending wake-up")
	}
	mp := acquirem()
	pp := mp.p.ptr()
	if len(pp.sudogcache) == cap(pp.sudogcache) {
		lock(&sched.sudoglock)
		for len(pp.sudogcache) > cap(pp.sudogcache)/2 {
			n := len(pp.sudogcache) - 1
			x := pp.sudogcache[n]
			pp.sudogcache[n] = nil
			pp.sudogcache = pp.sudogcache[:n]
			x.next = sched.sudogcache
			sched.sudogcache = x
		}
		unlock(&sched.sudoglock)
	}
	pp.sudogcache = append(pp.sudogcache, s)
	releasem(mp)
}

// gcount returns the number of goroutines that are not the runtime's own, or of all.
func gcount(includeSys bool) int32 {
	n := int32(0)
	ptr, length := atomicAllG()
	for i := uintptr(0); i < length; i++ {
		gp := atomicAllGIndex(ptr, i)
		if s := readgstatus(gp) &^ _Gscan; s == _Gdead || s == _Gidle || s == _Gdeadextra {
			continue
		}
		if includeSys || !isSystemGoroutine(gp, false) {
			n++
		}
	}
	return max(n, 1)
}

//go:linkname goroutineleakcount runtime/pprof.runtime_goroutineleakcount
func goroutineleakcount() int { return work.goroutineLeak.count }

// Defects.

func badmcall(fn func(*g))  { throw("mcall called on m->g0 stack") }
func badmcall2(fn func(*g)) { throw("mcall function returned") }
func badreflectcall()       { panic(plainError("arg size to reflect.call more than 1GB")) }

// Nosplit: the stack check has failed.
//
//go:nosplit
func badmorestackg0() {
	writeErrStr("fatal: morestack on g0\n")
	exit(2)
}

//go:nosplit
func badmorestackgsignal() {
	writeErrStr("fatal: morestack on gsignal\n")
	exit(2)
}
