// What GODEBUG asks about goroutines: the scheduler's state from time to time (schedtrace, scheddetail), and the
// ancestors of goroutines in tracebacks (tracebackancestors).
//
// Only programs that have a `go` statement contain this (the compiler's ConditionalCalls.swift).

package runtime

import "internal/runtime/atomic"

// schedTraced is when schedtrace was called last, schedTraceStart when first.
var schedTraced, schedTraceStart int64

// startSchedTrace starts the monitor, which calls schedTraceTick.
func startSchedTrace() {
	systemstack(func() {
		if sysmonState.Load() != sysmonRunning {
			sysmonWake()
		}
	})
}

// schedTraceTick prints when the time has come. It has no processor.
//
//go:nowritebarrierrec
func schedTraceTick() {
	if now := nanotime(); schedTraced == 0 || now-schedTraced >= int64(debug.schedtrace)*1e6 {
		schedTraced = now
		schedtrace(debug.scheddetail > 0)
	}
}

// schedtrace prints the state of the scheduler. While it holds the lock threads, processors and goroutines change
// nevertheless: each of their fields is read once.
//
//go:nowritebarrierrec
func schedtrace(detailed bool) {
	now := nanotime()
	if schedTraceStart == 0 {
		schedTraceStart = now
	}
	lock(&sched.lock)
	made := int32(0)
	for procAt(int(made)) != nil {
		made++
	}
	// Processors that have not been made yet are as good as idle.
	procs := max(wantedProcs(), made)
	print("SCHED ", (now-schedTraceStart)/1e6, "ms: gomaxprocs=", procs, " idleprocs=", sched.npidle.Load()+procs-made,
		" threads=", mcount(), " spinningthreads=", sched.nmspinning.Load(), " needspinning=", sched.needspinning.Load(),
		" idlethreads=", sched.nmidle, " runqueue=", sched.runq.size)
	if !detailed {
		schedtraceQueues(procs)
		unlock(&sched.lock)
		return
	}
	print(" gcwaiting=", sched.gcwaiting.Load(), " nmidlelocked=", sched.nmidlelocked, " stopwait=", sched.stopwait,
		" sysmonwait=", sysmonState.Load() == sysmonAsleep, "\n")
	for i := int32(0); i < made; i++ {
		pp := procAt(int(i))
		print("  P", i, ": status=", pp.status, " schedtick=", pp.schedtick, " syscalltick=", pp.syscalltick, " m=")
		printThread(pp.m.ptr())
		print(" runqsize=", queued(pp), " gfreecnt=", pp.gFree.size, " timerslen=", len(pp.timers.heap), "\n")
	}
	for mp := allm; mp != nil; mp = mp.alllink {
		schedtraceThread(mp)
	}
	forEachGRace(func(gp *g) {
		print("  G", gp.goid, ": status=", readgstatus(gp), "(", gp.waitreason.String(), ") m=")
		printThread(gp.m)
		print(" lockedm=")
		printThread(gp.lockedm.ptr())
		print("\n")
	})
	unlock(&sched.lock)
}

func queued(pp *p) uint32 { return atomic.Load(&pp.runqtail) - atomic.Load(&pp.runqhead) }

// schedtraceQueues prints the lengths of the processors' queues, and how often each has taken a goroutine.
func schedtraceQueues(procs int32) {
	print("  [")
	for i := range procs {
		n := uint32(0)
		if pp := procAt(int(i)); pp != nil {
			n = queued(pp)
		}
		print(" ", n)
	}
	print(" ] schedticks=[ ")
	for i := range procs {
		n := uint32(0)
		if pp := procAt(int(i)); pp != nil {
			n = pp.schedtick
		}
		print(n, " ")
	}
	print("]\n")
}

func schedtraceThread(mp *m) {
	print("  M", mp.id, ": p=")
	if pp := mp.p.ptr(); pp != nil {
		print(pp.id)
	} else {
		print("nil")
	}
	print(" curg=")
	printGoroutine(mp.curg)
	print(" mallocing=", mp.mallocing, " throwing=", mp.throwing, " preemptoff=", mp.preemptoff, " locks=", mp.locks,
		" dying=", mp.dying, " spinning=", mp.spinning, " blocked=", mp.blocked, " lockedg=")
	printGoroutine(mp.lockedg.ptr())
	print("\n")
}

func printThread(mp *m) {
	if mp == nil {
		print("nil")
	} else {
		print(mp.id)
	}
}

func printGoroutine(gp *g) {
	if gp == nil {
		print("nil")
	} else {
		print(gp.goid)
	}
}

// saveAncestors gives newg, which parent starts, its list of ancestors: parent first, as many as
// GODEBUG=tracebackancestors says.
func saveAncestors(newg, parent *g) {
	if parent.goid == 0 {
		return // the runtime's
	}
	var older []ancestorInfo
	if parent.ancestors != nil {
		older = *parent.ancestors
	}
	list := make([]ancestorInfo, min(len(older)+1, int(debug.tracebackancestors)))
	copy(list[1:], older)
	var buf [tracebackInnerFrames]uintptr
	pcs := make([]uintptr, gcallers(parent, 0, buf[:]))
	copy(pcs, buf[:])
	list[0] = ancestorInfo{pcs: pcs, goid: parent.goid, gopc: parent.gopc}
	p := new([]ancestorInfo)
	*p = list
	newg.ancestors = p
}
