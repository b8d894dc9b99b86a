// errors -lang=go1.17

package p

type g[T any] struct{ v T }
type al = g[int]

func f[T any](t T) T { return t }

type c interface{ ~int | string }

var _ any
var _ comparable

func main() {
	_ = f(1)
	_ = f[int](1)
	var x g[int]
	s := []int{1}
	_ = [1]int(s)
	_ = (*[1]int)(s)
	for range 3 {
	}
	_ = min(1, 2)
	clear(s)
	_ = new(3)
	_ = x
	_ = 0b101 + 0o17 + 1_000
	type u interface{ int }
}
