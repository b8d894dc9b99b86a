// run -nostress

// Objects that only variables in a frame refer to die when these are not used any more, as under gc: what a
// finalizer sets shows when.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type object struct{ data [8]int }

type holder struct {
	name string
	p    *object
	next *holder
}

func watched(dead *atomic.Bool) *object {
	o := new(object)
	runtime.SetFinalizer(o, func(*object) { dead.Store(true) })
	return o
}

// isDead collects until the finalizer has run, or a few times in vain.
//
//go:noinline
func isDead(dead *atomic.Bool) bool {
	for range 5 {
		runtime.GC()
		for range 20 {
			if dead.Load() {
				return true
			}
			time.Sleep(100 * time.Microsecond)
		}
	}
	return dead.Load()
}

//go:noinline
func use(h *holder) *object { return h.p }

// An addressed variable, reached through a pointer only.
func addressed() (before, after bool) {
	var dead atomic.Bool
	h := holder{name: "h", p: watched(&dead)}
	p := &h
	before = isDead(&dead)
	use(p)
	after = isDead(&dead)
	return
}

// A chain of variables in the frame.
func chain() (before, after bool) {
	var dead atomic.Bool
	a := holder{name: "a", p: watched(&dead)}
	b := holder{name: "b", next: &a}
	c := holder{name: "c", next: &b}
	use(&c)
	before = isDead(&dead)
	if c.next.next.name != "a" {
		panic(c.next.next.name)
	}
	after = isDead(&dead)
	return
}

// One part of a variable is overwritten, the other used later.
func parts() (before, after bool, name string) {
	var dead atomic.Bool
	h := holder{name: "parts", p: watched(&dead)}
	before = isDead(&dead)
	use(&h)
	h.p = nil
	after = isDead(&dead)
	return before, after, use2(&h)
}

//go:noinline
func use2(h *holder) string { return h.name }

// What a channel delivered last is not kept while the next receive waits.
func received() bool {
	var dead atomic.Bool
	c := make(chan *object, 1)
	done := make(chan bool)
	go func() {
		for o := range c {
			o.data[0]++
		}
		done <- true
	}()
	c <- watched(&dead)
	r := isDead(&dead)
	close(c)
	<-done
	return r
}

// A deferred function needs the variable until the end, by any way out.
func deferred() (during bool, name string) {
	var dead atomic.Bool
	h := holder{name: "deferred", p: watched(&dead)}
	defer func() {
		recover()
		name = fmt.Sprint(h.name, " ", use(&h) != nil, " ", isDead(&dead))
	}()
	during = isDead(&dead)
	var null *holder
	null.name = "x"
	return
}

// Array elements chosen at run time.
func elements(n int) (before, after bool) {
	var dead atomic.Bool
	var a [4]holder
	for i := range a {
		a[i] = holder{name: "e", p: new(object)}
	}
	a[n].p = watched(&dead)
	before = isDead(&dead)
	for i := range a {
		use(&a[i])
	}
	after = isDead(&dead)
	return
}

func main() {
	fmt.Println(addressed())
	fmt.Println(chain())
	fmt.Println(parts())
	fmt.Println(received())
	fmt.Println(deferred())
	fmt.Println(elements(len(fmt.Sprint("xy"))))
}
