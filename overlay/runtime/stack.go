// Growing, moving and shrinking stacks.
//
// A stack is contiguous. When a prologue finds too little room it calls morestack, which saves the
// goroutine's registers and calls newstack on the system stack; newstack copies the stack to one twice
// as large, or four times, and corrects every pointer into it: those that the functions' maps name
// (stkframe.go reads gc's funcdata), saved frame pointers, and those in the goroutine's own records
// (defers, panics, wait list elements, saved context). Nothing else may point into a stack.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/runtime/atomic"
	"internal/runtime/sys"
	"unsafe"
)

// A bitvector is n bits, one byte holding eight, lowest first.
type bitvector struct {
	n        int32
	bytedata *uint8
}

// ptrbit returns bit i.
//
// Nosplit: used by the unwinder in signal handlers.
//
//go:nosplit
func (bv *bitvector) ptrbit(i uintptr) uint8 {
	return *addb(bv.bytedata, i/8) >> (i % 8) & 1
}

// A stackObjectRecord describes an address-taken local that has its own liveness. Compiled code has
// none (its stack objects are in every map); reflect's call stubs do.
type stackObjectRecord struct {
	off       int32 // negative: from varp, else from argp
	size      int32
	ptrBytes  int32
	gcdataoff uint32 // pointer mask, from moduledata.gofunc; of the record that stkobjinit makes, from rodata
}

func (r *stackObjectRecord) gcdata() (uintptr, *byte) {
	base := firstmoduledata.gofunc
	if r == &methodValueCallFrameObjs[0] {
		base = firstmoduledata.rodata
	}
	return uintptr(r.ptrBytes), (*byte)(unsafe.Pointer(base + uintptr(r.gcdataoff)))
}

// A stackMove is the old stack and the distance to the new.
type stackMove struct {
	old   stack
	delta uintptr
}

// fix corrects the word at p if it points into the old stack.
func (mv *stackMove) fix(p unsafe.Pointer) {
	w := (*uintptr)(p)
	if mv.old.lo <= *w && *w < mv.old.hi {
		*w += mv.delta
	}
}

// fixWords corrects those words from base that bv marks. f is the frame's function when its words must
// be valid pointers.
func (mv *stackMove) fixWords(base uintptr, bv *bitvector, f funcInfo) {
	for i := uintptr(0); i < uintptr(bv.n); i += 8 {
		for b := *addb(bv.bytedata, i/8); b != 0; b &= b - 1 {
			at := base + (i+uintptr(sys.TrailingZeros8(b)))*goarch.PtrSize
			v := *(*uintptr)(unsafe.Pointer(at))
			if f.valid() && 0 < v && v < minLegalPointer && debug.invalidptr != 0 {
				getg().m.traceback = 2
				print("runtime: bad pointer in frame ", funcname(f), " at ", hex(at), ": ", hex(v), "\n")
				throw("invalid pointer found on stack")
			}
			mv.fix(unsafe.Pointer(at))
		}
	}
}

// fixFrame corrects the words of the frame that w is at.
func (mv *stackMove) fixFrame(w *stackWalk) {
	sh := w.shape
	if sh.savedBP {
		mv.fix(unsafe.Pointer(w.sp + sh.varp))
	}
	if sh.locals.n > 0 {
		mv.fixWords(w.localsAt(), &sh.locals, sh.fn)
	}
	if sh.args.n > 0 {
		mv.fixWords(w.argsAt(), &sh.args, funcInfo{})
	}
	for i := range sh.objs {
		if p := w.objectAt(&sh.objs[i]); p != 0 {
			n, mask := sh.objs[i].gcdata()
			bv := bitvector{int32(n / goarch.PtrSize), mask}
			mv.fixWords(p, &bv, funcInfo{})
		}
	}
}

// copystack moves gp, which does not run, to a new stack of newsize bytes. It runs on the system stack.
// No other goroutine may be sending to or receiving from gp's stack: gp is the one that called
// morestack, or the world is stopped.
func copystack(gp *g, newsize uintptr) {
	if gp.syscallsp != 0 {
		throw("copystack: goroutine is in a system call")
	}
	old := gp.stack
	used := old.hi - gp.sched.sp
	new := stackalloc(uint32(newsize))
	memmove(unsafe.Pointer(new.hi-used), unsafe.Pointer(gp.sched.sp), used)
	mv := stackMove{old: old, delta: new.hi - old.hi}

	mv.fix(unsafe.Pointer(&gp.sched.ctxt))
	mv.fix(unsafe.Pointer(&gp.sched.bp))
	mv.fix(unsafe.Pointer(&gp._defer))
	for d := gp._defer; d != nil; d = d.link {
		// Records on the stack are already copied: gp._defer and link lead to the new ones.
		mv.fix(unsafe.Pointer(&d.fn))
		mv.fix(unsafe.Pointer(&d.sp))
		mv.fix(unsafe.Pointer(&d.link))
	}
	mv.fix(unsafe.Pointer(&gp._panic)) // what a _panic refers to is in its frame's map
	for s := gp.waiting; s != nil; s = s.waitlink {
		old := s.elem.vu
		mv.fix(unsafe.Pointer(&s.elem.vu))
		mv.fix(unsafe.Pointer(&s.elem.vp))
		if writeBarrier.enabled {
			wbMoved(old, s.elem.vu)
		}
	}

	gp.stack = new
	gp.stackguard0 = new.lo + stackGuard
	gp.sched.sp = new.hi - used
	if gp.stktopsp != 0 {
		gp.stktopsp += mv.delta
	}
	var w stackWalk
	for ok := w.start(gp); ok; ok = w.next() {
		mv.fixFrame(&w)
	}
	if old != initialStack {
		stackfree(old)
	}
}

