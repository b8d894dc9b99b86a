// run

// Generics: method sets of type parameters, pointer constraints, embedded parameters in constraints, recursive types, interfaces of instances.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strconv"
)

type setter[T any] interface {
	*T
	Set(string) error
}
type num struct{ n int }

func (n *num) Set(s string) (err error) { n.n, err = strconv.Atoi(s); return }
func (n num) String() string            { return "#" + strconv.Itoa(n.n) }

func parse[T any, P setter[T]](ss ...string) (r []T, err error) {
	for _, s := range ss {
		var t T
		if err = P(&t).Set(s); err != nil {
			return
		}
		r = append(r, t)
	}
	return
}

type tree[K cmp.Ordered, V any] struct {
	left, right *tree[K, V]
	k           K
	v           V
}

func (t *tree[K, V]) put(k K, v V) *tree[K, V] {
	switch {
	case t == nil:
		return &tree[K, V]{k: k, v: v}
	case k < t.k:
		t.left = t.left.put(k, v)
	case k > t.k:
		t.right = t.right.put(k, v)
	default:
		t.v = v
	}
	return t
}
func (t *tree[K, V]) all() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { t.push(yield) }
}
func (t *tree[K, V]) push(yield func(K, V) bool) bool {
	return t == nil || t.left.push(yield) && yield(t.k, t.v) && t.right.push(yield)
}

type list[T any] struct {
	head *node[T]
	size int
}
type node[T any] struct {
	val  T
	next *node[T]
}

func (l *list[T]) add(t T) *list[T] { l.head = &node[T]{t, l.head}; l.size++; return l }
func (l list[T]) each(f func(T))    { l.head.each(f) }
func (n *node[T]) each(f func(T)) {
	if n != nil {
		n.next.each(f)
		f(n.val)
	}
}

type ordered[T any] interface{ less(T) bool }
type ver struct{ a, b int }

func (v ver) less(o ver) bool { return v.a < o.a || v.a == o.a && v.b < o.b }
func least[T ordered[T]](ts ...T) T {
	m := ts[0]
	for _, t := range ts[1:] {
		if t.less(m) {
			m = t
		}
	}
	return m
}

type shape interface {
	comparable
	area() float64
}
type sq struct{ s float64 }
type circ struct{ r float64 }

func (s sq) area() float64    { return s.s * s.s }
func (c *circ) area() float64 { return 3 * c.r * c.r }
func sum[S shape](m map[S]int) (r float64) {
	for k, n := range m {
		r += k.area() * float64(n)
	}
	return
}

type stack[E any, S ~[]E] struct{ s S }

func (s *stack[E, S]) push(e ...E) { s.s = append(s.s, e...) }
func (s *stack[E, S]) pop() (e E)  { e = s.s[len(s.s)-1]; s.s = s.s[:len(s.s)-1]; return }
func (s stack[E, S]) top(n int) S  { return s.s[len(s.s)-n:] }
func wrapped[W interface{ ~struct{ list[E] } }, E any](w W) string {
	return fmt.Sprintf("%T", w)
}

type ints []int

func (s ints) Len() int           { return len(s) }
func (s ints) Less(i, j int) bool { return s[i] > s[j] }
func (s ints) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

type emb[T any] struct {
	list[T]
	*node[T]
	extra []emb[T]
}
type W struct{ list[int] }

type visitor[R any] interface {
	num(int) R
	add(a, b expr) R
}
type expr interface{ str() string }
type lit int
type plus struct{ a, b expr }

func (l lit) str() string  { return strconv.Itoa(int(l)) }
func (p plus) str() string { return "(" + p.a.str() + "+" + p.b.str() + ")" }
func visit[R any](e expr, v visitor[R]) R {
	switch e := e.(type) {
	case lit:
		return v.num(int(e))
	case plus:
		return v.add(e.a, e.b)
	}
	panic("expr")
}

type eval struct{}
type show[S ~string] struct{ pre S }

func (eval) num(i int) int        { return i }
func (v eval) add(a, b expr) int  { return visit(a, v) + visit(b, v) }
func (s show[S]) num(i int) S     { return s.pre + S(strconv.Itoa(i)) }
func (s show[S]) add(a, b expr) S { return visit(a, visitor[S](s)) + "," + visit(b, visitor[S](s)) }

func main() {
	fmt.Println(parse[num]("1", "22"))
	_, err := parse[num]("x")
	fmt.Println(err)
	var t *tree[string, int]
	for i, k := range []string{"m", "c", "x", "a", "d", "m"} {
		t = t.put(k, i)
	}
	for k, v := range t.all() {
		if k == "x" {
			break
		}
		fmt.Print(k, v, " ")
	}
	fmt.Println(slices.Sorted(maps.Keys(maps.Collect(t.all()))))
	l := new(list[string]).add("a").add("b")
	l.each(func(s string) { fmt.Print(s, " ") })
	each := (*list[string]).each
	each(l, func(s string) { fmt.Print(s, l.size, " ") })
	fmt.Println(least(ver{2, 1}, ver{1, 9}, ver{1, 3}))
	fmt.Println(sum(map[sq]int{{2}: 3}), sum(map[*circ]int{{1}: 2, {2}: 1}), sum(map[interface {
		area() float64
	}]int{sq{1}: 1, &circ{1}: 1}))
	var s stack[int, ints]
	s.push(3, 1, 2)
	sort.Sort(s.s)
	fmt.Printf("%T %v %v %v\n", s.top(2), s.top(2), s.pop(), s.s)
	fmt.Println(wrapped(W{}), wrapped(struct{ list[string] }{}))
	e := emb[int]{}
	e.add(1).add(2)
	e.node = &node[int]{val: 3}
	e.node.each(func(i int) { fmt.Print(i) })
	e.list.each(func(i int) { fmt.Print(i) })
	fmt.Println(e.size, e.val, len(e.extra))
	x := plus{lit(1), plus{lit(2), lit(3)}}
	fmt.Println(visit(x, visitor[int](eval{})), visit[string](x, show[string]{"n"}), x.str())
	fmt.Printf("%T %T %T\n", show[string]{}, tree[int, map[string]list[bool]]{}, emb[*W]{}.extra)
}
