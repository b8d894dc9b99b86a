// Walking a goroutine's frames to correct or mark what they hold.
//
// The unwinder reads a frame's size and its maps from compressed tables. What they say depends only on
// where the frame continues, and deep stacks have the same few places over and over: so each processor
// keeps what it read last, and most frames of a walk are found there.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/runtime/sys"
	"unsafe"
)

// A frameShape is what the tables say about a frame that continues at pc.
type frameShape struct {
	_       sys.NotInHeap
	pc      uintptr // 0: unused
	fn      funcInfo
	size    uintptr // from the stack pointer to the caller's, the return address included
	locals  bitvector
	args    bitvector
	objs    []stackObjectRecord
	varp    uintptr // where the locals end, from the stack pointer on
	savedBP bool    // at varp
	// The caller's frame is an ordinary one: the function neither stands for an interrupted one nor
	// ends the stack.
	plain bool
}

// A frameCache keeps shapes by pc.
type frameCache struct {
	_     sys.NotInHeap
	shape [frameCacheSize]frameShape
}

const frameCacheSize = 64

func (c *frameCache) at(pc uintptr) *frameShape {
	return &c.shape[(pc^pc>>6)%frameCacheSize]
}

// A stackWalk visits the frames of a goroutine that does not run, from the innermost. It is used on
// the system stack by a thread with a processor.
type stackWalk struct {
	u     unwinder // at the current frame if slow
	cache *frameCache
	sp    uintptr // of the current frame
	shape *frameShape
	slow  bool
	own   frameShape // of a frame that the cache cannot hold
}

// start goes to gp's innermost frame. It reports false if there is none.
func (w *stackWalk) start(gp *g) bool {
	if pp := getg().m.p.ptr(); pp != nil && !imaging.on {
		if pp.mcache.frames == nil {
			pp.mcache.frames = (*frameCache)(persistentalloc(unsafe.Sizeof(frameCache{}), 64, &memstats.otherSys))
		}
		w.cache = pp.mcache.frames
	}
	w.u.init(gp, 0)
	if !w.u.valid() {
		return false
	}
	w.load(false)
	return true
}

// next goes to the caller's frame. It reports false at the end.
func (w *stackWalk) next() bool {
	sh := w.shape
	if sh.plain && w.cache != nil {
		sp := w.sp + sh.size
		pc := *(*uintptr)(unsafe.Pointer(sp - goarch.PtrSize))
		if e := w.cache.at(pc); e.pc == pc {
			w.sp = sp
			w.shape = e
			w.slow = false
			return true
		}
	}
	f := &w.u.frame
	if !w.slow {
		f.fn, f.pc, f.sp, f.fp = sh.fn, sh.pc, w.sp, w.sp+sh.size
		f.lr = *(*uintptr)(unsafe.Pointer(f.fp - goarch.PtrSize))
	}
	w.u.next()
	if !w.u.valid() {
		return false
	}
	w.load(sh.plain)
	return true
}

// load reads the tables for the frame that the unwinder is at. called says that it is stopped at a
// call.
func (w *stackWalk) load(called bool) {
	frame := &w.u.frame
	fn := frame.fn
	plain := fn.pcsp != 0 && fn.flag&(abi.FuncFlagTopFrame|abi.FuncFlagSPWrite) == 0 && !isInjectedCall(fn.funcID)
	sh := (*frameShape)(noescape(unsafe.Pointer(&w.own))) // of the system stack, which does not move
	if called && plain && w.cache != nil && fn.args != abi.ArgsSizeUnknown && frame.continpc == frame.pc {
		sh = w.cache.at(frame.pc)
	}
	sh.pc = frame.pc
	sh.fn = fn
	sh.size = frame.fp - frame.sp
	sh.varp = frame.varp - frame.sp
	sh.savedBP = frame.argp-frame.varp == 2*goarch.PtrSize
	sh.plain = plain
	if fn.funcID == abi.FuncID_asyncPreempt || w.u.calleeFuncID == abi.FuncID_asyncPreempt {
		sh.locals, sh.args, sh.objs = bitvector{}, bitvector{}, nil // not stopped at a call: no maps
	} else {
		sh.locals, sh.args, sh.objs = frame.getStackMap(true)
	}
	w.sp = frame.sp
	w.shape = sh
	w.slow = true
}

// localsAt returns where the words of the locals' map begin.
func (w *stackWalk) localsAt() uintptr {
	return w.sp + w.shape.varp - uintptr(w.shape.locals.n)*goarch.PtrSize
}

// argsAt returns where the arguments begin.
func (w *stackWalk) argsAt() uintptr { return w.sp + w.shape.size }

// objectAt returns where a stack object lies, 0 if the frame does not reach that far yet.
func (w *stackWalk) objectAt(obj *stackObjectRecord) uintptr {
	base := w.sp + w.shape.varp
	if obj.off >= 0 {
		base = w.sp + w.shape.size
	}
	p := base + uintptr(obj.off)
	if p < w.sp {
		return 0
	}
	return p
}
