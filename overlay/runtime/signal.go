// Signals.
//
// Three handlers are installed at start (SIGSEGV, SIGBUS, SIGQUIT); the others when a second thread, a
// signal.Notify or a collection makes them worth their price. A thread's handlers run on its signal
// stack, made with its system stack; before that, on the initial stack below main's guard.

package runtime

import (
	"internal/abi"
	"internal/runtime/atomic"
	"internal/runtime/sys"
	"unsafe"
)

// sigTabT is a row of the table of signals (sigtab_linux_generic.go).
type sigTabT struct {
	flags int32
	name  string
}

// A gsignalStack is a field of m used with C; we have none.
type gsignalStack struct{}

// fwdSig is needed by sigqueue.go's declarations only: nobody's handler was there before ours.
var fwdSig [_NSIG]uintptr

// handlingSig says which signals os/signal listens to.
var handlingSig [_NSIG]uint32

// signalG is the goroutine of the first thread's handlers.
var signalG g

// signalsOK is set once all handlers of the table are installed.
var signalsOK bool

const (
	_SIG_DFL = 0
	_SIG_IGN = 1
)

// announceSignalStack tells the kernel where the thread's handlers run.
//
// Nosplit: part of coldStart.
//
//go:nosplit
func announceSignalStack(mp *m) {
	var st stackt
	st.ss_flags = 0
	st.ss_size = signalStackSize
	setSignalstackSP(&st, mp.gsignal.stack.lo)
	sigaltstack((*stackt)(noescape(unsafe.Pointer(&st))), nil)
}

// allThreadSignals installs the handlers of the whole table, once: before a second thread, and before
// os/signal's first use.
func allThreadSignals() {
	if signalsOK {
		return
	}
	signalsOK = true
	for i := uint32(0); i < _NSIG; i++ {
		t := &sigtable[i]
		if t.flags == 0 || t.flags&_SigDefault != 0 {
			continue
		}
		if i == _SIGSEGV || i == _SIGBUS || i == _SIGQUIT {
			handlingSig[i] = 1
			continue
		}
		fwdSig[i] = getsig(i)
		if (i == _SIGHUP || i == _SIGINT) && fwdSig[i] == _SIG_IGN {
			sigInitIgnored(i)
			continue
		}
		handlingSig[i] = 1
		setsig(i, abi.FuncPCABIInternal(sighandler))
	}
}

// os/signal's requests, through sigqueue.go.

// signalSender is sigsend, which hands a signal to os/signal, once that has asked for one.
var signalSender func(sig uint32) bool

func sigenable(sig uint32) {
	signalSender = sigsend
	if sig >= uint32(len(sigtable)) {
		return
	}
	allThreadSignals()
	if t := &sigtable[sig]; t.flags&_SigNotify != 0 && handlingSig[sig] == 0 {
		handlingSig[sig] = 1
		fwdSig[sig] = getsig(sig)
		setsig(sig, abi.FuncPCABIInternal(sighandler))
	}
}

func sigdisable(sig uint32) {
	if sig >= uint32(len(sigtable)) {
		return
	}
	// Signals that the runtime itself wants keep their handler.
	if t := &sigtable[sig]; t.flags&_SigNotify != 0 && !sigRuntimeWants(sig) && handlingSig[sig] != 0 {
		handlingSig[sig] = 0
		setsig(sig, fwdSig[sig])
	}
}

func sigignore(sig uint32) {
	if sig >= uint32(len(sigtable)) {
		return
	}
	if t := &sigtable[sig]; t.flags&_SigNotify != 0 {
		handlingSig[sig] = 0
		setsig(sig, _SIG_IGN)
	}
}

// sigRuntimeWants reports whether sig has a handler even when nobody asked for it.
func sigRuntimeWants(sig uint32) bool {
	t := &sigtable[sig]
	if t.flags == 0 || t.flags&_SigDefault != 0 {
		return false
	}
	return !((sig == _SIGHUP || sig == _SIGINT) && fwdSig[sig] == _SIG_IGN)
}

// clearSignalHandlers resets handlers to default in a forked child.
//
//go:nosplit
//go:nowritebarrierrec
func clearSignalHandlers() {
	for i := uint32(0); i < _NSIG; i++ {
		if atomic.Load(&handlingSig[i]) != 0 {
			setsig(i, _SIG_DFL)
		}
	}
	if !signalsOK {
		setsig(_SIGSEGV, _SIG_DFL)
		setsig(_SIGBUS, _SIG_DFL)
		setsig(_SIGQUIT, _SIG_DFL)
	}
}

// sigaction changes or reads the action of a signal.
//
//go:nosplit
//go:nowritebarrierrec
func sigaction(sig uint32, new, old *sigactiont) {
	sysSigaction(sig, new, old)
}

