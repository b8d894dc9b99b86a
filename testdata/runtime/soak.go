// run stress

// A mixed program: every part works in goroutines of its own until the time is over, checks its results and
// counts its rounds. A part that stands still, a wrong result or a growing heap ends the program.
//
//	soak [-seconds N] [-v] [PART...]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"net"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var (
	seconds = flag.Float64("seconds", 0.3, "how long")
	verbose = flag.Bool("v", false, "print the counts of rounds")
	over    atomic.Bool
)

func check(ok bool, what string, args ...any) {
	if !ok {
		panic("soak: " + fmt.Sprintf(what, args...))
	}
}

func must[T any](v T, err error) T {
	check(err == nil, "%v", err)
	return v
}

// A tree carries sums by which a lost or reused node is found.
type tree struct {
	l, r *tree
	sum  int
	pad  []byte
}

func build(d, seed int) *tree {
	t := &tree{sum: seed, pad: make([]byte, seed%97)}
	if len(t.pad) > 0 {
		t.pad[0] = byte(seed)
	}
	if d > 0 {
		t.l, t.r = build(d-1, seed*3+1), build(d-1, seed*3+2)
		t.sum += t.l.sum + t.r.sum
	}
	return t
}

func (t *tree) verify(seed int) int {
	s := seed
	check(len(t.pad) == seed%97, "length of a node")
	if len(t.pad) > 0 {
		check(t.pad[0] == byte(seed), "byte of a node")
	}
	if t.l != nil {
		s += t.l.verify(seed*3+1) + t.r.verify(seed*3+2)
	}
	check(t.sum == s, "sum of a node: %d, not %d", t.sum, s)
	return s
}

func allocation(r *rand.Rand) {
	d := r.IntN(8)
	seed := r.IntN(100)
	t := build(d, seed)
	large := make([]*tree, 1+r.IntN(5000))
	large[len(large)-1] = t
	large[len(large)-1].verify(seed)
}

func channels(r *rand.Rand) {
	n := 1 + r.IntN(50)
	in, out, quit := make(chan int, r.IntN(3)), make(chan []int), make(chan struct{})
	for range 3 {
		go func() {
			for {
				select {
				case v := <-in:
					select {
					case out <- []int{v, v * v}:
					case <-quit:
						return
					}
				case <-quit:
					return
				}
			}
		}()
	}
	go func() {
		for i := range n {
			in <- i
		}
	}()
	sum := 0
	for range n {
		p := <-out
		check(p[1] == p[0]*p[0], "channel element")
		sum += p[0]
	}
	close(quit)
	check(sum == n*(n-1)/2, "sum of channel elements")
}

func timers(r *rand.Rand) {
	var fired atomic.Int32
	done := make(chan struct{})
	time.AfterFunc(time.Duration(r.IntN(300))*time.Microsecond, func() { fired.Add(1); close(done) })
	t := time.NewTimer(time.Hour)
	check(t.Stop(), "stop of a timer")
	t.Reset(time.Duration(r.IntN(200)) * time.Microsecond)
	tick := time.NewTicker(100 * time.Microsecond)
	<-t.C
	<-tick.C
	tick.Stop()
	<-done
	check(fired.Load() == 1, "timer's function")
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	<-ctx.Done()
	check(errors.Is(ctx.Err(), context.DeadlineExceeded), "context: %v", ctx.Err())
	cancel()
}

var listener = sync.OnceValue(func() net.Listener {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				io.Copy(c, c)
				c.Close()
			}()
		}
	}()
	return l
})

func network(r *rand.Rand) {
	c := must(net.Dial("tcp", listener().Addr().String()))
	msg := []byte(strings.Repeat("x", 1+r.IntN(3000)))
	got := make([]byte, len(msg))
	for range 5 {
		must(c.Write(msg))
		must(io.ReadFull(c, got))
		check(string(got) == string(msg), "echo")
	}
	c.SetReadDeadline(time.Now().Add(time.Millisecond))
	_, err := c.Read(got)
	check(errors.Is(err, os.ErrDeadlineExceeded), "deadline of a connection: %v", err)
	c.Close()
	p, q, err := os.Pipe()
	check(err == nil, "%v", err)
	p.SetReadDeadline(time.Now().Add(time.Millisecond))
	_, err = p.Read(got)
	check(errors.Is(err, os.ErrDeadlineExceeded), "deadline of a pipe: %v", err)
	p.SetReadDeadline(time.Time{})
	go func() { q.Write(msg); q.Close() }()
	all := must(io.ReadAll(p))
	check(len(all) == len(msg), "pipe")
	p.Close()
}

func signals(r *rand.Rand) {
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGUSR1)
	for range 3 {
		syscall.Kill(os.Getpid(), syscall.SIGUSR1)
		check(<-ch == syscall.SIGUSR1, "signal")
	}
	signal.Stop(ch)
}

var shared = struct {
	mu sync.RWMutex
	m  map[string]*tree
	s  sync.Map
}{m: map[string]*tree{}}

