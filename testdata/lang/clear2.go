// run

// clear in loops, through pointers, fields, type parameters and method values; slices of pointers die.
package main

import "fmt"

type cache[K comparable, V any] struct {
	m    map[K]V
	hist [4][]V
	free []*V
}

func (c *cache[K, V]) put(k K, v V) {
	if c.m == nil {
		c.m = map[K]V{}
	}
	c.m[k] = v
	c.hist[len(c.m)%4] = append(c.hist[len(c.m)%4], v)
	c.free = append(c.free, new(v))
}
func (c *cache[K, V]) reset() (n int) {
	n = len(c.m)
	clear(c.m)
	for i := range c.hist {
		clear(c.hist[i])
	}
	clear(c.free[:len(c.free)/2])
	clear(c.hist[:])
	return
}

func zero[S interface{ ~[]E }, E any](s S) S { clear(s); return s }
func drop[M ~map[K]V, K comparable, V any](ms ...M) {
	for _, m := range ms {
		clear(m)
	}
}

type grid [3][]int

func main() {
	var c cache[string, int]
	c.put("a", 1)
	c.put("b", 2)
	c.put("a", 3)
	fmt.Println(c.reset(), len(c.m), c.hist, c.free[0] == nil, *c.free[1], *c.free[2])
	c.put("z", 9)
	fmt.Println(c.m, c.hist[1])
	g := grid{{1, 2}, {3}, nil}
	p := &g
	for i := range p {
		clear(p[i][:len(p[i])/2])
	}
	fmt.Println(g, zero([]string{"a"}), len(zero([][]int{{1}, {2}})), zero(g[0]), g)
	m1, m2 := map[int]bool{1: true}, map[int]bool{2: true}
	drop(m1, m2, nil)
	fmt.Println(m1, m2)
	s := make([]float64, 3, 10)
	for i := range s {
		s[i] = 1
	}
	t := append(s, 5)
	clear(s)
	fmt.Println(s, t)
	var iface any = []int{1}
	clear(iface.([]int))
	fmt.Println(iface)
	f := func() []int { fmt.Print("called "); return []int{1} }
	clear(f())
	for i := range 3 {
		defer clear(t[i:])
		t[i] = float64(i)
	}
	ch := make(chan map[string]int, 1)
	ch <- map[string]int{"x": 1}
	clear(<-ch)
	st := []struct {
		a [10]int
		s string
	}{{s: "a"}, {s: "b"}}
	clear(st[1:])
	fmt.Println(st[0].s, st[1].s == "")
}
