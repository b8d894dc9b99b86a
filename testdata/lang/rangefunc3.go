// run

// Misuse of yield: the exact panics of the checks around a body.
package main

import "fmt"

var kept func(int) bool

func try(name string, f func()) {
	defer func() {
		e := recover()
		fmt.Printf("%s: %v (%T)\n", name, e, e)
		if err, ok := e.(error); ok {
			fmt.Println("  error:", err.Error())
		}
	}()
	f()
	fmt.Print("returned, ")
}

func ignores(yield func(int) bool) {
	yield(1)
	yield(2)
}
func keeps(yield func(int) bool) { kept = yield; yield(1) }
func late(yield func(int) bool) {
	defer yield(9)
	yield(1)
}
func recoversAndGoesOn(yield func(int) bool) {
	func() {
		defer func() { fmt.Print("got ", recover(), "; ") }()
		yield(1)
	}()
	yield(2)
}
func recoversAndReturns(yield func(int) bool) {
	defer func() { recover() }()
	yield(1)
}
func threads(yield func(int) bool) {
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }()
		yield(5)
	}()
	fmt.Print("other: ", <-done, "; ")
}
func panics(yield func(int) bool) {
	defer func() { panic(fmt.Sprint("replaced ", recover())) }()
	yield(1)
}
func reenters(yield func(int) bool) {
	n := 0
	for range func(y func() bool) {
		for y() {
		}
	} {
		if n++; n > 2 || !yield(n) {
			return
		}
	}
}

var nilSeq func(func(int) bool)

func main() {
	try("goes on after break", func() {
		for range ignores {
			break
		}
	})
	try("goes on after return", func() {
		for x := range ignores {
			if x == 1 {
				return
			}
		}
	})
	try("called after the loop", func() {
		for range keeps {
		}
		kept(2)
	})
	try("called after break", func() {
		for range keeps {
			break
		}
		kept(2)
	})
	try("deferred call", func() {
		for x := range late {
			fmt.Print("x", x, " ")
		}
	})
	try("deferred call after break", func() {
		for range late {
			break
		}
	})
	try("body panics, goes on", func() {
		for x := range recoversAndGoesOn {
			panic(x)
		}
	})
	try("body panics, swallowed", func() {
		for x := range recoversAndReturns {
			panic(x)
		}
	})
	try("other goroutine", func() {
		for x := range threads {
			fmt.Print("body ", x, "; ")
		}
	})
	try("other goroutine panics", func() {
		for x := range threads {
			panic(fmt.Sprint("body ", x))
		}
	})
	try("panic replaced", func() {
		for x := range panics {
			panic(x)
		}
	})
	try("nested", func() {
		for x := range reenters {
			fmt.Print(x, " ")
		}
	})
	try("nested stop", func() {
		for range reenters {
			for range ignores {
				break
			}
		}
	})
	try("inside body", func() {
		for x := range keeps {
			if x == 1 {
				kept(2)
			}
		}
	})
	try("nil", func() {
		for range nilSeq {
		}
	})
	try("continue outer with misuse", func() {
	outer:
		for i := range 2 {
			for range ignores {
				fmt.Print("i", i, " ")
				continue outer
			}
		}
	})
}
