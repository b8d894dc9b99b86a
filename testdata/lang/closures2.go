// run

// Closures: what is shared, results and parameters captured, recursion, methods as closures, closures of closures, in structs and maps.
package main

import (
	"fmt"
	"sort"
	"strings"
)

type counter struct {
	inc, dec func() int
	get      func() int
}

func newCounter(start int) counter {
	n := start
	return counter{
		func() int { n++; return n },
		func() int { n--; return n },
		func() int { return n },
	}
}

func params(a int, b []int, c map[string]int, d *int) func() string {
	return func() string {
		a++
		b = append(b, a)
		c[fmt.Sprint(a)] = a
		*d += a
		return fmt.Sprint(a, b, len(c), *d)
	}
}

func results() (n int, f func() int) {
	f = func() int { n += 10; return n }
	n = 5
	defer f()
	return 7, f
}

func memo(f func(self func(int) int, n int) int) func(int) int {
	m := map[int]int{}
	var self func(int) int
	self = func(n int) int {
		if v, ok := m[n]; ok {
			return v
		}
		v := f(self, n)
		m[n] = v
		return v
	}
	return self
}

func compose(fs ...func(string) string) func(string) string {
	return func(s string) string {
		for _, f := range fs {
			s = f(s)
		}
		return s
	}
}

func deep() func() func() func() int {
	x := 1
	return func() func() func() int {
		x *= 2
		y := x
		return func() func() int {
			y += x
			z := y
			return func() int { z++; x++; return x*10000 + y*100 + z }
		}
	}
}

type visitor func(int) visitor

func (v visitor) run(n int) {
	for i := 0; v != nil; i++ {
		v = v(i + n)
	}
}

type large struct {
	a [20]int
	s string
}

func big(l large) (func() int, func(int)) {
	return func() int { return l.a[3] + len(l.s) }, func(i int) { l.a[3] = i; l.s += "x" }
}

func loopClosures() (out []string) {
	var fs []func() string
	for i, s := range []string{"a", "b"} {
		for j := 0; j < 2; j++ {
			k := i * j
			fs = append(fs, func() string {
				k++
				j += 10
				return fmt.Sprint(s, i, j, k)
			})
		}
	}
	for range 2 {
		for _, f := range fs {
			out = append(out, f())
		}
	}
	return
}

func main() {
	a, b := newCounter(5), newCounter(100)
	a.inc()
	a.inc()
	b.dec()
	fmt.Println(a.get(), b.get(), a.dec())
	d := 1
	f := params(1, []int{0}, map[string]int{}, &d)
	g := params(10, nil, map[string]int{"x": 1}, &d)
	fmt.Println(f(), f(), g(), d)
	n, h := results()
	fmt.Println(n, h(), h())
	fib := memo(func(self func(int) int, n int) int {
		if n < 2 {
			return n
		}
		return self(n-1) + self(n-2)
	})
	fmt.Println(fib(80))
	fmt.Println(compose(strings.ToUpper, strings.TrimSpace, func(s string) string { return s + "!" })(" hi "))
	x := deep()
	y := x()
	z := y()
	fmt.Println(z(), z(), y()(), x()()(), z())
	var trace []int
	var step visitor
	step = func(i int) visitor {
		trace = append(trace, i)
		if len(trace) > 4 {
			return nil
		}
		return func(i int) visitor { trace = append(trace, -i); return step }
	}
	step.run(3)
	fmt.Println(trace)
	get, set := big(large{a: [20]int{3: 7}, s: "ab"})
	set(50)
	set(60)
	fmt.Println(get())
	fmt.Println(loopClosures())
	ops := map[string]func(float64, float64) float64{
		"+": func(a, b float64) float64 { return a + b },
		"-": func(a, b float64) float64 { return a - b },
	}
	var names []string
	for name, op := range ops {
		names = append(names, fmt.Sprint(name, op(5, 3)))
	}
	sort.Strings(names)
	fmt.Println(names)
	var self func(int) string
	self = func(n int) string {
		if n == 0 {
			return "."
		}
		prev := self
		self = func(int) string { return fmt.Sprint("replaced", n) }
		return fmt.Sprint(n) + prev(n-1) + self(0)
	}
	fmt.Println(self(3), self(9))
	func() {
		x := 1
		defer func(y int) { fmt.Println("deferred", x, y) }(x)
		x = 2
		func() { x++ }()
		p := &x
		func(x *int) { *x *= 10 }(p)
		if x := x + 1; x > 0 {
			func() { x = 0 }()
		}
	}()
	ch := make(chan func() int, 3)
	for i := range 3 {
		ch <- func() int { i += i; return i }
	}
	close(ch)
	for f := range ch {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println(func(f func(int) int) int { return f(f(2)) }(func(i int) int { return i * i }))
	var iface interface{ Len() int } = sort.IntSlice{1, 2}
	l := iface.Len
	iface = nil
	fmt.Println(l())
}
