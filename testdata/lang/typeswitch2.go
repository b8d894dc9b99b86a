// run

// Type switches and assertions: generic cases, several types, nil, interfaces of several kinds, local types, embedded, shadowed names.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

type A struct{ x int }
type B = A
type C[T any] struct{ v T }
type D interface{ m() }
type E interface {
	D
	fmt.Stringer
}

func (A) m()              {}
func (*A) String() string { return "*A" }
func (c C[T]) m()         {}
func (c C[T]) String() string {
	return fmt.Sprintf("C of %T", c.v)
}

func what(v any) string {
	switch x := v.(type) {
	case nil:
		return fmt.Sprint("nil ", x == nil)
	case int, int8, uint:
		return fmt.Sprintf("integer %v %T", x, x)
	case []int:
		return fmt.Sprint("slice ", len(x))
	case [2]int:
		return fmt.Sprint("array ", x[0])
	case map[string]any:
		return fmt.Sprint("map ", x["k"])
	case func(int) string:
		return "func " + x(3)
	case chan<- int:
		return fmt.Sprint("send ", cap(x))
	case chan int:
		return fmt.Sprint("chan ", cap(x))
	case *A:
		return "pointer " + x.String()
	case B:
		return fmt.Sprint("B ", x.x)
	case C[int]:
		return fmt.Sprint("C[int] ", x.v)
	case C[C[string]]:
		return x.v.v
	case E:
		return "E " + x.String()
	case D:
		x.m()
		return fmt.Sprintf("D %T", x)
	case error:
		return "error " + x.Error()
	case struct{ a, b int }:
		return fmt.Sprint("struct ", x.a+x.b)
	case interface{ Read([]byte) (int, error) }:
		return fmt.Sprintf("reader %T", x)
	case *int, **int:
		return fmt.Sprintf("%T", x)
	case any:
		return fmt.Sprintf("any %T", x)
	}
	return "never"
}

func generic[T any, U comparable](v any) string {
	switch x := v.(type) {
	case T:
		return fmt.Sprintf("T=%T", x)
	case []T:
		return fmt.Sprintf("[]T=%T", x)
	case map[U]T:
		return fmt.Sprintf("map=%T", x)
	case func(T) U:
		return "func"
	case C[T]:
		return fmt.Sprint("C[T] ", x.v)
	case *U, chan U:
		return fmt.Sprintf("U %T", x)
	case interface{ m(T) U }:
		return "method"
	default:
		type local struct{ t T }
		var y any = local{}
		_, ok := v.(local)
		_, ok2 := y.(local)
		return fmt.Sprintf("other %v %v", ok, ok2)
	}
}

type withM struct{}

func (withM) m(int) string { return "" }

func assert[T any](v any) (t T, err error) {
	defer func() {
		if e, ok := recover().(error); ok {
			err = e
		}
	}()
	return v.(T), nil
}

func local(v any) string {
	type A struct{ y int }
	switch v := v.(type) {
	case A:
		return fmt.Sprint("local A ", v.y)
	case interface{ m() }:
		v.m()
		return "method m"
	}
	return fmt.Sprint(v.(fmt.Stringer))
}

func control(v any) (s string) {
loop:
	for i := range 5 {
		switch x := v.(type) {
		case int:
			if x > i {
				continue loop
			}
			break loop
		case string:
			switch x {
			case "a":
				break
			default:
				break loop
			}
			s += x
		default:
			v = i
		}
		s += fmt.Sprint(i)
	}
	switch y := 1; x := v.(type) {
	case int:
		s += fmt.Sprint(" ", x+y)
	}
	switch v.(type) {
	}
	switch v := v.(type) {
	default:
		_ = v
	case nil:
	}
	return
}

func main() {
	i := 1
	p := &i
	for _, v := range []any{nil, 1, int8(2), uint(3), int16(4), []int{1}, [2]int{5}, [3]int{}, map[string]any{"k": 1}, func(i int) string { return fmt.Sprint(i) },
		make(chan<- int, 1), make(chan int, 2), make(<-chan int), A{1}, &A{2}, C[int]{3}, C[C[string]]{C[string]{"deep"}}, C[bool]{}, &C[int]{}, errors.New("e"), io.EOF,
		struct{ a, b int }{1, 2}, struct{ a, c int }{1, 2}, os.Stdin, p, &p, &v0, (*A)(nil), (*int)(nil), error(nil), D(nil), 1.5, "s"} {
		fmt.Println(what(v))
	}
	for _, v := range []any{1, "s", []int{}, map[string]int{}, func(int) string { return "" }, C[int]{7}, new(string), make(chan string), withM{}, 2.5} {
		fmt.Print(generic[int, string](v), ", ")
	}
	fmt.Println(generic[any, any](nil), generic[error, int](io.EOF))
	fmt.Println(assert[int](1))
	fmt.Println(assert[int]("s"))
	fmt.Println(assert[D](A{}))
	fmt.Println(assert[E](A{}))
	fmt.Println(assert[E](&A{}))
	fmt.Println(assert[error](nil))
	fmt.Println(assert[C[int]](C[string]{}))
	fmt.Println(assert[*A](D(A{})))
	fmt.Println(local(A{}), local(&A{}), control(2), control("a"), control("b"), control(nil))
	var e E = C[int]{}
	var d D = e
	_, ok := d.(fmt.Stringer)
	_, ok2 := d.(interface{ m(int) string })
	_, ok3 := any(d).(C[int])
	s := d.(E).String()
	fmt.Println(ok, ok2, ok3, s, d == e, d == D(C[int]{}), any(e) == any(C[int]{1}))
}

var v0 **int
