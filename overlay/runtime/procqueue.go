// Run queues, lists of goroutines, and sets of processors.
//
// A processor's queue is a ring of 256 that its owner fills at the tail; head and tail only grow. The
// head moves by compare-and-swap, so that other processors may take from it. runnext is the goroutine
// made ready last: it runs next and inherits the time slice. What does not fit goes to sched.runq.

package runtime

import "internal/runtime/atomic"

// runqempty may be asked about another's queue. A goroutine may move from runnext to the tail in between:
// then the tail has changed.
func runqempty(pp *p) bool {
	for {
		h := atomic.Load(&pp.runqhead)
		t := atomic.Load(&pp.runqtail)
		next := atomic.Loaduintptr((*uintptr)(&pp.runnext))
		if t == atomic.Load(&pp.runqtail) {
			return h == t && next == 0
		}
	}
}

func runqput(pp *p, gp *g, next bool) {
	if next {
		old := pp.runnext
		for !pp.runnext.cas(old, gp.guintptr()) {
			old = pp.runnext
		}
		if old == 0 {
			return
		}
		gp = old.ptr()
	}
	h := atomic.LoadAcq(&pp.runqhead)
	t := pp.runqtail
	if t-h < uint32(len(pp.runq)) {
		pp.runq[t%uint32(len(pp.runq))].set(gp)
		atomic.StoreRel(&pp.runqtail, t+1)
		return
	}
	runqputslow(pp, gp)
}

// runqputTail is runqput for a queue that is known to have room: sched.lock may be held.
func runqputTail(pp *p, gp *g) {
	t := pp.runqtail
	if t-atomic.LoadAcq(&pp.runqhead) >= uint32(len(pp.runq)) {
		throw("runqputTail: queue is full")
	}
	pp.runq[t%uint32(len(pp.runq))].set(gp)
	atomic.StoreRel(&pp.runqtail, t+1)
}

// runqsteal moves half of victim's queue to pp's, which is empty, and returns one of them. next allows it
// to take the goroutine that victim would run next.
func runqsteal(pp, victim *p, next bool) *g {
	size := uint32(len(pp.runq))
	t := pp.runqtail
	for {
		h := atomic.LoadAcq(&victim.runqhead)
		n := atomic.LoadAcq(&victim.runqtail) - h
		n -= n / 2
		if n > size/2 {
			continue // head and tail were read at different times
		}
		if n == 0 {
			x := victim.runnext
			if !next || x == 0 {
				return nil
			}
			if victim.status == _Prunning {
				// The goroutine that readied it is likely about to park, and then x runs where its data
				// is. Taking it at once would move pairs that talk to each other all the time.
				usleep(3)
			}
			if victim.runnext.cas(x, 0) {
				return x.ptr()
			}
			continue
		}
		for i := range n {
			pp.runq[(t+i)%size] = victim.runq[(h+i)%size]
		}
		if atomic.CasRel(&victim.runqhead, h, h+n) {
			if n > 1 {
				atomic.StoreRel(&pp.runqtail, t+n-1)
			}
			return pp.runq[(t+n-1)%size].ptr()
		}
	}
}

// runqputslow moves half of a full queue, and gp, to the shared queue.
func runqputslow(pp *p, gp *g) {
	lock(&sched.lock)
	for n := len(pp.runq) / 2; n > 0; n-- {
		h := atomic.LoadAcq(&pp.runqhead)
		if h == pp.runqtail {
			break
		}
		x := pp.runq[h%uint32(len(pp.runq))].ptr()
		if atomic.CasRel(&pp.runqhead, h, h+1) {
			globrunqput(x)
		}
	}
	globrunqput(gp)
	unlock(&sched.lock)
}

func runqget(pp *p) (gp *g, inheritTime bool) {
	if next := pp.runnext; next != 0 && pp.runnext.cas(next, 0) {
		return next.ptr(), true
	}
	for {
		h := atomic.LoadAcq(&pp.runqhead)
		if h == pp.runqtail {
			return nil, false
		}
		x := pp.runq[h%uint32(len(pp.runq))].ptr()
		if atomic.CasRel(&pp.runqhead, h, h+1) {
			return x, false
		}
	}
}

// The shared queue; sched.lock is held.

func globrunqput(gp *g)     { sched.runq.pushBack(gp) }
func globrunqputhead(gp *g) { sched.runq.push(gp) }
func globrunqget() *g       { return sched.runq.pop() }

// A gQueue is a queue of goroutines linked by schedlink.
type gQueue struct {
	head guintptr
	tail guintptr
	size int32
}

func (q *gQueue) empty() bool { return q.head == 0 }

func (q *gQueue) push(gp *g) {
	gp.schedlink = q.head
	q.head.set(gp)
	if q.tail == 0 {
		q.tail.set(gp)
	}
	q.size++
}

func (q *gQueue) pushBack(gp *g) {
	gp.schedlink = 0
	if q.tail != 0 {
		q.tail.ptr().schedlink.set(gp)
	} else {
		q.head.set(gp)
	}
	q.tail.set(gp)
	q.size++
}

func (q *gQueue) pushBackAll(q2 gQueue) {
	for !q2.empty() {
		q.pushBack(q2.pop())
	}
}

func (q *gQueue) pop() *g {
	gp := q.head.ptr()
	if gp == nil {
		return nil
	}
	q.head = gp.schedlink
	if q.head == 0 {
		q.tail = 0
	}
	q.size--
	return gp
}

func (q *gQueue) popList() gList {
	l := gList{q.head, q.size}
	*q = gQueue{}
	return l
}

// A gList is a stack of goroutines linked by schedlink.
type gList struct {
	head guintptr
	size int32
}

func (l *gList) empty() bool { return l.head == 0 }

func (l *gList) push(gp *g) {
	gp.schedlink = l.head
	l.head.set(gp)
	l.size++
}

func (l *gList) pushAll(q gQueue) {
	for !q.empty() {
		l.push(q.pop())
	}
}

func (l *gList) pop() *g {
	gp := l.head.ptr()
	if gp != nil {
		l.head = gp.schedlink
		l.size--
	}
	return gp
}

// A pMask is a set of processors, read and written atomically.
type pMask []uint32

func (m pMask) read(id uint32) bool { return atomic.Load(&m[id/32])&(1<<(id%32)) != 0 }
func (m pMask) set(id int32)        { atomic.Or(&m[id/32], 1<<(uint32(id)%32)) }
func (m pMask) clear(id int32)      { atomic.And(&m[id/32], ^uint32(1<<(uint32(id)%32))) }
