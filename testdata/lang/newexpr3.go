// run

// new of values: every kind of operand, conversions of constants, copies, generic, in literals and calls, escaping or not.
package main

import (
	"fmt"
	"time"
)

type T struct {
	n    *int
	s    *string
	next *T
	f    *func(int) int
}
type named float32

func opt[V any](v V) *V        { return new(v) }
func conv[V ~int | ~int8]() *V { return new(V(5)) }
func two() (int, string)       { return 1, "s" }
func calls(n *int) *int        { *n++; return new(*n) }

var global = new("global")
var table = []*int{new(1), 2: new(1 << 3), new(len("four"))}

func main() {
	x := 5
	p := new(x)
	x = 6
	*p += 10
	fmt.Println(*p, x, *global, *table[0], table[1] == nil, *table[2], *table[3])
	fmt.Printf("%T %T %T %T %T %T %T\n", new(1), new(1.5), new('a'), new("s"), new(2i), new(true), new(named(1)))
	fmt.Printf("%T %T %T %T\n", new(time.Second), new([]int{1}), new(map[string]int{"a": 1}), new(struct{ a int }{1}))
	t := T{new(1), new("s"), new(T{n: new(7)}), new(func(i int) int { return i * x })}
	u := t
	*u.n = 100
	u.next = new(*t.next)
	*u.next.n = 8
	u.next.n = new(9)
	fmt.Println(*t.n, *t.s, *t.next.n, *u.next.n, (*t.f)(3))
	fmt.Println(*opt(3), *opt("o"), **opt(opt(2.5)), *conv[int8](), *opt[any](1), *opt[error](nil))
	n := 0
	a, b := calls(&n), calls(&n)
	fmt.Println(*a, *b, n, a != b, new(n) == new(n), *new(*a + *b))
	arr := [3]int{1, 2, 3}
	pa := new(arr)
	arr[0] = 50
	pa[1] = 60
	for i, v := range new(arr) {
		fmt.Print(i, v, " ")
	}
	fmt.Println(*pa, arr, new(arr)[0], len(new([4]int{})))
	var i any = x
	pi := new(i)
	*pi = "changed"
	fmt.Println(i, *pi, *new(i.(int)), *new(<-func() chan int { c := make(chan int, 1); c <- 3; return c }()))
	ps := new([]int{1, 2})
	*ps = append(*ps, 3)
	(*ps)[0] = 9
	fmt.Println(*ps, *new(min(3, 1)), *new(x > 3), *new(-x), *new(&x) == &x)
	var ptrs []*int
	for i := range 3 {
		ptrs = append(ptrs, new(i), new(i*i))
	}
	for _, p := range ptrs {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	new := func(s string) string { return "shadowed " + s }
	fmt.Println(new("new"))
}
