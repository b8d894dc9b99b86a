// run

// Values are copied where the language says so: assignments, ranges, calls, receivers, channels, interfaces, literals.
package main

import "fmt"

type in struct{ a [3]int }
type out struct {
	in
	s  []int
	m  [2]in
	fn func() int
}

func (o out) val() out   { o.a[0]++; o.s[0]++; return o }
func (o *out) ptr() *out { o.a[0]++; return o }

var global out

func touch() int { global.a[1]++; return global.a[1] }
func get() out   { return global }

func swap(a, b *out)                { *a, *b = *b, *a }
func many() (a, b out, c [2]in)     { return global, *global.ptr(), global.m }
func pass(a out, p *out) (int, int) { p.a[2] = 50; return a.a[2], p.a[2] }
func variadic(os ...out) []out      { os[0].a[0] = 77; return os }
func arr(a [3]int) [3]int           { a[0] = -a[0]; return a }
func named() (r out)                { defer func() { r.a[0] *= 2 }(); r = global; r.a[0]++; return r }

func main() {
	global = out{s: []int{1}, m: [2]in{{[3]int{9}}}}
	a := global
	b := a.val().val()
	fmt.Println(global.a, a.a, b.a, a.s, a.ptr().ptr().a, a.a)
	x := [2]out{a, b}
	for i, v := range x {
		x[1].a[0] = 100
		v.a[0]++
		fmt.Print(i, v.a, " ")
	}
	for i := range x {
		y := x
		y[i].a[0] = -1
		x = [2]out{y[1], y[0]}
	}
	fmt.Println(x[0].a, x[1].a)
	var e any = a
	a.a[0] = 1000
	fmt.Println(e.(out).a, e.(out).val().a, a.a)
	ch := make(chan out, 2)
	ch <- a
	a.a[0]++
	ch <- a
	fmt.Println((<-ch).a, (<-ch).a)
	swap(&a, &b)
	fmt.Println(a.a, b.a)
	p, q, r := many()
	r[0].a[0]++
	fmt.Println(p.a, q.a, r[0].a, global.m[0].a, global.a)
	fmt.Println(pass(global, &global))
	os := []out{a, b}
	fmt.Println(variadic(os...)[0].a, os[0].a, variadic(a, b)[0].a, a.a)
	m := map[string]out{"k": a}
	v := m["k"]
	v.a[0] = 5
	v.m[1].a[2] = 6
	fmt.Println(m["k"].a, m["k"].m[1].a, v.m)
	fmt.Println(arr(global.a), global.a, named().a, global.a)
	global.a[0], global.a[1], global.a = 1, 2, [3]int{7, 8, 9}
	fmt.Println(global.a)
	i := 0
	i, global.a[i], global.a[2] = 2, 30, global.a[i]
	fmt.Println(i, global.a, [2]int{touch(), touch()}, get().a)
	s := []in{{[3]int{1}}, {[3]int{2}}}
	s[0], s[1] = s[1], s[0]
	t := append(s[:1], s...)
	t[0].a[0] = 44
	fmt.Println(s, t, s[0] == t[0])
	f := a.val
	g := a.ptr
	a.a[0] = 12345
	fmt.Println(f().a[0], g().a[0], a.a[0])
	type rec struct {
		n    int
		next *rec
	}
	l := rec{1, &rec{2, nil}}
	l, *l.next = *l.next, l
	fmt.Println(l.n, l.next == nil)
}
