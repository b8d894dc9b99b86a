// Specials: what hangs on single objects besides their memory. Finalizers, cleanups, weak pointers,
// pin counts, synctest bubbles and profile samples are records on their span's list, sorted by the
// object's offset and then by kind. The collector treats what they refer to as roots and settles them
// when the object dies (mgcsweep.go).

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/runtime/atomic"
	"internal/runtime/sys"
	"unsafe"
)

// Kinds, in the order in which an object's specials are kept.
const (
	_KindSpecialFinalizer = iota + 1
	_KindSpecialWeakHandle
	_KindSpecialCleanup
	_KindSpecialPinCounter
	_KindSpecialBubble
	_KindSpecialProfile
)

type special struct {
	_      sys.NotInHeap
	next   *special
	offset uintptr // of the object (or a pointer into a tiny block) from the span's base
	kind   byte
}

type specialfinalizer struct {
	_       sys.NotInHeap
	special special
	fn      *funcval
	nret    uintptr
	fint    *_type
	ot      *ptrtype
}

type specialCleanup struct {
	_       sys.NotInHeap
	special special
	cleanup cleanupFn
	id      uint64
}

type specialWeakHandle struct {
	_       sys.NotInHeap
	special special
	handle  *atomic.Uintptr
}

type specialPinCounter struct {
	_       sys.NotInHeap
	special special
	counter uintptr
}

type specialProfile struct {
	_       sys.NotInHeap
	special special
	b       *bucket
}

// specialsInit sets the allocators up; speciallock is held.
func (h *mheap) specialsInit() {
	if h.specialsReady {
		return
	}
	h.specialsReady = true
	stat := &memstats.otherSys
	h.specialfinalizeralloc.init(unsafe.Sizeof(specialfinalizer{}), nil, nil, stat)
	h.specialCleanupAlloc.init(unsafe.Sizeof(specialCleanup{}), nil, nil, stat)
	h.specialWeakHandleAlloc.init(unsafe.Sizeof(specialWeakHandle{}), nil, nil, stat)
	h.specialPinCounterAlloc.init(unsafe.Sizeof(specialPinCounter{}), nil, nil, stat)
	h.specialBubbleAlloc.init(unsafe.Sizeof(specialBubble{}), nil, nil, stat)
}

// newSpecial takes a record from a (one of mheap_'s).
func newSpecial(a *fixalloc) unsafe.Pointer {
	lock(&mheap_.speciallock)
	mheap_.specialsInit()
	p := a.alloc()
	unlock(&mheap_.speciallock)
	return p
}

func freeSpecialRecord(a *fixalloc, p unsafe.Pointer) {
	lock(&mheap_.speciallock)
	a.free(p)
	unlock(&mheap_.speciallock)
}

// specialFindSplicePoint returns the link to the special of that offset and kind, or to where it would
// be inserted.
func (s *mspan) specialFindSplicePoint(offset uintptr, kind byte) (**special, bool) {
	link := &s.specials
	for x := *link; x != nil; x = *link {
		if offset == x.offset && kind == x.kind {
			return link, true
		}
		if offset < x.offset || offset == x.offset && kind < x.kind {
			break
		}
		link = &x.next
	}
	return link, false
}

// The sweeper looks at every span's list, so nothing is recorded elsewhere.
func spanHasSpecials(s *mspan)   {}
func spanHasNoSpecials(s *mspan) {}

// addspecial puts x on the object at p. Unless force, an object has one special of a kind.
func addspecial(p unsafe.Pointer, x *special, force bool) bool {
	s := spanOfHeap(uintptr(p))
	if s == nil {
		throw("addspecial on invalid pointer")
	}
	mp := acquirem()
	offset := uintptr(p) - s.base()
	lock(&s.speciallock)
	link, exists := s.specialFindSplicePoint(offset, x.kind)
	if !exists || force {
		x.offset = offset
		x.next = *link
		*link = x
	}
	unlock(&s.speciallock)
	releasem(mp)
	KeepAlive(p)
	return !exists || force
}

