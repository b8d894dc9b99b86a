// run

// Every statement: labels, goto, switch and its fallthrough, all kinds of range, if and for with all parts.
package main

import "fmt"

type shape interface{ area() float64 }
type square struct{ s float64 }
type circle struct{ r float64 }

func (s square) area() float64  { return s.s * s.s }
func (c *circle) area() float64 { return 3 * c.r * c.r }

func labels() {
outer:
	for i := 0; i < 4; i++ {
		for j := range 4 {
			switch {
			case j == 2:
				continue outer
			case i == 3:
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	n := 0
again:
	n++
	if n < 3 {
		goto again
	}
	fmt.Println("goto", n)
	if n == 3 {
		goto past
	}
	fmt.Println("not reached")
past:
sw:
	switch n {
	case 3:
		for {
			break sw
		}
	}
	func() {
		defer fmt.Println("deferred 1")
		for i := range 3 {
			defer func(k int) { fmt.Print("d", k, i, " ") }(i * 10)
		}
	}()
}

func switches(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int, int8:
		return fmt.Sprintf("int %v", v)
	case shape:
		return fmt.Sprintf("shape %v", v.area())
	case error:
		return "error " + v.Error()
	case func() int:
		return fmt.Sprint("func ", v())
	case []int:
		return fmt.Sprint("slice ", len(v))
	case map[string]int, chan int:
		return fmt.Sprintf("%T", v)
	case struct{ A int }:
		return fmt.Sprint("struct ", v.A)
	case *int:
		return fmt.Sprint("pointer ", *v)
	default:
		return fmt.Sprintf("other %T", v)
	}
}

func values(n int) (s string) {
	switch k := n * 2; {
	case k > 100:
		s += "big "
		fallthrough
	case k > 50:
		s += "middle "
		fallthrough
	case k < 0:
		s += "negative? "
	case k == 4, k == 6:
		s += "small"
	default:
		s += "default"
	}
	switch n {
	case 1, 2, 3:
		s += "|123"
	case 10, 20, 30, 40, 50, 60, 70:
		s += "|tens"
	case 51:
		s += "|51"
	}
	switch s {
	case "default|123":
		s += "!"
	case "a", "b", "c", "default":
		s += "?"
	}
	return
}

func ranges() {
	for range 2 {
		fmt.Print("x")
	}
	for i := range uint8(3) {
		fmt.Printf("%T%d ", i, i)
	}
	for i, b := range [...]string{2: "c", 0: "a"} {
		fmt.Printf("%d%q ", i, b)
	}
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 10
		if i == 2 {
			fmt.Print("copy", v, " ")
		}
	}
	for i, v := range &arr {
		arr[2] = 20
		if i == 2 {
			fmt.Print("pointer", v, " ")
		}
	}
	s := []int{1, 2, 3}
	for i := range s {
		s = append(s, i)
	}
	fmt.Println(s)
	m := map[int]bool{}
	for i := range 10 {
		m[i] = true
	}
	n := 0
	for k := range m {
		delete(m, k)
		n++
	}
	fmt.Println(n, len(m))
	ch := make(chan string, 3)
	ch <- "a"
	ch <- "b"
	close(ch)
	for v := range ch {
		fmt.Print(v, " ")
	}
	for i, r := range "aé\xff" {
		fmt.Print(i, r, " ")
	}
	for i, x := range func(yield func(int, string) bool) { _ = yield(1, "p") && yield(2, "q") } {
		fmt.Print(i, x, " ")
	}
	var f []func() int
	for i := 0; i < 3; i++ {
		f = append(f, func() int { i += 10; return i })
	}
	for _, g := range f {
		fmt.Print(g(), g(), " ")
	}
	i, x := 0, []int{10, 20}
	for i, x[i] = range []int{99} {
		break
	}
	fmt.Println(i, x)
}

func main() {
	labels()
	n := 7
	for _, x := range []any{nil, 1, int8(2), square{3}, &circle{1}, fmt.Errorf("e"), func() int { return 4 }, []int{1},
		map[string]int{}, make(chan int), struct{ A int }{5}, &n, 2.5, circle{2}, [1]int{}} {
		fmt.Println(switches(x))
	}
	for _, n := range []int{1, 2, 10, 30, 51, 60, -3} {
		fmt.Println(values(n))
	}
	ranges()
	if a, b := 1, 2; a > b {
		fmt.Println("no")
	} else if c := a + b; c == 3 {
		fmt.Println("c", c, a, b)
	} else {
		fmt.Println("no")
	}
	var p, q = 1, "two"
	const k, l = iota, 1 << iota
	p, q = p+1, q+"!"
	n, p = p, n
	n <<= 3
	n &^= 8
	n %= 7
	n |= 64
	p--
	fmt.Println(p, q, k, l, n)
}
