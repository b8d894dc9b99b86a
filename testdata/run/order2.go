// run

// A select of one clause evaluates its channel before the place that gets what is received; constant switches,
// literals with blank fields, unsafe built-ins of one call's results, results of conversions in the frame.
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

var trace []string

func note(s string) { trace = append(trace, s) }

func channel() chan int {
	note("channel")
	c := make(chan int, 1)
	c <- 7
	return c
}

func place(p *int) *int { note("place"); return p }

func pair() (unsafe.Pointer, int) { return unsafe.Pointer(&numbers[0]), 8 }

func bytes() (*byte, int8) { return &text[0], 3 }

func words() (*int64, uint8) { return &numbers[1], 2 }

var (
	numbers = [4]int64{1, 2, 3, 4}
	text    = [5]byte{'h', 'e', 'l', 'l', 'o'}
	blank   = struct{ a, _, c int }{1, 2, 3}
	nested  = []struct {
		_ string
		b *int
	}{{"x", new(int)}, {"y", nil}}
)

type padded struct {
	a int
	_ [2]struct{}
	b string
}

func (p padded) method(x int8, q padded) (string, padded) {
	return fmt.Sprint(p.a, p.b, x, q.b), padded{a: q.a + 1, b: p.b}
}

func complexSwitch() string {
	switch 1.0i {
	case 1, -1i:
		return "wrong"
	case 1i:
		return "1i"
	}
	return "none"
}

func floatSwitch() string {
	const x = 1.5
	switch x {
	case 1, 2.5, -1.5:
		return "wrong"
	case 3.0 / 2:
		return "3/2"
	}
	return "none"
}

//go:noinline
func join(b []byte) int {
	n := 0
	for i := range 3 {
		s := string(b[i:]) + "-" + string(rune('a'+i))
		for j := range s {
			n += int(s[j]) * (j + 1)
		}
	}
	return n
}

func keep(b []byte) []string {
	var out []string
	for i := range b {
		s := string(b[:i+1])
		out = append(out, s+"!")
	}
	return out
}

func main() {
	var x int
	select {
	case *place(&x) = <-channel():
	}
	fmt.Println(x, trace)
	fmt.Println(*(*int64)(unsafe.Add(pair())), unsafe.String(bytes()), unsafe.Slice(words()))
	fmt.Println(reflect.ValueOf(blank).Field(1).Int(), reflect.ValueOf(nested[0]).Field(0).String() == "")
	fmt.Println(complexSwitch(), floatSwitch())
	p := padded{1, [2]struct{}{}, "p"}
	r := reflect.ValueOf(p.method).Call([]reflect.Value{reflect.ValueOf(int8(5)), reflect.ValueOf(padded{a: 2, b: "q"})})
	fmt.Println(r[0], r[1].Field(0), r[1].Field(2))
	fmt.Println(join([]byte("hello")), keep([]byte("abc")))
	b := []byte("changes")
	s := string(b)
	b[0] = 'C'
	fmt.Println(s, string(b), len([]rune(s)), string([]rune(s)[:3]))
}
