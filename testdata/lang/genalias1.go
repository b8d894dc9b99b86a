// run

// Generic type aliases (1.24): partial application, method sets, identity in reflection, constraints, recursion.
package main

import (
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
)

type set[T comparable] = map[T]struct{}
type pair[A, B any] struct {
	a A
	b B
}
type swapped[B, A any] = pair[A, B]
type same[T any] = pair[T, T]
type strTo[V any] = map[string]V
type nested[V any] = strTo[set[string]]
type fn[A, R any] = func(A) R
type op[T any] = fn[same[T], T]
type ident[T any] = struct{ v T }
type ptrs[T any] = []*T
type stream[T any] = iter.Seq[T]
type named[T any] struct{ stack[T] }
type stack[T any] = inner[T]
type inner[T any] struct{ items []T }
type either[T int | string] = pair[T, bool]
type chain[T any] = *link[T]
type link[T any] struct {
	v    T
	next chain[T]
}
type constraint[T any] = interface{ m() T }

func (p pair[A, B]) flip() swapped[A, B] { return swapped[A, B]{p.b, p.a} }
func (s *inner[T]) push(t T) *stack[T]   { s.items = append(s.items, t); return s }
func (l *link[T]) all(y func(T) bool) {
	for ; l != nil && y(l.v); l = l.next {
	}
}
func (p same2) m() string { return p.a + p.b }

type same2 struct{ pair[string, string] }

func keys[T comparable](s set[T], less func(a, b T) int) []T {
	return slices.SortedFunc(maps.Keys(s), less)
}
func reduce[T any](f op[T], ts ...T) (r T) {
	for _, t := range ts {
		r = f(same[T]{r, t})
	}
	return
}
func addr[T any](ts ...T) (out ptrs[T]) {
	for _, t := range ts {
		out = append(out, &t)
	}
	return
}
func call[T any, C constraint[T]](c C) T      { return c.m() }
func prepend[T any](c chain[T], t T) chain[T] { return &link[T]{t, c} }
func infer[K, V comparable](m map[K]set[V]) {
}
func each[T any](s stream[T]) (n int) {
	for range s {
		n++
	}
	return
}
func typeName[T any]() string { return reflect.TypeFor[T]().String() }

func main() {
	s := set[int]{3: {}, 1: {}}
	s[2] = struct{}{}
	fmt.Println(keys(s, func(a, b int) int { return a - b }), len(set[any]{1: {}, "x": {}}))
	p := pair[int, string]{1, "x"}
	fmt.Println(p.flip(), p.flip().flip() == p, any(p) == any(swapped[string, int]{1, "x"}))
	fmt.Println(typeName[swapped[string, int]](), typeName[same[int8]](), typeName[nested[int]](), typeName[op[int]]())
	fmt.Println(typeName[ident[ident[[]int]]](), typeName[stream[int]](), typeName[named[int]](), typeName[chain[string]]())
	fmt.Println(reduce(func(p same[string]) string { return p.a + p.b }, "a", "b"), reduce[int](func(p pair[int, int]) int { return p.a*10 + p.b }, 1, 2, 3))
	for _, p := range addr(1, 2, 3) {
		*p *= 2
		fmt.Print(*p, " ")
	}
	var n named[string]
	n.push("a").push("b")
	fmt.Println(n.items, n.stack.items[1], len(n.stack.items))
	fmt.Println(call[string](same2{same[string]{"m", "n"}}), either[int]{1, true}, either[string]{"s", false})
	c := prepend(prepend[int](nil, 1), 2)
	fmt.Println(slices.Collect(c.all), each(c.all), each(stream[int](c.all)))
	switch x := any(p.flip()).(type) {
	case same[int]:
		fmt.Println("same", x)
	case swapped[int, string]:
		fmt.Println("swapped", x.a, x.b)
	}
	type local[T any] = map[ident[int]]same[T]
	l := local[int]{{1}: {2, 3}}
	fmt.Println(l, reflect.TypeOf(l), same[int](struct{ a, b int }{1, 2}))
	var f fn[int, fn[int, int]] = func(a int) fn[int, int] { return func(b int) int { return a - b } }
	fmt.Println(f(5)(3), ident[int]{7}.v+1, ident[string]{"a"}.v+"b")
}
