// The heap's memory: address range, pages, spans.
//
// The heap lives in one address range at a fixed base. Pages of 8 KB are mapped from its low end as
// needed; nothing is reserved. A span is a run of pages with one use: objects of one size class, one
// large object, stacks, or nothing. spanTable maps each page to its span, so an object is found from
// any address inside it in constant time. All metadata lies outside the pages: span records, mark
// bits, allocation bits and pointer masks come from metaAlloc, which never frees but recycles by size.
//
// Before all that there is the first span (mfirst.go), part of the program's data.

package runtime

import (
	"internal/goarch"
	"internal/runtime/atomic"
	"internal/runtime/gc"
	"internal/runtime/sys"
	"unsafe"
)

const (
	pageShift = gc.PageShift
	pageSize  = gc.PageSize

	// The heap's address range. The base lies in the 512 GB that the program's own addresses lie in,
	// which saves page-table pages.
	heapBase  = 0x20_0000_0000
	heapLimit = 0x60_0000_0000
	heapPages = (heapLimit - heapBase) / pageSize

	// maxAlloc bounds every allocation; slices check it before computing sizes.
	maxAlloc = heapLimit - heapBase

	heapAddrBits = 48

	// First growth of the heap, and the steps by which it doubles. Below 2 MB so that a system that
	// gives huge pages always does not give one to a small program.
	growFirst = 256 << 10
	growLast  = 4 << 20

	// minLegalPointer: no pointer value is smaller, except nil.
	minLegalPointer = 4096

	_FixAllocChunk = 256
)

// Page sizes of the machine, for os_linux.go and mem.go.
var (
	physPageSize     uintptr = 4096
	physHugePageSize uintptr = 2 << 20
)

// Uses of a span.
const (
	spanFree = iota
	spanObjects
	spanManual // stacks
	spanMixed  // the first span
)

// A spanClass is a size class, and whether its objects have no pointers.
type spanClass uint8

const (
	numSpanClasses = gc.NumSizeClasses << 1
	tinySpanClass  = spanClass(tinySizeClass<<1 | 1)
)

func makeSpanClass(sizeclass uint8, noscan bool) spanClass {
	return spanClass(sizeclass<<1) | spanClass(bool2int(noscan))
}

//go:nosplit
func (sc spanClass) sizeclass() int8 { return int8(sc >> 1) }

//go:nosplit
func (sc spanClass) noscan() bool { return sc&1 != 0 }

// An mspan describes a run of pages.
type mspan struct {
	_ sys.NotInHeap

	// What marking reads, in one cache line.
	startAddr  uintptr
	objBytes   uintptr // what the objects take; 0 if the span has none
	elemsize   uintptr
	gcmarkBits *gcBits // one bit an object: marked by this collection
	// Pointers in objects: a bit a word for small objects (elemsize <= maxBitmapObject), else a type an
	// object, whose mask repeats every type.Size_.
	ptrBits   *uint64
	types     **_type
	divMul    uint32
	spanclass spanClass
	state     uint8
	needzero  bool // memory may hold old data
	inPartial bool // on its class's list of spans with room
	cached    bool // owned by a processor's cache

	// What allocation uses besides.
	freeindex  uint16 // objects below are allocated (see nextFree)
	nelems     uint16
	allocCount uint16
	countAtGet uint16  // allocCount when the cache took it, for statistics
	allocBits  *gcBits // one bit an object: in use at the last sweep
	allocCache uint64  // complement of allocBits from freeindex &^ 63 on, shifted

	next, prev *mspan // list of free spans, or of a class's partial spans
	npages     uintptr
	released   uintptr // of a free run: so many pages at its end the kernel has back, or never gave

	speciallock mutex
	specials    *special // sorted by offset, then kind
	pinnerBits  *gcBits

	allSpansIndex int32
}

//go:nosplit
func (s *mspan) base() uintptr { return s.startAddr }

func (s *mspan) limit() uintptr { return s.startAddr + s.npages<<pageShift }

// objIndex returns the number of the object that p points into.
//
//go:nosplit
func (s *mspan) objIndex(p uintptr) uintptr {
	off := p - s.startAddr
	if s.state == spanMixed {
		return firstObjectIndex(off)
	}
	return uintptr(uint64(off) * uint64(s.divMul) >> 32)
}

