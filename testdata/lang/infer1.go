// run

// Inference (1.21): untyped constants of several kinds, functions as arguments, methods of constraints, assignments.
package main

import (
	"fmt"
	"slices"
	"strings"
)

type number interface {
	~int | ~int64 | ~float32 | ~float64 | ~complex128
}
type myInt int
type list[E any] []E

func (l list[E]) at(i int) E { return l[i] }

func add[T number](a, b T) T { return a + b }
func all[T number](ts ...T) (r T) {
	for _, t := range ts {
		r += t
	}
	return
}
func mapping[S ~[]E, E, R any](s S, f func(E) R) []R {
	r := make([]R, len(s))
	for i, e := range s {
		r[i] = f(e)
	}
	return r
}
func compose[A, B, C any](f func(A) B, g func(B) C) func(A) C { return func(a A) C { return g(f(a)) } }
func double[T number](t T) T                                  { return t + t }
func str[T any](t T) string                                   { return fmt.Sprintf("%T:%v", t, t) }
func apply[T any](t T, fs ...func(T) T) T {
	for _, f := range fs {
		t = f(t)
	}
	return t
}
func elem[C interface{ at(int) E }, E any](c C) E            { return c.at(0) }
func ptr[P interface{ *T }, T any](t T) P                    { return P(&t) }
func keyed[M ~map[K]V, K comparable, V any](m M, k K) (V, M) { return m[k], m }
func choose[T any](b bool, x, y func(T) string) func(T) string {
	if b {
		return x
	}
	return y
}
func variadic[T any, F ~func(...T) int](f F, ts ...T) int { return f(ts...) }
func count[T any](ts ...T) int                            { return len(ts) }
func curry[A, B, R any](f func(A, B) R) func(A) func(B) R {
	return func(a A) func(B) R { return func(b B) R { return f(a, b) } }
}
func recv[T any](c <-chan T) T                      { return <-c }
func arr[T any, A interface{ ~[3]T }](a A) T        { return a[1] }
func self[T interface{ less(T) bool }](a, b T) bool { return a.less(b) }

type ver [2]int

func (v ver) less(w ver) bool { return slices.Compare(v[:], w[:]) < 0 }

func less[T int | string](a, b T) int {
	if a < b {
		return -1
	}
	return 1
}

var global func(int, int) int = add
var table = map[string]func(float64) float64{"double": double[float64]}

type holder struct{ f func(string) string }

func pick() func(myInt) string { return str }

func main() {
	fmt.Println(str(add(1, 2.5)), str(add(1, 2i)), str(add(1, myInt(2))), str(add(1.0, 2)))
	fmt.Println(str(all(1, 2, 3.5)), str(all[float32](1, 2)))
	fmt.Println(mapping([]int{1, 2}, double), mapping(list[string]{"a"}, strings.ToUpper), mapping([]myInt{3}, str))
	fmt.Println(compose(double[int], str[int])(4), compose(strings.ToUpper, func(s string) int { return len(s) })("abc"))
	fmt.Println(apply(1.5, double, double[float64]), apply(myInt(2), double, func(m myInt) myInt { return -m }))
	fmt.Println(str(elem(list[rune]{'x'})), *ptr(3), str(ptr("p")) != "")
	fmt.Println(keyed(map[string][]int{"k": {1}}, "k"))
	fmt.Println(choose(true, str[int], func(i int) string { return "no" })(1), choose(false, str, func(i int8) string { return "yes" })(1))
	fmt.Println(variadic(count, 1, 2, 3), variadic(count[any], any(1), "x"), count[any]())
	fmt.Println(curry(add[int])(1)(2), curry(func(a string, b int) string { return strings.Repeat(a, b) })("ab")(2))
	c := make(chan myInt, 1)
	c <- 9
	fmt.Println(str(recv(c)), arr([3]string{"a", "b", "c"}), self(ver{1, 2}, ver{1, 3}))
	s := []string{"b", "a", "c"}
	slices.SortFunc(s, less)
	fmt.Println(s, slices.IndexFunc(s, func(x string) bool { return x == "c" }), global(3, 4), table["double"](1))
	h := holder{str}
	h.f = str
	var k func([]int) string
	k = str
	fmt.Println(h.f("h"), k(nil), pick()(1), func(f func(bool) string) string { return f(true) }(str))
	var fs = []func(int) int{double, func(i int) int { return i }}
	chf := make(chan func(uint8) string, 1)
	chf <- str
	fmt.Println(fs[0](2), (<-chf)(3), (func(string) string)(str)("conv"))
	x, y := func() (func(int) int, func(string) string) { return double, str }()
	fmt.Println(x(8), y("ret"))
	const big = 1 << 40
	fmt.Println(str(add(big, 1)), str(min(1, 2.0)), str(add(1<<3, 1.0)))
}
