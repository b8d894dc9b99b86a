// errors

package p

type I interface {
	plain()
	gm[X any](X) X
	gm2[X](X)
}
type T struct{}

func (T) empty[]()        {}
func (T) bad[X]()         {}
func (T) list[X, Y]()     {}
func (T) lit(f func[X any](X)) {}
func (t T[X]) recv[Y any](Y) {}
func (T) ok[X any, Y ~[]X]() {}

var f = func[X any](x X) {}

func main() {
	T{}.ok[int]
	T{}.ok[]()
	type local struct{ m[X any](X) }
}
