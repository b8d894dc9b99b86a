// Allocation of objects.
//
// mallocgc gives the first objects out of the first span (mfirst.go). After that, an object of up to
// 32 KB comes from a span of its size class that the processor's cache owns; pointer-free objects under
// 16 bytes share a block; larger objects are a span each. Size classes are gc's tables
// (internal/runtime/gc), so append grows slices to the capacities that programs see under gc.
//
// Where an object has pointers is recorded outside it: a bit a word in the span for small objects, the
// type for larger ones. An allocation is not finished before that record is: while m.mallocing is set
// the goroutine cannot be stopped.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/runtime/gc"
	"internal/runtime/math"
	"internal/runtime/sys"
	"unsafe"
)

const (
	maxTinySize   = gc.TinySize
	tinySizeClass = gc.TinySizeClass
	maxSmallSize  = gc.MaxSmallSize

	// mallocHeaderSize pads runtime2.go's mPadded; our objects have no headers.
	mallocHeaderSize = gc.MallocHeaderSize

	// Objects up to this size have their pointers in the span's bitmap.
	maxBitmapObject = 512
)

// zerobase is the address of every object of size 0.
var zerobase uintptr

// An mcache is what a processor allocates from without a lock.
type mcache struct {
	_ sys.NotInHeap

	tiny       uintptr // current block of tiny objects, 0: none
	tinyoffset uintptr
	tinyAllocs uintptr

	alloc [numSpanClasses]*mspan // nil: none yet

	frames *frameCache // nil: no stack was walked yet
}

var mcache0 mcache

// heapStats counts objects by size class; exact when the caches are flushed.
var heapStats struct {
	lock       mutex
	nmalloc    [gc.NumSizeClasses]uint64
	nfree      [gc.NumSizeClasses]uint64
	largeAlloc uint64 // bytes
	largeFree  uint64
	largeCount uint64
	largeFreed uint64
	tiny       uint64
}

// mallocCount counts allocations for the stress mode apusgc=n.
var mallocCount uint32

// mallocPlain says that an allocation need not look at the first span, an image or a stress mode.
var mallocPlain bool

// mallocgc allocates size bytes for values of type typ (nil: no pointers).
//
// A small object whose place in its span is at hand is taken here. Nothing on this path can stop the
// goroutine: code of the runtime is not preempted, and the path has no call with a stack check.
//
//go:linkname mallocgc
func mallocgc(size uintptr, typ *_type, needzero bool) unsafe.Pointer {
	if size-1 >= maxBitmapObject || !mallocPlain || MemProfileRate != defaultMemProfileRate {
		return mallocAny(size, typ, needzero)
	}
	gp := getg()
	mp := gp.m
	if mp.mallocing != 0 || gp == mp.gsignal {
		return mallocAny(size, typ, needzero)
	}
	c := mp.p.ptr().mcache
	var sc spanClass
	var mask uint64 // pointers of an object with pointers
	if typ == nil || typ.PtrBytes == 0 {
		if size < maxTinySize {
			off := alignTiny(c.tinyoffset, size)
			if c.tiny == 0 || off+size > maxTinySize {
				return mallocAny(size, typ, needzero)
			}
			c.tinyoffset = off + size
			c.tinyAllocs++
			return unsafe.Pointer(c.tiny + off)
		}
		sc = spanClass(gc.SizeToSizeClass8[(size+gc.SmallSizeDiv-1)/gc.SmallSizeDiv]<<1 | 1)
	} else {
		if typ.PtrBytes == goarch.PtrSize && typ.Size_ == goarch.PtrSize {
			mask = ^uint64(0) >> (64 - size/goarch.PtrSize) // pointers only
		} else if typ.Size_ == size && typ.PtrBytes <= 8*goarch.PtrSize && typ.TFlag&abi.TFlagGCMaskOnDemand == 0 {
			mask = uint64(*typ.GCData) & (1<<(typ.PtrBytes/goarch.PtrSize) - 1)
		} else {
			return mallocAny(size, typ, needzero)
		}
		needzero = true
		sc = spanClass(gc.SizeToSizeClass8[(size+gc.SmallSizeDiv-1)/gc.SmallSizeDiv] << 1)
	}
	s := c.alloc[sc]
	if s == nil || s.allocCache == 0 {
		return mallocAny(size, typ, needzero)
	}
	skip := uintptr(sys.TrailingZeros64(s.allocCache))
	i := uintptr(s.freeindex) + skip
	next := i + 1
	if next >= uintptr(s.nelems) || next%64 == 0 {
		// The last object, or the last of a word of bits: what comes next is looked up elsewhere.
		return mallocAny(size, typ, needzero)
	}
	s.allocCache = s.allocCache >> (skip & 63) >> 1
	s.freeindex = uint16(next)
	s.allocCount++
	elem := s.elemsize
	x := unsafe.Pointer(s.startAddr + i*elem)
	if needzero && s.needzero {
		memclrNoHeapPointers(x, elem)
	}
	if sc&1 == 0 {
		// As setPtrBits does.
		w := i * elem / goarch.PtrSize
		field := ^uint64(0) >> ((64 - elem/goarch.PtrSize) & 63)
		p := (*uint64)(add(unsafe.Pointer(s.ptrBits), w/64*8))
		sh := w & 63
		*p = *p&^(field<<sh) | mask<<sh
		if sh+elem/goarch.PtrSize > 64 {
			p = (*uint64)(add(unsafe.Pointer(p), 8))
			*p = *p&^(field>>((64-sh)&63)) | mask>>((64-sh)&63)
		}
	}
	return x
}

