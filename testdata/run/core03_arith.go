// run -stderr
package main

var (
	i8  int8    = -128
	u8  uint8   = 250
	i16 int16   = 32767
	u32 uint32  = 1 << 31
	i64 int64   = -1 << 63
	u64 uint64  = 1<<64 - 1
	f32 float32 = 0.1
	f64         = 1e300
)

//go:noinline
func div(a, b int64) (int64, int64) { return a / b, a % b }

//go:noinline
func udiv(a, b uint64) (uint64, uint64) { return a / b, a % b }

//go:noinline
func shifts(x int64, u uint64, n uint) (int64, int64, uint64, uint64) {
	return x << n, x >> n, u << n, u >> n
}

func main() {
	println(i8-1, -i8, u8+10, i16+1, u32*2, i64-1, u64+1)
	println(div(-7, 2))
	println(div(i64, -1))
	println(udiv(u64, 10))
	println(shifts(-5, 5, 1))
	println(shifts(-5, 5, 63))
	println(shifts(-5, 5, 64))
	println(shifts(-5, 5, 200))
	println(i64>>63, u64>>63, i8>>1, u8<<1)
	println(f32*3 == 0.3, float64(f32) == 0.1, f64*f64 > f64, int64(-f32*39.9), uint8(int(f32*100)))
	println(5&^3, 5^3, ^5, 6|1, 7&2)
	x := 10
	x += 5
	x *= 2
	x -= 3
	x /= 4
	x %= 4
	x <<= 5
	x |= 3
	x ^= 1
	x &^= 2
	println(x)
	println(div(100, 7))
	println(-7/2, -7%2, 7/-2, 7%-2)
	c := complex(1, 2)
	c = c * c
	println(real(c), imag(c), c == complex(-3, 4))
	d := c / complex(1, 1)
	println(real(d), imag(d))
}
