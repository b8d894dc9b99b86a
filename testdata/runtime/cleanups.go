// run stress

// Cleanups, finalizers and weak pointers set by several goroutines while others collect all the time:
// what a cleanup refers to must live from the call of AddCleanup on.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"weak"
)

type box struct{ a, b uint64 }

type pair struct{ p, q *uint64 }

const magic = 0x5a5a_1234_5678_a5a5

var ran, bad, wrong atomic.Int64

// set hangs a cleanup on a new object; its closure and its argument are objects of 16 bytes of their own.
func set(i uint64) weak.Pointer[[8]uint64] {
	x := new([8]uint64)
	x[3] = i
	a := &box{i, i ^ magic}
	runtime.AddCleanup(x, func(arg *box) {
		if a.a != i || arg.b != i^magic {
			bad.Add(1)
		}
		ran.Add(1)
	}, &box{i, i ^ magic})
	return weak.Make(x)
}

// round reports whether all cleanups and finalizers of 8 goroutines ran.
func round() bool {
	const workers, each = 8, 400
	ran.Store(0)
	var wg sync.WaitGroup
	for w := range uint64(workers) {
		wg.Go(func() {
			var ws []weak.Pointer[[8]uint64]
			for i := range uint64(each) {
				ws = append(ws, set(w<<32+i))
				if i%16 == 0 {
					f := &box{i, magic}
					runtime.SetFinalizer(f, func(f *box) {
						if f.b != magic {
							bad.Add(1)
						}
						ran.Add(1)
					})
				}
				if x := ws[i/2].Value(); x != nil && x[3] != w<<32+i/2 {
					wrong.Add(1)
				}
			}
		})
	}
	wg.Wait()
	const want = workers*each + workers*each/16
	for range 5000 {
		if ran.Load() == want {
			break
		}
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	return ran.Load() == want
}

func main() {
	var stop atomic.Bool
	var helpers sync.WaitGroup
	helpers.Go(func() {
		for !stop.Load() {
			runtime.GC()
		}
	})
	for range 2 {
		helpers.Go(func() {
			var keep [64]*pair
			for i := uint64(0); !stop.Load(); i++ {
				v := i
				keep[i%64] = &pair{&v, &v} // takes the places of what was freed too early
				if i%512 == 0 {
					runtime.Gosched()
				}
			}
			runtime.KeepAlive(keep)
		})
	}
	all := true
	for start := time.Now(); time.Since(start) < time.Second; {
		all = round() && all
	}
	stop.Store(true)
	helpers.Wait()
	fmt.Println(all, bad.Load(), wrong.Load())
}
