// errors

package p

import "fmt"

type fn struct{ f func() }
type ok struct{ a any }
type both interface {
	comparable
	fmt.Stringer
}
type ints interface{ ~int | ~string }
type slices interface{ ~[]int }
type none interface {
	int
	string
}

func eq[T comparable](a, b T) bool { return a == b }
func cmp[T any](a, b T) bool       { return a == b }
func less[T comparable](a, b T) bool { return a < b }
func lt[T ints](a, b T) bool       { return a < b && a == b }
func sl[T slices](a, b T) bool     { return a == b || a == nil }
func m[K any, V any](m map[K]V)    {}
func mk[K ok | fn](k K)            { _ = map[K]int{} }

var x both
var y comparable
var z struct{ comparable }
var _ interface{ ints } = 1

type alias = comparable
type emb interface{ comparable; int | []int }

func _[T emb](a T) bool { return a == a }
func _[T none](a T) bool { return a == a }

func main() {
	eq(fn{}, fn{})
	eq([]int{}, nil)
	eq[func()](nil, nil)
	eq[any](1, "a")
	eq(ok{1}, ok{"a"})
	eq(1, "a")
	eq(1, 2.5)
	eq[int](1, 2.5)
	eq[map[int]int](nil, nil)
	eq[[2][]int]([2][]int{}, [2][]int{})
	eq(struct{ x, _ func() }{}, struct{ x, _ func() }{})
	eq(main, main)
	eq(nil, nil)
	_ = fn{} == fn{}
	_ = ok{} == ok{}
	_ = any(1) == fn{}
	_ = any(1) == []int{}
	_ = ok{} == any(1)
	_ = main == main
	_ = [1]func(){} == [1]func(){}
	_ = map[fn]int{}
	_ = map[[]int]int{}
	_ = map[ok]int{{[]int{}}: 1}
	switch fn := (fn{}); fn {
	case fn:
	}
	switch any(nil) {
	case []int{}:
	case main:
	case nil, 1, "x", 1:
	}
	var i interface{ m() }
	_ = i == 1
	_ = i == i
	_ = i == nil || 1 == i
}