// mallocAny allocates an object of any kind, in any mode.
func mallocAny(size uintptr, typ *_type, needzero bool) unsafe.Pointer {
	if size == 0 {
		return unsafe.Pointer(&zerobase)
	}
	if size <= fastMaxObject && firstHeap.done && MemProfileRate == defaultMemProfileRate &&
		apusDebug.gc|apusDebug.movestack|apusDebug.preempt == 0 {
		if x := mallocFast(size, typ, needzero); x != nil {
			return x
		}
	}
	// Here and not behind the allocation, where a collection sees the new object before its first stores, which
	// need no barriers.
	if apusDebug.gc != 0 {
		gcStress(size)
	}
	if writeBarrier.enabled && gcWanted() {
		gcStart(false)
	}
	mp := acquirem()
	if mp.mallocing != 0 {
		throw("malloc deadlock")
	}
	if mp.gsignal == getg() {
		throw("malloc during signal")
	}
	mp.mallocing = 1
	var x unsafe.Pointer
	collect := false
	if !firstHeap.done {
		if imaging.on {
			x = imageHooks.alloc(size, typ)
		} else if size <= firstMaxObject {
			x = firstAlloc(size, typ)
			if x != nil {
				firstHeap.count++
				firstHeap.bytes += uint64(size)
			}
		}
	}
	if x == nil {
		noscan := typ == nil || !typ.Pointers()
		switch {
		case size > maxSmallSize:
			x = mallocLarge(size, typ, needzero, noscan)
			collect = true
		case noscan && size < maxTinySize:
			x, collect = mallocTiny(mp.p.ptr().mcache, size, needzero)
		default:
			x, collect = mallocSmall(mp.p.ptr().mcache, size, typ, needzero, noscan)
		}
	}
	if rate := MemProfileRate; rate != defaultMemProfileRate && rate > 0 {
		if fn := heapProfileMethod(0); fn != nil {
			(*(*func(unsafe.Pointer, unsafe.Pointer, uintptr))(unsafe.Pointer(&fn)))(nil, x, size)
		}
	}
	mp.mallocing = 0
	releasem(mp)
	if collect {
		if cpuKnown.Load() == 0 && mheap_.used >= cpuHeap {
			detectCPU()
		}
		if !writeBarrier.enabled && gcWanted() {
			gcStart(false)
		}
		if !mallocPlain && firstHeap.done && !imaging.on {
			mallocPlain = apusDebug.gc|apusDebug.movestack|apusDebug.wbshadow|apusDebug.preempt == 0
		}
	}
	if apusDebug.movestack|apusDebug.preempt != 0 {
		mallocStress()
	}
	return x
}

