// run

// Assertions and switches over nil interfaces, often: the runtime puts one result in a thousand into
// a cache by the type's hash, which nil has not.
package main

import (
	"fmt"
	"io"
)

//go:noinline
func assert(x io.Reader) bool {
	_, ok := x.(io.ReadCloser)
	return ok
}

//go:noinline
func choose(x any) int {
	switch x.(type) {
	case fmt.Stringer:
		return 1
	case error, io.Reader:
		return 2
	}
	return 3
}

func main() {
	n := 0
	for range 100000 {
		if assert(nil) {
			n++
		}
		n += choose(nil)
	}
	fmt.Println(n)
}
