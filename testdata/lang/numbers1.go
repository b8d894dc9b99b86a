// run

// Arithmetic: wrap-around, the smallest integers, shifts, floats at their limits, complex numbers, conversions while computing.
package main

import (
	"fmt"
	"math"
	"math/bits"
)

//go:noinline
func id[T any](t T) T { return t }

type integer interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

func all[T integer](x, y T) []T {
	r := []T{x + y, x - y, x * y, x &^ y, x ^ y, x | y, x & y, -x, ^x}
	if y != 0 {
		r = append(r, x/y, x%y)
	}
	for _, s := range []uint{0, 1, 7, 8, 31, 63, 64, 200} {
		r = append(r, x<<s, x>>s)
	}
	return r
}

func assign[T integer](x T) T {
	x += 100
	x *= 3
	x -= 7
	x <<= 1
	x |= 5
	x &^= 4
	x ^= 0x55
	x >>= 1
	x /= 3
	x %= 50
	x++
	return x
}

func div(a, b int) (q, r int) { return a / b, a % b }

func cdiv(a, b complex128) string { return fmt.Sprint(a/b, a*b, a == b) }

func main() {
	fmt.Println(all[int8](-128, -1), all[int8](127, 127))
	fmt.Println(all[uint8](200, 100), all[uint8](0, 255))
	fmt.Println(all[int16](math.MinInt16, -1))
	fmt.Println(all[uint16](65535, 3))
	fmt.Println(all[int32](math.MinInt32, -1))
	fmt.Println(all[uint32](1<<31, 1<<31+1))
	fmt.Println(all[int64](math.MinInt64, -1))
	fmt.Println(all[uint64](math.MaxUint64, 10))
	fmt.Println(assign[int8](50), assign[uint8](250), assign[int32](-7), assign[uint64](3))
	for _, p := range [][2]int{{7, 2}, {-7, 2}, {7, -2}, {-7, -2}, {0, 5}, {math.MinInt64, -1}, {math.MinInt64, 1}} {
		fmt.Print(fmt.Sprint(div(p[0], p[1])), " ")
	}
	x := id(-9)
	fmt.Println(x/8, x%8, x>>3, x/1, x%1, x/-3, uint(x)/8 > 1<<60, uint8(x)/16, x/1000000007)
	var u8 uint8 = 200
	var i8 int8 = -100
	fmt.Println(u8+100, u8*2, u8<<1, u8>>1<<2, -u8, ^u8, i8-100, i8*2, -i8, i8/-1, uint16(u8)<<8|uint16(u8), int(i8)*int(i8), u8-201 > 100)
	inf, nan := math.Inf(1), math.NaN()
	z := id(0.0)
	fmt.Println(1/z, -1/z, z/z, 1/-z, math.Signbit(-z), 1/(-1*z), inf-inf, inf*0, nan == nan, nan != nan, nan < 1, !(nan < 1), nan > nan)
	fmt.Println(math.MaxFloat64*id(2.0), -math.MaxFloat64*id(2.0), math.SmallestNonzeroFloat64/id(2.0), float32(math.MaxFloat32)*id(float32(2)))
	f := id(float32(0.1))
	g := id(0.1)
	fmt.Println(f+0.2, g+0.2, f*3 == 0.3, g*3 == 0.3, float64(f) == g, float32(g) == f, f*f*f, float64(f*f), float64(f)*float64(f))
	fmt.Println(min(z, -z), max(-z, z), min(nan, 1), max(1, nan), min(inf, 1, -inf), max(f, 1, 0.5))
	fmt.Println(int64(id(1e18)), int32(id(-1.9)), uint64(id(1.8e19)), int64(id(float32(16777217))), uint8(id(255.9)))
	for _, c := range []complex128{0, 1, 1i, complex(inf, 0), complex(nan, 1), complex(-0.0, 2), 3 + 4i} {
		fmt.Print(cdiv(id(1+2i), c), " ", cdiv(c, id(2i)), " ", -c, " ")
	}
	fmt.Println()
	c64 := id(complex64(1 + 2i))
	c64 *= c64
	c64 /= 2
	c64 -= 1i
	fmt.Println(c64, real(c64), imag(c64), c64 == -1.5+1i, complex128(c64)*2, complex(real(c64), 1))
	h, l := bits.Mul64(id(uint64(math.MaxUint64)), 3)
	s, c := bits.Add64(id(uint64(1)<<63), 1<<63, 1)
	q, r := bits.Div64(1, 5, 7)
	fmt.Println(h, l, s, c, q, r, bits.RotateLeft8(id(uint8(0x81)), 1), bits.LeadingZeros16(1), bits.Len(0), bits.TrailingZeros64(0), bits.OnesCount32(0xf0f0), bits.ReverseBytes16(0x1234), bits.Reverse8(1))
	fmt.Println(math.Float64bits(-z), math.Sqrt(id(2.0)), math.FMA(id(0.1), 10, -1), math.Floor(id(-1.5)), math.Trunc(id(-1.5)), math.RoundToEven(id(2.5)), math.Round(id(-2.5)), math.Copysign(3, id(-0.0)), math.Abs(id(-3.5)))
	var sh uint8 = 65
	fmt.Println(1<<sh, int8(1)<<sh, uint32(1)<<(sh-60), int64(-1)>>sh, uint64(math.MaxUint64)>>(sh-2), 1<<(sh&63), int32(-8)>>1>>(sh%4))
	var si int = 3
	fmt.Println(uint8(1)<<si<<si, int16(-1)<<si>>si, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}[1<<si], "ab"[si>>2])
	sum := 0.0
	for i := 1; i <= 1000; i++ {
		sum += 1 / float64(i)
	}
	fmt.Println(sum, float32(sum), int(sum*1e6), sum-math.Trunc(sum) < .5)
}
