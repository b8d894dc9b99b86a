// errorcheck

package p

var x = 1

//go:systemstack // ERROR "//go:systemstack only allowed in runtime"
func g() {}

//go:noinline
func f() {
	x = 2 //go:nosplit // ERROR "misplaced compiler directive"
	//go:noinline // ERROR "misplaced compiler directive"
	x = 3
}

//go:linkname a b c d // ERROR "usage: //go:linkname localname \[linkname\]"
