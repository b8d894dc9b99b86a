// run -stderr
package main

import "runtime"

type node struct {
	next *node
	data [10]int
}

func chain(n int) *node {
	var head *node
	for i := 0; i < n; i++ {
		head = &node{next: head}
		head.data[3] = i
	}
	return head
}

func deep(n int) int {
	var pad [64]int
	pad[n%64] = n
	if n == 0 {
		return 0
	}
	return deep(n-1) + pad[n%64] - n + 1
}

func main() {
	keep := chain(1000)
	total := 0
	for i := 0; i < 200; i++ {
		c := chain(500)
		total += c.data[3]
	}
	runtime.GC()
	n := 0
	for p := keep; p != nil; p = p.next {
		n += p.data[3]
	}
	println(total, n)
	println(deep(20000))
	done := make(chan int)
	for i := range 10 {
		go func() { done <- deep(1000 * (i + 1)) }()
	}
	s := 0
	for range 10 {
		s += <-done
	}
	println(s)
	m := map[int]*node{}
	for i := 0; i < 2000; i++ {
		m[i%50] = chain(20)
	}
	runtime.GC()
	n = 0
	for _, v := range m {
		for p := v; p != nil; p = p.next {
			n++
		}
	}
	println(n)
	strs := []string{}
	for i := 0; i < 3000; i++ {
		strs = append(strs, string(rune('a'+i%26))+"x")
		if i%500 == 0 {
			runtime.GC()
		}
	}
	println(len(strs), strs[27], strs[2999])
}
