// run -status=2 -stderr -until=goroutine

// All goroutines asleep, after a deferred call has run in another.
package main

import "fmt"

func main() {
	c := make(chan int)
	done := make(chan bool)
	go func() {
		defer close(done)
		defer fmt.Println("ends")
	}()
	<-done
	for range c {
	}
}
