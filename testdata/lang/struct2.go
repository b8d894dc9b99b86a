// run

// Structs: comparison with blanks and padding, zero size, tags, anonymous, nested literals, embedded pointers, copies, fields of type parameters.
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

type blank struct {
	a int
	_ int
	_ string
	b string
}
type pad struct {
	a byte
	b int64
	c byte
	d int16
	f float32
}
type zero struct{}
type zeros struct {
	zero
	a [0]int
	b struct{}
	c zero
}
type tail struct {
	a int32
	z zero
}
type iface struct {
	v any
	e error
	f float64
}
type inner struct{ x, y int }
type outer struct {
	inner
	*pad
	arr  [2]inner
	sl   []inner
	m    map[string]inner
	p    *inner
	anon struct {
		a int
		b struct{ c string }
	}
	fn func(outer) int
}
type tagged struct {
	A int    `json:"a,omitempty" xml:"x"`
	b string `k:"v"`
	C int    "plain"
}
type gen[T comparable, U any] struct {
	t T
	u []U
	*inner
	next *gen[T, U]
}

func (g gen[T, U]) eq(t T) bool { return g.t == t && g.next == nil }

func mod(o outer) outer {
	o.x = 100
	o.arr[0].x = 100
	if len(o.sl) > 0 {
		o.sl[0].x = 100
	}
	o.anon.b.c += "!"
	return o
}

func main() {
	b1, b2 := blank{a: 1, b: "x"}, blank{a: 1, b: "x"}
	*(*int)(unsafe.Add(unsafe.Pointer(&b2), 8)) = 99
	fmt.Println(b1 == b2, b1, blank{1, 2, "ignored", "x"} == b1)
	p1, p2 := pad{1, 2, 3, 4, 5}, pad{1, 2, 3, 4, 5}
	for i := range unsafe.Sizeof(p2) {
		if i > 0 && i < 8 {
			*(*byte)(unsafe.Add(unsafe.Pointer(&p2), i)) = 0xff
		}
	}
	fmt.Println(p1 == p2, p1 != p2, any(p1) == any(p2), map[pad]int{p1: 1}[p2])
	fmt.Println(unsafe.Sizeof(zeros{}), unsafe.Sizeof(tail{}), unsafe.Sizeof(pad{}), unsafe.Offsetof(pad{}.d), unsafe.Alignof(pad{}.b), zeros{} == zeros{}, zero{} == struct{}{})
	z := 0.0
	n := iface{v: 1, f: z / z}
	fmt.Println(n == n, iface{v: 1} == iface{v: 1}, iface{v: 1} == iface{v: 1.0}, iface{f: z} == iface{f: -z})
	func() {
		defer func() { fmt.Println(recover()) }()
		x := iface{v: []int{}}
		fmt.Println(x == iface{v: 1})
		fmt.Println(x == x)
	}()
	o := outer{inner: inner{1, 2}, pad: &p1, arr: [2]inner{{3, 4}}, sl: []inner{{5, 6}, {}}, m: map[string]inner{"k": {7, 8}}, p: &inner{y: 9}}
	o.anon.a = 10
	o.anon.b = struct{ c string }{"c"}
	o.fn = func(o outer) int { return o.x + o.arr[1].y + int(o.pad.b) }
	q := mod(o)
	fmt.Println(o.x, o.arr, o.sl, o.anon, q.x, q.arr, q.anon, o.fn(q), q.m["k"].y, q.p.y, o.a, q.pad == o.pad)
	o.p, o.p.x = &o.arr[1], 55
	fmt.Println(o.arr, o.p.x)
	pts := []*inner{{1, 2}, {3, 4}}
	mp := map[inner]*inner{{1, 2}: {3, 4}}
	aa := [...]struct{ a, b any }{{1, "x"}, {b: 2}}
	fmt.Println(*pts[1], *mp[inner{1, 2}], aa, aa[1].a == nil, aa[0] == struct{ a, b any }{1, "x"})
	t := reflect.TypeFor[tagged]()
	for i := range t.NumField() {
		f := t.Field(i)
		fmt.Print(f.Name, " ", f.Tag.Get("json"), " ", f.Tag, " ", f.IsExported(), "; ")
	}
	fmt.Println(t)
	u := struct {
		A int
		b string
		C int
	}(tagged{1, "b", 2})
	fmt.Printf("%v %+v %T\n", u, tagged(u), u)
	g := gen[string, inner]{"t", []inner{{1, 2}}, &inner{3, 4}, nil}
	h := g
	h.next = &g
	h.u[0].x++
	h.x = 30
	fmt.Println(g.eq("t"), h.eq("t"), g.u, g.x, h.y, h.next.inner == g.inner)
	s1, s2 := struct{ f float64 }{-z}, struct{ f float64 }{z}
	fmt.Println(s1 == s2, *(*uint64)(unsafe.Pointer(&s1)) == *(*uint64)(unsafe.Pointer(&s2)), [2]float64{z, 1} == [2]float64{-z, 1})
	var self struct {
		name string
		next *struct{ name string }
	}
	self.name = "self"
	self.next = (*struct{ name string })(unsafe.Pointer(&self))
	fmt.Println(self.next.name)
	arr := [3]blank{{a: 1}, 2: {b: "z"}}
	arr2 := arr
	arr2[1].a++
	fmt.Println(arr == arr2, arr != [3]blank{{a: 1}, {}, {b: "z"}}, len(arr2))
	type rec struct {
		a [2]*rec
		f func(rec) rec
		m map[string]rec
		c chan rec
		s []rec
	}
	r := rec{s: []rec{{}, {s: []rec{{}}}}}
	r.a[0] = &r
	r.f = func(r rec) rec { return *r.a[0] }
	fmt.Println(len(r.f(r).s[1].s), r.a[0].a[0] == &r, r.m == nil, fmt.Sprint(zeros{}), fmt.Sprintf("%+v", tail{1, zero{}}))
}
