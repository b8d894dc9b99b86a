// run -stderr

package main

import "runtime"

type tree struct{ l, r *tree }

func build(d int) *tree {
	if d == 0 {
		return &tree{}
	}
	return &tree{build(d - 1), build(d - 1)}
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	return 1 + t.l.count() + t.r.count()
}

func deep(n int) int {
	var a [64]int
	a[n%64] = n
	if n == 0 {
		return 0
	}
	return deep(n-1) + a[n%64] - n + 1
}

func main() {
	keep := build(14)
	total := 0
	for range 100 {
		total += build(10).count()
	}
	runtime.GC()
	println(keep.count(), total)
	println(deep(10000))
	c := make(chan int)
	for i := range 10 {
		go func() { c <- deep(1000 * i) }()
	}
	sum := 0
	for range 10 {
		sum += <-c
	}
	println(sum)
	var ss [][]byte
	for i := range 1000 {
		ss = append(ss, make([]byte, i*100))
	}
	n := 0
	for _, s := range ss {
		n += len(s)
	}
	println(n)
}
