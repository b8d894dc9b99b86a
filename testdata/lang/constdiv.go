// run

// Divisions whose divisor turns out to be zero after inlining still panic; so do shifts by negative counts.
package main

import "fmt"

func div[T interface {
	~uint8 | ~uint32 | ~int16 | ~int64 | ~uint64
}](a, b T) T {
	return a / b
}
func mod[T interface {
	~uint8 | ~uint32 | ~int16 | ~int64 | ~uint64
}](a, b T) T {
	return a % b
}
func shl(a int32, n int8) int32     { return a << n }
func at(s []int, i int) int         { return s[i] }
func low(s string, i, j int) string { return s[i:j] }

func try[T any](f func() T) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println("panic:", e)
		}
	}()
	fmt.Println(f())
}

var x8, x32, x64 = uint8(200), uint32(1 << 31), uint64(1 << 63)
var i16, i64 = int16(-32768), int64(-1 << 63)

type wrap struct{ n uint32 }

func (w wrap) inv(of uint32) uint32 { return of / w.n }

func main() {
	try(func() uint8 { return div(x8, 0) })
	try(func() uint8 { return mod(x8, x8-200) })
	try(func() uint32 { return div(x32, 0) })
	try(func() uint32 { return mod(x32, 0&x32) })
	try(func() int16 { return div(i16, 0) })
	try(func() int16 { return div(i16, -1) })
	try(func() int16 { return mod(i16, -1) })
	try(func() int64 { return div(i64, -1) })
	try(func() int64 { return mod(i64, -1) })
	try(func() int64 { return mod(i64, i64-i64) })
	try(func() uint64 { return div(x64, 0) })
	try(func() uint64 { return mod(x64, 1<<63) })
	try(func() uint32 { return wrap{}.inv(x32) })
	try(func() int32 { return shl(1, -1) })
	try(func() int32 { return shl(1, 100) })
	try(func() int { return at(nil, 0) })
	try(func() int { return at([]int{1}, -1) })
	try(func() string { return low("abc", 2, 1) })
	try(func() string { return low("abc", 0, 9) })
	z := uint32(0)
	for i := range uint32(3) {
		try(func() uint32 { return 6/(i-1) + z })
		try(func() uint32 { z = i * 0; return 5 % z })
	}
	m := map[string]int{"a": 7}
	try(func() int { m["b"] /= m["c"]; return 1 })
	try(func() int { m["d"] %= len(m) - 1; return 1 })
	try(func() int { m["s"] <<= m["a"] - 8; return 1 })
	fmt.Println(len(m), m)
	m["new"] += 5
	m["new"] *= m["new"] + m["none"]
	m["a"]++
	fmt.Println(len(m), m)
	n := map[[2]any]string{}
	n[[2]any{1, "k"}] += "x"
	n[[2]any{1, "k"}] += fmt.Sprint(len(n), n)
	fmt.Println(n)
	try(func() int { n[[2]any{n, 1}] += "y"; return 1 })
}
