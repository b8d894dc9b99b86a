// errors

package p

type a[T a[T]] interface{ m(T) }
type b[T b[T]] struct{ t T }
type c[T c[int]] interface{ m() }
type d[T, U d[T, U]] interface{ m(T) U }
type f[T interface{ f[T] }] interface{ m() }
type h[T h[T]] interface{ h[T] }
type i[T []i[T]] []T
type j[T j[j[T]]] interface{}
type l[T any] interface{ l[T] }
type m[T any] struct{ m[T] }
type n[T any] struct{ p *n[[]T] }
type o[T p[T]] interface{}
type p[T o[T]] interface{}

type ok struct{}

func (ok) m(ok) {}

type bad struct{}

func (bad) m(int) {}

func fa[T a[T]](t T) { t.m(t); t.m(1) }
func fd[T, U d[T, U]]() {}

var _ a[ok]
var _ b[b[int]]

func main() {
	fa(ok{})
	fa(bad{})
	fa(1)
	fa[a[ok]](nil)
	var _ interface{ a[ok] } = ok{}
	_ = b[int]{}
	var x n[int]
	_ = x
}
