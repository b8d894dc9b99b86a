// run -stderr

package main

type inner struct{ x, y int }
type outer struct {
	inner
	z int
}

type conv struct{ n int }

func (c conv) to[T any](f func(int) T) T { return f(c.n) }

type set[T comparable] = map[T]struct{}

func main() {
	p := new(41)
	*p++
	println(*p, *new("s"))
	o := outer{x: 1, z: 3}
	println(o.x, o.y, o.z)
	println(conv{20}.to(func(i int) string { return string(rune('a' + i)) }))
	println(len(set[int]{1: {}, 2: {}}))
	for i := range uint8(3) {
		print(i, " ")
	}
	println(min("b", "a"), max(1, 2.5))
}
