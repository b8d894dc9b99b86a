// Sweeping: settling the specials of objects that died, and making their memory free again.

package runtime

import (
	"internal/abi"
	"internal/runtime/sys"
	"unsafe"
)

// marked reports whether the object with number i of s is reachable.
func (s *mspan) marked(i uintptr) bool {
	if s.state == spanMixed {
		return firstHeap.mark[i/64]>>(i%64)&1 != 0
	}
	return s.gcmarkBits.isSet(i)
}

// settleSpecials acts on the specials of dead objects. An object with a finalizer is revived for it:
// its weak handles are cleared, its other specials stay. Any other dead object loses all.
func settleSpecials() {
	settleSpan(&firstSpan)
	for i := int32(0); i < mheap_.nspans; i++ {
		if s := *mheap_.spanAt(i); s.specials != nil {
			settleSpan(s)
		}
	}
	m := &markers[0]
	marking.joined, marking.waiting = 1, 0
	m.drain()
	work.marked += m.marked
	m.marked = 0
}

func settleSpan(s *mspan) {
	link := &s.specials
	for *link != nil {
		x := *link
		base, _, i := findObject(s.base()+x.offset, 0, 0)
		if base == 0 || s.marked(i) {
			link = &x.next
			continue
		}
		// All specials of this object follow each other.
		end := base - s.base() + s.objectSize(base)
		finalizer := false
		for y := x; y != nil && y.offset < end; y = y.next {
			if y.kind == _KindSpecialFinalizer {
				finalizer = true
			}
		}
		for *link != nil && (*link).offset < end {
			y := *link
			if finalizer && y.kind != _KindSpecialFinalizer && y.kind != _KindSpecialWeakHandle {
				link = &y.next
				continue
			}
			*link = y.next
			settle(s, y)
		}
		if finalizer {
			markers[0].markObject(base, s, i)
		}
	}
}

// settle acts on one special, already off its list.
func settle(s *mspan, x *special) {
	p := unsafe.Pointer(s.base() + x.offset)
	h := &mheap_
	switch x.kind {
	case _KindSpecialFinalizer:
		f := (*specialfinalizer)(unsafe.Pointer(x))
		phase := gcphase
		gcphase = _GCoff // queuefinalizer insists
		queuefinalizer(p, f.fn, f.nret, f.fint, f.ot)
		gcphase = phase
		freeSpecialRecord(&h.specialfinalizeralloc, unsafe.Pointer(f))
	case _KindSpecialWeakHandle:
		w := (*specialWeakHandle)(unsafe.Pointer(x))
		w.handle.Store(0)
		freeSpecialRecord(&h.specialWeakHandleAlloc, unsafe.Pointer(w))
	case _KindSpecialCleanup:
		c := (*specialCleanup)(unsafe.Pointer(x))
		cleanupHooks.enqueue(c.cleanup)
		freeSpecialRecord(&h.specialCleanupAlloc, unsafe.Pointer(c))
	case _KindSpecialBubble:
		freeSpecialRecord(&h.specialBubbleAlloc, unsafe.Pointer(x))
	case _KindSpecialProfile:
		if fn := heapProfileMethod(3); fn != nil {
			(*(*func(_, b unsafe.Pointer))(unsafe.Pointer(&fn)))(nil, unsafe.Pointer((*specialProfile)(unsafe.Pointer(x)).b))
		}
	case _KindSpecialPinCounter:
		throw("settle: pinned object is dead")
	}
}

// sweepAll frees the unmarked objects of all spans.
func sweepAll() {
	h := &mheap_
	lock(&h.lock)
	for i := int32(0); i < h.nspans; {
		s := *h.spanAt(i)
		if s.sweep(h) {
			i++
		}
		// Else the list's last span is now at i.
	}
	unlock(&h.lock)
}

// sweep makes the marks the new allocation bits. It reports false if the span is gone.
func (s *mspan) sweep(h *mheap) bool {
	words := (uintptr(s.nelems) + 63) / 64
	live := 0
	for w := uintptr(0); w < words; w++ {
		live += sys.OnesCount64(*s.gcmarkBits.word(w))
	}
	freed := int(s.allocCount) - live
	if freed < 0 {
		print("runtime: span of ", s.elemsize, "-byte objects: ", live, " marked, ", s.allocCount, " allocated\n")
		throw("sweep: more objects marked than allocated")
	}
	if freed > 0 {
		s.needzero = true
		if debug.clobberfree != 0 || apusDebug.gc != 0 {
			s.clobberDead()
		}
		if class := s.spanclass.sizeclass(); class != 0 {
			heapStats.nfree[class] += uint64(freed)
		} else {
			heapStats.largeFreed++
			heapStats.largeFree += uint64(s.elemsize)
		}
	}
	ctr := &h.central[s.spanclass]
	if live == 0 {
		if s.inPartial {
			ctr.partial.remove(s)
			s.inPartial = false
		}
		h.freeSpan(s)
		return false
	}
	s.allocBits, s.gcmarkBits = s.gcmarkBits, s.allocBits
	memclrNoHeapPointers(unsafe.Pointer(s.gcmarkBits), s.bitmapBytes())
	s.allocCount = uint16(live)
	s.countAtGet = s.allocCount
	s.freeindex = 0
	s.allocCache = ^*s.allocBits.word(0)
	if live < int(s.nelems) && !s.inPartial && s.spanclass.sizeclass() != 0 {
		ctr.partial.insert(s)
		s.inPartial = true
	}
	return true
}

// clobberDead overwrites the objects that are about to be freed, so that a use after free shows.
func (s *mspan) clobberDead() {
	for i := uintptr(0); i < uintptr(s.nelems); i++ {
		if s.gcmarkBits.isSet(i) {
			continue
		}
		p := s.base() + i*s.elemsize
		for off := uintptr(0); off < s.elemsize; off += 8 {
			*(*uint64)(unsafe.Pointer(p + off)) = 0xdeaddeaddeaddead
		}
	}
}

// System goroutines whose start was put off until there is something for them to do (see newproc).
var pendingSystemGs struct {
	lock mutex
	n    int
	fn   [8]*funcval
}

// putOffSystemG remembers fn if it is one of the runtime's goroutines that only wait for a collection.
func putOffSystemG(fn *funcval) bool {
	p := &pendingSystemGs
	if fn == nil || gcRan() || !waitsForGC(fn) {
		return false
	}
	lock(&p.lock)
	ok := p.n < len(p.fn)
	if ok {
		p.fn[p.n] = fn
		p.n++
	}
	unlock(&p.lock)
	return ok
}

// waitsForGC reports whether fn runs finalizers or cleanups.
func waitsForGC(fn *funcval) bool {
	// By their marks: the linker leaves out those that the program cannot need.
	id := findfunc(fn.fn).funcID
	return id == abi.FuncID_runFinalizers || id == abi.FuncID_runCleanups
}

func gcRan() bool { return work.cycles.Load() != 0 }

func startPendingSystemGs() {
	p := &pendingSystemGs
	for p.n > 0 {
		lock(&p.lock)
		var fn *funcval
		if p.n > 0 {
			p.n--
			fn = p.fn[p.n]
			p.fn[p.n] = nil
		}
		unlock(&p.lock)
		if fn == nil {
			return
		}
		gp := getg()
		systemstack(func() {
			newg := newproc1(fn, gp, 0, false, waitReasonZero)
			runqput(getg().m.p.ptr(), newg, false)
		})
	}
}
