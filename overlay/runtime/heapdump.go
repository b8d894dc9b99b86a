// The dump of runtime/debug.WriteHeapDump: objects, roots, goroutines and statistics, in the format that
// https://golang.org/s/go15heapdump describes. Numbers are varints, strings have their length in front.

package runtime

import (
	"internal/goarch"
	"internal/runtime/sys"
	"unsafe"
)

// Kinds of records.
const (
	dumpEOF = iota
	dumpObject
	dumpOtherRoot
	dumpType
	dumpGoroutine
	dumpStackFrame
	dumpParams
	dumpFinalizer
	dumpItab
	dumpOSThread
	dumpMemStats
	dumpQueuedFinalizer
	dumpData
	dumpBSS
	dumpDefer
	dumpPanic
	dumpMemProf
	dumpAllocSample
)

// Kinds of fields of objects, frames and segments; only pointers are told.
const (
	dumpFieldsEnd = iota
	dumpPointer
)

// theDump is where the dump goes and what of it has not been written yet.
var theDump *heapDump

type heapDump struct {
	_     sys.NotInHeap
	fd    uintptr
	n     uintptr
	stats MemStats
	buf   [16 << 10]byte
}

// writeHeapDump is debug.WriteHeapDump. The world stands still meanwhile: what reads the file must not be
// this process.
//
//go:linkname writeHeapDump runtime/debug.WriteHeapDump
func writeHeapDump(fd uintptr) {
	w := stopTheWorld(stwWriteHeapDump)
	systemstack(func() {
		gp := getg().m.curg
		casGToWaiting(gp, _Grunning, waitReasonDumpingHeap)
		flushCaches()
		if theDump == nil {
			theDump = (*heapDump)(persistentalloc(unsafe.Sizeof(heapDump{}), 8, &memstats.otherSys))
		}
		theDump.fd = fd
		readStats(&theDump.stats)
		theDump.run()
		casgstatus(gp, _Gwaiting, _Grunning)
	})
	startTheWorld(w)
}

func (d *heapDump) run() {
	const header = "go1.7 heap dump\n"
	d.bytes(unsafe.Pointer(unsafe.StringData(header)), uintptr(len(header)))
	d.params()
	iterate_itabs(dumpOneItab)
	d.objects()
	for _, gp := range allgs {
		if s := readgstatus(gp); s != _Gdead && s != _Gdeadextra && s != _Gidle {
			d.goroutine(gp)
		}
	}
	for mp := allm; mp != nil; mp = mp.alllink {
		d.number(dumpOSThread)
		d.pointer(unsafe.Pointer(mp))
		d.number(uint64(mp.id))
		d.number(mp.procid)
	}
	d.roots()
	d.statistics()
	d.profile()
	d.number(dumpEOF)
	d.flush()
}

// Writing.

func (d *heapDump) flush() {
	write(d.fd, unsafe.Pointer(&d.buf), int32(d.n))
	d.n = 0
}

func (d *heapDump) bytes(p unsafe.Pointer, n uintptr) {
	for n > 0 {
		if d.n == uintptr(len(d.buf)) {
			d.flush()
		}
		k := min(n, uintptr(len(d.buf))-d.n)
		memmove(unsafe.Pointer(&d.buf[d.n]), p, k)
		d.n += k
		p = add(p, k)
		n -= k
	}
}

func (d *heapDump) number(v uint64) {
	var b [10]byte
	n := uintptr(0)
	for ; v >= 0x80; n++ {
		b[n] = byte(v) | 0x80
		v >>= 7
	}
	b[n] = byte(v)
	d.bytes(noescape(unsafe.Pointer(&b)), n+1)
}

func (d *heapDump) pointer(p unsafe.Pointer) { d.number(uint64(uintptr(p))) }

func (d *heapDump) flag(b bool) { d.number(uint64(bool2int(b))) }

func (d *heapDump) memory(p, n uintptr) {
	d.number(uint64(n))
	d.bytes(unsafe.Pointer(p), n)
}

func (d *heapDump) text(s string) {
	d.memory(uintptr(unsafe.Pointer(unsafe.StringData(s))), uintptr(len(s)))
}

// fields tells of the pointers that mask marks, n words from offset on.
func (d *heapDump) fields(mask bitvector, offset uintptr) {
	for i := uintptr(0); i < uintptr(max(mask.n, 0)); i++ {
		if mask.ptrbit(i) != 0 {
			d.field(offset + i*goarch.PtrSize)
		}
	}
}