// sigtrampgo is called by the assembly sigtramp, with R14 what FS held.
//
// Nosplit: the goroutine it starts on may have no stack left.
//
//go:nosplit
//go:nowritebarrierrec
func sigtrampgo(sig uint32, info *siginfo, ctx unsafe.Pointer) {
	gp := getg()
	if gp == nil {
		exit(2) // a signal before or after a thread has its goroutine
	}
	mp := gp.m
	gs := mp.gsignal
	here := uintptr(unsafe.Pointer(&sig))
	if mp.g0.sched.sp == 0 {
		// No signal stack yet: the handler runs on the initial stack, which grows downwards.
		setStackBounds(gs, here-signalStackSize, here+512)
	}
	setg(gs)
	sighandler(sig, info, ctx, gp)
	setg(gp)
}

// sighandler handles a signal that arrived while gp ran. It runs as gsignal.
//
//go:nowritebarrierrec
func sighandler(sig uint32, info *siginfo, ctx unsafe.Pointer, gp *g) {
	gsignal := getg()
	mp := gsignal.m
	c := &sigctxt{info, ctx}

	if sig == sigPerThreadSyscall {
		if allThreadsSyscall != nil {
			allThreadsSyscall()
		}
		return
	}
	if sig == _SIGPROF {
		if profSignal != nil {
			profSignal(info, ctx, gp, mp)
		}
		return
	}
	if sig == sigPreempt {
		// Someone may have sent this one for another reason too: it goes on to os/signal.
		doSigPreempt(gp, c)
	}
	flags := int32(_SigThrow)
	if sig < uint32(len(sigtable)) {
		flags = sigtable[sig].flags
	}
	if !c.sigFromUser() && flags&_SigPanic != 0 && (gp.throwsplit || gp != mp.curg) {
		// The goroutine cannot panic where it is.
		flags = _SigThrow
	}
	if isAbortPC(c.sigpc()) {
		flags = _SigThrow
	}
	if !c.sigFromUser() && flags&_SigPanic != 0 {
		// Remember why, and continue the goroutine in sigpanic.
		gp.sig = sig
		gp.sigcode0 = uintptr(c.sigcode())
		gp.sigcode1 = c.fault()
		gp.sigpc = c.sigpc()
		c.preparePanic(sig, gp)
		return
	}
	if c.sigFromUser() || flags&_SigNotify != 0 {
		if signalSender != nil && signalSender(sig) {
			return
		}
	}
	if c.sigFromUser() && signal_ignored(sig) {
		return
	}
	if flags&_SigKill != 0 {
		dieFromSignal(sig)
	}
	if flags&(_SigThrow|_SigPanic) == 0 {
		return
	}
	fatalsignal(sig, c, gp, mp)
}

// sigprof records a sample of the CPU profile: the stack of what the signal interrupted.
func sigprof(info *siginfo, ctx unsafe.Pointer, gp *g, mp *m) {
	c := &sigctxt{info, ctx}
	if prof.hz.Load() == 0 || mp.mallocing != 0 {
		return
	}
	// Nothing here may fault or print: unwinding stops where it does not understand.
	mp.mallocing++
	var stk [maxCPUProfStack]uintptr
	n := 0
	if gp == mp.curg && gp != nil && gp.syscallsp == 0 && mp.vdsoSP == 0 && findfunc(c.sigpc()).valid() {
		var u unwinder
		u.initAt(c.sigpc(), c.sigsp(), c.siglr(), gp, unwindSilentErrors|unwindTrap|unwindJumpStack)
		n = tracebackPCs(&u, 0, stk[:])
	} else if gp != nil && gp.syscallsp != 0 {
		var u unwinder
		u.initAt(gp.syscallpc, gp.syscallsp, 0, gp, unwindSilentErrors)
		n = tracebackPCs(&u, 0, stk[:])
	}
	if n == 0 {
		stk[0] = c.sigpc()
		stk[1] = abi.FuncPCABIInternal(_System) + sys.PCQuantum
		n = 2
	}
	var labels *unsafe.Pointer
	if mp.curg != nil {
		labels = &mp.curg.labels
	}
	cpuprof.add(labels, stk[:n])
	mp.mallocing--
}

// fatalsignal prints what happened and ends the process.
func fatalsignal(sig uint32, c *sigctxt, gp *g, mp *m) {
	mp.throwing = throwTypeRuntime
	mp.caughtsig.set(gp)
	if startpanic_m() {
		if sig < uint32(len(sigtable)) {
			print(sigtable[sig].name, "\n")
		} else {
			print("Signal ", sig, "\n")
		}
	}
	print("PC=", hex(c.sigpc()), " m=", mp.id, " sigcode=", c.sigcode())
	if sig == _SIGSEGV || sig == _SIGBUS {
		print(" addr=", hex(c.fault()))
	}
	print("\n")
	if sig == _SIGILL || sig == _SIGFPE {
		printInstruction(c.sigpc())
	}
	print("\n")
	level, _, docrash := gotraceback()
	if level > 0 {
		goroutineheader(gp)
		tracebacktrap(c.sigpc(), c.sigsp(), c.siglr(), gp)
		if gp == mp.g0 && mp.curg != nil {
			print("\n")
			goroutineheader(mp.curg)
			traceback(^uintptr(0), ^uintptr(0), 0, mp.curg)
		}
		tracebackothers(gp)
		print("\n")
		dumpregs(c)
	}
	if docrash {
		crash()
	}
	exit(2)
}

