// run

// What the optimiser may move out of loops, and which stores it may drop: panics, aliases and zero rounds must not show it.
package main

import (
	"fmt"
	"math"
)

type node struct {
	next  *node
	value int
	table [8]int
	bytes []byte
	f     float64
}

//go:noinline
func opaque[T any](x T) T { return x }

func try(name string, f func() any) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panics:", r)
		}
	}()
	fmt.Println(name, f())
}

// The load must not come before the check that guards it, nor happen when the loop has no rounds.
func zeroRounds(p *node, n int) (sum int) {
	for i := 0; i < n; i++ {
		sum += p.value
	}
	return
}

func effectFirst(p *node, out *[]int) {
	for i := 0; i < 3; i++ {
		(*out)[i] = 7
		(*out)[2] += p.value
	}
}

func constantIndex(s []int, n int) (sum int) {
	for i := 0; i < n; i++ {
		if i > 3 {
			sum += s[5]
		}
		sum += s[0]
	}
	return
}

func aliases(p, q *node, n int) (sum int) {
	for i := 0; i < n; i++ {
		sum += p.value
		q.value = i
	}
	return
}

func ownLength(p *node) (sum int) {
	for i := 0; i < len(p.bytes); i++ {
		p.bytes[i] = byte(i)
		sum += len(p.bytes)
		if i == 2 {
			p.bytes = p.bytes[:4]
		}
	}
	return
}

func nested(m [][]int, k, c int) (sum int) {
	for i := range m {
		row := m[i]
		for j := range row {
			sum += row[j]*k*c + (k ^ c) + k/7
		}
	}
	return
}

func floats(xs []float64, a, b float64) (s float64) {
	for _, x := range xs {
		s += x*(a/b) + math.Sqrt(a)
	}
	return
}

func division(xs []int, a, b int) (s int) {
	for _, x := range xs {
		if x != 0 {
			s += a / b
		}
	}
	return
}

func pointers(p *node, n int) (sum int) {
	for i := 0; i < n; i++ {
		for q := p; q != nil; q = q.next {
			sum += q.table[i&7] + p.next.value
		}
	}
	return
}

func interfaces(x any, n int) (sum int) {
	for i := 0; i < n; i++ {
		switch v := x.(type) {
		case *node:
			sum += v.value + len(v.bytes)
		case *int:
			sum += *v
		}
	}
	return
}

func steps(b []byte) (n uint32) {
	i := 0
	for ; i+4 <= len(b); i += 4 {
		n += uint32(b[i]) | uint32(b[i+1])<<8 | uint32(b[i+2])<<16 | uint32(b[i+3])<<24
	}
	for ; i < len(b); i++ {
		n += uint32(b[i])
	}
	return
}

func stepsBelow(b []int, n, step int) (sum int) {
	for i := 0; i < n; i += 3 {
		sum += b[i]
	}
	for i := n - 1; i >= 0; i -= 2 {
		sum += b[i]
	}
	for i := 0; i < n; i += step {
		sum += b[i]
		if sum > 1000 {
			break
		}
	}
	return
}

func wraps(b []int, i int) (sum int) {
	for ; i+4 <= len(b); i += 4 {
		sum += b[i+3]
	}
	return
}

type item struct {
	a, b, c int
	s       string
}

func strides(xs []item, k int) (sum int) {
	for i := range xs {
		xs[i].b = i * k
		sum += xs[i].a + xs[i].b*3
	}
	for i := 2; i < len(xs)-1; i += 2 {
		sum += xs[i-1].b - xs[i+1].c + i*24
	}
	for i := len(xs) - 1; i >= 0; i-- {
		sum = sum*31 + xs[i].b + len(xs[i].s)
	}
	return
}

// A store before a panic is seen, one before another is not; both must look the same.
func storesSeen(p *node, a []int, i int) {
	p.value = 1
	p.value = 2
	_ = a[i]
	p.value = 3
	p.f = 1
	p.value = 4
}

func namedResult(a []int, i int) (n int) {
	defer func() { recover() }()
	n = 1
	n += a[i]
	n = 5
	return
}

func ownNamedResult(a []int, i int) (n int, arr [3]int) {
	defer func() {
		if recover() != nil {
			n += 100
		}
	}()
	arr[0] = 1
	n = 1
	arr[1] = a[i]
	n = 2
	arr = [3]int{7, 8, 9}
	return
}

