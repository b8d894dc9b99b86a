// errors

package p

import "iter"

type A[T any] = []T
type B[K comparable, V any] = map[K]A[V]
type C[P any] = struct{ p P }
type D[P any] = P
type E[P any] = *E[P]
type F[P any] = func(P) F[P]
type G[P any] = A[G[P]]
type H[P comparable] = B[P, P]
type I[P any] = B[P, P]
type S[P any] = iter.Seq[P]
type N[P any] struct{ a A[P] }
type M[P any] = N[P]
type Set[T comparable] = map[T]struct{}
type L[P any] = interface{ m(P) }
type U[P int | string] = P

func (A[T]) method()   {}
func (M[P]) method()   {}
func (N[P]) method(P)  {}
func (m M[int]) m2()   {}
func (m *C[P]) m3()    {}

var a A
var a1 A[int, int]
var a2 A[int]
var a3 A[int] = []string{}
var b B[[]int, int]
var b2 B[int]
var c C[int] = struct{ p string }{}
var h H[func()]
var m M[int] = N[string]{}
var set Set[Set[int]]
var l L[int] = 1
var n N[int] = M[int]{}

func f(A[int]) {}


type Z[T any] struct{ Q[T] }
type Q[T any] = struct{ z *Z[T] }
type R[T any] = struct{ r R[T] }

func gen[T any](A[T], M[T], T) {}

func main() {
	f([]string{})
	f(A[int]{1})
	f(A[int]{"x"})
	gen(1, 2, 3)
	gen([]int{}, N[string]{}, 1)
	gen([]int{}, N[int]{}, 1)
	var _ A[int] = A[string]{}
	_ = M[int]{1}
	_ = A{1}
	_ = Set[int]{1: {}, 1: {}}
	type local[T any] = []T
	_ = local[int]{}
	var _ A[f]
	switch any(1).(type) {
	case A[int], []int:
	case A:
	}
}
