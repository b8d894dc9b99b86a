// run

// Floats: conversions at the edges, comparisons with NaN, negative zero, float32 rounding, complex division.
package main

import (
	"fmt"
	"math"
	"math/cmplx"
)

//go:noinline
func hide[T any](t T) T { return t }

type f32 float32

func cmp[T ~float32 | ~float64](a, b T) string {
	s := ""
	for i, ok := range []bool{a < b, a <= b, a > b, a >= b, a == b, a != b, !(a < b), !(a >= b)} {
		if ok {
			s += string("lLgGe!<G"[i])
		}
	}
	if a < b || a == b {
		s += "|"
	}
	return s
}

func sum32(xs ...float32) (s float32) {
	for _, x := range xs {
		s += x
	}
	return
}

func poly(x float64, c ...float64) (y float64) {
	for i := len(c) - 1; i >= 0; i-- {
		y = y*x + c[i]
	}
	return
}

func main() {
	nan, inf, nz := hide(math.NaN()), hide(math.Inf(1)), hide(math.Copysign(0, -1))
	vals := []float64{nan, inf, -inf, nz, 0, 1, -1.5}
	for _, a := range vals {
		for _, b := range vals {
			fmt.Print(cmp(a, b), " ", cmp(float32(a), float32(b)) == cmp(a, b), " ")
		}
		fmt.Println()
	}
	fmt.Println(1/nz, -nz == 0, math.Signbit(nz*1), math.Signbit(nz+0), math.Signbit(-(nz + nz)), math.Signbit(0-nz*0))
	fmt.Println(sum32(16777216, 1, 1), sum32(0.1, 0.2, 0.3), float32(hide(0.1))*3 == 0.3, f32(1)/3, float64(f32(1)/3))
	for _, f := range []float64{0.9, -0.9, 1e9 + 0.5, -1e9 - 0.5, 4e9, 1 << 53, 1e18, -1e18} {
		f = hide(f)
		fmt.Print(int64(f), " ", int32(int64(f)), " ", uint8(int64(f)), " ", float32(f), " ", int64(float32(f)), "; ")
	}
	fmt.Println()
	for _, u := range []uint64{0, 1, 1<<53 + 1, 1<<63 - 1, 1 << 63, 1<<63 + 1025, 1<<64 - 1} {
		u = hide(u)
		fmt.Print(float64(u), " ", float32(u), " ", uint64(float64(u>>1)), " ", float64(int64(u)), "; ")
	}
	fmt.Println(uint64(hide(1.5e19)), uint32(hide(3e9)), uint64(hide(float32(1<<63))))
	fmt.Println(poly(hide(1.1), 1, -2, 3.5, 1e-3), poly(hide(-0.0), nz), math.FMA(hide(0.1), 10, -1), hide(0.1)*10-1)
	c := hide(complex(3, -4))
	fmt.Println(c*c, c/(1+2i), 1/c, cmplx.Abs(c), real(c)*imag(c), c == complex(3, -4), -c, complex64(c)/3)
	fmt.Println(hide(complex(inf, nan))/2, hide(1+0i)/0, hide(complex(0, 0))/0, cmplx.IsNaN(complex(nan, inf)), hide(complex(nz, 1))*2)
	fmt.Println(math.Float32bits(float32(hide(1e-46))), math.Float32bits(float32(hide(3.5e38))), math.Float64bits(hide(5e-324)/2), float32(hide(1.17549430e-38)))
	fmt.Println(hide(7.0)/2, math.Mod(hide(-7.0), 3), math.Remainder(hide(7.0), 4), math.Trunc(hide(-2.7)), math.RoundToEven(hide(2.5)), math.Round(hide(-0.4)), math.Floor(nz))
	x := hide(float32(0.1))
	x += 0.2
	x *= x
	x -= 0.09
	x /= 3
	fmt.Println(x, float64(x), x*1e10, -x)
	var i8 int8 = 127
	i8 += int8(hide(1.9))
	fmt.Println(i8, float32(i8)/2, float64(uint8(i8))/3, math.MaxFloat32*float32(hide(2)), math.Sqrt(hide(-1.0)) != 0)
}
