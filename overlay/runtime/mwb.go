// Write barriers.
//
// When writeBarrier.enabled, compiled code reports each pointer store: it takes words of the
// processor's buffer (gcWriteBarrierN in assembly) and puts the new and the overwritten pointer there
// before the store. Bulk operations report through bulkBarrierPreWrite. This is Yuasa's deletion
// barrier with Dijkstra's insertion barrier, as a concurrent collector needs; a collector that stops
// the world needs none, so the flag is set only by GODEBUG=apuswbshadow=1.
//
// The shadow test: at each collection all pointer words of the heap are copied. At the next, each word
// that changed must have had its new pointer reported as new and its old one as overwritten, or lie
// in an object allocated in between. Reported pointers are collected in a set.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"unsafe"
)

//go:linkname writeBarrier
var writeBarrier struct {
	enabled bool
	pad     [3]byte
	alignme uint64
}

const wbBufEntries = 64

// A wbBuf is a field of p.
type wbBuf struct {
	next, end uintptr
	buf       [wbBufEntries]uintptr
}

func (b *wbBuf) reset() {
	b.next = uintptr(unsafe.Pointer(&b.buf[0]))
	b.end = b.next + unsafe.Sizeof(b.buf)
}

// get2 returns room for a pair of pointers.
//
// Nosplit, no write barriers: it is part of one.
//
//go:nosplit
//go:nowritebarrierrec
func (b *wbBuf) get2() *[2]uintptr {
	if b.next+2*goarch.PtrSize > b.end {
		wbBufFlush()
	}
	p := (*[2]uintptr)(unsafe.Pointer(b.next))
	b.next += 2 * goarch.PtrSize
	return p
}

// get1 is get2 for one pointer.
//
// Nosplit: as get2.
//
//go:nosplit
//go:nowritebarrierrec
func (b *wbBuf) get1() *[1]uintptr {
	if b.next+goarch.PtrSize > b.end {
		wbBufFlush()
	}
	p := (*[1]uintptr)(unsafe.Pointer(b.next))
	b.next += goarch.PtrSize
	return p
}

// wbBufFlush empties the buffer; assembly calls it when there is no room.
//
// Nosplit: the registers of the interrupted code are in the assembly's frame, where no map finds them.
//
//go:nosplit
//go:nowritebarrierrec
func wbBufFlush() {
	systemstack(wbBufFlush1)
}

func wbBufFlush1() { wbFlushOf(getg().m.p.ptr()) }

// wbFlushOf empties pp's buffer: its own thread calls it, or the world is stopped.
func wbFlushOf(pp *p) {
	b := &pp.wbBuf
	if b.end != 0 {
		lock(&shadow.lock)
		for p := uintptr(unsafe.Pointer(&b.buf[0])); p < b.next; p += goarch.PtrSize {
			wbReport(*(*uintptr)(unsafe.Pointer(p)))
		}
		unlock(&shadow.lock)
	}
	b.reset()
}

// bulkBarrierPreWrite reports the pointers that a copy of size bytes from src (0: zeroing) will
// overwrite and write at dst. typ, if not nil, is the type of the values.
//
// Nosplit: callers hold addresses that must not move.
//
//go:nosplit
func bulkBarrierPreWrite(dst, src, size uintptr, typ *abi.Type) {
	if (dst|src|size)&(goarch.PtrSize-1) != 0 {
		throw("bulkBarrierPreWrite: unaligned arguments")
	}
	if !writeBarrier.enabled {
		return
	}
	s := spanOfHeap(dst)
	buf := &getg().m.p.ptr().wbBuf
	if s == nil {
		// A global's or a frame's words: frames need no barrier.
		for md := &firstmoduledata; md != nil; md = md.next {
			if md.data <= dst && dst < md.edata {
				bulkBarrierBitmap(dst, src, size, dst-md.data, md.gcdatamask.bytedata)
				return
			}
			if md.bss <= dst && dst < md.ebss {
				bulkBarrierBitmap(dst, src, size, dst-md.bss, md.gcbssmask.bytedata)
				return
			}
		}
		return
	}
	base, _, _ := findObject(dst, 0, 0)
	if base == 0 {
		return
	}
	for off := uintptr(0); off < size; off += goarch.PtrSize {
		if !isPointerWord(s, base, dst+off) {
			continue
		}
		p := buf.get2()
		p[0] = *(*uintptr)(unsafe.Pointer(dst + off))
		p[1] = 0
		if src != 0 {
			p[1] = *(*uintptr)(unsafe.Pointer(src + off))
		}
	}
}

