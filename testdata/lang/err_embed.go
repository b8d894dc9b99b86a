// errors

package p

type A struct{ x int }
type B struct{ x int }
type C struct {
	A
	B
}
type D struct {
	*A
	C
}
type E struct {
	A
	x string
	A
}
type F struct {
	*I
}
type G struct {
	*int
	int
}
type I interface {
	m()
	J
}
type J interface {
	m() int
	n()
}
type K interface {
	A
	*B
}
type L interface {
	I
	I
	error
	comparable
}
type M[T any] struct {
	T
	*T
	M2[T]
}
type M2[T any] struct{ v T }
type N struct {
	M2[int]
	M2[string]
}
type P *A
type Q struct {
	P
	*P
}
type R = *A
type S struct{ R }

func (A) m()  {}
func (*B) m() {}
func (A) x()  {}

var _ = C{}.x
var _ = C{}.m
var _ = D{}.x
var _ I = C{}
var _ interface{ m() } = &C{}
var _ interface{ m() } = A{}
var _ interface{ m() } = B{}
var _ K
var _ = S{}.x
var _ = C{x: 1}
var _ = N{M2: 1}
