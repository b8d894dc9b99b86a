// run

// What the linker drops must not be missed: methods reached through interfaces and reflection only,
// descriptors that reflection sees, places of calls and faults, arguments kept while stacks grow.
package main

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"text/template"
)

type T struct{ A, B int }

func (t T) Foo() string    { return "foo" }
func (t *T) Bar(x int) int { return x + t.A }

type I interface{ Foo() string }
type J interface{ Bar(int) int }

//go:noinline
func deep(n int, a, b, c int, s string, e bool) int {
	var buf [200]byte
	buf[n%200] = byte(a)
	if n == 0 {
		return int(buf[0]) + a + b + c + len(s)
	}
	r := deep(n-1, a+1, b, c, s, e)
	if e {
		return r + int(buf[n%200])
	}
	return r
}

type P struct {
	next *P
	x    [3]int
}

// mixed has arguments that are not all words; grow has nine words and recurses until the stack moves.
//
//go:noinline
func mixed(n int, a int8, b int16, f float64, s string, e bool) string {
	if n == 0 {
		return fmt.Sprint(a, b, f, s, e)
	}
	var pad [300]byte
	pad[n%300] = byte(n)
	return mixed(n-1, a, b, f, s, e) + string(rune('a'+pad[n%300]%3))
}

//go:noinline
func grow(n int, p, q *int, s []int, c, d, e int) int {
	var pad [100]int
	pad[n%100] = n
	if n == 0 {
		return *p + *q + len(s) + c + d + e
	}
	return grow(n-1, p, q, s, c, d, e) + pad[n%100]&1
}

func nilderef(p *P) (err any) {
	defer func() {
		err = recover()
		var pcs [16]uintptr
		n := runtime.Callers(2, pcs[:])
		fr := runtime.CallersFrames(pcs[:n])
		for {
			f, more := fr.Next()
			if strings.HasPrefix(f.Function, "main.") {
				fmt.Println(f.Function, f.Line)
			}
			if !more {
				break
			}
		}
	}()
	x := 1
	x += p.x[1]
	return x
}

func main() {
	var i any = T{1, 2}
	fmt.Println(i.(I).Foo())
	_, ok := i.(J)
	fmt.Println(ok)
	i = &T{3, 4}
	fmt.Println(i.(J).Bar(4), i.(I).Foo())
	fmt.Printf("%+v %T\n", i, i)
	v := reflect.ValueOf(i)
	for k := 0; k < v.NumMethod(); k++ {
		fmt.Println(v.Type().Method(k).Name, v.Type().Method(k).Type)
	}
	fmt.Println(v.MethodByName("Foo").Call(nil)[0])
	fmt.Println(deep(5000, 1, 2, 3, "abc", true))
	fmt.Println(nilderef(nil))
	x, y := 10, 20
	done := make(chan int)
	go func() { done <- grow(900, &x, &y, make([]int, 5), 1, 2, 3) }()
	fmt.Println(<-done, len(mixed(200, -1, -2, 1.5, "str", true)), mixed(3, -1, -2, 1.5, "str", true))
	t := template.Must(template.New("x").Parse("{{.Foo}} {{.A}} {{.Bar 3}}\n"))
	if err := t.Execute(os.Stdout, i); err != nil {
		fmt.Println(err)
	}
	fmt.Println(errors.Is(fmt.Errorf("x %w", os.ErrNotExist), os.ErrNotExist))
	s := make([]*P, 0)
	for k := 0; k < 100; k++ {
		s = append(s, &P{})
		s = s[:0]
	}
	st := reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeOf(0)}})
	fmt.Println(st, reflect.PointerTo(reflect.TypeOf(T{})).NumMethod())
}
