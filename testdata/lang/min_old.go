// run -lang=go1.20

// Before 1.21 min, max and clear are ordinary names, before 1.22 loops share their variables.
package main

import "fmt"

func min(a, b string) string { return a + "<" + b }
func max[T any](t ...T) int  { return len(t) }

type clear struct{ n int }

func (c clear) String() string { return fmt.Sprint("clear", c.n) }

func main() {
	fmt.Println(min("a", "b"), max(1, 2, 3), clear{4})
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i++; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	s := [2]int([]int{7, 8})
	new := func(n int) int { return n * 2 }
	fmt.Println(s, new(5))
}
