// What the monitor has a goroutine do, as it has no processor itself: a collection if there was none for
// two minutes, and a change of the number of processors after the affinity mask or the control group's
// limit changed. The goroutine is made with the monitor, and waits.

package runtime

import (
	"internal/runtime/atomic"
	"unsafe"
)

const (
	collectAfter = 120e9 // ns without a collection
	procsEvery   = 1e9   // ns between looks at the number of cores
)

var monitorHelp struct {
	g      guintptr
	idle   atomic.Uint32 // 1: it waits
	procs  int32         // the number of processors there shall be, 0: no change
	looked int64
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
	monitorHelp.idle.Store(1)
	return true
}

// needHelp is the monitor's look: it reports whether there was something to do, and has made the
// goroutine runnable.
//
//go:nowritebarrierrec
func needHelp(now int64) bool {
	h := &monitorHelp
	if now-h.looked < procsEvery || h.idle.Load() == 0 {
		return false
	}
	h.looked = now
	if procsReady && !sched.customGOMAXPROCS && debug.updatemaxprocs != 0 {
		if n := defaultProcs(max(getCPUCount(), 1)); n != gomaxprocsSet {
			h.procs = n
		}
	}
	if h.procs == 0 && (work.cycles.Load() == 0 || gcController.percent < 0 || now-int64(memstats.lastNano) < collectAfter) {
		return false
	}
	h.idle.Store(0)
	var list gList
	list.push((*g)(unsafe.Pointer(h.g)))
	incidlelocked(-1) // as in retake: nobody else may be awake
	injectglist(&list)
	incidlelocked(1)
	return true
}
