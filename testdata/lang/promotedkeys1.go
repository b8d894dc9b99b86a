// run

// Promoted fields as keys of struct literals (1.27), at several depths, in generics and with shadowing.
package main

import "fmt"

type base struct {
	id   int
	name string
	arr  [2]int
}
type mid struct {
	base
	name string
	next *mid
}
type top struct {
	mid
	other
	extra float64
}
type other struct{ flag, id2 bool }
type gen[T any] struct {
	inner[T]
	k string
}
type inner[T any] struct {
	val  T
	list []T
}
type wide struct {
	gen[int]
	*base
}
type alias = other
type viaAlias struct {
	alias
	x int
}

var order []string

func at[T any](s string, v T) T { order = append(order, s); return v }

var global = top{id: 9, flag: true, extra: 1}
var table = []mid{{id: 1}, {id: 2, name: "outer"}, {base: base{id: 3, name: "in"}}}
var byName = map[string]*top{"a": {id: 5, name: "n", flag: true}}

func make1[T any](v T) gen[T] { return gen[T]{val: v, k: "made", list: []T{v, v}} }

func main() {
	t := top{id: 1, name: "t", flag: true, extra: 2.5, arr: [2]int{4, 5}}
	fmt.Printf("%+v\n", t)
	fmt.Printf("%+v %+v %+v\n", global, table, *byName["a"])
	m := mid{id: at("id", 1), next: &mid{id: at("inner", 2)}, arr: [...]int{at("arr", 3), 4}, name: at("name", "x")}
	fmt.Println(m.base, m.next.id, m.name, order)
	w := wide{val: 7, k: "w", base: &base{id: 3}}
	fmt.Println(w.val, w.list == nil, w.k, w.id)
	g := make1("s")
	fmt.Printf("%+v %+v\n", g, gen[error]{list: []error{nil}})
	v := viaAlias{flag: true, x: 3}
	fmt.Printf("%+v %v\n", v, v == viaAlias{alias: alias{flag: true}, x: 3})
	p := &top{id2: true, next: &mid{id: 4}}
	p.id, p.base.name = p.next.id+1, "set"
	fmt.Println(p.id, p.mid.base, p.id2)
	anon := struct {
		base
		struct1
	}{id: 1, s: "anon"}
	fmt.Println(anon.id, anon.s)
	for _, x := range [...]top{{id: 1}, 2: {flag: true, name: "2"}} {
		fmt.Print(x.id, x.flag, x.mid.name, x.base.name == "", "; ")
	}
	fmt.Println(func() (r top) { defer func() { r.id *= 10 }(); return top{id: 4} }().id)
	ch := make(chan mid, 1)
	ch <- mid{id: 6, arr: [2]int{1: 8}}
	fmt.Println((<-ch).arr, any(mid{id: 6}) == any(mid{base: base{id: 6}}))
	const c = len(top{}.arr)
	fmt.Println(c, [...]int{c: 1}, base(top{id: 3}.base) == base{id: 3})
}

type struct1 struct{ s string }
