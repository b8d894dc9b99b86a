// run stress

// Deadlines of connections and pipes: they fire, move, are taken back, and lie in the past.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
)

const soon = 5 * time.Millisecond

func report(what string, n int, err error) {
	var ne net.Error
	timeout := errors.As(err, &ne) && ne.Timeout()
	fmt.Println(what, n, errors.Is(err, os.ErrDeadlineExceeded), timeout, errors.Is(err, net.ErrClosed), errors.Is(err, os.ErrClosed))
}

// conn is what both kinds have.
type conn interface {
	Read([]byte) (int, error)
	Write([]byte) (int, error)
	SetDeadline(time.Time) error
	SetReadDeadline(time.Time) error
	SetWriteDeadline(time.Time) error
	Close() error
}

// reads tries out r, to which w writes.
func reads(what string, r, w conn) {
	buf := make([]byte, 16)
	start := time.Now()
	r.SetReadDeadline(start.Add(soon))
	n, err := r.Read(buf)
	report(what+" fires", n, err)
	fmt.Println(time.Since(start) >= soon)
	n, err = r.Read(buf)
	report(what+" is still over", n, err)

	r.SetReadDeadline(time.Now().Add(time.Hour))
	time.AfterFunc(soon, func() { w.Write([]byte("hello")) })
	n, err = r.Read(buf)
	report(what+" far away", n, err)

	time.AfterFunc(soon, func() { r.SetReadDeadline(time.Now().Add(-time.Second)) })
	n, err = r.Read(buf)
	report(what+" set to the past", n, err)

	r.SetReadDeadline(time.Now().Add(soon))
	r.SetReadDeadline(time.Time{})
	time.AfterFunc(3*soon, func() { w.Write([]byte("again")) })
	n, err = r.Read(buf)
	report(what+" taken back", n, err)

	r.SetReadDeadline(time.Now().Add(time.Hour))
	time.AfterFunc(soon, func() { r.Close() })
	n, err = r.Read(buf)
	report(what+" closed", n, err)
}

// writes fills w until nobody takes more.
func writes(what string, w conn) {
	w.SetWriteDeadline(time.Now().Add(soon))
	var err error
	for err == nil {
		_, err = w.Write(make([]byte, 1<<20))
	}
	report(what+" full", 0, err)
	w.Close()
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	pair := func() (net.Conn, net.Conn) {
		a, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		b, _ := l.Accept()
		return a, b
	}
	a, b := pair()
	reads("tcp", a, b)
	b.Close()
	a, b = pair()
	writes("tcp", a)
	b.Close()
	r, w, _ := os.Pipe()
	reads("pipe", r, w)
	w.Close()
	r, w, _ = os.Pipe()
	writes("pipe", w)
	r.Close()
	l.(*net.TCPListener).SetDeadline(time.Now().Add(soon))
	_, err = l.Accept()
	report("accept", 0, err)

	// Many at once.
	var wg sync.WaitGroup
	var mu sync.Mutex
	fired := 0
	for range 50 {
		r, w, _ := os.Pipe()
		wg.Go(func() {
			r.SetDeadline(time.Now().Add(soon))
			if _, err := r.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
				mu.Lock()
				fired++
				mu.Unlock()
			}
			r.Close()
			w.Close()
		})
	}
	wg.Wait()
	fmt.Println("fired", fired)
}
