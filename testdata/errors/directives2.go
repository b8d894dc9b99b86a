// errorcheck

package p

//go:noinline // ERROR "misplaced compiler directive"
var x = 1

//go:nosplit // ERROR "misplaced compiler directive"
type T int

//go:noescape
func f() {} // ERROR "can only use //go:noescape with external func implementations"

func g() // ERROR "missing function body"

//go:embed x.txt // ERROR "go:embed requires import \"embed\""
var s string
