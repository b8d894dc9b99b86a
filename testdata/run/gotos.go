// run -stderr

package main

func f(n int) (s string) {
	i := 0
loop:
	if i < n {
		switch {
		case i%3 == 0:
			s += "a"
			fallthrough
		case i%3 == 1:
			s += "b"
		default:
			s += "c"
		}
		i++
		goto loop
	}
	return
}

func main() {
	println(f(7))
outer:
	for i := 0; ; i++ {
		for j := range 5 {
			switch {
			case i*j == 6:
				println("found", i, j)
				break outer
			case j > i:
				continue outer
			}
		}
	}
	x := 5
	switch y := x * 2; y {
	case 1, 2, 3:
		println("small")
	case 10:
		println("ten")
	}
	var c complex128 = complex(1, 2)
	c *= c
	println(real(c) == -3, imag(c) == 4, c == -3+4i)
}
