// run

// Order of variable initialisers: references through functions, methods, closures, generics, method values.
package main

import "fmt"

var trace []string

func set[T any](name string, v T) T {
	trace = append(trace, name)
	return v
}

var (
	a     = set("a", b+f())
	b     = set("b", g(1))
	c, d  = two()
	e     = set("e", T{}.m())
	h     = set("h", T.viaExpr)
	i     = set("i", func() int { return j + 1 }())
	j     = set("j", gen[int](3))
	k     = set("k", (*P).get)
	l     = set("l", iface.get())
	m     = map[string]int{set("key", "x"): set("val", n)}
	n     = set("n", 1)
	o     = [...]int{set("o2", p), 5: set("o5", 2)}
	p     = set("p", len(a2))
	a2    = [...]int{q, 1}
	_     = set("blank", q)
	q     = set("q", 9)
	r, s  = set("r", s2), set("s", 2)
	s2    = set("s2", 8)
	u     = set("u", v.z)
	v     = struct{ z, y int }{set("z", w), set("y", 2)}
	w     = set("w", 4)
	addr  = &target
	later = set("later", *addr)
)

var target = set("target", 77)

var iface interface{ get() int } = P{set("P", 2)}

func f() int { return d }
func g[X ~int](x X) X {
	if c > 0 {
		return x + X(c)
	}
	return x
}
func two() (int, int) {
	set("two", 0)
	return e, e + 1
}

type T struct{}

func (T) m() int       { return x1 }
func (T) viaExpr() int { return x2 }

var x1 = set("x1", 3)
var x2 = set("x2", 3)

type P struct{ v int }

func (p P) get() int { return p.v + x3 }

var x3 = set("x3", 3)

func gen[X any](n int) int { return x4.n + n }

var x4 = node[string]{set("x4", 4)}

type node[X any] struct{ n int }

func (n node[X]) unused() int { return x5 }

var x5 = set("x5", x4.n)

func init() { trace = append(trace, "init1") }

func main() {
	fmt.Println(trace)
	fmt.Println(a, b, c, d, e, i, j, l, m, n, o, p, q, r, s, u, v, w, later)
	fmt.Println(h(T{}), k(&P{1}))
}

func init() { trace = append(trace, "init2") }
