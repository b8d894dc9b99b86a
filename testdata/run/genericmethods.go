// run

// Generic types with methods, constraints, inference, and methods with type parameters of their own.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"strings"
)

type number interface {
	~int | ~int64 | ~float64
}

type list[T any] struct {
	head *node[T]
	size int
}

type node[T any] struct {
	value T
	next  *node[T]
}

func (l *list[T]) push(v T) *list[T] {
	l.head = &node[T]{v, l.head}
	l.size++
	return l
}

func (l *list[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) {
		for n := l.head; n != nil && yield(n.value); n = n.next {
		}
	}
}

func (l *list[T]) mapTo[U any](f func(T) U) *list[U] {
	r := &list[U]{}
	for v := range l.all() {
		r.push(f(v))
	}
	return r
}

type tree[K cmp.Ordered, V any] struct {
	left, right *tree[K, V]
	key         K
	value       V
}

func (t *tree[K, V]) insert(k K, v V) *tree[K, V] {
	switch {
	case t == nil:
		return &tree[K, V]{key: k, value: v}
	case k < t.key:
		t.left = t.left.insert(k, v)
	case k > t.key:
		t.right = t.right.insert(k, v)
	default:
		t.value = v
	}
	return t
}

func (t *tree[K, V]) walk(f func(K, V)) {
	if t != nil {
		t.left.walk(f)
		f(t.key, t.value)
		t.right.walk(f)
	}
}

type set[T comparable] map[T]struct{}

func (s set[T]) add(v ...T) set[T] {
	for _, x := range v {
		s[x] = struct{}{}
	}
	return s
}

func (s set[T]) has(v T) bool { _, ok := s[v]; return ok }

type pair[A, B any] struct {
	First  A
	Second B
}

func (p pair[A, B]) String() string          { return fmt.Sprintf("<%v;%v>", p.First, p.Second) }
func (p pair[A, B]) swap() pair[B, A]        { return pair[B, A]{p.Second, p.First} }
func makePair[A, B any](a A, b B) pair[A, B] { return pair[A, B]{a, b} }

type celsius float64

func sum[T number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func apply[S ~[]E, E, R any](s S, f func(E) R) []R {
	var out []R
	for _, x := range s {
		out = append(out, f(x))
	}
	return out
}

func reduce[T, A any](s []T, a A, f func(A, T) A) A {
	for _, x := range s {
		a = f(a, x)
	}
	return a
}

type stringer[T any] interface {
	*T
	set(string)
}

type word struct{ s string }

func (w *word) set(s string) { w.s = strings.ToUpper(s) }

func parse[T any, P stringer[T]](in string) T {
	var t T
	P(&t).set(in)
	return t
}

type option[T any] func(*T)
type alias[T any] = map[string]pair[T, int]

func zero[T any]() (z T) { return }

func kindOf[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case []T:
		return "slice of itself"
	case fmt.Stringer:
		return "stringer"
	}
	return fmt.Sprintf("%T", v)
}

func as[T error](err error) (t T, ok bool) {
	ok = errors.As(err, &t)
	return
}

type myErr[T any] struct{ v T }

func (e myErr[T]) Error() string { return fmt.Sprint("my ", e.v) }

func main() {
	l := new(list[int]).push(1).push(2).push(3)
	for v := range l.all() {
		fmt.Print(v, " ")
	}
	for s := range l.mapTo(func(i int) string { return strings.Repeat("*", i) }).all() {
		fmt.Print(s, " ")
	}
	fmt.Println(l.size)
	var t *tree[string, int]
	for i, w := range strings.Fields("to be or not to be") {
		t = t.insert(w, i)
	}
	t.walk(func(k string, v int) { fmt.Print(k, "=", v, " ") })
	fmt.Println()
	s := set[pair[int, string]]{}.add(makePair(1, "a"), makePair(2, "b"))
	fmt.Println(s.has(makePair(1, "a")), s.has(makePair(1, "b")), len(s), makePair(1, "x").swap(), kindOf(makePair(1, 2)))
	fmt.Println(sum(1, 2, 3), sum(1.5, 2), sum[celsius](1, 2.5), sum[int]())
	fmt.Println(apply([]int{1, 2}, func(i int) float64 { return float64(i) / 2 }), reduce([]string{"a", "bb"}, 0, func(n int, s string) int { return n + len(s) }))
	fmt.Println(parse[word]("hi"), zero[*int]() == nil, zero[[2]string](), kindOf(1), kindOf(2.5), kindOf([]int{}))
	a := alias[bool]{"k": {true, 1}}
	fmt.Printf("%v %T %T %T\n", a, a, l, option[int](nil))
	e, ok := as[myErr[string]](fmt.Errorf("w: %w", myErr[string]{"err"}))
	_, bad := as[myErr[int]](e)
	fmt.Println(e, ok, bad)
	f := (*list[int]).push
	f(l, 9)
	g := l.push
	g(10)
	fmt.Println(l.head.value, l.size)
}
