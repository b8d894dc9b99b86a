// run -stderr
package main

type number interface {
	~int | ~int64 | ~float64
}

func sum[T number](xs []T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func mapf[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

type stack[T any] struct{ items []T }

func (s *stack[T]) push(x T) { s.items = append(s.items, x) }
func (s *stack[T]) pop() (x T, ok bool) {
	if len(s.items) == 0 {
		return
	}
	x = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, true
}

type pair[K comparable, V any] struct {
	k K
	v V
}

func lookup[K comparable, V any](ps []pair[K, V], k K) (V, bool) {
	for _, p := range ps {
		if p.k == k {
			return p.v, true
		}
	}
	var zero V
	return zero, false
}

type list[T any] struct {
	next *list[T]
	val  T
}

func (l *list[T]) all() func(yield func(int, T) bool) {
	return func(yield func(int, T) bool) {
		i := 0
		for n := l; n != nil; n = n.next {
			if !yield(i, n.val) {
				return
			}
			i++
		}
	}
}

type myInt int

func (m myInt) String() string { return "myInt" }

type stringer interface{ String() string }

func join[T stringer](xs ...T) (s string) {
	for _, x := range xs {
		s += x.String()
	}
	return
}

func ptr[T any](v T) *T { return &v }

func main() {
	println(sum([]int{1, 2, 3}), sum([]float64{1.5, 2.5}) == 4, sum([]myInt{1, 2}))
	for _, s := range mapf([]int{1, 2}, func(i int) string { return string(rune('a' + i)) }) {
		print(s, " ")
	}
	println()
	var st stack[string]
	st.push("x")
	st.push("y")
	v, ok := st.pop()
	println(v, ok, len(st.items))
	ps := []pair[string, int]{{"a", 1}, {"b", 2}}
	println(lookup(ps, "b"))
	println(lookup(ps, "c"))
	l := &list[string]{&list[string]{&list[string]{nil, "3"}, "2"}, "1"}
	for i, s := range l.all() {
		if i == 2 {
			break
		}
		println(i, s)
	}
	println(join(myInt(1), myInt(2)), *ptr(5), *ptr("s"))
	var x any = stack[int]{}
	_, isInt := x.(stack[int])
	_, isStr := x.(stack[string])
	println(isInt, isStr)
}
