// run

// Operations on type parameters without a core type, by the rules of 1.25, and on mixed type sets.
package main

import "fmt"

type bytes interface{ ~string | ~[]byte }
type chans[T any] interface{ ~chan T | <-chan T }
type sendable interface{ chan int | chan<- int }
type ints interface{ ~int8 | ~int64 | ~uint16 }
type floats interface{ ~float32 | ~float64 }
type maps interface {
	~map[string]int
}
type arrays interface{ [3]int | *[3]int | []int }

func copyAll[B bytes](dst []byte, b B) int      { return copy(dst, b) }
func appendAll[B bytes](dst []byte, b B) []byte { return append(dst, b...) }
func sub[B bytes](b B) B                        { return b[1:] }
func first[B bytes](b B) (r byte) {
	for i := range len(b) {
		r ^= b[i] + byte(i)
	}
	return
}
func send[C sendable](c C, v int) { c <- v }
func selectSend[C sendable](c C) (ok bool) {
	select {
	case c <- 5:
		ok = true
	default:
	}
	return
}
func drain[C chans[T], T any](c C) (out []T) {
	for v := range c {
		out = append(out, v)
	}
	v, ok := <-c
	return append(out, v, *new(T))[:len(out)+map[bool]int{false: 1, true: 2}[ok]]
}
func at[A arrays](a A, i int) int { return a[i] * len(a) }
func total[A arrays](a A) (n int) {
	for i := 0; i < len(a); i++ {
		n += a[i]
	}
	return n * cap(a)
}
func set[M maps](m M, k string) int {
	m[k]++
	m[k] <<= 2
	delete(m, "gone")
	v, ok := m[k]
	if !ok {
		return -1
	}
	return v + len(m)
}
func shifts[T ints](t T, n uint) [4]T { return [4]T{t << n, t >> n, -t, ^t &^ 1} }
func arith[T ints](a, b T) (r []T) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Print(e, " ")
		}
	}()
	r = append(r, a+b, a-b, a*b)
	return append(r, a/b, a%b)
}
func conv[T ints, F floats](f F) (T, F, string) { return T(f), F(T(f)) / 2, string(rune(T(f))) }
func lit[S ~[]E, E any](a, b E) S               { return S{a, b} }
func fields[T struct{ x int }](t T) T           { return t }
func cmp[T ints | floats | bytes](a, b T) bool  { return fmt.Sprint(a) < fmt.Sprint(b) }
func constant[T ints]() T                       { return 'a' + 1 - T(len([2]int{})) }
func fcall[F ~func(int) int](f F) int           { return f(f(2)) }

type myBytes []byte
type myChan chan string
type myMap map[string]int
type small int8
type inc func(int) int

func main() {
	buf := make([]byte, 4)
	fmt.Println(copyAll(buf, "hello"), string(buf), copyAll(buf, myBytes{'x'}), string(buf))
	fmt.Println(string(appendAll(buf, "!")), string(appendAll(nil, []byte("ab"))), sub("xyz"[:2]), first("ab"), first(myBytes{1, 2}))
	c := make(chan int, 2)
	send(c, 1)
	send((chan<- int)(c), 2)
	fmt.Println(selectSend(c), len(c))
	close(c)
	fmt.Println(drain(c))
	mc := make(myChan, 1)
	mc <- "m"
	close(mc)
	fmt.Println(drain(mc), drain((<-chan string)(mc)))
	a := [3]int{1, 2, 3}
	fmt.Println(at(a, 1), at(&a, 2), at(a[1:], 0), total(a), total(&a), total(a[:2]))
	fmt.Println(set(map[string]int{"gone": 1}, "k"), set(myMap{"k": 4}, "k"))
	fmt.Println(shifts[int8](-3, 1), shifts[uint16](40000, 15), shifts[int64](-1, 70), shifts[small](127, 8))
	fmt.Println(arith[int8](-128, -1), arith[uint16](1, 2), arith[small](7, 0), arith[int64](-7, 2))
	fmt.Println(conv[int8](65.9))
	fmt.Println(conv[uint16, float32](300.5))
	fmt.Println(lit[[]string]("a", "b"), lit[myBytes](1, 2), constant[small](), constant[uint16](), fcall(inc(func(i int) int { return i * 3 })))
	fmt.Println(cmp("b", "a"), cmp(1.5, 2.5), cmp(small(3), 2), fields(struct{ x int }{1}))
}
