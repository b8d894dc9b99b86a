// errors

package p

type a interface {
	[]int | map[int]int
}
type b interface {
	chan int | <-chan int
}
type c interface{ chan<- int | <-chan int }
type d interface{ func(int) | func(string) }
type e interface{ struct{ x int } | struct{ x, y int } }
type f interface{ *[3]int | []int }
type g interface{ ~string | []byte | []rune }
type h interface{ int | float64 | string }
type i interface{ *int | *string }
type j interface{ [2]int | [3]int }

func fa[T a](t T) {
	_ = t[0]
	t[0] = 1
	_ = t[0:1]
	for k, v := range t {
		_, _ = k, v
	}
	_ = len(t) + cap(t)
	_ = append(t, 1)
	delete(t, 1)
	clear(t)
	_ = T{1: 2}
	_ = make(T, 1)
	_ = t == nil
}
func fb[T b](t T) { <-t; t <- 1; close(t); for range t {}; _ = cap(t); _ = make(T) }
func fc[T c](t T) { <-t; t <- 1; close(t); for range t {} }
func fd[T d](t T) { t(1); t("a"); go t(1) }
func fe[T e](t T) { _ = t.x; _ = T{x: 1}; _ = T{} }
func ff[T f](t T) { _ = t[1]; t[1] = 2; _ = t[:]; for range t {}; _ = len(t); _ = *t; _ = append(t, 1) }
func fg[T g](t T) {
	_ = t[0]
	t[0] = 1
	_ = t[1:]
	_ = string(t)
	_ = []byte(t)
	_ = append([]byte{}, t...)
	copy([]byte{}, t)
	for range t {
	}
	_ = t + t
	_ = T("a")
	_ = T(nil)
	_ = []rune(t)
}
func fh[T h](t T) {
	_ = t + t
	_ = t - t
	_ = t % t
	_ = t << 1
	_ = -t
	_ = t < t
	_ = T(1)
	_ = T("a")
	_ = float64(t)
	_ = t == 1
	t++
	t += "a"
	const k = T(1)
	switch t {
	case 1:
	}
	switch any(t).(type) {
	case T:
	case int:
	}
	switch t.(type) {
	}
	_ = t.(int)
	var _ int = t
	var _ T = 1
	var _ any = t
	_ = &t == nil
}
func fi[T i](t T) { _ = *t; *t = 1; _ = t == nil; _ = T(nil); _ = new(*t) }
func fj[T j](t T) { _ = t[2]; _ = t[1]; const n = len(t); _ = len(t); _ = T{1, 2}; _ = t == t; for i := range t { _ = i } }

var _ a
var _ []h
var _ any = (*i)(nil)
