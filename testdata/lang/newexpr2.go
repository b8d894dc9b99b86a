// run

// new(expr) in package variables, struct literals, generic code, loops, and with collections running.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type opts struct {
	name    *string
	retries *int
	ratio   *float64
	verbose *bool
	next    *opts
	tags    *[]string
	hook    *func(string) string
}

var defaults = opts{name: new("default"), retries: new(3), next: new(opts{verbose: new(true)})}
var table = map[string]*int{"one": new(1), "two": new(1 + 1)}
var ptrs = [...]*string{new("a"), new("b" + "c"), 3: new(strings.Repeat("d", 3))}
var chain = new(new(new(new(7))))
var depends = new(*later * 2)
var later = new(21)

func merge[T any](dst **T, src *T) {
	if src != nil {
		*dst = new(*src)
	}
}
func or[T comparable](p *T, def T) *T {
	if p == nil || *p == *new(T) {
		return new(def)
	}
	return p
}
func each[T, U any](ts []T, f func(T) U) (us []*U) {
	for _, t := range ts {
		us = append(us, new(f(t)))
	}
	return
}

type list[T any] struct {
	v    T
	next *list[T]
}

func build(n int) (l *list[*int]) {
	for i := range n {
		l = new(list[*int]{new(i * i), l})
		if i%10 == 0 {
			runtime.GC()
		}
	}
	return
}

type T struct{ a, b int }

func (t *T) add(n int) *T { t.a += n; return t }
func (t T) sum() int      { return t.a + t.b }

func main() {
	o := opts{retries: new(0), ratio: new(0.5)}
	merge(&o.name, defaults.name)
	merge(&o.verbose, defaults.next.verbose)
	merge(&o.tags, nil)
	*o.name += "!"
	fmt.Println(*o.name, *defaults.name, *or(o.retries, 9), *or(o.ratio, 2), *o.verbose, o.tags)
	o.hook = new(strings.ToUpper)
	fmt.Println((*o.hook)("up"), *table["two"], *ptrs[1], ptrs[2], *ptrs[3], ****chain, *depends)
	for _, p := range each([]int{1, 2, 3}, func(i int) T { return T{i, i * i} }) {
		fmt.Print(p.add(1).sum(), " ")
	}
	sum := 0
	for l := build(50); l != nil; l = l.next {
		sum += *l.v
	}
	fmt.Println(sum, new(T{1, 2}).add(5).sum(), new(T{3, 4}).a, (*new(T{5, 6})).b)
	a, b := new(1), new(1)
	z1, z2 := new(struct{}{}), new([0]int{})
	fmt.Println(a == b, *a == *b, *z1 == struct{}{}, len(z2))
	x := 1.5
	px, py := new(x), new(float32(x))
	x++
	fmt.Println(*px, *py, x, *new(int8(x)), *new('a'), *new(uint8(200) + 50))
	var i any = new(i0(3))
	if p, ok := i.(*i0); ok {
		*p++
		fmt.Println(*p, *i.(*i0))
	}
	f := func() (int, error) { return 1, nil }
	n, err := f()
	pn, pe := new(n), new(err)
	fmt.Println(*pn, *pe == nil)
	defer func(p *int) { fmt.Println("deferred", *p) }(new(n))
	n = 100
	switch *new(n) {
	case *new(100):
		fmt.Println("same")
	}
	s := []*int{new(0), new(1)}
	s = append(s, new(len(s)), new(cap(s[:1:1])))
	fmt.Println(*s[2], *s[3], *new(append([]int{1}, 2)), *new(copy([]int{0}, []int{1, 2})))
}

type i0 int
