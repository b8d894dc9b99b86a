// errors

// Declarations: redeclarations of all kinds, cycles, bad receivers, blank and init misuse, unused imports and variables.
package main

import (
	"fmt"
	"os"
	. "strings"
	m "math"
	_ "sort"
	fmt2 "fmt"
)

type T struct {
	a, a int
	T
	B
}
type B struct{ *B; C }
type C [2]C
type I interface {
	I
	f()
	f(int)
}
type (
	P *P
	F func(F) F
	S []S
	A1 = A2
	A2 = A1
	M map[M]int
	N [len(x)]int
)

var x N
var y, z = z, y
var w = f()

func f() int { return w }
func init() int { return 1 }
func init(x int) {}
func (T) a()   {}
func (t T) b() {}
func (t *T) b() {}
func (int) c() {}
func (*I) d()  {}
func (P) e()   {}
func (**T) g() {}
func (fmt.Stringer) j() {}
func (x) k() {}
func (t T) t(t int) (t string) { return }
func main(args []string) {}
func _() { init() }
func g[T any](T, T) (T T) { return }
func dup(a, a int, _, _ string) (a bool) { return }

var init = 1
var main int
const c1, c2 = 1
const c3 = c4
const c4 = c3
const c5 = f()
const c6 []int = nil
const c7 = len(y)
var v1, v2 = 1
var v3, v4 int = 1, 2, 3
var _ = undefined + alsoUndefined
var _ T.a
var _ fmt.Foo
var _ fmt.print
var _ os = 1
var iota = iota
type E interface{ int | string }
var e E
var e2 []interface{ comparable }
func h(E) {}
type bad1[P any, P any] struct{}
type bad2[T bad2[T]] struct{}
type bad3[T any] T
type bad4[T any] struct{ T }
type bad5 struct{ *E; *int }
type bad6[P *T,] int
type bad7 [P]int
type bad8[_ any] struct{ f bad8 }
