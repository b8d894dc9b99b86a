// Marking from stacks.
//
// A function's map names the slots that are live at a call. An address-taken local may instead be a
// stack object, with a record of its own (FUNCDATA_StackObjects): it is scanned only if a live pointer
// leads to it, so that what it once referred to can die before its function returns. Functions of the
// runtime have such locals in every map instead; reflect's call stubs have one object.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/runtime/sys"
	"unsafe"
)

// A stackObject is an object of the stack being scanned.
type stackObject struct {
	lo, hi uintptr
	mask   *byte
	words  uintptr // of the mask
	done   bool
}

// A stackScan is the state of one stack's scan. The arrays are mapped and kept for the next.
type stackScan struct {
	stk   stack
	objs  *[maxStackObjects]stackObject // in order of address: frames are visited from the innermost
	nobjs uintptr
	ptrs  *[maxStackPointers]uintptr // pointers into the stack that were found and not followed
	nptrs uintptr
	// Words of a frame without a map were taken for pointers: they may lead to objects that do not live,
	// or not yet, and hold anything.
	doubtful bool
}

// Sizes of the arrays, which are mapped without reserving memory. The second covers every word of the
// largest stack.
const (
	maxStackObjects  = 1 << 24
	maxStackPointers = 1 << 27
)

// markStack shades what gp's frames and records refer to.
func (m *marker) markStack(gp *g) {
	switch readgstatus(gp) &^ _Gscan {
	case _Gdead, _Gidle, _Gdeadextra:
		return
	case _Grunnable, _Gwaiting, _Gsyscall, _Gpreempted, _Gleaked, _Grunning:
		// Running only between leaving a system call and getting a processor: then the frames from
		// syscallsp on are stable.
	default:
		dumpgstatus(gp)
		throw("markStack: goroutine in unexpected state")
	}
	if gp.stack.lo == 0 {
		return
	}
	m.stackBytes += gp.stack.hi - gp.sched.sp
	s := &m.scan
	s.stk = gp.stack
	s.nobjs, s.nptrs = 0, 0
	s.doubtful = false
	m.shadeOrFollow(uintptr(gp.sched.ctxt)) // a closure may lie on the stack
	for d := gp._defer; d != nil; d = d.link {
		m.shadeOrFollow(uintptr(unsafe.Pointer(d)))
		m.shadeOrFollow(*(*uintptr)(unsafe.Pointer(&d.fn)))
		m.shadeOrFollow(uintptr(unsafe.Pointer(d.head)))
	}
	m.shadeOrFollow(uintptr(unsafe.Pointer(gp._panic)))
	var w stackWalk
	conservative := false
	for ok := w.start(gp); ok; ok = w.next() {
		// The frame that was stopped between two calls has no map, and its caller's map may not describe
		// the arguments that it has spilled there.
		async := w.shape.fn.funcID == abi.FuncID_asyncPreempt
		if async || conservative {
			s.doubtful = true
			m.markFrameConservatively(&w.u.frame)
		} else {
			m.markFrame(&w)
		}
		conservative = async
	}
	for s.nptrs > 0 {
		s.nptrs--
		m.followStackPointer(s.ptrs[s.nptrs])
	}
}

// markFrameConservatively treats every word of the frame, which the walk has no shape of, as if it were a pointer.
func (m *marker) markFrameConservatively(frame *stkframe) {
	if frame.varp != 0 {
		m.scanConservatively(frame.sp, frame.varp)
	}
	if n := frame.argBytes(); n != 0 {
		m.scanConservatively(frame.argp, frame.argp+n)
	}
}

// scanConservatively shades what the words in [lo, hi) point to, if it is an object in use.
func (m *marker) scanConservatively(lo, hi uintptr) {
	for p := lo; p < hi; p += goarch.PtrSize {
		v := *(*uintptr)(unsafe.Pointer(p))
		if m.scan.stk.lo <= v && v < m.scan.stk.hi {
			m.shadeOrFollow(v)
		} else if base, s, i := findObject(v, 0, 0); base != 0 && s.inUse(i) {
			m.markObject(base, s, i)
		}
	}
}

func (m *marker) markFrame(w *stackWalk) {
	sh := w.shape
	if sh.locals.n > 0 {
		m.scanStackWords(w.localsAt(), uintptr(sh.locals.n), sh.locals.bytedata)
	}
	if sh.args.n > 0 {
		m.scanStackWords(w.argsAt(), uintptr(sh.args.n), sh.args.bytedata)
	}
	for i := range sh.objs {
		if p := w.objectAt(&sh.objs[i]); p != 0 {
			m.addStackObject(p, &sh.objs[i])
		}
	}
}

func (m *marker) addStackObject(p uintptr, r *stackObjectRecord) {
	s := &m.scan
	if s.objs == nil {
		s.objs = (*[maxStackObjects]stackObject)(stackScanMap(unsafe.Sizeof(*s.objs)))
	}
	if s.nobjs == maxStackObjects {
		throw("addStackObject: too many stack objects")
	}
	n, mask := r.gcdata()
	s.objs[s.nobjs] = stackObject{lo: p, hi: p + uintptr(r.size), mask: mask, words: n / goarch.PtrSize}
	s.nobjs++
}

func stackScanMap(size uintptr) unsafe.Pointer {
	p, err := mmap(nil, size, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE|mapNoReserve, -1, 0)
	if err != 0 {
		throw("out of memory")
	}
	return p
}

// scanStackWords treats the words from b that mask marks.
func (m *marker) scanStackWords(b, words uintptr, mask *byte) {
	for i := uintptr(0); i < words; i += 8 {
		for bits := *addb(mask, i/8); bits != 0; bits &= bits - 1 {
			if j := i + uintptr(sys.TrailingZeros8(bits)); j < words {
				m.shadeOrFollow(*(*uintptr)(unsafe.Pointer(b + j*goarch.PtrSize)))
			}
		}
	}
}

// shadeOrFollow shades a heap object, or remembers a pointer into the stack.
func (m *marker) shadeOrFollow(p uintptr) {
	s := &m.scan
	if p < s.stk.lo || s.stk.hi <= p {
		m.shade(p)
		return
	}
	if s.ptrs == nil {
		s.ptrs = (*[maxStackPointers]uintptr)(stackScanMap(unsafe.Sizeof(*s.ptrs)))
	}
	if s.nptrs == maxStackPointers {
		throw("shadeOrFollow: too many pointers into the stack")
	}
	s.ptrs[s.nptrs] = p
	s.nptrs++
}

// followStackPointer scans the stack object that p points into, once.
func (m *marker) followStackPointer(p uintptr) {
	s := &m.scan
	lo, hi := uintptr(0), s.nobjs
	for lo < hi {
		mid := (lo + hi) / 2
		if s.objs[mid].hi <= p {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == s.nobjs {
		return
	}
	if o := &s.objs[lo]; p >= o.lo && !o.done {
		o.done = true
		if !s.doubtful {
			m.scanStackWords(o.lo, o.words, o.mask)
			return
		}
		for i := uintptr(0); i < o.words; i++ {
			if *addb(o.mask, i/8)>>(i%8)&1 != 0 {
				m.scanConservatively(o.lo+i*goarch.PtrSize, o.lo+(i+1)*goarch.PtrSize)
			}
		}
	}
}
