// errors

// Statements: assignments, switches, labels, returns, ranges, go and defer, select, inc and dec.
package main

import "fmt"

type S struct{ a int }

func two() (int, string) { return 1, "" }
func none()              {}
func vs(...int)          {}

func returns(n int) (r int, err error) {
	switch n {
	case 0:
		return
	case 1:
		return 1
	case 2:
		return 1, nil, 2
	case 3:
		return "", 1
	case 4:
		return two()
	case 5:
		return none()
	case 6:
		r := 2
		return
	case 7:
		{
			err := fmt.Errorf("")
			_ = err
			return
		}
	}
}

func missing() int {
	for {
		break
	}
}
func missing2(x any) int {
	switch x.(type) {
	case int:
		return 1
	}
}
func fine() int {
L:
	for {
		for {
			break
		}
		continue L
	}
}
func missing3() int {
L:
	for {
		select {
		default:
			break L
		}
	}
}

func main() {
	a, b := two()
	a, b := two()
	a, c := 1
	_, _ := 1, 2
	a.x = 1
	S{}.a = 1
	two() = 1, ""
	1 = a
	"s"[0] = 'x'
	const k = 1
	k = 2
	k++
	m := map[string]S{}
	m["a"].a = 1
	m["a"].a++
	b++
	none()++
	a, b = b, a
	a, b = 1
	a = two()
	a = none()
	var f = none
	f = nil
	f == f
	a + 1
	two()
	-a
	<-a
	len("")
	append([]int{}, 1)
	fmt.Sprint
	S{}
	func() {}
	go none
	defer none
	go func() {}
	defer len("")
	defer recover()
	defer int(a)
	go none()
	if a {
	}
	if a = 1; a == 1 {
	}
	for a {
	}
	for i := range 10.5 {
	}
	for i, j := range 10 {
	}
	for i, j, k := range m {
	}
	for i := range none {
	}
	for x := range func(yield func(int)) {} {
	}
	for x, y := range func(yield func(int) bool) {} {
	}
	for range a {
	}
	for a, b = range m {
	}
	for s := range "abc" {
	}
	var ch chan<- int
	for range ch {
	}
	<-ch
	var rc <-chan int
	rc <- 1
	close(rc)
	ch <- "s"
	switch a {
	case 1, 2, 1:
	case "s":
	case 2:
	case nil:
	default:
	default:
	}
	switch x := a.(type) {
	}
	var i any
	switch x := i.(type) {
	case int, int:
	case string:
	case undefined:
	case S, *S, fmt.Stringer:
	case 1:
	}
	switch {
	}
	switch {
	case a == 1:
		fallthrough
	case a:
		if true {
			fallthrough
		}
	default:
		fallthrough
	}
	switch i.(type) {
	case int:
		fallthrough
	case nil:
	case nil:
	}
	select {
	case a:
	case x := 1:
	case ch <- 1:
	case x, y, z := <-rc:
	case a = <-rc:
	}
	break
	continue
	goto L
	v := 1
L:
	for {
		break M
		goto N
		continue L
	}
	{
	N:
	}
	if true {
		continue L
	}
L:
U:
	vs(1, "s", 2)
	vs([]int{}...)
	vs(1, []int{}...)
	vs(two())

}
