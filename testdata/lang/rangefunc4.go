// run

// Generic iterators, adapters, Pull, and iterators as methods, method values, fields and interfaces.
package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type tree[K ~int | ~string, V any] struct {
	l, r *tree[K, V]
	k    K
	v    V
}

func (t *tree[K, V]) put(k K, v V) *tree[K, V] {
	switch {
	case t == nil:
		return &tree[K, V]{k: k, v: v}
	case k < t.k:
		t.l = t.l.put(k, v)
	case k > t.k:
		t.r = t.r.put(k, v)
	default:
		t.v = v
	}
	return t
}

func (t *tree[K, V]) all() iter.Seq2[K, V] { return func(y func(K, V) bool) { t.push(y) } }
func (t *tree[K, V]) push(y func(K, V) bool) bool {
	return t == nil || t.l.push(y) && y(t.k, t.v) && t.r.push(y)
}
func (t *tree[K, V]) walk(y func(K, V) bool) {
	if t != nil {
		for k, v := range t.l.walk {
			if !y(k, v) {
				return
			}
		}
		if !y(t.k, t.v) {
			return
		}
		t.r.walk(y)
	}
}

func filter[T any](s iter.Seq[T], ok func(T) bool) iter.Seq[T] {
	return func(y func(T) bool) {
		for t := range s {
			if ok(t) && !y(t) {
				return
			}
		}
	}
}
func apply[T, U any](s iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(y func(U) bool) {
		for t := range s {
			if !y(f(t)) {
				break
			}
		}
	}
}
func take[T any](n int, s iter.Seq[T]) iter.Seq[T] {
	return func(y func(T) bool) {
		for t := range s {
			if n--; n < 0 || !y(t) {
				return
			}
		}
	}
}
func zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(y func(A, B) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			if z, ok := next(); !ok || !y(x, z) {
				return
			}
		}
	}
}
func naturals(y func(int) bool) {
	defer fmt.Print("(closed)")
	for i := 0; y(i); i++ {
	}
}

type source interface{ items(func(string) bool) }
type words string

func (w words) items(y func(string) bool) {
	for _, s := range strings.Fields(string(w)) {
		if !y(s) {
			return
		}
	}
}

type wrapper struct {
	source
	each iter.Seq[int]
}

func constrained[S ~func(yield func(E) bool), E any](s S) (out []E) {
	for e := range s {
		out = append(out, e)
	}
	return
}

func main() {
	var t *tree[string, int]
	for i, w := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		t = t.put(w, i)
	}
	for k, v := range t.all() {
		if k == "quick" {
			break
		}
		fmt.Print(k, v, " ")
	}
	for k := range t.walk {
		fmt.Print(k[:1])
	}
	fmt.Println()
	sq := apply(filter(naturals, func(i int) bool { return i%3 == 1 }), func(i int) string { return fmt.Sprint(i * i) })
	fmt.Println(slices.Collect(take(4, sq)))
	for a, b := range zip(naturals, words("x y z").items) {
		fmt.Print(a, b, " ")
	}
	fmt.Println()
	for a, b := range zip(words("p q r").items, iter.Seq[int](naturals)) {
		if a == "q" {
			break
		}
		fmt.Print(a, b, " ")
	}
	fmt.Println()
	w := wrapper{words("em bed ded"), take(3, naturals)}
	for s := range w.items {
		fmt.Print(s, ".")
	}
	for i := range w.each {
		fmt.Print(i)
	}
	var src source = w
	fmt.Println(constrained(src.items))
	fmt.Println(slices.Sorted(maps.Keys(map[int]bool{3: true, 1: true})))
}
