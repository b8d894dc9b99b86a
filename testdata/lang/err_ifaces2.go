// errors

// Interfaces and method sets: missing methods with every reason, embedding conflicts, pointers to interfaces, generic methods.
package main

import (
	"fmt"
	"io"
	"sort"
)

type I1 interface{ A(); b() }
type I2 interface{ A(int); I1 }
type I3 interface {
	io.Reader
	io.ReadWriter
	Read(int)
}
type I4 interface{ I4b }
type I4b interface{ I4 }
type I5 interface {
	fmt.Stringer
	String() string
	error
}
type I6 interface{ int }
type I7 interface{ I6; string }
type I8 interface{ ~struct{ f int }; m() }
type I9 interface{ comparable; I1 }

type T struct{}

func (T) A()            {}
func (*T) b()           {}
func (t T) Read()       {}
func (t *T) Len() int64 { return 0 }

type E struct{ T; *U }
type U struct{ V }
type V struct{}

func (V) A()     {}
func (V) only()  {}
func (*V) ptr()  {}

type G[P any] struct{ p P }

func (G[P]) get() P        { var z P; return z }
func (*G[P]) set(P)        {}
func (G[P]) conv(f func(P) P) {}

type getter[P any] interface{ get() P }
type setter[P any] interface{ getter[P]; set(P) }

func needI1(I1)                        {}
func need[P I1](P)                     {}
func needS[P setter[Q], Q any](P)      {}
func needPI[T any, P interface{ *T; I1 }](T) {}

var (
	_ I1 = T{}
	_ I1 = &T{}
	_ I1 = E{}
	_ I1 = &E{}
	_ I1 = U{}
	_ io.Reader = T{}
	_ io.Reader = &T{}
	_ sort.Interface = T{}
	_ sort.Interface = &T{}
	_ getter[int] = G[int]{}
	_ getter[int] = G[string]{}
	_ setter[int] = G[int]{}
	_ setter[int] = &G[int]{}
	_ setter[string] = &G[int]{}
	_ I1 = getter[int](nil)
	_ interface{ get() int } = getter[int](nil)
	_ *I1 = &T{}
	_ I6
	_ = I9(nil)
	_ = T.b
	_ = (*T).b
	_ = I1.A
	_ = I1.B
	_ = (*I1).A
	_ = E.only
	_ = U.ptr
	_ = (*U).ptr
	_ = E{}.A
	_ = E{}.ptr
	_ = E.ptr
	_ error = fmt.Errorf
	_ fmt.Stringer = fmt.Stringer.String
	_ = struct{ I1; I2 }{}.A
	_ = struct{ T; V }{}.A
	_ = G[int].set
	_ = G.get
)

func main() {
	needI1(T{})
	need(T{})
	need(&T{})
	need[I1](nil)
	need(E{})
	needS(G[int]{})
	needS(&G[int]{})
	needPI(T{})
	needPI(V{})
	var p *I1
	p.A()
	p.x()
	(*p).A()
	var g *getter[int]
	g.get()
	var t T
	t.a()
	t.B()
	t.len()
	t.Len()
	T{}.Len()
	switch any(nil).(type) {
	case I1, T, *T:
	case I6:
	case *I1:
	}
	var i I1
	_ = i.(T)
	_ = i.(*T)
	_ = i.(U)
	_ = i.(io.Reader)
	_ = i.(interface{ A() int })
	_, ok := i.(V)
	_, ok = t.(I1)
	i.A = nil
	t.A = nil
	_ = i == t
	_ = i == &t
	_ = i == 1
	_ = g == nil
	var f func() = i.A
	f = t.A
	f = T.A
	f = (*T).b
	for range i {
	}
	i()
	i++
	_ = len(i)
	_ = i[0]
	_ = *i
	_ = I1{}
	_ = I1(t)
	_ = I1(&t)
	_ = new(I6)
	_ = []I6{}
	type L interface{ L() L; l(L) interface{ L } }
	var l L
	_ = l.L().l(l).L().x
}
