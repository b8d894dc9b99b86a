// run

// Calls whose target only the compiler knows: methods of interfaces made in the same function, closures, iterators.
package main

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"
	"sort"
	"strings"
	"testing"
)

type shape interface {
	area() float64
	name() string
}

type square struct{ side float64 }

func (s square) area() float64 { return s.side * s.side }
func (s square) name() string  { return "square" }

type circle struct{ r float64 }

func (c *circle) area() float64 { return 3 * c.r * c.r }
func (c *circle) name() string  { return "circle" }

type tiny uint8

func (t tiny) area() float64 { return float64(t) }
func (t tiny) name() string  { return "tiny" }

type empty struct{}

func (empty) area() float64 { return 0 }
func (empty) name() string  { return "empty" }

type named struct {
	shape
	label string
}

func newSquare(x float64) shape { return square{x} }
func newCircle(x float64) shape { return &circle{x} }

func where() string {
	pc := make([]uintptr, 8)
	n := runtime.Callers(2, pc)
	frames := runtime.CallersFrames(pc[:n])
	var out []string
	for {
		f, more := frames.Next()
		out = append(out, f.Function)
		if !more || f.Function == "main.main" {
			break
		}
	}
	return strings.Join(out, " ")
}

type tracer struct{ x, y int }

func (t tracer) where() string { return fmt.Sprint(t.x+t.y, " ", where()) }

type wherer interface{ where() string }

//go:noinline
func opaque(n int) int { return n }

func nilInterface() (r any) {
	defer func() { r = recover() }()
	var s shape
	return s.area()
}

func panics() (r any) {
	defer func() { r = recover() }()
	a := []int{1, 2, 3}
	f := func(i int) int { return a[i] }
	return f(opaque(7))
}

func recovers(do func()) (r any) {
	defer func() { r = recover() }()
	do()
	return "nothing"
}

func deferred() (s string) {
	x := 1
	f := func() { s += fmt.Sprint("deferred ", x, " ", recover()) }
	defer f()
	x = 2
	g := func() { s += "g " }
	g()
	if x == 2 {
		panic("p")
	}
	return
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func counter() func() int {
	n := 0
	return func() int { n++; return n }
}

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func filter(s iter.Seq[int], keep func(int) bool) iter.Seq[int] {
	return func(yield func(int) bool) {
		for x := range s {
			if keep(x) && !yield(x) {
				return
			}
		}
	}
}

func sumEven(n int) (sum int) {
	for x := range filter(count(n), func(x int) bool { return x%2 == 0 }) {
		if x > 20 {
			break
		}
		sum += x
	}
	return
}

func find(n, want int) (int, bool) {
	for x := range count(n) {
		for y := range count(x) {
			if x*y == want {
				return y, true
			}
			if y > 5 {
				break
			}
		}
	}
	return 0, false
}

func badIterator() (r any) {
	defer func() { r = recover() }()
	var saved func(int) bool
	f := func(yield func(int) bool) {
		saved = yield
		yield(1)
	}
	for x := range f {
		_ = x
	}
	saved(2)
	return nil
}

func fib(n int) int {
	var f func(int) int
	f = func(n int) int {
		if n < 2 {
			return n
		}
		return f(n-1) + f(n-2)
	}
	return f(n)
}

type big struct {
	a [6]int
	s string
}

func bigCapture(n int) int {
	b := big{s: "abc"}
	for i := range b.a {
		b.a[i] = i * n
	}
	f := func(i int) int { return b.a[i] + len(b.s) }
	return f(2) + f(3)
}

func kind(x any) string {
	switch v := x.(type) {
	case int:
		return "int " + fmt.Sprint(v+1)
	case string:
		return "string " + v
	case error:
		return "error " + v.Error()
	case shape:
		return "shape " + v.name()
	case nil:
		return "nil"
	}
	return "other"
}

func assert(x any) (s string, ok bool) {
	s, ok = x.(string)
	return
}

func allocations() {
	sink := 0
	count := func(what string, f func()) {
		fmt.Println(what, testing.AllocsPerRun(100, f) < 1)
	}
	count("literal", func() {
		f := func(v any) int { return v.(int) }
		sink += f(sink + 1000)
	})
	count("capture", func() {
		n := sink
		add := func(k int) { n += k }
		add(1)
		add(2)
		sink = n
	})
	count("method", func() {
		s := newSquare(float64(sink))
		sink += int(s.area())
	})
	count("iterator", func() {
		for x := range count2(10) {
			sink += x
		}
	})
	count("search", func() {
		sink += sort.Search(1000, func(i int) bool { return i*i > 1000 })
	})
}

func count2(n int) iter.Seq[int] { return count(n) }

func main() {
	shapes := []shape{newSquare(2), newCircle(2), tiny(3), empty{}, named{newSquare(5), "n"}}
	for _, s := range shapes {
		fmt.Println(s.area(), s.name())
	}
	s := newSquare(3)
	fmt.Println(s.area(), s.name(), newCircle(3).area(), shape(tiny(opaque(9))).area(), shape(empty{}).name())
	n := named{newCircle(1), "x"}
	fmt.Println(shape(n).area(), shape(&n).name(), n.area())
	var w wherer = tracer{opaque(1), 2}
	fmt.Println(w.where())
	w = &tracer{3, opaque(4)}
	fmt.Println(w.where())
	fmt.Println(nilInterface())
	fmt.Println(panics())
	fmt.Println(recovers(func() { panic(errors.New("e")) }), recovers(func() {}))
	fmt.Println(deferred())
	k := opaque(10)
	fmt.Println(compose(func(x int) int { return x + k }, func(x int) int { return x * x })(3))
	c := counter()
	fmt.Println(c(), c(), c(), counter()())
	fmt.Println(sumEven(100), fib(15), bigCapture(opaque(3)))
	fmt.Println(find(100, 36))
	fmt.Println(find(3, 36))
	fmt.Println(badIterator())
	fmt.Println(kind(1), kind("s"), kind(errors.New("err")), kind(s), kind(nil), kind(2.5))
	fmt.Println(assert("x"))
	fmt.Println(assert(5))
	xs := []int{5, 2, 8, 1}
	less := func(i, j int) bool { return xs[i] < xs[j] }
	sort.Slice(xs, less)
	fmt.Println(xs, less(0, 1))
	slices.SortFunc(xs, func(a, b int) int { return b - a })
	fmt.Println(xs, slices.IndexFunc(xs, func(x int) bool { return x < 5 }), slices.Collect(count(4)))
	fmt.Println(strings.Map(func(r rune) rune { return r + 1 }, "HAL"))
	var out strings.Builder
	var wr interface{ WriteString(string) (int, error) } = &out
	wr.WriteString("written ")
	wr.WriteString("twice")
	fmt.Fprintln(os.Stdout, out.String())
	allocations()
}
