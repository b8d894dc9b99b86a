// errors

package p

import fmt "fmt"

var x int = 
var y = [3]int{1, 2
3}

func f( {
}

func g() {
	if x == 1
	{
	}
	for i := 0; i < 3; i++
	{
	}
	x := 1 +
	y := 2
	else {
	}
	case 1:
	a[1:2:]
	a[::3]
	var a, b int = 1 2
	go
	defer
	return 1,
	switch x { 1: }
	func h() {}
	type T = struct{ x int y int }
	if x := 1 { }
	for ;; i++ { }
	for i := 0; i < 1 { }
	!x
	x++ + 1
	a := []int{1, 2; 3}
	f(1, 2
	)
}

type T struct {
	a, b int,
	c string
}

type I interface { m() int n() }
func (t T, u U) m() {}
func (T) () {}
func () n() {}
const c
var
}
