// run -status=2 -stderr -until=goroutine

// An uncaught panic in a body, after deferred calls of the body and of the iterator have run.
package main

import "os"

type seq func(yield func(int) bool)

func nums(yield func(int) bool) {
	defer println("iterator's defer")
	for i := 0; yield(i); i++ {
	}
}

func (s seq) skip(n int) seq {
	return func(yield func(int) bool) {
		defer func() { println("skip sees", recover() != nil); panic("changed") }()
		for i := range s {
			if i >= n && !yield(i) {
				return
			}
		}
	}
}

type err struct{ code int }

func (e err) Error() string { return "error of type err" }

func body() (n int) {
	defer func() { println("function's defer", n) }()
	for i := range seq(nums).skip(2) {
		n += i
		defer println("body's defer", i)
		if i == 4 {
			panic(err{i})
		}
	}
	return
}

func main() {
	defer os.Stderr.WriteString("main's defer\n")
	body()
}