func structs(x, y int) (item, [4]int) {
	var v item
	v.a, v.b = x, y
	v = item{a: y, b: x, c: x + y, s: "v"}
	v.a = 3
	w := v
	w.c = 4
	var arr [4]int
	arr[1] = x
	arr = [4]int{x, y, x, y}
	arr[x&3]++
	return w, arr
}

func unused(x int) int {
	var buf [16]int
	for i := range buf {
		buf[i] = x
	}
	type big struct {
		p *int
		q [20]int
	}
	var b big
	b.p = &x
	b.q[3] = 1
	return x
}

func keeps(n int) (s string) {
	var ptrs [4]*int
	for i := 0; i < n; i++ {
		ptrs = [4]*int{}
		ptrs[i&3] = opaque(&i)
		s += fmt.Sprint(*ptrs[i&3], ptrs[(i+1)&3] == nil)
	}
	return
}

func main() {
	p := &node{value: 5, bytes: make([]byte, 8)}
	p.next = &node{value: 6, table: [8]int{1, 2, 3}}
	try("zero", func() any { return zeroRounds(opaque[*node](nil), 0) })
	try("one", func() any { return zeroRounds(opaque[*node](nil), 1) })
	try("two", func() any { return zeroRounds(p, 2) })
	out := []int{0, 0, 0}
	try("effect", func() any { effectFirst(nil, &out); return out })
	fmt.Println(out)
	try("constant", func() any { return constantIndex(opaque([]int{1}), 3) })
	try("constant", func() any { return constantIndex(opaque([]int{1}), 6) })
	try("constant", func() any { return constantIndex(opaque([]int(nil)), 0) })
	try("aliases", func() any { return fmt.Sprint(aliases(p, p, 5), aliases(p, p.next, 3)) })
	try("length", func() any { return ownLength(p) })
	try("nested", func() any { return nested([][]int{{1, 2}, nil, {3}}, opaque(4), opaque(9)) })
	try("floats", func() any { return floats([]float64{1, 2, 3}, opaque(4.0), opaque(0.0)) })
	try("division", func() any { return division([]int{0, 0}, 1, opaque(0)) })
	try("division", func() any { return division([]int{0, 1}, 1, opaque(0)) })
	try("pointers", func() any { return pointers(p, 10) })
	try("pointers", func() any { return pointers(p.next, 1) })
	try("interfaces", func() any { n := 3; return fmt.Sprint(interfaces(p, 3), interfaces(&n, 3), interfaces(nil, 3)) })
	for n := 0; n < 10; n++ {
		fmt.Print(steps([]byte("abcdefghij")[:n]), " ")
	}
	fmt.Println()
	try("steps", func() any { return stepsBelow([]int{1, 2, 3, 4, 5, 6, 7}, 7, 2) })
	try("steps", func() any { return stepsBelow([]int{1, 2, 3, 4, 5, 6, 7}, 9, 2) })
	try("steps", func() any { return stepsBelow([]int{1, 2, 3, 4, 5, 6, 7}, 7, math.MaxInt) })
	try("wraps", func() any { return wraps([]int{1, 2, 3, 4, 5, 6, 7, 8}, 0) })
	try("wraps", func() any { return wraps([]int{1, 2, 3, 4, 5, 6, 7, 8}, math.MaxInt-2) })
	try("wraps", func() any { return wraps([]int{1, 2, 3, 4, 5, 6, 7, 8}, -9) })
	xs := make([]item, 9)
	for i := range xs {
		xs[i] = item{i, i * i, -i, "xyz"[:i%4%3]}
	}
	try("strides", func() any { return strides(xs, 5) })
	try("strides", func() any { return strides(nil, 5) })
	try("stores", func() any { storesSeen(p, []int{1}, 0); return nil })
	fmt.Println(p.value, p.f)
	try("stores", func() any { storesSeen(p, []int{1}, 1); return nil })
	fmt.Println(p.value)
	fmt.Println(namedResult([]int{4}, 0), namedResult(nil, 0))
	fmt.Println(ownNamedResult([]int{4}, 0))
	fmt.Println(ownNamedResult(nil, 0))
	fmt.Println(structs(3, 4))
	fmt.Println(unused(3), keeps(6))
}
