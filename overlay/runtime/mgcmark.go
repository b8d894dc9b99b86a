// Marking: from a pointer to the object that it points into, and from an object to its pointers.
//
// On a large heap each of the steps waits for memory: the span's record, the mark bit, the object, its pointer
// bits. So pointers are collected in batches, and each step is done for the whole batch, asking for what the
// next one needs.

package runtime

import (
	"internal/goarch"
	"internal/runtime/atomic"
	"internal/runtime/sys"
	"unsafe"
)

const (
	// How many pointers are looked at, and objects scanned, together.
	markBatch = 64
	greyBatch = 32

	// Objects larger than this are scanned in pieces of this size, by several markers.
	markPiece = 128 << 10
)

// A candidate is an object of the heap that may have to be marked.
type candidate struct {
	span *mspan
	bits *uint32 // where its mark bit is
	i    uintptr // its number
}

// A greyObject is one that is marked and has pointers, or a piece of one.
type greyObject struct {
	base uintptr
	span *mspan
}

// markObject marks an object and queues it for scanning if it has pointers.
func (m *marker) markObject(base uintptr, s *mspan, i uintptr) {
	if s.state == spanMixed {
		w, bit := &firstHeap.mark[i/64], uint64(1)<<(i%64)
		if *w&bit != 0 || atomic.Or64(w, bit)&bit != 0 {
			return
		}
		m.marked += s.objectSize(base)
		m.push(base)
		return
	}
	m.shadeHeap(base)
}

// shade marks the object that p points into, if any.
func (m *marker) shade(p uintptr) {
	if p-heapBase < mheap_.used {
		m.shadeHeap(p)
	} else if p != 0 {
		if base, s, i := findObject(p, 0, 0); base != 0 {
			m.markObject(base, s, i)
		}
	}
}

// shadeHeap is shade for an address in the heap's range.
func (m *marker) shadeHeap(p uintptr) { m.scanWords(uintptr(noescape(unsafe.Pointer(&p))), 1) }

// scanWords shades what those of the 64 words at b point to that bits marks. The objects are marked when the
// batch is full, or by drain.
func (m *marker) scanWords(b uintptr, bits uint64) {
	used, n := mheap_.used, m.npointers
	for ; bits != 0; bits &= bits - 1 {
		p := *(*uintptr)(unsafe.Pointer(b + uintptr(sys.TrailingZeros64(bits))*goarch.PtrSize))
		if p-heapBase >= used {
			if p != 0 {
				m.shade(p)
			}
			continue
		}
		*(*uintptr)(add(unsafe.Pointer(&m.pointers), n*goarch.PtrSize)) = p
		if n++; n == markBatch {
			m.markPointers(n)
			n = 0
		}
	}
	m.npointers = n
}

// markPointers marks what the first n of m.pointers, which are addresses in the heap's range, point into.
func (m *marker) markPointers(n uintptr) {
	table := uintptr(unsafe.Pointer(mheap_.table))
	for k := uintptr(0); k < n; k++ {
		s := *(**mspan)(unsafe.Pointer(table + (m.pointers[k%markBatch]-heapBase)>>pageShift*goarch.PtrSize))
		m.candidates[k%markBatch].span = s
		sys.Prefetch(uintptr(unsafe.Pointer(s)))
	}
	found := uintptr(0)
	for k := uintptr(0); k < n; k++ {
		s := m.candidates[k%markBatch].span
		if s == nil {
			continue
		}
		off := m.pointers[k%markBatch] - s.startAddr
		if off >= s.objBytes {
			continue
		}
		c := &m.candidates[found%markBatch]
		found++
		c.span = s
		c.i = uintptr(uint64(off) * uint64(s.divMul) >> 32)
		c.bits = (*uint32)(add(unsafe.Pointer(s.gcmarkBits), c.i/32*4))
		sys.Prefetch(uintptr(unsafe.Pointer(c.bits)))
	}
	for k := uintptr(0); k < found; k++ {
		c := &m.candidates[k%markBatch]
		bit := uint32(1) << (c.i % 32)
		if *c.bits&bit != 0 {
			continue
		}
		if !m.shared {
			*c.bits |= bit
		} else if atomic.Or32(c.bits, bit)&bit != 0 {
			continue
		}
		s := c.span
		m.marked += s.elemsize
		if s.spanclass&1 != 0 {
			continue // no pointers
		}
		base := s.startAddr + c.i*s.elemsize
		if buf := m.buf; buf != nil && buf.n < markBufObjects {
			*(*uintptr)(add(unsafe.Pointer(&buf.objs), buf.n*goarch.PtrSize)) = base
			buf.n++
		} else {
			m.push(base)
		}
	}
}

