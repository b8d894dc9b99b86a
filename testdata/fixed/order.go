// run

// gc makes the calls of a statement first and reads variables last; what the spec leaves open we do as it does.
package main

import "fmt"

type t struct {
	n   int
	p   *t
	big [6]int
	m   map[string]int
	s   []int
}

var g = 1

func bump() int        { g++; return g }
func two(a, b int)     { fmt.Println(a, b) }
func pair() (int, int) { g *= 2; return g, g }

func (x *t) inc() int         { x.n++; return x.n }
func (x t) show(k int) string { return fmt.Sprint(x.n, k) }
func (x *t) next() *t         { x.p = &t{n: 50}; return x.p }

func results() (int, int) { return g, bump() }

func main() {
	x := &t{n: 1, m: map[string]int{"k": 1}, s: []int{1, 2, 3}}
	two(x.n, x.inc())
	two(x.n+1, x.inc()*10+x.n)
	fmt.Println(x.n, x.inc(), x.n)
	fmt.Println(g, bump(), g > 2, bump())
	fmt.Println(x.show(x.inc()), *&x.n, x.inc())
	y := t{n: 5}
	inc := func() int { y.n += 100; y.big[1]++; return y.n }
	fmt.Println(y.n, inc(), y.show(inc()))
	b := y.big
	fmt.Println(y.big[1]+inc(), b == y.big, y.big, inc())
	z := y.n + inc()
	w := []int{y.n, inc(), y.n}
	fmt.Println(z, w)
	y.n += inc()
	fmt.Println(y.n)
	a, c := y.n, inc()
	fmt.Println(a, c)
	fmt.Println(results())
	grow := func() int { x.s = append(x.s, 4, 5); x.s[0] = 9; return 1 }
	fmt.Println(len(x.s)+grow(), x.s[0]+grow(), len(x.s))
	x.m["a"], x.m["b"] = x.m["k"], func() int { x.m["k"] = 7; return 2 }()
	fmt.Println(x.m)
	q := x
	q.n, q = 3, q.next()
	q.n = q.next().n + q.n
	fmt.Println(x.n, q.n, x.p.n)
	i := 0
	at := func() int { i++; return i }
	arr := [4]int{}
	arr[i], arr[at()] = at(), i
	fmt.Println(arr, i)
	arr[i] = at()
	fmt.Println(arr)
	ch := make(chan int, 2)
	ch <- 1
	ch <- 2
	fmt.Println(g+<-ch, (g == 0 || bump() > 0) && g > 0, g, <-ch)
	var d *t
	func() {
		defer func() { fmt.Println(recover() != nil, g) }()
		two(d.n, bump())
	}()
	st := struct{ A, B int }{g, bump()}
	mm := map[int]int{g: bump()}
	fmt.Println(st, len(mm))
	var e any = g
	set := func() int { e = "changed"; return 0 }
	fmt.Println(e, set())
	switch g + bump() {
	case g * 2:
		fmt.Println("late")
	default:
		fmt.Println("early")
	}
	go func(int, int) {}(g, bump())
	defer fmt.Println(g, bump())
	return
}
