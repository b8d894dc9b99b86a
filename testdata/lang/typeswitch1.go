// run

// Type switches and assertions in generic code: duplicate cases after instantiation, parameterised cases, nil, fallback.
package main

import (
	"fmt"
	"io"
)

type num int
type list[T any] []T
type pair[A, B any] struct {
	a A
	b B
}
type stringer interface{ String() string }

func (n num) String() string                  { return fmt.Sprint("num", int(n)) }
func (l *list[T]) Read(b []byte) (int, error) { return len(*l), io.EOF }

func which[T, U any](v any) string {
	switch x := v.(type) {
	case T:
		return fmt.Sprintf("T(%T)", x)
	case U:
		return fmt.Sprintf("U(%T)", x)
	case []T, *U:
		return fmt.Sprintf("either(%T)", x)
	case func(T) U:
		return "func"
	case map[string]pair[T, U]:
		return fmt.Sprint("map", len(x))
	case pair[U, T]:
		return "swapped"
	case nil:
		return "nil"
	}
	return "none"
}

func as[T any](v any) (t T, ok bool, err any) {
	defer func() { err = recover() }()
	t, ok = v.(T)
	if !ok {
		_ = v.(T)
	}
	return
}

func conv[T interface{ int | string | []byte }](t T) string {
	switch v := any(t).(type) {
	case int:
		return fmt.Sprint(v + 1)
	case string:
		return v + "s"
	}
	switch any(&t).(type) {
	case *[]byte:
		return "bytes " + string(any(t).([]byte))
	}
	return "?"
}

func sizes[T any]() (n int) {
	var a [3]T
	switch any(a).(type) {
	case [3]int, [3]string:
		n = 1
	case [3]struct{}:
		n = 2
	case [3]any:
		n = 3
	}
	switch v := any(a[0]).(type) {
	case interface{ String() string }:
		n += 10 * len(v.String())
	case error, nil:
		n += 1000
	}
	return
}

func ifaces[I stringer](vs ...any) (n int) {
	for i, v := range vs {
		if s, ok := v.(I); ok {
			n += (i + 1) * len(s.String())
		}
	}
	return
}

func inner[T any](v any) (s string) {
	type local struct{ t T }
	f := func() {
		switch x := v.(type) {
		case local:
			s += fmt.Sprintf("local%v", x.t)
		case *local, []local:
			s += fmt.Sprintf("%T", x)
		default:
			v = local{}
		}
	}
	f()
	f()
	return
}

func main() {
	for _, v := range []any{1, "s", []int{1}, new("p"), func(int) string { return "" }, map[string]pair[int, string]{}, pair[string, int]{}, nil, 1.5} {
		fmt.Print(which[int, string](v), " ")
	}
	fmt.Println()
	fmt.Println(which[int, int](1), which[any, int](1), which[error, any](nil), which[error, any]("x"), which[stringer, num](num(1)), which[num, stringer](num(1)))
	fmt.Println(as[int](1))
	fmt.Println(as[string](1))
	fmt.Println(as[stringer](num(2)))
	fmt.Println(as[stringer]("x"))
	fmt.Println(as[error](nil))
	fmt.Println(as[list[int]](list[string]{}))
	fmt.Println(as[pair[num, []any]](pair[int, []any]{}))
	var l list[string]
	r, ok, err := as[io.Reader](&l)
	fmt.Println(r == io.Reader(&l), ok, err)
	_, ok, err = as[io.Reader](l)
	fmt.Println(ok, err)
	_, ok, err = as[io.ReadWriter](&l)
	fmt.Println(ok, err)
	fmt.Println(conv(1), conv("x"), conv([]byte("b")))
	fmt.Println(sizes[int](), sizes[string](), sizes[struct{}](), sizes[any](), sizes[num](), sizes[error]())
	fmt.Println(ifaces[stringer](num(1), 2, num(300)), ifaces[num](num(1), num(22)), inner[int](1), inner[string]("q"))
}
