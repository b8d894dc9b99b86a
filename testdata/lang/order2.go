// run

// Order of evaluation: calls, receives, operands of compound assignments, index and map assignments, returns.
package main

import "fmt"

var trace []string

func t[T any](name string, v T) T { trace = append(trace, name); return v }
func show(what string)            { fmt.Println(what, trace); trace = nil }

type S struct{ a, b int }

func (s *S) m(n string, x int) *S { trace = append(trace, n); s.a += x; return s }
func (s S) v(n string) int        { trace = append(trace, n); return s.a }

func two(n string) (int, string) { trace = append(trace, n); return len(trace), n }
func three(a int, b string, c ...int) string {
	return fmt.Sprint(a, b, c)
}
func results() (x, y int) {
	defer func() { x, y = y, x }()
	x = 7
	return t("r1", 1), t("r2", x)
}

func try(what string, f func()) {
	defer func() { show(fmt.Sprint(what, " ", recover())) }()
	f()
}

func main() {
	s := &S{}
	s.m("a", t("arg1", 1)).m("b", t("arg2", 2)).m("c", t("arg3", 3))
	show("chain")
	m := map[string]int{}
	m[t("key", "k")] = t("value", 1)
	show("map assign")
	m[t("key", "k")] += t("value", 1)
	show("map op assign")
	a := []int{1, 2, 3}
	a[t("i", 0)], a[t("j", 1)] = t("x", a[1]), t("y", a[0])
	show("swap")
	fmt.Println(a)
	i := 0
	i, a[i] = 2, 9
	fmt.Println(i, a)
	_ = [...]int{2: t("e2", 0), 0: t("e0", 0), 1: t("e1", 0)}
	show("array")
	_ = map[string]int{t("k1", "a"): t("v1", 1), t("k2", "b"): t("v2", 2)}
	show("map literal")
	_ = S{b: t("b", 1), a: t("a", 2)}
	show("struct")
	c := make(chan int, 3)
	c <- 1
	c <- 2
	c <- 3
	f := func(x, y, z int) { trace = append(trace, fmt.Sprint(x, y, z)) }
	f(<-c, t("mid", 5), <-c)
	show("receives")
	t("chan", c) <- t("sent", 4)
	show("send")
	x, y := results()
	show(fmt.Sprint("results ", x, y))
	fmt.Println(three(two("two")))
	trace = nil
	_ = t("l", false) && t("r", true) || t("o", true)
	show("logic")
	_ = t("x", 1) + t("y", 2)*t("z", 3)
	show("arith")
	defer show("deferred at exit")
	defer t("f", fmt.Println)(t("a1", "deferred"), t("a2", 1))
	show("defer operands")
	var np *S
	try("nil field store", func() { np.a = t("value", 1) })
	try("index store", func() { a[t("index", 7)] = t("value", 1) })
	try("nil map store", func() { var nm map[string]int; nm[t("key", "")] = t("value", 1) })
	try("nil func", func() { var nf func(int); nf(t("arg", 1)) })
	try("nil method", func() { _ = np.v(fmt.Sprint(t("arg", "n"))) })
	try("div", func() { z := 0; _ = t("x", 1) / (t("y", 2) * z) })
	try("slice", func() { _ = a[t("lo", 2):t("hi", 1)] })
	try("assert", func() { _ = t("i", any(1)).(fmt.Stringer).String() + t("never", "") })
	try("conv", func() { _ = [4]int(t("s", a)) })
	try("two stores", func() { a[0], a[t("bad", 9)] = 100, 200 })
	fmt.Println(a)
	switch t("tag", 2) {
	case t("c1", 1), t("c2", 2), t("c3", 3):
		show("switch")
	}
	for i := t("range", []int{1, 2}); len(i) > 0; i = i[1:] {
	}
	show("for")
	p := &a
	for i := range t("once", *p) {
		*p = nil
		_ = i
		t("body", 0)
	}
	show("range once")
}
