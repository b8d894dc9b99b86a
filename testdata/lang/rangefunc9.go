// run

// Channels, select and goroutines in bodies; iterators over channels; bodies that start other loops over themselves.
package main

import (
	"fmt"
	"iter"
	"sync"
)

func chanSeq[T any](c <-chan T, quit <-chan struct{}) iter.Seq2[int, T] {
	return func(y func(int, T) bool) {
		for n := 0; ; n++ {
			select {
			case v, ok := <-c:
				if !ok || !y(n, v) {
					return
				}
			case <-quit:
				return
			}
		}
	}
}

func produce(n int) (<-chan int, chan struct{}) {
	c, quit := make(chan int), make(chan struct{})
	go func() {
		defer close(c)
		for i := range n {
			select {
			case c <- i * i:
			case <-quit:
				return
			}
		}
	}()
	return c, quit
}

func parallel[T, R any](in iter.Seq[T], f func(T) R) iter.Seq[R] {
	return func(y func(R) bool) {
		var wg sync.WaitGroup
		var mu sync.Mutex
		out := map[int]R{}
		n := 0
		for t := range in {
			i := n
			n++
			wg.Go(func() {
				r := f(t)
				mu.Lock()
				defer mu.Unlock()
				out[i] = r
			})
		}
		wg.Wait()
		for i := range n {
			if !y(out[i]) {
				return
			}
		}
	}
}

func first(c <-chan int, quit chan struct{}) (r int) {
	for n, v := range chanSeq(c, quit) {
		var never chan struct{}
		select {
		case never <- struct{}{}:
			r = -1
		default:
			if v > 10 {
				close(quit)
				return n*100 + v
			}
			if v%2 == 1 {
				continue
			}
			break
		}
		r += v
	}
	return
}

func words(y func(string) bool) { _ = y("a") && y("b") && y("c") }

func perms(n int) (out []string) {
	var rec func(prefix string)
	rec = func(prefix string) {
		for w := range words {
			if len(prefix) == n-1 {
				out = append(out, prefix+w)
				if len(out)%4 == 0 {
					return
				}
				continue
			}
			rec(prefix + w)
		}
	}
	rec("")
	return
}

func main() {
	fmt.Println(first(produce(10)))
	fmt.Println(first(produce(3)))
	sum := 0
	for r := range parallel(words, func(s string) int { return int(s[0]) }) {
		sum = sum*2 + r
	}
	fmt.Println(sum, perms(2))
	results := make(chan string, 9)
	var wg sync.WaitGroup
	for w := range words {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for v := range words {
				if v == w {
					results <- w + v
					return
				}
			}
		}()
	}
	wg.Wait()
	close(results)
	total := map[string]int{}
	for s := range results {
		total[s]++
	}
	fmt.Println(total)
	var once sync.Once
	for w := range words {
		once.Do(func() { fmt.Println("once", w) })
	}
	c := make(chan func() string, 3)
	for w := range words {
		defer func() { fmt.Print((<-c)(), " ") }()
		c <- func() string { w += w; return w }
	}
}
