// Marking by several threads.
//
// The world is stopped while the collector marks, so the processors have nothing else to do: the thread
// that stopped it lends some of them to sleeping threads, which mark until nothing grey is left. A grey
// object is in the buffer of one marker, or in a full buffer on the shared list. A marker without any
// waits for such a buffer; one with many shares when others wait. When all that joined wait, all is
// black. A helper that comes after that has nothing to do.

package runtime

import (
	"internal/goarch"
	"internal/runtime/atomic"
	"internal/runtime/sys"
	"unsafe"
)

// A markBuf holds addresses of grey objects.
type markBuf struct {
	_    sys.NotInHeap
	next *markBuf
	n    uintptr
	objs [markBufObjects]uintptr
}

const (
	markBufObjects = 1022
	markBufChunk   = 64 << 10

	// More threads than this do not mark faster.
	maxMarkers = 32

	// Below this live heap the waking of threads costs more than they bring.
	minParallelMark = 1 << 20
)

// A marker is a thread that marks.
type marker struct {
	_          sys.NotInHeap
	buf        *markBuf
	marked     uintptr // bytes
	stackBytes uintptr
	shared     bool    // others mark too: bits are set atomically
	npointers  uintptr // how many pointers are not looked at yet
	pointers   [markBatch]uintptr
	candidates [markBatch]candidate
	grey       [greyBatch]greyObject // those that are being scanned
	scan       stackScan
}

// markers: the first is the thread that stopped the world. The first cycle makes them.
var markers *[maxMarkers]marker

var marking struct {
	lock    mutex
	full    *markBuf // read without the lock too
	empty   *markBuf
	bytes   uintptr // of all buffers
	joined  int32
	waiting int32
	open    atomic.Bool // helpers may join
	done    atomic.Bool
	nextG   atomic.Uint32 // stacks are claimed in order of creation
}

