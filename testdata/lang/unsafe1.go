// run

// unsafe.String, StringData, Slice, SliceData, Add (1.17, 1.20) and their checks.
package main

import (
	"fmt"
	"unsafe"
)

type rec struct {
	a uint8
	b uint32
	c [3]uint16
	d string
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func bytesOf(s string) []byte  { return unsafe.Slice(unsafe.StringData(s), len(s)) }
func stringOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
func view[T, U any](s []T, n int) []U {
	return unsafe.Slice((*U)(unsafe.Pointer(unsafe.SliceData(s))), n)
}
func field[T any, F any](p *T, off uintptr) *F {
	return (*F)(unsafe.Add(unsafe.Pointer(p), off))
}

const size = unsafe.Sizeof(rec{}) + unsafe.Alignof(uint64(0))

func main() {
	b := []byte("hello")
	s := stringOf(b)
	b[0] = 'J'
	fmt.Println(s, len(bytesOf("abc")), cap(bytesOf("abcd")), unsafe.StringData("") == unsafe.StringData(""))
	fmt.Println(view[uint64, uint32]([]uint64{1<<32 | 2, 3}, 3), view[byte, byte](nil, 0) == nil)
	r := rec{1, 2, [3]uint16{3, 4, 5}, "d"}
	*field[rec, uint32](&r, unsafe.Offsetof(r.b)) = 20
	*(*uint16)(unsafe.Add(unsafe.Pointer(&r.c), 1*unsafe.Sizeof(r.c[0]))) = 40
	*(*string)(unsafe.Pointer(uintptr(unsafe.Pointer(&r)) + unsafe.Offsetof(r.d))) += "!"
	fmt.Println(r, size, unsafe.Offsetof(r.c), unsafe.Sizeof(r.d), unsafe.Alignof(r.c))
	n, neg, huge := 3, -1, uint64(1<<63)
	var p *int32
	arr := [4]int32{1, 2, 3, 4}
	try("nil, 0", func() { fmt.Println(unsafe.Slice(p, 0) == nil, len(unsafe.Slice(p, n-3))) })
	try("nil, 3", func() { _ = unsafe.Slice(p, n) })
	try("negative", func() { _ = unsafe.Slice(&arr[0], neg) })
	try("huge", func() { _ = unsafe.Slice(&arr[0], huge) })
	try("overflow", func() { _ = unsafe.Slice(&arr[0], 1<<62) })
	try("fine", func() { fmt.Println(unsafe.Slice(&arr[1], n)) })
	try("string negative", func() { _ = unsafe.String(&b[0], neg) })
	try("string nil", func() { _ = unsafe.String(nil, n) })
	try("string nil 0", func() { fmt.Printf("%q\n", unsafe.String(nil, n-3)) })
	try("string huge", func() { _ = unsafe.String(&b[0], huge) })
	fmt.Println(*(*[2]int32)(unsafe.Slice(&arr[0], 2)), unsafe.SliceData(arr[2:]) == &arr[2], unsafe.SliceData(arr[4:]) != nil)
	var z []int
	e := []int{}
	fmt.Println(unsafe.SliceData(z) == nil, unsafe.SliceData(e) != nil, len(unsafe.Slice((*struct{})(nil), 0)))
	f := 1.5
	fmt.Printf("%#x %d\n", *(*uint64)(unsafe.Pointer(&f)), unsafe.Sizeof(struct {
		a bool
		b struct{}
	}{}))
}
