// run -stderr

package main

type shape interface {
	area() float64
	name() string
}
type square struct{ s float64 }
type circle struct{ r float64 }

func (s square) area() float64  { return s.s * s.s }
func (s square) name() string   { return "square" }
func (c *circle) area() float64 { return 3 * c.r * c.r }
func (c *circle) name() string  { return "circle" }

type named interface{ name() string }
type base struct{ id int }

func (b base) ID() int      { return b.id }
func (b *base) SetID(i int) { b.id = i }

type derived struct {
	base
	*circle
}

func kind(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int, int64:
		return "int"
	case string:
		return "string " + v
	case shape:
		return "shape " + v.name()
	case error:
		return "error"
	case func():
		return "func"
	case []int:
		return "slice"
	}
	return "other"
}

func main() {
	for _, s := range []shape{square{2}, &circle{1}} {
		println(s.name(), int(s.area()))
	}
	d := derived{base{1}, &circle{2}}
	d.SetID(7)
	var n named = d
	println(d.ID(), n.name(), int(d.area()))
	println(kind(nil), kind(1), kind("x"), kind(square{}), kind(func() {}), kind([]int{}), kind(1.5))
	var x any = 3
	i, ok := x.(int)
	s, ok2 := x.(string)
	println(i, ok, s, ok2, x == any(3), x != any(int64(3)))
	_, ok = n.(shape)
	println(ok)
	var e1, e2 shape = square{1}, square{1}
	println(e1 == e2, any(d.base) == any(base{7}))
}
