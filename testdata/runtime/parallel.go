// run stress

// Goroutines on several processors: channels, contended locks, allocation with collections, maps behind
// locks, work that is stolen, timers, and loops without calls.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

type tree struct{ l, r *tree }

func build(d int) *tree {
	if d == 0 {
		return &tree{}
	}
	return &tree{build(d - 1), build(d - 1)}
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	return 1 + t.l.count() + t.r.count()
}

func spin(n int) (x int) {
	for i := 0; i < n; i++ {
		x += i ^ x>>3
	}
	return x
}

func trees() {
	var wg sync.WaitGroup
	var total atomic.Int64
	for range 8 {
		wg.Go(func() {
			for range 4 {
				total.Add(int64(build(8).count()))
			}
		})
	}
	wg.Wait()
	fmt.Println("trees", total.Load())
}

func mutexes() {
	var mu sync.Mutex
	var rw sync.RWMutex
	n, m := 0, map[int]int{}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 500 {
				mu.Lock()
				n++
				mu.Unlock()
				if j%10 == 0 {
					rw.Lock()
					m[j]++
					rw.Unlock()
				} else {
					rw.RLock()
					_ = m[i]
					rw.RUnlock()
				}
			}
		})
	}
	wg.Wait()
	fmt.Println("mutexes", n, len(m), m[490])
}

func channels() {
	const n = 300
	a, b, done := make(chan []int), make(chan string, 7), make(chan int)
	for range 4 {
		go func() {
			for i := range n {
				a <- []int{i, i * i}
			}
			done <- 1
		}()
		go func() {
			for i := range n {
				b <- fmt.Sprint(i)
			}
			done <- 1
		}()
	}
	sum, ends := 0, 0
	for ends < 8 {
		select {
		case x := <-a:
			sum += x[1] - x[0]
		case s := <-b:
			sum += len(s)
		case k := <-done:
			ends += k
		}
	}
	for len(b) > 0 {
		sum += len(<-b)
	}
	fmt.Println("channels", sum)
}

func pingPong() {
	x, y := make(chan int), make(chan int)
	go func() {
		for v := range x {
			y <- v + 1
		}
		close(y)
	}()
	v := 0
	for range 1000 {
		x <- v
		v = <-y
	}
	close(x)
	_, ok := <-y
	fmt.Println("ping-pong", v, ok)
}

func timers() {
	var wg sync.WaitGroup
	var fired atomic.Int32
	for i := range 100 {
		wg.Add(1)
		time.AfterFunc(time.Duration(i%10)*100*time.Microsecond, func() {
			fired.Add(1)
			wg.Done()
		})
	}
	for range 20 {
		wg.Go(func() {
			t := time.NewTicker(200 * time.Microsecond)
			defer t.Stop()
			for range 5 {
				<-t.C
			}
			tm := time.NewTimer(time.Hour)
			if !tm.Stop() || !tm.Reset(time.Nanosecond) == false {
				return
			}
			<-tm.C
		})
	}
	wg.Wait()
	fmt.Println("timers", fired.Load())
}

func loops() {
	var stop atomic.Bool
	var wg sync.WaitGroup
	done := false
	for range 6 {
		wg.Go(func() {
			for !stop.Load() {
			}
		})
		wg.Go(func() {
			x := spin(10_000_000)
			_ = x
		})
	}
	for range 5 {
		runtime.GC()
		_ = build(6)
	}
	ch := make(chan int)
	go func() { ch <- 1 }()
	done = <-ch == 1
	stop.Store(true)
	wg.Wait()
	fmt.Println("loops", done)
}

func procs() {
	old := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	var sum atomic.Int64
	for range 8 {
		wg.Go(func() {
			for i := range 100 {
				sum.Add(int64(build(3).count()))
				if i%10 == 0 {
					time.Sleep(time.Microsecond)
				}
			}
		})
	}
	for _, n := range []int{1, 3, 2, 8, 1, 5} {
		runtime.GOMAXPROCS(n)
		_ = build(5)
		runtime.Gosched()
	}
	fmt.Println("procs", runtime.GOMAXPROCS(old), runtime.GOMAXPROCS(0) == old)
	wg.Wait()
	fmt.Println(sum.Load())
}

func locked() {
	var wg sync.WaitGroup
	ch := make(chan int)
	for range 4 {
		wg.Go(func() {
			runtime.LockOSThread()
			for range 50 {
				ch <- 1
			}
		})
	}
	n := 0
	for n < 200 {
		n += <-ch
	}
	wg.Wait()
	fmt.Println("locked", n)
}

func finalizers() {
	var n atomic.Int32
	for range 4 {
		go func() {
			for range 50 {
				x := new([64]int)
				runtime.AddCleanup(x, func(k int) { n.Add(int32(k)) }, 1)
			}
			n.Add(0)
		}()
	}
	for range 1000 {
		runtime.GC()
		if n.Load() == 200 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	fmt.Println("cleanups", n.Load())
}

func pools() {
	p := sync.Pool{New: func() any { return new([100]byte) }}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 300 {
				b := p.Get().(*[100]byte)
				b[i] = byte(i)
				p.Put(b)
			}
		})
	}
	var m sync.Map
	for i := range 8 {
		wg.Go(func() {
			for j := range 100 {
				m.LoadOrStore(j, i)
				m.Load(j + 1)
			}
		})
	}
	wg.Wait()
	n := 0
	m.Range(func(any, any) bool { n++; return true })
	fmt.Println("pools", n)
}

func deep(n int) int {
	var pad [20]int
	pad[n%20] = n
	if n == 0 {
		return 0
	}
	return deep(n-1) + pad[n%20] - n + 1
}

func stacks() {
	var wg sync.WaitGroup
	var sum atomic.Int64
	for range 6 {
		wg.Go(func() {
			for range 5 {
				sum.Add(int64(deep(500)))
			}
		})
	}
	wg.Wait()
	fmt.Println("stacks", sum.Load())
}

func main() {
	debug.SetGCPercent(20)
	trees()
	mutexes()
	channels()
	pingPong()
	timers()
	loops()
	procs()
	locked()
	finalizers()
	pools()
	stacks()
	for runtime.NumGoroutine() > 1 { // what has done its work may not have ended yet
		runtime.Gosched()
	}
	fmt.Println(runtime.NumGoroutine())
}
