// run

// Bounds that follow from comparisons of bytes and other narrow integers with constants, and those that do not.
package main

import (
	"fmt"
	"math"
	"math/bits"
)

var table [128]byte
var short [10]int

//go:noinline
func ascii(s string) (n int) {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 128 {
			n += int(table[c])
		}
	}
	return
}

//go:noinline
func signed(x int8) int {
	if x >= 0 && x < 10 {
		return short[x]
	}
	return -1
}

//go:noinline
func badSigned(x int8) (r any) {
	defer func() { r = recover() }()
	if x < 10 {
		return short[x]
	}
	return -1
}

//go:noinline
func unsigned(x uint8) (r any) {
	defer func() { r = recover() }()
	if 5 < x && x <= 10 {
		return short[x]
	}
	if !(x >= 3) {
		return short[x+7]
	}
	return short[x-3]
}

//go:noinline
func mixed(x uint16) (r any) {
	defer func() { r = recover() }()
	if int16(x) < 10 {
		return short[x]
	}
	return nil
}

//go:noinline
func exact(x int32) int {
	if x != 4 {
		return 0
	}
	return short[x]
}

// A result that is tested where it may be 0, and used where it is not.
func find(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			return i + 1
		}
	}
	return 0
}

//go:noinline
func uses(s string) int {
	if n := find(s, 'x'); n != 0 {
		return n * 3
	}
	if n := find(s, 'y'); n == 0 {
		return -1
	} else {
		return n + len(s)
	}
}

func main() {
	for i := range table {
		table[i] = byte(i % 7)
	}
	for i := range short {
		short[i] = i * i
	}
	fmt.Println(ascii("some text \xff\x80 and more"))
	for _, x := range []int8{-128, -1, 0, 9, 10, 127} {
		fmt.Println(x, signed(x), badSigned(x))
	}
	for _, x := range []uint8{0, 2, 3, 5, 6, 9, 10, 11, 12, 13, 255} {
		fmt.Println(x, unsigned(x))
	}
	for _, x := range []uint16{0, 9, 10, 32767, 32768, 65535} {
		fmt.Println(x, mixed(x))
	}
	fmt.Println(exact(3), exact(4))
	fmt.Println(uses("abx"), uses("aby"), uses("ab"))
	for _, x := range []uint64{0, 1, 255, 1 << 63, math.MaxUint64, 0x123456789abcdef} {
		fmt.Println(bits.OnesCount64(x), bits.OnesCount32(uint32(x)), bits.OnesCount16(uint16(x)), bits.OnesCount8(uint8(x)), bits.OnesCount(uint(x)))
	}
	_ = make([]byte, 4<<20) // From here on the processor is known.
	for _, x := range []uint64{0, 1, 255, 1 << 63, math.MaxUint64, 0x123456789abcdef} {
		fmt.Println(bits.OnesCount64(x), bits.OnesCount32(uint32(x)), bits.OnesCount16(uint16(x)), bits.OnesCount8(uint8(x)), bits.OnesCount(uint(x)))
	}
	for range 2 {
		for _, x := range []float64{0, math.Copysign(0, -1), 0.5, 1.5, 2.5, -0.5, -1.5, 1e300, -7.9, math.Inf(1), math.NaN()} {
			fmt.Println(math.Floor(x), math.Ceil(x), math.Trunc(x), math.RoundToEven(x), math.FMA(x, 3, 0.1), math.Signbit(math.Ceil(x)))
		}
		sink = make([]byte, 4<<20)
	}
}

var sink []byte
