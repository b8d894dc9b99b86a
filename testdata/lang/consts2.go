// run

// Constants: exact arithmetic, iota in odd places, typed and untyped, shifts, lengths, runes, complex, min and max.
package main

import (
	"fmt"
	"math"
	"unsafe"
)

const (
	a = iota * 10
	b
	_
	c, d = iota, -iota
	e, f
	g = "s"
	h
	i = len(h) + iota
)
const (
	kb = 1 << (10 * (iota + 1))
	mb
	gb
)
const (
	big   = 1 << 500
	small = big >> 498
	third = 1.0 / 3
	one   = third * 3
	huge  = 1e400 / 1e398
	neg   = -5 / 2
	rem   = -5 % 3
	not   = ^0
	unot  = ^uint8(3)
	clear = 7 &^ 2
	r     = 'a' + 1
	fl    = 'a' + 1.0
	cx    = 2i * 2i
	sum   = 1 + 2i + 'a' + 0.5
	cmp   = "a" < "b" && 2.0 == 2 && 1i*1i == -1
	mn    = min(3, 2.5, 'a')
	mx    = max("x", "yy", "")
	ln    = len([...]int{5: 1}) + len("héllo") + cap([3]int{})
	sz    = unsafe.Sizeof(struct {
		a byte
		b int64
		c byte
	}{})
	al = unsafe.Alignof(int32(0)) + unsafe.Offsetof(struct {
		a byte
		b int32
	}{}.b)
	shl    = 1.0 << 3
	tshift = uint8(1) << 7
	re     = real(3 + 4i)
	im     = imag(3 + 4i)
	cpl    = complex(1, 2.5)
	month  = Month(3)
	dur    = 2 * month
	bits   = math.MaxUint64
	hexf   = 0x1p-3
	oct    = 0o17 + 0b101 + 0x_F + 1_000
	minf   = math.SmallestNonzeroFloat64
	pi     = math.Pi * 1e10
)

type Month int
type Bool bool
type Str string

const yes Bool = 1 < 2
const name Str = "n" + "m"

func (m Month) String() string { return fmt.Sprint("month", int(m)) }

var arr = [...]string{2: "two", "three", 0: "zero"}

func main() {
	fmt.Println(a, b, c, d, e, f, g, h, i)
	fmt.Println(kb, mb, gb)
	fmt.Println(small, one == 1, huge, neg, rem, not, unot, clear)
	fmt.Printf("%T %v %T %v %T %v %T %v\n", r, r, fl, fl, cx, cx, sum, sum)
	fmt.Printf("%v %T %v %T %v\n", cmp, mn, mn, mx, mx)
	fmt.Println(ln, sz, al)
	fmt.Printf("%T %v %T %v %T %v %T %v %T %v\n", shl, shl, tshift, tshift, re, re, im, im, cpl, cpl)
	fmt.Printf("%v %v %T %v\n", month, dur, yes, yes)
	fmt.Println(uint64(bits), hexf, oct, minf, float32(pi))
	fmt.Printf("%T %q\n", name, name)
	fmt.Println(len(arr), arr)
	var s uint = 3
	var sh = 1 << s
	var sh64 int64 = 1 << s
	var shf = uint8(1<<s) + 250
	x := []int{1: 5}
	fmt.Println(sh, sh64, shf, x[1.0], x[1<<0], len(x[:2.0]), "abc"[1<<0])
	fmt.Println(math.MinInt64, uint32(1<<32-1), int8(-128), -big>>495 == -32)
	const local = iota + 5
	const (
		l0 = iota + local
		l1
	)
	fmt.Println(local, l0, l1)
	var f32 float32 = third
	var f64 float64 = third
	fmt.Println(f32, f64, float64(f32) == f64, f64 == third)
	fmt.Println(5.0/2, 5/2, 5/2.0, 5%3, 1/2*3.0, 1/2.0*3, 'a'/2, 7>>1.0)
	switch y := 'x'; {
	case y == 120.0:
		fmt.Printf("%T %c\n", y, y)
	}
	var i8 int8 = -1
	var u8 = uint8(i8)
	fmt.Println(u8, i8>>7, u8>>7, -7>>1, i8<<7, u8<<1, ^u8, -i8, 1<<u8>>u8)
}
