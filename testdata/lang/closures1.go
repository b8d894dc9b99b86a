// run

// Closures: recursion, shared and own variables, method values bound early, results, defer, generics, escape, comparisons.
package main

import (
	"fmt"
	"strings"
)

type counter struct{ n int }

func (c counter) get() int       { return c.n }
func (c *counter) add(d int) int { c.n += d; return c.n }

type op func(op, int) int

func compose[T any](fs ...func(T) T) func(T) T {
	return func(t T) T {
		for i := len(fs) - 1; i >= 0; i-- {
			t = fs[i](t)
		}
		return t
	}
}

func y[A, R any](f func(func(A) R) func(A) R) func(A) R {
	type rec func(rec) func(A) R
	r := func(r rec) func(A) R { return f(func(a A) R { return r(r)(a) }) }
	return r(r)
}

func gen() (next func() int, reset func(), sum *int) {
	i, total := 0, 0
	next = func() int { i++; total += i; return i }
	reset = func() { i = 0; next = func() int { return -1 } }
	return next, reset, &total
}

func deep(n int) func() string {
	s := strings.Repeat("x", n)
	return func() string {
		t := s + "y"
		return func() string {
			u := t + s
			return func() string { s += u; return s }()
		}()
	}
}

func named() (f func() int, n int) {
	defer func() { n = f() }()
	n = 5
	return func() int { n++; return n * 2 }, 10
}

func many(a int, b string, c [3]int, d map[int]string, e float64, f func() int) func() string {
	return func() string {
		a, b, c[1], d[a], e = a+1, b+"b", c[1]+f(), b, e*2
		return fmt.Sprint(a, b, c, d, e)
	}
}

func main() {
	var fact op = func(self op, n int) int {
		if n <= 1 {
			return 1
		}
		return n * self(self, n-1)
	}
	fmt.Println(fact(fact, 10), y(func(f func(int) string) func(int) string {
		return func(n int) string {
			if n == 0 {
				return "."
			}
			return fmt.Sprint(n) + f(n-1)
		}
	})(4))
	c := counter{1}
	get, add := c.get, c.add
	c.n = 50
	fmt.Println(get(), add(5), c.get(), counter.get(c), (*counter).add(&c, 1))
	next, reset, sum := gen()
	fmt.Println(next(), next(), *sum)
	reset()
	fmt.Println(next(), *sum)
	f := deep(2)
	fmt.Println(f(), f())
	g, n := named()
	fmt.Println(n, g(), n)
	calls := 0
	h := many(1, "a", [3]int{1, 2, 3}, map[int]string{}, 1.5, func() int { calls++; return calls * 10 })
	fmt.Println(h(), h(), calls)
	fmt.Println(compose(strings.ToUpper, func(s string) string { return s + "!" }, strings.TrimSpace)(" q "))
	var fs [3]func() *int
	for i := range fs {
		x := i
		fs[i] = func() *int { x += i; return &x }
	}
	fmt.Println(*fs[1](), *fs[1](), *fs[2](), fs[2]() == fs[2](), fs[0] != nil)
	func(args ...any) {
		defer func() { fmt.Println(len(args), recover()) }()
		args = args[:1]
		panic(args[0])
	}(1, 2)
	apply := func(f func(int) func(int) int) int { return f(2)(3) }
	fmt.Println(apply(func(a int) func(int) int { a *= 10; return func(b int) int { a += b; return a } }))
	var self func(int) []int
	self = func(n int) []int {
		if n == 0 {
			return nil
		}
		r := self(n - 1)
		self = func(int) []int { return []int{-n} }
		return append(r, n)
	}
	fmt.Println(self(3), self(9))
	defer func(f func() int) { fmt.Println("defer", f()) }(c.get)
	c.n = 0
}
