// image -frozen=main,sync -left=os

// Maps, slices, closures, channels and interfaces that initialisers make, used and changed afterwards
// while the collector runs: objects of the image refer to objects of the heap and back.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"sort"
	"strings"
	"sync"
)

type T struct {
	n    int
	next *T
}

type key struct {
	a string
	b any
}

type shape interface{ area() int }

type square int

func (s square) area() int { return int(s * s) }

type rect struct{ w, h int }

func (r *rect) area() int { return r.w * r.h }

var (
	ts     = []*T{{n: 1}, {n: 2}, {n: 3}}
	byPtr  = map[*T]string{ts[0]: "one", ts[1]: "two", ts[2]: "three"}
	byAny  = map[any]int{1: 10, "x": 20, 2.5: 30, key{"a", "b"}: 40, ts[0]: 50}
	byFace = map[shape]string{square(3): "square", square(4): "larger"}
	big    = makeBig()
	errs   = errors.Join(errors.New("first"), fmt.Errorf("second: %w", errBase))
	counts = map[string][]int{}

	errBase = errors.New("base")
	adder   = makeAdder(5)
	queue   = make(chan *T, 4)
	closed  = make(chan int)
	shared  sync.Map
	once    sync.Once
	pool    = sync.Pool{New: func() any { return new([64]byte) }}
	text    strings.Builder
	boxed   any = &rect{2, 3}
)

func makeBig() map[int]*T {
	m := map[int]*T{}
	for i := range 1000 {
		m[i] = &T{n: i}
	}
	for i := 0; i < 1000; i += 3 {
		delete(m, i)
	}
	return m
}

func makeAdder(n int) func(int) int { return func(x int) int { n += x; return n } }

func init() {
	for _, t := range ts {
		queue <- t
	}
	close(closed)
	shared.Store("k", ts[1])
	once.Do(func() { text.WriteString("built ") })
	pool.Put(new([64]byte))
	byFace[boxed.(shape)] = "rect"
	defer func() { counts["recovered"] = []int{len(recover().(error).Error())} }()
	var none *T
	none.n = 1
}

func churn() {
	var keep []*T
	for i := range 3000 {
		keep = append(keep, &T{n: i})
	}
	runtime.GC()
	runtime.KeepAlive(keep)
}

func main() {
	for i, t := range ts {
		fmt.Println(byPtr[t], t.n)
		t.next = &T{n: 100 + i, next: &T{n: 200 + i}}
		byPtr[t.next] = fmt.Sprint("next of ", i)
		big[5000+i] = t.next.next
	}
	churn()
	for _, t := range ts {
		fmt.Println(t.next.n, byPtr[t.next], t.next.next.n)
	}
	fmt.Println(byAny[1], byAny["x"], byAny[2.5], byAny[key{"a", "b"}], byAny[ts[0]])
	fmt.Println(byFace[square(3)], byFace[square(4)], byFace[boxed.(shape)], boxed.(shape).area())
	for i := 1000; i < 3000; i++ {
		big[i] = &T{n: i}
	}
	churn()
	sum := 0
	for k, t := range big {
		if k < 5000 && k != t.n {
			fmt.Println("big", k, t.n)
		}
		sum += t.n
	}
	fmt.Println(len(big), sum, big[5001].n)
	fmt.Println(errs, errors.Is(errs, errBase))
	fmt.Println(adder(1), adder(2), counts["recovered"])
	for range 100 {
		for _, k := range []string{"a", "b", "c"} {
			counts[k] = append(counts[k], len(counts))
		}
	}
	churn()
	var keys []string
	for k, v := range counts {
		keys = append(keys, fmt.Sprint(k, len(v)))
	}
	sort.Strings(keys)
	fmt.Println(keys)
	queue <- &T{n: 9}
	churn()
	for range 4 {
		fmt.Print((<-queue).n, " ")
	}
	_, ok := <-closed
	fmt.Println(ok)
	v, _ := shared.Load("k")
	shared.Store("l", &T{n: 7})
	churn()
	l, _ := shared.Load("l")
	fmt.Println(v == ts[1], l.(*T).n)
	once.Do(func() { text.WriteString("twice") })
	text.WriteString("once")
	fmt.Println(text.String(), len(pool.Get().(*[64]byte)))
	done := make(chan bool)
	go func() { ts[0].next = &T{n: 77}; done <- true }()
	<-done
	churn()
	fmt.Println(ts[0].next.n)
}
