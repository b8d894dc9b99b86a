// run

// Maps: NaN, interface, array, struct and pointer keys, changes while ranging, nested, nil, values that are not addressable.
package main

import (
	"fmt"
	"math"
	"sort"
)

type K struct {
	a int
	b string
	_ int
	c [2]any
}
type M map[K]M

type big [40]int

func main() {
	n := math.NaN()
	m := map[float64]int{n: 1, n: 2, 0: 3, math.Copysign(0, -1): 4, math.Inf(1): 5}
	m[n] = 6
	_, ok := m[n]
	delete(m, n)
	fmt.Println(len(m), ok, m[0], m[math.Inf(1)])
	clear(m)
	fmt.Println(len(m))
	k := K{1, "x", 0, [2]any{1, "y"}}
	mk := map[K]int{k: 1}
	k2 := k
	k2.c[0] = 1.0
	mk[k2]++
	k2.c[0] = 1
	mk[k2]++
	fmt.Println(len(mk), mk[k])
	func() {
		defer func() { fmt.Println(recover()) }()
		k2.c[1] = []int{}
		fmt.Println(mk[k2])
	}()
	k2.c[1] = "y"
	mi := map[any]string{1: "int", int8(1): "int8", 1.0: "float", "1": "string", [1]int{1}: "array", struct{ a int }{1}: "struct", nil: "nil", true: "bool", 1i: "complex", (*int)(nil): "pointer"}
	fmt.Println(len(mi), mi[1], mi[int8(1)], mi[1.0], mi[[1]int{1}], mi[struct{ a int }{1}], mi[nil], mi[struct{ b int }{1}] == "", mi[1i], mi[(*int)(nil)])
	nest := map[string]map[string][]int{}
	for i, s := range []string{"a", "b", "a"} {
		if nest[s] == nil {
			nest[s] = map[string][]int{}
		}
		nest[s]["x"] = append(nest[s]["x"], i)
	}
	fmt.Println(nest)
	rec := M{}
	rec[k] = M{k: rec}
	fmt.Println(len(rec[k][k][k]), len(rec[k2]))
	var nilmap map[string]int
	v, ok := nilmap["a"]
	delete(nilmap, "a")
	for range nilmap {
		panic("")
	}
	fmt.Println(v, ok, len(nilmap), nilmap == nil, nilmap)
	grow := map[int]bool{}
	for i := range 100 {
		grow[i] = true
	}
	seen := 0
	for i := range grow {
		seen++
		if i < 100 {
			delete(grow, i)
			delete(grow, 99-i)
		}
	}
	fmt.Println(seen >= 50 && seen <= 100, len(grow))
	ms := map[string]struct{ n, m int }{"a": {1, 2}}
	s := ms["a"]
	s.n = 9
	ms["b"] = s
	fmt.Println(ms, ms["zz"].n)
	mp := map[string]*struct{ n int }{"p": {3}}
	mp["p"].n++
	mf := map[string]func(...int) int{"len": func(i ...int) int { return len(i) }}
	fmt.Println(mp["p"].n, mf["len"](1, 2, 3))
	ma := map[[2]string]big{{"a", "b"}: {1, 2, 3}}
	fmt.Println(ma[[2]string{"a", "b"}][2], len(ma[[...]string{"b", "a"}]))
	mb := map[big]int{{5: 1}: 7}
	var b big
	b[5] = 1
	mb[b] += 3
	fmt.Println(mb[b], len(mb))
	keys := []string{}
	for k, v := range map[string]int{"one": 1, "two": 2, "three": 3} {
		keys = append(keys, fmt.Sprint(k, v))
	}
	sort.Strings(keys)
	fmt.Println(keys)
	type key = struct{ x, y int }
	grid := map[key]rune{{1, 2}: 'a', {x: 3}: 'b'}
	grid[key{1, 2}]++
	for k := range grid {
		grid[k] |= 0x20
	}
	fmt.Println(string(grid[key{1, 2}]), string(grid[key{3, 0}]), len(grid))
	x, i := []int{1, 2, 3}, map[int]int{0: 5}
	i[0], x[i[0]-5] = 1, 100
	fmt.Println(i, x)
	mc := map[chan int]int{}
	c := make(chan int)
	mc[c]++
	mc[nil]++
	mc[c]++
	fmt.Println(mc[c], mc[nil], mc[make(chan int)])
	var e1, e2 error
	me := map[error]int{nil: 1, fmt.Errorf("x"): 2}
	fmt.Println(me[e1], e1 == e2, len(me))
	ptr := &ms
	(*ptr)["c"] = s
	fmt.Println(len(ms), cap(make([]int, len(ms), 2*len(ms))))
	mstr := map[string]int{}
	by := []byte("key")
	mstr[string(by)]++
	by[0] = 'x'
	mstr[string(by)]++
	fmt.Println(mstr[string([]byte{'k', 'e', 'y'})], mstr["x"+"ey"], len(mstr))
}
