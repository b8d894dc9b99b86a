// Finalizers that are set before the system stack exists.
//
// os makes three files at start, each with a finalizer, which a program needs only if it drops one and
// collects. Recording a finalizer takes the system stack, a lock and metadata of the heap: some ten pages
// and two system calls. So the first few are kept in a list; a collection, or a finalizer set later,
// records them.

package runtime

import (
	"internal/abi"
	"unsafe"
)

var earlyFinalizers struct {
	n    int
	list [4]struct{ obj, fn any }
}

// SetFinalizer sets the finalizer associated with obj to the provided finalizer function; the standard
// library's package runtime documents it.
func SetFinalizer(obj any, finalizer any) {
	e := &earlyFinalizers
	if g0.sched.sp == 0 && e.n < len(e.list) && canWait(obj, finalizer) {
		e.list[e.n].obj = obj
		e.list[e.n].fn = finalizer
		e.n++
		return
	}
	if e.n != 0 {
		setEarlyFinalizers()
	}
	setFinalizer(obj, finalizer)
}

// canWait reports whether setFinalizer would find nothing wrong: what it refuses must be refused at once.
func canWait(obj, finalizer any) bool {
	t, f := efaceOf(&obj)._type, efaceOf(&finalizer)._type
	if t == nil || f == nil || t.Kind() != abi.Pointer || f.Kind() != abi.Func {
		return false
	}
	ft := (*functype)(unsafe.Pointer(f))
	if ft.IsVariadic() || ft.InCount != 1 || ft.InSlice()[0] != t {
		return false
	}
	// The object is one of the first span's, from its beginning.
	p := uintptr(efaceOf(&obj).data)
	off := p - firstBase()
	if off >= firstHeap.next || off%firstGranule != 0 || firstObjectIndex(off) != off/firstGranule {
		return false
	}
	for i := range earlyFinalizers.n {
		if efaceOf(&earlyFinalizers.list[i].obj).data == unsafe.Pointer(p) {
			return false
		}
	}
	return debug.sbrk == 0
}

// setEarlyFinalizers records what is on the list.
func setEarlyFinalizers() {
	e := &earlyFinalizers
	for e.n > 0 {
		e.n--
		x := &e.list[e.n]
		obj, fn := x.obj, x.fn
		x.obj, x.fn = nil, nil
		setFinalizer(obj, fn)
	}
}
