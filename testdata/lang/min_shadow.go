// run

// The built-ins of later versions can still be declared anew, at every level.
package main

import "fmt"

func clear(s ...int) string { return fmt.Sprint("mine ", s) }

type any = interface{ m() }
type impl int

func (i impl) m() { fmt.Print("m", int(i), " ") }

type max struct{ min int }

func (m max) clear(min int) int { return m.min + min }

func f[min ~int, max ~string](a min, b max) (comparable string) {
	new := func(x min) max { return b + max(rune('a'+x)) }
	comparable = string(new(a))
	for range 2 {
		len := func(int) int { return 9 }
		a := min(len(3))
		comparable += string(new(a))
	}
	return
}

func main() {
	fmt.Println(clear(1, 2), max{3}.clear(4), f(1, "s"))
	var a any = impl(1)
	a.m()
	{
		min := func(a ...int) int { return -1 }
		true := min(1) < 0
		iota := 5
		fmt.Println(min(3, 4), true, iota)
	}
	nil := 0
	append := fmt.Sprint
	fmt.Println(nil, append("x", 1))
	type int string
	var i int = "int"
	fmt.Println(i, min(2, 1))
}
