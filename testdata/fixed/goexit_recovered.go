// run

// A panic in a function deferred under Goexit, recovered further out: Goexit goes on with the calls that are left.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	f := sync.OnceFunc(func() { runtime.Goexit() })
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			defer func() { fmt.Println("rec", recover()) }()
			f()
		})
		wg.Wait()
	}
	g := sync.OnceValue(func() int { panic("x") })
	for range 2 {
		func() {
			defer func() { fmt.Println("rec", recover()) }()
			g()
		}()
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { fmt.Println("outer", recover()) }()
		func() {
			defer func() { panic("in deferred") }()
			runtime.Goexit()
		}()
		fmt.Println("not reached")
	}()
	<-done
}
