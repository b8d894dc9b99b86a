// GOMAXPROCS and the number of processors.
//
// The number is read from the kernel when first asked for; one processor runs goroutines for now, so
// the setting is only remembered.

package runtime

import "unsafe"

// coresSeen is the number of cores the process may use, 0 until asked for.
var coresSeen int32

func cores() int32 {
	if imaging.on {
		return imageCores()
	}
	if coresSeen == 0 {
		var set [1024]byte
		r := sched_getaffinity(0, unsafe.Sizeof(set), (*byte)(noescape(unsafe.Pointer(&set[0]))))
		n := int32(0)
		for i := int32(0); i < r; i++ {
			for b := set[i]; b != 0; b &= b - 1 {
				n++
			}
		}
		coresSeen = max(n, 1)
	}
	return coresSeen
}

// gomaxprocsSet is the value set by GOMAXPROCS, 0: none.
var gomaxprocsSet int32

func defaultProcs() int32 {
	if n, ok := parseDecimal(gogetenv("GOMAXPROCS")); ok && n > 0 {
		return n
	}
	return cores()
}

// GOMAXPROCS sets the maximum number of CPUs that can be executing simultaneously and returns the
// previous setting. If n < 1, it does not change the current setting.
func GOMAXPROCS(n int) int {
	lock(&sched.lock)
	old := gomaxprocsSet
	if old == 0 {
		old = defaultProcs()
		gomaxprocsSet = old
	}
	if n > 0 {
		gomaxprocsSet = int32(n)
		sched.customGOMAXPROCS = true
	}
	unlock(&sched.lock)
	return int(old)
}

// SetDefaultGOMAXPROCS updates the GOMAXPROCS setting to the runtime default.
func SetDefaultGOMAXPROCS() {
	lock(&sched.lock)
	gomaxprocsSet = defaultProcs()
	sched.customGOMAXPROCS = false
	unlock(&sched.lock)
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
