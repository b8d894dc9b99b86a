// run

// Type parameters whose constraints refer to the type that is being declared (1.26), and other recursive bounds.
package main

import (
	"fmt"
	"strings"
)

type adder[A adder[A]] interface{ add(A) A }
type ordered[O ordered[O]] interface {
	comparable
	less(O) bool
}
type node[N node[N]] interface {
	children() []N
	label() string
}
type visitor[V visitor[V, R], R any] interface {
	visit(int) (V, R)
}
type pointerTo[T any] interface {
	*T
	reset(T)
}

type vec [2]int

func (v vec) add(w vec) vec   { return vec{v[0] + w[0], v[1] + w[1]} }
func (v vec) less(w vec) bool { return v[0] < w[0] || v[0] == w[0] && v[1] < w[1] }

type word string

func (w word) add(o word) word  { return w + o }
func (w word) less(o word) bool { return len(w) < len(o) }

type tree struct {
	name string
	kids []*tree
}

func (t *tree) children() []*tree { return t.kids }
func (t *tree) label() string     { return t.name }

type matrix[A adder[A]] [][]A

func (m matrix[A]) add(o matrix[A]) matrix[A] {
	for i := range m {
		for j := range m[i] {
			m[i][j] = m[i][j].add(o[i][j])
		}
	}
	return m
}

func sum[A adder[A]](first A, rest ...A) A {
	for _, a := range rest {
		first = first.add(a)
	}
	return first
}
func top[O ordered[O]](os ...O) (m O) {
	seen := map[O]int{}
	for i, o := range os {
		if seen[o]++; i == 0 || m.less(o) {
			m = o
		}
	}
	return
}
func show[N node[N]](n N, depth int, sb *strings.Builder) {
	fmt.Fprint(sb, strings.Repeat(".", depth), n.label(), " ")
	for _, c := range n.children() {
		show(c, depth+1, sb)
	}
}

type counter int

func (c counter) visit(i int) (counter, string) { return c + counter(i), fmt.Sprint(int(c), "+", i) }

func walk[V visitor[V, R], R any](v V, is ...int) (V, []R) {
	var rs []R
	for _, i := range is {
		var r R
		v, r = v.visit(i)
		rs = append(rs, r)
	}
	return v, rs
}

type cell struct{ n int }

func (c *cell) reset(o cell) { c.n = o.n * 2 }

func fresh[T any, P pointerTo[T]](t T) T {
	var n T
	P(&n).reset(t)
	return n
}

type linked[L linked[L]] interface {
	~*E | ~*F
	comparable
	next() L
}
type E struct{ n *E }
type F struct{ n *F }

func (e *E) next() *E { return e.n }
func (f *F) next() *F { return f.n }
func length[L linked[L]](l L) (n int) {
	for ; l != nil; l = l.next() {
		n++
	}
	return
}

type Expr[T Expr[T]] interface{ simplify() T }
type lit int

func (l lit) simplify() lit { return l / 2 }
func fix[T interface {
	Expr[T]
	comparable
}](t T) (n int) {
	for s := t.simplify(); s != t; t, s = s, s.simplify() {
		n++
	}
	return
}

func main() {
	fmt.Println(sum(vec{1, 2}, vec{3, 4}, vec{5, 6}), sum[word]("a", "b", "c"))
	m := matrix[vec]{{{1, 1}, {2, 2}}}
	fmt.Println(sum(m, matrix[vec]{{{10, 20}, {30, 40}}}), sum(matrix[matrix[word]]{{{{"x"}}}}, matrix[matrix[word]]{{{{"y"}}}}))
	fmt.Println(top(vec{1, 9}, vec{2, 0}, vec{2, 1}), top[word]("aa", "b", "cc"))
	var sb strings.Builder
	show(&tree{"r", []*tree{{"a", []*tree{{"b", nil}}}, {"c", nil}}}, 0, &sb)
	fmt.Println(sb.String())
	fmt.Println(walk(counter(1), 2, 3))
	fmt.Println(fresh(cell{21}), length(&E{&E{nil}}), length((*F)(nil)), fix(lit(100)))
}
