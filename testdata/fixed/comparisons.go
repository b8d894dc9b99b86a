// run

// Blank fields, padding, composites of one float, complex64 division.
package main

import (
	"fmt"
	"unsafe"
)

type blank struct{ _, _, _ int }
type padded struct {
	A, _, _, _ int32
	B          int32
	C          int8
}
type one struct{ _ int }

func main() {
	x := *(*blank)(unsafe.Pointer(&[3]int{1, 2, 3}))
	y := *(*blank)(unsafe.Pointer(&[3]int{1, 2, 4}))
	fmt.Println(x == y, any(x) == any(y), any(x) != any(y))
	var a, b padded
	copy((*[16]byte)(unsafe.Pointer(&a))[:], "hello world!")
	a.A, a.B = 1, 2
	b.A, b.B = 1, 2
	fmt.Println(a == b, a != b, map[padded]int{a: 1}[b])
	n, m := 1, 2
	p, q := *(*one)(unsafe.Pointer(&n)), *(*one)(unsafe.Pointer(&m))
	fmt.Println(p == q, p != q)
	f, g := [1]float32{1}, [1]float32{2}
	h := f
	fmt.Println(f != h, f != g, f == h, struct{ x float64 }{1} != struct{ x float64 }{2})
	c := complex64(3 + 5i)
	d := complex64(1 - 2i)
	c /= d
	fmt.Println(c, d/c)
}
