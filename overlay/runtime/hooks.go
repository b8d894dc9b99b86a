// Arguments, environment, GODEBUG notification, and small hooks of the standard library.
//
// Start-up keeps argv, envp and auxv as the kernel's pointers. The slices that the library asks for
// are made when it asks.

package runtime

import (
	"internal/abi"
	"internal/runtime/atomic"
	"unsafe"
)

// envs and argslice are nil until loadEnv and loadArgs.
var (
	envs     []string
	argslice []string
)

func loadArgs() {
	if argslice == nil {
		goargs()
	}
}

// loadEnv makes envs. The strings alias the kernel's memory, which nothing writes.
func loadEnv() {
	if envs == nil {
		envs = environment()
	}
}

// environment makes a new list of the strings that the kernel gave. syscall has one of its own, which it
// changes.
//
//go:linkname environment syscall.environment
func environment() []string {
	if imaging.on {
		imageRefuse("asks for the environment")
	}
	n := int32(0)
	for argv_index(argv, argc+1+n) != nil {
		n++
	}
	list := make([]string, n)
	for i := range list {
		list[i] = gostringnocopy(argv_index(argv, argc+1+int32(i)))
	}
	return list
}

// GOROOT's initialiser of syscall's list. It stays empty until the overlay's syscall asks for environment.
//
//go:linkname syscall_runtime_envs syscall.runtime_envs
func syscall_runtime_envs() []string { return nil }

//go:linkname os_runtime_args os.runtime_args
func os_runtime_args() []string {
	if imaging.on {
		imageRefuse("asks for the arguments")
	}
	loadArgs()
	return append([]string{}, argslice...)
}

//go:linkname syscall_Getpagesize syscall.Getpagesize
func syscall_Getpagesize() int { return int(physPageSize) }

// Nosplit: called between fork and exec.
//
//go:linkname syscall_Exit syscall.Exit
//go:nosplit
func syscall_Exit(code int) {
	exit(int32(code))
}

// getAuxv is pulled by golang.org/x/sys/cpu.
//
//go:linkname getAuxv
func getAuxv() []uintptr {
	if imaging.on {
		imageRefuse("asks for the auxiliary vector")
	}
	n := 0
	for auxvStart[n] != 0 {
		n += 2
	}
	return auxvStart[:n:n]
}

var auxv []uintptr // set only by os_linux.go's sysargs, which we do not call

// GODEBUG: the program's defaults (set by the linker), the callback of internal/godebug, and the
// current value of the variable.
var (
	godebugDefault          string
	godebugUpdate           atomic.Pointer[func(string, string)]
	godebugEnv              atomic.Pointer[string]
	godebugNewIncNonDefault atomic.Pointer[func(string) func()]
)

//go:linkname godebug_setUpdate internal/godebug.setUpdate
func godebug_setUpdate(update func(string, string)) {
	if imaging.on {
		imageRefuse("asks for GODEBUG")
	}
	p := new(func(string, string))
	*p = update
	godebugUpdate.Store(p)
	godebugNotify(false)
}

//go:linkname godebug_setNewIncNonDefault internal/godebug.setNewIncNonDefault
func godebug_setNewIncNonDefault(newIncNonDefault func(string) func()) {
	p := new(func(string) func())
	*p = newIncNonDefault
	godebugNewIncNonDefault.Store(p)
}

// A godebugInc counts the uses of a setting of the runtime's own.
type godebugInc struct {
	name string
	inc  atomic.Pointer[func()]
}

func (g *godebugInc) IncNonDefault() {
	inc := g.inc.Load()
	if inc == nil {
		make := godebugNewIncNonDefault.Load()
		if make == nil {
			return
		}
		inc = new(func())
		*inc = (*make)(g.name)
		if !g.inc.CompareAndSwap(nil, inc) {
			inc = g.inc.Load()
		}
	}
	(*inc)()
}