// inUse reports whether object i was allocated and not found dead since. No cache owns s.
func (s *mspan) inUse(i uintptr) bool {
	return s.state == spanMixed || i < uintptr(s.freeindex) || s.allocBits.isSet(i)
}

// ensureSwept is for the day when sweeping is lazy.
func (s *mspan) ensureSwept() {}

// gcBits is the first byte of a bitmap.
type gcBits struct {
	_ sys.NotInHeap
	x uint8
}

//go:nosplit
func (b *gcBits) bytep(n uintptr) *uint8 { return addb(&b.x, n) }

//go:nosplit
func (b *gcBits) bitp(n uintptr) (bytep *uint8, mask uint8) {
	return b.bytep(n / 8), 1 << (n % 8)
}

//go:nosplit
func (b *gcBits) isSet(n uintptr) bool { return *b.bytep(n / 8)>>(n%8)&1 != 0 }

//go:nosplit
func (b *gcBits) set(n uintptr) { *b.bytep(n / 8) |= 1 << (n % 8) }

// word returns the 64 bits from bit 64*n on.
//
//go:nosplit
func (b *gcBits) word(n uintptr) *uint64 {
	return (*uint64)(add(unsafe.Pointer(b), n*8))
}

// newMarkBits returns a zeroed bitmap of n bits, for pinner.go. It lives as long as the process.
func newMarkBits(n uintptr) *gcBits {
	return (*gcBits)(persistentalloc(alignUp(divRoundUp(n, 8), 8), 8, &memstats.gcMiscSys))
}

// An mSpanList is a doubly linked list of spans.
type mSpanList struct {
	first *mspan
}

func (l *mSpanList) insert(s *mspan) {
	s.prev = nil
	s.next = l.first
	if l.first != nil {
		l.first.prev = s
	}
	l.first = s
}

func (l *mSpanList) remove(s *mspan) {
	if s.prev != nil {
		s.prev.next = s.next
	} else {
		l.first = s.next
	}
	if s.next != nil {
		s.next.prev = s.prev
	}
	s.next, s.prev = nil, nil
}

// Free runs of fewer pages than this have a list each.
const freeLists = 128

// mheap is the heap's bookkeeping.
type mheap struct {
	lock mutex

	used uintptr // bytes mapped from heapBase on
	grow uintptr // size of the next growth

	free      [freeLists]mSpanList // by number of pages; [0] holds the long ones
	freeBytes uintptr

	// mscavenge.go: bytes of free runs that the kernel has; what the heap may keep, 0: not known yet; the
	// list where the search for runs to give back goes on.
	released    uintptr
	retain      uintptr
	releaseFrom uintptr

	// All spans in use, for sweeping and statistics. Positions are stable between collections.
	allspans  **mspan
	nspans    int32
	capspans  int32
	spareSpan *mspan // free records, by next

	// nil until the heap's first growth, as table.
	central *[numSpanClasses]central

	// Special records (mspecial.go).
	speciallock            mutex
	specialfinalizeralloc  fixalloc
	specialCleanupAlloc    fixalloc
	specialWeakHandleAlloc fixalloc
	specialPinCounterAlloc fixalloc
	specialBubbleAlloc     fixalloc
	specialsReady          bool
	cleanupID              uint64

	// panic.go asks whether the heap exists.
	cachealloc struct{ size uintptr }

	// The span table, one pointer a page; nil until the heap's first growth.
	table *[heapPages]*mspan

	meta metaAllocator
}

// A central holds the spans of a class with free objects that no cache owns.
type central struct {
	_       sys.NotInHeap
	lock    mutex
	partial mSpanList
}

var mheap_ = mheap{cachealloc: struct{ size uintptr }{1}}

// spanOf returns the span that p lies in, nil if p is not in the heap. The span may be free.
//
//go:nosplit
func spanOf(p uintptr) *mspan {
	if off := p - heapBase; off < mheap_.used {
		return mheap_.table[off>>pageShift]
	}
	if p-firstBase() < firstSize {
		return &firstSpan
	}
	return nil
}

// spanOfHeap is spanOf for spans that hold objects.
//
//go:nosplit
func spanOfHeap(p uintptr) *mspan {
	s := spanOf(p)
	if s == nil || s.state != spanObjects && s.state != spanMixed || p-s.startAddr >= s.npages<<pageShift {
		return nil
	}
	return s
}

