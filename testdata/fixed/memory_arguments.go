// run

// Arguments and results in memory: their pointers stay in the frame when nobody keeps them, and small functions
// with them are inlined.
package main

import (
	"fmt"
	"testing"
	"unique"
)

type wide struct{ hi, lo uint64 }

func (w *wide) halves() [2]*uint64 { return [2]*uint64{&w.hi, &w.lo} }

func (w wide) part(i int) uint16 {
	return uint16(*(w.halves()[(i/4)%2]) >> ((3 - i%4) * 16))
}

//go:noinline
func sum(a [3]*int, i int) int { return *a[0] + *a[1] + *a[i] }

var kept *int

//go:noinline
func keep(a [3]*int) { kept = a[1] }

//go:noinline
func choose(a [3]*int, i int) *int { return a[i] }

//go:noinline
func chosen(a [3]*int, i int) [2]*int { return [2]*int{a[i], a[0]} }

//go:noinline
func reversed(a [3]*int) (r [3]*int) {
	for i := range a {
		r[len(a)-1-i] = a[i]
	}
	return
}

func swap(a [2]*int) [2]*int { return [2]*int{a[1], a[0]} }

//go:noinline
func several(i int) int {
	x, y, z := i, i+1, i+2
	a := swap([2]*int{&x, &y})
	b := swap([2]*int{a[1], &z})
	for range 3 {
		a = swap(a)
		b = swap([2]*int{b[i&1], a[0]})
	}
	return *a[0] + 10**a[1] + 100**b[0] + 1000**b[1]
}

func local(v int) *int {
	x, y, z := v, v+1, v+2
	return choose([3]*int{&x, &y, &z}, 1)
}

func pair(v int) [2]*int {
	x, y, z := v, v+1, v+2
	return chosen([3]*int{&x, &y, &z}, 2)
}

func triple(v int) [3]*int {
	x, y, z := v, v+1, v+2
	return reversed([3]*int{&x, &y, &z})
}

//go:noinline
func clobber(n int) (s int) {
	var a [64]int
	for i := range a {
		a[i] = n
	}
	for _, x := range a {
		s += x
	}
	return
}

func main() {
	w := wide{0x0123456789abcdef, 0xfedcba9876543210}
	for i := range 8 {
		fmt.Printf("%x ", w.part(i))
	}
	fmt.Println(testing.AllocsPerRun(100, func() {
		x, y, z := 1, 2, 3
		if sum([3]*int{&x, &y, &z}, 2)+int(w.part(3)) == 0 {
			panic("sum")
		}
	}))
	long := make([]byte, 100)
	var h unique.Handle[string]
	fmt.Println(testing.AllocsPerRun(100, func() { h = unique.Make(string(long)) }), len(h.Value()))
	p, q, r := local(5), pair(6), triple(7)
	v := 8
	keep([3]*int{&v, &v, &v})
	u := 9
	keep([3]*int{nil, &u, nil})
	clobber(77)
	fmt.Println(*p, *q[0], *q[1], *r[0], *r[1], *r[2], *kept)
	fmt.Println(several(1), several(2))
}
