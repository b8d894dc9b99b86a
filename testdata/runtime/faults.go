// run

// Limits that are reached: an error, or the fatal text of gc, never a hang or a silent loss. What ends the
// process happens in a child, of which the lines that say why are printed.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"
)

func must[T any](v T, err error) T {
	if err != nil {
		fmt.Println("unexpected:", err)
		os.Exit(1)
	}
	return v
}

// threads wants more threads than it may have: each goroutine keeps one.
func threads() {
	debug.SetMaxThreads(12)
	var wg sync.WaitGroup
	wg.Add(20)
	for range 20 {
		go func() {
			runtime.LockOSThread()
			wg.Done()
			wg.Wait()
			select {}
		}()
	}
	wg.Wait()
	fmt.Println("20 threads")
}

// memory allocates more than its address space holds.
func memory() {
	limit := syscall.Rlimit{Cur: 2 << 30, Max: 2 << 30}
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &limit); err != nil {
		fmt.Println(err)
	}
	var all [][]byte
	for range 1000 {
		all = append(all, make([]byte, 16<<20))
	}
	fmt.Println(len(all))
}

// soft keeps little under a memory limit, which it must respect by collecting.
func soft() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(64 << 20)
	var keep [8][]byte
	for i := range 2000 {
		keep[i%8] = make([]byte, 1<<20)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println("collected:", m.NumGC > 10, "held:", m.HeapSys-m.HeapReleased < 128<<20)
}

// stack has no end.
func stack() {
	debug.SetMaxStack(1 << 20)
	var f func(int) int
	f = func(n int) int { return f(n+1) + 1 }
	fmt.Println(f(0))
}

func files() {
	var old syscall.Rlimit
	syscall.Getrlimit(syscall.RLIMIT_NOFILE, &old)
	low := syscall.Rlimit{Cur: 20, Max: old.Max}
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	syscall.Setrlimit(syscall.RLIMIT_NOFILE, &low)
	var open []*os.File
	for {
		f, err := os.Open("/dev/null")
		if err != nil {
			fmt.Println(err, errors.Is(err, syscall.EMFILE))
			break
		}
		open = append(open, f)
	}
	_, _, err := os.Pipe()
	fmt.Println(err)
	_, err = net.Dial("tcp", l.Addr().String())
	fmt.Println(errors.Is(err, syscall.EMFILE))
	_, err = os.ReadDir(".")
	fmt.Println(errors.Is(err, syscall.EMFILE))
	fmt.Println(exec.Command("/bin/true").Run() != nil)
	for _, f := range open {
		f.Close()
	}
	f := must(os.Open("/dev/null"))
	f.Close()
	syscall.Setrlimit(syscall.RLIMIT_NOFILE, &old)
	fmt.Println(exec.Command("/bin/true").Run())
}

func killed() {
	c := exec.Command("/bin/sleep", "100")
	out := must(c.StdoutPipe())
	if err := c.Start(); err != nil {
		fmt.Println(err)
		return
	}
	done := make(chan error)
	go func() {
		_, err := io.ReadAll(out)
		done <- err
	}()
	c.Process.Signal(syscall.SIGKILL)
	fmt.Println(<-done)
	err := c.Wait()
	var e *exec.ExitError
	fmt.Println(err, errors.As(err, &e), c.ProcessState.ExitCode())
	fmt.Println(c.Process.Kill())
	fmt.Println(exec.Command("/bin/sh", "-c", "exit 3").Run())
	fmt.Println(exec.Command("/no/such/program").Run())
}

func pipes() {
	r, w, err := os.Pipe()
	fmt.Println(err)
	w.SetWriteDeadline(time.Now().Add(20 * time.Millisecond))
	n, err := w.Write(make([]byte, 1<<20))
	fmt.Println(n, err)
	w.SetWriteDeadline(time.Time{})
	got := 0
	go func() {
		buf := make([]byte, 10000)
		for got < 200000 {
			k, _ := r.Read(buf)
			got += k
		}
		r.Close()
	}()
	n, err = w.Write(make([]byte, 1<<20))
	fmt.Println(n < 1<<20, errors.Is(err, syscall.EPIPE))
	w.Close()
	r, w, _ = os.Pipe()
	go func() {
		time.Sleep(5 * time.Millisecond)
		r.Close()
	}()
	_, err = r.Read(make([]byte, 1))
	fmt.Println(err)
	r.SetReadDeadline(time.Now())
	w.Close()
}

// brokenOutput writes to a standard output that nobody reads: the signal ends it.
func brokenOutput() {
	r, w, _ := os.Pipe()
	syscall.Dup2(int(w.Fd()), 1)
	r.Close()
	fmt.Println("lost")
	fmt.Fprintln(os.Stderr, "still there")
}

func space() {
	f := must(os.OpenFile("/dev/full", os.O_WRONLY, 0))
	n, err := f.Write(make([]byte, 10))
	fmt.Println(n, err, errors.Is(err, syscall.ENOSPC))
	_, err = io.Copy(f, io.LimitReader(strings.NewReader(strings.Repeat("x", 100000)), 50000))
	fmt.Println(err)
	fmt.Println(f.Close())
	limit := syscall.Rlimit{Cur: 1000, Max: 1 << 40}
	syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
	t := must(os.CreateTemp("", "faults"))
	os.Remove(t.Name())
	n, err = t.Write(make([]byte, 3000))
	fmt.Println(n, errors.Is(err, syscall.EFBIG))
}

var children = map[string]func(){
	"threads": threads, "memory": memory, "soft": soft, "stack": stack, "brokenOutput": brokenOutput,
}

// child prints what a run of this program says first, and how it ends.
func child(name string) {
	c := exec.Command(must(os.Executable()), name)
	c.Env = append(os.Environ(), "GOMAXPROCS=2")
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	text, _, _ := strings.Cut(out.String(), "\n\n")
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		// What lies where, and how much was in use, differs.
		if !strings.HasPrefix(line, "runtime: sp=") && !strings.Contains(line, "byte block") {
			fmt.Println("\t" + line)
		}
	}
	fmt.Println(name, err)
}

func main() {
	if len(os.Args) > 1 {
		children[os.Args[1]]()
		return
	}
	for _, name := range []string{"threads", "memory", "soft", "stack", "brokenOutput"} {
		child(name)
	}
	files()
	killed()
	pipes()
	space()
}
