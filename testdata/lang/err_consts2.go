// errors

// Constants: overflow in every position, division, shifts, conversions, array lengths and indices, iota, runes, comparisons.
package main

import (
	"math"
	"unsafe"
)

const (
	a int8  = 127 + 1
	b       = int8(127) + 1
	c uint  = -1
	d       = uint8(255) << 1
	e       = ^uint8(0) + 1
	f       = -int8(-128)
	g       = 1 << 64
	h int   = 1 << 63
	i       = 1.0 << 3.5
	j       = 1 << 1000
	k       = 1 << 10000
	l       = 10 / 0
	m       = 10.0 / 0
	n       = 10 % 0
	o       = 1i / 0
	p       = 5.5 % 2
	q       = "a" + 'b'
	r       = "a" * 2
	s       = !1
	t       = -"s"
	u       = ^1.5
	v       = len("abc") + "d"
	w       = len(x0)
	x       = iota + y
	y       = x
	z byte  = 'é' + 256
	aa      = float32(1e39)
	bb      = float64(1e309)
	cc      = complex64(1e39 + 1i)
	dd      = int(1.5)
	ee      = int(math.Pi)
	ff      = uint32(1 << 32)
	gg      = rune("a")
	hh      = string(1.5)
	ii      = string(65)
	jj      = bool(1)
	kk      = []int(nil)
	ll      = unsafe.Sizeof(x0) << 62
	mm      = nil
	nn      = func() int { return 1 }()
	oo      = real("x")
	pp      = imag(1)
	qq      = complex(1, "s")
	rr      = min(1, "a")
	ss      = max(1, x0[0])
	tt      = math.MaxInt64 + 1
	uu int  = tt
	vv      = 'a' << 60
	ww rune = vv
	xx      = uintptr(1) - 2
	yy      = 0x1p-2000
	zz      = math.MaxUint64
)

var x0 [3]int
var x1 [-1]int
var x2 [1.5]int
var x3 [len(x0) - 4]int
var x4 ["a"]int
var x5 [x0[0]]int
var x6 = [3]int{5: 1}
var x7 = [...]int{-1: 1, 1 << 62: 2}
var x8 = x0[3]
var x9 = "abc"[3]
var y0 = x0[1.5]
var y1 = x0[-1:]
var y2 = "abc"[2:1]
var y3 = x0[:4]
var y4 int = zz
var y5 = zz
var y6 = 1 << zz
var y7 int8 = 1 << 7
var y8 float32 = 1e40
var y9 uint8 = x0
var z0 = x0[0] << -1
var z1 = x0[0] / 0
var z2 = x0[0] % 0.0
var z3 = 1.5 << x0[0]
var z4 float64 = 1 << x0[0]
var z5 = x0[0] + 1.5
var z6 = x0[0] == 1.5
var z7 = 1 == "a"
var z8 = 'a' == "a"
var z9 = x0[0] < nil
var w0 = true + false
var w1 = true < false
var w2 = nil + nil
var w3 uint = 5 - 6
var w4 = uint(5) - 6
var w5 = [2]int{1, 2, 3}
var w6 = [...]string{0: "a", 0: "b"}
var w7 = map[int]int{1: 1, 1.0: 2, 'a': 3, 97: 4}
var w8 = map[any]int{1: 1, int8(1): 2, 1: 3, "1": 4}
var w9 = map[[2]int]int{{1, 2}: 1, {1, 2}: 2}
var _ = math.MaxInt64 * 2
var _ = int64(math.MaxInt64) * 2
var _ = uint8(200) + uint8(100)
var _ = uint8(x0[0]) + 256
var _ = 1 << 3 << 62
var _ = "s"[0] + 256
var _ = 0 == -0.0 && 1/3.0 == 1/3
var _ int = 3 / 2.0
var _ int = 4 / 2.0
var _ = [1 << 3.0]int{}[8]
var _ = 07 + 0o8
var _ = '\400' + '\u110000' + '\xff'

func main() {
	switch 1 {
	case 1, 2, 1:
	case "a":
	case 1.0:
	case 2.5:
	}
	switch x := x0[0]; x {
	case 1 << 65:
	case 'a', 97:
	case -1, ^0:
	}
	const local = local
	const un = 5
	for i := 0; i < 1e100; i++ {
	}
	for range 1e3 {
	}
	for range 1e100 {
	}
	var i8 int8 = 100
	i8 += 100
	i8 += 200
	i8 <<= 1.0
	i8 <<= 1.5
	i8 = i8 * 1e2
	i8 = 2 * 'a'
	i8 &= 0xff
	_ = i8 > 1000
	_ = x0[i8<<8]
	_ = make([]int, 1<<70)
	_ = make([]int, -1, 1.5)
	_ = append([]int8{}, 1, 200)
	println(1<<64, 1e1000)
	var _ any = 1 << 64
	_ = any(1 << 63)
}
