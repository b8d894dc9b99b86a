// run

// Generic methods are not in method sets: reflection, interfaces and embedding see only the others.
package main

import (
	"fmt"
	"reflect"
)

type T struct{ n int }

func (t T) Plain() int               { return t.n }
func (t T) Generic[X any](x X) X     { return x }
func (t *T) PtrGeneric[X any](x X) X { t.n++; return x }
func (t *T) Ptr()                    { t.n *= 2 }

type E struct {
	*T
	name string
}

func (e E) Generic[A, B any](a A, b B) string { return fmt.Sprintf("%s %T %T %d", e.name, a, b, e.n) }

type plainer interface{ Plain() int }
type generic interface{ Generic(int) int }

type G[P plainer] struct{ p P }

func (g G[P]) Call[R any](f func(P) R) R { return f(g.p) }
func (g G[P]) Plain() int                { return g.p.Plain() * 10 }
func (g G[P]) wrap[Q plainer](q Q) G[Q]  { return G[Q]{q} }
func (g G[P]) local[X any](x X) any {
	type inner struct {
		p P
		x X
	}
	return inner{g.p, x}
}

func viaConstraint[P interface {
	*T
	plainer
}](p P) int {
	return p.Plain()
}

func methods(v any) (s []string) {
	t := reflect.TypeOf(v)
	for i := range t.NumMethod() {
		s = append(s, t.Method(i).Name)
	}
	return
}

func main() {
	t := &T{3}
	fmt.Println(methods(*t), methods(t), methods(E{t, "e"}), methods(G[T]{}))
	_, ok := any(t).(generic)
	_, ok2 := any(t).(plainer)
	fmt.Println(ok, ok2, t.Generic("g"), t.PtrGeneric(t.n), t.n)
	e := E{t, "e"}
	fmt.Println(e.Generic(1, "x"), e.T.Generic('r'), e.PtrGeneric[error](nil), e.n)
	fmt.Println(e.Generic[int8, map[string]int](1, nil))
	g := G[T]{*t}
	fmt.Println(g.Call(T.Plain), g.Call(func(t T) *T { t.n = 50; return &t }).n, g.wrap(g).Plain(), g.wrap(g.wrap(e)).Plain())
	fmt.Printf("%T %v %t\n", g.local(1), g.local("x"), g.local(1) == g.local(1))
	fmt.Println(g.local(1) == g.local(int8(1)), G[*T]{t}.local(1) == G[*T]{t}.local(1), viaConstraint(t))
	h := g.Call[string]
	g.p.n = 99
	fmt.Println(h(func(t T) string { return fmt.Sprint(t.n) }))
	k := G[T].Call[int]
	fmt.Println(k(g, T.Plain), (*G[T]).Call[int](&g, T.Plain))
	fmt.Println(reflect.TypeOf(k), reflect.TypeOf(t.Generic[[]int]), reflect.TypeOf((*T).PtrGeneric[int8]))
	var p plainer = g
	switch x := p.(type) {
	case G[E]:
		fmt.Println("E", x)
	case G[T]:
		fmt.Println("T", x.Call(func(T) bool { return true }))
	}
	c := make(chan string, 3)
	go func() { c <- e.Generic(c, 1) }()
	func() { defer e.PtrGeneric(1); e.Ptr() }()
	fmt.Println(len(<-c) > 0, e.n)
	m := map[string]func(int) int{"a": t.Generic[int], "b": (&T{}).PtrGeneric[int]}
	fmt.Println(m["a"](4), m["b"](5))
}
