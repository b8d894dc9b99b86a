// Finding the functions of the vDSO, the kernel's shared object in every process: vdso(7), elf(5).
//
// It has some ten symbols, so all names are compared; hash tables only tell how many there are. There has
// never been more than one version of a function.

package runtime

import "unsafe"

// Addresses of the functions, 0: none. Package syscall's assembly reads the first.
//
//go:linkname vdsoGettimeofdaySym
var vdsoGettimeofdaySym uintptr

var vdsoClockgettimeSym uintptr

type (
	elfHeader struct {
		_     [32]byte
		phoff uint64
		_     [16]byte
		phnum uint16
	}
	elfSegment struct {
		kind, flags   uint32
		offset, vaddr uint64
		_             [4]uint64
	}
	elfDynamic struct{ tag, value uintptr }
	elfSymbol  struct {
		name        uint32
		info, other byte
		section     uint16
		value, size uint64
	}
)

const (
	elfLoad    = 1 // kinds of segments
	elfDynSeg  = 2
	elfHash    = 4 // tags of the dynamic segment
	elfStrings = 5
	elfSymbols = 6
	elfGNUHash = 0x6ffffef5
)

// A vdsoImage is what is needed to look at a symbol.
type vdsoImage struct {
	bias    uintptr // address minus the file's idea of it
	strings unsafe.Pointer
	symbols unsafe.Pointer
}

func findVDSO() {
	clockReads = 0 // ask again later if there is none
	if vdsoHeader == 0 {
		return
	}
	base := unsafe.Pointer(vdsoHeader)
	var v vdsoImage
	var dyn *elfDynamic
	found := false
	h := (*elfHeader)(base)
	for i := range uintptr(h.phnum) {
		s := (*elfSegment)(add(base, uintptr(h.phoff)+i*unsafe.Sizeof(elfSegment{})))
		switch {
		case s.kind == elfLoad && !found:
			v.bias = vdsoHeader + uintptr(s.offset-s.vaddr)
			found = true
		case s.kind == elfDynSeg:
			dyn = (*elfDynamic)(add(base, uintptr(s.offset)))
		}
	}
	if !found || dyn == nil {
		return
	}
	var hash, gnuHash unsafe.Pointer
	for ; dyn.tag != 0; dyn = (*elfDynamic)(add(unsafe.Pointer(dyn), unsafe.Sizeof(*dyn))) {
		p := unsafe.Pointer(v.bias + dyn.value)
		switch dyn.tag {
		case elfHash:
			hash = p
		case elfStrings:
			v.strings = p
		case elfSymbols:
			v.symbols = p
		case elfGNUHash:
			gnuHash = p
		}
	}
	if v.strings == nil || v.symbols == nil {
		return
	}
	if hash != nil {
		for i := range elfWord(hash, 1) {
			v.look(i)
		}
	} else if gnuHash != nil {
		v.lookAll(gnuHash)
	}
}

// lookAll looks at the symbols that a GNU hash table lists: for each bucket the first, and for each symbol
// a word that is odd at the end of a bucket's list.
func (v *vdsoImage) lookAll(table unsafe.Pointer) {
	buckets, first, bloom := elfWord(table, 0), elfWord(table, 1), elfWord(table, 2)
	start := 4 + 2*bloom
	for b := range buckets {
		for i := elfWord(table, start+b); i >= first; i++ {
			v.look(i)
			if elfWord(table, start+buckets+i-first)&1 != 0 {
				break
			}
		}
	}
}

func elfWord(table unsafe.Pointer, i uint32) uint32 { return *(*uint32)(add(table, uintptr(i)*4)) }

// look takes the address of symbol i if it is one of those that are wanted.
func (v *vdsoImage) look(i uint32) {
	s := (*elfSymbol)(add(v.symbols, uintptr(i)*unsafe.Sizeof(elfSymbol{})))
	if s.section == 0 {
		return
	}
	addr := v.bias + uintptr(s.value)
	switch gostringnocopy((*byte)(add(v.strings, uintptr(s.name)))) {
	case "__vdso_clock_gettime":
		vdsoClockgettimeSym = addr
	case "__vdso_gettimeofday":
		vdsoGettimeofdaySym = addr
	}
}
