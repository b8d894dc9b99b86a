// Preemption: asking a running goroutine to stop.
//
// A request has two forms at once. stackguard0 is set so high that the next prologue calls morestack, and
// newstack sees why. For a loop without calls the thread also gets a signal: where the compiler's maps
// say that the goroutine may stop at the very instruction, the handler makes it call asyncPreempt, which
// saves all registers and enters the scheduler. Everywhere else the handler returns, and whoever wants
// the goroutine to stop asks again. The collector scans such a stack's two innermost frames conservatively
// (mgcstack.go), and nobody but the goroutine itself moves it.

package runtime

import "internal/abi"

const sigPreempt = _SIGURG

// preemptMSupported tells files of GOROOT that there is preemption by signal.
const preemptMSupported = true

// What asyncPreempt and what it calls may use of a stack, the pushed return address included.
const asyncPreemptStack = 600

// In assembly.
func asyncPreempt()

// preemptone asks the goroutine that runs on pp to stop. It reports whether there was one.
func preemptone(pp *p) bool {
	mp := pp.m.ptr()
	if mp == nil || mp == getg().m {
		return false
	}
	gp := mp.curg
	if gp == nil || gp == mp.g0 {
		return false
	}
	gp.preempt = true
	gp.stackguard0 = stackPreempt
	if debug.asyncpreemptoff == 0 && readgstatus(gp)&^_Gscan == _Grunning {
		pp.preempt = true
		preemptM(mp)
	}
	return true
}

// preemptM sends the signal, unless one is on its way.
func preemptM(mp *m) {
	if mp.procid != 0 && mp.signalPending.CompareAndSwap(0, 1) {
		signalM(mp, sigPreempt)
	}
}

// preemptall asks every running goroutine to stop.
func preemptall() bool {
	any := false
	for _, pp := range allp {
		if pp.status == _Prunning && preemptone(pp) {
			any = true
		}
	}
	return any
}

// doSigPreempt is the handler's part. gp is what the signal interrupted.
//
//go:nowritebarrierrec
func doSigPreempt(gp *g, c *sigctxt) {
	mp := gp.m
	if wantAsyncPreempt(gp) && isAsyncSafePoint(gp, c.sigpc(), c.sigsp()) {
		c.pushCall(abi.FuncPCABI0(asyncPreempt), c.sigpc())
	}
	mp.preemptGen.Add(1)
	mp.signalPending.Store(0)
}

func wantAsyncPreempt(gp *g) bool {
	pp := gp.m.p.ptr()
	return (gp.preempt || pp != nil && pp.preempt) && readgstatus(gp)&^_Gscan == _Grunning
}

// isAsyncSafePoint reports whether gp, interrupted at pc, may be stopped right there.
func isAsyncSafePoint(gp *g, pc, sp uintptr) bool {
	mp := gp.m
	if gp != mp.curg || mp.p == 0 || !canPreemptM(mp) || gp.throwsplit {
		return false
	}
	if sp < gp.stack.lo || sp > gp.stack.hi || sp-gp.stack.lo < asyncPreemptStack {
		return false
	}
	f := findfunc(pc)
	if !f.valid() {
		return false
	}
	if v, _ := pcdatavalue2(f, abi.PCDATA_UnsafePoint, pc); v == abi.UnsafePointUnsafe {
		return false
	}
	if f.flag&abi.FuncFlagAsm != 0 || funcdata(f, abi.FUNCDATA_LocalsPointerMaps) == nil {
		return false // assembly has no maps
	}
	name := funcname(f)
	return !stringHasPrefix(name, "runtime.") && !stringHasPrefix(name, "internal/runtime/") &&
		!stringHasPrefix(name, "reflect.")
}

func stringHasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// asyncPreempt2 is called by asyncPreempt once the registers are saved.
//
// Nosplit: no map describes the stack here, so it must not move.
//
//go:nosplit
func asyncPreempt2() {
	gp := getg()
	gp.asyncSafePoint = true
	mcall(gopreempt_m)
	gp.asyncSafePoint = false
}
