// run

// Slices and arrays: aliasing of append, overlapping copy, three indices, nil and empty, arrays by value, pointers to arrays, literals.
package main

import (
	"fmt"
	"slices"
)

type node struct {
	kids []node
	v    int
}

type fixed [3][2]int

func modify(a fixed, s []int, p *fixed) {
	a[0][0], p[0][1] = 100, 200
	s[0] = 300
	s = append(s, 1)
	s[1] = 400
}

func variadic(s ...int) []int {
	if len(s) > 0 {
		s[0] = -1
	}
	return s
}

func main() {
	a := []int{1, 2, 3, 4, 5}
	b := a[1:3]
	b = append(b, 99)
	fmt.Println(a, b, len(b), cap(b))
	b = append(a[1:3:3], 77)
	fmt.Println(a, b)
	copy(a[1:], a)
	fmt.Println(a, copy(a, a[2:]), a)
	c := a[2:2]
	fmt.Println(c == nil, len(c), cap(c), c[:3], a[5:], cap(a[5:]))
	var n []int
	fmt.Println(n == nil, n[:] == nil, n[0:0] == nil, len(n[:0:0]), append(n, n...) == nil, append([]int{}, n...) == nil, append(n, 1))
	for range n {
		panic("")
	}
	f := fixed{{1, 2}, {3}, 2: {5, 6}}
	g := f
	s := []int{1, 2, 3}
	modify(f, s, &g)
	fmt.Println(f, g, s, f == g, f == fixed{{1, 2}, {3, 0}, {5, 6}})
	p := &f
	for i := range p {
		p[i][0] *= 10
	}
	for i, row := range p[1:] {
		row[1] = 9
		fmt.Print(i, row, " ")
	}
	fmt.Println(f, len(p), cap(p[:1]), p[1:2][0][0])
	v := []int{1, 2}
	fmt.Println(variadic(v...), v, variadic(), variadic() == nil, variadic(5, 6))
	tree := node{[]node{{nil, 1}, {[]node{{v: 3}}, 2}}, 0}
	tree.kids[1].kids[0].v++
	k := tree.kids
	tree.kids = append(tree.kids, node{})
	k[0].v = 50
	fmt.Println(tree, k)
	lit := [...]string{3: "d", 1: "b", "c"}
	fmt.Printf("%d %q %q\n", len(lit), lit, lit[:2])
	ptrs := []*node{{v: 1}, {v: 2}, nil}
	ptrs[0].v, ptrs[1] = 5, ptrs[0]
	fmt.Println(*ptrs[1], ptrs[2] == nil)
	mm := [][]int{{1}, {2, 3}, nil, {}}
	mm[2] = append(mm[2], mm[1]...)
	mm[1][0] = 8
	fmt.Println(mm, len(mm[3]))
	ar := [2][]int{{1}, {2}}
	ar2 := ar
	ar2[0][0] = 7
	ar2[1] = nil
	fmt.Println(ar, ar2)
	var e [0]int
	var z []struct{}
	z = append(z, struct{}{}, struct{}{})
	fmt.Println(len(e), e == [0]int{}, len(z), cap(z) >= 2, z[1])
	x := make([]int, 2, 10)
	y, w := append(x, 1), append(x, 2)
	fmt.Println(x, y, w, x[:3])
	x = append(x[:1], x[2:3]...)
	fmt.Println(x, y)
	grow := []int{}
	caps := 0
	for i := range 1000 {
		o := cap(grow)
		grow = append(grow, i)
		if cap(grow) != o {
			caps++
		}
	}
	fmt.Println(len(grow), caps < 30, grow[999])
	by := append([]byte("ab"), "cd"...)
	by = append(by, by...)
	by = append(by[:1], by[2:]...)
	fmt.Println(string(by), cap(by[:2:4]))
	i := 0
	idx := func() int { i++; return i }
	q := []int{0, 0, 0, 0}
	q[idx()] += idx()
	q[idx()]++
	fmt.Println(q, i)
	arr := [5]int{1, 2, 3, 4, 5}
	sl := arr[1:4]
	arrp := (*[2]int)(sl)
	arrp[1] = 33
	cp := [3]int(sl)
	cp[0] = 22
	fmt.Println(arr, sl, *arrp, cp)
	for i, v := range arr {
		arr[len(arr)-1-i] = v * 10
	}
	fmt.Println(arr)
	for i, v := range arr[:] {
		arr[len(arr)-1-i] = v + 1
	}
	fmt.Println(arr)
	slices.SortFunc(sl, func(a, b int) int { return b - a })
	fmt.Println(sl, slices.Index(arr[:], arr[2]), slices.Contains(sl, -1))
	clear(sl[:2])
	fmt.Println(arr, min(len(sl), 2), sl[len(sl)-1:][0] == arr[3])
	func(a [3]int) { a[0] = 1000 }([3]int(sl))
	fmt.Println(sl, [2]bool{}, [1][1][1]int{}, &[]int{1}, &[1]int{2}, *&sl)
}
