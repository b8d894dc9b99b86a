// run stress

// Goroutines, channels, select, timers, locks, system calls that block, iter.Pull.
package main

import (
	"context"
	"fmt"
	"iter"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func stage(in <-chan int, out chan<- int) {
	for v := range in {
		out <- v + 1
	}
	close(out)
}

func main() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	m := map[int]string{}
	for i := range 200 {
		wg.Go(func() {
			s := fmt.Sprint(i)
			mu.Lock()
			m[i] = s
			mu.Unlock()
		})
	}
	wg.Wait()
	fmt.Println(len(m), m[77])

	first := make(chan int)
	in := first
	for range 30 {
		out := make(chan int)
		go stage(in, out)
		in = out
	}
	go func() {
		for i := range 50 {
			first <- i
		}
		close(first)
	}()
	sum := 0
	for v := range in {
		sum += v
	}
	fmt.Println(sum)

	a, b, quit := make(chan int), make(chan string, 3), make(chan bool)
	go func() {
		for i := range 10 {
			select {
			case a <- i:
			case b <- fmt.Sprint("s", i):
			}
		}
		close(quit)
	}()
	n := 0
	for open := true; open; {
		select {
		case <-a:
			n++
		case <-b:
			n++
		case <-quit:
			open = false
		}
	}
	fmt.Println(n + len(b))

	start := time.Now()
	time.Sleep(5 * time.Millisecond)
	fmt.Println(time.Since(start) >= 5*time.Millisecond)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	<-ctx.Done()
	cancel()
	fmt.Println(ctx.Err())
	t := time.AfterFunc(time.Hour, func() { panic("stopped timer fired") })
	fmt.Println(t.Stop(), t.Stop())
	tick := time.NewTicker(time.Millisecond)
	for range 3 {
		<-tick.C
	}
	tick.Stop()

	// A thread blocks in the kernel while others run.
	var p [2]int
	if err := syscall.Pipe(p[:]); err != nil {
		panic(err)
	}
	read := make(chan int)
	go func() {
		var buf [1]byte
		k, _ := syscall.Read(p[0], buf[:])
		read <- k
	}()
	time.Sleep(2 * time.Millisecond)
	syscall.Write(p[1], []byte("x"))
	fmt.Println(<-read)
	r, w, _ := os.Pipe()
	go func() {
		time.Sleep(time.Millisecond)
		w.Write([]byte("pipe"))
		w.Close()
	}()
	buf := make([]byte, 10)
	k, _ := r.Read(buf)
	fmt.Println(string(buf[:k]))

	next, stop := iter.Pull(func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	})
	for range 5 {
		v, _ := next()
		fmt.Print(v, " ")
	}
	stop()
	fmt.Println()

	// A goroutine that never calls anything that blocks does not keep others from running.
	var flag atomic.Bool
	go func() {
		time.Sleep(time.Millisecond)
		flag.Store(true)
	}()
	for !flag.Load() {
		busy(3)
	}
	fmt.Println("preempted")

	done := make(chan bool)
	go func() {
		runtime.LockOSThread()
		time.Sleep(time.Millisecond)
		done <- true
	}()
	<-done
	go func() {
		defer close(done)
		runtime.Goexit()
	}()
	<-done
	var once sync.Once
	cond := sync.NewCond(&mu)
	ready := 0
	for range 5 {
		go func() {
			once.Do(func() { time.Sleep(time.Millisecond) })
			mu.Lock()
			ready++
			cond.Broadcast()
			mu.Unlock()
		}()
	}
	mu.Lock()
	for ready < 5 {
		cond.Wait()
	}
	mu.Unlock()
	fmt.Println(ready)
}

//go:noinline
func busy(n int) int {
	if n == 0 {
		return 1
	}
	return busy(n-1) + 1
}