func (d *heapDump) field(offset uintptr) {
	d.number(dumpPointer)
	d.number(uint64(offset))
}

// Records.

func (d *heapDump) params() {
	d.number(dumpParams)
	d.flag(false) // little endian
	d.number(goarch.PtrSize)
	start, end := uintptr(heapBase), heapBase+mheap_.used
	if firstSpan.startAddr != 0 {
		start = firstBase()
	}
	d.number(uint64(start))
	d.number(uint64(end))
	d.text(goarch.GOARCH)
	d.text(buildVersion)
	d.number(uint64(numCPUStartup))
}

func dumpOneItab(tab *itab) {
	theDump.typ(tab.Type)
	theDump.number(dumpItab)
	theDump.pointer(unsafe.Pointer(tab))
	theDump.pointer(unsafe.Pointer(tab.Type))
}

// typ describes a type; more than once does no harm.
func (d *heapDump) typ(t *_type) {
	d.number(dumpType)
	d.pointer(unsafe.Pointer(t))
	d.number(uint64(t.Size_))
	rt := toRType(t)
	pkg := rt.pkgpath()
	if t.Uncommon() == nil || pkg == "" {
		d.text(rt.string())
	} else {
		name := rt.name()
		d.number(uint64(len(pkg) + 1 + len(name)))
		d.bytes(unsafe.Pointer(unsafe.StringData(pkg)), uintptr(len(pkg)))
		d.bytes(unsafe.Pointer(unsafe.StringData(".")), 1)
		d.bytes(unsafe.Pointer(unsafe.StringData(name)), uintptr(len(name)))
	}
	d.flag(!t.IsDirectIface() || t.Pointers())
}

func (d *heapDump) objects() {
	if firstSpan.startAddr != 0 {
		for off := uintptr(0); off < firstHeap.next; {
			p := firstBase() + off
			size := firstObjectSize(p)
			d.object(p, size, &firstSpan)
			off += size
		}
	}
	for i := int32(0); i < mheap_.nspans; i++ {
		s := *mheap_.spanAt(i)
		for k := uintptr(0); k < uintptr(s.nelems); k++ {
			if s.inUse(k) {
				d.object(s.startAddr+k*s.elemsize, s.elemsize, s)
			}
		}
	}
}

func (d *heapDump) object(p, size uintptr, s *mspan) {
	d.number(dumpObject)
	d.number(uint64(p))
	d.memory(p, size)
	if s.state == spanMixed || !objectNoscan(s) {
		for off := uintptr(0); off < size; off += goarch.PtrSize {
			if isPointerWord(s, p, p+off) {
				d.field(off)
			}
		}
	}
	d.number(dumpFieldsEnd)
}

func (d *heapDump) goroutine(gp *g) {
	sp, pc := gp.sched.sp, gp.sched.pc
	if gp.syscallsp != 0 {
		sp, pc = gp.syscallsp, gp.syscallpc
	}
	d.number(dumpGoroutine)
	d.pointer(unsafe.Pointer(gp))
	d.number(uint64(sp))
	d.number(gp.goid)
	d.number(uint64(gp.gopc))
	d.number(uint64(readgstatus(gp)))
	d.flag(isSystemGoroutine(gp, false))
	d.flag(false) // not a background goroutine
	d.number(uint64(gp.waitsince))
	d.text(gp.waitreason.String())
	d.pointer(gp.sched.ctxt)
	d.pointer(unsafe.Pointer(gp.m))
	d.pointer(unsafe.Pointer(gp._defer))
	d.pointer(unsafe.Pointer(gp._panic))
	d.frames(gp, pc, sp)
	for r := gp._defer; r != nil; r = r.link {
		d.number(dumpDefer)
		d.pointer(unsafe.Pointer(r))
		d.pointer(unsafe.Pointer(gp))
		d.number(uint64(r.sp))
		d.number(uint64(r.pc))
		fn := *(**funcval)(unsafe.Pointer(&r.fn))
		d.pointer(unsafe.Pointer(fn))
		if fn == nil {
			d.number(0)
		} else {
			d.number(uint64(fn.fn))
		}
		d.pointer(unsafe.Pointer(r.link))
	}
	for p := gp._panic; p != nil; p = p.link {
		d.number(dumpPanic)
		d.pointer(unsafe.Pointer(p))
		d.pointer(unsafe.Pointer(gp))
		e := efaceOf(&p.arg)
		d.pointer(unsafe.Pointer(e._type))
		d.pointer(e.data)
		d.number(0) // a deferred call, in old versions
		d.pointer(unsafe.Pointer(p.link))
	}
}