func removespecial(p unsafe.Pointer, kind uint8) *special {
	s := spanOfHeap(uintptr(p))
	if s == nil {
		throw("removespecial on invalid pointer")
	}
	mp := acquirem()
	lock(&s.speciallock)
	link, exists := s.specialFindSplicePoint(uintptr(p)-s.base(), kind)
	var x *special
	if exists {
		x = *link
		*link = x.next
	}
	unlock(&s.speciallock)
	releasem(mp)
	return x
}

func addfinalizer(p unsafe.Pointer, fn *funcval, nret uintptr, fint *_type, ot *ptrtype) bool {
	f := (*specialfinalizer)(newSpecial(&mheap_.specialfinalizeralloc))
	f.special.kind = _KindSpecialFinalizer
	f.fn = fn
	f.nret = nret
	f.fint = fint
	f.ot = ot
	if addspecial(p, &f.special, false) {
		return true
	}
	freeSpecialRecord(&mheap_.specialfinalizeralloc, unsafe.Pointer(f))
	return false
}

func removefinalizer(p unsafe.Pointer) {
	if x := removespecial(p, _KindSpecialFinalizer); x != nil {
		freeSpecialRecord(&mheap_.specialfinalizeralloc, unsafe.Pointer(x))
	}
}

// addCleanup returns the cleanup's number, by which Stop finds it.
func addCleanup(p unsafe.Pointer, c cleanupFn) uint64 {
	setCleanupHooks()
	x := (*specialCleanup)(newSpecial(&mheap_.specialCleanupAlloc))
	lock(&mheap_.speciallock)
	mheap_.cleanupID++
	id := mheap_.cleanupID
	unlock(&mheap_.speciallock)
	x.special.kind = _KindSpecialCleanup
	x.cleanup = c
	x.id = id
	addspecial(p, &x.special, true)
	// Until the record is on its list, where the collector finds it, only c refers to these.
	KeepAlive(c.call)
	KeepAlive(c.fn)
	KeepAlive(c.arg)
	return id
}

// cleanupHooks is what the collector and the scheduler do for cleanups; set by the first one.
var cleanupHooks struct {
	enqueue func(cleanupFn)
	flush   func()
	wake    func()
}

func setCleanupHooks() {
	h := &cleanupHooks
	if h.flush == nil {
		h.enqueue = func(c cleanupFn) { gcCleanups.enqueue(c) }
		h.flush = func() { gcCleanups.flush() }
		h.wake = func() { gcCleanups.wake() }
	}
}

// GODEBUG=checkfinalizers is not supported: its contexts are not kept.

func setFinalizerContext(ptr unsafe.Pointer, ptrType *_type, createPC, funcPC uintptr) {}

func setCleanupContext(ptr unsafe.Pointer, ptrType *_type, createPC, funcPC uintptr, cleanupID uint64) {
}

func clearFinalizerContext(ptr uintptr)                 {}
func clearCleanupContext(ptr uintptr, cleanupID uint64) {}

// Weak pointers: a handle is a word with the object's address, zeroed when the object dies. One
// address has one handle, so that weak pointers compare equal also afterwards.

//go:linkname weak_registerWeakPointer weak.runtime_registerWeakPointer
func weak_registerWeakPointer(p unsafe.Pointer) unsafe.Pointer {
	if spanOfHeap(uintptr(p)) == nil {
		return unsafe.Pointer(immortalHandle(p))
	}
	if h := weakHandle(p); h != nil {
		KeepAlive(p)
		return unsafe.Pointer(h)
	}
	// A block of its own: what shares a block with other tiny objects would live as long as they.
	type box struct {
		h atomic.Uintptr
		_ [maxTinySize - unsafe.Sizeof(atomic.Uintptr{})]byte
	}
	h := &new(box).h
	h.Store(uintptr(p))
	var result *atomic.Uintptr
	systemstack(func() {
		x := (*specialWeakHandle)(newSpecial(&mheap_.specialWeakHandleAlloc))
		x.special.kind = _KindSpecialWeakHandle
		x.handle = h
		if addspecial(p, &x.special, false) {
			result = h
			return
		}
		freeSpecialRecord(&mheap_.specialWeakHandleAlloc, unsafe.Pointer(x))
		result = weakHandle(p)
	})
	KeepAlive(p)
	return unsafe.Pointer(result)
}

