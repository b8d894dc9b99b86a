// run -stderr
package main

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

type op func(int, int) int

func (o op) apply(a, b int) int { return o(a, b) }

type acc struct{ total int }

func (a *acc) add(n int) { a.total += n }
func (a acc) get() int   { return a.total }

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func main() {
	next, reset := counter()
	next()
	next()
	println(next())
	reset()
	println(next())
	println(op(func(a, b int) int { return a*10 + b }).apply(3, 4))
	a := &acc{}
	f := a.add
	f(5)
	f(6)
	g := a.get
	a.add(100)
	println(a.total, g(), acc.get(*a), (*acc).get(a))
	(*acc).add(a, 1)
	println(a.total)
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i *= 10; return i })
	}
	println(fs[0](), fs[1](), fs[2](), fs[2]())
	println(compose(func(x int) int { return x + 1 }, func(x int) int { return x * x })(4))
	x := 1
	func() {
		defer func() { x++ }()
		x *= 10
	}()
	println(x)
	var rec func(int) int
	rec = func(n int) int {
		if n == 0 {
			return 1
		}
		return n * rec(n-1)
	}
	println(rec(10))
}
