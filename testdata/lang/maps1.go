// run

// Maps: NaN and interface keys, large keys and elements, deletion while iterating, nil maps, op-assignments, comma ok.
package main

import (
	"fmt"
	"math"
	"sort"
)

type bigKey struct {
	a [40]int64
	s string
}
type bigVal [50]string
type fkey struct {
	f float64
	i any
}

func sorted[K comparable, V any](m map[K]V) (out []string) {
	for k, v := range m {
		out = append(out, fmt.Sprint(k, "=", v))
	}
	sort.Strings(out)
	return
}

func try(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func counter[K comparable](ks ...K) map[K]*int {
	m := map[K]*int{}
	for _, k := range ks {
		if k == k && m[k] == nil {
			m[k] = new(0)
		}
		if k == k {
			*m[k]++
		}
	}
	return m
}

type tree map[string]tree

func (t tree) add(path ...string) tree {
	if len(path) > 0 {
		sub, ok := t[path[0]]
		if !ok {
			sub = tree{}
			t[path[0]] = sub
		}
		sub.add(path[1:]...)
	}
	return t
}

func main() {
	nan := math.NaN()
	m := map[fkey]int{{nan, 1}: 1, {nan, 1}: 2, {0, "z"}: 3, {math.Copysign(0, -1), "z"}: 4}
	m[fkey{nan, nil}]++
	m[fkey{0, "z"}] += 10
	fmt.Println(len(m), m[fkey{0, "z"}], m[fkey{nan, 1}])
	for k := range m {
		if k.f != k.f {
			delete(m, k)
		}
	}
	fmt.Println(len(m))
	big := map[bigKey]bigVal{}
	for i := range 20 {
		k := bigKey{s: fmt.Sprint(i % 7)}
		k.a[39] = int64(i % 3)
		v := big[k]
		v[i%50] = "x"
		v[49] += k.s
		big[k] = v
	}
	n := 0
	for k, v := range big {
		n += len(v[49])*int(k.a[39]+1) + len(k.s)
	}
	fmt.Println(len(big), n)
	any1 := map[any]string{1: "int", int8(1): "int8", "1": "string", 1.0: "float", [1]int{1}: "array", struct{ x int }{1}: "struct", nil: "nil", true: "bool"}
	fmt.Println(any1[1], any1[int8(1)], any1[1.0], any1[[1]int{1}], any1[struct{ x int }{1}], any1[nil], any1[uint(1)] == "")
	try(func() { any1[[]int{}] = "slice" })
	try(func() { _ = any1[map[int]int{}] })
	try(func() { delete(any1, func() {}) })
	try(func() { any1[struct{ a any }{[]int{}}] += "x" })
	var nilMap map[string][]int
	v, ok := nilMap["x"]
	delete(nilMap, "x")
	for range nilMap {
		fmt.Println("no")
	}
	fmt.Println(v == nil, ok, len(nilMap), append(nilMap["y"], 1))
	try(func() { nilMap["x"] = nil })
	s := map[string]struct {
		n int
		p *int
	}{"a": {n: 1}}
	x := s["a"]
	x.n++
	s["b"] = x
	fmt.Println(len(sorted(s)), s["b"].n, s["missing"].p == nil)
	grow := map[int]int{}
	for i := range 1000 {
		grow[i*i%997] += i
		if i%3 == 0 {
			delete(grow, i)
		}
	}
	sum := 0
	for k, v := range grow {
		sum += k ^ v
		grow[k] = 0
		if k%2 == 0 {
			delete(grow, k+1)
		}
	}
	fmt.Println(sum > 0, len(grow) < 600)
	fmt.Println(*counter("a", "b", "a")["a"], *counter[any](1, 1.0, 1)[1], len(counter(nan, 1)))
	fmt.Println(tree{}.add("a", "b").add("a", "c", "d").add("e"))
	i := 0
	next := func() int { i++; return i }
	order := map[int]int{next(): next(), next(): next()}
	order[next()], order[next()] = next(), next()
	fmt.Println(order)
	type P struct{ x, y int8 }
	pm := map[P][2]string{{1, 2}: {"a"}, {-1, 0}: {1: "b"}}
	a := pm[P{1, 2}]
	a[1] = "changed"
	fmt.Println(pm, a)
	f := map[bool]func() string{true: func() string { return "t" }}[len(pm) == 2]
	fmt.Println(f(), map[string]map[string]int{"o": {"i": 5}}["o"]["i"], len(map[[1]int]int{{}: 1, {2}: 2}))
}
