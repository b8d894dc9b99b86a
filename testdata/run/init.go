// run -stderr

package main

var (
	a = b + 1
	b = f("b", c)
	c = f("c", 1)
	_ = f("blank", 0)
	m = map[string]func() int{"g": g}
)

func f(s string, n int) int { println("init", s); return n }
func g() int                { return a }

func init() { println("first", a, b, c) }
func init() { println("second", m["g"]()) }

type T struct{ next *T }

var t1 T
var t2 = T{&t1}

func main() { t1.next = &t2; println(t1.next.next == &t1) }
