// Finding work: a thread with a processor that has nothing to run.
//
// It looks at its own queue, the shared one, the poller, and then at the other processors' queues and
// timers. While it does the latter it is spinning: at most half as many threads spin as there are
// busy processors, and whoever makes a goroutine runnable wakes a thread only if none spins. So that
// nothing gets lost between the two, a thread looks once more after it has given up its processor and
// stopped spinning; both sides use sequentially consistent stores and loads.

package runtime

// findRunnable waits until there is a goroutine to run. It returns with a processor.
func findRunnable() (gp *g, inheritTime bool) {
	mp := getg().m
	for {
		pp := mp.p.ptr()
		if sched.gcwaiting.Load() {
			gcstopm()
			continue
		}
		now, pollUntil, _ := checkTimers(pp, 0)
		if gp, inheritTime = findLocal(pp); gp != nil {
			return gp, inheritTime
		}
		if gp = pollNetwork(0); gp != nil {
			return gp, false
		}
		if len(allp) > 1 && (mp.spinning || 2*sched.nmspinning.Load() < gomaxprocs-sched.npidle.Load()) {
			if !mp.spinning {
				mp.spinning = true
				sched.nmspinning.Add(1)
			}
			var until int64
			var again bool
			gp, until, again = stealWork(pp, now)
			if gp != nil {
				return gp, false
			}
			if again {
				continue
			}
			pollUntil = earlier(pollUntil, until)
		}

		// Nothing: give the processor up, and look once more, for what came in between.
		lock(&sched.lock)
		if sched.gcwaiting.Load() || sched.runq.size > 0 {
			unlock(&sched.lock)
			continue
		}
		now = pidleput(releasep(), now)
		unlock(&sched.lock)
		if mp.spinning {
			mp.spinning = false
			if sched.nmspinning.Add(-1) < 0 {
				throw("findRunnable: negative count of spinning threads")
			}
		}
		if pp = recheck(&pollUntil); pp != nil {
			acquirep(pp)
			mp.spinning = true
			sched.nmspinning.Add(1)
			continue
		}
		if gp = sleepInPoller(now, pollUntil); gp != nil {
			return gp, false
		}
		if mp.p == 0 {
			stopm()
		}
	}
}

// timerHooks is what is done for a processor's timers, if it has any; set by the first one (wakeNetPoller).
var timerHooks struct {
	check func(ts *timers, now int64, bubble *synctestBubble) (rnow, pollUntil int64, ran bool)
	take  func(ts, src *timers)
}

// checkTimers runs pp's timers that are due. It returns the time if it had to ask for it or now was given, when the
// next is due, and whether one ran.
func checkTimers(pp *p, now int64) (rnow, pollUntil int64, ran bool) {
	if timerHooks.check == nil {
		return now, 0, false
	}
	return timerHooks.check(&pp.timers, now, nil)
}

