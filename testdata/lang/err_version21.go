// errors -lang=go1.21

package p

import "iter"

type alias[T any] = []T
type base struct{ id int }
type derived struct{ base }

func f(n int, s iter.Seq[int]) {
	for i := range n {
		_ = i
	}
	for range 3 {
	}
	for range s {
	}
	for x := range func(y func(int) bool) {} {
		_ = x
	}
	_ = new(n)
	_ = new("s")
	_ = derived{id: n}
	_ = min(n, 1)
	clear([]int{})
}

func (b base) g[T any](t T) {}

func h[T interface{ []int | string }](t T) {
	for range t {
	}
	_ = t[0]
	_ = len(t)
}
