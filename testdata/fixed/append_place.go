// run

// `p = append(p, ...)` for places in memory: only what changes is stored, and nothing that is evaluated may come
// between.
package main

import "fmt"

type box struct {
	s []int
	p *box
	m map[string][]int
	b []byte
	e []struct{}
	q []*int
}

var global []string

func (b *box) drop() bool {
	b.s = nil
	return true
}

func (b *box) swap(s []int) int {
	b.s = s
	return 7
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func main() {
	b := &box{p: &box{}, m: map[string][]int{}}
	for i := range 20 {
		b.s = append(b.s, i)
		b.p.s = append(b.p.s, i, i*i)
		b.m["x"] = append(b.m["x"], i)
		b.b = append(b.b, "text"[:i%5]...)
		b.e = append(b.e, struct{}{})
		b.q = append(b.q, &i)
		global = append(global, fmt.Sprint(i))
		(*b).p.b = append((*b).p.b, byte(i))
	}
	fmt.Println(b.s, cap(b.s) >= 20, b.p.s, b.m, string(b.b), len(b.e), *b.q[3], global, b.p.b)

	// The slice appended to itself, where it must grow and where it need not.
	b.s = append(b.s, b.s...)
	b.s = append(b.s[:0], b.s...)
	b.s = append(b.s, b.s[:3]...)
	fmt.Println(len(b.s), b.s[38:])

	// The place is changed by what is appended.
	b.s = make([]int, 2, 10)
	b.s = append(b.s, b.swap([]int{1, 2, 3}))
	fmt.Println(b.s)
	b.s = make([]int, 2, 10)
	yes := len(global) > 3
	b.s = append(b.s, bit(yes && b.drop()))
	fmt.Println(b.s)

	// Several at once, elements of arrays and slices, shared backing arrays.
	var a [3][]int
	x := [][]int{nil, make([]int, 1, 4)}
	y := x[1][:2]
	for i := range 3 {
		a[i] = append(a[i], i, i+1)
		x[1] = append(x[1], 10+i)
	}
	fmt.Println(a, x, y)

	// A nil map, and a nil pointer: what is evaluated first is seen.
	defer func() {
		fmt.Println(recover(), b.s)
		defer func() { fmt.Println(recover() != nil, b.s) }()
		var none *box
		none.s = append(none.s, b.swap([]int{5}))
	}()
	var m map[int][]int
	m[1] = append(m[1], b.swap([]int{4}))
}
