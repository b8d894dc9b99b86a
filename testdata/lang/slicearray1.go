// run

// Conversions of slices to arrays and array pointers: lengths, nil, aliasing, panics.
package main

import (
	"errors"
	"fmt"
	"runtime"
)

type quad [4]byte
type name string
type pair struct {
	a int32
	b string
}

func try(label string, f func()) {
	defer func() {
		switch e := recover().(type) {
		case nil:
			fmt.Println(label, "fine")
		case runtime.Error:
			fmt.Println(label, e)
		default:
			fmt.Println(label, "other", e)
		}
	}()
	f()
}

func arr[A ~[3]E, E any, S ~[]E](s S) A   { return A(s) }
func ptr[E any](s []E) *[2]E              { return (*[2]E)(s) }
func either[T [2]int | [3]int](s []int) T { return T(s) }
func sum[T interface{ ~[4]E }, E int | byte](t T) (r E) {
	for _, v := range t {
		r += v
	}
	return
}

var global = [3]string(append([]string{"a"}, "b", "c"))

func main() {
	s := []byte("abcdef")
	q := quad(s)
	p := (*quad)(s)
	p[1] = 'X'
	s[2] = 'Y'
	fmt.Printf("%s %s %s %T\n", q[:], p[:], s, p)
	fmt.Println(quad(s) == *p, q == *p, [0]int([]int(nil)), (*[0]int)(nil) == (*[0]int)([]int(nil)))
	empty := []int{}
	fmt.Println((*[0]int)(empty) != nil, [0]int(empty) == [0]int{})
	for n := range 4 {
		try(fmt.Sprint("array of ", n), func() { fmt.Println(quad(s[:n*2])) })
		try(fmt.Sprint("pointer to ", n), func() { fmt.Println(*(*[5]byte)(s[n:])) })
	}
	pairs := []pair{{1, "x"}, {2, "y"}, {3, "z"}}
	copyOf := [3]pair(pairs)
	copyOf[0].b = "changed"
	inside := &(*[2]pair)(pairs[1:])[1]
	inside.a *= 100
	fmt.Println(pairs, copyOf, arr[[3]pair](pairs), *ptr(pairs))
	for i, v := range [3]pair(pairs) {
		pairs[2-i].a = int32(i)
		fmt.Print(v.a, " ")
	}
	for i, v := range (*[3]pair)(pairs) {
		pairs[2-i].a = int32(i + 10)
		fmt.Print(v.a, " ")
	}
	fmt.Println(pairs)
	fmt.Println(either[[2]int]([]int{1, 2, 3}), either[[3]int]([]int{1, 2, 3}), sum(quad{1, 2, 3, 250}))
	try("either", func() { either[[3]int]([]int{1}) })
	m := map[[2]name]int{[2]name([]name{"k", "v"}): 7}
	fmt.Println(m[[2]name{"k", "v"}], global, len((*[3]int)(nil)), cap([2]int(make([]int, 2, 9))))
	var err error = func() (e error) {
		defer func() { e, _ = recover().(error) }()
		_ = [10]string(global[:])
		return nil
	}()
	var re runtime.Error
	fmt.Println(errors.As(err, &re), err)
}
