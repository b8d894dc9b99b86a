// Process start, the main goroutine and process exit.
//
// The budget (docs: start-up) allows a few hundred instructions here: no CPUID, no mapping, no file,
// three signal handlers. The kernel's stack is main's stack; the records of the first thread, processor
// and goroutine are package variables that the linker puts on one page. Everything else is made at its
// first use: arguments and environment as strings (hooks.go), the system stack of the first thread and
// the scheduler's settings (coldStart), random numbers (rand.go), the vDSO (clock.go), the heap beyond
// its first span (malloc.go).

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/runtime/atomic"
	"internal/runtime/exithook"
	"internal/runtime/sys"
	"unsafe"
)

// initialStackSize is how much of the kernel's initial stack main may use before it moves to the heap.
// Below it stays room for one signal frame with all of XSAVE's state. Assembly reads it.
const initialStackSize = 64 << 10

// System stack and signal stack of a thread, in one mapping.
const (
	systemStackSize = 64 << 10
	signalStackSize = 32 << 10
)

// The records of the first thread, written at start. See overlay/HOT for the linker's list.
var (
	m0    m
	g0    g
	p0    p
	mainG g
)

var (
	mainStarted     bool
	mainInitDone    atomic.Bool
	runtimeInitTime int64 // nanotime at the first moment that asked for it (schedtrace, gctrace)
	modinfo         string

	// Bit 1 of AT_HWCAP2: the kernel lets user code write the FS base.
	hwcap2FSGSBase bool

	// Address of the vDSO's ELF header, 0 if the kernel gave none.
	vdsoHeader uintptr

	// Address of the kernel's 16 random bytes.
	atRandom *[16]byte

	// The auxiliary vector, for getAuxv.
	auxvStart *[1 << 20]uintptr
)

// initialStack is the kernel's stack as main's goroutine got it. Its memory is never freed.
var initialStack stack

// Bodies made by the driver: initialisation of the packages that runtime imports, of all others, and
// the program.

//go:linkname runtime_inits go:runtime.inits
func runtime_inits()

//go:linkname main_inits go:main.inits
func main_inits()

//go:linkname main_main main.main
func main_main()

// In assembly.
func setFSBase(addr uintptr, direct bool)

const (
	atHWCAP2      = 26
	atSecure      = 23
	atRandomTag   = 25
	atSysinfoEHDR = 33
)

// rt0 is the first Go code. It runs as mainG on the kernel's stack, before FS is set.
// sp points at argc.
//
// Nosplit: a stack check is harmless here, but morestack is not, before FS holds g.
//
//go:nosplit
func rt0(sp unsafe.Pointer) {
	c := *(*int32)(sp)
	v := (**byte)(unsafe.Pointer(uintptr(sp) + goarch.PtrSize))
	argc, argv = c, v

	// The environment is scanned only for the variables that the runtime itself obeys.
	env := (*[1 << 28]*byte)(unsafe.Pointer(uintptr(unsafe.Pointer(v)) + uintptr(c+1)*goarch.PtrSize))
	settings := false
	i := 0
	for ; env[i] != nil; i++ {
		e := (*[4]byte)(unsafe.Pointer(env[i]))
		if e[0] == 'G' && e[1] == 'O' {
			settings = true
		}
	}
	auxvStart = (*[1 << 20]uintptr)(unsafe.Pointer(&env[i+1]))
	for j := 0; auxvStart[j] != 0; j += 2 {
		val := auxvStart[j+1]
		switch auxvStart[j] {
		case atHWCAP2:
			hwcap2FSGSBase = val&2 != 0
		case atSecure:
			secureMode = val == 1
		case atRandomTag:
			atRandom = (*[16]byte)(unsafe.Pointer(val))
		case atSysinfoEHDR:
			vdsoHeader = val
		}
	}

	gp := &mainG
	m0.g0 = &g0
	m0.gsignal = &signalG
	m0.curg = gp
	m0.p.set(&p0)
	g0.m = &m0
	signalG.m = &m0
	gp.m = &m0
	gp.goid = 1
	gp.atomicstatus.Store(_Grunning)
	gp.sched.g.set(gp)
	gp.stackguard1 = ^uintptr(0)   // no function for system stacks only
	gp.stktopsp = gp.stack.hi - 16 // SP in _rt0_amd64_linux
	g0.sched.g.set(&g0)
	gp.startpc = abi.FuncPCABIInternal(main)
	p0.m.set(&m0)
	p0.status = _Prunning
	p0.mcache = &mcache0
	initialStack = gp.stack

	m0.tls[0] = uintptr(unsafe.Pointer(gp))
	setFSBase(uintptr(unsafe.Pointer(&m0.tls[1])), hwcap2FSGSBase)

	envSettings = settings
}

