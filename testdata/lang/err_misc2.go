// errors

// What a comparison of damaged programs with gc found: places and words of rare errors.
package main

type Z[T any] struct{ Q[T] }
type Q[T any] = Z[T]
type C[T any] struct{ x D[T] }
type D[T any] = E[T]
type E[T any] = C[T]
type F[T any] struct{ x [2]F[T] }
type G[T any] struct{ x H[[]T] }
type H[T any] struct{ y G[T] }

type tags struct {
	a, b int 'x'
	c    int 1.5
	d    int "ok"
}

type b[T any] interface{ m(T) }
type terms[T any] interface{ int | []T }

func h[P b[P]](P)        {}
func k[P terms[P]](P)    {}
func two() (int, string) { return 1, "" }
func vs(...int)          {}
func f(a int, b int)     {}
func g[T any](a, b T)    {}

type caseless struct{ x, X, xX int }

func main() {
	for _ := range 10 {
	}
	for 0 := range 3 {
	}
	for a.b, _ := range "a"[0] {
	}
	for 1.5, "s" := range two {
	}
	vs(two())
	f(two())
	g(two())
	var a, b int = two()
	a, b = two()
	_ = append([]int{}, two())
	_ = complex(two())
	vs(two)
	(func(...int))(vs)(two())
	switch {
	case a:
	case a == 1, b + 1, "s", nil:
	}
	switch true {
	case a:
	}
	if u, ok := interface{ ~int }(1).(int); ok {
	}
	_ = interface{ comparable }(nil)
	_ = int(a...)
	_ = []int(nil...)
	h(1)
	k("s")
	_ = int8(1e100)
	_ = int8(300.0)
	_ = uint(-1.0)
	_ = int(1.5)
	_ = int8(1e2 + 1e3)
	_ = int64(3e18 * 10)
	var x int8 = 1e100
	var y int8 = 300.0
	_ = int8(300 + 0i)
	_ = x + 1e100
	_ = y + 300.0
	_ = int8(1 << 40)
	_ = caseless{}.XX + caseless{}.Xx + caseless{}.xx
}
