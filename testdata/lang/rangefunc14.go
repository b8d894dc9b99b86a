// run

// Ranges over methods, fields, generic iterators, recursive ones and chains, with every way out of the body.
package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type tree[T any] struct {
	l, r *tree[T]
	v    T
}

func (t *tree[T]) all(yield func(T) bool) bool {
	return t == nil || t.l.all(yield) && yield(t.v) && t.r.all(yield)
}
func (t *tree[T]) walk() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		t.all(func(v T) bool { i++; return yield(i-1, v) })
	}
}
func (t *tree[T]) depth(yield func(int, *tree[T]) bool) {
	var rec func(d int, t *tree[T]) bool
	rec = func(d int, t *tree[T]) bool {
		return t == nil || yield(d, t) && rec(d+1, t.l) && rec(d+1, t.r)
	}
	rec(0, t)
}

type holder struct {
	each func(func(string) bool)
	iter.Seq[int]
}

func filter[T any](s iter.Seq[T], ok func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range s {
			if ok(v) && !yield(v) {
				return
			}
		}
	}
}
func mapped[T, U any](s iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for v := range s {
			if !yield(f(v)) {
				break
			}
		}
	}
}
func take[T any](s iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		if n <= 0 {
			return
		}
		i := 0
		for v := range s {
			if !yield(v) {
				return
			}
			if i++; i >= n {
				return
			}
		}
	}
}
func naturals(yield func(int) bool) {
	for i := 0; yield(i); i++ {
	}
}
func forever(yield func() bool) {
	for yield() {
	}
}
func zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := next()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}

func find(t *tree[string], s string) (i int, found bool) {
	defer func() { i *= 10 }()
	for i, v := range t.walk() {
		if v == s {
			return i, true
		}
	}
	return -1, false
}

func assign() (string, int) {
	var m = map[string]int{}
	var arr [2]string
	t := &tree[string]{v: "v"}
	for m["i"], arr[1] = range t.walk() {
	}
	var p struct{ x, y int }
	for p.x, p.y = range slices.All([]int{7, 8}) {
	}
	return fmt.Sprint(m, arr, p), p.y
}

func control() (out []string) {
	n := 0
	for range forever {
		n++
		switch {
		case n == 2:
			continue
		case n == 5:
			goto done
		}
		for x := range take(naturals, 3) {
			if x == 1 {
				continue
			}
			if n == 4 {
				break
			}
			out = append(out, fmt.Sprint(n, x))
		}
	}
done:
	for i, s := range out {
		for c := range strings.SplitSeq(s, " ") {
			if c == "0" {
				out[i] += "!"
			}
		}
	}
	return
}

func captured() (fs []func() int) {
	for i := range take(naturals, 3) {
		j := i * 2
		fs = append(fs, func() int { i++; j += i; return j })
		i += 10
	}
	return
}

func main() {
	t := &tree[string]{&tree[string]{v: "a"}, &tree[string]{&tree[string]{v: "c"}, nil, "d"}, "b"}
	for i, v := range t.walk() {
		fmt.Print(i, v, " ")
	}
	for d, n := range t.depth {
		fmt.Print(d, n.v, " ")
	}
	fmt.Println()
	fmt.Println(find(t, "c"))
	fmt.Println(find(t, "z"))
	h := holder{each: func(yield func(string) bool) { _ = yield("x") && yield("y") }, Seq: naturals}
	for s := range h.each {
		fmt.Print(s, " ")
	}
	for i := range h.Seq {
		if i > 2 {
			break
		}
		fmt.Print(i, " ")
	}
	even := filter(naturals, func(i int) bool { return i%2 == 0 })
	for s := range take(mapped(even, func(i int) string { return fmt.Sprint("#", i*i) }), 4) {
		fmt.Print(s, " ")
	}
	fmt.Println()
	for a, b := range zip(take(naturals, 5), slices.Values([]string{"p", "q", "r"})) {
		fmt.Print(a, b, " ")
	}
	fmt.Println(assign())
	fmt.Println(control())
	for _, f := range captured() {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println(slices.Sorted(maps.Keys(map[int]bool{3: true, 1: true})), slices.Collect(take(naturals, 0)))
	for i := range func(y func(int) bool) { y(1) } {
		for j := range func(y func(int) bool) { _ = y(i) && y(i+1) } {
			defer func() { fmt.Print("d", i, j, " ") }()
		}
	}
}
