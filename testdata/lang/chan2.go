// run

// Channels and select: nil, closed, directions, values in select evaluated in order, send and receive of large values, ranges, cap and len.
package main

import (
	"fmt"
	"sync"
	"time"
)

type big struct {
	a [30]int
	s string
}

var order []string

func ch[T any](n string, c chan T) chan T { order = append(order, n); return c }
func val[T any](n string, v T) T          { order = append(order, n); return v }

func producer(n int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := range n {
			c <- i
		}
	}()
	return c
}

func filter(in <-chan int, ok func(int) bool) <-chan int {
	out := make(chan int, 1)
	go func() {
		defer close(out)
		for v := range in {
			if ok(v) {
				out <- v
			}
		}
	}()
	return out
}

func primes(n int) (r []int) {
	c := make(chan int)
	quit := make(chan struct{})
	defer close(quit)
	go func(c chan<- int) {
		for i := 2; ; i++ {
			select {
			case c <- i:
			case <-quit:
				return
			}
		}
	}(c)
	var in <-chan int = c
	for range n {
		p := <-in
		r = append(r, p)
		next := make(chan int)
		go func(in <-chan int, out chan<- int) {
			for {
				select {
				case v := <-in:
					if v%p != 0 {
						select {
						case out <- v:
						case <-quit:
							return
						}
					}
				case <-quit:
					return
				}
			}
		}(in, next)
		in = next
	}
	return
}

func main() {
	a, b := make(chan int, 1), make(chan string, 1)
	m := map[string]int{}
	var arr [2]string
	a <- 5
	select {
	case m[val("key", "k")] = <-ch("a", a):
	case ch("b", make(chan string)) <- val("sent", "s"):
	}
	fmt.Println(order, m)
	order = nil
	b <- "str"
	var ok bool
	i := 1
	select {
	case arr[i], ok = <-b:
		i = 0
	case <-a:
	}
	fmt.Println(arr, ok, i)
	close(b)
	s, ok := <-b
	fmt.Printf("%q %v %d %d\n", s, ok, len(b), cap(b))
	var nilc chan int
	select {
	case nilc <- 1:
		panic("")
	case <-nilc:
		panic("")
	default:
		fmt.Println("default")
	}
	l := make(chan big, 2)
	v := big{s: "x"}
	v.a[29] = 9
	l <- v
	v.a[29] = 10
	l <- v
	w := <-l
	fmt.Println(w.a[29], (<-l).a[29], len(l))
	sum := 0
	for v := range filter(producer(20), func(i int) bool { return i%3 == 0 }) {
		sum += v
		if v == 9 {
			continue
		}
	}
	fmt.Println(sum, primes(8))
	cc := make(chan chan int, 1)
	inner := make(chan int, 1)
	cc <- inner
	inner <- 3
	fmt.Println(<-<-cc)
	var send chan<- int = inner
	var recv <-chan int = inner
	send <- 4
	fmt.Println(<-recv, any(send) == any(recv), len(recv), send == inner, recv == inner)
	fc := make(chan func() (int, string), 1)
	fc <- func() (int, string) { return 1, "f" }
	fmt.Println((<-fc)())
	e := make(chan error, 2)
	e <- nil
	e <- fmt.Errorf("e")
	fmt.Println(<-e, <-e)
	done := make(chan struct{})
	var mu sync.Mutex
	n := 0
	for range 10 {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			if n++; n == 10 {
				close(done)
			}
		}()
	}
	<-done
	timeout := time.After(time.Hour)
	ready := make(chan int)
	go func() {
		for i := range 3 {
			ready <- i
		}
		close(ready)
	}()
	count := 0
loop:
	for {
		select {
		case _, ok := <-ready:
			if !ok {
				break loop
			}
			count++
		case <-timeout:
			panic("late")
		}
	}
	fmt.Println(n, count)
	c0 := make(chan struct{}, 3)
	c0 <- struct{}{}
	c0 <- struct{}{}
	for i := range cap(c0) - 1 {
		_, ok := <-c0
		fmt.Print(i, ok, " ")
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		close(c0)
		select {
		case c0 <- struct{}{}:
		default:
		}
	}()
	select {
	case x := <-c0:
		fmt.Println("zero", x)
	}
	type T struct{ c chan T }
	t := T{make(chan T, 1)}
	t.c <- t
	fmt.Println((<-t.c).c == t.c)
}
