// errors

package p

func a() int {
	for {
		break
	}
}
func b(x int) int {
	switch x {
	case 1:
		return 1
	default:
		panic(1)
	}
}
func c(x int) int {
	switch x {
	case 1:
		return 1
	}
}
func d(x any) int {
	switch x.(type) {
	default:
		return 1
	case int:
		_ = 1
	}
}
func e() int {
L:
	for {
		for {
			break L
		}
	}
}
func f(c chan int) int {
	select {
	case <-c:
		return 1
	}
}
func g(c chan int) int {
	select {
	case <-c:
		break
	default:
		return 1
	}
}
func h() (n int) {
	if n > 0 {
		return
	} else if n < 0 {
		return 1, 2
	}
	goto end
end:
}
func i() int { goto L; L: return 1 }
func j() int { { return 1 } }
func k() int { for range 3 { return 1 } }
func l() int { for true { return 1 } }
func m() int { if true { return 1 } else { return 2 } }
func n() int { panic("x"); }
func o(panic func(int)) int { panic(1) }
func p() int { func() int { return 1 }() }
func q() {
	goto in
	var x int
	_ = x
in:
	if true {
		goto out
	}
	for {
	out:
	}
	break
	continue
	_ = 1
	switch {
	case true:
		continue
		fallthrough
	}
	switch {
	case true:
		if true {
			fallthrough
		}
	case false:
		fallthrough
	}
L:
L:
	for {
		break M
		continue L
	}
M:
	switch {
	default:
		continue M
		break M
	}
	select {
	case 1:
	case x := 2:
	case <-q:
	}
	defer 1
	go func() {}
	defer len("a")
	defer append([]int{}, 1)
	q
	1
	"a"
	q() + 1
	x := 1
	x := 2
	x, y := 3
	_ := 1
	if x := 1; x {
	}
}
