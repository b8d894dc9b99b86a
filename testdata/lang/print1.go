// run -stderr

// print and println: every kind of operand, as gc's runtime writes it.
package main

type T struct{ a int }
type I int
type F float32

func (I) String() string { return "not used" }

func main() {
	println()
	println(1, -1, int8(-128), uint8(255), uint64(1<<64-1), int64(-1<<63), uintptr(0))
	println(1.0, -1.5, 1e100, 1e-300, float32(0.1), 0.1, 100000.0, 1234567.0, 3.0e20)
	z := 0.0
	println(1/z, -1/z, z/z, -z, F(1.25), 5e-324, 1.7976931348623157e308)
	println(1i, 2+3i, complex64(1-2i), complex(1/z, -1/z))
	println("string", "", "é\xff\n", 'a', true, false)
	println(I(5), 'x'+1, 1<<40, "a"+"b", len("abc"))
	print("a", 1, 2.5, true, 'b', "\n")
	var p *T
	var m map[int]int
	var c chan int
	var f func()
	var e any
	var s []int
	println(p, m, c, f == nil, e == nil, len(s), cap(s), p == nil)
	var err error
	println(err == nil, e == err)
	x, y := func() (int, string) { return 7, "seven" }()
	println(x, y)
	print(x)
	print(" ")
	print(y, "\n")
	const big = 1 << 62
	println(big, -big, big>>60, 7/2, 7/2.0, 'a'*2)
	var arr [3]int
	println(len(arr), arr[1], byte('z'), rune('z'), bool(arr[0] == 0))
	defer println("deferred", x)
	x = 8
	func() { defer print("inner\n") }()
	var i8 int8 = 127
	i8++
	println(i8, ^i8, -i8, uint8(i8)>>1)
}