// findObject returns the object that p points into: its base, span and number; 0 if there is none. The
// other arguments say where p was found, for a message.
//
//go:nosplit
func findObject(p, refBase, refOff uintptr) (base uintptr, s *mspan, objIndex uintptr) {
	s = spanOfHeap(p)
	if s == nil {
		if imaging.on {
			imageHooks.findObject()
		}
		return 0, nil, 0
	}
	objIndex = s.objIndex(p)
	if s.state == spanMixed {
		base, ok := firstObjectBase(objIndex, p)
		if !ok {
			return 0, nil, 0
		}
		return base, s, objIndex
	}
	if objIndex >= uintptr(s.nelems) {
		return 0, nil, 0
	}
	return s.startAddr + objIndex*s.elemsize, s, objIndex
}

// objectSize returns the size of the object at base.
//
//go:nosplit
func (s *mspan) objectSize(base uintptr) uintptr {
	if s.state == spanMixed {
		return firstObjectSize(base)
	}
	return s.elemsize
}

// allocPages returns a span of n pages in the given state, its metadata unset. lock is held.
func (h *mheap) allocPages(n uintptr, state uint8) *mspan {
	s := h.takeFree(n)
	if s == nil {
		h.growBy(n << pageShift)
		s = h.takeFree(n)
	}
	rest := s.npages - n
	s.npages = n
	s.state = state
	s.objBytes = 0
	s.freeindex = 0
	released := s.released
	s.released = 0
	for i := uintptr(0); i < n; i++ {
		h.table[(s.startAddr-heapBase)>>pageShift+i] = s
	}
	if rest > 0 {
		// Only now: putFree looks at the page before.
		t := h.newSpan(s.startAddr+n<<pageShift, rest)
		t.needzero = s.needzero
		t.released = min(released, rest)
		h.putFree(t)
	}
	return s
}

// takeFree unlinks the smallest free run of at least n pages.
func (h *mheap) takeFree(n uintptr) *mspan {
	var best *mspan
	if n < freeLists {
		for i := n; i < freeLists; i++ {
			if best = h.free[i].first; best != nil {
				break
			}
		}
	}
	if best == nil {
		for s := h.free[0].first; s != nil; s = s.next {
			if s.npages >= n && (best == nil || s.npages < best.npages ||
				s.npages == best.npages && s.startAddr < best.startAddr) {
				best = s
			}
		}
	}
	if best != nil {
		h.unlinkFree(best)
	}
	return best
}

func (h *mheap) unlinkFree(s *mspan) {
	h.free[freeListOf(s.npages)].remove(s)
	h.freeBytes -= s.npages << pageShift
	h.released -= s.released << pageShift
}

func freeListOf(npages uintptr) uintptr {
	if npages < freeLists {
		return npages
	}
	return 0
}

// putFree makes s free, joined with free neighbours. lock is held.
func (h *mheap) putFree(s *mspan) {
	s.state = spanFree
	s.objBytes = 0
	first := (s.startAddr - heapBase) >> pageShift
	if first > 0 {
		if t := h.table[first-1]; t != nil && t.state == spanFree {
			h.unlinkFree(t)
			t.join(s)
			t.needzero = t.needzero || s.needzero
			h.dropSpan(s)
			s = t
			first = (s.startAddr - heapBase) >> pageShift
		}
	}
	if end := first + s.npages; end<<pageShift < h.used {
		if t := h.table[end]; t != nil && t.state == spanFree {
			h.unlinkFree(t)
			s.join(t)
			s.needzero = s.needzero || t.needzero
			h.dropSpan(t)
		}
	}
	// Only the ends of a free run are looked up.
	h.table[first] = s
	h.table[first+s.npages-1] = s
	h.free[freeListOf(s.npages)].insert(s)
	h.freeBytes += s.npages << pageShift
	h.released += s.released << pageShift
}

// join makes the free run t, which follows s, a part of s. If t keeps pages, those of s that were given back
// count as kept from now on.
func (s *mspan) join(t *mspan) {
	if t.released == t.npages {
		s.released += t.npages
	} else {
		s.released = t.released
	}
	s.npages += t.npages
}