func earlier(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// findLocal takes a goroutine of pp's queue or of the shared one.
func findLocal(pp *p) (gp *g, inheritTime bool) {
	// Every now and then the shared queue goes first, or two goroutines that keep readying each
	// other could hold the processor for ever.
	if pp.schedtick%61 == 0 || schedShuffle != 0 && schedRandom()%4 == 0 {
		if gp = globrunqTake(pp, 1); gp != nil {
			return gp, false
		}
	}
	if fingStatus.Load()&(fingWait|fingWake) == fingWait|fingWake {
		if f := wakefing(); f != nil {
			ready(f, 0, true)
		}
	}
	if cleanupHooks.wake != nil && gcCleanups.needsWake() {
		cleanupHooks.wake()
	}
	if schedShuffle != 0 {
		runqShuffle(pp)
	}
	if gp, inheritTime = runqget(pp); gp != nil {
		return gp, inheritTime
	}
	return globrunqTake(pp, len(pp.runq)/2), false
}

// globrunqTake takes a goroutine of the shared queue, and moves up to most of them, or this processor's
// share, to pp's own.
func globrunqTake(pp *p, most int) *g {
	if sched.runq.size == 0 {
		return nil
	}
	lock(&sched.lock)
	gp := globrunqget()
	n := min(int(sched.runq.size)/max(int(gomaxprocs), 1), most-1)
	for ; gp != nil && n > 0; n-- {
		if x := globrunqget(); x != nil {
			runqputTail(pp, x)
		}
	}
	unlock(&sched.lock)
	return gp
}

// stealWork looks for work of other processors. until is when the first of their timers is due; again
// says that a timer ran, or the world is to stop.
func stealWork(pp *p, now int64) (gp *g, until int64, again bool) {
	const rounds = 4
	n := uint32(len(allp))
	for round := range rounds {
		last := round == rounds-1
		start := cheaprandn(n)
		for k := range n {
			if sched.gcwaiting.Load() {
				return nil, until, true
			}
			victim := allp[(start+k)%n]
			if victim == pp {
				continue
			}
			if last {
				t, w, ran := checkTimers(victim, now)
				now = t
				until = earlier(until, w)
				if ran {
					// What it made ready is in our queue, if nobody was faster.
					if gp, _ := runqget(pp); gp != nil {
						return gp, until, false
					}
					again = true
				}
			}
			if gp := runqsteal(pp, victim, last); gp != nil {
				return gp, until, false
			}
		}
	}
	return nil, until, again
}

// recheck looks, without a processor, for what came while the caller gave its up. If there is work it
// returns an idle processor; *until becomes the time of the first timer of all.
func recheck(until *int64) *p {
	work := sched.runq.size > 0
	for i := 0; ; i++ {
		pp := procAt(i)
		if pp == nil {
			break
		}
		work = work || !runqempty(pp)
		*until = earlier(*until, pp.timers.wakeTime())
	}
	if !work {
		return nil
	}
	lock(&sched.lock)
	pp, _ := pidleget(0)
	unlock(&sched.lock)
	return pp
}

// procAt returns processor i, nil if there are not so many. For threads without a processor, which a
// change of the number does not wait for.
func procAt(i int) *p {
	lock(&allpLock)
	var pp *p
	if i < len(allp) {
		pp = allp[i]
	}
	unlock(&allpLock)
	return pp
}

// sleepInPoller waits in the poller, if nobody else does, until the time given (0: for ever). It returns
// a goroutine to run, or nil; then the thread may have a processor or not.
func sleepInPoller(now, until int64) *g {
	mp := getg().m
	if !netpollinited() || !netpollAnyWaiters() && until == 0 {
		return nil
	}
	if sched.lastpoll.Swap(0) == 0 {
		if until != 0 {
			if at := sched.pollUntil.Load(); at == 0 || at > until {
				netpollBreak()
			}
		}
		return nil
	}
	sched.pollUntil.Store(until)
	delay := int64(-1)
	if until != 0 {
		if now == 0 {
			now = nanotime()
		}
		delay = max(until-now, 0)
	}
	list, delta := netpoll(delay)
	sched.pollUntil.Store(0)
	now = nanotime()
	sched.lastpoll.Store(now)
	lock(&sched.lock)
	pp, _ := pidleget(0)
	unlock(&sched.lock)
	if pp == nil {
		// Other threads have all the processors; they take what the poller found.
		injectglist(&list)
		netpollAdjustWaiters(delta)
		return nil
	}
	acquirep(pp)
	if now-monitorHelp.looked > procsEvery && sysmonState.Load() == sysmonAsleep {
		sysmonWake() // a program that waits most of the time would never have the monitor look
	}
	if list.empty() {
		if len(allp) > 1 {
			mp.spinning = true
			sched.nmspinning.Add(1)
		}
		return nil
	}
	gp := list.pop()
	injectglist(&list)
	netpollAdjustWaiters(delta)
	casgstatus(gp, _Gwaiting, _Grunnable)
	return gp
}

// pollNetwork asks the poller for ready goroutines: the first is returned, the others queued.
func pollNetwork(delay int64) *g {
	if !netpollinited() || !netpollAnyWaiters() || sched.lastpoll.Load() == 0 {
		return nil
	}
	list, delta := netpoll(delay)
	if list.empty() {
		return nil
	}
	gp := list.pop()
	injectglist(&list)
	netpollAdjustWaiters(delta)
	casgstatus(gp, _Gwaiting, _Grunnable)
	return gp
}

// pollWork reports whether there is work for a thread that would otherwise sleep.
func pollWork() bool {
	if sched.runq.size > 0 || !runqempty(getg().m.p.ptr()) {
		return true
	}
	if gp := pollNetwork(0); gp != nil {
		list := gList{}
		casgstatus(gp, _Grunnable, _Gwaiting)
		list.push(gp)
		injectglist(&list)
		return true
	}
	return false
}

// injectglist queues goroutines that were waiting (netpoll).
func injectglist(glist *gList) {
	if glist.empty() {
		return
	}
	pp := getg().m.p.ptr()
	for !glist.empty() {
		gp := glist.pop()
		casgstatus(gp, _Gwaiting, _Grunnable)
		if pp != nil {
			runqput(pp, gp, false)
		} else {
			lock(&sched.lock)
			globrunqput(gp)
			unlock(&sched.lock)
		}
	}
	wakep()
}

// wakeNetPoller makes the thread that sleeps in the poller look at the timers again.
//
// It is called for every timer that becomes the first of a processor.
func wakeNetPoller(when int64) {
	if timerHooks.check == nil {
		timerHooks.take = (*timers).take
		timerHooks.check = (*timers).check
	}
	if sched.lastpoll.Load() == 0 {
		until := sched.pollUntil.Load()
		if until == 0 || until > when {
			netpollBreak()
		}
	} else {
		wakep()
	}
}

// Random order of goroutines, for tests: GODEBUG=apussched=SEED. The state is shared and read without a
// lock; a race only makes it more random.
var schedShuffle uint64

func schedRandom() uint32 {
	schedShuffle = schedShuffle*6364136223846793005 + 1442695040888963407
	return uint32(schedShuffle >> 33)
}

// runqShuffle turns pp's queue by a random number of places.
func runqShuffle(pp *p) {
	if gp, next := runqget(pp); gp != nil {
		if !next || schedRandom()%2 == 0 {
			runqputTail(pp, gp)
		} else {
			runqput(pp, gp, true)
		}
	}
	for n := schedRandom() % 8; n > 0; n-- {
		gp, _ := runqget(pp)
		if gp == nil {
			return
		}
		runqputTail(pp, gp)
	}
}