// getEmpty returns an empty buffer; marking.lock is held.
func getEmpty() *markBuf {
	b := marking.empty
	if b == nil {
		p, err := mmap(nil, markBufChunk, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
		if err != 0 {
			throw("out of memory for marking")
		}
		marking.bytes += markBufChunk
		for off := uintptr(0); off+unsafe.Sizeof(*b) <= markBufChunk; off += unsafe.Sizeof(*b) {
			b = (*markBuf)(add(p, off))
			b.next = marking.empty
			marking.empty = b
		}
	}
	marking.empty = b.next
	b.next = nil
	b.n = 0
	return b
}

func (m *marker) push(base uintptr) {
	b := m.buf
	if b == nil || b.n == markBufObjects {
		lock(&marking.lock)
		if b != nil {
			b.next = marking.full
			atomicstoreBuf(&marking.full, b)
		}
		b = getEmpty()
		m.buf = b
		unlock(&marking.lock)
	}
	b.objs[b.n] = base
	b.n++
}

func atomicstoreBuf(p **markBuf, b *markBuf) {
	atomic.Storeuintptr((*uintptr)(unsafe.Pointer(p)), uintptr(unsafe.Pointer(b)))
}

func anyFull() bool { return atomic.Loaduintptr((*uintptr)(unsafe.Pointer(&marking.full))) != 0 }

// drain scans grey objects until there are none anywhere.
func (m *marker) drain() {
	for {
		n := uintptr(0)
		if b := m.buf; b != nil {
			n = min(b.n, greyBatch)
		}
		if n != 0 {
			m.scanGrey(n)
			if m.shared && atomic.Loadint32(&marking.waiting) > 0 && m.buf.n > 16 && !anyFull() {
				m.share()
			}
		} else if k := m.npointers; k != 0 {
			m.npointers = 0
			m.markPointers(k)
		} else if !m.more() {
			return
		}
	}
}

// scanGrey scans the last n objects of the buffer.
func (m *marker) scanGrey(n uintptr) {
	table, b := uintptr(unsafe.Pointer(mheap_.table)), m.buf
	for k := uintptr(0); k < n; k++ {
		b.n--
		base := *(*uintptr)(add(unsafe.Pointer(&b.objs), b.n*goarch.PtrSize))
		s := &firstSpan
		if off := base - heapBase; off < mheap_.used {
			s = *(**mspan)(unsafe.Pointer(table + off>>pageShift*goarch.PtrSize))
		}
		m.grey[k%greyBatch] = greyObject{base, s}
		sys.Prefetch(uintptr(unsafe.Pointer(s)))
		sys.Prefetch(base)
	}
	for k := uintptr(0); k < n; k++ {
		if o := &m.grey[k%greyBatch]; o.span.ptrBits != nil {
			sys.Prefetch(uintptr(o.span.pointerBits(o.base)))
		}
	}
	for k := uintptr(0); k < n; k++ {
		if o := &m.grey[k%greyBatch]; o.span.ptrBits != nil {
			m.scanWords(o.base, o.span.objectBits(o.base))
		} else {
			m.scanObject(o.base, o.span)
		}
	}
}

// share gives half of the grey objects at hand to a marker that waits.
func (m *marker) share() {
	lock(&marking.lock)
	b := getEmpty()
	n := m.buf.n / 2
	m.buf.n -= n
	memmove(unsafe.Pointer(&b.objs), unsafe.Pointer(&m.buf.objs[m.buf.n]), n*goarch.PtrSize)
	b.n = n
	b.next = marking.full
	atomicstoreBuf(&marking.full, b)
	unlock(&marking.lock)
}

// more gets a full buffer; it reports false when all markers have nothing left.
func (m *marker) more() bool {
	lock(&marking.lock)
	if m.takeFull() {
		unlock(&marking.lock)
		return true
	}
	atomic.Storeint32(&marking.waiting, marking.waiting+1)
	if marking.waiting == marking.joined {
		marking.done.Store(true)
		unlock(&marking.lock)
		return false
	}
	unlock(&marking.lock)
	for i := 0; ; i++ {
		if marking.done.Load() {
			return false
		}
		if anyFull() {
			lock(&marking.lock)
			if m.takeFull() {
				atomic.Storeint32(&marking.waiting, marking.waiting-1)
				unlock(&marking.lock)
				return true
			}
			unlock(&marking.lock)
		}
		if i < 100 {
			procyield(30)
		} else {
			osyield()
		}
	}
}

// takeFull replaces the empty buffer by a full one; marking.lock is held.
func (m *marker) takeFull() bool {
	b := marking.full
	if b == nil {
		return false
	}
	atomicstoreBuf(&marking.full, b.next)
	b.next = nil
	if m.buf != nil {
		m.buf.next = marking.empty
		marking.empty = m.buf
	}
	m.buf = b
	return true
}

// begin makes m a marker of this cycle. It reports false if marking is over.
func (m *marker) begin() bool {
	m.marked, m.stackBytes = 0, 0
	lock(&marking.lock)
	ok := !marking.done.Load()
	if ok {
		marking.joined++
	}
	unlock(&marking.lock)
	return ok
}

// markAll marks everything reachable, with helpers if the heap is worth it.
func markAll() {
	if markers == nil {
		markers = (*[maxMarkers]marker)(persistentalloc(unsafe.Sizeof(*markers), 64, &memstats.otherSys))
	}
	m := &markers[0]
	marking.joined, marking.waiting = 0, 0
	marking.done.Store(false)
	marking.nextG.Store(0)
	m.begin()
	helpers := int32(0)
	if gcController.live.Load() >= minParallelMark || apusDebug.gc != 0 {
		marking.open.Store(true)
		helpers = startHelpers()
	}
	m.shared = helpers > 0
	m.markRoots()
	m.markStacks()
	m.drain()
	m.shared = false
	if helpers > 0 {
		notesleep(&sched.stopnote) // until they gave their processors back
		noteclear(&sched.stopnote)
	}
	marking.open.Store(false)
	for i := range markers {
		work.marked += markers[i].marked
		work.stackBytes += markers[i].stackBytes
		markers[i].marked, markers[i].stackBytes = 0, 0
	}
}

// startHelpers lends processors to sleeping threads; they come to gcstopm at once.
func startHelpers() int32 {
	n := int32(0)
	lock(&sched.lock)
	for _, pp := range allp {
		if pp == getg().m.p.ptr() || n == maxMarkers-1 {
			continue
		}
		mp := mget()
		if mp == nil {
			break
		}
		n++
		pp.status = _Pidle
		mp.nextp.set(pp)
		sched.stopwait = n
		notewakeup(&mp.park)
	}
	unlock(&sched.lock)
	return n
}

// helpMark is what a thread does that got a processor while the world is stopped.
func helpMark() {
	pp := getg().m.p.ptr()
	i := int32(1)
	for k := range pp.id {
		if allp[k] != workProc {
			i++
		}
	}
	m := &markers[i]
	m.shared = true
	if m.begin() {
		m.markStacks()
		m.drain()
	}
}

// workProc is the processor of the thread that collects.
var workProc *p

// markStacks scans the stacks that no other marker has claimed.
func (m *marker) markStacks() {
	const batch = 16
	ptr, n := atomicAllG()
	for {
		i := uintptr(marking.nextG.Add(batch) - batch)
		if i >= n {
			return
		}
		for end := min(i+batch, n); i < end; i++ {
			m.markStack(atomicAllGIndex(ptr, i))
		}
	}
}

// wantHelpers makes threads that can help, before the world stops: a collection of a heap that is worth it
// is work for more than one thread.
func wantHelpers() {
	if gcController.live.Load() < 4*minParallelMark && apusDebug.gc == 0 {
		return
	}
	if !procsReady {
		procsStart()
	}
	mp := acquirem()
	for mcount()-sched.nmsys < min(gomaxprocs, maxMarkers) {
		systemstack(func() { newm(nil, nil, false) })
	}
	releasem(mp)
}
