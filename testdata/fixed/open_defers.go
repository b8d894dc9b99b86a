// run

// Deferred calls that the function makes itself at its end, and what panics, recoveries and Goexit make of them.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
)

type t struct {
	mu sync.Mutex
	n  int
}

func (x *t) locked(f func()) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	f()
	x.n++
	return x.n
}

type point struct{ a, b, c, d, e int }

func (p point) show(s string) { fmt.Println(s, p.a, p.e) }

type shower interface{ show(string) }

func several(k int) (r int) {
	defer func() { r *= 2 }()
	if k > 0 {
		defer fmt.Println("k", k)
	}
	if k > 1 {
		defer point{k, 2, 3, 4, 5}.show("value")
		var s shower = point{e: k}
		defer s.show("interface")
		k = 100
	}
	switch {
	case k == 0:
		return 1
	case k == 1:
		return 2
	}
	return k
}

func recovers(n int) (r string, err error) {
	defer func() { r += "-first" }()
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("recovered %v", x)
		}
	}()
	defer func() { r += "-last" }()
	if n == 0 {
		panic("zero")
	}
	defer func() {
		if n == 1 {
			panic("in a deferred call")
		}
	}()
	if n == 2 {
		var p *t
		p.n++
	}
	return "returned", nil
}

func nested() (s string) {
	defer func() { s += fmt.Sprint(" outer:", recover()) }()
	func() {
		defer func() { s += fmt.Sprint(" inner:", recover()) }()
		defer func() { panic("second") }()
		panic("first")
	}()
	defer func() {
		defer func() { s += fmt.Sprint(" deep:", recover()) }()
		panic("third")
	}()
	panic("fourth")
}

// recover in a call that no panic made.
func noPanic() (r any) {
	defer func() { r = recover() }()
	return 1
}

func indirect() {
	defer func() { recover() }()
	defer func() {
		// This frame's deferred call is no call of the panic's.
		func() { defer helper("direct") }()
	}()
	panic("seen by the first only")
}

func helper(s string) { fmt.Println(s, recover()) }

func nilFunc() (s string) {
	defer func() { s = fmt.Sprint(recover() != nil, s) }()
	var f func()
	defer f()
	s = "reached"
	return
}

func captured() []func() int {
	var out []func() int
	for i := range 3 {
		out = append(out, func() (r int) {
			x := i
			defer func() { r = x }()
			x += 10
			return -1
		})
	}
	return out
}

func big(a [40]int, f func(*[40]int)) (r [40]int) {
	defer f(&r)
	defer func() { recover() }()
	r = a
	if a[0] == 7 {
		panic(errors.New("big"))
	}
	return
}

func collected(n int) (s int) {
	p := new([100]int)
	p[3] = n
	defer func() { s += p[3] }()
	defer func(q *[100]int) { s += q[3] }(p)
	for range 50 {
		_ = make([]byte, 10_000)
	}
	if n == 0 {
		return 0
	}
	return collected(n - 1)
}

func eight() (s string) {
	defer func() { s += "1" }()
	defer func() { s += "2" }()
	defer func() { s += "3" }()
	defer func() { s += "4" }()
	defer func() { s += "5" }()
	defer func() { s += "6" }()
	defer func() { recover(); s += "7" }()
	defer func() { s += "8"; panic("8") }()
	return
}

func main() {
	var x t
	x.locked(func() {})
	func() {
		defer func() { fmt.Println(recover()) }()
		x.locked(func() { panic("locked") })
	}()
	fmt.Println(x.locked(func() {}))
	for k := range 3 {
		fmt.Println(several(k))
	}
	for n := range 4 {
		fmt.Println(recovers(n))
	}
	fmt.Println(nested())
	fmt.Println(noPanic())
	indirect()
	fmt.Println(nilFunc())
	for _, f := range captured() {
		fmt.Println(f())
	}
	fmt.Println(big([40]int{1, 2}, func(p *[40]int) { p[1] = 9 }), big([40]int{7}, func(p *[40]int) { p[1]++ }))
	fmt.Println(collected(20), eight())
	done := make(chan string, 3)
	go func() {
		defer close(done)
		defer func() { done <- fmt.Sprint("goexit ", recover()) }()
		func() {
			defer func() { done <- "inside" }()
			runtime.Goexit()
		}()
	}()
	for s := range done {
		fmt.Println(s)
	}
}
