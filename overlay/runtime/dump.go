// What a dying program prints: values of panics, registers, memory.
//
// The texts are gc's; they are made from tables, because every program carries this code and hardly any
// runs it.

package runtime

import (
	"internal/abi"
	"internal/bytealg"
	"internal/goarch"
	"internal/runtime/sys"
	"unsafe"
)

// printpanicval prints an argument of panic. Values of types that the language does not predeclare come
// with their type's name.
func printpanicval(v any) {
	e := efaceOf(&v)
	if e._type == nil {
		print("nil")
		return
	}
	k := e._type.Kind()
	name := toRType(e._type).string()
	isBasic := abi.Bool <= k && k <= abi.Complex128 || k == abi.String
	if !isBasic {
		print("(", name, ") ", e.data)
		return
	}
	isPredeclared := true
	for i := range len(name) {
		if name[i] == '.' {
			isPredeclared = false
		}
	}
	open, end := "(", ")"
	switch {
	case k == abi.String:
		open, end = "(\"", "\")"
	case k >= abi.Complex64:
		open, end = "", "" // a complex number has its own
	}
	if !isPredeclared {
		print(name, open)
	}
	printBasic(k, e._type.Size_, e.data)
	if !isPredeclared {
		print(end)
	}
}

// printBasic prints the value of size bytes at p.
func printBasic(k abi.Kind, size uintptr, p unsafe.Pointer) {
	switch {
	case k == abi.String:
		printindented(*(*string)(p))
	case k == abi.Bool:
		printbool(*(*bool)(p))
	case k <= abi.Uintptr:
		unused := 64 - 8*size
		bits := loadBytes(p, size) << unused
		if k <= abi.Int64 {
			printint(int64(bits) >> unused)
		} else {
			printuint(bits >> unused)
		}
	default:
		printBasicFloat(k, p)
	}
}

// printBasicFloat is in a program only if floats or complex numbers get into interfaces there (the compiler's
// ConditionalCalls.swift).
func printBasicFloat(k abi.Kind, p unsafe.Pointer) {
	switch k {
	case abi.Float32:
		printfloat32(*(*float32)(p))
	case abi.Float64:
		printfloat64(*(*float64)(p))
	case abi.Complex64:
		printcomplex64(*(*complex64)(p))
	default:
		printcomplex128(*(*complex128)(p))
	}
}

func loadBytes(p unsafe.Pointer, n uintptr) (x uint64) {
	for i := range n {
		x |= uint64(*(*byte)(add(p, i))) << (8 * i)
	}
	return x
}

// The registers in the order in which they are printed, and where each is in the kernel's record.
const registerNames = "rax    rbx    rcx    rdx    rdi    rsi    rbp    rsp    r8     r9     r10    r11    " +
	"r12    r13    r14    r15    rip    rflags "

var registerOffsets = [...]uint8{
	uint8(unsafe.Offsetof(sigcontext{}.rax)),
	uint8(unsafe.Offsetof(sigcontext{}.rbx)),
	uint8(unsafe.Offsetof(sigcontext{}.rcx)),
	uint8(unsafe.Offsetof(sigcontext{}.rdx)),
	uint8(unsafe.Offsetof(sigcontext{}.rdi)),
	uint8(unsafe.Offsetof(sigcontext{}.rsi)),
	uint8(unsafe.Offsetof(sigcontext{}.rbp)),
	uint8(unsafe.Offsetof(sigcontext{}.rsp)),
	uint8(unsafe.Offsetof(sigcontext{}.r8)),
	uint8(unsafe.Offsetof(sigcontext{}.r9)),
	uint8(unsafe.Offsetof(sigcontext{}.r10)),
	uint8(unsafe.Offsetof(sigcontext{}.r11)),
	uint8(unsafe.Offsetof(sigcontext{}.r12)),
	uint8(unsafe.Offsetof(sigcontext{}.r13)),
	uint8(unsafe.Offsetof(sigcontext{}.r14)),
	uint8(unsafe.Offsetof(sigcontext{}.r15)),
	uint8(unsafe.Offsetof(sigcontext{}.rip)),
	uint8(unsafe.Offsetof(sigcontext{}.eflags)),
}

func dumpregs(c *sigctxt) {
	const width = len(registerNames) / len(registerOffsets)
	r := c.regs()
	for i, off := range registerOffsets {
		print(registerNames[i*width:][:width], hex(*(*uint64)(add(unsafe.Pointer(r), uintptr(off)))), "\n")
	}
	print("cs     ", hex(r.cs), "\nfs     ", hex(r.fs), "\ngs     ", hex(r.gs), "\n")
}

// hexdumpWords prints the n bytes at p, a word a line. After each word mark may print a line of its own,
// which begins with the marker's start.
func hexdumpWords(p, n uintptr, mark func(uintptr, hexdumpMarker)) {
	for end := p + n; p < end; p += goarch.PtrSize {
		x := *(*uintptr)(unsafe.Pointer(p))
		print(hex(p), ": ", hex(x))
		if fn := findfunc(x); fn.valid() {
			print(" <", funcname(fn), "+", hex(x-fn.entry()), ">")
		}
		print("\n")
		if mark != nil {
			mark(p, hexdumpMarker{})
		}
	}
}

type hexdumpMarker struct{}

func (hexdumpMarker) start() { print("\t") }

// panicwrap is called by the wrapper (*T).M of a method T.M when the receiver is nil.
func panicwrap() {
	name := funcNameForPrint(funcname(findfunc(sys.GetCallerPC()))) // pkg.(*T).M
	i := bytealg.IndexByteString(name, '(')
	j := bytealg.IndexByteString(name, ')')
	if i < 1 || j < i+2 || j+2 > len(name) {
		throw("panicwrap: unexpected name " + name)
	}
	typ := name[i+2 : j]
	panic(plainError("value method " + name[:i] + typ + name[j+1:] + " called using nil *" + typ + " pointer"))
}