func godebugNotify(envChanged bool) {
	var env string
	if p := godebugEnv.Load(); p != nil {
		env = *p
	}
	if envChanged {
		reparsedebugvars(env)
	}
	if update := godebugUpdate.Load(); update != nil {
		(*update)(godebugDefault, env)
	}
}

//go:linkname syscall_runtimeSetenv syscall.runtimeSetenv
func syscall_runtimeSetenv(key, value string) {
	if key == "GODEBUG" {
		p := new(string)
		*p = value
		godebugEnv.Store(p)
		godebugNotify(true)
	}
}

//go:linkname syscall_runtimeUnsetenv syscall.runtimeUnsetenv
func syscall_runtimeUnsetenv(key string) {
	if key == "GODEBUG" {
		godebugEnv.Store(nil)
		godebugNotify(true)
	}
}

//go:linkname syscall_runtimeClearenv syscall.runtimeClearenv
func syscall_runtimeClearenv(env map[string]int) {
	if _, ok := env["GODEBUG"]; ok {
		godebugEnv.Store(nil)
		godebugNotify(true)
	}
}

// gogetenv finds key in the environment the process was started with. Unlike os.Getenv it does not see
// later changes; it allocates nothing.
func gogetenv(key string) string {
	for i := int32(0); ; i++ {
		e := argv_index(argv, argc+1+i)
		if e == nil {
			return ""
		}
		s := (*[1 << 20]byte)(unsafe.Pointer(e))
		k := 0
		for k < len(key) && s[k] == key[k] {
			k++
		}
		if k == len(key) && s[k] == '=' {
			return gostringnocopy((*byte)(unsafe.Pointer(&s[k+1])))
		}
	}
}

// Writes to standard error, and to the crash file once the process is dying.
//
// Nosplit: used on every stack, also where none is left.
//
//go:nosplit
func writeErrStr(s string) {
	writeErrData(unsafe.StringData(s), int32(len(s)))
}

//go:nosplit
func writeErrData(data *byte, n int32) {
	write(2, unsafe.Pointer(data), n)
	if panicking.Load() == 0 {
		return
	}
	if fd := crashFD.Load(); fd != ^uintptr(0) {
		write(fd, unsafe.Pointer(data), n)
	}
}

// crashFD is runtime/debug.SetCrashOutput's descriptor, all ones when there is none. coldStart sets it.
var crashFD atomic.Uintptr

//go:linkname setCrashFD
func setCrashFD(fd uintptr) uintptr {
	systemstack(func() {}) // crashFD has its initial value only after coldStart
	if panicking.Load() > 0 {
		return ^uintptr(0)
	}
	return crashFD.Swap(fd)
}

// zeroVal is what a map access of a missing key points at.
//
//go:linkname zeroVal
var zeroVal [abi.ZeroValSize]byte

// Conversion rate of cputicks, for profiles: calibrated over at least 5 ms.
var ticks struct {
	lock       mutex
	startTicks int64
	startTime  int64
	rate       atomic.Int64
}

func ticksPerSecond() int64 {
	for {
		if r := ticks.rate.Load(); r != 0 {
			return r
		}
		lock(&ticks.lock)
		now, t := nanotime(), cputicks()
		if ticks.startTime == 0 {
			ticks.startTime, ticks.startTicks = now, t
		} else if dt := now - ticks.startTime; dt > 5e6 && t > ticks.startTicks {
			r := int64(float64(t-ticks.startTicks) * 1e9 / float64(dt))
			ticks.rate.Store(max(r, 1))
		}
		unlock(&ticks.lock)
		if ticks.rate.Load() == 0 {
			timeSleep(1e6)
		}
	}
}

// Marks for packages that pull these by name: internal/godebug and syscall, math/bits, tests.

//go:linkname write
//go:linkname gobytes
//go:linkname gostringn
//go:linkname overflowError
//go:linkname divideError
//go:linkname blockevent
//go:linkname blockUntilEmptyFinalizerQueue
//go:linkname lockedOSThread
