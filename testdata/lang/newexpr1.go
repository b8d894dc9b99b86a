// run

// new(expr) (1.26): constants, calls, conversions, generics, copies, escape, evaluation order.
package main

import "fmt"

type num int
type rec struct {
	n    *int
	next *rec
	s    *string
}
type iface interface{ get() int }

func (n num) get() int { return int(n) }

var g = new(42)
var gs = new("glob" + "al")
var gp = new(new(3.5))
var fromFunc = new(f())

func f() []int           { return []int{1, 2} }
func two() (int, string) { return 1, "two" }
func ptr[T any](t T) *T  { return new(t) }
func ptrTo[T, U any](t T, c func(T) U) *U {
	return new(c(t))
}
func opt[T ~int | ~string](t T) **T { return new(new(t)) }

var trace []int

func at(i int) int { trace = append(trace, i); return i }

func named() (p *int, err error) {
	defer func() {
		if e := recover(); e != nil {
			p, err = new(-1), fmt.Errorf("got %v", e)
		}
	}()
	return new(at(1) / (at(2) - 2)), nil
}

func main() {
	p := new(1 << 3)
	*p++
	q := new(*p)
	*q *= 2
	fmt.Println(*p, *q, *g, *gs, **gp, *fromFunc)
	fmt.Printf("%T %T %T %T %T %T\n", new('a'), new(1.0), new(2i), new("s"), new(true), new(1<<3 == 8))
	fmt.Printf("%T %T %T\n", new(num(3)), new(int8(3)), new(uint8(3)+'a'))
	x := 5
	px := new(x)
	x = 6
	fmt.Println(*px, x, *new(x) == x, new(x) == new(x), *new(len("abc")))
	r := rec{n: new(1), next: &rec{s: new("deep")}}
	r2 := new(r)
	r2.n = new(*r.n + 10)
	r2.next.s = new(*r.next.s + "er")
	fmt.Println(*r.n, *r2.n, *r.next.s)
	var i iface = num(4)
	pi := new(i)
	i = num(5)
	fmt.Println((*pi).get(), i.get(), (*new(iface(num(6)))).get())
	fmt.Println(*ptr("gen"), *ptrTo(3, func(i int) string { return fmt.Sprint(i, i) }), **opt(num(7)), **opt("o"))
	arr := [3]int{1, 2, 3}
	pa := new(arr)
	pa[1] = 20
	for i, v := range new(arr) {
		arr[2] = 9
		fmt.Print(i, v, " ")
	}
	fmt.Println(arr, *pa, len(new([4]int{})), *new([]string{"a"}), *new(map[int]int{1: 2}), *new(struct{ a, b int }{1, 2}))
	pp, err := named()
	fmt.Println(*pp, err, trace)
	fn := new(func(a int) int { return a * *p })
	*p = 100
	fmt.Println((*fn)(2), *new((*fn)(3)), *new(func() int { return 1 }()))
	m := map[string]*int{"a": new(1)}
	m["b"] = new(*m["a"] + 1)
	*m["a"], *m["b"] = *m["b"], *m["a"]
	fmt.Println(*m["a"], *m["b"])
	ch := make(chan *int, 1)
	ch <- new(<-func() chan int { c := make(chan int, 1); c <- 8; return c }())
	fmt.Println(**new(<-ch))
	ps := []*int{new(0), new(1), new(2)}
	for i := range ps {
		*ps[i] += i
		ps = append(ps, new(*ps[i]))
	}
	for _, p := range ps {
		fmt.Print(*p, " ")
	}
	new := func(int) string { return "shadowed" }
	fmt.Println(new(3))
	var e any = ptr[error](nil)
	fmt.Printf("%T %v\n", e, *e.(*error))
}
