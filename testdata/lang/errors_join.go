// run

// Several wrapped errors (1.20), with errors.Is, As, AsType over trees; panics with errors and nil.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
)

type code int

func (c code) Error() string        { return fmt.Sprint("code ", int(c)) }
func (c code) Is(target error) bool { return target == io.EOF && c > 5 }

type multi []error

func (m multi) Error() string   { return fmt.Sprint(len(m), " errors") }
func (m multi) Unwrap() []error { return m }

func try(f func()) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *runtime.PanicNilError:
			err = fmt.Errorf("nil panic: %w", e)
		case error:
			err = errors.Join(err, e)
		default:
			err = fmt.Errorf("%v", e)
		}
	}()
	f()
	return nil
}

func main() {
	e := fmt.Errorf("a %w and b %w: %d", code(1), multi{fs.ErrNotExist, code(7)}, 5)
	fmt.Println(e, errors.Is(e, io.EOF), errors.Is(e, fs.ErrNotExist), errors.Is(e, fs.ErrExist), errors.Unwrap(e))
	var c code
	var m multi
	fmt.Println(errors.As(e, &c), c, errors.As(e, &m), len(m))
	j := errors.Join(nil, e, nil, io.ErrUnexpectedEOF)
	fmt.Println(j, errors.Join(nil, nil) == nil, errors.Is(j, code(7)))
	fmt.Println(try(func() { panic(nil) }), try(func() { panic(code(3)) }), try(func() { panic("s") }), try(func() {}))
	err := try(func() { _ = []int{}[len(m)] })
	var re runtime.Error
	fmt.Println(errors.As(err, &re), err)
	if x, ok := errors.AsType[code](e); ok {
		fmt.Println(x)
	}
	fmt.Println(fmt.Errorf("%w", nil), fmt.Errorf("%w %w", io.EOF, 5), errors.Is(nil, nil), errors.Is(io.EOF, nil))
}
