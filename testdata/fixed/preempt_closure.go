// run
// A closure in its caller's frame, stopped in its prologue while another goroutine collects: its context
// is the only way to what it captured.
package main

import (
	"fmt"
	"runtime"
)

type node struct {
	name string
	next *node
}

//go:noinline
func pair(n int) *node {
	var list *node
	var names []string
	add := func() {
		list = &node{names[0] + names[1], list}
		names = nil
	}
	for i := range 2 {
		if i > 0 {
			add()
		}
		names = append(names, fmt.Sprint(n), fmt.Sprint("/", i))
	}
	add() // the last use of names is behind this call
	return list
}

func check(l *node, n int) {
	for i := 1; i >= 0; i-- {
		if want := fmt.Sprintf("%d/%d", n, i); l.name != want {
			panic(l.name + " is not " + want)
		}
		l = l.next
	}
}

func main() {
	done := make(chan bool)
	for range 4 {
		go func() {
			for i := range 500 {
				check(pair(i), i)
				runtime.Gosched()
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
	fmt.Println("ok")
}
