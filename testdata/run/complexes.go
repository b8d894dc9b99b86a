// run

// complex numbers, math, math/cmplx, math/bits, math/rand with a seed.
package main

import (
	"fmt"
	"math"
	"math/bits"
	"math/cmplx"
	"math/rand/v2"
)

func mandelbrot(c complex128) int {
	z := c
	for i := range 50 {
		if real(z)*real(z)+imag(z)*imag(z) > 4 {
			return i
		}
		z = z*z + c
	}
	return 50
}

func main() {
	a, b := 3+4i, complex(1, -2)
	fmt.Println(a+b, a-b, a*b, a/b, -a, a == b, a/0)
	fmt.Println(cmplx.Abs(a), cmplx.Sqrt(-1), cmplx.Exp(1i*math.Pi), cmplx.Phase(-1), cmplx.Conj(a), cmplx.Pow(a, 2))
	var c64 complex64 = 1.5 + 2i
	c64 *= c64
	c64 /= 3 - 1i
	fmt.Println(c64, real(c64), imag(c64), complex128(c64))
	for y := -1.2; y <= 1.2; y += 0.4 {
		var row []byte
		for x := -2.0; x <= 0.6; x += 0.1 {
			row = append(row, " .:-=+*#%@"[mandelbrot(complex(x, y))*9/50])
		}
		fmt.Println(string(row))
	}
	x := 2.5
	fmt.Println(math.Sqrt(x), math.Floor(-x), math.Ceil(x), math.Trunc(x), math.Round(x), math.RoundToEven(x), math.Abs(-x))
	fmt.Println(math.Sin(x), math.Cos(x), math.Tan(x), math.Atan2(1, x), math.Exp(x), math.Log(x), math.Log2(8), math.Log1p(x))
	fmt.Println(math.Pow(x, 3), math.Cbrt(27), math.Hypot(3, 4), math.Mod(7, 3), math.Gamma(5), math.Erf(0.5), math.FMA(2, 3, 4))
	fmt.Println(math.Inf(1), math.IsNaN(math.NaN()), math.MaxInt64, uint64(math.MaxUint64), math.SmallestNonzeroFloat64, math.Float64bits(x), math.Copysign(1, -0.0))
	fr, e := math.Frexp(x)
	i, f := math.Modf(-3.25)
	fmt.Println(fr, e, i, f, math.Ldexp(0.5, 4), math.Nextafter(1, 2))
	u := uint64(0x00f0_1234_5678_9abc)
	fmt.Println(bits.LeadingZeros64(u), bits.TrailingZeros64(u), bits.OnesCount64(u), bits.Reverse8(3), bits.ReverseBytes32(1), bits.Len(255), bits.RotateLeft32(1, 31))
	hi, lo := bits.Mul64(u, u)
	q, r := bits.Div64(1, 0, 3)
	s, carry := bits.Add64(math.MaxUint64, 1, 0)
	fmt.Println(hi, lo, q, r, s, carry)
	g := rand.New(rand.NewPCG(1, 2))
	fmt.Println(g.IntN(100), g.IntN(100), g.Float64(), g.Perm(5), g.Uint64())
}
