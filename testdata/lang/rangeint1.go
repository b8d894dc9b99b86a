// run

// Range over integers: types, constants, evaluation, modification, unsigned and huge bounds.
package main

import (
	"fmt"
	"math"
	"time"
)

type small int8
type index uint16

const limit = 3
const typed index = 2

var calls int

func n() int { calls++; return 3 }

func each[T ~int64](n T, f func(T)) {
	for i := range n {
		f(i)
	}
}

func sum[T ~int8](n T) (s T) {
	for i := range n {
		s += i
		i = 100
		s += i - 100
	}
	return
}

func find(limit uint64, f func(uint64) bool) (at uint64, ok bool) {
	for at = range limit {
		if f(at) {
			return at, true
		}
	}
	return
}

type dur struct{ d time.Duration }

func main() {
	for i := range n() {
		n()
		fmt.Print(i, " ")
	}
	fmt.Println(calls)
	for i := range limit {
		fmt.Printf("%T%v ", i, i)
	}
	for i := range typed {
		fmt.Printf("%T%v ", i, i)
	}
	for i := range small(2) {
		fmt.Printf("%T%v ", i, i)
	}
	for i := range 'c' - 'a' {
		fmt.Printf("%T%v ", i, i)
	}
	for i := range index(2.0) {
		fmt.Printf("%T%v ", i, i)
	}
	var u8 uint8
	for u8 = range 255 {
	}
	var i8 int8
	for i8 = range 1<<7 - 1 {
	}
	fmt.Println(u8, i8)
	var d dur
	for d.d = range 5 {
	}
	fmt.Printf("%T %v\n", d.d, d.d)
	for i := range -5 {
		fmt.Println("never", i)
	}
	for range math.MinInt64 {
		fmt.Println("never")
	}
	for range 0 {
		fmt.Println("never")
	}
	m := 3
	for i := range m {
		m = 10
		fmt.Print(i, m, " ")
		i += 5
		fmt.Print(i, " ")
	}
	fmt.Println(m)
	fmt.Println(find(math.MaxUint64, func(x uint64) bool { return x*x > 1<<20 }))
	fmt.Println(find(3, func(x uint64) bool { return false }))
	each(time.Duration(3), func(x time.Duration) { fmt.Print(x-1, " ") })
	each(int64(2), func(x int64) { fmt.Print(x, " ") })
	fmt.Println(sum[small](16), sum(int8(10)))
	arr := [4]int{}
	for arr[1] = range 4 {
		arr[arr[1]] += 2
	}
	fmt.Println(arr)
	var k any
	for k = range 3 {
	}
	fmt.Printf("%T %v\n", k, k)
outer:
	for i := range 4 {
		for j := range i {
			switch {
			case j == 1:
				continue outer
			case i == 3:
				break outer
			}
			fmt.Print(i, j, ";")
		}
	}
	fmt.Println()
	var fs [3]func() int
	for i := range len(fs) {
		fs[i] = func() int { i++; return i }
	}
	fmt.Println(fs[0](), fs[0](), fs[1](), fs[2]())
	p := new(int)
	for *p = range 7 {
		if *p == 4 {
			break
		}
	}
	fmt.Println(*p, calls)
}
