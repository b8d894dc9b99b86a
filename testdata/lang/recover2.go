// run

// Panics: recover in nested and deferred calls, panics in deferred functions, Goexit, results that defers change, wrapped errors.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

type T struct{ n int }

func (t T) val()  { fmt.Println("T.val", recover() != nil) }
func (t *T) ptr() { fmt.Println("T.ptr", recover() != nil, t.n) }

func helper() any { return recover() }

func show(name string, f func()) {
	defer func() {
		r := recover()
		if e, ok := r.(runtime.Error); ok {
			fmt.Printf("%s: runtime error: %s\n", name, strings.TrimPrefix(e.Error(), "runtime error: "))
			return
		}
		fmt.Printf("%s: %v (%T)\n", name, r, r)
	}()
	f()
}

func named() (x int, err error) {
	defer func() {
		if r := recover(); r != nil {
			x, err = x*2, fmt.Errorf("wrapped: %v", r)
		}
	}()
	x = 21
	panic("stop")
}

func again() (s string) {
	defer func() { s += fmt.Sprint(" 3:", recover()) }()
	defer func() {
		s += fmt.Sprint(" 2:", recover())
		panic("second")
	}()
	defer func() { s += " 1" }()
	panic("first")
}

func replaced() (s string) {
	defer func() {
		r := recover()
		s = fmt.Sprint(r)
	}()
	defer func() {
		defer func() { fmt.Println("inner sees", recover()) }()
		panic("replaces")
	}()
	panic("original")
}

func loops() (n int) {
	for i := range 3 {
		func() {
			defer func() {
				if recover() != nil {
					n += i
				}
			}()
			if i%2 == 0 {
				panic(i)
			}
		}()
	}
	return
}

func deferOrder() {
	for i := range 3 {
		defer func(j int) { fmt.Print(i, j, " ") }(i * 10)
	}
	var f func()
	defer func() { fmt.Println("nil func:", recover()) }()
	defer f()
	f = func() {}
}

func goexit() {
	done := make(chan string, 3)
	go func() {
		defer close(done)
		defer func() { done <- fmt.Sprint("recover in Goexit: ", recover()) }()
		func() {
			defer func() { done <- "deferred" }()
			runtime.Goexit()
		}()
		done <- "never"
	}()
	for s := range done {
		fmt.Println(s)
	}
}

func goexitInPanic() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer runtime.Goexit()
		panic("dropped")
	}()
	<-done
	fmt.Println("Goexit ended the panic")
}

type myErr struct{ code int }

func (e *myErr) Error() string { return fmt.Sprint("code ", e.code) }

func main() {
	fmt.Println(named())
	fmt.Println(again())
	fmt.Println(replaced())
	fmt.Println(loops())
	deferOrder()
	goexit()
	goexitInPanic()
	show("method", func() { defer T{1}.val(); panic(1) })
	show("pointer method", func() { t := T{1}; defer t.ptr(); t.n = 2; panic(1) })
	show("not in a deferred", func() { helper(); recover() })
	show("helper", func() { defer func() { fmt.Println(helper()) }(); panic("not recovered by helper") })
	show("direct helper", func() { defer helper(); panic("recovered") })
	show("builtin", func() { defer recover(); panic("recover itself does not") })
	show("print", func() { defer fmt.Println("printed"); panic(&myErr{3}) })
	show("nil", func() { panic(nil) })
	show("error", func() { panic(errors.New("an error")) })
	show("index", func() { var a []int; _ = a[len(a)] })
	show("slice", func() { a := make([]int, 2); i := 5; _ = a[i:] })
	show("slice3", func() { a := make([]int, 2); i, j := 2, 1; _ = a[i:j:2] })
	show("string", func() { s := "abc"; i := -1; _ = s[i] })
	show("array", func() { var a [3]int; i := 3; a[i]++ })
	show("convert", func() { _ = [4]int([]int{1}) })
	show("nil map", func() { var m map[string]int; m["a"]++ })
	show("nil pointer", func() { var t *T; t.n++ })
	show("divide", func() { z := 0; _ = 1 / z })
	show("shift", func() { s := -1; _ = 1 << s })
	show("makeslice", func() { n := -1; _ = make([]int, n) })
	show("makeslice cap", func() { n := 1; _ = make([]int, 2, n) })
	show("makechan", func() { n := -1; _ = make(chan int, n) })
	show("close nil", func() { var c chan int; close(c) })
	show("close twice", func() { c := make(chan int); close(c); close(c) })
	show("send closed", func() { c := make(chan int, 1); close(c); c <- 1 })
	show("assert", func() { _ = any("s").(int) })
	show("assert nil", func() { var e error; _ = e.(*myErr) })
	show("assert method", func() { _ = any(T{}).(error) })
	show("hash", func() { m := map[any]int{}; m[[]int{}] = 1 })
	show("compare", func() { a, b := any(func() {}), any(func() {}); _ = a == b })
	show("compare deep", func() {
		type s struct{ a any }
		fmt.Println(any(s{[]int{}}) == any(s{[]int{}}))
	})
	show("unwrap", func() {
		err := fmt.Errorf("a: %w", fmt.Errorf("b: %w", &myErr{7}))
		var m *myErr
		fmt.Println(errors.As(err, &m), m.code, err)
		panic(err)
	})
}
