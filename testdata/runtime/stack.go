// run stress

// Stacks grow, move and shrink under pointers into them.
package main

import (
	"fmt"
	"runtime"
)

func deep(n int) int {
	var a [64]int
	a[n%64] = n
	if n == 0 {
		return 0
	}
	return deep(n-1) + a[n%64] - n + 1
}

type link struct {
	up *link
	v  int
}

// chain keeps a list that lies in the frames themselves.
func chain(up *link, n int) int {
	l := link{up, n}
	if n == 0 {
		s := 0
		for p := &l; p != nil; p = p.up {
			s += p.v
		}
		return s
	}
	return chain(&l, n-1)
}

// grow lets a closure write variables of frames that move below it.
func grow(n int, f func(int)) {
	var pad [32]byte
	pad[n%32] = byte(n)
	f(int(pad[n%32]))
	if n > 0 {
		grow(n-1, f)
	}
}

func deferred(n int) (r int) {
	defer func() { r += n }()
	if n > 0 {
		return deferred(n - 1)
	}
	return 0
}

func recovered(n int) (err any) {
	defer func() {
		if r := recover(); r != nil {
			err = r
		}
	}()
	if n == 0 {
		panic("bottom")
	}
	if e := recovered(n - 1); e != nil {
		panic(fmt.Sprint(e, "."))
	}
	return nil
}

func main() {
	fmt.Println(deep(20000))
	fmt.Println(chain(nil, 2000))
	sum := 0
	grow(300, func(x int) { sum += x })
	fmt.Println(sum)
	fmt.Println(deferred(500))
	fmt.Println(recovered(20))
	done := make(chan int)
	for i := range 20 {
		go func() {
			x := deep(100*i) + chain(nil, 10*i)
			runtime.Gosched()
			done <- x
		}()
	}
	total := 0
	for range 20 {
		total += <-done
	}
	fmt.Println(total)
	// A parked goroutine's stack shrinks at a collection, with a channel operation pointing into it.
	c := make(chan int)
	go func() {
		deep(2000)
		var x int
		p := &x
		for v := range c {
			*p += v
		}
		c2 <- x
	}()
	for i := range 100 {
		c <- i
		if i%20 == 0 {
			runtime.GC()
		}
	}
	close(c)
	fmt.Println(<-c2)
}

var c2 = make(chan int)
