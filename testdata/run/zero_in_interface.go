// run -stderr

package main

type S struct {
	a any
	b error
}

var g = []any{uint16(0), 0, "", false, 0.0, nil, 'a'}

func main() {
	test := []any{uint16(0), ^uint16(0)}
	println(test[0] != nil, test[1] != nil)
	for _, x := range g {
		println(x != nil)
	}
	m := map[string]any{"a": 0, "b": ""}
	println(m["a"] != nil, m["b"] != nil)
	s := S{a: 0}
	println(s.a != nil)
	t := [2]any{0, ""}
	println(t[0] != nil, t[1] != nil)
	p := &S{a: 0}
	println(p.a != nil)
	q := []S{{a: uint8(0)}, {a: ""}}
	println(q[0].a != nil, q[1].a != nil)
}
