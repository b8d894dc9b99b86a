// What the overlay's runtime needs besides itself when the reference compiler and linker build a
// program with it (Tools/run-with-gc.sh): initialisation by gc's lists, gc's globals masks, and bounds
// failures as gc reports them. Never part of a program that Apus builds.

package runtime

import (
	"internal/abi"
	"unsafe"
)

var runtime_inittasks []*initTask

func runtime_inits() {
	for md := &firstmoduledata; md != nil; md = md.next {
		md.gcdatamask = expandMask((*byte)(unsafe.Pointer(md.gcdata)), md.edata-md.data)
		md.gcbssmask = expandMask((*byte)(unsafe.Pointer(md.gcbss)), md.ebss-md.bss)
	}
	runTasks(runtime_inittasks)
}

func main_inits() { runTasks(firstmoduledata.inittasks) }

func runTasks(ts []*initTask) {
	for _, t := range ts {
		if t.state == 2 {
			continue
		}
		t.state = 2
		first := add(unsafe.Pointer(t), 8)
		for i := uint32(0); i < t.nfns; i++ {
			p := add(first, uintptr(i)*8)
			f := *(*func())(unsafe.Pointer(&p))
			f()
		}
	}
}

// expandMask runs the linker's program for a bit mask: literal bits, and repetitions of the last n.
func expandMask(prog *byte, size uintptr) bitvector {
	n := size / 8
	bytes := n/8 + 16
	mem, _ := mmap(nil, bytes, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
	out := (*byte)(mem)
	put := uintptr(0)
	add1 := func(bit byte) {
		*addb(out, put/8) |= bit << (put % 8)
		put++
	}
	varint := func() uintptr {
		v, sh := uintptr(0), uint(0)
		for {
			b := *prog
			prog = addb(prog, 1)
			v |= uintptr(b&0x7f) << sh
			sh += 7
			if b < 0x80 {
				return v
			}
		}
	}
	for {
		op := *prog
		prog = addb(prog, 1)
		k := uintptr(op & 0x7f)
		if op < 0x80 {
			if k == 0 {
				return bitvector{int32(put), out}
			}
			for i := uintptr(0); i < k; i++ {
				add1(*addb(prog, i/8) >> (i % 8) & 1)
			}
			prog = addb(prog, (k+7)/8)
			continue
		}
		if k == 0 {
			k = varint()
		}
		for c := varint() * k; c > 0; c-- {
			from := put - k
			add1(*addb(out, from/8) >> (from % 8) & 1)
		}
	}
}

var shimPanicBounds = panicBounds64

var _ = abi.StackSmall

// vdsoauxv is called by a function of os_linux.go that nothing in the overlay calls: Apus does not look at it.
func vdsoauxv(tag, val uintptr) {}
