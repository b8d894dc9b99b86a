// run

// select in all its forms, sync, context, worker pools.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func order(name string, c chan int) chan int { fmt.Print(name, " "); return c }

func forms() {
	a, b := make(chan int, 1), make(chan int, 1)
	select {
	case v := <-order("a", a):
		fmt.Println("got", v)
	case order("b", b) <- func() int { fmt.Print("value "); return 5 }():
		fmt.Println("sent")
	}
	select {
	case v, ok := <-b:
		fmt.Println(v, ok)
	default:
		fmt.Println("default")
	}
	select {
	case <-b:
	default:
		fmt.Println("empty")
	}
	close(b)
	var arr [2]int
	i := 0
	select {
	case arr[i], _ = <-b:
		fmt.Println("closed", arr)
	}
	var never chan int
	select {
	case <-never:
	case never <- 1:
	case <-time.After(time.Millisecond):
		fmt.Println("timeout")
	}
	counts := [3]int{}
	x, y, z := make(chan int), make(chan int), make(chan struct{})
	go func() {
		for k := range 100 {
			if k%2 == 0 {
				x <- k
			} else {
				y <- k
			}
		}
		close(z)
	}()
loop:
	for {
		select {
		case <-x:
			counts[0]++
			continue loop
		case <-y:
			counts[1]++
		case <-z:
			break loop
		}
	}
	fmt.Println(counts)
}

func pool() {
	jobs := make(chan int)
	results := make(chan int, 10)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for j := range jobs {
				results <- j * j
			}
		})
	}
	go func() {
		for i := range 50 {
			jobs <- i
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	sum := 0
	for r := range results {
		sum += r
	}
	fmt.Println("sum", sum)
}

func syncs() {
	var mu sync.RWMutex
	var n atomic.Int64
	m := map[int]int{}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			m[i%5]++
			mu.Unlock()
			n.Add(int64(i))
			mu.RLock()
			_ = m[0]
			mu.RUnlock()
		}()
	}
	wg.Wait()
	fmt.Println(m, n.Load())
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	f := sync.OnceValue(func() int { fmt.Println("computed"); return 9 })
	fmt.Println(f(), f())
	var sm sync.Map
	sm.Store("k", 1)
	v, loaded := sm.LoadOrStore("k", 2)
	fmt.Println(v, loaded)
	c := sync.NewCond(&sync.Mutex{})
	ready := false
	go func() { c.L.Lock(); ready = true; c.L.Unlock(); c.Broadcast() }()
	c.L.Lock()
	for !ready {
		c.Wait()
	}
	c.L.Unlock()
	p := sync.Pool{New: func() any { return "new" }}
	fmt.Println(p.Get())
}

type key struct{}

func contexts() {
	ctx, cancel := context.WithCancelCause(context.WithValue(context.Background(), key{}, "value"))
	fmt.Println(ctx.Value(key{}), ctx.Err())
	child, stop := context.WithTimeout(ctx, time.Hour)
	defer stop()
	cancel(errors.New("cause"))
	<-child.Done()
	fmt.Println(child.Err(), context.Cause(child))
	late, stop2 := context.WithTimeout(context.Background(), time.Millisecond)
	defer stop2()
	<-late.Done()
	fmt.Println(late.Err(), errors.Is(late.Err(), context.DeadlineExceeded))
}

func main() {
	forms()
	pool()
	syncs()
	contexts()
}