// scanObject shades what the pointers of the object at base point to. In a large object base may also be the
// address of a piece.
func (m *marker) scanObject(base uintptr, s *mspan) {
	switch {
	case s.state == spanMixed:
		n := s.objectSize(base) / goarch.PtrSize
		w := (base - s.startAddr) / goarch.PtrSize
		for i := uintptr(0); i < n; i++ {
			if firstHeap.ptrs[(w+i)/64]>>((w+i)%64)&1 != 0 {
				m.shade(*(*uintptr)(unsafe.Pointer(base + i*goarch.PtrSize)))
			}
		}
	case s.ptrBits != nil:
		m.scanWords(base, s.objectBits(base))
	case s.types != nil && s.elemsize <= markPiece:
		if typ := s.typeOf(base); typ != nil {
			m.scanValues(base, base, base+s.elemsize, typ)
		} // else allocated, and the world stopped before its type was known: it has no contents
	case s.types != nil:
		typ := s.typeOf(s.startAddr)
		if typ == nil {
			return
		}
		end := s.startAddr + s.elemsize
		if base == s.startAddr {
			for at := base + markPiece; at < end; at += markPiece {
				m.push(at)
			}
		}
		m.scanValues(s.startAddr, base, min(base+markPiece, end), typ)
	}
}

// scanValues shades the pointers in [lo, hi) of an object at base, which holds as many values of type typ as fit.
func (m *marker) scanValues(base, lo, hi uintptr, typ *_type) {
	mask := getGCMask(typ)
	ptrWords, step := typ.PtrBytes/goarch.PtrSize, typ.Size_
	words := step / goarch.PtrSize
	if words > 64 {
		for at := lo - (lo-base)%step; at < hi; at += step {
			m.scanPart(at, max(lo, at), min(hi, at+typ.PtrBytes), mask)
		}
		return
	}
	// A word of pointer bits for as many values as it holds.
	unit := uint64(0)
	for i := uintptr(0); i < ptrWords; i += 8 {
		unit |= uint64(*addb(mask, i/8)) << i
	}
	unit &= ^uint64(0) >> (64 - ptrWords)
	bits, n := unit, words
	for ; n+words <= 64; n += words {
		bits |= unit << n
	}
	at := lo - (lo-base)%step // the pieces need not begin with a value
	for ; at < hi; at += n * goarch.PtrSize {
		b := bits
		if at < lo {
			b = b >> ((lo - at) / goarch.PtrSize) << ((lo - at) / goarch.PtrSize)
		}
		if left := (hi - at) / goarch.PtrSize; left < n {
			b &= 1<<left - 1
		}
		m.scanWords(at, b)
	}
}

// scanPart shades the pointers in [lo, hi) of the value at base that mask marks.
func (m *marker) scanPart(base, lo, hi uintptr, mask *byte) {
	if hi <= lo {
		return
	}
	i := (lo - base) / goarch.PtrSize
	if r := i % 8; r != 0 {
		bits := uint64(*addb(mask, i/8) >> r)
		if left := (hi - lo) / goarch.PtrSize; left < 8-r {
			bits &= 1<<left - 1
		}
		m.scanWords(lo, bits)
		i += 8 - r
		lo = base + i*goarch.PtrSize
	}
	if lo < hi {
		m.scanBlock(lo, hi-lo, addb(mask, i/8))
	}
}

// objectBits returns the pointer bits of the object at base, whose size is at most 64 words.
//
// Nosplit, as what else write barriers use.
//
//go:nosplit
func (s *mspan) objectBits(base uintptr) uint64 {
	w := (base - s.startAddr) / goarch.PtrSize
	n := s.elemsize / goarch.PtrSize
	p := (*uint64)(s.pointerBits(base))
	sh := w % 64
	bits := *p >> sh
	if sh+n > 64 {
		bits |= *(*uint64)(add(unsafe.Pointer(p), 8)) << (64 - sh)
	}
	if n < 64 {
		bits &= 1<<n - 1
	}
	return bits
}

// pointerBits returns the address of the 64 bits among which those of the object at base begin.
//
//go:nosplit
func (s *mspan) pointerBits(base uintptr) unsafe.Pointer {
	return add(unsafe.Pointer(s.ptrBits), (base-s.startAddr)/goarch.PtrSize/64*8)
}

// typeOf returns the type of the values at base.
//
// Nosplit, as what else write barriers use.
//
//go:nosplit
func (s *mspan) typeOf(base uintptr) *_type {
	return *(**_type)(add(unsafe.Pointer(s.types), s.objIndex(base)*goarch.PtrSize))
}