// bulkBarrierPreWriteSrcOnly is bulkBarrierPreWrite for memory at dst that holds no pointers yet.
//
//go:nosplit
func bulkBarrierPreWriteSrcOnly(dst, src, size uintptr, typ *abi.Type) {
	if !writeBarrier.enabled {
		return
	}
	base, s, _ := findObject(dst, 0, 0)
	if base == 0 {
		return
	}
	buf := &getg().m.p.ptr().wbBuf
	for off := uintptr(0); off < size; off += goarch.PtrSize {
		if isPointerWord(s, base, dst+off) {
			p := buf.get2()
			p[0] = *(*uintptr)(unsafe.Pointer(src + off))
			p[1] = 0
		}
	}
}

// bulkBarrierBitmap reports pointers by a mask whose first bit belongs to the word maskOffset bytes
// before dst.
//
//go:nosplit
func bulkBarrierBitmap(dst, src, size, maskOffset uintptr, mask *uint8) {
	if mask == nil {
		return // a module without such pointers
	}
	word := maskOffset / goarch.PtrSize
	buf := &getg().m.p.ptr().wbBuf
	for off := uintptr(0); off < size; off += goarch.PtrSize {
		w := word + off/goarch.PtrSize
		if *addb(mask, w/8)>>(w%8)&1 == 0 {
			continue
		}
		p := buf.get2()
		p[0] = *(*uintptr)(unsafe.Pointer(dst + off))
		p[1] = 0
		if src != 0 {
			p[1] = *(*uintptr)(unsafe.Pointer(src + off))
		}
	}
}

// typeBitsBulkBarrier is for memory that is not of the heap but is scanned: none here.
func typeBitsBulkBarrier(typ *abi.Type, dst, src, size uintptr) {}

// The shadow test's state. All memory is mapped, not allocated: barriers run inside the allocator.
var shadow struct {
	lock     mutex   // of the set
	copyBase uintptr // copy of the heap's first size bytes, as of the last collection
	size     uintptr
	set      uintptr // open-addressing table of reported pointers
	setSize  uintptr // entries, a power of two
	setUsed  uintptr
	faults   int
}

func wbShadowStart() {
	p0.wbBuf.reset()
	writeBarrier.enabled = true
}

// wbReport adds a reported pointer to the set.
func wbReport(p uintptr) {
	if p-heapBase >= mheap_.used {
		return
	}
	sh := &shadow
	if sh.setUsed*2 >= sh.setSize {
		wbGrowSet()
	}
	wbInsert(sh.set, sh.setSize, p)
}

// wbMoved reports what a word of a heap object held and holds now because a stack has moved.
func wbMoved(old, now uintptr) {
	lock(&shadow.lock)
	wbReport(old)
	wbReport(now)
	unlock(&shadow.lock)
}

