// Running deferred calls at the end of their function.
//
// GOROOT's deferreturn makes a panic record to walk open-coded defers with; it is deferreturnRecord here, for the
// landing blocks of frames that have such. All defers of the other frames are on the goroutine's list, newest
// first, so they are run from there.

package runtime

import (
	"internal/runtime/sys"
	"unsafe"
)

// deferreturn runs the deferred calls of its caller's frame. Each leaves the list before it runs, so that a
// panic in it finds the others.
func deferreturn() {
	gp := getg()
	for {
		// Asked for in each round, because a call may have moved the stack.
		sp := sys.GetCallerSP()
		d := gp._defer
		if d == nil || d.sp != sp {
			return
		}
		if d.rangefunc {
			deferconvert(d)
			popDefer(gp)
			continue
		}
		fn := d.fn
		if d.heap {
			popDefer(gp)
		} else {
			// As popDefer does, without barriers: the record lies in the frame, and what the goroutine's list
			// refers to is marked by itself.
			*(*uintptr)(unsafe.Pointer(&d.fn)) = 0
			*(*uintptr)(unsafe.Pointer(&gp._defer)) = uintptr(unsafe.Pointer(d.link))
			*(*uintptr)(unsafe.Pointer(&d.link)) = 0
		}
		fn()
	}
}
