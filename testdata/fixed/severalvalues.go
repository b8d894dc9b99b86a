// run

// Built-in functions of the results of one call; overlapping arrays; range assigning two places.
package main

import "fmt"

func floats() (float64, float64)       { return 5, 7 }
func strs() ([]string, string, string) { return []string{"a"}, "b", "c" }
func anys() ([]any, int, string)       { return nil, 1, "x" }
func slices() ([]byte, []byte)         { return buffer, []byte("xyz") }
func entry() (map[string]int, string)  { return table, "k" }
func text() ([]byte, string)           { return buffer, "q" }

var buffer = []byte("12345")
var table = map[string]int{"k": 1, "l": 2}

func many(a, b, c, d, e, f, g, h, i, j, k, l, m *int) int {
	return rotate(m, l, k, j, i, h, g, f, e, d, c, b, a) + *a + *m
}

//go:noinline
func rotate(a, b, c, d, e, f, g, h, i, j, k, l, m *int) int { return *a*100 + *m*10 + *g }

func main() {
	fmt.Println(complex(floats()), append(strs()), append(anys()))
	fmt.Println(copy(slices()), string(buffer), copy(text()), string(buffer))
	delete(entry())
	fmt.Println(table)
	func() {
		table["k"] = 3
		defer delete(entry())
		defer copy(text())
	}()
	fmt.Println(table)
	var x [64]byte
	for i := range x {
		x[i] = byte(i)
	}
	*(*[32]byte)(x[4:36]) = *(*[32]byte)(x[2:34])
	fmt.Println(x)
	i, s := 1, []int{10, 20}
	for i, s[i] = range []int{99} {
		break
	}
	fmt.Println(i, s)
	k, m := "a", map[string]int{}
	for k, m[k] = range map[string]int{"z": 26} {
	}
	fmt.Println(k, m)
	v := make([]int, 13)
	for i := range v {
		v[i] = i + 1
	}
	fmt.Println(many(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7], &v[8], &v[9], &v[10], &v[11], &v[12]))
}
