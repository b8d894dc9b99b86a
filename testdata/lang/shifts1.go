// run

// Shifts and conversions between sizes: every width, counts beyond the width, signed counts, constants, compound.
package main

import "fmt"

type ints interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~int | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uint
}

//go:noinline
func hide[T any](t T) T { return t }

func all[T ints, C ints](x T, counts ...C) (out []T) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Print(e, " ")
		}
	}()
	for _, c := range counts {
		y := x
		y <<= c
		z := x
		z >>= c
		out = append(out, x<<c, x>>c, y^z, x<<c>>c, (x>>1)<<(c&1))
	}
	return
}

func consts[T ints](x T) []T {
	return []T{x << 0, x << 1, x >> 3, x << 7 >> 7, x >> 6 << 6, x << 40, x >> 40, -x >> 1, ^x << 2, x*8 + x>>2, x / 4, x % 8, x & 7 << 1}
}

func conv[To, From ints](f From) (To, To, To) { return To(f), To(-f), To(f<<3) >> 1 }

func rot8(x uint8, n uint) uint8     { return x<<(n&7) | x>>(8-n&7) }
func rot32(x uint32, n int) uint32   { return x<<(n&31) | x>>(32-n&31) }
func rot64(x uint64, n uint8) uint64 { return x<<n | x>>(64-n) }
func sext(x uint32) int64            { return int64(int8(x)) + int64(int16(x>>8)) - int64(int32(x)) }
func div(a int32) (r [6]int32) {
	return [6]int32{a / 2, a / -8, a % 16, a / 7, a % -7, a / 641}
}
func udiv(a uint64) (r [6]uint64) {
	return [6]uint64{a / 2, a / 10, a % 1000, a / 7, a % 641, a / (1 << 63)}
}

func main() {
	fmt.Println(all[int8, uint](-100, 0, 1, 7, 8, 63, 64, 200))
	fmt.Println(all[uint8, int](200, 1, 7, 8, 100, -1, 2))
	fmt.Println(all[int16, uint8](-30000, 3, 15, 16, 255))
	fmt.Println(all[uint16, int64](60000, 3, 15, 16, 1<<40))
	fmt.Println(all[int32, uint64](-1<<31, 1, 31, 32, 1<<63))
	fmt.Println(all[uint64, int8](1<<63|5, 1, 63, 64, 127))
	fmt.Println(all[int64, int16](-1<<63, 62, 63, 64, -32768))
	fmt.Println(consts[int8](-77), consts[uint8](177))
	fmt.Println(consts[int32](-1<<30+5), consts[uint64](1<<63+9))
	fmt.Println(conv[int8](hide(uint64(1<<63 | 200))))
	fmt.Println(conv[uint32](hide(int8(-5))))
	fmt.Println(conv[int64](hide(uint32(4000000000))))
	fmt.Println(conv[uint16](hide(int64(-70000))))
	fmt.Println(rot8(0x81, 1), rot8(0x81, 0), rot32(0x80000001, 4), rot32(1, -1), rot64(1<<63|1, 1), rot64(3, 0))
	fmt.Println(sext(0x12348080), sext(0xff7f80ff))
	for _, a := range []int32{0, 1, -1, 7, -7, 641, -1 << 31, 1<<31 - 1} {
		fmt.Print(div(hide(a)), " ")
	}
	fmt.Println()
	for _, a := range []uint64{0, 1, 9, 10, 999, 1<<64 - 1, 1 << 63} {
		fmt.Print(udiv(hide(a)), " ")
	}
	fmt.Println()
	var n uint8 = 9
	fmt.Println(1<<n == 512, int8(1<<(n-2)), uint16(1)<<n<<n, uint32(1)<<n<<n, float64(uint8(1)<<n), 1<<(n-9))
}
