// run

// min and max of variables under the optimiser: loops, signedness, widths, in conditions and indices.
package main

import "fmt"

type number interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

func spread[T number](xs ...T) (lo, hi, sum T) {
	lo, hi = xs[0], xs[0]
	for _, x := range xs {
		lo, hi = min(lo, x), max(hi, x)
		sum += max(x, -x) - min(x, -x)
	}
	return
}

func window(s []int, lo, hi int) []int { return s[max(0, min(lo, len(s))):max(lo, min(hi, len(s)))] }

func saturate(a, b int32) int32 {
	return int32(min(max(int64(a)+int64(b), -1<<31), 1<<31-1))
}

func mix(a uint8, b int8) int { return max(int(a), int(b)) - min(int(int8(a)), int(uint8(b))) }

func str(a, b, c string) string { return min(a+b, b+c, c+a) + "|" + max(a+c, b) }

type clock struct{ h, m uint8 }

func (c clock) plus(n int) clock {
	t := (int(c.h)*60 + int(c.m) + max(n, 0)) % (24 * 60)
	return clock{uint8(t / 60), uint8(min(t%60, 59))}
}

//go:noinline
func id[T any](v T) T { return v }

func main() {
	fmt.Println(spread[int8](-128, 127, 0, 5))
	fmt.Println(spread[uint8](200, 3, 255))
	fmt.Println(spread[int16](-1, 1, -32768))
	fmt.Println(spread[uint32](1<<31, 1, 0))
	fmt.Println(spread[int64](-1<<63, 1<<63-1))
	fmt.Println(spread[uint64](1<<63, 1<<63-1))
	fmt.Println(spread[float32](-1.5, 2, 1e30))
	s := []int{0, 1, 2, 3, 4, 5}
	for lo := -1; lo < 8; lo += 3 {
		for hi := max(lo, 0); hi < 9; hi += 4 {
			if lo <= 6 {
				fmt.Print(window(s, lo+max(0, -lo), hi+max(0, -lo)), " ")
			}
		}
	}
	fmt.Println()
	for _, p := range [][2]int32{{1 << 30, 1 << 30}, {-1 << 31, -1}, {5, -6}, {1<<31 - 1, -1 << 31}} {
		fmt.Print(saturate(p[0], p[1]), " ", min(p[0], p[1]), " ")
	}
	fmt.Println(mix(200, -3), mix(3, 100), mix(255, -128))
	fmt.Println(str("b", "a", "c"), str("", "", "x"), clock{23, 59}.plus(2), clock{1, 1}.plus(-5))
	acc := uint16(0)
	for i := id(0); i < 1000; i++ {
		acc = max(acc, uint16(i*77)) - min(acc/3, uint16(i))
	}
	fmt.Println(acc)
	a := [5]int{4, 3, 2, 1, 0}
	for i := range a {
		a[max(i-1, 0)] += a[min(i+1, len(a)-1)] * max(a[i], 2)
	}
	fmt.Println(a)
	m := map[string]int{}
	for _, w := range []string{"b", "a", "b", "c"} {
		m[max(w, "b")] += min(len(m), 2) + 1
	}
	fmt.Println(m)
	var f float64 = id(0.0)
	neg := -f
	fmt.Println(1/min(f, neg), 1/max(neg, f), 1/min(neg, neg), 1/max(id(f), 0))
	if max(f, 1) > 0 && min(id(3), 4) == 3 || max(id("z"), "y") == "y" {
		fmt.Println("yes")
	}
}
