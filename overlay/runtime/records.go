// The records of threads and processors beyond the first: objects of the heap, allocated without the
// compiler's descriptors of m and p. Those come with the descriptors of all fields, some 10 KB. The
// collector needs the size and the pointer mask, and the linker has made masks for m0 and p0.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"unsafe"
)

var mType, pType _type

// recordType makes t the type of size bytes of memory that has its pointers where the variable at like has.
// It may run more than once, and concurrently, with the same result.
func recordType(t *_type, like unsafe.Pointer, size uintptr) *_type {
	if t.Size_ != 0 {
		return t
	}
	md := &firstmoduledata
	mask, start := md.gcdatamask, md.data
	if p := uintptr(like); p >= md.bss && p < md.ebss {
		mask, start = md.gcbssmask, md.bss
	}
	words := size / goarch.PtrSize
	from := (uintptr(like) - start) / goarch.PtrSize
	if from+words > uintptr(mask.n) {
		throw("recordType: no mask")
	}
	own := (*byte)(persistentalloc((words+7)/8, 8, &memstats.otherSys))
	for i := range words {
		*addb(own, i/8) |= *addb(mask.bytedata, (from+i)/8) >> ((from + i) % 8) & 1 << (i % 8)
	}
	t.GCData = own
	t.PtrBytes = size
	t.Kind_ = abi.Struct
	t.Align_ = goarch.PtrSize
	t.FieldAlign_ = goarch.PtrSize
	t.Size_ = size
	return t
}

func newMRecord() *m {
	const size = unsafe.Sizeof(m{})
	return (*m)(mallocgc(size, recordType(&mType, unsafe.Pointer(&m0), size), true))
}

// newProcList makes a list of n pointers. Making or copying a []*p as such would bring p's descriptor along.
func newProcList(n int32) []*p {
	words := make([]unsafe.Pointer, n)
	return unsafe.Slice((**p)(unsafe.Pointer(&words[0])), n)
}

func newPRecord() *p {
	const size = unsafe.Sizeof(p{})
	return (*p)(mallocgc(size, recordType(&pType, unsafe.Pointer(&p0), size), true))
}
