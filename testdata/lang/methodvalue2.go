// run

// Method values and expressions: of interfaces, embedded, generic, through pointers, in go and defer, compared with nil, bound early.
package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"
)

type C struct{ n int }

func (c C) Get() int               { return c.n }
func (c *C) Add(d int) *C          { c.n += d; return c }
func (c C) Var(s ...string) string { return fmt.Sprint(c.n, s) }

type G[T any] struct{ v []T }

func (g *G[T]) Push(t ...T) int { g.v = append(g.v, t...); return len(g.v) }
func (g G[T]) Map(f func(T) T) G[T] {
	var r G[T]
	for _, x := range g.v {
		r.Push(f(x))
	}
	return r
}

type Getter interface{ Get() int }
type both interface {
	Getter
	Add(int) *C
}
type E struct{ *C }
type F struct{ Getter }
type Fn func(int) int

func (f Fn) Twice(x int) int { return f(f(x)) }

type M map[string]int

func (m M) Inc(k string) int { m[k]++; return m[k] }

type Arr [2]int

func (a Arr) Sum() int      { return a[0] + a[1] }
func (a *Arr) Set(i, v int) { a[i] = v }

func call[T interface{ Get() int }](t T) func() int { return t.Get }
func expr[T any, P interface {
	*T
	Add(int) *C
}](t T) int {
	f := P.Add
	return f(&t, 5).n
}

func try(f func()) {
	defer func() { fmt.Println("panic:", recover()) }()
	f()
}

func main() {
	c := C{1}
	get, add := c.Get, c.Add
	add(5)
	add(5)
	fmt.Println(get(), c.n, C.Get(c), (*C).Get(&c), (*C).Add(&c, 1).Get())
	fmt.Println(c.Var("a", "b"), C.Var(c), (*C).Var(&c, []string{"x"}...))
	var g G[int]
	push := g.Push
	push(1, 2)
	push()
	fmt.Println((*G[int]).Push(&g, 3), g.v, G[int].Map(g, func(i int) int { return i * i }).v)
	var i Getter = &c
	ig := i.Get
	i = nil
	c.n = 100
	fmt.Println(ig(), Getter.Get(&c))
	try(func() { _ = i.Get })
	var e E
	try(func() { f := e.Add; fmt.Println("bound"); f(1) })
	try(func() { f := e.Get; fmt.Println("not bound"); f() })
	e.C = &c
	f := F{e}
	fg := f.Get
	f.Getter = C{3}
	fmt.Println(fg(), f.Get(), F.Get(f), E.Get(e), E.Add(e, 1).n)
	fmt.Println(Fn(func(x int) int { return x * 3 }).Twice(2), Fn.Twice(Fn(func(x int) int { return x + strings.Count("aaa", "a") }), 1))
	m := M{}
	inc := m.Inc
	inc("a")
	fmt.Println(inc("a"), M.Inc(m, "b"), m)
	var a Arr
	set, sum := a.Set, a.Sum
	set(0, 7)
	(*Arr).Set(&a, 1, 8)
	fmt.Println(sum(), a.Sum(), Arr.Sum(a))
	fmt.Println(call(c)(), call(&c)(), call[Getter](f)(), expr(c))
	var wg sync.WaitGroup
	wg.Add(2)
	var once sync.Once
	for range 2 {
		go once.Do(wg.Done)
	}
	go wg.Done()
	wg.Wait()
	defer c.Add(1).Add(2)
	defer fmt.Println("deferred", c.n)
	var b both = &c
	for _, f := range []func() int{b.Get, c.Get, Getter(b).Get, func() int { return b.Add(1).n }} {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	words := sort.StringSlice{"b", "c", "a"}
	less, swap := words.Less, words.Swap
	swap(0, 2)
	fmt.Println(words, less(0, 1), sort.StringSlice.Len(words))
	fs := map[string]func(*C, int) *C{"add": (*C).Add}
	fmt.Println(fs["add"](&c, 1).n > 100, interface{ Get() int }.Get(c) > 100)
	fmt.Println(struct{ C }{c}.Get() == c.n, (&struct{ *C }{&c}).Add(1).n == c.n)
}
