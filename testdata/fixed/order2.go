// run -stderr
// What gc evaluates in the order of the calls beside it, and what it reads after them.
package main

import "unsafe"

func main() {
	{
		x := 1.0
		f := func() int { x = 3; return 2 }
		a, b, c := complex(x, 0), f(), complex(x, 0)
		println(real(a), b, real(c))
	}
	{
		x := 1i
		f := func() int { x = 3i; return 2 }
		a, b, c := imag(x), f(), imag(x)
		println(a, b, c)
		d, e := real(x), f()
		println(d, e)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := make([]int, x), f(), make([]int, x)
		println(len(a), b, len(c))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b := make(chan int, x), f()
		println(cap(a), b)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b := new(x), f()
		println(*a, b)
	}
	{
		x := 1i
		f := func() int { x = 3i; return 2 }
		a, b := -x, f()
		println(a, b)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		a, b, c := []byte(x), f(), []rune(x)
		println(string(a), b, string(c))
		d, e := x+"c", f()
		println(d, e)
	}
	{
		x := []byte("a")
		f := func() int { x[0] = 'b'; return 2 }
		a, b, c := string(x), f(), string(x)
		println(string(a), b, string(c))
	}
	{
		x := []int{1, 2}
		y := 1
		f := func() int { x = nil; y = 7; return 2 }
		a, b := unsafe.Slice(&y, y), f()
		println(len(a), b)
		g := func() int { y = 8; return 2 }
		c, d := unsafe.SliceData(x), g()
		println(c, d)
	}
	{
		x := [3]int{1}
		f := func() int { x[0] = 5; return 2 }
		a, b := x, f()
		println(a[0], b)
		c, d := struct{ a [3]int }{x}, f()
		println(c.a[0], d)
		e, g := [2]int{x[0], 1}, func() int { x[0] = 9; return 1 }()
		println(e[0], g)
		h, i := []int{x[0]}, func() int { x[0] = 11; return 1 }()
		println(h[0], i)
		j, k := &[1]int{x[0]}, func() int { x[0] = 13; return 1 }()
		println(j[0], k)
		l, m := func() int { return x[0] }, func() int { x[0] = 15; return 1 }()
		println(l(), m)
	}
	{
		x := 1
		m := map[int]int{1: 10, 3: 30}
		f := func() int { x = 3; return 2 }
		a, b := m[x], f()
		println(a, b)
		x = 1
		_, c := <-func() chan int { c := make(chan int, 1); c <- x; return c }(), f()
		println(c)
		x = 1
		var i any
		i, b = x, f()
		println(i.(int), b)
		x = 1
		d, e := -x+2*x, f()
		println(d, e)
		x = 1
		g, h := x == 1, f()
		println(g, h)
		x = 1
		k, l := min(x, 5), f()
		println(k, l)
	}
}
