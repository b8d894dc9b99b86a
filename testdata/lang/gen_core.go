// run

// Operations on operands of type parameters: index, slice, range, make, append, copy, send, call, literals, conversions, len of constants.
package main

import "fmt"

type bytestr interface{ ~string | ~[]byte }
type myBytes []byte

func count[T bytestr](t T, b byte) (n int) {
	for i := 0; i < len(t); i++ {
		if t[i] == b {
			n++
		}
	}
	return
}
func sub[T bytestr](t T, i, j int) T { return t[i:j] }
func app[T bytestr](b []byte, t T) []byte {
	b = append(b, t...)
	n := copy(b, t)
	return append(b, byte('0'+n))
}
func same[A, B bytestr](a A, b B) bool { return string(a) == string(b) }
func rng[T ~string](t T) (r []rune) {
	for _, c := range t {
		r = append(r, c)
	}
	return
}
func ranged[T ~[]E, E any](t T) (r []E) {
	for _, e := range t {
		r = append(r, e)
	}
	return
}
func idx[T ~[]int | ~[3]int | ~*[3]int](t T) int       { return t[1] }
func set[T ~[]int | ~*[3]int](t T, v int)              { t[1] = v }
func mk[S ~[]E, E any](n int) S                        { return make(S, n, 2*n) }
func mkm[M ~map[K]V, K comparable, V any](k K, v V) M  { return M{k: v} }
func mkc[C ~chan E, E any](e E) C                      { c := make(C, 1); c <- e; return c }
func lit[S ~struct{ a, b int }](a int) S               { return S{a: a, b: -a} }
func arr[A ~[3]int]() A                                { return A{2: 7} }
func recv[C ~chan E | ~<-chan E, E any](c C) (E, bool) { e, ok := <-c; return e, ok }
func call[F ~func(A) R, A, R any](f F, a A) R          { return f(a) }
func length[T ~[4]int | ~*[4]int](t T) int             { return len(t) + cap(t) }
func clr[T ~[]int | ~map[int]int](t T) T               { clear(t); return t }
func del[M ~map[K]V, K comparable, V any](m M, k K)    { delete(m, k) }
func ptr[P ~*E, E any](p P, e E) E                     { o := *p; *p = e; return o }
func bits[T ~int8 | ~uint16 | ~int](t T) T             { return ^t&0x7f | t<<2>>1&^1 }
func shift[T ~uint8 | ~int32, U ~uint | ~int64](t T, u U) T {
	return t<<u | 1<<u>>u
}
func cmp[T comparable](a, b T) string {
	switch a {
	case b:
		return "same"
	}
	var z T
	return fmt.Sprint(a == z, b != z, any(a) == any(b))
}
func kind[T any](t T) string {
	switch any(t).(type) {
	case int, string:
		return "basic"
	case []T:
		return "slice of itself"
	case interface{ m() T }:
		return "m"
	case fmt.Stringer:
		return "stringer"
	}
	var a any = new(T)
	switch p := a.(type) {
	case *int:
		return "pointer"
	case *T:
		return fmt.Sprintf("other %T", p)
	}
	return ""
}
func typed[T, U any](u U) (string, bool) {
	t, ok := any(u).(T)
	return fmt.Sprintf("%v %T", t, t), ok
}

type M struct{}

func (M) m() M { return M{} }

func fl[T ~float32 | ~float64 | ~complex128](t T) T { return t*t/3 + 0.5 }
func constant[T ~int8 | ~float32]() (T, T) {
	const c = 100
	return c, T(c) + c/2
}

type fun func(string) int
type alist [4]int

func zero[T any]() (t T) { return *new(T) }

func main() {
	fmt.Println(count("banana", 'a'), count(myBytes("abca"), 'a'), sub("hello", 1, 3), sub(myBytes("hello"), 1, 3))
	fmt.Println(string(app([]byte("xy"), "abc")), string(app([]byte("xy"), myBytes("d"))), same("a", myBytes("a")), rng("aé€"))
	a3 := [3]int{1, 2, 3}
	fmt.Println(ranged([]string{"a"}), ranged(a3[:]))
	m := map[int]int{1: 11}
	fmt.Println(idx(a3[:]), idx(a3), idx(&a3))
	set(a3[:], 9)
	set(&a3, 8)
	fmt.Println(a3, m, len(mk[myBytes](3)), cap(mk[[]string](3)), mkm[map[string]bool]("k", true))
	c := mkc[chan int](5)
	fmt.Println(recv(c))
	close(c)
	fmt.Println(recv(c))
	fmt.Println(lit[struct{ a, b int }](4), arr[[3]int]())
	fmt.Println(call(fun(func(s string) int { return len(s) }), "four"), length(alist{}), length((*[4]int)(nil)))
	fmt.Println(clr([]int{1, 2}), clr(map[int]int{1: 1}))
	del(m, 1)
	x := 5
	fmt.Println(m, ptr(&x, 6), x, bits(int8(5)), bits(uint16(300)), bits(-77))
	fmt.Println(shift(uint8(200), uint(3)), shift(int32(5), int64(40)), cmp(1, 1), cmp("a", ""), cmp[any](2, nil), cmp(M{}, M{}))
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(shift(uint8(1), int64(-1)))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(cmp[any]([]int{}, []int{}))
	}()
	fmt.Println(kind(1), kind("s"), kind(M{}), kind(int8(1)), kind[any](1), kind[error](nil))
	fmt.Println(typed[int](5))
	fmt.Println(typed[string](5))
	fmt.Println(typed[error](fmt.Errorf("e")))
	fmt.Println(fl(float32(2)), fl(2.0), fl(2i))
	fmt.Println(constant[int8]())
	fmt.Println(constant[float32]())
	fmt.Println(zero[*int]() == nil, zero[[2]string](), zero[fmt.Stringer]() == nil)
}
