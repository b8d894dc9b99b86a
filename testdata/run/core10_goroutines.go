// run -stderr
package main

func gen(n int) <-chan int {
	c := make(chan int)
	go func() {
		for i := 0; i < n; i++ {
			c <- i
		}
		close(c)
	}()
	return c
}

func filter(in <-chan int, p int) <-chan int {
	out := make(chan int)
	go func() {
		for v := range in {
			if v%p != 0 {
				out <- v
			}
		}
		close(out)
	}()
	return out
}

func main() {
	s := 0
	for v := range gen(100) {
		s += v
	}
	println(s)
	var c <-chan int = gen(200)
	<-c
	<-c
	for i := 0; i < 10; i++ {
		p := <-c
		print(p, " ")
		c = filter(c, p)
	}
	println()
	buf := make(chan string, 3)
	buf <- "a"
	buf <- "b"
	println(len(buf), cap(buf))
	select {
	case v := <-buf:
		println("got", v)
	default:
		println("empty")
	}
	done := make(chan bool)
	data := make(chan int)
	quit := make(chan struct{})
	go func() {
		n := 0
		for {
			select {
			case v := <-data:
				n += v
			case <-quit:
				println("total", n)
				done <- true
				return
			}
		}
	}()
	for i := 1; i <= 10; i++ {
		data <- i
	}
	close(quit)
	println(<-done)
	v, ok := <-quit
	_ = v
	println(ok)
	var nilc chan int
	select {
	case nilc <- 1:
	case <-nilc:
	default:
		println("nil chans block")
	}
	results := make([]chan int, 50)
	for i := range results {
		results[i] = make(chan int)
		go func() { results[i] <- i * i }()
	}
	t := 0
	for _, r := range results {
		t += <-r
	}
	println(t)
}
