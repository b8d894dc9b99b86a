// run

// Generic code over comparable types with structs, arrays, channels, pointers and interfaces mixed as arguments.
package main

import "fmt"

type set[T comparable] struct{ m map[T]int }

func of[T comparable](ts ...T) set[T] {
	s := set[T]{map[T]int{}}
	for i, t := range ts {
		if _, ok := s.m[t]; !ok {
			s.m[t] = i
		}
	}
	return s
}
func (s set[T]) has(t T) bool { _, ok := s.m[t]; return ok }
func (s set[T]) union(o set[T]) set[T] {
	r := of[T]()
	for _, m := range []map[T]int{s.m, o.m} {
		for k, v := range m {
			r.m[k] += v
		}
	}
	return r
}
func uniq[S ~[]E, E comparable](s S) (out S) {
	for i, e := range s {
		if i == 0 || e != s[i-1] {
			out = append(out, e)
		}
	}
	return
}
func index[E comparable](s []E, e E) int {
	for i := range s {
		if s[i] == e {
			return i
		}
	}
	return -1
}

type shape interface{ area() int }
type sq struct{ n int }
type rect struct{ a, b int }

func (s sq) area() int    { return s.n * s.n }
func (r *rect) area() int { return r.a * r.b }

type tup[A, B comparable] struct {
	a A
	b B
	_ int
}

func same[A, B comparable](x, y tup[A, B]) (bool, bool) { return x == y, any(x) == any(y) }

func main() {
	r := &rect{2, 3}
	shapes := of[shape](sq{2}, r, sq{2}, &rect{2, 3}, nil)
	fmt.Println(len(shapes.m), shapes.has(sq{2}), shapes.has(r), shapes.has(&rect{2, 3}), shapes.has(nil))
	fmt.Println(uniq([]any{1, 1, int8(1), "a", "a", nil, nil, sq{1}, sq{1}}))
	fmt.Println(uniq([]error{nil, fmt.Errorf("x"), nil})[0] == nil, index([]shape{r, sq{3}}, shape(sq{3})), index([][2]any{{1, "x"}, {2, nil}}, [2]any{2, nil}))
	fmt.Println(same(tup[int, string]{1, "a", 5}, tup[int, string]{1, "a", 6}))
	fmt.Println(same(tup[any, shape]{1, sq{1}, 0}, tup[any, shape]{1.0, sq{1}, 0}))
	fmt.Println(same(tup[[2]string, struct{}]{a: [2]string{"x"}}, tup[[2]string, struct{}]{a: [2]string{"x"}}))
	c := make(chan int)
	fmt.Println(of(c, c, nil).union(of(make(chan int), c)).has(c), len(of[any](c, (<-chan int)(c), (chan<- int)(c)).m))
	fmt.Println(of("a", "b").union(of("b")).m, len(of(0.0, -0.0, 1).m), len(of(1+2i, 1+2i).m))
	func() {
		defer func() { fmt.Println(recover()) }()
		index([]any{1, []int{}}, any([]int{}))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(index([]any{1, []int{}}, any(map[int]int{})))
		same(tup[any, int]{[]int{}, 1, 0}, tup[any, int]{[]int{}, 2, 0})
	}()
}
