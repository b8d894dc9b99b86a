// Stopping the world: after stopTheWorld no goroutine but the caller's runs Go code.
//
// Processors are stopped, not threads: an idle one is taken, one whose thread is in a system call is
// taken from it, and a running one is asked to stop at its next prologue.

package runtime

type stwReason uint8

const (
	stwUnknown stwReason = iota
	stwGCMarkTerm
	stwGCSweepTerm
	stwWriteHeapDump
	stwGoroutineProfile
	stwGoroutineProfileCleanup
	stwAllGoroutinesStack
	stwReadMemStats
	stwAllThreadsSyscall
	stwGOMAXPROCS
	stwStartTrace
	stwStopTrace
	stwReadMetrics
)

// A worldStop says what stopTheWorld did.
type worldStop struct {
	reason  stwReason
	started int64 // when stopping began
	stopped int64 // when all had stopped
}

// worldsema is held by whoever stopped the world; gcsema by a collection.
var (
	worldsema uint32 = 1
	gcsema    uint32 = 1
)

func stopTheWorld(reason stwReason) worldStop {
	if reason == stwAllThreadsSyscall && m0.procid == 0 {
		m0.procid = uint64(getpid())
	}
	semacquire(&worldsema)
	gp := getg()
	gp.m.preemptoff = "stop the world"
	var w worldStop
	systemstack(func() {
		// The caller's stack may be scanned: it must not look as if it were running.
		casGToWaitingForSuspendG(gp, _Grunning, waitReasonStoppingTheWorld)
		w = stopTheWorldWithSema(reason)
		casgstatus(gp, _Gwaiting, _Grunning)
	})
	return w
}

func startTheWorld(w worldStop) {
	systemstack(func() {
		startTheWorldWithSema(w)
		notePause(w)
	})
	// The release may be a direct hand-over, which needs the processor and no preemptoff.
	mp := acquirem()
	mp.preemptoff = ""
	semrelease1(&worldsema, true, 0)
	releasem(mp)
}

func stopTheWorldGC(reason stwReason) worldStop {
	semacquire(&gcsema)
	return stopTheWorld(reason)
}

func startTheWorldGC(w worldStop) {
	startTheWorld(w)
	semrelease(&gcsema)
}

// stopTheWorldWithSema runs on the system stack, with worldsema held.
func stopTheWorldWithSema(reason stwReason) worldStop {
	start := nanotime()
	lock(&sched.lock)
	sched.stopwait = int32(len(allp))
	sched.gcwaiting.Store(true)
	mine := getg().m.p.ptr()
	mine.status = _Pgcstop
	sched.stopwait--
	for {
		pp, _ := pidleget(0)
		if pp == nil {
			break
		}
		pp.status = _Pgcstop
		sched.stopwait--
	}
	for _, pp := range allp {
		if pp.status == _Prunning && takeFromSyscall(pp) {
			pp.status = _Pgcstop
			sched.stopwait--
		}
	}
	wait := sched.stopwait > 0
	unlock(&sched.lock)
	for wait {
		preemptall()
		if notetsleep(&sched.stopnote, 100*1000) {
			noteclear(&sched.stopnote)
			break
		}
		takeAllFromSyscalls()
	}
	return worldStop{reason: reason, started: start, stopped: nanotime()}
}

// takeAllFromSyscalls takes the processors of goroutines that went into a system call before they saw that
// the world is to stop.
func takeAllFromSyscalls() {
	lock(&sched.lock)
	for _, pp := range allp {
		if pp.status == _Prunning && takeFromSyscall(pp) {
			pp.status = _Pgcstop
			if sched.stopwait--; sched.stopwait == 0 {
				notewakeup(&sched.stopnote)
			}
		}
	}
	unlock(&sched.lock)
}

func startTheWorldWithSema(w worldStop) {
	var list gList
	if netpollinited() {
		var delta int32
		list, delta = netpoll(0)
		netpollAdjustWaiters(delta)
	}
	if n := newprocs; n != 0 {
		newprocs = 0
		procresize(n)
	}
	lock(&sched.lock)
	sched.gcwaiting.Store(false)
	mine := getg().m.p.ptr()
	mine.status = _Prunning
	var restart *p
	for _, pp := range allp {
		if pp == mine {
			continue
		}
		pp.status = _Pidle
		if runqempty(pp) {
			pidleput(pp, 0)
		} else {
			pp.link.set(restart)
			restart = pp
		}
	}
	unlock(&sched.lock)
	for restart != nil {
		pp := restart
		restart = pp.link.ptr()
		startm(pp, false)
	}
	injectglist(&list)
	wakep()
}

// freezetheworld makes it likely that nothing else runs while a dying process prints.
func freezetheworld() {
	sched.stopwait = 1 << 30 // never all
	sched.gcwaiting.Store(true)
	for range 5 {
		if !preemptall() {
			break
		}
		usleep(1000)
	}
}
