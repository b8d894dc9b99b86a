package main

import (
	other "example.com/other.v1"
	_ "unsafe"
)

type point struct{ x, y int }
type shape interface{ area() float64 }
type square struct{ side float64 }

func (s square) area() float64 { return s.side * s.side }

var (
	number            = 42
	text              = "text"
	half      float32 = 0.5
	zeroed            = point{}
	pair              = point{1, -2}
	pairs             = [...]point{{1, 2}, 4: {y: 3}}
	list              = []string{"a", "", "c"}
	bytes             = []byte("bytes")
	ptr               = &point{x: 7}
	tree              = &node{1, &node{2, nil}}
	self              = &list
	inside            = &pairs[4].y
	fn                = double
	literal           = func(x int) int { return x + number }
	any1      any     = 5
	any2      any     = "boxed"
	any3      any     = &pair
	any4      any     = nil
	iface     shape   = square{2}
	errLocal          = other.New("local")
	fresh             = new(int)
	bigBlank          = [1 << 12]int{1: 1}
	complexes         = [2]complex64{1 + 2i, 3}

	// Code fills in the second element.
	partial = []point{{1, 2}, {3, number * 2}}
	// Code altogether, dropped as nothing reads it.
	unread = map[int]string{1: "one"}
	// Code, called weakly, kept by the variable.
	read = map[int]string{2: "two"}
	// In order: dependsB before dependsA.
	dependsA             = dependsB + call(1)
	dependsB             = call(2)
	multi1, multi2       = both()
	_                    = call(3)
	_              shape = (*square)(nil)
)

type node struct {
	value int
	next  *node
}

var shared []string

func double(x int) int  { return 2 * x }
func call(x int) int    { println(x); return x }
func both() (int, bool) { println("both"); return 1, true }

func init() { println("first") }

func init() { println("second") }

func main() {
	println(number, text, half, zeroed.x, pair.x, pairs[1].x, len(list), len(bytes), ptr.x, tree.value, len(*self))
	println(*inside, fn(1), literal(2), any1 != nil, any2 != nil, any3 != nil, any4 != nil, iface.area())
	println(errLocal.Error(), *fresh, bigBlank[2], real(complexes[0]), partial[1].y, read[2], dependsA, multi1)
	println(other.ErrUsed.Error(), shared[0])
}
