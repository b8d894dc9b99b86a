// More programs for Tools/bench-runtime.py, with package net and large heaps: the first argument names
// one, the second is how often. Lines "KEY NUMBER": ns an operation, rss in KB, pause in microseconds.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

var sink any

func must[T any](v T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return v
}

// echo has 1,000 connections, over which n messages of 64 bytes go to and fro.
func echo(n int) {
	const conns = 1000
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				buf := make([]byte, 512)
				for {
					k, err := c.Read(buf)
					if err != nil {
						c.Close()
						return
					}
					if _, err := c.Write(buf[:k]); err != nil {
						return
					}
				}
			}()
		}
	}()
	var wg sync.WaitGroup
	for range conns {
		c := must(net.Dial("tcp", l.Addr().String()))
		wg.Go(func() {
			defer c.Close()
			buf := make([]byte, 64)
			for range n / conns {
				must(c.Write(buf))
				must(io.ReadFull(c, buf))
			}
		})
	}
	wg.Wait()
	fmt.Println("rss", resident())
	l.Close()
}

// hello answers n requests over 50 kept connections.
func hello(n int) {
	const conns = 50
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "hello, world\n")
	})}
	go s.Serve(l)
	var wg sync.WaitGroup
	for range conns {
		wg.Go(func() {
			c := must(net.Dial("tcp", l.Addr().String()))
			defer c.Close()
			r := bufio.NewReader(c)
			for range n / conns {
				must(io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
				resp := must(http.ReadResponse(r, nil))
				if resp.StatusCode != 200 || resp.ContentLength != 13 {
					panic("bad answer")
				}
				must(io.Copy(io.Discard, resp.Body))
				resp.Body.Close()
			}
		})
	}
	wg.Wait()
	fmt.Println("rss", resident())
	s.Close()
}

type cell struct {
	next *cell
	data [14]int
}

// steady replaces n cells of a heap of some 1 GB, and measures the longest time in which nothing moved.
func steady(n int) {
	const live = 8 << 20
	table := make([]*cell, live)
	for i := range table {
		table[i] = &cell{}
	}
	runtime.GC()
	start := time.Now()
	last, worst := start, time.Duration(0)
	x := uint64(1)
	for i := range n {
		x = x*6364136223846793005 + 1442695040888963407
		c := &cell{next: table[x>>40%live]}
		c.next.next = nil
		table[x>>33%live] = c
		if i%64 == 0 {
			now := time.Now()
			worst = max(worst, now.Sub(last))
			last = now
		}
	}
	fmt.Println("pause", worst.Microseconds())
	fmt.Println("rss", resident())
	fmt.Println("ns", float64(time.Since(start).Nanoseconds())/float64(n))
	os.Exit(0)
}

// bigMap builds a map of n entries and walks it.
func bigMap(n int) {
	m := map[int]int{}
	for i := range n {
		m[i*7] = i
	}
	s := 0
	for k, v := range m {
		s += k ^ v
	}
	sink = s
	fmt.Println("rss", resident())
}

// across bounces a value between two goroutines that are locked to threads, so on different processors.
func across(n int) {
	a, b := make(chan int), make(chan int)
	go func() {
		runtime.LockOSThread()
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

func resident() int {
	f := strings.Fields(string(must(os.ReadFile("/proc/self/statm"))))
	return must(strconv.Atoi(f[1])) * 4
}

var programs = map[string]func(int){
	"tcp-echo": echo, "http-hello": hello, "heap-1g": steady, "map-10m": bigMap, "ping-pong-across": across,
}

func main() {
	n := must(strconv.Atoi(os.Args[2]))
	start := time.Now()
	programs[os.Args[1]](n)
	fmt.Println("ns", float64(time.Since(start).Nanoseconds())/float64(n))
}
