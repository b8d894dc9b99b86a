// run

// defer, recover and panics in the bodies of ranges over functions.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type seq[T any] func(func(T) bool)

func from[T any](ts ...T) seq[T] {
	return func(yield func(T) bool) {
		defer fmt.Print("[it] ")
		for _, t := range ts {
			if !yield(t) {
				return
			}
		}
	}
}

func deferred() (r string) {
	defer func() { r += "." }()
	for s := range from("a", "b", "c") {
		defer func() { r += s }()
		for n := range from(1, 2) {
			defer func() { r += fmt.Sprint(n); n++ }()
			if s == "b" {
				return "ret:"
			}
		}
	}
	return "end:"
}

func recovers() (r any) {
	for i := range from(1, 2, 3) {
		defer func() {
			if e := recover(); e != nil {
				r = fmt.Sprint(r, " recovered ", e, " at ", i)
				panic(fmt.Sprint("again", i))
			}
		}()
		if i == 3 {
			panic("boom")
		}
	}
	return "not reached"
}

func outer() (r any) {
	defer func() { r = fmt.Sprint("outer saw ", recover()) }()
	return recovers()
}

// swallow recovers what the body panics with; the loop's function sees the loop as ended by a panic.
func swallow(yield func(int) bool) {
	defer func() { fmt.Print("swallowed ", recover(), "; ") }()
	yield(1)
	yield(2)
}

func ignoring() (r string) {
	defer func() {
		e := recover()
		if re, ok := e.(runtime.Error); ok {
			r = "runtime: " + re.Error()
		} else {
			r = fmt.Sprint("plain: ", e)
		}
	}()
	for i := range swallow {
		if i == 1 {
			panic("lost")
		}
	}
	return "returned"
}

func exits() (s string) {
	c := make(chan string)
	go func() {
		defer close(c)
		defer func() { c <- fmt.Sprint("recovered ", recover()) }()
		for i := range from(1, 2) {
			defer func() { c <- fmt.Sprint("deferred ", i) }()
			if i == 2 {
				runtime.Goexit()
			}
		}
	}()
	for x := range c {
		s += x + ","
	}
	return
}

type list struct {
	next *list
	v    int
}

func (l *list) all(yield func(*list) bool) {
	for ; l != nil && yield(l); l = l.next {
	}
}

func deferLoop(l *list) (out strings.Builder) {
	defer func() { out.WriteString("]") }()
	for x := range l.all {
		defer fmt.Fprint(&out, x.v, " ")
		x.v *= 10
	}
	out.WriteString("[")
	return
}

func nestedFuncs() (r int) {
	for i := range from(1, 2, 3) {
		r += func() (n int) {
			defer func() { n *= 2 }()
			for j := range from(10, 20) {
				defer func() { n += j }()
				if j == i*10 {
					return i
				}
			}
			return 100
		}()
	}
	return
}

func main() {
	fmt.Println(deferred())
	fmt.Println(outer())
	fmt.Println(ignoring())
	fmt.Println(exits())
	b := deferLoop(&list{&list{nil, 2}, 1})
	fmt.Println(b.String() == "[")
	fmt.Println(nestedFuncs())
}
