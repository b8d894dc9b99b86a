// Programs for Tools/bench-runtime.py: the first argument names one, the second is how often.
// It prints nanoseconds per operation, and for some the resident memory in KB.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

type node struct{ l, r *node }

func build(d int) *node {
	if d == 0 {
		return &node{}
	}
	return &node{build(d - 1), build(d - 1)}
}

type (
	p16  struct{ a, b *int }
	p64  struct{ a [8]*int }
	p1k  struct{ a [128]*int }
	b16  struct{ a [2]int }
	b64  struct{ a [8]int }
	b1k  struct{ a [128]int }
	b32k struct{ a [4096]int }
	p32k struct{ a [4096]*int }
)

var sink any

func alloc[T any](n int) {
	var keep [64]*T
	for i := range n {
		keep[i%64] = new(T)
	}
	sink = keep
}

func create(n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go wg.Done()
	}
	wg.Wait()
}

func pingPong(n, size int) {
	a, b := make(chan int, size), make(chan int, size)
	go func() {
		for v := range a {
			b <- v
		}
	}()
	for i := range n {
		a <- i
		<-b
	}
	close(a)
}

func stream(n, size int) {
	a := make(chan int, size)
	go func() {
		for i := range n {
			a <- i
		}
		close(a)
	}()
	for range a {
	}
}

func select2(n int) {
	a, b := make(chan int), make(chan int)
	send := func(c chan int) {
		for range n / 2 {
			c <- 1
		}
	}
	go send(a)
	go send(b)
	for range n / 2 * 2 {
		select {
		case <-a:
		case <-b:
		}
	}
}

func select8(n int) {
	var c [8]chan int
	for i := range c {
		c[i] = make(chan int)
		go func() {
			for range n / 8 {
				c[i] <- 1
			}
		}()
	}
	for range n / 8 * 8 {
		select {
		case <-c[0]:
		case <-c[1]:
		case <-c[2]:
		case <-c[3]:
		case <-c[4]:
		case <-c[5]:
		case <-c[6]:
		case <-c[7]:
		}
	}
}

func mutex(n, workers int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	x := 0
	for range workers {
		wg.Go(func() {
			for range n / workers {
				mu.Lock()
				x++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

func parked(n int) {
	var wg sync.WaitGroup
	stop := make(chan int)
	for range n {
		wg.Add(1)
		go func() { <-stop; wg.Done() }()
	}
	runtime.Gosched()
	fmt.Println("rss", resident())
	close(stop)
	wg.Wait()
}

func timers(n int) {
	for range n {
		time.NewTimer(time.Hour).Stop()
	}
}

func timersHeld(n int) {
	all := make([]*time.Timer, n)
	for i := range all {
		all[i] = time.NewTimer(time.Hour + time.Duration(i%1000))
	}
	for _, t := range all {
		t.Stop()
	}
}

func trees(n int) {
	long := build(16)
	for range n {
		sink = build(12)
	}
	sink = long
}

func parallelTrees(n int) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range n / 4 {
				build(12)
			}
		})
	}
	wg.Wait()
}

func maps(n int) {
	m := map[int]int{}
	for i := range n {
		m[i*7] = i
	}
	s := 0
	for k, v := range m {
		s += k ^ v
	}
	sink = s
}

func deep(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n-1) + 1
}

// resident reads the process's memory in KB.
func resident() int {
	data, _ := os.ReadFile("/proc/self/statm")
	f := strings.Fields(string(data))
	pages, _ := strconv.Atoi(f[1])
	return pages * 4
}

var programs = map[string]func(int){
	"create":           create,
	"ping-pong":        func(n int) { pingPong(n, 0) },
	"ping-pong-buf":    func(n int) { pingPong(n, 8) },
	"stream":           func(n int) { stream(n, 0) },
	"stream-buf":       func(n int) { stream(n, 128) },
	"select2":          select2,
	"select8":          select8,
	"mutex":            func(n int) { mutex(n, 1) },
	"mutex-contended":  func(n int) { mutex(n, 8) },
	"parked":           parked,
	"timer-start-stop": timers,
	"timers-held":      timersHeld,
	"alloc-16":         alloc[b16],
	"alloc-16-ptr":     alloc[p16],
	"alloc-64":         alloc[b64],
	"alloc-64-ptr":     alloc[p64],
	"alloc-1k":         alloc[b1k],
	"alloc-1k-ptr":     alloc[p1k],
	"alloc-32k":        alloc[b32k],
	"alloc-32k-ptr":    alloc[p32k],
	"trees":            trees,
	"trees-parallel":   parallelTrees,
	"map":              maps,
	"recursion":        func(n int) { sink = deep(n) },
}

func main() {
	n, _ := strconv.Atoi(os.Args[2])
	start := time.Now()
	programs[os.Args[1]](n)
	d := time.Since(start)
	fmt.Println("ns", float64(d.Nanoseconds())/float64(n))
}
