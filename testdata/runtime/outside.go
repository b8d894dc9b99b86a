// run stress

// What waits on the world outside, on several processors: loopback connections, signals,
// child processes, pipes.
package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

func echo() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
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
	var wg sync.WaitGroup
	var n atomic.Int64
	for i := range 20 {
		wg.Go(func() {
			c, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				fmt.Println(err)
				return
			}
			defer c.Close()
			msg := bytes.Repeat([]byte{byte('a' + i)}, 3000)
			buf := make([]byte, len(msg))
			for range 10 {
				c.Write(msg)
				if _, err := io.ReadFull(c, buf); err != nil || !bytes.Equal(buf, msg) {
					fmt.Println("echo:", err)
					return
				}
				n.Add(1)
			}
		})
	}
	wg.Wait()
	l.Close()
	fmt.Println("echo", n.Load())
}

func signals() {
	ch := make(chan os.Signal, 10)
	signal.Notify(ch, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGURG)
	pid := os.Getpid()
	n := 0
	for i := range 20 {
		s := syscall.SIGUSR1
		if i%2 == 1 {
			s = syscall.SIGUSR2
		}
		syscall.Kill(pid, s)
		for got := os.Signal(nil); got != s; {
			got = <-ch
		}
		n++
	}
	signal.Stop(ch)
	fmt.Println("signals", n)
}

func children() {
	var wg sync.WaitGroup
	var n atomic.Int64
	for i := range 8 {
		wg.Go(func() {
			c := exec.Command("/bin/cat")
			c.Stdin = strings.NewReader(fmt.Sprint("child ", i))
			out, err := c.Output()
			if err != nil || string(out) != fmt.Sprint("child ", i) {
				fmt.Println("child:", err, string(out))
			}
			n.Add(1)
		})
	}
	wg.Wait()
	fmt.Println("children", n.Load(), exec.Command("/bin/false").Run())
	c := exec.Command("/bin/sleep", "100")
	c.Start()
	c.Process.Kill()
	fmt.Println(c.Wait())
}

func pipes() {
	r, w, _ := os.Pipe()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				w.Write(make([]byte, 4096))
			}
		})
	}
	go func() {
		wg.Wait()
		w.Close()
	}()
	n, err := io.Copy(io.Discard, r)
	fmt.Println("pipes", n, err)
}

func main() {
	var stop atomic.Bool
	var wg sync.WaitGroup
	wg.Go(func() { // keeps a processor busy meanwhile
		for !stop.Load() {
		}
	})
	echo()
	signals()
	children()
	pipes()
	stop.Store(true)
	wg.Wait()
	runtime.GC()
	fmt.Println("end")
}
