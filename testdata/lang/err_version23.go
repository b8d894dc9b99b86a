// errors -lang=go1.23

package p

type alias[T any] = []T
type pair[A any, B comparable] = map[B]A
type plain = []int

type base struct{ id int }
type derived struct {
	*base
	x int
}

func f() {
	var _ alias[int]
	var _ pair[int, string] = nil
	_ = new(1 + 2)
	_ = derived{id: 1, x: 2}
	for range 3 {
	}
	type local[T any] = T
	type local2 = int
}

func (alias[T]) m() {}
