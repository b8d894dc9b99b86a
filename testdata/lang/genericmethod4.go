// run

// Generic methods and everything else: embedding in generic structs, defer, go, type switches, constraints with
// methods, method values of promoted generic methods, recursion, variadics, named function types.
package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type stack[T any] struct{ s []T }

func (s *stack[T]) push(ts ...T) *stack[T] { s.s = append(s.s, ts...); return s }
func (s *stack[T]) popAs[U any](conv func(T, error) U) (u U) {
	if len(s.s) == 0 {
		var zero T
		return conv(zero, errors.New("empty"))
	}
	defer func() { s.s = s.s[:len(s.s)-1] }()
	return conv(s.s[len(s.s)-1], nil)
}
func (s stack[T]) collect[M ~map[K]V, K comparable, V any](f func(T) (K, V)) M {
	m := make(M)
	for _, t := range s.s {
		k, v := f(t)
		m[k] = v
	}
	return m
}

type named[T any] struct {
	*stack[T]
	name string
}
type handler func(string) (int, error)

func (h handler) then[R any](f func(int) R, more ...func(R) R) func(string) (R, error) {
	return func(s string) (r R, err error) {
		n, err := h(s)
		if err != nil {
			return
		}
		r = f(n)
		for _, m := range more {
			r = m(r)
		}
		return
	}
}

type visitor struct{ depth int }

func (v visitor) visit[T any](t T) string {
	switch x := any(t).(type) {
	case []int:
		var parts []string
		for _, e := range x {
			parts = append(parts, visitor{v.depth + 1}.visit(e))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case map[string]any:
		var parts []string
		for k, e := range x {
			parts = append(parts, k+"="+visitor{v.depth + 1}.visit(e))
		}
		sort.Strings(parts)
		return "{" + strings.Join(parts, ",") + "}"
	case interface{ visit2() string }:
		return x.visit2()
	case fmt.Stringer:
		return "S" + x.String()
	case *T:
		return "pointer to itself"
	}
	return fmt.Sprint(v.depth, ":", t)
}

type temp float64

func (t temp) String() string                { return fmt.Sprintf("%.1f°", float64(t)) }
func (t temp) as[N ~int | ~float32]() N      { return N(t) }
func (t *temp) scale[N ~int | ~float64](n N) { *t *= temp(n) }

type config map[string]any

func (c config) get[T any](k string, def T) T {
	if v, ok := c[k].(T); ok {
		return v
	}
	return def
}

func main() {
	n := named[string]{new(stack[string]{}), "n"}
	n.push("a", "bb", "ccc")
	m := n.collect[map[string]int](func(s string) (string, int) { return s, len(s) })
	fmt.Println(m, len(n.collect[map[int]bool](func(s string) (int, bool) { return len(s) % 2, true })))
	pop := n.popAs[string]
	show := func(s string, err error) string { return fmt.Sprintf("%q %v", s, err) }
	fmt.Println(pop(show), pop(show), n.popAs(func(s string, err error) int { return len(s) }), pop(show))
	h := handler(func(s string) (int, error) {
		if s == "" {
			return 0, errors.New("no text")
		}
		return len(s), nil
	})
	f := h.then(func(n int) string { return strings.Repeat("*", n) }, strings.ToUpper, func(s string) string { return s + "." })
	fmt.Println(f("abc"))
	fmt.Println(f(""))
	v := visitor{}
	fmt.Println(v.visit(map[string]any{"b": []int{1, 2}, "a": temp(3), "c": nil}), v.visit([]int(nil)), v.visit(v))
	t := temp(36.6)
	t.scale(2)
	t.scale(0.5)
	g := t.as[int]
	t.scale[float64](10)
	fmt.Println(t, g(), t.as[float32](), v.visit(t))
	c := config{"n": 3, "s": "x", "f": func() int { return 7 }}
	fmt.Println(c.get("n", 1), c.get("s", 5), c.get("f", func() int { return 0 })(), c.get[error]("e", nil), c.get[any]("s", nil))
	out := make(chan string)
	go func() { defer close(out); out <- v.visit([]int{9}) }()
	defer t.scale(2)
	for s := range out {
		fmt.Println(s)
	}
}
