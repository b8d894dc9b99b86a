// errors

package p

type arr [3]int

func f[T any, A ~[2]T, S ~[]T](s S, t []T, p *[2]T) {
	_ = A(s)
	_ = [2]T(t)
	_ = (*[2]T)(s)
	_ = [2]int(s)
	_ = A(p)
	_ = []T(p[:])
	_ = S(p)
}

func g[T [2]int | []int | string](t T) {
	_ = [2]int(t)
	_ = []int(t)
}

func main() {
	s := []int{1, 2, 3}
	_ = [3]int8(s)
	_ = (*[3]int8)(s)
	_ = arr(s)
	_ = [3]int("abc")
	_ = [3]byte("abc")
	_ = (*arr)(s)
	_ = **arr(s)
	_ = [-1]int(s)
	_ = [...]int(s)
	_ = arr(nil)
	_ = arr([]int8{})
	_ = ([]int)([3]int{})
	_ = arr([3]int8{})
	_ = [3]int([2]int{})
	_ = (*[3]int)([3]int{})
	_ = (*[3]int)(&[4]int{})
	_ = [2]int(s...)
	_ = [2]int(s, s)
	_ = [2]int()
	const c = len([3]int(s))
	const d = len([3]int{})
	var e [d]int = [3]int(s)
	arr(s)[0] = 1
	(*arr)(s)[0] = 1
	_ = &arr(s)
	_ = arr(s)[:]
	_ = arr(s)[5]
	_, _ = e, c
}
