// run

// Conversions: integers and floats, truncation, strings, named types, channels, functions, struct tags, slices to arrays.
package main

import (
	"fmt"
	"math"
)

type I8 int8
type str string
type bytes []byte
type myByte byte
type runes []rune
type F func(int) int
type RO <-chan int
type St1 struct {
	A int `json:"a"`
	B string
}
type St2 struct {
	A int
	B string `x:"y"`
}
type arr [3]int
type parr *[3]int

//go:noinline
func id[T any](t T) T { return t }

func ints(x int64) string {
	return fmt.Sprint(int8(x), uint8(x), int16(x), uint16(x), int32(x), uint32(x), uint64(x), uintptr(x), I8(x))
}
func floats(f float64) string {
	return fmt.Sprint(int64(f), int32(int64(f)), float32(f), uint64(math.Abs(f)), complex(f, -f), complex64(complex(f, f)))
}

type num interface {
	~int8 | ~uint16 | ~float32 | ~int
}

func conv[T, U num](t T) U { return U(t) }

func main() {
	for _, x := range []int64{0, -1, 127, 128, 255, 256, 32768, math.MinInt64, math.MaxInt64, 0x123456789abcdef} {
		fmt.Println(ints(id(x)))
	}
	for _, f := range []float64{0, -0.5, 1.99, -1.99, 1e9, 123456789.75, 1 << 40} {
		fmt.Println(floats(id(f)))
	}
	u := id(uint64(math.MaxUint64))
	fmt.Println(float64(u), float32(u), float64(u>>1), float64(u-1024), float32(id(uint64(1<<63|1<<39|1))))
	fmt.Println(uint64(id(float64(1<<63))), uint64(id(float64(1<<63)*1.5)), uint32(id(float32(1<<31))))
	fmt.Println(string(rune(id(0x20ac))), string(rune(id(-1))), string(rune(id(0xd800))), string(rune(id(0x110000))), string(id(myByte('a'))))
	s := id(str("h\u00e9\xffllo\u20ac"))
	fmt.Println([]byte(s), []rune(s), bytes(s), runes(s), string(runes(s)), str(bytes(s)) == s, string([]myByte(s)))
	fmt.Println(string([]byte(nil)) == "", []byte("") == nil, []rune("") == nil, len([]byte("")))
	var f F = func(i int) int { return i + 1 }
	var g func(int) int = f
	fmt.Println(F(g)(1), (func(int) int)(f)(2))
	c := make(chan int, 1)
	c <- 3
	var ro RO = c
	fmt.Println(<-(<-chan int)(ro), cap(RO(c)))
	st := St1{1, "b"}
	fmt.Println(St2(st), *(*St2)(&st), struct {
		A int
		B string
	}(st))
	sl := []int{1, 2, 3, 4}
	a := arr(sl[:3])
	p := parr((*[3]int)(sl))
	p[0] = 9
	fmt.Println(a, *p, sl, [0]int(sl), (*[0]int)(sl) != nil, (*[0]int)([]int(nil)) == nil)
	for _, n := range []int{3, 5} {
		func() {
			defer func() { fmt.Println(recover()) }()
			if n == 3 {
				_ = [3]int(sl[:2])
			}
			_ = (*[5]int)(sl)
		}()
	}
	fmt.Println(conv[int, int8](id(300)), conv[float32, uint16](id(float32(77.9))), conv[int8, float32](id(int8(-3))), conv[uint16, int8](id(uint16(200))))
	fmt.Println(interface{ M() }(nil) == nil, (*int)(nil) == nil, []int(nil) == nil, error(nil) == nil)
	const big = 1 << 100
	fmt.Println(big>>98, float32(big), int8(big>>97-1-big>>98), 'a'*1.0, complex64(2), uint8(255.0), int('x'))
	fmt.Println(math.Float32bits(float32(id(0.1))), float32(id(1e300)), float32(id(1e-50)), float64(id(float32(0.1))))
	x := id(float32(16777216.0))
	fmt.Println(x+1 == x, float32(x+1), id(x)*id(x)-1)
	fmt.Println(int64(id(int8(-128))), uint64(id(int8(-1))), int(id(uint8(200))), int32(id(uint16(65535))), uint16(id(int8(-2))))
}
