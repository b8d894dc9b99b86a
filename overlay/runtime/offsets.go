// Names, types and code by their offsets in descriptors.
//
// There is one module. A descriptor outside of it was made by reflect, and its offsets are numbers of a table.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/runtime/atomic"
	"unsafe"
)

func inTypes(p unsafe.Pointer) bool {
	md := &firstmoduledata
	return md.types <= uintptr(p) && uintptr(p) < md.etypes
}

// reflectOffset returns what reflect has given the number. Only programs that contain reflect's side of it
// contain it (the compiler's ConditionalCalls.swift).
func reflectOffset(off int32) unsafe.Pointer {
	reflectOffsLock()
	p := reflectOffs.m[off]
	reflectOffsUnlock()
	if p == nil {
		throw("runtime: offset of a descriptor outside of the program's")
	}
	return p
}

func resolveNameOff(inModule unsafe.Pointer, off nameOff) name {
	if off == 0 {
		return name{}
	}
	if !inTypes(inModule) {
		return name{Bytes: (*byte)(reflectOffset(int32(off)))}
	}
	return name{Bytes: (*byte)(unsafe.Pointer(firstmoduledata.types + uintptr(off)))}
}

func resolveTypeOff(inModule unsafe.Pointer, off typeOff) *_type {
	if off == 0 || off == -1 {
		return nil // -1: the linker left it out
	}
	if !inTypes(inModule) {
		return (*_type)(reflectOffset(int32(off)))
	}
	return (*_type)(unsafe.Pointer(firstmoduledata.types + uintptr(off)))
}

func (t rtype) textOff(off textOff) unsafe.Pointer {
	if off == -1 {
		return unsafe.Pointer(abi.FuncPCABIInternal(unreachableMethod))
	}
	if !inTypes(unsafe.Pointer(t.Type)) {
		return reflectOffset(int32(off))
	}
	return unsafe.Pointer(firstmoduledata.textAddr(uint32(off)))
}

// typelinksOfModule is what moduleTypelinks has found.
var typelinksOfModule atomic.Pointer[[]*_type]

// moduleTypelinks returns the descriptors that reflection looks up, sorted by type string. They end where
// typedesclen says, and begin where the word at the start of all descriptors says (the linker's
// Layout.placeTypes), one behind the other. Two goroutines may both walk; the results are equal.
func moduleTypelinks(md *moduledata) []*_type {
	if list := typelinksOfModule.Load(); list != nil {
		return *list
	}
	end := md.types + md.typedesclen
	found := new([]*_type)
	list := make([]*_type, 0, md.typedesclen/(2*unsafe.Sizeof(_type{})))
	for at := md.types + *(*uintptr)(unsafe.Pointer(md.types)); at < end; {
		t := (*_type)(unsafe.Pointer(at))
		list = append(list, t)
		at = alignUp(at+uintptr(t.DescriptorSize()), goarch.PtrSize)
	}
	*found = list
	typelinksOfModule.Store(found)
	return list
}