// Objects up to this size have a pointer mask of one byte.
const fastMaxObject = 64

// mallocFast is mallocgc for a small object whose cache has a span with a free place in the current word of the
// bitmap; nil otherwise.
//
// Nosplit, and nothing it calls is otherwise: so it cannot be stopped, and needs none of the marks by which
// mallocgc keeps the goroutine where it is.
//
//go:nosplit
func mallocFast(size uintptr, typ *_type, needzero bool) unsafe.Pointer {
	mp := getg().m
	noscan := typ == nil || typ.PtrBytes == 0
	if noscan && size < maxTinySize || !noscan && typ.Size_ != size || mp.mallocing != 0 {
		return nil
	}
	sc := spanClass(gc.SizeToSizeClass8[(size+gc.SmallSizeDiv-1)/gc.SmallSizeDiv] << 1)
	if noscan {
		sc |= 1
	}
	s := mp.p.ptr().mcache.alloc[sc]
	if s == nil || s.allocCache == 0 {
		return nil
	}
	skip := uintptr(sys.TrailingZeros64(s.allocCache))
	i := uintptr(s.freeindex) + skip
	if i >= uintptr(s.nelems) || i%64 == 63 {
		return nil
	}
	x := s.startAddr + i*s.elemsize
	if noscan {
		if needzero && s.needzero {
			memclrNoHeapPointers(unsafe.Pointer(x), s.elemsize)
		}
	} else {
		words := s.elemsize / goarch.PtrSize
		w := (x - s.startAddr) / goarch.PtrSize
		if w%64+words > 64 {
			return nil
		}
		p := (*uint64)(add(unsafe.Pointer(s.ptrBits), w/64*8))
		field := (uint64(1)<<words - 1) << (w % 64)
		*p = *p&^field | uint64(*getGCMask(typ))&(1<<(typ.PtrBytes/goarch.PtrSize)-1)<<(w%64)
		if s.needzero {
			for a := x; a < x+s.elemsize; a += goarch.PtrSize {
				*(*uintptr)(unsafe.Pointer(a)) = 0
			}
		}
	}
	s.allocCache = s.allocCache >> skip >> 1
	s.freeindex = uint16(i + 1)
	s.allocCount++
	return unsafe.Pointer(x)
}

// gcStress collects before every n-th allocation with GODEBUG=apusgc=n. It counts for inittrace, too.
func gcStress(size uintptr) {
	gp := getg()
	if gp.m.curg != gp || gp.m.locks != 0 || gp.m.preemptoff != "" {
		return
	}
	mallocCount++
	mallocBytes += size
	if mallocCount%uint32(apusDebug.gc) == 0 && mainInitDone.Load() {
		gcStart(true)
	}
}

// mallocStress does what GODEBUG's apusmovestack and apuspreempt ask for at every allocation.
func mallocStress() {
	gp := getg()
	if gp.m.curg != gp || gp.m.locks != 0 || gp.m.preemptoff != "" {
		return
	}
	if apusDebug.movestack != 0 {
		gp.stackguard0 = stackForceMove
	}
	if apusDebug.preempt != 0 {
		if sysmonState.Load() != sysmonRunning {
			systemstack(sysmonWake)
		}
		if cheaprandn(8) == 0 {
			gp.preempt = true
			gp.stackguard0 = stackPreempt
		}
	}
}

// alignTiny aligns the offset of a tiny object of the given size.
func alignTiny(off, size uintptr) uintptr {
	if size&7 == 0 {
		return alignUp(off, 8)
	}
	if size&3 == 0 {
		return alignUp(off, 4)
	}
	if size&1 == 0 {
		return alignUp(off, 2)
	}
	return off
}

func mallocTiny(c *mcache, size uintptr, needzero bool) (unsafe.Pointer, bool) {
	off := alignTiny(c.tinyoffset, size)
	c.tinyAllocs++
	if c.tiny != 0 && off+size <= maxTinySize {
		c.tinyoffset = off + size
		return unsafe.Pointer(c.tiny + off), false
	}
	c.tinyAllocs-- // this one is counted as an object
	x, s, refilled := nextFree(c, tinySpanClass)
	if s.needzero {
		(*[2]uint64)(x)[0] = 0
		(*[2]uint64)(x)[1] = 0
	}
	if c.tiny == 0 || size < c.tinyoffset {
		c.tiny = uintptr(x)
		c.tinyoffset = size
	}
	return x, refilled
}

