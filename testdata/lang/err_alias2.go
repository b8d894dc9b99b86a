// errors

// Aliases: generic, of type parameters, cycles, methods, as constraints, embedded, wrong numbers of arguments.
package main

type A[P any] = P
type B[P any] = []P
type C[P ~int] = map[P]B[P]
type D = B
type E = B[int]
type F[P any] = F[P]
type G[P any] = struct{ g *G[P] }
type H[P any] = *H2[P]
type H2[P any] struct{ h H[P] }
type I = interface{ ~int | string }
type J[P I] = func(P) J2
type J2 = J[int]
type K[P any] = interface{ m(P) }
type L = int
type M[P, Q any] = N[Q, P]
type N[P, Q any] struct{ p P; q Q }
type O[P any] = N[P, int]
type Q[P comparable] = map[P]int
type R = R
type S = *S
type T1 = T2
type T2 = T3
type T3 = T1

func (B[P]) m1()     {}
func (E) m2()        {}
func (L) m3()        {}
func (O[P]) m4()     {}
func (N[P, Q]) m5()  {}
func (*M[P, Q]) m6() {}
func (H2[P]) m7()    {}

var (
	_ A[int]
	_ B
	_ B[int, string]
	_ C[string]
	_ C[int] = map[int][]string{}
	_ D[int]
	_ E = []string{}
	_ G[int]
	_ H[int] = &H2[string]{}
	_ I
	_ J[string] = nil
	_ J[bool]
	_ K[int] = 1
	_ M[int, string] = N[int, string]{}
	_ M[int, string] = N[string, int]{1, 2}
	_ O[string] = N[int, int]{}
	_ = O[string]{p: 1}
	_ = B[int]{"s"}
	_ = B{1}
	_ Q[[]int]
	_ Q[any]
	_ = Q[string]{1: 1}
	_ = L("s")
	_ = E(1)
	_ interface{ I }
	_ struct{ B[int]; E; L; int }
	_ struct{ *L; *M[int, int] }
)

func f[P A[int]](p P)      {}
func g[P B[int]](p P)      {}
func h[P I, Q K[P]](Q)     {}
func i[P any](B[P], C[int]) P { panic(0) }

func main() {
	f(1)
	g([]int{})
	g([]string{})
	i([]int{}, nil)
	i[string]([]int{}, nil)
	i([]string{}, map[int][]string{})
	type Loc[P any] = B[P]
	var l Loc[int] = B[string]{}
	type Loc2 = Loc2
	h(1)
}
