// run

package main

import "fmt"

type test struct {
	pattern, text string
	matches       [][]int
}

var tests = []test{{"a", "b", [][]int{{1}, {2, 3}}}, {"", "", [][]int{{4, 5}, {6}}}}

//go:noinline
func find(t test) [][][]byte { return [][][]byte{{[]byte(t.pattern)}, {[]byte("x"), []byte(t.text)}} }

// Nine words of arguments fill all registers for integers.
//
//go:noinline
func show(t *test, k int, sub []int, match [][]byte, n *int) {
	*n += len(match)
	fmt.Println(t.pattern, k, sub, match, *n)
}

func main() {
	n := 0
	for _, t := range tests {
		for k, match := range find(t) {
			show(&t, k, t.matches[k], match, &n)
		}
	}
}
