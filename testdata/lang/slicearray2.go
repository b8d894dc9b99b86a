// run

// Order of evaluation and copies around conversions to arrays; large and zero-size elements.
package main

import "fmt"

type big struct {
	pad [100]int
	p   *int
}
type none struct{}

var trace []string

func log[T any](what string, v T) T {
	trace = append(trace, what)
	return v
}

func results() ([]int, int) { return []int{1, 2, 3}, 4 }

type holder struct{ a [2]big }

func (h holder) sum() (n int) {
	for i := range h.a {
		n += *h.a[i].p + h.a[i].pad[99]
	}
	return
}

func swap(s []int) { *(*[2]int)(s), *(*[2]int)(s[2:]) = [2]int(s[2:]), [2]int(s) }

func defers(s []int) (r [2]int) {
	defer func(a [2]int) { fmt.Println("deferred", a, r) }([2]int(s))
	s[0] = 50
	defer fmt.Println([2]int(s), "first")
	return [2]int(s[1:])
}

func main() {
	x, y := 5, 6
	bs := make([]big, 3)
	bs[0].p, bs[1].p, bs[2].p = &x, &y, &x
	bs[1].pad[99] = 1000
	h := holder{[2]big(bs)}
	bs[1].pad[99] = 1
	fmt.Println(h.sum(), holder{[2]big(bs[1:])}.sum())
	h.a = *(*[2]big)(bs)
	fmt.Println(h.sum())

	z := make([]none, 1<<40)
	fmt.Println(len([1 << 40]none(z)), [3]none(z) == [3]none{}, [2]struct{}{} == [2]struct{}([]struct{}{{}, {}}))

	s := []int{1, 2, 3, 4}
	swap(s)
	fmt.Println(s, defers([]int{7, 8, 9}))

	i := log("index", 1)
	a := [2]int(log("slice", s)[log("low", i):])
	a[log("at", 0)], s[log("at2", 1)] = [2]int(log("right", s))[1], log("last", 77)
	fmt.Println(a, s, trace)

	t, n := results()
	var f func() [3]int
	f = func() [3]int { return [3]int(t) }
	t[0] = n
	fmt.Println(f(), func(v [2]int) int { v[0]++; return v[0] }([2]int(t)), t)

	c := make(chan [2]int, 1)
	c <- [2]int(t)
	t[1] = 99
	var i1, i2 any = <-c, [2]int(t)
	fmt.Println(i1, i2, i1 == i2, i1 == any([2]int{4, 2}))
	switch [2]int(t) {
	case [2]int{4, 99}:
		fmt.Println("equal")
	default:
		fmt.Println("different")
	}
	t = append(t[:0], (*[3]int)(t)[1:]...)
	fmt.Println(t, copy(t, (*[2]int)(s)[:]), t)
	// A conversion whose result is dropped still checks.
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = (*[4]int)(t)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		for range [4]int(t) {
			fmt.Println("no")
		}
	}()
}
