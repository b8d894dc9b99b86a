// run

// Embedding: interfaces in structs, generic bases, depth, shadowing, method values through pointers, promoted through aliases.
package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

type base[T any] struct{ val T }

func (b *base[T]) set(v T) { b.val = v }
func (b base[T]) get() T   { return b.val }

type mid[T any] struct {
	*base[T]
	name string
}
type top struct {
	mid[int]
	fmt.Stringer
	io.Reader
}
type str string

func (s str) String() string { return "str " + string(s) }

type A struct{ x int }
type B struct{ x int }
type C struct {
	A
	B
	y int
}
type D struct {
	C
	x string
}
type AliasA = A
type E struct{ AliasA }

func (a A) who() string { return "A" }
func (b B) hi() string  { return "B" }
func (d D) who() string { return "D+" + d.A.who() }
func (a *A) inc()       { a.x++ }

type inner interface{ who() string }
type outer interface {
	inner
	hi() string
}
type wrap struct{ inner }

func (w wrap) hi() string { return "wrap " + w.inner.who() }

type rec struct {
	*rec
	v int
}

type logged struct {
	error
	depth int
}

func (l logged) Unwrap() error { return l.error }

type iface[T any] interface {
	get() T
	set(T)
}

type anon struct {
	struct1
	*struct2
}
type struct1 struct{ p, q int }
type struct2 struct{ q, r int }

func main() {
	t := top{mid[int]{&base[int]{1}, "n"}, str("s"), strings.NewReader("data")}
	t.set(42)
	var i iface[int] = t
	i.set(i.get() + 1)
	var i2 iface[int] = t.mid
	fmt.Println(t.get(), i2.get(), t.val, t.base.val, t.name, t)
	b := make([]byte, 4)
	n, err := t.Read(b)
	fmt.Println(n, err, string(b))
	d := D{C{A{1}, B{2}, 3}, "dx"}
	fmt.Println(d.x, d.A.x, d.C.B.x, d.y, d.who(), d.C.who(), d.hi())
	d.inc()
	f := d.inc
	f()
	g := (*D).inc
	g(&d)
	fmt.Println(d.A.x)
	var o outer = d
	fmt.Println(o.who(), o.hi())
	o = wrap{d}
	fmt.Println(o.who(), o.hi())
	h := outer.hi
	fmt.Println(h(o), inner.who(o))
	e := E{A{5}}
	e.inc()
	fmt.Println(e.AliasA.x, e.x, e)
	r := rec{&rec{&rec{nil, 3}, 2}, 1}
	fmt.Println(r.v, r.rec.v, r.rec.rec.v, r.rec.rec.rec == nil)
	l := logged{io.EOF, 2}
	fmt.Println(errors.Is(l, io.EOF), l.Error(), l)
	var z top
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(z.String())
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		f := z.set
		f(1)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		f := z.Stringer.String
		fmt.Println("not reached", f)
	}()
	a := anon{struct1{1, 2}, &struct2{3, 4}}
	fmt.Println(a.p, a.r, a.struct1.q, a.struct2.q)
	var s interface{ inc() } = &d
	s.inc()
	_, ok := any(d).(interface{ inc() })
	fmt.Println(d.A.x, ok)
	var local struct {
		A
		fmt.Stringer
	}
	local.Stringer = str("local")
	var st fmt.Stringer = local
	fmt.Println(st, local.who())
}
