// errors

// Generic declarations and calls: inference that fails, constraints not met, methods, cycles, instantiation loops.
package main

import "fmt"

type num interface{ ~int | ~float64 }
type str interface{ ~string; Len() int }
type pair[A, B any] struct { a A; b B }
type rec[T rec[T]] interface{ m(T) }
type loop[T any] struct{ next *loop[[]T] }
type bound[T interface{ *U }, U any] struct{}
type set[T comparable] map[T]bool

func (p pair[A, B]) swap() pair[B, A] { return pair[B, A]{p.b, p.a} }
func (p pair[A, A]) dup() {}
func (p pair[int, B]) odd(int) {}
func (p pair[A]) few() {}
func (p pair) none() {}
func (p *pair[_, _]) blank() { _ = p.a }
func (p pair[A, B]) gen[C any](c C) C { return c }

func f1[T num](a, b T) T { return a + b }
func f2[T any](a, b T) bool { return a == b }
func f3[T any](a T) { a.foo(); _ = a.x; a(); a[0] = 1; for range a {} ; _ = *a; _ = a + a; _ = len(a) }
func f4[K comparable, V any](m map[K]V) (k K, v V) { return }
func f5[S ~[]E, E fmt.Stringer](s S) {}
func f6[T ~int | string | fmt.Stringer]() {}
func f7[T int | comparable]() {}
func f8[T ~num | ~error]() {}
func f9[T ~int, U T | string]() {}
func f10[T interface{ int; string }](T) {}
func f11[P *T, T any](p P) T { return *p }
func f12[F func(A) B, A, B any](f F, a A) B { return f(a) }
func f13[T any]() (t T) { return }
func f14[T int | string](t T) { switch t.(type) {}; switch any(t).(type) { case T, int: }; var _ int = t; _ = T("x"); _ = int(t) }
func f15[T []int | map[int]string](t T) { _ = t[0]; t[0] = 1; for i, v := range t { _ = i + v } }
func f16[T ~struct{ x int }](t T) { _ = t.x }
func f17[T any](t ...T) { f17[T, T](t...); f17(t); f17[[]T](t); f17[int](t...) }
func f18[T any](t T) { f18(&t) }
func f19[T any, T any](a T) {}
func f20[T undefined](t T) {}
func f22[T any](t T) { type L[U any] struct{ t T; u U }; var _ L[T]; type M = L }

type myInt int
type S struct{}

func (S) String() string { return "" }
func (S) g[T any](T) {}

type aliasG[T any] = pair[T, T]
type aliasBad[T num] = pair[T, string]

func main() {
	f1(1, 2.5)
	f1(1, "a")
	f1("a", "b")
	f1(int8(1), 2)
	f1(myInt(1), 2)
	f1(1, myInt(2))
	f1(int(1), myInt(2))
	f2([]int{}, nil)
	f2(nil, nil)
	f4(nil)
	f4(map[string]int{})
	f4[int](map[string]int{})
	f5([]S{})
	f5([]int{})
	f5(1)
	f10(1)
	f11(1)
	f11(&S{})
	f12(func(int) string { return "" }, "a")
	f12(f13, 1)
	f13()
	f13[int, int]()
	f13[1]()
	f13[int]
	var x int = f13
	var g func() int = f13
	var h func(int) = f13
	var _ pair[int]
	var _ pair[int, string, bool]
	var _ pair
	var _ set[[]int]
	var _ set[func()]
	var _ set[any]
	var _ bound[*int, string]
	var _ loop[int]
	var _ rec[int]
	var _ num
	var _ aliasG[int, int]
	var _ aliasG = aliasG[int]{1, "s"}
	var _ aliasBad[string]
	pair[int, string]{1, 2}.swap()
	pair{1, 2}
	S{}.g(1)
	S{}.g[string](1)
	S.g
	_ = S{}.g
	_ = x + g + h
	f16(struct{ x int }{1})
	fmt.Println(f2[int], f1)
	type local[T any] []T

	_ = func(x any) { switch x.(type) { case pair: case pair[int, int]: case num: } }
}