func wbGrowSet() {
	sh := &shadow
	n := max(sh.setSize*2, 1<<16)
	m, err := mmap(nil, n*goarch.PtrSize, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
	if err != 0 {
		throw("out of memory for the shadow test")
	}
	old, oldSize := sh.set, sh.setSize
	sh.set, sh.setSize, sh.setUsed = uintptr(m), n, 0
	for i := uintptr(0); i < oldSize; i++ {
		if p := *(*uintptr)(unsafe.Pointer(old + i*goarch.PtrSize)); p != 0 {
			wbInsert(sh.set, n, p)
		}
	}
	if old != 0 {
		munmap(unsafe.Pointer(old), oldSize*goarch.PtrSize)
	}
}

func wbSlot(set, n, p uintptr) *uintptr {
	for i := p >> 3 * 0x9E3779B97F4A7C15; ; i++ {
		slot := (*uintptr)(unsafe.Pointer(set + i&(n-1)*goarch.PtrSize))
		if *slot == 0 || *slot == p {
			return slot
		}
	}
}

func wbInsert(set, n, p uintptr) {
	if slot := wbSlot(set, n, p); *slot == 0 {
		*slot = p
		shadow.setUsed++
	}
}

func wbReported(p uintptr) bool {
	return p-heapBase >= mheap_.used || shadow.setSize != 0 && *wbSlot(shadow.set, shadow.setSize, p) == p
}

// isThreadRecord reports whether base is a g or an m: assembly and the scheduler store into those without
// barriers, because what they refer to is reachable otherwise (allgs, allm, stacks).
func isThreadRecord(base uintptr) bool {
	for _, gp := range allgs {
		if uintptr(unsafe.Pointer(gp)) == base {
			return true
		}
	}
	for mp := allm; mp != nil; mp = mp.alllink {
		if uintptr(unsafe.Pointer(mp)) == base || uintptr(unsafe.Pointer(mp.g0)) == base ||
			uintptr(unsafe.Pointer(mp.gsignal)) == base {
			return true
		}
	}
	for _, mp := range [...]*m{sched.freem, endedThreads, endedBefore} {
		for ; mp != nil; mp = mp.freelink {
			if uintptr(unsafe.Pointer(mp)) == base || uintptr(unsafe.Pointer(mp.g0)) == base ||
				uintptr(unsafe.Pointer(mp.gsignal)) == base {
				return true
			}
		}
	}
	return false
}

// wbShadowCheck compares the heap with the copy. The world is stopped, before marking.
func wbShadowCheck() {
	for _, pp := range allp {
		wbFlushOf(pp)
	}
	sh := &shadow
	if sh.copyBase == 0 {
		return
	}
	for i := int32(0); i < mheap_.nspans; i++ {
		s := *mheap_.spanAt(i)
		if s.spanclass.noscan() || s.limit()-heapBase > sh.size {
			continue
		}
		for n := uintptr(0); n < uintptr(s.nelems); n++ {
			if !s.allocBits.isSet(n) {
				continue // free at the last collection: whatever is there is new
			}
			base := s.base() + n*s.elemsize
			for a := base; a < base+s.elemsize; a += goarch.PtrSize {
				if !isPointerWord(s, base, a) {
					continue
				}
				now := *(*uintptr)(unsafe.Pointer(a))
				was := *(*uintptr)(unsafe.Pointer(sh.copyBase + a - heapBase))
				if now != was && (!wbReported(now) || !wbReported(was)) && !isThreadRecord(base) {
					print("runtime: word ", hex(a), " of an object of ", s.elemsize, " bytes at ", hex(base),
						" changed from ", hex(was), " to ", hex(now), " without a write barrier\n")
					if sh.faults++; sh.faults > 10 {
						throw("write barriers are missing")
					}
				}
			}
		}
	}
	if sh.faults > 0 {
		throw("write barriers are missing")
	}
}

// wbShadowTake copies the heap and empties the set. The world is stopped, after sweeping.
func wbShadowTake() {
	sh := &shadow
	if sh.copyBase != 0 {
		munmap(unsafe.Pointer(sh.copyBase), sh.size)
		sh.copyBase = 0
	}
	if sh.set != 0 {
		memclrNoHeapPointers(unsafe.Pointer(sh.set), sh.setSize*goarch.PtrSize)
		sh.setUsed = 0
	}
	sh.size = mheap_.used
	if sh.size == 0 {
		return
	}
	m, err := mmap(nil, sh.size, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE|mapNoReserve, -1, 0)
	if err != 0 {
		throw("out of memory for the shadow test")
	}
	sh.copyBase = uintptr(m)
	for i := int32(0); i < mheap_.nspans; i++ {
		s := *mheap_.spanAt(i)
		if !s.spanclass.noscan() {
			memmove(unsafe.Pointer(sh.copyBase+s.base()-heapBase), unsafe.Pointer(s.base()), s.npages<<pageShift)
		}
	}
}
