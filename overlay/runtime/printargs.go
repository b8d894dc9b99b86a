// The arguments that a traceback shows.
//
// The compiler describes a function's parameters as gc does (abi.TraceArgs...), but behind the function's
// argument maps instead of in a table of their own, which would cost every function record two words.

package runtime

import (
	"internal/abi"
	"unsafe"
)

// An argPrinter goes through one function's description.
type argPrinter struct {
	argp  unsafe.Pointer
	code  unsafe.Pointer // next byte of the description
	spill uint8          // offset from which on words may be stale
	first bool           // nothing stands before the next value in its braces
}

func (p *argPrinter) byte() uint8 {
	b := *(*uint8)(p.code)
	p.code = add(p.code, 1)
	return b
}

func (p *argPrinter) separate() {
	if !p.first {
		print(", ")
	}
	p.first = false
}

// word prints size bytes at off.
func (p *argPrinter) word(off, size uint8) {
	at := add(p.argp, uintptr(off))
	var x uint64
	for i := uint8(0); i < size && i < 8; i++ {
		x |= uint64(*(*uint8)(add(at, uintptr(i)))) << (8 * i)
	}
	print(hex(x))
	if off >= p.spill {
		print("?")
	}
}

// printArgs prints the arguments, from argp on, of the function f, stopped at pc.
func printArgs(f funcInfo, argp unsafe.Pointer, pc uintptr) {
	maps := (*stackmap)(funcdata(f, abi.FUNCDATA_ArgsPointerMaps))
	if maps == nil {
		return
	}
	p := argPrinter{argp: argp, first: true}
	p.code = add(unsafe.Pointer(&maps.bytedata), uintptr(maps.n)*uintptr((maps.nbit+7)/8))
	end := p.code
	for *(*uint8)(end) != abi.TraceArgsEndSeq {
		if b := *(*uint8)(end); b < abi.TraceArgsSpecial {
			end = add(end, 1) // its size
		}
		end = add(end, 1)
	}
	if end == p.code {
		return
	}
	p.spill = *(*uint8)(add(end, 1))
	for {
		switch b := p.byte(); b {
		case abi.TraceArgsEndSeq:
			return
		case abi.TraceArgsStartAgg:
			p.separate()
			print("{")
			p.first = true
		case abi.TraceArgsEndAgg:
			print("}")
			p.first = false
		case abi.TraceArgsDotdotdot:
			p.separate()
			print("...")
		case abi.TraceArgsOffsetTooLarge:
			p.separate()
			print("_")
		default:
			p.separate()
			p.word(b, p.byte())
		}
	}
}
