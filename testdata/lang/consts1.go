// run

// Constants: iota in odd places, typed and untyped kinds, shifts, huge values, float to integer, strings, generics.
package main

import (
	"fmt"
	"math"
)

const (
	a, b = iota, iota << 2
	_, _
	c, d
	e = "s"
	f
	g, h = iota * 1.5, len(e) + iota
)
const (
	k0 = 1 << (10 * iota)
	k1
	_
	k3
)
const (
	x = func1 + iota
	y
	func1 = 10
	z     = iota + 1i
)
const huge = 1 << 500
const tiny = 1.0 / huge
const third = 1.0 / 3
const mask = ^uint32(0)
const neg = -1 << 63
const r = 'a' + 1
const str = "é\x00" + string(rune(r))
const cplx = (1 + 2i) * (3 - 1i)
const bool1 = huge > 1<<499 && "a" < "b" || 1/0.0000001 > 1

type bits uint8

const (
	b0 bits = 1 << iota
	b1
	b2
	all = b0 | b1 | b2
	inv = ^all
)

type gen[T ~int8 | ~uint16 | ~float32] struct{}

func (gen[T]) vals() []T { return []T{1, 'A', 100, T(3.0), 1 << 6, T(len(str))} }
func (gen[T]) shift(n uint) T {
	var one T = 1
	for range n {
		one += one
	}
	return one
}

func kinds(vs ...any) {
	for _, v := range vs {
		fmt.Printf("%T ", v)
	}
	fmt.Println()
}

func main() {
	fmt.Println(a, b, c, d, e, f, g, h, k0, k1, k3, x, y, z)
	fmt.Println(huge>>490, tiny*huge, third*3 == 1, mask, neg, r, len(str), str, cplx, bool1, inv, uint8(all))
	kinds(a, g, r, z, str, 1<<3, 2.0, 'a'*2.0, 1<<3.0, mask, mask>>31, all, 5/2, 5/2.0, 5.0/2, 'b'-'a', 1i*1i)
	const big = 1<<64 - 1
	fmt.Println(uint64(big), float32(big), big/3, big%1000, -big/7, big&0xff, int64(big>>1), ^0, ^big&0xf)
	fmt.Println(math.MaxUint64/math.Pi, float32(third), third, 1e400/1e399, 0.1+0.2, float32(0.1)+0.2, math.Pi*1e15)
	var s uint = 33
	var i = 1 << s
	var j int32 = 1 << s
	var k = uint64(1 << s)
	var w int64 = 1.0 << 33
	var fl = float64(1<<10) + 1<<3
	var u8 = uint8(255)
	fmt.Println(i, j, k, w, fl, u8<<1, u8>>1, u8<<s, -7/2, -7%3, 7&^5, u8+1, -u8, ^u8, int8(u8>>1)+1)
	fmt.Println(gen[int8]{}.vals(), gen[uint16]{}.vals(), gen[float32]{}.vals(), gen[int8]{}.shift(7), gen[uint16]{}.shift(16), gen[float32]{}.shift(130))
	fmt.Println(len([...]int{9: 1, 2, 3: 4}), [...]string{2: "c", 0: "a"}, len([b2 + 1]int{}), cap([k1 >> 5]bool{}))
	switch c := 'c'; c {
	case 'a', r:
		fmt.Println("no")
	case r + 1:
		fmt.Println("c")
	}
	fmt.Println(real(cplx), imag(cplx), complex(third, 2), math.MinInt64, uint32(1<<31), int64(math.MaxInt32)+1)
	fmt.Println(string(rune(0x10ffff+1)), string(rune(-1)) == "\ufffd", "\u00e9"[0], []rune("é\xff"), []byte("é"))
	fmt.Println(float32(16777217), float64(1<<53+1), float32(1e-46), 5e-324/2 == 0, -0.0, 1/math.Inf(-1), math.Float32bits(0.1))
	fmt.Println(0x1p-2, 0b11, 0o17, 1_000, 0x_ff, 'a', '\'', '\x41', '\u00e9', 1e3, .5, 5., 0i, 1.5i, 0x1.8p1)
}