// growBy maps at least n bytes more. lock is held.
func (h *mheap) growBy(n uintptr) {
	if h.table == nil {
		const size = heapPages * goarch.PtrSize
		p, err := mmap(nil, size+unsafe.Sizeof(*h.central), _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE|mapNoReserve, -1, 0)
		if err != 0 {
			throw("cannot map the heap's span table")
		}
		h.table = (*[heapPages]*mspan)(p)
		h.central = (*[numSpanClasses]central)(add(p, size))
		h.grow = growFirst
	}
	size := max(h.grow, alignUp(n, physPageSize))
	size = alignUp(size, pageSize)
	if h.used+size > maxAlloc {
		size = alignUp(n, pageSize)
	}
	addr := heapBase + h.used
	if h.used+size > maxAlloc || size < n {
		throw("out of memory")
	}
	if total := int64(h.used - h.released + h.meta.bytes + size); gcController.ready && total > gcController.limit {
		h.release(uintptr(total - gcController.limit))
	}
	p, err := mmap(unsafe.Pointer(uintptr(addr)), size, _PROT_READ|_PROT_WRITE,
		_MAP_ANON|_MAP_PRIVATE|mapFixedNoReplace, -1, 0)
	if err != 0 || uintptr(p) != addr {
		if err == _ENOMEM {
			throw("out of memory")
		}
		throw("the heap's address range is in use")
	}
	memstats.heapSys += size
	h.used += size
	if h.grow < growLast {
		h.grow *= 2
	}
	s := h.newSpan(addr, size>>pageShift)
	s.released = s.npages
	h.putFree(s)
}

const (
	mapNoReserve      = 0x4000
	mapFixedNoReplace = 0x100000
)

// newSpan returns a record; recycled ones keep nothing.
func (h *mheap) newSpan(addr, npages uintptr) *mspan {
	s := h.spareSpan
	if s != nil {
		h.spareSpan = s.next
		*s = mspan{}
	} else {
		s = (*mspan)(h.meta.alloc(unsafe.Sizeof(mspan{})))
	}
	s.startAddr = addr
	s.npages = npages
	return s
}

func (h *mheap) dropSpan(s *mspan) {
	s.next = h.spareSpan
	h.spareSpan = s
}

// register puts s on the list of all spans with objects. lock is held.
func (h *mheap) register(s *mspan) {
	if h.nspans == h.capspans {
		n := max(h.capspans*2, 512)
		p := (**mspan)(h.meta.alloc(uintptr(n) * goarch.PtrSize))
		memmove(unsafe.Pointer(p), unsafe.Pointer(h.allspans), uintptr(h.nspans)*goarch.PtrSize)
		h.meta.release(unsafe.Pointer(h.allspans), uintptr(h.capspans)*goarch.PtrSize)
		h.allspans = p
		h.capspans = n
	}
	s.allSpansIndex = h.nspans
	*h.spanAt(h.nspans) = s
	h.nspans++
}

// unregister takes s off that list; the last span takes its place.
func (h *mheap) unregister(s *mspan) {
	h.nspans--
	last := *h.spanAt(h.nspans)
	last.allSpansIndex = s.allSpansIndex
	*h.spanAt(s.allSpansIndex) = last
}

func (h *mheap) spanAt(i int32) **mspan {
	return (**mspan)(add(unsafe.Pointer(h.allspans), uintptr(i)*goarch.PtrSize))
}

// allocSpan makes a span for objects of a class (sizeclass 0: one object of size bytes).
func (h *mheap) allocSpan(sc spanClass, size uintptr) *mspan {
	npages := uintptr(0)
	elemsize := size
	if sc.sizeclass() != 0 {
		elemsize = uintptr(gc.SizeClassToSize[sc.sizeclass()])
		npages = uintptr(gc.SizeClassToNPages[sc.sizeclass()])
	} else {
		npages = (size + pageSize - 1) >> pageShift
		elemsize = npages << pageShift
	}
	lock(&h.lock)
	s := h.allocPages(npages, spanObjects)
	s.spanclass = sc
	s.elemsize = elemsize
	s.allocCount = 0
	s.freeindex = 0
	s.specials = nil
	s.pinnerBits = nil
	if sc.sizeclass() == 0 {
		s.nelems = 1
		s.divMul = 0
	} else {
		s.nelems = uint16(npages << pageShift / elemsize)
		s.divMul = gc.SizeClassToDivMagic[sc.sizeclass()]
	}
	s.allocMeta(h)
	s.objBytes = uintptr(s.nelems) * elemsize
	s.allocCache = ^uint64(0)
	h.register(s)
	unlock(&h.lock)
	return s
}

