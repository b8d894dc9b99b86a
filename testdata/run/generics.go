// run -stderr

package main

type number interface {
	~int | ~int64 | ~float64
}

func sum[T number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func mapTo[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

type list[T any] struct {
	head *node[T]
	n    int
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *list[T]) push(v T) { l.head = &node[T]{v, l.head}; l.n++ }
func (l *list[T]) all(yield func(int, T) bool) {
	i := 0
	for n := l.head; n != nil; n = n.next {
		if !yield(i, n.v) {
			return
		}
		i++
	}
}

type set[K comparable] map[K]struct{}

func (s set[K]) has(k K) bool { _, ok := s[k]; return ok }

type pair[A, B any] struct {
	a A
	b B
}

func (p pair[A, B]) swap() pair[B, A] { return pair[B, A]{p.b, p.a} }

type celsius float64
type vec[T any] = []T

func ptr[T any](v T) *T { return &v }

type tree[T interface{ less(T) bool }] struct {
	l, r *tree[T]
	v    T
}

func (t *tree[T]) insert(v T) *tree[T] {
	if t == nil {
		return &tree[T]{v: v}
	}
	if v.less(t.v) {
		t.l = t.l.insert(v)
	} else {
		t.r = t.r.insert(v)
	}
	return t
}
func (t *tree[T]) walk(f func(T)) {
	if t != nil {
		t.l.walk(f)
		f(t.v)
		t.r.walk(f)
	}
}

type num int

func (a num) less(b num) bool { return a < b }

func main() {
	println(sum(1, 2, 3), int(sum(1.5, 2.5)), int(sum[celsius](1, 2)))
	for _, s := range mapTo([]int{1, 2}, func(i int) string { return string(rune('a' + i)) }) {
		print(s, " ")
	}
	println()
	var l list[string]
	l.push("x")
	l.push("y")
	for i, v := range l.all {
		print(i, v, " ")
	}
	println(l.n)
	println(set[int]{1: {}}.has(1), set[string]{}.has(""))
	p := pair[int, string]{1, "one"}.swap()
	println(p.a, p.b, *ptr(p.b), len(vec[int]{1, 2}))
	var t *tree[num]
	for _, v := range []num{5, 2, 8, 1} {
		t = t.insert(v)
	}
	t.walk(func(n num) { print(n, " ") })
	println()
}
