// run

// Zero constants as elements of interface type; blank fields of literals; strings compared last; slices to
// arrays; keys of maps that reflection made; arguments of go:uintptrescapes functions.
package main

import (
	"fmt"
	"reflect"
	"runtime"
	"unsafe"
)

type key struct {
	a, b int32
	c    float64
}

type named struct {
	s    string
	x, y int
	t    string
}

//go:noinline
func five() int { return 5 }

//go:uintptrescapes
//go:noinline
func escapes(p uintptr, rest ...uintptr) int {
	grow(50)
	runtime.GC()
	n := *(*int)(unsafe.Pointer(p))
	for _, r := range rest {
		n = n*10 + *(*int)(unsafe.Pointer(r))
	}
	return n
}

//go:noinline
func grow(n int) int {
	var pad [200]int
	if n == 0 {
		return pad[3]
	}
	return grow(n-1) + pad[n]
}

func main() {
	fmt.Println([]any{1, 0}, []any{nil, 0, ""}, map[int][]any{1: {0}}, []error{nil})
	five := five()
	local := struct{ a, _, c int }{4, five, 6}
	fmt.Println(reflect.ValueOf(local).Field(1))
	a, b := named{"abc", 1, 2, "x"}, named{"abc", 1, 3, "x"}
	fmt.Println(a == b, a != b, a == named{"ab" + string(a.s[2]), 1, 2, "x"}, any(a) == any(b))
	var s []int
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println([0]int(s), [3]int(s))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(*(*[2]int)([]int{1, 2, 3}), (*[4]int)([]int{1}))
	}()
	m := reflect.MakeMap(reflect.MapOf(reflect.TypeOf(key{}), reflect.TypeOf(true)))
	m.SetMapIndex(reflect.ValueOf(key{1, 2, 3}), reflect.ValueOf(true))
	type table map[key]bool
	var x table
	reflect.ValueOf(&x).Elem().Set(m)
	fmt.Println(x[key{1, 2, 3}], x[key{1, 2, 4}])
	one, two, three := 1, 2, 3
	fmt.Println(escapes(uintptr(unsafe.Pointer(&one)), uintptr(unsafe.Pointer(&two)), uintptr(unsafe.Pointer(&three))))
	done := make(chan int)
	four := 4
	go func() {
		defer func() { done <- 0 }()
		defer escapes(uintptr(unsafe.Pointer(&four)))
	}()
	<-done
}
