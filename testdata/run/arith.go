// run -stderr

package main

type point struct{ x, y int32 }

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func divmod(a, b int) (q, r int) { return a / b, a % b }

func main() {
	println(fib(20))
	q, r := divmod(-17, 5)
	b, m := uint8(250), int8(-128)
	println(q, r, -17>>1, b+10, m/int8(r+1))
	var u uint32 = 1 << 31
	println(u<<1, u>>31, ^u, u&^u, 7&^2, 6^3)
	p := point{3, 4}
	s := &p
	s.x += 10
	println(p.x, p.y, p == point{13, 4})
	var a [5]int
	for i := range a {
		a[i] = i * i
	}
	sum := 0
	for _, v := range a {
		sum += v
	}
	println(sum, len(a), a[2:4][1], cap(a[1:3]))
	f := 1.0
	for i := 0; i < 10; i++ {
		f /= 3
	}
	println(f < 0.0001, f > 0.00001, int(f*1e6), float32(0.1) == 0.1)
	var i64 int64 = -1
	println(uint64(i64), int32(i64), uint16(i64), float64(i64))
	shift := uint(70)
	println(1<<shift == 0, i64>>shift)
}