// newstack is called by morestack on the system stack: gp, the thread's goroutine, needs more stack, or
// was asked to stop. It never returns.
func newstack() {
	mp := getg().m
	gp := mp.curg
	if mp.morebuf.g.ptr() != gp {
		throw("newstack: called from a stack that is not the goroutine's")
	}
	guard := atomic.Loaduintptr(&gp.stackguard0)
	if guard == stackFork {
		throw("stack growth after fork")
	}
	if gp.throwsplit {
		reportBadSplit(mp, gp)
	}
	callerpc := mp.morebuf.pc
	mp.morebuf = gobuf{}

	if guard == stackPreempt {
		if !canPreemptM(mp) {
			// unlock2 or releasem asks again.
			gp.stackguard0 = gp.stack.lo + stackGuard
			gogo(&gp.sched)
		}
		if gp.preemptShrink {
			gp.preemptShrink = false
			shrinkstack(gp)
		}
		gp.syncSafePoint = true
		gopreempt_m(gp)
	}

	sp := gp.sched.sp - goarch.PtrSize // the call of morestack pushed a word
	if sp < gp.stack.lo && gp.stack != initialStack {
		print("runtime: split stack overflow: ", hex(sp), " < ", hex(gp.stack.lo), " in ", funcname(findfunc(gp.sched.pc)), "\n")
		throw("runtime: split stack overflow")
	}
	oldsize := gp.stack.hi - gp.stack.lo
	newsize := oldsize * 2
	if oldsize >= bigStack && newsize*2 <= min(maxstacksize, maxstackceiling) {
		newsize *= 2
	}
	if guard == stackForceMove {
		newsize = fixedStack // or what the goroutine needs, below
	}
	if f := findfunc(gp.sched.pc); f.valid() {
		need := uintptr(funcMaxSPDelta(f)) + stackGuard
		if need == stackGuard {
			// Without a frame it may be morestackN, called by the function that needs one.
			if f := findfunc(callerpc); f.valid() {
				need += uintptr(funcMaxSPDelta(f))
			}
		}
		used := gp.stack.hi - gp.sched.sp
		for newsize < used+need {
			newsize *= 2
		}
	}
	if newsize > maxstacksize || newsize > maxstackceiling {
		print("runtime: goroutine stack exceeds ", min(maxstacksize, maxstackceiling), "-byte limit\n")
		print("runtime: sp=", hex(sp), " stack=[", hex(gp.stack.lo), ", ", hex(gp.stack.hi), "]\n")
		throw("stack overflow")
	}
	casgstatus(gp, _Grunning, _Gcopystack)
	copystack(gp, newsize)
	casgstatus(gp, _Gcopystack, _Grunning)
	gogo(&gp.sched)
}

// reportBadSplit ends the program: a function that must not grow the stack called one that does.
func reportBadSplit(mp *m, gp *g) {
	buf := mp.morebuf
	gp.syscallsp = buf.sp
	gp.syscallpc = buf.pc
	print("runtime: newstack at ", funcname(findfunc(gp.sched.pc)), " sp=", hex(gp.sched.sp),
		" stack=[", hex(gp.stack.lo), ", ", hex(gp.stack.hi), "]\n")
	mp.traceback = 2
	traceback(buf.pc, buf.sp, 0, gp)
	throw("runtime: stack split at bad time")
}

// isShrinkStackSafe reports whether gp's stack can be moved by someone else: not while it is in a system
// call (its arguments may point into the stack), where it stopped at an instruction without a map, or
// between deciding to park on a channel and being parked.
func isShrinkStackSafe(gp *g) bool {
	if gp.syscallsp != 0 || gp.asyncSafePoint || gp.parkingOnChan.Load() {
		return false
	}
	return readgstatus(gp)&^_Gscan != _Grunning || gp.syncSafePoint
}

// shrinkstack halves gp's stack if it uses less than a quarter. The world is stopped, or gp is the
// thread's own goroutine at a synchronous safe point.
func shrinkstack(gp *g) {
	if gp.stack.lo == 0 || gp.stack == initialStack || !isShrinkStackSafe(gp) || debug.gcshrinkstackoff != 0 {
		return
	}
	if gp == getg().m.curg && gp.m == getg().m && !gp.syncSafePoint {
		return // the collector's own caller
	}
	f := findfunc(gp.startpc)
	if f.valid() && f.funcID == abi.FuncID_gcBgMarkWorker {
		return
	}
	oldsize := gp.stack.hi - gp.stack.lo
	used := gp.stack.hi - gp.sched.sp + stackNosplit
	if oldsize/2 < fixedStack || used >= oldsize/4 {
		return
	}
	copystack(gp, oldsize/2)
}

// canPreemptM reports whether mp's goroutine may be stopped now.
//
// Nosplit: called where the stack is gone.
//
//go:nosplit
func canPreemptM(mp *m) bool {
	return mp.locks == 0 && mp.mallocing == 0 && mp.preemptoff == "" && mp.p.ptr().status == _Prunning
}

// morestackc is where a function marked go:systemstack ends up when its prologue finds that it does
// not run on a system stack: stackguard1 of an ordinary goroutine lets none of them pass. The mark makes
// it visible to prologues.
//
//go:nosplit
//go:linkname morestackc
func morestackc() {
	throw("attempt to execute system stack code on user stack")
}
