// run

// Scopes: predeclared names declared anew, := in every statement, methods and types of functions, labels, imports.
package main

import f "fmt"
import . "strings"

type int string
type error struct{ msg string }
type any = interface{ String() string }

const true = false
const nil = 0

func (e error) String() string { return "error " + e.msg }
func len(x ...uint8) (n uint8) {
	for range x {
		n++
	}
	return
}

func new(x uint8) *uint8 { return &x }

var iota = uint8(5)

const (
	zero uint8 = 7
)

func shadow(x uint8) (y uint8) {
	if x := x + 1; x > 2 {
		y := x * 2
		if y := y + 1; y > 0 {
			return y
		}
		_ = y
	} else if z := x; z > 1 {
		return z
	}
	switch x := x * 3; {
	case x > 3:
		x := "inner"
		f.Println(x, y)
	}
	for x := x; x < 3; x++ {
		x := x
		x += 10
		y = x
	}
	{
		type T struct{ x uint8 }
		t := T{x}
		type U []T
		u := U{t, {2}}
		f.Println(u, y)
	}
	return
}

func types() {
	type T struct{ a uint8 }
	x := T{1}
	{
		type T struct {
			a T2
			t *T
		}
		var y T
		y.a.x = x
		y.t = &y
		f.Printf("%T %T %v\n", x, y, y.a)
	}
	var v any = error{"m"}
	switch v := v.(type) {
	case error:
		v.msg += "!"
		f.Println(v)
	}
	switch v := v; v := v.(type) {
	case any:
		f.Println(v.String())
	}
}

type T2 struct{ x any2 }
type any2 = interface{}

func named(f2 func() string) (string string) {
	string = f2()
	func() {
		string := uint8(1)
		_ = string
	}()
	return
}

func main() {
	var x int = "an int"
	f.Println(x, true, nil, len(1, 2, 3), *new(4), iota, zero)
	f.Println(shadow(0), shadow(1), shadow(5))
	types()
	f.Println(named(func() string { return ToUpper("named") }))
	f := f.Sprint("f is a variable")
	print := func(s ...string) { _ = s }
	print(f)
L:
	for L := range 3 {
		switch {
		case L == 1:
			break L
		}
		Println(L, f)
	}
	main := 3
	_ = main
	var append, cap = func(a, b uint8) uint8 { return a + b }, 9
	Println(append(1, 2), cap, HasPrefix("abc", "a"))
	if f, ok := map[string]uint8{"a": 1}["a"]; ok {
		Println(f, ok)
	} else if g := f; !ok {
		Println(g)
	}
	const c = 3
	{
		const c = c + 1
		Println(c)
		var c2 = c
		const d = c * 2
		Println(c2, d)
	}
	func(main string) { Println(main) }("argument")
}

func Println(x ...any2) { f.Println(x...) }
