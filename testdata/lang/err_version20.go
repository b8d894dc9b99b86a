// errors -lang=go1.20

package p

type pair[A, B any] struct {
	a A
	b B
}
type base struct{ id int }
type derived struct{ base }
type alias[T any] = []T

func (p pair[A, B]) gm[C any](c C) {}

func app[T any](f func(T), t T) {}
func gen[T any](t T)            {}
func seq(yield func(int) bool)  {}

type self[T self[T]] interface{ m(T) }

func main() {
	s := []int{1, 2}
	clear(s)
	clear(map[int]int{})
	_ = min(1, 2)
	_ = max(s[0], 3)
	_ = [2]int(s)
	for range 10 {
	}
	for i := range s[0] {
		_ = i
	}
	for x := range seq {
		_ = x
	}
	_ = new(10)
	_ = derived{id: 1}
	app(gen, 1)
	var f func(int) = gen
	_ = f
	var _ = pair[any, int]{1, 2} == pair[any, int]{1, 2}
	_ = alias[int]{}
}