// oneModule is what activeModules returns: the linker has done the rest of modulesinit's work.
var oneModule = []*moduledata{&firstmoduledata}

// envSettings reports that the environment has a variable whose name begins with GO.
var envSettings bool

// main is the main goroutine.
func main() {
	setsig(_SIGSEGV, abi.FuncPCABIInternal(sighandler))
	setsig(_SIGBUS, abi.FuncPCABIInternal(sighandler))
	setsig(_SIGQUIT, abi.FuncPCABIInternal(sighandler))
	mainStarted = true
	gomaxprocs = 1 // until procsStart
	modulesSlice = &oneModule
	p0.deferpool = p0.deferpoolbuf[:0]
	detectCPUAtStart()
	if (!envSettings && godebugDefault == "") || !readSettings() {
		runtime_inits()
		main_inits()
	}
	mainInitDone.Store(true)
	main_main()

	// Another goroutine may be printing its panic; it ends the process.
	if runningPanicDefers.Load() != 0 {
		for n := 0; n < 1000 && runningPanicDefers.Load() != 0; n++ {
			Gosched()
		}
	}
	if panicking.Load() != 0 {
		gopark(nil, nil, waitReasonPanicWait, traceBlockForever, 1)
	}
	os_beforeExit(0)
	exit(0)
}

// exithook's list, and its lock, which is held while hooks run.
//
//go:linkname exitHooks internal/runtime/exithook.hooks
var exitHooks []exithook.Hook

//go:linkname exitHooksLocked internal/runtime/exithook.locked
var exitHooksLocked atomic.Int32

func init() {
	exithook.Gosched = Gosched
	exithook.Goid = exitGoid
	exithook.Throw = throw
}

func exitGoid() uint64 { return getg().goid }

//go:linkname os_beforeExit os.runtime_beforeExit
func os_beforeExit(exitCode int) {
	// Few programs have hooks; the others need not run the code around them.
	if len(exitHooks) != 0 || exitHooksLocked.Load() != 0 {
		exithook.Run(exitCode)
	}
}

// readSettings obeys GODEBUG, GOTRACEBACK and GOGC's presence. Only called when the environment has a
// variable that begins with GO, or the program was built with default settings. It reports whether it has
// run the initialisers.
func readSettings() bool {
	loadEnv()
	coldStartSettings()
	parseRuntimeDebugVars(gogetenv("GODEBUG"))
	traceback_env = 0 // coldStartSettings' is for programs without settings
	finishDebugVarsSetup()
	parseApusSettings(gogetenv("GODEBUG"))
	if k := invalidGODEBUG.key; k != "" {
		fatal("removed GODEBUG \"" + k + "\" set to old value \"" + invalidGODEBUG.value +
			"\" in environment (https://go.dev/doc/godebug#go-1" + itoaDecimal(invalidGODEBUG.removed) + ")")
	}
	if debug.schedtrace > 0 {
		startSchedTrace()
	}
	return traceInits()
}

func itoaDecimal(n int) string {
	var buf [20]byte
	return string(itoaDiv(buf[:], uint64(n), 0))
}

// Settings of our own in GODEBUG, for tests. All are off when 0.
var apusDebug struct {
	gc        int32 // apusgc=n: collect at every n-th allocation
	movestack int32 // apusmovestack=1: move the stack at every prologue that asks morestack, and make all ask
	wbshadow  int32 // apuswbshadow=1: keep write barriers on and compare the heap with their shadow
	preempt   int32 // apuspreempt=1: preempt all the time, by signals and at prologues
}

