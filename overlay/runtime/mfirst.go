// The first span: 8 KB of the program's data from which the first objects of all sizes come.
//
// A size-class allocator touches a page for each class at once; the first objects of a short program
// would cost it ten page faults and the heap's first mapping five more. So they are laid one after the
// other here, with a bit for each 16-byte granule where an object begins, and a bit for each word that
// holds a pointer. An interior pointer finds its object by looking back at most 16 words of bits. The
// memory is not reused; marks are kept only so that what dead objects refer to can be collected.

package runtime

import (
	"internal/goarch"
	"internal/runtime/sys"
	"unsafe"
)

const (
	firstSize     = 8 << 10
	firstGranule  = 16
	firstGranules = firstSize / firstGranule

	// Larger objects go to the ordinary heap at once.
	firstMaxObject = 2048
)

var (
	// What every allocation writes comes before the memory, so that it shares a page with the first objects.
	firstHeap struct {
		next  uintptr // first free byte
		tiny  uintptr // block being filled with small pointer-free objects
		off   uintptr
		count uint64 // objects and bytes allocated
		bytes uint64
		done  bool
		start [firstGranules / 64]uint64              // an object begins here
		ptrs  [firstSize / goarch.PtrSize / 64]uint64 // this word is a pointer
		mark  [firstGranules / 64]uint64              // an object is reachable
		mem   [firstSize + firstGranule]byte
	}
	firstSpan = mspan{state: spanMixed, npages: firstSize >> pageShift, spanclass: tinySpanClass, elemsize: firstGranule}
)

// firstBase is the first aligned address of the memory.
//
//go:nosplit
func firstBase() uintptr {
	return (uintptr(unsafe.Pointer(&firstHeap.mem)) + firstGranule - 1) &^ (firstGranule - 1)
}

// firstAlloc allocates from the first span; nil when the object does not fit. The memory is zero. The
// caller has pinned the goroutine to its thread.
func firstAlloc(size uintptr, typ *_type) unsafe.Pointer {
	f := &firstHeap
	noscan := typ == nil || !typ.Pointers()
	if size > firstMaxObject {
		return nil
	}
	if noscan && size < firstGranule {
		// Several to a granule, as in the tiny allocator.
		off := alignTiny(f.off, size)
		if f.tiny != 0 && off+size <= firstGranule {
			f.off = off + size
			return unsafe.Pointer(f.tiny + off)
		}
	}
	at := f.next
	if at == 0 {
		firstSpan.startAddr = firstBase()
	}
	n := alignUp(size, firstGranule)
	if at+n > firstSize {
		f.done = true
		return nil
	}
	f.next = at + n
	p := firstBase() + at
	g := at / firstGranule
	f.start[g/64] |= 1 << (g % 64)
	if noscan {
		if size < firstGranule {
			f.tiny, f.off = p, size
		}
	} else {
		firstPutMask(at/goarch.PtrSize, size, typ)
	}
	firstSpan.allocCount++
	return unsafe.Pointer(p)
}

// firstPutMask records the pointers of size bytes of typ values from word w on, up to 64 words at a time.
func firstPutMask(w, size uintptr, typ *_type) {
	mask := getGCMask(typ)
	words := typ.PtrBytes / goarch.PtrSize
	for from := uintptr(0); from < words; from += 64 {
		n := min(words-from, 64)
		bits := uint64(0)
		for i := uintptr(0); i < n; i += 8 {
			bits |= uint64(*addb(mask, (from+i)/8)) << i
		}
		bits &= ^uint64(0) >> (64 - n)
		for off := from * goarch.PtrSize; off < size; off += typ.Size_ {
			b := bits
			if left := (size - off) / goarch.PtrSize; left < 64 {
				b &= 1<<left - 1 // the last value may be cut off
			}
			k := w + off/goarch.PtrSize
			firstHeap.ptrs[k/64] |= b << (k % 64)
			if rest := b >> (64 - k%64); rest != 0 {
				firstHeap.ptrs[k/64+1] |= rest
			}
		}
	}
}

// firstObjectIndex returns the granule where the object that contains offset off begins.
//
//go:nosplit
func firstObjectIndex(off uintptr) uintptr {
	g := off / firstGranule
	if g >= firstGranules {
		return firstGranules
	}
	w := g / 64
	bits := firstHeap.start[w] << (63 - g%64)
	if bits != 0 {
		return g - uintptr(sys.LeadingZeros64(bits))
	}
	for w > 0 {
		w--
		if b := firstHeap.start[w]; b != 0 {
			return w*64 + 63 - uintptr(sys.LeadingZeros64(b))
		}
	}
	return firstGranules
}

// firstObjectBase returns the address of object g, if there is one and p lies in it.
//
//go:nosplit
func firstObjectBase(g, p uintptr) (uintptr, bool) {
	if g >= firstGranules || p >= firstBase()+firstHeap.next {
		return 0, false
	}
	return firstBase() + g*firstGranule, true
}

// firstObjectSize returns the distance from an object to the next, or to the free part.
//
//go:nosplit
func firstObjectSize(base uintptr) uintptr {
	end := firstBase() + firstHeap.next
	for p := base + firstGranule; p < end; p += firstGranule {
		g := (p - firstBase()) / firstGranule
		if firstHeap.start[g/64]>>(g%64)&1 != 0 {
			return p - base
		}
	}
	return end - base
}
