// run

// min and max: NaN, signed zeros, strings, constants, mixed operands, order of evaluation.
package main

import (
	"fmt"
	"math"
)

const (
	c1      = min(3, 2.5, 'a')
	c2      = max("a", "ab", "")
	c3 int8 = max(1, -128)
	c4      = min(1<<70, 1<<71) >> 68
	c5      = max(0.1, 1, 'b')
)

type temp float32
type word string

var order []int

func at[T any](i int, v T) T { order = append(order, i); return v }

func clamp[T int | float64 | ~string](lo, v, hi T) T { return max(lo, min(v, hi)) }
func all[T interface {
	~int8 | ~uint64 | ~float32 | ~float64 | ~string
}](a, b, c T) [2]T {
	return [2]T{min(a, b, c), max(a, b, c)}
}

func bits(f float64) string {
	switch {
	case f != f:
		return "NaN"
	case f == 0 && math.Signbit(f):
		return "-0"
	}
	return fmt.Sprint(f)
}

func main() {
	fmt.Println(c1, c2, c3, c4, c5)
	fmt.Printf("%T %T %T %T\n", c1, c2, c3, c5)
	nz, z, nan, inf := math.Copysign(0, -1), 0.0, math.NaN(), math.Inf(1)
	vals := []float64{nz, z, nan, inf, -inf, 1, math.MaxFloat64, math.SmallestNonzeroFloat64}
	for _, a := range vals {
		for _, b := range vals {
			fmt.Print(bits(min(a, b)), "/", bits(max(a, b)), " ")
		}
		fmt.Println()
	}
	fmt.Println(bits(min(1, nan, -inf)), bits(max(nz, 0)), bits(min(z, nz, 0)), bits(max(nz, nz)))
	f32 := float32(nan)
	fmt.Println(min(f32, 1) != min(f32, 1), max(temp(1.5), 2, temp(-3)), min(word("b"), "a"))
	i8, u64 := int8(-128), uint64(math.MaxUint64)
	fmt.Println(max(i8, 127, c3), min(u64, 1<<63), max(u64-1, u64), min(i8, -i8), uint8(min(300, 200, 255)))
	fmt.Println(max(at(1, 3), at(2, 9), at(3, 5)), min(at(4, "x"), at(5, "w"), at(6, "y")), order)
	fmt.Println(clamp(1, 5, 3), clamp(0, nan, 1) != 0, clamp[word]("b", "a", "c"), clamp(-1.5, -2, 2))
	fmt.Println(all[int8](1, -1, 127), all[uint64](1, 1<<63, 2), all(float32(1), 2, 0.5), all("b", "", "c"), all[temp](0, -1, 1))
	s := "short"
	long := s + "er"
	fmt.Println(max(s, long), min(s, long), min(long[:5], s) == s, max("", s[:0]) == "")
	x := 7
	p := &x
	x = min(*p, func() int { *p = 3; return 5 }())
	fmt.Println(x)
	for i := range max(2, x-x+3) {
		order[i] = min(order[i], i, -i)
	}
	fmt.Println(order, len([max(2, 3)]int{}), [...]string{min(2, 1): "k"})
	var d float64 = 2
	fmt.Println(max(1, d), min(d, 1<<60), max(x, 1.0, 'c'-'b'), min(1, 2.5)+d)
	switch max(x, 10) {
	case min(10, 11):
		fmt.Println("ten")
	}
	y := []int{5, 1, 9}
	fmt.Println(min(y[0], y[1], y[2]), max(y[2], y[1]), max(x))
}
