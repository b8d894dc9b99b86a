// run

// unsafe: offsets through embedding, arithmetic, slices and strings of memory, atomics of layout, conversions between types of one shape.
package main

import (
	"fmt"
	"unsafe"
)

type A struct {
	a byte
	b uint32
	c [3]uint16
	d string
}
type B struct {
	x int8
	A
	y float64
	z []int
}

const off = unsafe.Offsetof(B{}.d) + unsafe.Sizeof(uintptr(0))

type gen[T any] struct {
	a byte
	t T
}

func size[T any]() (uintptr, uintptr, uintptr) {
	var g gen[T]
	return unsafe.Sizeof(g), unsafe.Alignof(g.t), unsafe.Offsetof(g.t)
}

func at[T any](p unsafe.Pointer, off uintptr) *T { return (*T)(unsafe.Add(p, off)) }

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	fmt.Println(off, unsafe.Offsetof(B{}.A), unsafe.Offsetof(B{}.A.c), unsafe.Offsetof(B{}.b), unsafe.Sizeof(B{}), unsafe.Alignof(B{}))
	fmt.Println(size[byte]())
	fmt.Println(size[string]())
	fmt.Println(size[struct{}]())
	fmt.Println(size[[3]uint16]())
	fmt.Println(size[complex64]())
	b := B{x: 1, A: A{2, 3, [3]uint16{4, 5, 6}, "seven"}, y: 8, z: []int{9, 10}}
	p := unsafe.Pointer(&b)
	fmt.Println(*at[uint16](p, unsafe.Offsetof(b.A)+unsafe.Offsetof(b.A.c)+2), *at[string](p, unsafe.Offsetof(b.d)), *at[float64](p, unsafe.Offsetof(b.y)))
	*at[uint32](p, unsafe.Offsetof(b.A)+unsafe.Offsetof(b.A.b)) = 33
	fmt.Println(b.b)
	arr := [5]int32{1, 2, 3, 4, 5}
	s := unsafe.Slice(&arr[1], 3)
	s[0] = 20
	s = append(s[:1], 30)
	fmt.Println(arr, s, len(unsafe.Slice((*int)(nil), 0)), cap(s))
	by := []byte("bytes")
	str := unsafe.String(&by[1], 3)
	by[2] = 'T'
	fmt.Println(str, string(unsafe.Slice(unsafe.StringData(str), 2)), unsafe.SliceData(by) == &by[0])
	q := (*int32)(unsafe.Pointer(uintptr(unsafe.Pointer(&arr)) + 4*unsafe.Sizeof(arr[0])))
	fmt.Println(*q, uintptr(unsafe.Pointer(q))-uintptr(unsafe.Pointer(&arr[0])))
	f := 1.5
	fmt.Printf("%x %x\n", *(*uint64)(unsafe.Pointer(&f)), *(*[8]byte)(unsafe.Pointer(&f)))
	type pair struct{ a, b int32 }
	x := int64(1)<<32 | 7
	fmt.Println(*(*pair)(unsafe.Pointer(&x)), (*[2]int32)(unsafe.Pointer(&x))[1])
	var i any = x
	type eface struct{ typ, data unsafe.Pointer }
	fmt.Println(*(*int64)((*eface)(unsafe.Pointer(&i)).data))
	n := -1
	try(func() { _ = unsafe.Slice(&arr[0], n) })
	try(func() { _ = unsafe.Slice((*int)(nil), 1) })
	try(func() { _ = unsafe.String((*byte)(nil), 1) })
	try(func() { _ = unsafe.String(&by[0], n) })
	try(func() { _ = unsafe.Slice(&arr[0], uint64(1)<<62) })
	var np *B
	fmt.Println(unsafe.Sizeof(np.A), unsafe.Sizeof(np.z[5]), unsafe.Add(nil, 8) == unsafe.Pointer(uintptr(8)))
}
