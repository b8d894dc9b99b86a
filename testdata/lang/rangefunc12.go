// run

// Bodies that assign to captured variables of every kind of storage, and iterators that read them meanwhile.
package main

import "fmt"

var global int

type acc struct {
	n    int
	list []string
	sub  *acc
}

func probe(what *int, log *[]int) func(func(int) bool) {
	return func(y func(int) bool) {
		for i := range 4 {
			*log = append(*log, *what)
			if !y(i) {
				*log = append(*log, -*what)
				return
			}
		}
	}
}

func (a *acc) run(limit int) (total int, log []int) {
	var local int
	for i := range probe(&local, &log) {
		local += i + 1
		a.n += local
		a.list = append(a.list, fmt.Sprint(i))
		a.sub = &acc{n: a.n, sub: a.sub}
		total = a.n * 2
		if local > limit {
			local = -1
			break
		}
	}
	return
}

func results() (n int, log []int) {
	for i := range probe(&n, &log) {
		n = i * 10
		if i == 2 {
			return n + 1, log
		}
	}
	return
}

func globals() (log []int) {
	for i := range probe(&global, &log) {
		global += 5
		for j := range probe(&global, &log) {
			global -= j
			if j == i {
				break
			}
		}
	}
	return
}

func params(n int, s string, a [3]int, f float64) string {
	var log []int
	for i := range probe(&n, &log) {
		n *= 2
		s += string(rune('a' + i))
		a[i%3] += n
		f /= 2
		if i == 2 {
			defer func() { n, s, a, f = 0, "", [3]int{}, 0 }()
			return fmt.Sprint(n, s, a, f, log)
		}
	}
	return ""
}

func closures() (out []int) {
	x := 0
	inc := func() int { x++; return x }
	for i := range probe(&x, &out) {
		y := inc()
		add := func() { x += y * i }
		add()
		defer func() { out = append(out, y, x) }()
		inc = func() int { y += 100; return x + y }
	}
	return
}

func main() {
	a := &acc{}
	fmt.Println(a.run(4))
	fmt.Println(a.n, a.list, a.sub.n, a.sub.sub.sub.n)
	fmt.Println(results())
	fmt.Println(globals(), global)
	fmt.Println(params(1, "s", [3]int{1}, 8))
	fmt.Println(closures())
}
