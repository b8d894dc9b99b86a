// Goroutines in system calls, and fork.
//
// entersyscall leaves the processor with the thread: most calls return at once. If one does not, the
// monitor (sysmon.go) takes the processor away. The protocol is the goroutine's state: the monitor
// sets _Gscan on _Gsyscall, during which the goroutine cannot leave it.

package runtime

import (
	"internal/runtime/sys"
	"unsafe"
)

// save records where the goroutine is, for unwinding and scanning while it is in a system call.
//
// Nosplit: it must see its caller's frame as it is.
//
//go:nosplit
//go:nowritebarrierrec
func save(pc, sp, bp uintptr) {
	gp := getg()
	gp.sched.pc = pc
	gp.sched.sp = sp
	gp.sched.bp = bp
	gp.sched.lr = 0
}

// Nosplit: the arguments of the system call are words that may point into the stack, which therefore
// must not move until the call has returned.
//
//go:nosplit
func reentersyscall(pc, sp, bp uintptr) {
	gp := getg()
	mp := gp.m
	mp.locks++
	gp.stackguard0 = stackPreempt // any stack check is a defect now; throwsplit makes newstack say so
	gp.throwsplit = true
	pp := mp.p.ptr()
	mp.syscalltick = pp.syscalltick
	mp.oldp.set(pp)
	save(pc, sp, bp)
	gp.syscallsp = sp
	gp.syscallpc = pc
	gp.syscallbp = bp
	if sp < gp.stack.lo || gp.stack.hi < sp {
		systemstack(func() { throw("entersyscall: stack pointer outside the stack") })
	}
	if sysmonWanted(pp) {
		// Before the state changes: then the processor, with which a thread is made, may be taken.
		systemstack(sysmonWake)
		save(pc, sp, bp)
	}
	if sched.gcwaiting.Load() {
		systemstack(func() {
			lock(&sched.lock)
			if sched.stopwait > 0 {
				p1 := releasep()
				p1.status = _Pgcstop
				p1.syscalltick++
				if sched.stopwait--; sched.stopwait == 0 {
					notewakeup(&sched.stopnote)
				}
			}
			unlock(&sched.lock)
		})
		save(pc, sp, bp)
	}
	casgstatus(gp, _Grunning, _Gsyscall)
	mp.locks--
}

// entersyscall is called before a system call that may block, by package syscall.
//
//go:nosplit
//go:linkname entersyscall
func entersyscall() {
	reentersyscall(sys.GetCallerPC(), sys.GetCallerSP(), getcallerfp())
}

// entersyscallblock is called before one that certainly blocks: the processor goes at once.
//
//go:nosplit
//go:linkname entersyscallblock
func entersyscallblock() {
	gp := getg()
	mp := gp.m
	mp.locks++
	gp.throwsplit = true
	gp.stackguard0 = stackPreempt
	pp := mp.p.ptr()
	mp.syscalltick = pp.syscalltick
	pp.syscalltick++
	mp.oldp.set(pp)
	pc, sp, bp := sys.GetCallerPC(), sys.GetCallerSP(), getcallerfp()
	save(pc, sp, bp)
	gp.syscallsp = sp
	gp.syscallpc = pc
	gp.syscallbp = bp
	if sysmonState.Load() == sysmonNone {
		// For the return from the call (exitsyscallNoP), when there may be no processor to make a thread with.
		systemstack(sysmonWake)
	}
	// First the processor goes: once the state has changed it could be taken at the same time.
	systemstack(func() { handoffp(releasep()) })
	save(pc, sp, bp)
	casgstatus(gp, _Grunning, _Gsyscall)
	mp.locks--
}

// exitsyscall is called after either. If the processor is gone it gets another or waits for one.
//
//go:nosplit
//go:nowritebarrierrec
//go:linkname exitsyscall
func exitsyscall() {
	gp := getg()
	mp := gp.m
	mp.locks++
	if sys.GetCallerSP() > gp.syscallsp {
		throw("exitsyscall: syscall frame is no longer valid")
	}
	gp.waitsince = 0
	casgstatus(gp, _Gsyscall, _Grunning)
	if mp.p == 0 {
		systemstack(exitsyscallGetP)
	}
	mp.oldp = 0
	if pp := mp.p.ptr(); pp != nil {
		pp.syscalltick++
		gp.syscallsp = 0
		mp.locks--
		gp.throwsplit = false
		if gp.preempt {
			gp.stackguard0 = stackPreempt
		} else {
			gp.stackguard0 = gp.stack.lo + stackGuard
		}
		if sched.disable.user && !schedEnabled(gp) {
			Gosched()
		}
		return
	}
	mp.locks--
	mcall(exitsyscallNoP)
	// Scheduled again: execute has set stackguard0.
	gp.syscallsp = 0
	gp.m.p.ptr().syscalltick++
	gp.throwsplit = false
}