// printInstruction shows the bytes at pc, as many as its page has, but no more than 16.
func printInstruction(pc uintptr) {
	print("instruction bytes:")
	for i := uintptr(0); i < min(16, physPageSize-pc%physPageSize); i++ {
		print(" ", hex(*(*byte)(unsafe.Pointer(pc + i))))
	}
	print("\n")
}

// sigpanic is where a goroutine that faulted continues: it turns the signal into a panic.
//
//go:linkname sigpanic
func sigpanic() {
	gp := getg()
	if !canpanic() {
		throw("unexpected signal during runtime execution")
	}
	switch gp.sig {
	case _SIGBUS:
		if gp.sigcode0 == _BUS_ADRERR && gp.sigcode1 < 0x1000 {
			panicmem()
		}
		if gp.paniconfault {
			panicmemAddr(gp.sigcode1)
		}
		print("unexpected fault address ", hex(gp.sigcode1), "\n")
		throw("fault")
	case _SIGSEGV:
		if (gp.sigcode0 == 0 || gp.sigcode0 == _SEGV_MAPERR || gp.sigcode0 == _SEGV_ACCERR) && gp.sigcode1 < 0x1000 {
			panicmem()
		}
		if gp.paniconfault {
			panicmemAddr(gp.sigcode1)
		}
		print("unexpected fault address ", hex(gp.sigcode1), "\n")
		throw("fault")
	case _SIGFPE:
		switch gp.sigcode0 {
		case _FPE_INTDIV:
			panicdivide()
		case _FPE_INTOVF:
			panicoverflow()
		}
		panicfloat()
	}
	if gp.sig >= uint32(len(sigtable)) {
		throw("unexpected signal value")
	}
	panic(errorString(sigtable[gp.sig].name))
}

// setsigsegv lets a C program's fault become a panic; there is no C, but third parties refer to it.
//
//go:linkname setsigsegv
func setsigsegv(pc uintptr) {
	gp := getg()
	gp.sig = _SIGSEGV
	gp.sigpc = pc
	gp.sigcode0 = _SEGV_MAPERR
	gp.sigcode1 = 0
}

func signame(sig uint32) string {
	if sig >= uint32(len(sigtable)) {
		return ""
	}
	return sigtable[sig].name
}

// dieFromSignal ends the process by sig's default action.
//
//go:nosplit
//go:nowritebarrierrec
func dieFromSignal(sig uint32) {
	unblocksig(sig)
	atomic.Store(&handlingSig[sig], 0)
	setsig(sig, _SIG_DFL)
	raise(sig)
	osyield()
	osyield()
	osyield()
	exit(2)
}

// crash ends the process with a core dump, if the system makes them.
//
//go:nosplit
func crash() { dieFromSignal(_SIGABRT) }

//go:linkname os_sigpipe os.sigpipe
func os_sigpipe() { systemstack(sigpipe) }

func sigpipe() {
	if signal_ignored(_SIGPIPE) || signalSender != nil && signalSender(_SIGPIPE) {
		return
	}
	dieFromSignal(_SIGPIPE)
}

// SIGSYS is ignored while package os probes for pidfd.

//go:linkname ignoreSIGSYS os.ignoreSIGSYS
func ignoreSIGSYS() { setsig(_SIGSYS, _SIG_IGN) }

//go:linkname restoreSIGSYS os.restoreSIGSYS
func restoreSIGSYS() {
	if signalsOK {
		setsig(_SIGSYS, abi.FuncPCABIInternal(sighandler))
	} else {
		setsig(_SIGSYS, _SIG_DFL)
	}
}

// Masks.

//go:nosplit
func sigsave(p *sigset) { sigprocmask(_SIG_SETMASK, nil, p) }

//go:nosplit
func msigrestore(mask sigset) { sigprocmask(_SIG_SETMASK, &mask, nil) }

//go:nosplit
func sigblockAll() { sigprocmask(_SIG_SETMASK, &sigset_all, nil) }

//go:nosplit
func unblocksig(sig uint32) {
	var set sigset
	sigaddset(&set, int(sig))
	sigprocmask(_SIG_UNBLOCK, &set, nil)
}

// minitSignals and unminitSignals are called by os_linux.go's thread set-up, which we do not use.
func minitSignals()   {}
func unminitSignals() {}
func initsig(bool)    { allThreadSignals() }

// setProcessCPUProfilerTimer starts or stops the profiling timer of the process.
func setProcessCPUProfilerTimer(hz int32) {
	if hz != 0 {
		setsig(_SIGPROF, abi.FuncPCABIInternal(sighandler))
		handlingSig[_SIGPROF] = 1
	}
	var it itimerval
	if hz != 0 {
		it.it_interval.set_usec(1000000 / hz)
		it.it_value = it.it_interval
	}
	setitimer(_ITIMER_PROF, &it, nil)
}
