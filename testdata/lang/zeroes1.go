// run

// Zero-size values: arrays, structs, channels, maps, slices, ranges, pointers, generics, embedded at the end of structs.
package main

import "fmt"

type none struct{}
type tail struct {
	n int
	none
	_ [0]func()
}
type gen[T any] struct {
	a T
	b [0]T
	n int8
}

func (none) m() string            { return "none" }
func (n *none) p() bool           { return n != nil }
func id[T any](t T) (r T, a [2]T) { return t, [2]T{t, t} }
func each[T any](ts ...T) (n int) {
	for range ts {
		n++
	}
	return
}
func (g gen[T]) size() int { return len(g.b) + int(g.n) }

func main() {
	var a [1 << 20]none
	var z [0]int
	s := make([]none, 10, 20)
	s = append(s, none{}, a[5])
	fmt.Println(len(a), len(z), len(s), s[3].m(), a[100].p(), len(append(s, s...)))
	n := 0
	for i := range a {
		n += i & 1
	}
	for range z {
		n = -1
	}
	for _, v := range s[8:] {
		n += len(v.m())
	}
	m := map[none]int{}
	m[none{}]++
	m[struct{}{}]++
	mz := map[[0]string]string{{}: "z"}
	fmt.Println(n, m, mz[[0]string{}], each(none{}, none{}), each[[0]int]())
	c := make(chan none, 3)
	c <- none{}
	c <- a[0]
	close(c)
	for v := range c {
		fmt.Print(v.m(), len(c), " ")
	}
	v, ok := <-c
	r, ra := id(none{})
	fmt.Println(v == none{}, ok, r, ra, any(none{}) == any(none{}), any(none{}) == any(struct{}{}))
	t := tail{n: 5}
	t.none = r
	ts := []tail{t, {n: 7}}
	fmt.Println(t.m(), ts[1].n, ts[1].p(), len(ts))
	g := gen[none]{n: 3}
	h := gen[string]{"x", [0]string{}, 4}
	fmt.Println(g.size(), h.size(), g == gen[none]{n: 3}, h)
	f := func(none, [0]int, struct{ a, b none }) (none, int) { return none{}, 9 }
	_, x := f(none{}, z, struct{ a, b none }{})
	fmt.Println(x, copy(s, s[2:]), [2][0]int{} == [2][0]int{}, z == [0]int{})
	defer func(none) { fmt.Println(recover()) }(none{})
	_ = s[len(s)]
}