// exitsyscallGetP takes an idle processor, if there is one.
func exitsyscallGetP() {
	if sched.pidle == 0 {
		return
	}
	lock(&sched.lock)
	pp, _ := pidleget(0)
	unlock(&sched.lock)
	if pp != nil {
		acquirep(pp)
	}
}

// exitsyscallNoP queues the goroutine and puts the thread to sleep.
func exitsyscallNoP(gp *g) {
	casgstatus(gp, _Grunning, _Grunnable)
	dropg()
	lock(&sched.lock)
	pp, _ := pidleget(0)
	locked := gp.lockedm != 0
	if pp == nil {
		globrunqput(gp)
	}
	unlock(&sched.lock)
	if pp != nil {
		acquirep(pp)
		execute(gp, false)
	}
	if sysmonState.Load() == sysmonAsleep {
		sysmonWake() // someone must notice when no processor becomes free
	}
	if locked {
		stoplockedm()
		execute(gp, false)
	}
	stopm()
	schedule()
}

// takeFromSyscall takes pp from a thread whose goroutine is in a system call. It reports success; the
// caller then owns the idle pp.
func takeFromSyscall(pp *p) bool {
	mp := pp.m.ptr()
	if mp == nil {
		return false
	}
	gp := mp.curg
	if gp == nil || readgstatus(gp) != _Gsyscall || !castogscanstatus(gp, _Gsyscall, _Gscansyscall) {
		return false
	}
	taken := gp.m == mp && mp.p.ptr() == pp && pp.m.ptr() == mp
	if taken {
		mp.p = 0
		pp.m = 0
		pp.status = _Pidle
		pp.syscalltick++
	}
	casfrom_Gscanstatus(gp, _Gscansyscall, _Gsyscall)
	return taken
}

// Fork. Between BeforeFork and exec the child shares our memory and runs on our stack: no signal
// handler, no stack growth, no allocation.

//go:linkname syscall_runtime_BeforeFork syscall.runtime_BeforeFork
//go:nosplit
func syscall_runtime_BeforeFork() {
	gp := getg().m.curg
	gp.m.locks++
	systemstack(func() {
		sigsave(&gp.m.sigmask)
		sigblockAll()
	})
	gp.stackguard0 = stackFork // above every stack: a check that fails here is a defect
}

//go:linkname syscall_runtime_AfterFork syscall.runtime_AfterFork
//go:nosplit
func syscall_runtime_AfterFork() {
	gp := getg().m.curg
	gp.stackguard0 = gp.stack.lo + stackGuard
	systemstack(func() { msigrestore(gp.m.sigmask) })
	gp.m.locks--
}

// inForkedChild tells sigaction code that it runs in a child that shares memory with its parent.
var inForkedChild bool

// Nosplit, no write barriers: runs in the child.
//
//go:linkname syscall_runtime_AfterForkInChild syscall.runtime_AfterForkInChild
//go:nosplit
//go:nowritebarrierrec
func syscall_runtime_AfterForkInChild() {
	inForkedChild = true
	clearSignalHandlers()
	msigrestore(getg().m.sigmask)
	inForkedChild = false
}

// execLock is held while a process is replaced, and read-held while threads are made.
var execLock rwmutex

//go:linkname syscall_runtime_BeforeExec syscall.runtime_BeforeExec
func syscall_runtime_BeforeExec() { execLock.lock() }

//go:linkname syscall_runtime_AfterExec syscall.runtime_AfterExec
func syscall_runtime_AfterExec() { execLock.unlock() }

//go:linkname syscall_cgocaller syscall.cgocaller
func syscall_cgocaller(fn unsafe.Pointer, args ...uintptr) uintptr {
	throw("cgocaller: this program has no C")
	return 0
}
