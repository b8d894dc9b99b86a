// run

// Copies of small structs whose fields are used one by one: in and out of variables, parameters, results, slices, interfaces, maps.
package main

import (
	"errors"
	"fmt"
	"strings"
)

type field struct {
	name   string
	pkg    string
	typ    any
	tag    string
	offset uintptr
	index  []int
	flag   bool
}

type small struct {
	a int8
	b bool
	c int16
	d float32
	p *int
}

type pair struct {
	x, y float64
	err  error
}

func (p pair) String() string { return fmt.Sprint(p.x, ",", p.y, ",", p.err) }

type odd struct {
	n    int64
	b    [3]byte
	s    string
	e    struct{ u, v uint16 }
	next *odd
}

//go:noinline
func makeField(i int) (f field) {
	f.name = strings.Repeat("n", i)
	f.typ = i
	if i%2 == 0 {
		f.tag = fmt.Sprint("tag", i)
		f.flag = true
	}
	f.offset = uintptr(i) * 8
	f.index = []int{i}
	return
}

//go:noinline
func show(f field) string {
	return fmt.Sprint(f.name, f.pkg, f.typ, f.tag, f.offset, f.index, f.flag)
}

//go:noinline
func smallOf(p *int, b bool) small {
	s := small{a: int8(*p), b: b, p: p}
	if b {
		s.c = 300
	}
	t := s
	t.d = float32(t.c) / 2
	return t
}

//go:noinline
func pairs(n int) (out []pair) {
	var last pair
	for i := 0; i < n; i++ {
		p := pair{x: float64(i), err: last.err}
		if i == 2 {
			p.err = errors.New("two")
		}
		q := p
		q.y = p.x + last.y
		out = append(out, q)
		last = q
	}
	return
}

func swap(a []odd, i, j int) {
	a[i], a[j] = a[j], a[i]
	x := a[i]
	x.e.u++
	x.b[1] = 'z'
	a[i] = x
}

func modify(o odd, n int) odd {
	o.n += int64(n)
	o.e.v = uint16(n)
	if n > 3 {
		o.next = &odd{n: 7}
	}
	return o
}

func nilCopy(p *field) (r any, s string) {
	defer func() { r = recover() }()
	s = "before"
	v := *p
	s = "after"
	return nil, v.name
}

func viaInterface(x any) int {
	switch v := x.(type) {
	case odd:
		w := v
		w.n *= 2
		return int(w.n) + int(v.n)
	case pair:
		return int(v.x + v.y)
	}
	return -1
}

func selfCopy(f *field, g *field) {
	old := *f
	*f = *g
	f.name = old.name + f.name
	*g = old
	g.pkg = "pkg"
}

func conditional(b bool, f, g field) string {
	v := f
	if b {
		v = g
		v.tag = "changed"
	}
	w := v
	if !b {
		w.flag = true
	}
	return w.name + w.tag + fmt.Sprint(w.flag, v.flag)
}

type celsius struct{ deg, min int }

func rotate(a, b, c celsius) (celsius, celsius, celsius) {
	for i := 0; i < 4; i++ {
		a, b, c = b, c, a
		a.deg += i
		b.min = c.deg
	}
	return a, b, c
}

func main() {
	for i := 0; i < 4; i++ {
		f := makeField(i)
		fmt.Println(show(f), f.name)
	}
	n := 5
	for _, b := range []bool{true, false} {
		s := smallOf(&n, b)
		fmt.Println(s.a, s.b, s.c, s.d, *s.p)
		n = 9
	}
	fmt.Println(pairs(5))
	list := []odd{{n: 1, s: "one"}, {n: 2, s: "two", b: [3]byte{'a', 'b', 'c'}}, {n: 3}}
	swap(list, 0, 1)
	swap(list, 2, 2)
	m := modify(list[0], 4)
	fmt.Println(list[0].n, list[0].b, list[0].s, list[0].e, list[1].n, list[1].s, list[2].b, m.n, m.e, m.next.n, m.s, modify(m, 1).n)
	fmt.Println(nilCopy(nil))
	f, g := makeField(2), makeField(3)
	selfCopy(&f, &g)
	fmt.Println(show(f), show(g))
	selfCopy(&f, &f)
	fmt.Println(show(f))
	fmt.Println(viaInterface(list[0]), viaInterface(pair{x: 1, y: 2}), viaInterface(1))
	fmt.Println(conditional(true, f, g), conditional(false, f, g))
	fmt.Println(rotate(celsius{1, 2}, celsius{3, 4}, celsius{5, 6}))
	byName := map[string]field{"f": f}
	v := byName["f"]
	v.offset++
	byName["g"] = v
	fmt.Println(show(byName["g"]), show(byName["none"]), byName["f"].offset)
	ch := make(chan pair, 1)
	ch <- pair{1, 2, nil}
	p := <-ch
	p.x += p.y
	fmt.Println(p)
	func() {
		q := p
		q.err = errors.New("q")
		defer fmt.Println(q)
		q.x = 100
	}()
	array := [2]pair{{1, 2, nil}, {3, 4, errors.New("four")}}
	copied := array
	copied[0].x = 9
	fmt.Println(array, copied, array == copied)
}
