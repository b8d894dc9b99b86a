// errors

package p

import "fmt"

type T struct{ n int }
type G[P any] struct{ p P }
type I interface {
	plain()
}
type J interface{ m(int) int }
type fn func()

func (T) m[X any](x X) X                  { return x }
func (t *T) p[X fmt.Stringer](x X) string { return x.String() }
func (T) m2[X, Y any](f func(X) Y) Y      { var x X; return f(x) }
func (T) m2[X any](x X)                   {}
func (T) n()                              {}
func (T) dup[T any](t T) T                { return t }
func (t T) dup2[t any](x t)               {}
func (G[P]) m[P any](p P)                 {}
func (G[P]) q[Q P](q Q)                   {}
func (G[P]) r[Q []P | map[string]P](q Q) (p P) {
	for _, p = range q {
	}
	return
}
func (fn) c[X comparable](a, b X) bool { return a == b }
func (T) unused[X any]()               {}
func (T) String[X any]() string        { return "" }
func (x J) im[X any](X)                {}
func (T) rec[X any](n int) {
	if n > 0 {
		T{}.rec[[]X](n - 1)
	}
}

var _ J = T{}
var _ fmt.Stringer = T{}
var _ interface{ n() } = T{}

func main() {
	var t T
	var g G[int]
	t.m()
	t.m(1, 2)
	t.m[int]("s")
	t.m[int, string](1)
	_ = t.m
	f := t.m
	var h func(string) string = t.m
	var k func(string) int = t.m
	t.p(1)
	t.p[T](t)
	T{}.p(t)
	t.m2(func(int) {})
	t.m2(func(s string) string { return s })
	t.m2[int](nil)
	_ = T.m[int](1)
	_ = T.m
	var e func(T, int) int = T.m
	t.unused()
	t.unused[int]()
	t.n[int]()
	g.q("x")
	g.q[int](1)
	g.r([]string{})
	g.r(map[string]int{})
	fn(nil).c(main, main)
	fn(nil).c(1, "a")
	t.nope[int](1)
	go t.m
	defer t.m(1)
	defer t.m2
	_, _, _, _, _ = f, h, k, e, g
}
