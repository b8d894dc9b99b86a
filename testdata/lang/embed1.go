// run

// Embedded interfaces and structs: promotion through several levels, shadowing, generic embedding, method values.
package main

import (
	"fmt"
	"strings"
)

type reader interface{ read() string }
type writer interface{ write(string) int }
type rw interface {
	reader
	writer
	fmt.Stringer
}
type counter struct{ n int }

func (c *counter) write(s string) int { c.n += len(s); return c.n }
func (c counter) String() string      { return fmt.Sprint("counter ", c.n) }

type upper struct{ reader }

func (u upper) read() string { return strings.ToUpper(u.reader.read()) }

type lit string

func (l lit) read() string { return string(l) }

type both struct {
	upper
	*counter
	extra
}
type extra struct{ n int }

func (e extra) write(string) int { return -1 }

type chosen struct {
	both
	*counter
}

func (c chosen) write(s string) int { return c.both.counter.write(s) * 10 }

type gen[T reader] struct {
	T2[T]
	name string
}
type T2[T reader] struct{ inner T }

func (t T2[T]) read() string       { return "<" + t.inner.read() + ">" }
func (t *T2[T]) set(v T)           { t.inner = v }
func (t *T2[T]) swap(o *T2[T]) (r T) { r, t.inner, o.inner = t.inner, o.inner, t.inner; return }

type ifaceIn struct {
	rw
	n int
}

func (i *ifaceIn) write(s string) int { i.n++; return i.rw.write(s + s) }

type recursive struct {
	*recursive
	v int
}

func (r *recursive) depth() int {
	if r.recursive == nil {
		return r.v
	}
	return r.recursive.depth() + 1
}

type alias = counter
type viaAlias struct{ *alias }

type hidden struct{ upper }

func (h hidden) reader() string { return "method named as the field" }

func use(r rw) string {
	s := r.read()
	n := r.write(s)
	return fmt.Sprint(s, n, " ", r)
}

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	c := &counter{}
	b := both{upper{lit("abc")}, c, extra{7}}
	fmt.Println(b.read(), b.counter.write("12"), b.extra.write(""), b, b.upper.reader.read())
	ch := chosen{b, &counter{100}}
	var r rw = ch
	fmt.Println(use(r), c.n, ch.counter.n)
	g := gen[lit]{T2[lit]{"x"}, "g"}
	g.set("y")
	o := T2[lit]{"z"}
	fmt.Println(g.swap(&o), g.read(), o.read(), gen[gen[lit]]{T2[gen[lit]]{g}, "n"}.read())
	fmt.Println(gen[reader]{T2[reader]{b}, ""}.read())
	i := &ifaceIn{rw: r}
	var w writer = i
	f := w.write
	g2 := (*ifaceIn).write
	h := i.rw.read
	i.rw = nil
	fmt.Println(h())
	try(func() { f("q") })
	i.rw = &ifaceIn{rw: ch}
	fmt.Println(f("q"), g2(i, "w"), i.n, c.n, i.String())
	rec := &recursive{&recursive{&recursive{v: 5}, 0}, 0}
	fmt.Println(rec.depth(), (*recursive).depth(rec.recursive), rec.recursive.recursive.v)
	v := viaAlias{&alias{3}}
	fmt.Println(v.n, v.write("x"), v, viaAlias.String(v), hidden{upper{lit("h")}}.read(), hidden{}.reader())
	try(func() { _ = upper{}.read() })
	try(func() { _ = both{}.String() })
	try(func() { var r reader; f := r.read; f() })
	try(func() { var p *both; fmt.Println(p.extra.n) })
	var e struct {
		fmt.Stringer
		reader
	}
	_, ok := any(e).(fmt.Stringer)
	_, ok2 := any(&e).(rw)
	_, ok3 := any(struct{ *chosen }{&ch}).(rw)
	fmt.Println(ok, ok2, ok3)
	fn := both.read
	fp := (*both).read
	b.upper = upper{lit("new")}
	fmt.Println(fn(b), fp(&b))
	for _, s := range []fmt.Stringer{c, *c, b, &b, v} {
		fmt.Print(s, ";")
	}
	fmt.Println()
}
