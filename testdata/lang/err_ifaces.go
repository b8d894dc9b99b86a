// errors

package p

import (
	"fmt"
	"io"
)

type I interface{ m(int) string }
type V struct{}
type P struct{}
type W struct{}
type X struct{ I }
type Y struct{ m func(int) string }
type Z int

func (V) m(int) string   { return "" }
func (*P) m(int) string  { return "" }
func (W) m(string) int   { return 0 }
func (W) M(int) string   { return "" }
func (Z) String() string { return "" }
func (*Z) Read([]byte) (int, error)

var _ I = V{}
var _ I = &V{}
var _ I = P{}
var _ I = &P{}
var _ I = W{}
var _ I = &X{}
var _ I = Y{}
var _ I = nil
var _ I = 1
var _ I = (**P)(nil)
var _ *I = &V{}
var _ fmt.Stringer = new(Z)
var _ io.Reader = Z(1)
var _ io.ReadWriter = new(Z)
var _ error = "x"
var _ interface{ I; n() } = X{}
var _ interface{ int } = 1
var _ any = any

func f(i I, e error, r io.Reader, a any) {
	_ = i.(V)
	_ = i.(P)
	_ = i.(*P)
	_ = i.(W)
	_ = i.(int)
	_ = i.(error)
	_ = i.(io.Reader)
	_ = i.(interface{ m(string) })
	_ = V{}.(I)
	_ = a.(undefined)
	_ = a.(type)
	_, _, _ = a.(int)
	_ = i == e
	_ = i == V{}
	_ = i == P{}
	_ = e == "x"
	_ = r == i.(io.Reader)
	_ = a == i
	_ = i < i
	i.n()
	i.m()
	i.m("x")
	i.m = nil
	_ = i.m(1).x
	_ = (*I).m
	_ = I.m(V{}, 1)
	_ = I.m(P{}, 1)
	var p *I = &i
	p.m(1)
	(*p).m(1)
	switch i.(type) {
	case V, *P:
	case P:
	case int:
	case error, fmt.Stringer:
	case V:
	case nil, nil:
	case I:
	}
	switch x := a.(type) {
	case int, string:
		_ = x + 1
	case []int:
		_ = x[0] + "a"
	}
	switch x := i; x := x.(type) {
	case V:
	}
	var v V = i
	var s string = a
	e = fmt.Errorf
	r = e
	a = i
	i = a
	_, _ = v, s
}
