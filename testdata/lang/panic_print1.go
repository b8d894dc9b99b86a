// run -status=2 -stderr -until=goroutine

// What the runtime prints of panics that nobody stops: one recovered and raised again, then others on top.
package main

import "fmt"

type E struct{ code int }

func (e E) Error() string { return fmt.Sprintf("E%d\nsecond line", e.code) }

type S string

func (s S) String() string { return "not called" }

func main() {
	defer func() {
		panic(fmt.Errorf("third: %w", E{3}))
	}()
	defer func() {
		defer func() {
			r := recover()
			panic(r)
		}()
		panic(S("second"))
	}()
	panic(E{1})
}