func parseApusSettings(s string) {
	mallocPlain = false // until the next span is taken
	for s != "" {
		field := s
		i := 0
		for i < len(s) && s[i] != ',' {
			i++
		}
		field = s[:i]
		if i < len(s) {
			i++
		}
		s = s[i:]
		k := 0
		for k < len(field) && field[k] != '=' {
			k++
		}
		if k == len(field) {
			continue
		}
		n, ok := parseDecimal(field[k+1:])
		if !ok {
			continue
		}
		switch field[:k] {
		case "apusgc":
			apusDebug.gc = n
		case "apusmovestack":
			apusDebug.movestack = n
		case "apuswbshadow":
			apusDebug.wbshadow = n
		case "apuspreempt":
			apusDebug.preempt = n
		case "apussched":
			schedShuffle = uint64(n) // 0: off
		}
	}
	if apusDebug.wbshadow != 0 {
		wbShadowStart()
	}
	if apusDebug.movestack != 0 {
		getg().stackguard0 = stackForceMove
	}
}

func parseDecimal(s string) (int32, bool) {
	n := int32(0)
	for i := 0; i < len(s); i++ {
		c := s[i] - '0'
		if c > 9 || n > 1<<24 {
			return 0, false
		}
		n = n*10 + int32(c)
	}
	return n, len(s) > 0
}

// coldStart makes the first thread's system stack and signal stack, and what every program needs that
// ever leaves its first stack. Assembly calls it when g0.sched.sp is 0; it runs on the stack at hand.
//
// Nosplit: it is called when there may be no stack left, and it is what makes splitting possible.
//
//go:nosplit
//go:nowritebarrierrec
func coldStart() {
	mp := getg().m
	makeSystemStacks(mp, true)
	if mp == &m0 {
		coldStartSettings()
	}
}

// makeSystemStacks maps mp's two stacks. onThread says that mp is the running thread, whose signal
// stack can be announced to the kernel right away.
//
// Nosplit: see coldStart.
//
//go:nosplit
func makeSystemStacks(mp *m, onThread bool) {
	const size = systemStackSize + signalStackSize
	base, err := mmap(nil, size, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
	if err != 0 {
		const text = "runtime: cannot map a thread's stack\n"
		write1(2, unsafe.Pointer(unsafe.StringData(text)), int32(len(text)))
		exit(2)
	}
	lo := uintptr(base)
	setStackBounds(mp.gsignal, lo, lo+signalStackSize)
	setStackBounds(mp.g0, lo+signalStackSize, lo+size)
	// Where mcall and systemstack start: a little below the top, so that a frame's argument area is
	// inside. Aligned as after a call instruction.
	mp.g0.sched.sp = lo + size - 64
	mp.g0.sched.pc = abi.FuncPCABI0(goexit) + sys.PCQuantum
	mp.g0StackAccurate = true
	if onThread {
		announceSignalStack(mp)
	}
}

//go:nosplit
func setStackBounds(gp *g, lo, hi uintptr) {
	gp.stack.lo = lo
	gp.stack.hi = hi
	gp.stackguard0 = lo + stackGuard
	gp.stackguard1 = lo + stackGuard
}

// coldStartSettings gives the settings that start-up leaves at zero their defaults.
//
//go:nosplit
func coldStartSettings() {
	if sched.maxmcount != 0 {
		return
	}
	sched.maxmcount = 10000
	sched.mnext = 1
	sched.goidgen.Store(1)
	sched.lastpoll.Store(1) // 0 would mean that someone polls
	numCPUStartup = 1
	setMNoWB(&allm, &m0)
	sched.midle.init(unsafe.Offsetof(m{}.idleNode))
	crashFD.Store(^uintptr(0))
	traceback_cache = 1 << tracebackShift // GOTRACEBACK=single
	traceback_env = traceback_cache
	debug.invalidptr = 1
	debug.madvdontneed = 1
	debug.tracebacklabels.Store(1)
	debug.profstackdepth = 128
	debug.containermaxprocs = 1
	debug.updatemaxprocs = 1
	debug.decoratemappings = 1
	maxstacksize = 1000000000
	maxstackceiling = 2 * maxstacksize
	// Not in the heap, so without write barriers: their slow path must not be reachable from here.
	*(*notInHeapSlice)(unsafe.Pointer(&allp)) = notInHeapSlice{(*notInHeap)(unsafe.Pointer(&allpFirst)), 1, 1}
}