// freeSpan makes the pages of a span without objects free. lock is held.
func (h *mheap) freeSpan(s *mspan) {
	h.unregister(s)
	s.freeMeta(h)
	s.needzero = true
	h.putFree(s)
}

// bitmapBytes is the size of each of the span's two object bitmaps.
func (s *mspan) bitmapBytes() uintptr { return alignUp(uintptr(s.nelems), 64) / 8 }

func (s *mspan) usesPtrBits() bool { return !s.spanclass.noscan() && s.elemsize <= maxBitmapObject }

func (s *mspan) usesTypes() bool { return !s.spanclass.noscan() && s.elemsize > maxBitmapObject }

func (s *mspan) allocMeta(h *mheap) {
	n := s.bitmapBytes()
	s.allocBits = (*gcBits)(h.meta.alloc(n))
	s.gcmarkBits = (*gcBits)(h.meta.alloc(n))
	if s.usesPtrBits() {
		s.ptrBits = (*uint64)(h.meta.alloc(s.npages << pageShift / goarch.PtrSize / 8))
	} else if s.usesTypes() {
		s.types = (**_type)(h.meta.alloc(uintptr(s.nelems) * goarch.PtrSize))
	}
}

func (s *mspan) freeMeta(h *mheap) {
	n := s.bitmapBytes()
	h.meta.release(unsafe.Pointer(s.allocBits), n)
	h.meta.release(unsafe.Pointer(s.gcmarkBits), n)
	if s.ptrBits != nil {
		h.meta.release(unsafe.Pointer(s.ptrBits), s.npages<<pageShift/goarch.PtrSize/8)
	}
	if s.types != nil {
		h.meta.release(unsafe.Pointer(s.types), uintptr(s.nelems)*goarch.PtrSize)
	}
	s.allocBits, s.gcmarkBits, s.ptrBits, s.types = nil, nil, nil, nil
}

// allocStackPages lends size bytes for stacks.
func allocStackPages(size uintptr) uintptr {
	h := &mheap_
	lock(&h.lock)
	s := h.allocPages((size+pageSize-1)>>pageShift, spanManual)
	unlock(&h.lock)
	atomic.Xadduintptr(&stackPool.sys, s.npages<<pageShift)
	return s.startAddr
}

func freeStackPages(addr, size uintptr) {
	h := &mheap_
	lock(&h.lock)
	s := spanOf(addr)
	atomic.Xadduintptr(&stackPool.sys, -(s.npages << pageShift))
	s.needzero = true
	h.putFree(s)
	unlock(&h.lock)
}

// A metaAllocator hands out zeroed memory for metadata, in sizes rounded up to a power of two, and takes
// it back.
type metaAllocator struct {
	chunk, end uintptr
	free       [metaOrders]*metaBlock
	bytes      uintptr
}

const (
	metaMinShift = 4
	metaOrders   = 32
	metaChunk    = 64 << 10
	cacheLine    = 64
)

type metaBlock struct {
	_    sys.NotInHeap
	next *metaBlock
}

func metaOrder(n uintptr) uintptr {
	o := uintptr(0)
	for uintptr(1)<<(metaMinShift+o) < n {
		o++
	}
	return o
}

func (m *metaAllocator) alloc(n uintptr) unsafe.Pointer {
	o := metaOrder(n)
	size := uintptr(1) << (metaMinShift + o)
	if b := m.free[o]; b != nil {
		m.free[o] = b.next
		memclrNoHeapPointers(unsafe.Pointer(b), size)
		return unsafe.Pointer(b)
	}
	if size >= cacheLine {
		m.chunk = min(alignUp(m.chunk, cacheLine), m.end)
	}
	if m.end-m.chunk < size {
		chunk := max(uintptr(metaChunk), size)
		p, err := mmap(nil, chunk, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
		if err != 0 {
			throw("out of memory for the heap's metadata")
		}
		m.bytes += chunk
		m.chunk = uintptr(p)
		m.end = m.chunk + chunk
	}
	p := m.chunk
	m.chunk += size
	return unsafe.Pointer(p)
}

func (m *metaAllocator) release(p unsafe.Pointer, n uintptr) {
	if p == nil {
		return
	}
	o := metaOrder(n)
	b := (*metaBlock)(p)
	b.next = m.free[o]
	m.free[o] = b
}
