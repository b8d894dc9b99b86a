// run

// Types declared inside generic functions: one for each instantiation, methods through embedding, closures over parameters, static values.
package main

import (
	"fmt"
	"reflect"
	"strings"
)

func mk[T any](t T) any {
	type local struct{ v T }
	return local{t}
}

func same[T any](v any) bool {
	type local struct{ v T }
	_, ok := v.(local)
	return ok
}

func nested[T any, U any]() (string, any) {
	type pair struct {
		a T
		b U
	}
	type list []pair
	type fn func(list) pair
	f := func(l list) (p pair) {
		type inner struct {
			list
			n int
		}
		i := inner{l, len(l)}
		return i.list[i.n-1]
	}
	var g fn = f
	var p pair
	return fmt.Sprintf("%T %v", g(list{{}, p}), len(list{p})), map[string]list{"k": {p}}
}

type base struct{ n int }

func (b *base) inc() int { b.n++; return b.n }

func embeds[T any](t T) int {
	type withBase struct {
		base
		t T
	}
	w := withBase{t: t}
	inc := w.inc
	inc()
	var i interface{ inc() int } = &w
	return i.inc() + w.inc()
}

func recursive[T any](n int) int {
	type node struct {
		v    T
		next *node
	}
	var head *node
	for range n {
		head = &node{next: head}
	}
	l := 0
	for x := head; x != nil; x = x.next {
		l++
	}
	return l
}

func counters[T any]() func() string {
	n := 0
	var zero T
	return func() string {
		n++
		return fmt.Sprintf("%T%d", zero, n)
	}
}

func consts[T ~int | ~string]() string {
	const c = iota + 3
	type arr [c]T
	var a arr
	return fmt.Sprint(len(a), a)
}

func switches[T any](v any) string {
	type A []T
	type B = map[string]A
	switch x := v.(type) {
	case A:
		return fmt.Sprint("A", len(x))
	case []T:
		return "slice"
	case B:
		return fmt.Sprint("B", len(x))
	case interface{ local() T }:
		return fmt.Sprint(x.local())
	}
	return "none"
}

type hasLocal struct{}

func (hasLocal) local() string { return "local()" }

type wrapper[T any] struct{ v T }

func (w wrapper[T]) build() any {
	type result struct {
		wrapper[T]
		extra string
	}
	return result{w, "x"}
}

func (w wrapper[T]) conv[U any](f func(T) U) any {
	type both struct {
		t T
		u U
	}
	return both{w.v, f(w.v)}
}

type rec[T any] struct {
	sub []rec[T]
	mp  map[string]*rec[T]
	v   T
}

func depth[T any](r rec[T]) int {
	d := 0
	for _, s := range r.sub {
		d = max(d, depth(s))
	}
	return d + 1
}

func maker[T any]() (func(T), func() []T) {
	var all []T
	return func(t T) { all = append(all, t) }, func() []T { return all }
}

func apply[T, R any](ts []T, f func(T) R) []R {
	type job struct {
		in  T
		out R
	}
	jobs := make([]job, len(ts))
	for i, t := range ts {
		jobs[i] = job{in: t}
	}
	for i := range jobs {
		j := &jobs[i]
		j.out = f(j.in)
	}
	var r []R
	for _, j := range jobs {
		r = append(r, j.out)
	}
	return r
}

func main() {
	fmt.Println(mk(1) == mk(1), mk(1) == any(mk(int8(1))), same[int](mk(1)))
	fmt.Println(reflect.TypeOf(mk("")) == reflect.TypeOf(mk("x")), reflect.TypeOf(mk("")) == reflect.TypeOf(mk(1)), strings.Contains(fmt.Sprintf("%T", mk(1)), "local"))
	s, v := nested[int, []string]()
	fmt.Println(strings.Contains(s, "pair"), v)
	fmt.Println(embeds(1), embeds("s"), recursive[bool](3), recursive[[10]int](2))
	a, b := counters[int](), counters[map[string]int]()
	fmt.Println(a(), a(), b(), a(), counters[int]()())
	type myInt int
	fmt.Println(consts[int](), consts[string](), consts[myInt]())
	fmt.Println(switches[int]([]int{1}), switches[string](hasLocal{}), switches[int](hasLocal{}), switches[int](map[string][]int{}))
	fmt.Println(wrapper[int]{1}.build(), wrapper[string]{"s"}.conv(func(s string) int { return len(s) }))
	fmt.Println(depth(rec[int]{sub: []rec[int]{{}, {sub: []rec[int]{{}}}}}))
	add, get := maker[string]()
	add2, get2 := maker[string]()
	add("a")
	add2("b")
	add("c")
	fmt.Println(get(), get2(), apply([]int{1, 2}, func(i int) string { return strings.Repeat("x", i) }))
}
