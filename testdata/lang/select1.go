// run

// select with the forms of assignment, nil channels, generics, labels, defer, and evaluation of all operands first.
package main

import "fmt"

var trace []string

func at[T any](s string, t T) T { trace = append(trace, s); return t }

type box struct {
	v  int
	ok bool
	a  [2]int
}

func recv[T any](c <-chan T, d <-chan T) (t T, which int, ok bool) {
	select {
	case t, ok = <-c:
		which = 1
	case t, ok = <-d:
		which = 2
	}
	return
}

func trySend[C ~chan T, T any](c C, t T) bool {
	select {
	case c <- t:
		return true
	default:
		return false
	}
}

func loop(c chan int) (s string) {
	defer func() { s += fmt.Sprint(" ", recover()) }()
outer:
	for i := 0; ; i++ {
		select {
		case v := <-c:
			switch {
			case v < 3:
				s += fmt.Sprint(v)
				continue outer
			case v == 3:
				break
			default:
				break outer
			}
			s += "three"
		case c <- i:
			if i > 9 {
				panic(i)
			}
		}
	}
	return
}

func main() {
	c := make(chan int, 1)
	c <- 5
	b := box{}
	m := map[string]int{}
	select {
	case b.a[at("index", 1)], b.ok = <-at("chan", c):
	case at("nil chan", (chan int)(nil)) <- at("value", 1):
	case m[at("key", "k")] = <-(chan int)(nil):
	}
	fmt.Println(b, m, trace)
	d := make(chan string)
	close(d)
	fmt.Println(recv(nil, d))
	e := make(chan any, 1)
	fmt.Println(trySend(e, any(1)), trySend(e, nil), trySend((chan int)(nil), 3))
	fmt.Println(recv(e, nil))
	fmt.Println(loop(make(chan int, 1)))
	func() {
		defer func() { fmt.Println(recover()) }()
		select {
		case d <- "x":
		default:
		}
	}()
	n := 0
	for range 1000 {
		x, y := make(chan bool, 1), make(chan bool, 1)
		x <- true
		y <- false
		select {
		case <-x:
			n++
		case <-y:
			n--
		}
	}
	fmt.Println(n > -300, n < 300)
	select {
	case v, ok := <-d:
		v += "q"
		fmt.Println(v, ok)
	}
	var i any
	f := make(chan error, 1)
	f <- nil
	select {
	case i = <-f:
		fmt.Println(i == nil)
	}
}
