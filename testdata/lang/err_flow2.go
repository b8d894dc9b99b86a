// errors

// Labels, goto and the ends of functions; variables unused in every kind of scope; unreachable code is no error.
package main

import "fmt"

func gotos(n int) int {
	if n > 0 {
		goto inner
	}
	goto over
	x := 1
over:
	_ = x
	{
	inner:
		n++
	}
	for i := range 3 {
		goto body
	body:
		_ = i
	}
	goto body
	switch n {
	case 1:
		goto c2
	case 2:
	c2:
	}
	select {
	default:
	d:
		goto d
	}
	func() { goto over }()
	goto end
	var y int
	type t int
	const c = 1
end:
	var z int
	_ = z
	goto end
dup:
dup:
	goto dup
	return y
}

func breaks() {
	break
	continue
	if true {
		break
	}
L1:
	if true {
		break L1
		continue L1
	}
L2:
	for {
		func() {
			break
			continue L2
			break L2
		}()
		switch {
		case true:
			continue
			continue L2
			break L2
		}
		select {
		default:
			break L2
		}
		for range func(func() bool) {} {
			break L2
			continue L2
			goto L2
			break L3
		}
	}
L3:
	switch {
	default:
		for {
			break L3
			continue L3
		}
	}
L4:
	{
		break L4
	}
L5:
	x := 1
	_ = x
L6:
	select {
	default:
		break L6
	}
unused:
	fmt.Println()
}

func falls(n int) {
	switch n {
	case 1:
		fallthrough
	case 2:
		{
			fallthrough
		}
	case 3:
		fallthrough
		n++
	case 4:
		if n > 1 {
			fallthrough
		}
	case 5:
	L:
		fallthrough
	default:
		fallthrough
	}
	fallthrough
	for {
		fallthrough
	}
	select {
	default:
		fallthrough
	}
	switch any(n).(type) {
	case int:
		fallthrough
	default:
	}
}

func unused(a int) (b int) {
	var c int
	d := 1
	var e, f = 1, 2
	_ = f
	g, h := 1, 2
	h = 3
	for i := 0; ; {
		j := 1
	}
	for k, l := range []int{} {
	}
	if m := 1; true {
	} else if n := 2; true {
	}
	switch o := 1; {
	}
	switch p := any(a).(type) {
	case int:
	case string:
	}
	switch q := any(a).(type) {
	case int:
		_ = q
	case string:
		q := 1
	}
	select {
	case r := <-make(chan int):
	case s, t := <-make(chan int):
		_ = s
	}
	func(u int) {
		v := u
		w := func() { w := 1 }
	}(1)
	var x func()
	x = func() { x() }
	y := []int{1}
	y[0] = 2
	z := struct{ a int }{}
	z.a = 1
	aa := &z
	aa.a = 2
	var bb *int
	*bb = 1
	cc := 1
	cc++
	dd := 1
	dd += dd
	ee := 1
	func() { ee = 2 }()
	const ff = 1
	type gg int
	var (
		hh    = 1
		ii, _ = 1, 2
	)
	return
}

func ends1() int { panic(1) }
func ends2() int { for {} }
func ends3() int { for true {} }
func ends4(n int) int {
	if n > 0 {
		return 1
	} else if n < 0 {
		panic(1)
	} else {
		goto L
	}
L:
	return 2
}
func ends5(n int) int {
	if n > 0 {
		return 1
	}
}
func ends6(n int) int {
	switch n {
	case 1:
		return 1
	default:
		panic(1)
	}
}
func ends7(n int) int {
	switch n {
	case 1:
		break
	default:
		return 2
	}
}
func ends8() int { select {} }
func ends9(c chan int) int {
	select {
	case <-c:
		return 1
	case c <- 1:
	}
}
func ends10() int {
L:
	for {
		if true {
			break L
		}
	}
}
func ends11() int {
	for {
		func() { for { break } }()
		switch { case true: break }
	}
}
func ends12() int { { return 1 } }
func ends13() int { L: return 1 }
func ends14() int { defer func() {}() }
func ends15() (n int) { n = 1 }
func ends16(n int) int { switch { case n > 1: fallthrough; case n > 2: return 1; default: fallthrough }; }
func ends17() int { goto L; L: for { goto L } }
func ends18() int { for range 3 { return 1 } }
func ends19() int { print(); panic := func(any) {}; panic(1) }
func ends20() func() int { return func() int { if true { return 1 } } }

func main() {}
