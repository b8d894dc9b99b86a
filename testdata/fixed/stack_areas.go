// run

// Pointers that travel on the stack: in arrays, behind the ninth word, in results. They must live as long as what
// they are stored in, and no longer than the frame where nobody stores them.
package main

import (
	"fmt"

	"runtime"
	"testing"
)

type N struct {
	v    int
	next *N
}

var global *N

// Nine words fill the registers: the rest goes to the stack.
//
//go:noinline
func many(a, b, c, d, e, f, g, h, i *N, j [2]*N) int { return j[0].v + j[1].v + a.v }

//go:noinline
func leak(a, b, c, d, e, f, g, h, i *N, j [2]*N) { global = j[1] }

//go:noinline
func back(p *N) [2]*N { return [2]*N{p, p.next} }

//go:noinline
func pass(j [2]*N) [2]*N { return [2]*N{j[1], j[0]} }

//go:noinline
func deref3(p ***N) *N { return **p }

func small(p *N) [3]*N { return [3]*N{p, p, p} }

func deep() *N {
	x := &N{v: 1}
	px := &x
	ppx := &px
	y := &N{v: 2}
	deref3(ppx).next = y
	return x
}

func churn() {
	for range 3 {
		runtime.GC()
		s := make([][]byte, 100)
		for i := range s {
			s[i] = make([]byte, 64)
			for k := range s[i] {
				s[i][k] = 0xff
			}
		}
	}
}

func main() {
	n := &N{v: 1}
	fmt.Println(chain(n))
	fmt.Println(testing.AllocsPerRun(10, func() {
		x, y := &N{v: 3}, &N{v: 4}
		many(n, n, n, n, n, n, n, n, n, [2]*N{x, y})
	}))
	fmt.Println(testing.AllocsPerRun(10, func() {
		x := &N{v: 3}
		y := &N{v: 4, next: x}
		r := back(y)
		if r[0] != y || r[1] != x {
			panic("back")
		}
		r = pass(r)
		if r[1] != y || r[0] != x {
			panic("pass")
		}
		z := small(y)
		if z[2].next != x {
			panic("small")
		}
	}))
	func() {
		x, y := &N{v: 5}, &N{v: 6}
		leak(n, n, n, n, n, n, n, n, n, [2]*N{x, y})
	}()
	churn()
	fmt.Println(global.v)
	func() {
		x := &N{v: 7}
		y := &N{v: 8, next: x}
		r := pass(back(y))
		global = r[0]
	}()
	churn()
	fmt.Println(global.v)
	d := deep()
	churn()
	fmt.Println(d.v, d.next.v)
	var keep [][3]*N
	for i := range 4 {
		keep = append(keep, small(&N{v: i}))
	}
	churn()
	for _, k := range keep {
		fmt.Println(k[0].v, k[2].v)
	}
}

type block struct {
	n  [3]int
	to *N
}

func (b block) sum() int { return b.n[0] + b.n[2] + b.to.v }

func (b block) twice() block { return block{[3]int{2 * b.n[0], 2 * b.n[1], 2 * b.n[2]}, b.to} }

// The arguments of the second call are written behind the first, which is gone when it is inlined.
//
//go:noinline
func chain(n *N) (int, int) {
	a, b := block{[3]int{1, 2, 3}, n}, block{[3]int{4, 5, 6}, n}
	return a.sum() + b.sum() + a.twice().sum(), a.twice().twice().twice().sum() + b.twice().n[1]
}