func sizeToClass(size uintptr) uint8 {
	if size <= gc.SmallSizeMax-8 {
		return gc.SizeToSizeClass8[(size+gc.SmallSizeDiv-1)/gc.SmallSizeDiv]
	}
	return gc.SizeToSizeClass128[(size-gc.SmallSizeMax+gc.LargeSizeDiv-1)/gc.LargeSizeDiv]
}

func mallocSmall(c *mcache, size uintptr, typ *_type, needzero, noscan bool) (unsafe.Pointer, bool) {
	sc := makeSpanClass(sizeToClass(size), noscan)
	x, s, refilled := nextFree(c, sc)
	if s.needzero && (needzero || !noscan) {
		memclrNoHeapPointers(x, s.elemsize)
	}
	if !noscan {
		s.putPointers(uintptr(x), size, typ)
	}
	return x, refilled
}

func mallocLarge(size uintptr, typ *_type, needzero, noscan bool) unsafe.Pointer {
	if size > maxAlloc-pageSize {
		throw("out of memory")
	}
	var s *mspan
	systemstack(func() {
		s = mheap_.allocSpan(makeSpanClass(0, noscan), size)
		s.freeindex = 1
		s.allocCount = 1
		lock(&heapStats.lock)
		heapStats.largeCount++
		heapStats.largeAlloc += uint64(s.elemsize)
		unlock(&heapStats.lock)
		gcController.addLive(s.elemsize)
	})
	if s.needzero && (needzero || !noscan) {
		memclrNoHeapPointers(unsafe.Pointer(s.startAddr), s.elemsize)
	}
	if !noscan {
		s.putPointers(s.startAddr, size, typ)
	}
	return unsafe.Pointer(s.startAddr)
}

// nextFree takes a free object of the class. refilled says that the cache had to get another span.
func nextFree(c *mcache, sc spanClass) (x unsafe.Pointer, s *mspan, refilled bool) {
	s = c.alloc[sc]
	for {
		if s != nil {
			if x = s.take(); x != nil {
				return x, s, refilled
			}
		}
		systemstack(func() { c.refill(sc) })
		s = c.alloc[sc]
		refilled = true
	}
}

// take returns the next free object, nil if the span is full. allocCache has a 1 for each free object
// from freeindex on; its lowest bit is object freeindex.
func (s *mspan) take() unsafe.Pointer {
	i := uintptr(s.freeindex)
	n := uintptr(s.nelems)
	for i < n {
		if s.allocCache != 0 {
			skip := uintptr(sys.TrailingZeros64(s.allocCache))
			i += skip
			if i >= n {
				break
			}
			s.allocCache = s.allocCache >> skip >> 1
			next := i + 1
			if next%64 == 0 && next < n {
				s.allocCache = ^*s.allocBits.word(next / 64)
			}
			s.freeindex = uint16(next)
			s.allocCount++
			return unsafe.Pointer(s.startAddr + i*s.elemsize)
		}
		i = (i + 64) &^ 63
		if i < n {
			s.allocCache = ^*s.allocBits.word(i / 64)
		}
	}
	s.freeindex = s.nelems
	return nil
}

// refill gives the cache a span of the class with free objects. It runs on the system stack.
func (c *mcache) refill(sc spanClass) {
	if s := c.alloc[sc]; s != nil {
		c.alloc[sc] = nil
		uncacheSpan(s)
	}
	var s *mspan
	if mheap_.central != nil {
		ctr := &mheap_.central[sc]
		lock(&ctr.lock)
		if s = ctr.partial.first; s != nil {
			ctr.partial.remove(s)
			s.inPartial = false
		}
		unlock(&ctr.lock)
	}
	if s == nil {
		s = mheap_.allocSpan(sc, 0)
	}
	s.cached = true
	s.countAtGet = s.allocCount
	c.alloc[sc] = s
	// Count the free part as live now: that is when a collection could be due.
	gcController.addLive(uintptr(s.nelems-s.allocCount) * s.elemsize)
}

