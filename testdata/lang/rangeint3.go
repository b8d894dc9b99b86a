// run

// Ranges over integers: types of the variable, bounds evaluated once, changes of the variable, generic bounds, smallest and largest.
package main

import (
	"fmt"
	"math"
	"time"
)

type my uint8

func (m my) String() string { return fmt.Sprintf("my%d", uint8(m)) }

func sum[T ~int](n T) (s T) {
	for i := range n {
		s += i
	}
	return
}

func bound() int { fmt.Print("bound "); return 3 }

const c = 4
const typed int8 = 3

func main() {
	for i := range bound() {
		i *= 10
		fmt.Print(i, " ")
	}
	fmt.Println()
	n := 3
	for i := range n {
		n = 10
		fmt.Print(i, n, " ")
	}
	fmt.Println()
	for i := range my(3) {
		fmt.Print(i, " ")
	}
	for i := range typed {
		fmt.Printf("%T%d ", i, i)
	}
	for i := range c {
		fmt.Printf("%T%d ", i, i)
	}
	for i := range 'c' - 'a' {
		fmt.Printf("%T%d ", i, i)
	}
	var u8 uint8
	for u8 = range 255 {
	}
	var i64 int64
	for i64 = range 1 << 10 {
	}
	fmt.Println(u8, i64)
	for range -5 {
		panic("")
	}
	for i := range math.MinInt64 {
		panic(i)
	}
	count := 0
	for i := range int8(math.MaxInt8) {
		count += int(i)
	}
	for i := range uint64(math.MaxUint64) {
		if i == 5 {
			break
		}
		count += int(i)
	}
	fmt.Println(count, sum(10), sum(-1), sum(my2(4)))
	var fs []func() int
	for i := range 3 {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	var ps []*time.Duration
	for d := range 2 * time.Nanosecond {
		ps = append(ps, &d)
	}
	fmt.Println(*ps[0], *ps[1])
	arr := [3]int{}
	for arr[1] = range 5 {
		if arr[1] == 2 {
			continue
		}
	}
	m := map[string]int{}
	for m["k"] = range 3 {
	}
	p := new(int)
	for *p = range 4 {
	}
	fmt.Println(arr, m, *p)
	for i := range 2 {
		defer func() { fmt.Print("defer", i, " ") }()
		for i := range i + 1 {
			i := i + 5
			fmt.Print(i, " ")
		}
	}
	for _ = range 2 {
		fmt.Print("blank ")
	}
	for i := range 10 {
		switch {
		case i < 3:
			continue
		case i == 6:
			goto out
		}
		fmt.Print(i, " ")
	}
out:
	fmt.Println(len("x"[0:]))
	for i := range len("abc") {
		for j := range i {
			fmt.Print(i, j, ";")
		}
	}
	fmt.Println()
}

type my2 int
