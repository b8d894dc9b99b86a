// run

// Generic methods in generic types, with closures, range over functions, recursion between instantiations.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"sort"
)

type seq[T any] iter.Seq[T]

func of[T any](ts ...T) seq[T] {
	return func(y func(T) bool) {
		for _, t := range ts {
			if !y(t) {
				return
			}
		}
	}
}
func (s seq[T]) mapTo[U any](f func(T) U) seq[U] {
	return func(y func(U) bool) {
		for t := range s {
			if !y(f(t)) {
				return
			}
		}
	}
}
func (s seq[T]) fold[A any](a A, f func(A, T) A) A {
	for t := range s {
		a = f(a, t)
	}
	return a
}
func (s seq[T]) groupBy[K comparable](key func(T) K) map[K][]T {
	return s.fold(map[K][]T{}, func(m map[K][]T, t T) map[K][]T { m[key(t)] = append(m[key(t)], t); return m })
}
func (s seq[T]) flat[U any, S ~func(func(U) bool)](f func(T) S) seq[U] {
	return func(y func(U) bool) {
		for t := range s {
			for u := range f(t) {
				if !y(u) {
					return
				}
			}
		}
	}
}
func (s seq[T]) sorted[K cmp.Ordered](key func(T) K) []T {
	out := s.fold([]T(nil), func(o []T, t T) []T { return append(o, t) })
	slices.SortStableFunc(out, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	return out
}
func (s seq[T]) zip[U any](o seq[U]) iter.Seq2[T, U] {
	return func(y func(T, U) bool) {
		next, stop := iter.Pull(iter.Seq[U](o))
		defer stop()
		for t := range s {
			u, ok := next()
			if !ok || !y(t, u) {
				return
			}
		}
	}
}

type list[T any] struct {
	head T
	tail *list[T]
}

func (l *list[T]) push(t T) *list[T] { return &list[T]{t, l} }
func (l *list[T]) conv[U any](f func(T) U) *list[U] {
	if l == nil {
		return nil
	}
	return l.tail.conv(f).push(f(l.head))
}
func (l *list[T]) find[E error](as func(T) (E, bool)) (e E, ok bool) {
	for ; l != nil; l = l.tail {
		if e, ok = as(l.head); ok {
			return
		}
	}
	return
}
func (l *list[T]) all(y func(T) bool) {
	for ; l != nil && y(l.head); l = l.tail {
	}
}

type code int

func (c code) Error() string { return fmt.Sprint("code ", int(c)) }

type registry struct {
	byName map[string]any
	log    []string
}

func (r *registry) put[T any](name string, t T) (old T, had bool) {
	defer func() { r.log = append(r.log, fmt.Sprintf("%s:%T:%v", name, t, had)) }()
	old, had = r.byName[name].(T)
	r.byName[name] = t
	return
}
func (r *registry) get[T any](name string) T {
	defer func() {
		if e := recover(); e != nil {
			r.log = append(r.log, fmt.Sprint(e))
		}
	}()
	return r.byName[name].(T)
}

func main() {
	s := of(3, 1, 4, 1, 5)
	fmt.Println(s.mapTo(func(i int) string { return fmt.Sprint(i * i) }).fold("", func(a, b string) string { return a + b }))
	g := s.groupBy(func(i int) bool { return i%2 == 0 })
	fmt.Println(g[true], g[false])
	f := s.flat(func(i int) iter.Seq[rune] {
		return func(y func(rune) bool) {
			for j := range i {
				if !y('a' + rune(j)) {
					break
				}
			}
		}
	})
	fmt.Println(string(f.fold([]rune{}, func(r []rune, c rune) []rune { return append(r, c) })))
	fmt.Println(s.sorted(func(i int) float64 { return -float64(i) }), s.sorted(func(i int) string { return fmt.Sprint(i % 3) }))
	for a, b := range s.zip(of("x", "y")) {
		fmt.Print(a, b, " ")
	}
	var l *list[int]
	l = l.push(1).push(2).push(3)
	fmt.Println(seq[string](l.conv(func(i int) string { return fmt.Sprint("<", i, ">") }).all).sorted(func(s string) string { return s }))
	fmt.Println(l.find(func(i int) (code, bool) { return code(i), i < 3 }))
	fmt.Println(l.find(func(i int) (error, bool) { return nil, i > 5 }))
	r := &registry{byName: map[string]any{}}
	fmt.Println(r.put("n", 1))
	fmt.Println(r.put("n", 2))
	fmt.Println(r.put("n", "s"))
	fmt.Println(r.get[string]("n"), r.get[int]("n"), r.get[fmt.Stringer]("n"), r.get[any]("missing"))
	sort.Strings(r.log)
	for _, x := range r.log {
		fmt.Println(x)
	}
}