// uncacheSpan ends a cache's ownership of s.
func uncacheSpan(s *mspan) {
	s.cached = false
	lock(&heapStats.lock)
	heapStats.nmalloc[s.spanclass.sizeclass()] += uint64(s.allocCount - s.countAtGet)
	unlock(&heapStats.lock)
	s.countAtGet = s.allocCount
	if s.allocCount < s.nelems {
		ctr := &mheap_.central[s.spanclass]
		lock(&ctr.lock)
		ctr.partial.insert(s)
		s.inPartial = true
		unlock(&ctr.lock)
	}
}

// flushCaches gives back all spans that caches own. The world is stopped.
func flushCaches() {
	for _, pp := range allp {
		flushCache(pp.mcache)
	}
}

func flushCache(c *mcache) {
	for i, s := range c.alloc {
		if s != nil {
			c.alloc[i] = nil
			uncacheSpan(s)
		}
	}
	c.tiny = 0
	c.tinyoffset = 0
	lock(&heapStats.lock)
	heapStats.tiny += uint64(c.tinyAllocs)
	unlock(&heapStats.lock)
	c.tinyAllocs = 0
}

// putPointers records the pointers of the object at x: size bytes of values of type typ.
func (s *mspan) putPointers(x, size uintptr, typ *_type) {
	if s.types != nil {
		i := s.objIndex(x)
		*(**_type)(add(unsafe.Pointer(s.types), i*goarch.PtrSize)) = typ
		return
	}
	mask := getGCMask(typ)
	words := s.elemsize / goarch.PtrSize
	w := (x - s.startAddr) / goarch.PtrSize
	if size == typ.Size_ && words <= 8 && w%64+words <= 64 {
		// One value, its mask one byte, all in one word of the bitmap: most objects.
		p := (*uint64)(add(unsafe.Pointer(s.ptrBits), w/64*8))
		field := uint64(1)<<words - 1
		*p = *p&^(field<<(w%64)) | uint64(*mask)&(1<<(typ.PtrBytes/goarch.PtrSize)-1)<<(w%64)
		return
	}
	if typ.Size_ == goarch.PtrSize {
		s.setPtrBits(w, words, ^uint64(0), size/goarch.PtrSize)
		return
	}
	// Clear the object's words, then add each value's mask; the object has at most 64 words.
	var all uint64
	one := maskWord(mask, typ.PtrBytes/goarch.PtrSize)
	for off := uintptr(0); off < size; off += typ.Size_ {
		all |= one << (off / goarch.PtrSize)
	}
	s.setPtrBits(w, words, all, words)
}

// maskWord returns the first n (at most 64) bits of a pointer mask.
func maskWord(mask *byte, n uintptr) uint64 {
	var x uint64
	for i := uintptr(0); i*8 < n; i++ {
		x |= uint64(*addb(mask, i)) << (i * 8)
	}
	if n < 64 {
		x &= 1<<n - 1
	}
	return x
}

// setPtrBits sets the pointer bits of words w to w+words (at most 64) to the lowest valid bits of x, and
// to zero beyond.
func (s *mspan) setPtrBits(w, words uintptr, x uint64, valid uintptr) {
	if valid < 64 {
		x &= 1<<valid - 1
	}
	field := ^uint64(0)
	if words < 64 {
		field = 1<<words - 1
	}
	p := (*uint64)(add(unsafe.Pointer(s.ptrBits), w/64*8))
	sh := w % 64
	*p = *p&^(field<<sh) | x<<sh
	if sh+words > 64 {
		p = (*uint64)(add(unsafe.Pointer(p), 8))
		*p = *p&^(field>>(64-sh)) | x>>(64-sh)
	}
}

// Entry points.

// newobject is new(T) on the heap.
func newobject(typ *_type) unsafe.Pointer { return mallocgc(typ.Size_, typ, true) }