func (d *heapDump) frames(gp *g, pc, sp uintptr) {
	var u unwinder
	var child, depth uintptr
	var args bitvector // of the child, at the start of its caller's frame
	for u.initAt(pc, sp, 0, gp, unwindSilentErrors); u.valid(); u.next() {
		f := &u.frame
		d.number(dumpStackFrame)
		d.number(uint64(f.sp))
		d.number(uint64(depth))
		d.number(uint64(child))
		d.memory(f.sp, f.fp-f.sp)
		d.number(uint64(f.fn.entry()))
		d.number(uint64(f.pc))
		d.number(uint64(f.continpc))
		name := funcname(f.fn)
		if name == "" {
			name = "unknown function"
		}
		d.text(name)
		d.fields(args, 0)
		args = bitvector{}
		if f.continpc != 0 {
			var locals bitvector
			locals, args, _ = f.getStackMap(false)
			d.fields(locals, f.varp-f.sp-uintptr(max(locals.n, 0))*goarch.PtrSize)
		}
		d.number(dumpFieldsEnd)
		child = f.sp
		depth++
	}
}

func (d *heapDump) roots() {
	md := &firstmoduledata
	d.segment(dumpData, md.data, md.edata, md.gcdatamask)
	d.segment(dumpBSS, md.bss, md.ebss, md.gcbssmask)
	forEachSpecial(dumpOneSpecial)
	iterate_finq(dumpOneQueued)
}

func (d *heapDump) segment(tag uint64, start, end uintptr, mask bitvector) {
	d.number(tag)
	d.number(uint64(start))
	d.memory(start, end-start)
	d.fields(mask, 0)
	d.number(dumpFieldsEnd)
}

func dumpOneSpecial(s *mspan, x *special) {
	if x.kind == _KindSpecialFinalizer {
		f := (*specialfinalizer)(unsafe.Pointer(x))
		theDump.finalizer(dumpFinalizer, s.base()+x.offset, f.fn, f.fint, f.ot)
	}
}

func dumpOneQueued(fn *funcval, obj unsafe.Pointer, nret uintptr, fint *_type, ot *ptrtype) {
	theDump.finalizer(dumpQueuedFinalizer, uintptr(obj), fn, fint, ot)
}

func (d *heapDump) finalizer(tag uint64, obj uintptr, fn *funcval, fint *_type, ot *ptrtype) {
	d.number(tag)
	d.number(uint64(obj))
	d.pointer(unsafe.Pointer(fn))
	d.number(uint64(fn.fn))
	d.pointer(unsafe.Pointer(fint))
	d.pointer(unsafe.Pointer(ot))
}

// statistics writes the fields of MemStats in their order up to the number of collections.
func (d *heapDump) statistics() {
	m := &d.stats
	d.number(dumpMemStats)
	first, end := unsafe.Pointer(&m.Alloc), unsafe.Offsetof(m.PauseEnd)
	for off := uintptr(0); off < end; off += unsafe.Sizeof(m.Alloc) {
		d.number(*(*uint64)(add(first, off)))
	}
	d.number(uint64(m.NumGC))
}

// profile writes the buckets of the heap profile, and which objects were sampled.
func (d *heapDump) profile() {
	iterate_memprof(dumpOneBucket)
	forEachSpecial(func(s *mspan, x *special) {
		if x.kind == _KindSpecialProfile {
			theDump.number(dumpAllocSample)
			theDump.number(uint64(s.base() + x.offset))
			theDump.pointer(unsafe.Pointer((*specialProfile)(unsafe.Pointer(x)).b))
		}
	})
}

func dumpOneBucket(b *bucket, depth uintptr, stack *uintptr, size, allocs, frees uintptr) {
	d := theDump
	d.number(dumpMemProf)
	d.pointer(unsafe.Pointer(b))
	d.number(uint64(size))
	d.number(uint64(depth))
	for i, pc := range unsafe.Slice(stack, depth) {
		fn := findfunc(pc)
		if !fn.valid() {
			d.text("(unknown)")
			d.text("?")
			d.number(0)
			continue
		}
		d.text(funcname(fn))
		if i > 0 && pc > fn.entry() {
			pc--
		}
		file, line := funcline(fn, pc)
		d.text(file)
		d.number(uint64(line))
	}
	d.number(uint64(allocs))
	d.number(uint64(frees))
}
