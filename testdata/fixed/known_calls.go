// run

// Calls of function values that are known once the function that gets them is inlined; methods inlined into the
// wrappers that interfaces call; what escapes by neither, nor by a concatenation.
package main

import (
	"errors"
	"fmt"
	"math/big"
	"os"
	"runtime"
	"strings"
	"testing"
)

func again(fn func(p []byte) (int, error), p []byte) (int, error) {
	for {
		n, err := fn(p)
		if err != errAgain {
			return n, err
		}
	}
}

var (
	errAgain = errors.New("again")
	calls    int
	sink     byte
)

func fill(p []byte) (int, error) {
	calls++
	if calls%3 != 0 {
		return 0, errAgain
	}
	for i := range p {
		p[i] = byte(i)
	}
	return len(p), nil
}

func deep(n int, fn func(int) int) int { return fn(n) + 1 }

func recursive(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n-1, recursive)
}

type point struct{ x, y int }

func (p point) sum() int       { return p.x + p.y }
func (p point) fail(i int) int { return []int{p.x, p.y}[i] }

type summer interface {
	sum() int
	fail(int) int
}

func failing(s summer) (trace string) {
	defer func() {
		fmt.Println(recover())
		pcs := make([]uintptr, 20)
		frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
		for {
			f, more := frames.Next()
			if strings.Contains(f.Function, "point") {
				trace += f.Function + " "
			}
			if !more {
				return
			}
		}
	}()
	return fmt.Sprint(s.fail(2))
}

type holder struct{ b []byte }

//go:noinline
func (h *holder) copyFrom(o *holder) { copy(h.b, o.b) }

//go:noinline
func sum(s summer) int { return s.sum() }

func main() {
	var b [8]byte
	n, err := again(fill, b[:])
	fmt.Println(n, err, b, calls)
	fmt.Println(recursive(5))

	p := &point{3, 4}
	var s summer = p
	fmt.Println(s.sum(), failing(s))
	func() {
		defer func() { fmt.Println(recover()) }()
		var none *point
		fmt.Println(sum(none))
	}()

	f, _ := os.Open("/dev/zero")
	allocs := func(what string, fn func()) { fmt.Println(what, testing.AllocsPerRun(100, fn)) }
	allocs("known function", func() {
		var b [64]byte
		again(fill, b[:])
		sink = b[1]
	})
	allocs("read", func() {
		var b [64]byte
		f.Read(b[:])
		sink = b[0]
	})
	kept := ""
	allocs("concatenation", func() {
		b := make([]byte, 10)
		for i := range b {
			b[i] = '0' + byte(i)
		}
		kept = "foo" + string(b)
	})
	fmt.Println(kept)
	var box any
	empty, none := strings.Repeat("x", len(kept)-13), []int(nil)
	allocs("empty boxes", func() { box = empty; box = none })
	fmt.Println(box.([]int) == nil)
	length := len(kept)
	allocs("make of known capacity", func() {
		b := make([]int, length, 20)
		b = append(b, 1)
		sink = byte(len(b))
	})
	for _, n := range []int{-1, 21} {
		func() {
			defer func() { fmt.Println(recover()) }()
			b := make([]int, n, 20)
			fmt.Println(len(b))
		}()
	}
	x := big.NewInt(3)
	allocs("add", func() { x.Add(x, big.NewInt(7)) })
	y := &holder{b: []byte("0123456789")}
	allocs("copy of a field's bytes", func() {
		h := holder{b: []byte("0123456789abcdef")}
		y.copyFrom(&h)
	})
}