func weakHandle(p unsafe.Pointer) *atomic.Uintptr {
	s := spanOfHeap(uintptr(p))
	mp := acquirem()
	lock(&s.speciallock)
	link, exists := s.specialFindSplicePoint(uintptr(p)-s.base(), _KindSpecialWeakHandle)
	var h *atomic.Uintptr
	if exists {
		h = (*specialWeakHandle)(unsafe.Pointer(*link)).handle
	}
	unlock(&s.speciallock)
	releasem(mp)
	return h
}

// immortal holds the handles of addresses outside the heap, which never die.
var immortal = struct {
	sema    uint32
	handles map[uintptr]*atomic.Uintptr
}{sema: 1}

func immortalHandle(p unsafe.Pointer) *atomic.Uintptr {
	// Not a lock: the map may allocate, and so collect.
	semacquire(&immortal.sema)
	h := immortal.handles[uintptr(p)]
	if h == nil {
		if immortal.handles == nil {
			immortal.handles = make(map[uintptr]*atomic.Uintptr)
		}
		h = new(atomic.Uintptr)
		h.Store(uintptr(p))
		immortal.handles[uintptr(p)] = h
	}
	semrelease(&immortal.sema)
	return h
}

//go:linkname weak_makeStrongFromWeak weak.runtime_makeStrongFromWeak
func weak_makeStrongFromWeak(u unsafe.Pointer) unsafe.Pointer {
	mp := acquirem()
	p := unsafe.Pointer((*atomic.Uintptr)(u).Load())
	releasem(mp)
	return p
}

func inUserArenaChunk(p uintptr) bool { return false }

// typePointers walks the pointer words of an object, for mcleanup.go's check.
type typePointers struct {
	s    *mspan
	base uintptr
	at   uintptr
}

func (s *mspan) typePointersOfUnchecked(addr uintptr) typePointers {
	return typePointers{s, addr, addr}
}

func (tp typePointers) next(limit uintptr) (typePointers, uintptr) {
	limit = min(limit, tp.base+tp.s.objectSize(tp.base))
	for a := tp.at; a < limit; a += 8 {
		if isPointerWord(tp.s, tp.base, a) {
			tp.at = a + 8
			return tp, a
		}
	}
	return tp, 0
}

// heapBitsInSpan: no object has a header in its own memory.
func heapBitsInSpan(size uintptr) bool { return true }

const _ = abi.StackSmall

// reflect_verifyNotInHeapPtr reports whether p, which reflect is about to convert to a pointer type that
// is not in the heap, is not an address of the heap that holds no object.
//
//go:linkname reflect_verifyNotInHeapPtr reflect.verifyNotInHeapPtr
func reflect_verifyNotInHeapPtr(p uintptr) bool {
	return spanOf(p) == nil && p != ^uintptr(0)
}

// reflect_gcbits returns the pointer words of the object that an interface points to, a byte each and without
// the scalars at its end, for package reflect's tests.
//
//go:linkname reflect_gcbits reflect.gcbits
func reflect_gcbits(x any) []byte {
	e := efaceOf(&x)
	typ := (*ptrtype)(unsafe.Pointer(e._type)).Elem
	if base, s, _ := findObject(uintptr(e.data), 0, 0); base != 0 && typ.Size_ != 0 {
		// Whole elements: a size class may have room for part of another.
		size := s.objectSize(base) / typ.Size_ * typ.Size_
		bits := make([]byte, size/goarch.PtrSize)
		n := 0
		for i := range bits {
			if isPointerWord(s, base, base+uintptr(i)*goarch.PtrSize) {
				bits[i] = 1
				n = i + 1
			}
		}
		return bits[:n]
	}
	bits := make([]byte, typ.PtrBytes/goarch.PtrSize)
	for i := range bits {
		bits[i] = *addb(getGCMask(typ), uintptr(i)/8) >> (uintptr(i) % 8) & 1
	}
	return bits
}
