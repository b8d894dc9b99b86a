// errors -lang=go1.22

package p

type alias[T any] = []T
type base struct{ id int }
type derived struct{ base }
type self[T self[T]] interface{ m(T) }

func it(yield func(int) bool) {}

func f(n int) {
	for i := range n {
		_ = i
	}
	for range it {
	}
	for range (func(func() bool))(nil) {
	}
	_ = new(n)
	_ = derived{id: 1}
	var a alias[int]
	_ = a
}

func (b *base) g[T any](t T) T { return t }

func main() {
	b := base{1}
	b.g(1)
	_ = b.g[int]
	_ = (*base).g[string]
}
