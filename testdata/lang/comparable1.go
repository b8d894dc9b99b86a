// run

// Interfaces satisfy comparable since 1.20: comparisons panic where the dynamic type is not comparable.
package main

import (
	"fmt"
	"math"
)

type box[T comparable] struct{ v T }

func (b box[T]) is(o T) bool { return b.v == o }

type key interface {
	comparable
	fmt.Stringer
}
type id int

func (i id) String() string { return fmt.Sprintf("#%d", int(i)) }

type loose struct {
	a any
	n int
}
type fn func()

func (f fn) String() string { return "fn" }

func eq[T comparable](a, b T) bool { return a == b }
func index[K comparable, V any](m map[K]V, k K) (v V, ok bool) {
	v, ok = m[k]
	return
}
func count[T comparable](s ...T) int {
	m := map[T]int{}
	for _, v := range s {
		m[v]++
	}
	return len(m)
}
func byKey[K key](a, b K) string { return fmt.Sprint(a == b, a.String()) }
func nested[T comparable](a T) any {
	type local struct {
		t T
		n int
	}
	return local{a, 1}
}

func try(what string, f func() any) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(what, "panics:", e)
		}
	}()
	fmt.Println(what, f())
}

func main() {
	var e1, e2 error = fmt.Errorf("a"), fmt.Errorf("a")
	fmt.Println(eq[any](1, 1), eq[any](1, int8(1)), eq(e1, e2), eq(e1, e1), eq[error](nil, nil))
	try("funcs", func() any { return eq[any](main, main) })
	try("mixed", func() any { return eq[any](main, 3) })
	try("slices", func() any { return eq[any]([]int{}, []int{}) })
	try("struct", func() any { return eq(loose{[]int{}, 1}, loose{[]int{}, 2}) })
	try("struct same", func() any { return eq(loose{map[int]int{}, 1}, loose{map[int]int{}, 1}) })
	try("array", func() any { return eq([2]any{1, main}, [2]any{2, main}) })
	try("array same", func() any { return eq([2]any{1, main}, [2]any{1, main}) })
	try("map", func() any { v, ok := index(map[any]int{1: 2}, any([]int{})); return fmt.Sprint(v, ok) })
	try("map empty", func() any { v, ok := index(map[any]int{}, any([]int{})); return fmt.Sprint(v, ok) })
	try("map struct", func() any { return map[loose]int{{1, 1}: 5}[loose{1, 1}] })
	try("map func in struct", func() any { return map[loose]int{}[loose{main, 1}] })
	try("stringers", func() any { return byKey[fmt.Stringer](id(3), id(3)) })
	try("stringer fn", func() any { return byKey[fmt.Stringer](fn(main), fn(main)) })
	try("nested", func() any { return nested(1) == nested(1) })
	try("nested any", func() any { return nested[any](1) == nested[any](int8(1)) })
	try("nested differ", func() any { return nested[any](1) == nested(1) })
	try("nested func", func() any { return nested[any](main) == nested[any](main) })
	fmt.Println(count[any](1, 1.0, "1", 1, 'a', int32('a'), nil, nil), count(math.NaN(), math.NaN(), 0, math.Copysign(0, -1)))
	fmt.Println(box[any]{[1]any{1}}.is([1]any{1}), box[loose]{loose{"s", 1}}.is(loose{"s", 1}))
	c1, c2 := make(chan int), make(chan int)
	fmt.Println(count[any](c1, c2, c1, (chan int)(nil), (<-chan int)(c1)), eq[<-chan int](c1, c1))
	x := 1
	fmt.Println(count[any](&x, &x, new(int), struct{}{}, struct{}{}, [0]int{}))
	try("zero-length array of funcs", func() any { return count[any]([0]func(){}) })
}
