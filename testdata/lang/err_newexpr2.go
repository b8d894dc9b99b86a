// errors

package p

type T struct{ x int }

func two() (int, int) { return 1, 2 }
func none()           {}
func gen[X any](x X) *X {
	_ = new(X)
	_ = new(x)
	var y *int = new(x)
	return new(X(x))
}

const c = 10

var _ = new(undefined)
var _ *int8 = new(1)
var _ *float64 = new(1)
var _ *any = new(1)
var _ *any = new(any(1))
var _ **int = new(new(1))
var _ *int = new(c)
var _ *uint8 = new(uint8(300))
var _ = new(1 << 64)
var _ = new(1<<63 - 1)
var _ = new('a' + 1.5)

func main() {
	_ = new()
	_ = new(int, 3)
	_ = new(1, 2)
	_ = new(two())
	_ = new(none())
	_ = new(nil)
	_ = new(none)
	_ = new(gen)
	_ = new(gen[int])
	_ = new(T)
	_ = new(T{1})
	_ = new(T{"s"})
	_ = new(T.x)
	_ = new(len)
	_ = new(len("abc"))
	_ = new(_)
	_ = new(main)
	_ = new(struct{ x int })
	_ = new([...]int{1, 2})
	_ = new([...]int)
	_ = new(1 == 2)
	new(3)
	new(int)
	*new(3) = 4
	*new(3)++
	new(3) = nil
	const k = *new(3)
	const n = len(new([3]int{}))
	const m = len(new([3]int))
	var s []int = new(3)
	i := 2
	_ = new(1 << i)
	_ = new(1.0 << i)
	var f *float64 = new(1 << i)
	_ = new(float64(1 << i))
	_ = &new(3)
	p := new(T{1}).x
	new := 5
	_ = new(3)
	_, _, _ = s, f, p
}
