// errors -lang=go1.25

package p

type ordered[T ordered[T]] interface{ less(T) bool }
type node[T node[T]] struct{ t T }
type base struct{ id, n int }
type derived struct{ base }
type alias[T any] = []T

func f[T ordered[T]](a, b T) bool { return a.less(b) }
func g[S ~[]E | ~string, E any](s S) {
	for range s {
	}
}

func main() {
	_ = new(5)
	p := new(f)
	_ = new(main())
	_ = new(alias[int])
	_ = new(alias[int]{1})
	_ = derived{id: 1, n: 2}
	_ = []derived{{id: 1}}
	_ = map[string]derived{"a": {n: 1}}
	_ = p
}

func (b base) gm[A, B any](a A) (r B) { return }
