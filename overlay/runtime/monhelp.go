// What the monitor has a goroutine do, as it has no processor itself: a collection if there was none for
// two minutes, and a change of the number of processors after the affinity mask or the control group's
// limit changed. The goroutine is made with the monitor, and waits.

package runtime

import (
	"internal/runtime/atomic"
	"internal/runtime/sys"
	"unsafe"
)

const (
	collectAfter = 120e9 // ns without a collection
	procsEvery   = 1e9   // ns between looks at the number of cores
)

var monitorHelp struct {
	g      guintptr
	idle   atomic.Bool
	procs  int32 // the number of processors there shall be, 0: no change
	looked int64
}

// startMonitorHelper makes the goroutine. The caller has a processor.
func startMonitorHelper() {
	run := helpMonitor
	fn := *(**funcval)(unsafe.Pointer(&run))
	gp := getg()
	systemstack(func() {
		monitorHelp.g.set(newproc1(fn, gp, sys.GetCallerPC(), true, waitReasonForceGCIdle))
		monitorHelp.idle.Store(true)
	})
}

func helpMonitor() {
	h := &monitorHelp
	for {
		if n := h.procs; n == 0 {
			gcStart(true)
		} else if !sched.customGOMAXPROCS {
			h.procs = 0
			setProcs(n)
		}
		gopark(helperParked, nil, waitReasonForceGCIdle, traceBlockSystemGoroutine, 1)
	}
}

func helperParked(*g, unsafe.Pointer) bool {
	monitorHelp.procs = 0
	monitorHelp.idle.Store(true)
	return true
}

// needHelp is the monitor's look: it reports whether there was something to do, and has made the
// goroutine runnable.
//
//go:nowritebarrierrec
func needHelp(now int64) bool {
	h := &monitorHelp
	if now-h.looked < procsEvery || !h.idle.Load() {
		return false
	}
	h.looked = now
	h.procs = changedProcs()
	if h.procs == 0 && !collectionDue(now) {
		return false
	}
	h.idle.Store(false)
	var list gList
	list.push(h.g.ptr())
	incidlelocked(-1) // as in retake: nobody else may be awake
	injectglist(&list)
	incidlelocked(1)
	return true
}

// changedProcs returns the number of processors that there should be now, if nobody set it and it changed.
func changedProcs() int32 {
	if !procsReady || sched.customGOMAXPROCS || debug.updatemaxprocs == 0 {
		return 0
	}
	if n := defaultProcs(max(getCPUCount(), 1)); n != gomaxprocsSet {
		return n
	}
	return 0
}

func collectionDue(now int64) bool {
	return gcRan() && gcController.percent >= 0 && now-int64(memstats.lastNano) > collectAfter
}
