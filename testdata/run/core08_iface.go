// run -stderr
package main

type shape interface {
	area() int
	name() string
}
type named interface{ name() string }
type sq struct{ s int }
type rect struct{ w, h int }
type loud struct{ shape }
type fn func() string

func (s sq) area() int       { return s.s * s.s }
func (s sq) name() string    { return "sq" }
func (r *rect) area() int    { return r.w * r.h }
func (r *rect) name() string { return "rect" }
func (l loud) name() string  { return l.shape.name() + "!" }
func (f fn) name() string    { return f() }

func kind(x interface{}) string {
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
		return "error " + v.Error()
	case func() int:
		return "func"
	case []int:
		return "slice"
	}
	return "other"
}

type myErr struct{ code int }

func (e myErr) Error() string { return "myErr" }

func fail(n int) error {
	if n > 0 {
		return myErr{n}
	}
	return nil
}

func main() {
	shapes := []shape{sq{3}, &rect{2, 5}, loud{sq{4}}, loud{loud{&rect{1, 1}}}}
	for _, s := range shapes {
		println(s.name(), s.area())
	}
	println(kind(nil), kind(1), kind(int64(2)), kind("s"), kind(sq{1}), kind(fail(1)), kind(func() int { return 1 }), kind([]int{}), kind(1.5))
	var n named = shapes[1]
	_, ok := n.(shape)
	_, ok2 := n.(fn)
	println(ok, ok2, n.(*rect).w, fn(func() string { return "fn" }).name())
	e := fail(3)
	if me, ok := e.(myErr); ok {
		println(me.code, fail(0) == nil, e == myErr{3}, e != myErr{4})
	}
	var x, y interface{} = 1, 1
	println(x == y, x != nil, x == interface{}("1"))
	y = int32(1)
	println(x == y)
	var p interface{} = &x
	println(p == interface{}(&x))
}
