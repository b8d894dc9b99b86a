// run -stderr

package main

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

type adder func(int) int

func (f adder) twice(x int) int { return f(f(x)) }

type T struct{ n int }

func (t *T) inc(by int) int { t.n += by; return t.n }
func (t T) get() int        { return t.n }

func main() {
	next, reset := counter()
	next()
	println(next(), next())
	reset()
	println(next())
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i *= 10; return i })
	}
	for _, f := range fs {
		print(f(), " ", f(), " ")
	}
	println()
	println(adder(func(x int) int { return x * 3 }).twice(2))
	t := T{5}
	inc := t.inc
	get := t.get
	inc(2)
	println(t.n, get(), (*T).inc(&t, 1), T.get(t))
	func() {
		defer func() { t.n = -1 }()
		t.n = 50
	}()
	println(t.n)
}
