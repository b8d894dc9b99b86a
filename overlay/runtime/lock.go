// The runtime's own mutual exclusion.
//
// A lock is one word: free, held, or held with sleepers (Drepper, "Futexes are tricky", the third
// mutex). Holding one keeps the goroutine on its thread (m.locks). Before a second thread exists a
// lock is one uncontended exchange.

package runtime

import (
	"internal/runtime/atomic"
	"unsafe"
)

const (
	lockFree     = 0
	lockHeld     = 1
	lockSleepers = 2

	// Spins before sleeping, and pauses per spin. sync.Mutex uses them too.
	active_spin     = 4
	active_spin_cnt = 30

	// What a held lock adds to m.locks: more than any nesting of acquirem, so that lockrank_off.go and
	// mprof.go can tell the two apart.
	mutexMLocksDelta = 16
)

// itabsReady says that iface.go's hash table has the linker's itabs.
var itabsReady bool

// mWaitList is a field of m; our locks keep no list of waiters.
type mWaitList struct{}

//go:nosplit
func lockWord(l *mutex) *uint32 { return (*uint32)(unsafe.Pointer(&l.key)) }

func mutexContended(l *mutex) bool { return atomic.Load(lockWord(l)) == lockSleepers }

// enterItabs puts the linker's itabs into the hash table of iface.go: getitab is about to make one that
// the linker may have made already.
//
// Yes to write barriers below callers that may have none: those do not lock itabLock.
//
//go:yeswritebarrierrec
func enterItabs() {
	itabsReady = true
	itabsinit()
}

// lock2 is what lockWithRank calls.
func lock2(l *mutex) { lock(l) }

func lock(l *mutex) {
	if l == &itabLock && !itabsReady {
		enterItabs()
	}
	mp := getg().m
	if mp.locks < 0 {
		throw("lock: negative count of held locks")
	}
	mp.locks += mutexMLocksDelta
	w := lockWord(l)
	if atomic.Cas(w, lockFree, lockHeld) {
		return
	}
	for i := 0; i < active_spin && numCPUStartup > 1; i++ {
		procyield(active_spin_cnt)
		if atomic.Load(w) == lockFree && atomic.Cas(w, lockFree, lockHeld) {
			return
		}
	}
	for atomic.Xchg(w, lockSleepers) != lockFree {
		futexsleep(w, lockSleepers, -1)
	}
}

// unlock2 is what unlockWithRank calls.
func unlock2(l *mutex) { unlock(l) }

// No write barriers: the scheduler unlocks without a P.
//
//go:nowritebarrier
func unlock(l *mutex) {
	w := lockWord(l)
	switch atomic.Xchg(w, lockFree) {
	case lockFree:
		throw("unlock of unlocked lock")
	case lockSleepers:
		futexwakeup(w, 1)
	}
	gp := getg()
	gp.m.locks -= mutexMLocksDelta
	if gp.m.locks < 0 {
		throw("unlock: negative count of held locks")
	}
	if gp.m.locks == 0 && gp.preempt { // a request that newstack put off
		gp.stackguard0 = stackPreempt
	}
}
