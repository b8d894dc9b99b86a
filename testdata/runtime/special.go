// run stress

// Finalizers, cleanups and weak pointers.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
	"unique"
	"weak"
)

type res struct {
	next *res
	id   int
}

var got = make(chan int, 100)

//go:noinline
func makeFinalized(n int) {
	for i := range n {
		r := &res{id: i, next: &res{id: 1000 + i}}
		runtime.SetFinalizer(r, func(r *res) { got <- r.id + r.next.id })
	}
}

//go:noinline
func makeCleaned(n int) {
	for i := range n {
		r := &res{id: i}
		runtime.AddCleanup(r, func(id int) { got <- id }, i)
	}
}

//go:noinline
func makeWeak() weak.Pointer[res] {
	r := &res{id: 7}
	w := weak.Make(r)
	if w.Value().id != 7 || w != weak.Make(r) {
		panic("weak pointer to a live object")
	}
	return w
}

// clobber leaves nothing of dead frames behind.
//
//go:noinline
func clobber(n int) int {
	var a [100]int
	if n > 0 {
		a[n] = clobber(n - 1)
	}
	return a[n%7] + n
}

func collect(n int) (sum int) {
	for range n {
		for {
			runtime.GC()
			select {
			case v := <-got:
				sum += v
			case <-time.After(10 * time.Millisecond):
				continue
			}
			break
		}
	}
	return sum
}

func main() {
	makeFinalized(10)
	clobber(20)
	fmt.Println(collect(10))
	makeCleaned(10)
	clobber(20)
	fmt.Println(collect(10))
	w := makeWeak()
	clobber(20)
	for w.Value() != nil {
		runtime.GC()
	}
	fmt.Println("weak pointer cleared")
	a, b := unique.Make("x"+fmt.Sprint(1)), unique.Make("x1")
	runtime.GC()
	fmt.Println(a == b, a.Value())
	p := sync.Pool{New: func() any { return new(res) }}
	x := p.Get().(*res)
	x.id = 5
	p.Put(x)
	runtime.GC()
	runtime.GC()
	fmt.Println(p.Get().(*res).id)
	keep := &res{id: 9}
	runtime.SetFinalizer(keep, func(*res) { panic("finalized while reachable") })
	runtime.GC()
	fmt.Println(keep.id)
	runtime.SetFinalizer(keep, nil)
}
