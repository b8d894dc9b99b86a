// errors

package p

import "strings"

type num interface{ ~int | ~float64 }
type my int

func add[T num](a, b T) T                            { return a + b }
func mapf[S ~[]E, E, R any](s S, f func(E) R) []R    { return nil }
func fn[A, B any](f func(A) B, g func(B) A)          {}
func key[M ~map[K]V, K comparable, V any](m M) (k K) { return }
func ret[T any]() (t T)                              { return }
func ptr[T any, P interface{ *T; set(string) }](s string) {}
func var_[T any](ts ...T)                            {}
func ch[T any](c chan T, d <-chan T)                 {}
func same[T any](a, b []T, f func(T, T) bool)        {}
func arr[T any, A [3]T | [2]T](a A)                  {}
func self[T interface{ m(T) }](t T)                  {}
func two[A any, B any](a A) (b B)                    { return }
func id[T any](t T) T                                { return t }

type S struct{}

func (*S) set(string) {}

func main() {
	add(1, "a")
	add(1, 'a')
	add(1.5, my(1))
	add(my(1), 2)
	add(1i, 2)
	add(nil, 1)
	mapf([]int{}, strings.ToUpper)
	mapf([]string{}, id)
	mapf([]string{}, ret)
	mapf(1, id)
	mapf(nil, id[int])
	fn(id, id)
	fn(id[int], id)
	fn(func(int) string { return "" }, func(int) int { return 1 })
	key(map[string]int{})
	key([]int{})
	ret()
	_ = ret
	var _ int = ret()
	var f func() int = ret
	var g func(int) string = id
	ptr[S]("x")
	ptr[int]("x")
	ptr("x")
	var_()
	var_(1, "a")
	var_(1, 2.5, 'a')
	var_(nil, 1)
	var_(nil)
	var_([]int{}...)
	ch(make(chan int), make(chan int))
	ch(make(<-chan int), nil)
	ch(make(chan int), make(chan string))
	same([]int{}, []string{}, nil)
	same([]int{}, nil, func(a, b string) bool { return true })
	same(nil, nil, nil)
	arr([3]int{})
	arr[int]([4]int{})
	self(1)
	two(1)
	two[int, string](1)
	two[string](1)
	two[int, int, int](1)
	id[int]
	id[int](1)
	x := id
	x = 1
	_ = []func(int) int{id, add, mapf}
	_ = map[string]func(string) int{"a": id}
	h := map[bool]func(int) int{true: id}[true]
	if id == nil {
	}
	switch id {
	}
	id.x = 1
	_ = id + 1
	_, _, _ = f, g, h
}
