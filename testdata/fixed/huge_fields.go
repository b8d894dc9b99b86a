// run

// Offsets of fields behind terabytes, in types that nobody allocates.
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

const n = 1 << 42

type T struct {
	x float64
	y [n]*byte
	z []string
}

type U struct {
	x float64
	y [n]uintptr
	z []string
}

var sink any

func main() {
	if sink != nil {
		sink = new(T)
		sink = new(U)
		sink = new(struct {
			x float64
			y [n]*byte
			z []string
		})
	}
	var t *T
	fmt.Println(unsafe.Offsetof(t.z), unsafe.Sizeof(*t))
	u := reflect.TypeFor[U]()
	fmt.Println(u.Size(), u.Field(2).Offset, u.Field(2).Type)
	defer func() { fmt.Println(recover()) }()
	fmt.Println(len(t.z))
}