// isPointerWord reports whether the word at a, in the object at base, holds a pointer.
//
// Nosplit: a collection between a write barrier and the store that it belongs to would not see either.
//
//go:nosplit
func isPointerWord(s *mspan, base, a uintptr) bool {
	w := (a - base) / goarch.PtrSize
	switch {
	case s.state == spanMixed:
		k := (a - s.startAddr) / goarch.PtrSize
		return firstHeap.ptrs[k/64]>>(k%64)&1 != 0
	case s.ptrBits != nil:
		return s.objectBits(base)>>w&1 != 0
	case s.types != nil:
		typ := s.typeOf(base)
		if typ == nil {
			return false
		}
		off := (a - base) % typ.Size_ / goarch.PtrSize
		return off < typ.PtrBytes/goarch.PtrSize && *addb(getGCMask(typ), off/8)>>(off%8)&1 != 0
	}
	return false
}

// scanBlock shades the pointers of n bytes at b that mask (a bit a word) marks.
func (m *marker) scanBlock(b, n uintptr, mask *byte) {
	words := n / goarch.PtrSize
	for i := uintptr(0); i < words; i += 8 {
		bits := uint64(*addb(mask, i/8))
		at := b + i*goarch.PtrSize
		if bits == 0xff && words-i >= 8 {
			// Arrays of pointers, often with few set.
			a := (*[8]uintptr)(unsafe.Pointer(at))
			if a[0]|a[1]|a[2]|a[3]|a[4]|a[5]|a[6]|a[7] == 0 {
				continue
			}
		} else if left := words - i; left < 8 {
			bits &= 1<<left - 1
		}
		m.scanWords(at, bits)
	}
}

func clearFirstMarks() {
	for i := range firstHeap.mark {
		firstHeap.mark[i] = 0
	}
}

// markRoots shades everything that is reachable without the heap.
func (m *marker) markRoots() {
	work.globals = 0
	for md := &firstmoduledata; md != nil; md = md.next {
		work.globals += md.edata - md.data + md.ebss - md.bss
		if md.gcdatamask.n > 0 {
			m.scanBlock(md.data, min(md.edata-md.data, uintptr(md.gcdatamask.n)*goarch.PtrSize), md.gcdatamask.bytedata)
		}
		if md.gcbssmask.n > 0 {
			m.scanBlock(md.bss, min(md.ebss-md.bss, uintptr(md.gcbssmask.n)*goarch.PtrSize), md.gcbssmask.bytedata)
		}
	}
	for fb := allfin; fb != nil; fb = fb.alllink {
		for i := uint32(0); i < fb.cnt; i++ {
			f := &fb.fin[i]
			m.shade(uintptr(unsafe.Pointer(f.fn)))
			m.shade(uintptr(f.arg))
			m.shade(uintptr(unsafe.Pointer(f.fint)))
			m.shade(uintptr(unsafe.Pointer(f.ot)))
		}
	}
	for b := (*cleanupBlock)(gcCleanups.all.Load()); b != nil; b = b.alllink {
		for i := uint32(0); i < b.n; i++ {
			m.markCleanup(&b.cleanups[i])
		}
	}
	forEachSpecial(m.markSpecial)
}

// markSpecial shades what a special keeps alive: never the object itself.
func (m *marker) markSpecial(s *mspan, x *special) {
	switch x.kind {
	case _KindSpecialFinalizer:
		f := (*specialfinalizer)(unsafe.Pointer(x))
		m.shade(uintptr(unsafe.Pointer(f.fn)))
		m.shade(uintptr(unsafe.Pointer(f.fint)))
		m.shade(uintptr(unsafe.Pointer(f.ot)))
		// The finalizer will be called with the object, so what that refers to must live.
		if base, s, _ := findObject(s.base()+x.offset, 0, 0); base != 0 && !objectNoscan(s) {
			m.scanObject(base, s)
		}
	case _KindSpecialCleanup:
		m.markCleanup(&(*specialCleanup)(unsafe.Pointer(x)).cleanup)
	case _KindSpecialWeakHandle:
		m.shade(uintptr(unsafe.Pointer((*specialWeakHandle)(unsafe.Pointer(x)).handle)))
	}
}

func (m *marker) markCleanup(c *cleanupFn) {
	m.shade(*(*uintptr)(unsafe.Pointer(&c.call))) // a closure with a dictionary
	m.shade(uintptr(unsafe.Pointer(c.fn)))
	m.shade(uintptr(c.arg))
}

func objectNoscan(s *mspan) bool { return s.state != spanMixed && s.spanclass.noscan() }

func forEachSpecial(fn func(s *mspan, x *special)) {
	for x := firstSpan.specials; x != nil; x = x.next {
		fn(&firstSpan, x)
	}
	for i := int32(0); i < mheap_.nspans; i++ {
		s := *mheap_.spanAt(i)
		for x := s.specials; x != nil; x = x.next {
			fn(s, x)
		}
	}
}
