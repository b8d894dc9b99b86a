// The monitor: a thread without a processor that notices what no other thread can.
//
// It is started when a goroutine becomes runnable while another runs, and by the first system call that
// has a goroutine, a timer or a poller's waiter behind it. It sleeps again when neither is the case, and no
// memory is to be given back (mscavenge.go).

package runtime

import (
	"internal/runtime/atomic"
	"unsafe"
)

// sysmonState: 0 not started, 1 running, 2 asleep on sched.sysmonnote.
var sysmonState atomic.Uint32

const (
	sysmonNone    = 0
	sysmonRunning = 1
	sysmonAsleep  = 2
)

// Microseconds between looks: at first often, then less.
const (
	sysmonShortest = 20
	sysmonLongest  = 10000
)

// preemptAfter is a goroutine's time slice in ns while others wait.
const preemptAfter = 10e6

// sysmontick is a field of p: what the monitor saw last.
type sysmontick struct {
	schedtick   uint32
	syscalltick uint32
	schedwhen   int64
	syscallwhen int64
}

// sysmonWanted reports whether a system call that keeps pp may keep others waiting while the monitor is
// not looking.
//
//go:nosplit
func sysmonWanted(pp *p) bool {
	if g0.sched.sp == 0 && netpollInited.Load() == 0 {
		// No goroutine was ever made, and no timer, which starts the poller: spare the page of the run queue.
		return false
	}
	if sysmonState.Load() == sysmonRunning {
		return false
	}
	return pp.runqhead != pp.runqtail || pp.runnext != 0 || sched.runq.size > 0 || len(pp.timers.heap) > 0 ||
		netpollInited.Load() != 0 && netpollAnyWaiters()
}

// sysmonPoke is called by a thread with a processor, holding no locks, after it made something runnable.
func sysmonPoke() {
	if sysmonState.Load() == sysmonRunning {
		return
	}
	if sysmonBehind(getg().m.p.ptr()) {
		sysmonWake()
	}
}

func sysmonWake() {
	lock(&sched.lock)
	state := sysmonState.Load()
	if state == sysmonRunning {
		unlock(&sched.lock) // another thread was faster
		return
	}
	sysmonState.Store(sysmonRunning)
	if state == sysmonAsleep {
		notewakeup(&sched.sysmonnote) // under the lock: see sysmon
	}
	unlock(&sched.lock)
	if state == sysmonNone {
		systemstack(func() {
			run := helpMonitor
			fn := *(**funcval)(unsafe.Pointer(&run))
			monitorHelp.g.set(newproc1(fn, getg(), 0, true, waitReasonForceGCIdle))
			monitorHelp.idle.Store(1)
		})
		newm(sysmon, nil, false)
	}
}

// sysmon runs without a processor: no allocation, no write barriers.
//
//go:nowritebarrierrec
func sysmon() {
	// Only now, when the thread is counted itself: checkdead would take the difference for a deadlock.
	lock(&sched.lock)
	sched.nmsys++
	checkdead()
	unlock(&sched.lock)
	delay := uint32(sysmonShortest)
	idle := 0
	looked := nanotime()
	for {
		usleep(delay)
		busy := false
		if debug.schedtrace > 0 {
			schedTraceTick()
			idle = min(idle, 55) // never asleep
		}
		if now := nanotime(); now-looked >= sysmonLongest*1000 {
			busy = scavenge(now) || needHelp(now)
			looked = now
		}
		if retake() {
			idle = 0
			delay = sysmonShortest
			continue
		}
		if apusDebug.preempt != 0 {
			continue
		}
		idle++
		if idle > 50 {
			delay = min(delay*2, sysmonLongest)
		}
		if idle < 60 {
			continue
		}
		lock(&sched.lock)
		if busy || anyoneWaits() {
			unlock(&sched.lock)
			continue
		}
		// Sleep until woken, and wake from time to time once something has been collected: see needHelp. Who
		// wakes the monitor changes its state and signals the note under the lock, so if the time is up the
		// state says whether the note is used.
		noteclear(&sched.sysmonnote)
		sysmonState.Store(sysmonAsleep)
		unlock(&sched.lock)
		sleep := int64(-1)
		if work.cycles.Load() != 0 && gcController.percent >= 0 {
			sleep = collectAfter / 2
		}
		notetsleep(&sched.sysmonnote, sleep)
		lock(&sched.lock)
		sysmonState.Store(sysmonRunning)
		unlock(&sched.lock)
		delay = sysmonShortest
		idle = 0
	}
}

// anyoneWaits reports whether a system call holds a processor, or a running goroutine keeps others from
// one.
func anyoneWaits() bool {
	for i := 0; ; i++ {
		pp := procAt(i)
		if pp == nil {
			return false
		}
		if mp := pp.m.ptr(); mp != nil {
			if gp := mp.curg; gp != nil && readgstatus(gp)&^_Gscan == _Gsyscall || sysmonBehind(pp) {
				return true
			}
		}
	}
}

// retake gives to others the processors of system calls that have lasted for a whole look, and asks
// goroutines that have run for 10 ms to yield. It reports whether it took one.
func retake() bool {
	took := false
	now := nanotime()
	for i := 0; ; i++ {
		pp := procAt(i)
		if pp == nil {
			break
		}
		mp := pp.m.ptr()
		if mp == nil {
			continue
		}
		gp := mp.curg
		t := &pp.sysmontick
		if gp != nil && readgstatus(gp) == _Gsyscall {
			if t.syscalltick != pp.syscalltick {
				t.syscalltick = pp.syscalltick
				t.syscallwhen = now
				continue
			}
			if !sysmonBehind(pp) {
				continue
			}
			// The monitor counts as running while it holds a processor: the thread that loses it may come back at
			// once, sleep, and would find nobody awake.
			incidlelocked(-1)
			if takeFromSyscall(pp) {
				handoffp(pp)
				took = true
			}
			incidlelocked(1)
			continue
		}
		if t.schedtick != pp.schedtick {
			t.schedtick = pp.schedtick
			t.schedwhen = now
		} else if now-t.schedwhen > preemptAfter && gp != nil && sysmonBehind(pp) {
			preemptone(pp)
		}
		if apusDebug.preempt != 0 {
			preemptone(pp)
		}
	}
	return took || pollForBusy(now)
}

// pollForBusy asks the poller when all processors have been too busy to do so for 10 ms.
func pollForBusy(now int64) bool {
	last := sched.lastpoll.Load()
	if last == 0 || !netpollinited() || !netpollAnyWaiters() || last+10e6 > now ||
		!sched.lastpoll.CompareAndSwap(last, now) {
		return false
	}
	list, delta := netpoll(0)
	if list.empty() {
		return false
	}
	incidlelocked(-1) // as in retake: the list's goroutines are runnable and nobody may be awake
	injectglist(&list)
	incidlelocked(1)
	netpollAdjustWaiters(delta)
	return true
}

func sysmonBehind(pp *p) bool {
	return !runqempty(pp) || sched.runq.size > 0 || len(pp.timers.heap) > 0 ||
		netpollinited() && netpollAnyWaiters() || sched.gcwaiting.Load()
}
