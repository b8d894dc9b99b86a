// errors

// Inference: conflicts, untyped kinds, nil, functions as arguments and results, channels, several parameters at once.
package main

func same[T any](a, b T)                      {}
func slice[T any](a []T, b ...T)              {}
func fn[A, B any](f func(A) B, a A) B         { panic(0) }
func fn2[A, B, C any](f func(A) B, g func(B) C) func(A) C { panic(0) }
func ch[T any](c <-chan T)                    {}
func chs[T any](c chan<- T, d <-chan T)       {}
func mp[K comparable, V any](m map[K]V, k K)  {}
func ptr[T any](p *T)                         {}
func ret[T any]() T                           { panic(0) }
func id[T any](t T) T                         { return t }
func num[T ~int | ~float64](a, b T) T         { return a }
func core[S ~[]E, E any](s S, e E)            {}
func two[T, U any](t T, u U)                  {}
func iface[T any](i interface{ m() T })       {}
func strct[T any](s struct{ a T })            {}
func arr[T any](a [3]T)                       {}
func gen[T any](g G[T])                       {}
func nested[T any](g G[G[T]])                 {}
func cons[T interface{ []U }, U interface{ ~int }](t T) {}
func opt[T any](t T, f ...func(*T))           {}
func con[T interface{ m() U }, U any](t T) U  { panic(0) }

type G[T any] struct{ t T }
type myInt int
type myFn func(int) string
type X struct{}

func (X) m() int   { return 0 }
func (*X) n() bool { return false }

var any1 any
var err error

func main() {
	same(1, "a")
	same(1, 2.5)
	same(1.5, 1i)
	same('a', 1.5)
	same(1, myInt(1))
	same(int8(1), 300)
	same(nil, 1)
	same(nil, nil)
	same(1, nil)
	same(any1, 1)
	same(1, any1)
	same(err, X{})
	same([]int{}, nil)
	same(func() {}, nil)
	same(id, id[int])
	same(id[int], id)
	same(id, id)
	slice(nil, 1)
	slice(nil)
	slice([]int{}, "s")
	slice([]int{}, 1.5)
	slice([]int{}, []int{}...)
	slice([]int{}, []string{}...)
	fn(func(int) string { return "" }, "s")
	fn(func(i int) string { return "" }, 1.5)
	fn(myFn(nil), 1)
	fn(id, 1)
	fn(ret, 1)
	fn(num, 1)
	fn[int](id, 1)
	fn[int, string](id, 1)
	fn2(id[int], id)
	fn2(id, id[int])
	fn2(id, id)
	fn2(func(int) string { return "" }, func(int) int { return 0 })
	ch(make(chan int))
	ch(make(chan<- int))
	ch(1)
	chs(make(chan int), make(chan string))
	chs(make(chan<- int), make(chan int))
	chs(nil, nil)
	mp(map[string]int{}, 1)
	mp(map[any]int{}, 1)
	mp(nil, 1)
	mp[string](nil, 1)
	ptr(1)
	ptr(nil)
	ptr(&any1)
	ptr[string](new(int))
	ret()
	var a int = ret()
	var b string = ret[int]()
	var c func() int = ret
	var d func() (int, string) = ret
	var e func(string) int = id
	var f func(string) string = id
	var g myFn = id
	num(1, 2.5)
	num(1, 1i)
	num("a", "b")
	num(int8(1), 2)
	core([]int{}, "s")
	core([]int{}, 1.0)
	core(1, 1)
	core(nil, 1)
	core[[]int](nil, "s")
	two(1)
	two[int](1)
	two[int, string](1, 2)
	two[int, string, bool](1, "")
	two(1, 2, 3)
	iface(X{})
	iface(&X{})
	iface(1)
	iface[string](X{})
	strct(struct{ a int }{})
	strct(struct{ b int }{})
	arr([3]int{})
	arr([2]int{})
	gen(G[int]{})
	gen(1)
	gen(G{1})
	nested(G[int]{})
	nested(G[G[bool]]{})
	cons([]int{})
	cons([]string{})
	cons([]myInt{})
	opt(1, func(*int) {}, func(*string) {})
	opt(1, func(*myInt) {})
	opt(myInt(1), func(p *myInt) {})
	opt[float64](1, func(*int) {})
	con(X{})
	con(&X{})
	con(1)
	con[X, string](X{})
	id(id)(1)
	id(id[int])("s")
	id[int](1)[0]
	_, _, _, _, _, _, _ = a, b, c, d, e, f, g
	func() func(int) string { return id }()
	func() (func(int) int, error) { return id, id }()
	_ = []func(int) int{id, id[string], num}
	_ = map[string]func(int) int{"a": id, "b": ret}
	_ = struct{ f func(int) int }{id}.f("s")
	any1 = id
	err = id[error](1)
	_ = id == nil
	_ = id
	go id(1)
	defer ret()
	switch id {
	}
	for range id {
	}
	if id(true) && id("s") {
	}
}
