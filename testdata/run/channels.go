// run -stderr

package main

import "sync"

func worker(in <-chan int, out chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	for x := range in {
		out <- x * x
	}
}

func main() {
	in, out := make(chan int), make(chan int, 10)
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go worker(in, out, &wg)
	}
	go func() {
		for i := range 100 {
			in <- i
		}
		close(in)
		wg.Wait()
		close(out)
	}()
	sum := 0
	for x := range out {
		sum += x
	}
	println(sum)
	done := make(chan struct{})
	c := make(chan int)
	go func() {
		defer close(done)
		for {
			select {
			case v, ok := <-c:
				if !ok {
					println("closed")
					return
				}
				print(v, " ")
			}
		}
	}()
	for i := range 5 {
		c <- i
	}
	close(c)
	<-done
	select {
	case <-make(chan int):
		println("no")
	default:
		println("default")
	}
	var mu sync.Mutex
	n := 0
	var wg2 sync.WaitGroup
	for range 100 {
		wg2.Add(1)
		go func() {
			defer wg2.Done()
			mu.Lock()
			n++
			mu.Unlock()
		}()
	}
	wg2.Wait()
	println(n)
	var once sync.Once
	for range 3 {
		once.Do(func() { println("once") })
	}
	b := make(chan string, 2)
	b <- "x"
	println(len(b), cap(b), <-b)
}
