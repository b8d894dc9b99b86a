// run

// Loop variables that escape: addresses stored, methods with pointer receivers, large variables, collections meanwhile.
package main

import (
	"fmt"
	"runtime"
)

type big struct {
	id  int
	pad [64]int
}

func (b *big) inc() int { b.id++; return b.id }
func (b big) get() int  { return b.id }

type node struct {
	next *node
	v    *int
}

func structs() (out []func() int) {
	for b := (big{id: 1}); b.id < 6; b.id += 2 {
		b.pad[b.id] = b.id
		out = append(out, b.inc, b.get, func() int { return b.pad[1] + b.pad[3] + b.pad[5] })
		runtime.GC()
	}
	return
}

func arrays() (out []*[3]int) {
	for a := [3]int{0, 1, 2}; a[0] < 3; a[0]++ {
		out = append(out, &a)
		a[1] *= 2
		if a[0] == 1 {
			continue
		}
		a[2]--
	}
	return
}

func list() (n *node) {
	for i, j := 0, "x"; i < 4; i, j = i+1, j+"y" {
		n = &node{n, &i}
		runtime.GC()
		if len(j) == 3 {
			i++
		}
	}
	return
}

func interfaces() (out []interface{ inc() int }) {
	for i := range 3 {
		b := big{id: i * 100}
		out = append(out, &b)
		defer func() { out[i].inc() }()
	}
	for _, b := range []big{{id: 7}, {id: 8}} {
		out = append(out, &b)
	}
	return
}

func slices() (s []int) {
	for x, n := []int{1}, 0; n < 3; n++ {
		x = append(x, n)
		defer func() { s = append(s, len(x), x[len(x)-1]) }()
	}
	return
}

func maps() map[string]func() string {
	m := map[string]func() string{}
	for k, v := "a", map[string]int{}; len(k) < 4; k += "a" {
		v[k] = len(k)
		m[k] = func() string { v[k] *= 10; return fmt.Sprint(k, v[k], len(v)) }
	}
	return m
}

func closuresInHeader() (r []int) {
	for i, f := 0, func() int { return -1 }; i < 3; i, f = i+1, func() int { return i } {
		r = append(r, f(), i)
	}
	return
}

func main() {
	for _, f := range structs() {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	for _, a := range arrays() {
		fmt.Print(*a, " ")
	}
	for n := list(); n != nil; n = n.next {
		fmt.Print(*n.v, " ")
	}
	fmt.Println()
	for _, i := range interfaces() {
		fmt.Print(i.inc(), " ")
	}
	fmt.Println(slices())
	m := maps()
	fmt.Println(m["a"](), m["aa"](), m["aaa"](), m["a"]())
	fmt.Println(closuresInHeader())
}