func maps(r *rand.Rand) {
	own := map[int]*int{}
	n := r.IntN(500)
	for i := range n {
		v := i * i
		own[i*31] = &v
	}
	for k, v := range own {
		check(*v == k/31*(k/31), "map element")
		if k%2 == 0 {
			delete(own, k)
		}
	}
	check(len(own) == n/2, "length of a map")
	seed := r.IntN(50)
	key := fmt.Sprint("key", seed)
	shared.mu.Lock()
	shared.m[key] = build(2, seed)
	shared.mu.Unlock()
	shared.mu.RLock()
	for k, t := range shared.m {
		var s int
		fmt.Sscanf(k, "key%d", &s)
		t.verify(s)
	}
	shared.mu.RUnlock()
	shared.s.Store(seed, build(1, seed))
	if t, ok := shared.s.Load(seed); ok {
		t.(*tree).verify(seed)
	}
	if seed%7 == 0 {
		shared.s.Delete(seed)
	}
	shared.s.Range(func(k, v any) bool { v.(*tree).verify(k.(int)); return true })
}

func fail(n int, what int) (err error) {
	defer func() {
		if n%5 == 0 {
			if x := recover(); x != nil {
				err = fmt.Errorf("%v at %d", x, n)
			}
		}
	}()
	if n > 0 {
		var pad [10]int
		pad[n%10] = n
		err = fail(n-1, what)
		check(pad[n%10] == n, "frame")
		return err
	}
	var a []int
	var t *tree
	switch what {
	case 0:
		return fmt.Errorf("%d", a[n+3])
	case 1:
		return fmt.Errorf("%d", t.sum)
	case 2:
		panic(errors.New("own"))
	}
	return fmt.Errorf("%d", 1/n)
}

func panics(r *rand.Rand) {
	texts := []string{
		"runtime error: index out of range [3] with length 0 at 0",
		"runtime error: invalid memory address or nil pointer dereference at 0", "own at 0",
		"runtime error: integer divide by zero at 0",
	}
	what := r.IntN(4)
	err := fail(r.IntN(300), what)
	check(err != nil && err.Error() == texts[what], "panic: %v", err)
	done := make(chan int)
	go func() {
		defer close(done)
		defer func() { check(recover() == nil, "Goexit is no panic") }()
		runtime.Goexit()
	}()
	<-done
}

func locks(r *rand.Rand) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	c := sync.NewCond(&mu)
	n, k := 0, 2+r.IntN(6)
	for range k {
		wg.Go(func() {
			mu.Lock()
			n++
			c.Broadcast()
			for n < k {
				c.Wait()
			}
			mu.Unlock()
		})
	}
	wg.Wait()
	check(n == k, "count behind a lock")
	next, stop := iter.Pull(slices.Values([]int{1, 2, 3}))
	for want := range 3 {
		v, ok := next()
		check(ok && v == want+1, "pulled value")
	}
	stop()
	b := pool.Get().(*[64]int)
	for i := range b {
		b[i] = k
	}
	runtime.Gosched()
	check(!slices.ContainsFunc(b[:], func(x int) bool { return x != k }), "pooled object has two owners")
	pool.Put(b)
}

var pool = sync.Pool{New: func() any { return new([64]int) }}

func finalizers(r *rand.Rand) {
	done := make(chan int, 20)
	n := 1 + r.IntN(20)
	for i := range n {
		x := &tree{sum: i}
		runtime.AddCleanup(x, func(k int) { done <- k }, i)
	}
	sum := 0
	for range n {
		for got := false; !got; {
			select {
			case k := <-done:
				sum += k
				got = true
			case <-time.After(time.Millisecond):
				runtime.GC()
			}
		}
	}
	check(sum == n*(n-1)/2, "sum of cleanups")
}

var parts = map[string]func(*rand.Rand){
	"allocation": allocation, "channels": channels, "timers": timers, "network": network,
	"signals": signals, "maps": maps, "panics": panics, "locks": locks, "finalizers": finalizers,
}

// live is the heap in use after a collection.
func live() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}

func main() {
	flag.Parse()
	names := flag.Args()
	if len(names) == 0 {
		for name := range parts {
			names = append(names, name)
		}
		sort.Strings(names)
	}
	rounds := make([]atomic.Int64, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		for k := range 2 {
			wg.Go(func() {
				r := rand.New(rand.NewPCG(uint64(i), uint64(k)))
				for first := true; first || !over.Load(); first = false {
					parts[name](r)
					rounds[i].Add(1)
				}
			})
		}
	}
	end := time.Now().Add(time.Duration(*seconds * float64(time.Second)))
	last := make([]int64, len(names))
	base, checks := uint64(0), 0
	for time.Now().Before(end) {
		time.Sleep(min(time.Until(end), 20*time.Second))
		for i, name := range names {
			n := rounds[i].Load()
			check(n != last[i] || time.Now().After(end), "%s stands still", name)
			last[i] = n
		}
		if checks++; checks == 2 {
			base = live()
		} else if checks > 2 {
			now := live()
			check(now < 2*base+32<<20, "the heap grows: %d, then %d", base, now)
		}
	}
	over.Store(true)
	wg.Wait()
	for i, name := range names {
		if *verbose {
			fmt.Println(name, rounds[i].Load())
		} else {
			fmt.Println(name, rounds[i].Load() > 0)
		}
	}
}
