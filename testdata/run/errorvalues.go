// run

// errors: wrapping, Is, As, Join, custom methods, and errors of the runtime.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"
)

var errBase = errors.New("base")

type coded struct {
	code int
	err  error
}

func (c *coded) Error() string        { return fmt.Sprintf("code %d: %v", c.code, c.err) }
func (c *coded) Unwrap() error        { return c.err }
func (c *coded) Is(target error) bool { t, ok := target.(*coded); return ok && t.code == c.code }

type multi []error

func (m multi) Error() string   { return fmt.Sprint(len(m), " errors") }
func (m multi) Unwrap() []error { return m }

func try(f func()) (err error) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case runtime.Error:
			err = x
		case error:
			err = fmt.Errorf("wrapped: %w", x)
		default:
			err = fmt.Errorf("panic: %v", x)
		}
	}()
	f()
	return nil
}

func main() {
	e := fmt.Errorf("outer: %w", &coded{7, fmt.Errorf("inner: %w", errBase)})
	fmt.Println(e)
	fmt.Println(errors.Is(e, errBase), errors.Is(e, io.EOF), errors.Is(e, &coded{code: 7}), errors.Is(e, &coded{code: 8}))
	var c *coded
	fmt.Println(errors.As(e, &c), c.code, errors.Unwrap(errors.Unwrap(e)))
	if c, ok := errors.AsType[*coded](e); ok {
		fmt.Println("AsType", c.code)
	}
	j := errors.Join(errBase, nil, io.EOF)
	fmt.Printf("%q %v %v\n", j.Error(), errors.Is(j, io.EOF), errors.Join(nil, nil) == nil)
	two := fmt.Errorf("%w and %w", errBase, fs.ErrNotExist)
	fmt.Println(two, errors.Is(two, os.ErrNotExist), errors.Unwrap(two))
	fmt.Println(errors.Is(multi{io.EOF, e}, errBase))
	_, err := os.Open("/does/not/exist")
	var pe *fs.PathError
	fmt.Println(err, errors.As(err, &pe), pe.Op, pe.Path, pe.Err, errors.Is(err, fs.ErrNotExist))

	var m map[string]int
	var p *coded
	var i any = "text"
	var s []int
	zero, big := 0, 5
	for _, f := range []func(){
		func() { m["a"] = 1 },
		func() { _ = p.code },
		func() { _ = i.(int) },
		func() { _ = i.(fmt.Stringer) },
		func() { _ = s[big] },
		func() { _ = s[1:zero] },
		func() { _ = "abc"[big:] },
		func() { _ = 1 / zero },
		func() { _ = make([]int, zero-1) },
		func() { _ = [3]int(s) },
		func() { panic(errBase) },
		func() { panic(fmt.Sprint("custom ", 1)) },
		func() { var e error; panic(e) },
		func() { close((chan int)(nil)) },
		func() { ch := make(chan int); close(ch); close(ch) },
		func() { ch := make(chan int); close(ch); ch <- 1 },
		func() { _ = map[any]int{[]int{}: 1} },
		func() { var a, b any = []int{}, []int{}; _ = a == b },
		func() { strings.Repeat("x", zero-1) },
		func() {},
	} {
		fmt.Println(try(f))
	}
}