//go:linkname maps_newobject internal/runtime/maps.newobject
func maps_newobject(typ *_type) unsafe.Pointer { return newobject(typ) }

//go:linkname reflect_unsafe_New reflect.unsafe_New
func reflect_unsafe_New(typ *_type) unsafe.Pointer { return mallocgc(typ.Size_, typ, true) }

//go:linkname reflectlite_unsafe_New internal/reflectlite.unsafe_New
func reflectlite_unsafe_New(typ *_type) unsafe.Pointer { return mallocgc(typ.Size_, typ, true) }

// newarray allocates an array of n values.
//
//go:linkname newarray
func newarray(typ *_type, n int) unsafe.Pointer {
	if n == 1 {
		return mallocgc(typ.Size_, typ, true)
	}
	mem, overflow := math.MulUintptr(typ.Size_, uintptr(n))
	if overflow || mem > maxAlloc || n < 0 {
		panic(plainError("runtime: allocation size out of range"))
	}
	return mallocgc(mem, typ, true)
}

//go:linkname reflect_unsafe_NewArray reflect.unsafe_NewArray
func reflect_unsafe_NewArray(typ *_type, n int) unsafe.Pointer { return newarray(typ, n) }

//go:linkname maps_newarray internal/runtime/maps.newarray
func maps_newarray(typ *_type, n int) unsafe.Pointer { return newarray(typ, n) }

// freegc is a hint of slice.go that an object is dead; the collector will see it.
func freegc(ptr unsafe.Pointer, size uintptr, noscan bool) bool { return false }

// defaultMemProfileRate is MemProfileRate's initial value. At that value the heap profiler is off: it
// costs samples and stack walks that hardly any program reads. A program that sets the rate gets it.
const defaultMemProfileRate = 512 * 1024

// persistentalloc returns zeroed memory that is never freed and never scanned. The result's type in
// between keeps write barriers out.
func persistentalloc(size, align uintptr, stat *sysMemStat) unsafe.Pointer {
	var p *notInHeap
	systemstack(func() {
		p = persistentalloc1(size, align)
		stat.add(int64(size))
	})
	return unsafe.Pointer(p)
}

// A persistentAlloc is a field of p.
type persistentAlloc struct{}

// persistent's first chunk is part of the program's data.
var persistent struct {
	lock  mutex
	base  uintptr
	end   uintptr
	first [1024]byte
}

func persistentalloc1(size, align uintptr) *notInHeap {
	align = max(align, 8)
	if align&(align-1) != 0 {
		throw("persistentalloc: align is not a power of 2")
	}
	if imaging.on {
		return (*notInHeap)(unsafe.Pointer(imageHooks.take(size, align)))
	}
	a := &persistent
	lock(&a.lock)
	if a.base == 0 {
		a.base = uintptr(unsafe.Pointer(&a.first))
		a.end = a.base + unsafe.Sizeof(a.first)
	}
	p := alignUp(a.base, align)
	if p+size > a.end {
		chunk := alignUp(max(size+align, 64<<10), physPageSize)
		m, err := mmap(nil, chunk, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
		if err != 0 {
			throw("runtime: cannot allocate memory")
		}
		if size+align >= 64<<10 {
			unlock(&a.lock)
			return (*notInHeap)(unsafe.Pointer(alignUp(uintptr(m), align)))
		}
		a.base = uintptr(m)
		a.end = a.base + chunk
		p = alignUp(a.base, align)
	}
	a.base = p + size
	unlock(&a.lock)
	return (*notInHeap)(unsafe.Pointer(p))
}

func bytePtr(p uintptr) *byte { return (*byte)(unsafe.Pointer(p)) }

//go:nosplit
func addb(p *byte, n uintptr) *byte { return (*byte)(unsafe.Pointer(uintptr(unsafe.Pointer(p)) + n)) }

// A free stack block, as a typed pointer.

func freeStackAt(p uintptr) *freeStack { return (*freeStack)(unsafe.Pointer(p)) }

func addrOfFreeStack(s *freeStack) unsafe.Pointer { return unsafe.Pointer(s) }

const _ = abi.StackSmall
