// run

// Promoted keys with embedded generics, aliases, arrays of literals, package variables and constants, and nested zeroing.
package main

import "fmt"

type pos struct{ line, col int }
type span struct {
	pos
	end pos
}
type node[T any] struct {
	span
	val  T
	kids []node[T]
}
type meta struct {
	tags  []string
	attrs map[string]int
}
type elem[T any] struct {
	node[T]
	meta
	on func(string) string
}
type A = pos
type withAlias struct {
	A
	n int
}
type deep1 struct{ deep2 }
type deep2 struct{ deep3 }
type deep3 struct {
	deep4
	k string
}
type deep4 struct{ x, y [2]int }

var pkg = elem[int]{line: 1, val: 2, tags: []string{"t"}, attrs: map[string]int{"k": 1}}
var list = []*span{{line: 1}, {col: 2, end: pos{3, 4}}, nil}

const C = len(deep1{}.x)

func mk[T any](v T, line int, tags ...string) elem[T] {
	return elem[T]{val: v, line: line, tags: tags, kids: []node[T]{{val: v, col: line}, {line: -line}}}
}

func reuse(e elem[string]) (r []elem[string]) {
	for i := range 3 {
		e = elem[string]{line: e.line + i, val: e.val + "!", on: func(s string) string { return s + e.val }}
		r = append(r, e)
	}
	return
}

func (s span) String() string { return fmt.Sprint(s.line, ":", s.col, "-", s.end.line) }

func main() {
	fmt.Println(pkg.span, pkg.val, pkg.tags, pkg.attrs, pkg.on == nil, *list[0], *list[1], list[2] == nil, C)
	e := mk("v", 5, "a", "b")
	fmt.Println(e.node.span, e.kids[0].col, e.kids[1].line, e.kids[0].val, e.tags, e.meta.attrs == nil)
	e.line, e.node.val = 50, "w"
	for _, x := range reuse(e) {
		fmt.Print(x.line, x.val, x.on("q"), x.kids == nil, " ")
	}
	fmt.Println()
	w := withAlias{line: 1, n: 2}
	w2 := withAlias{A: A{col: 9}}
	fmt.Println(w == withAlias{A{1, 0}, 2}, w2.col, w2.pos0())
	d := deep1{x: [2]int{1, 2}, k: "k", y: [...]int{1: 4}}
	d.x[0], d.y = d.y[1], d.x
	fmt.Println(d, d.deep2.deep3.deep4.x, deep1{k: "z"} == deep1{deep2{deep3{k: "z"}}})
	arr := [...]deep1{2: {x: [2]int{7}}, 0: {k: "first"}}
	fmt.Println(len(arr), arr[0].k, arr[2].x, arr[1] == deep1{})
	m := map[pos]span{{1, 2}: {line: 3}, {line: 4}: {end: pos{col: 5}}}
	fmt.Println(m[pos{1, 2}], m[pos{line: 4}].end)
	p := &elem[*elem[int]]{val: &pkg, line: pkg.line * 2}
	p.val.line++
	fmt.Println(p.line, pkg.line, p.val.val)
	fmt.Println(func(s span) int { return s.line*10 + s.col }(span{col: 2, line: 1}), any(span{line: 1}).(fmt.Stringer))
	ch := make(chan elem[bool], 1)
	ch <- elem[bool]{val: true, attrs: map[string]int{"x": len(list)}}
	r := <-ch
	fmt.Println(r.val, r.attrs["x"])
	type local struct {
		deep4
		meta
	}
	l := []local{{x: [2]int{1}, tags: []string{"l"}}, {}}
	l[1] = local{tags: l[0].tags, y: l[0].x}
	fmt.Println(l)
}

func (w withAlias) pos0() pos { return w.A }
