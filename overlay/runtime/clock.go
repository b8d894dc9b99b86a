// Clocks.
//
// The first readings are plain system calls (0.2 us each): finding the vDSO's function costs 6 us and
// two page faults, which pay only for a program that asks often.

package runtime

import "unsafe"

const (
	clockRealtime  = 0
	clockMonotonic = 1

	// Readings by system call before the vDSO is looked up.
	plainClockReads = 20
)

var clockReads uint32

// In assembly.

//go:noescape
func clockGettime(clock int32, ts *timespec)

func vdsoCall2(fn, a1, a2 uintptr) int32

// Nosplit: called by the scheduler and in places that must not grow the stack.
//
//go:nosplit
func readClock(clock int32, ts *timespec) {
	if vdsoClockgettimeSym != 0 && getg().m.g0.sched.sp != 0 {
		if vdsoCall2(vdsoClockgettimeSym, uintptr(clock), uintptr(unsafe.Pointer(ts))) == 0 {
			return
		}
	} else if clockReads < plainClockReads {
		clockReads++ // time_now and the scheduler look for the vDSO when there were enough
	}
	clockGettime(clock, ts)
}

//go:nosplit
func nanotime1() int64 {
	var ts timespec
	readClock(clockMonotonic, (*timespec)(noescape(unsafe.Pointer(&ts))))
	return ts.tv_sec*1e9 + ts.tv_nsec
}

//go:nosplit
func walltime() (sec int64, nsec int32) {
	var ts timespec
	readClock(clockRealtime, (*timespec)(noescape(unsafe.Pointer(&ts))))
	return ts.tv_sec, int32(ts.tv_nsec)
}

//go:linkname time_now time.now
func time_now() (sec int64, nsec int32, mono int64) {
	if clockReads >= plainClockReads && vdsoClockgettimeSym == 0 {
		systemstack(findVDSO)
	}
	sec, nsec = walltime()
	return sec, nsec, nanotime()
}
