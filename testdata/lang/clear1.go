// run

// clear on maps, slices and type parameters: NaN keys, aliasing, iteration while clearing, evaluation.
package main

import (
	"fmt"
	"math"
)

type bag map[string][]int
type vec []struct {
	p *int
	s string
}

func wipe[T vec | bag | map[string]bool](t T) { clear(t) }
func wipeAny[K comparable, V any, M ~map[K]V](m M) int {
	defer clear(m)
	return len(m)
}

type owner struct {
	bag
	calls int
}

func (o *owner) get() bag { o.calls++; return o.bag }

func main() {
	nan := map[float64]string{math.NaN(): "a", math.NaN(): "b", 1: "c", math.Inf(1): "d", 0: "z"}
	delete(nan, math.NaN())
	fmt.Println(len(nan))
	clear(nan)
	fmt.Println(len(nan), nan)
	nan[math.NaN()] = "again"
	fmt.Println(len(nan))

	base := []int{1, 2, 3, 4, 5}
	clear(base[1:3])
	fmt.Println(base, len(base), cap(base))
	clear(base[5:])
	clear([]int(nil))
	clear(map[int]int(nil))
	x := 3
	v := vec{{&x, "a"}, {&x, "b"}}
	w := v[1:]
	wipe(w)
	fmt.Println(v[0].p == &x, v[1].p == nil, v[1].s == "", len(w))
	b := bag{"a": {1}, "b": nil}
	c := b
	wipe(b)
	fmt.Println(len(c), b != nil, wipeAny(map[int]int{1: 1, 2: 2}))

	o := &owner{bag: bag{"k": {1}}}
	clear(o.get())
	fmt.Println(o.calls, len(o.bag))
	m := map[int]int{}
	for i := range 100 {
		m[i] = i
	}
	n := 0
	for range m {
		n++
		clear(m)
	}
	fmt.Println(n, len(m))
	for i := range 20 {
		m[i] = -i
	}
	n = 0
	for k, v := range m {
		if k != -v {
			fmt.Println("bad", k, v)
		}
		if n++; n == 3 {
			clear(m)
			m[1000] = -1000
		}
	}
	fmt.Println(n == 3 || n == 4, len(m), m[1000])
	big := make([][40]string, 50)
	for i := range big {
		big[i][39] = "x"
	}
	clear(big[10:40])
	k := 0
	for i := range big {
		k += len(big[i][39])
	}
	fmt.Println(k, wipeAny(map[any]any{1: 2, "a": nil}))
	func() {
		defer func() { fmt.Println(recover(), len(m)) }()
		defer clear(m)
		panic("after")
	}()
	z := make([]struct{}, 5)
	clear(z)
	clear(clearer{1: true}.self())
	fmt.Println(len(z))
	iface := map[any]int{1: 1}
	clear(iface)
	iface[[1]any{2}]++
	fmt.Println(iface)
}

type clearer map[int]bool

func (c clearer) self() clearer { fmt.Println("self", len(c)); return c }
