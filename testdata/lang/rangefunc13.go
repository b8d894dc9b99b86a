// run

// Ranges over functions: defers that run at the end of the function around, panics through several, labels and goto inside.
package main

import (
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strings"
)

func seq(n int, name string) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("end of", name)
		for i := range n {
			if !yield(i) {
				fmt.Println("stop", name, i)
				return
			}
		}
	}
}

func defers() (r string) {
	defer func() { r += " outer" }()
	for i := range seq(3, "a") {
		defer func() { r += fmt.Sprint(" d", i) }()
		for j := range seq(3, "b") {
			defer func() { r += fmt.Sprint(" e", i, j) }()
			if j == 1 {
				break
			}
		}
		if i == 1 {
			return "result"
		}
	}
	return "none"
}

func labels() {
outer:
	for i := range seq(4, "o") {
	middle:
		for j := range seq(4, "m") {
			for k := range seq(4, "i") {
				switch {
				case k == 1 && j == 0:
					continue middle
				case j == 1 && i == 0:
					continue outer
				case i == 1 && j == 1:
					break middle
				case i == 2:
					break outer
				}
				fmt.Println(i, j, k)
			}
		}
	}
	n := 0
again:
	for i := range seq(2, "g") {
		n++
		if n < 3 {
			goto again
		}
		if i == 0 {
			goto inside
		}
		fmt.Println("skipped once")
	inside:
		fmt.Println("inside", i, n)
	}
	for range seq(2, "sel") {
		select {
		default:
			break
		}
		switch {
		default:
			if n > 0 {
				break
			}
			fmt.Println("never")
		}
		n++
	}
	fmt.Println(n)
}

func recovers() (err error) {
	defer func() {
		if e, ok := recover().(error); ok {
			err = fmt.Errorf("recovered: %w", e)
		}
	}()
	for i := range seq(3, "p") {
		for range seq(1, "q") {
			defer func() { fmt.Println("deferred", i, recover() != nil) }()
		}
		if i == 1 {
			panic(errors.New("at 1"))
		}
	}
	return nil
}

func stubborn(yield func(int) bool) {
	for i := range 3 {
		yield(i)
	}
}
func swallow(yield func(int) bool) {
	defer func() { fmt.Println("swallowed", recover()) }()
	yield(1)
}
func later(keep *func(int) bool) iter.Seq[int] {
	return func(yield func(int) bool) { *keep = yield; yield(1) }
}

func misuse(name string, f func()) {
	defer func() {
		r := recover()
		if e, ok := r.(runtime.Error); ok {
			r = "runtime error " + strings.TrimPrefix(e.Error(), "runtime error: ")
		}
		fmt.Println(name, r)
	}()
	f()
}

func multi() (a, b int, c string) {
	for i := range seq(5, "r") {
		for j := range seq(5, "s") {
			if i*j == 2 {
				a, b = i, j
				return b, a, "x"
			}
		}
	}
	return
}

func nested() int {
	return func() int {
		for i := range seq(3, "n") {
			f := func() int {
				for j := range seq(3, "nn") {
					if j == i {
						return j * 10
					}
				}
				return -1
			}
			if v := f(); v == 10 {
				return v
			}
		}
		return 0
	}()
}

func main() {
	fmt.Println(defers())
	labels()
	fmt.Println(recovers())
	misuse("continues after break", func() {
		for i := range stubborn {
			fmt.Println(i)
			break
		}
	})
	misuse("swallows", func() {
		for range swallow {
			panic("mine")
		}
	})
	var keep func(int) bool
	misuse("used later", func() {
		for i := range later(&keep) {
			fmt.Println(i)
		}
		keep(2)
	})
	misuse("nil", func() {
		var f iter.Seq[int]
		for range f {
		}
	})
	misuse("goexit", func() {
		done := make(chan bool)
		go func() {
			defer close(done)
			for range seq(2, "x") {
				defer fmt.Println("deferred at goexit")
				runtime.Goexit()
			}
		}()
		<-done
	})
	fmt.Println(multi())
	fmt.Println(nested())
}
