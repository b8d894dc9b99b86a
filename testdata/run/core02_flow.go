// run -stderr
package main

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func collatz(n uint64) (steps int) {
	for n != 1 {
		switch n & 1 {
		case 0:
			n /= 2
		default:
			n = 3*n + 1
		}
		steps++
	}
	return
}

func grade(n int) string {
	switch {
	case n >= 90:
		return "A"
	case n >= 80:
		return "B"
	case n >= 70:
		fallthrough
	case n >= 60:
		return "C"
	}
	return "F"
}

func main() {
	println(fib(20), collatz(27))
	for i := range 5 {
		if i == 3 {
			continue
		}
		println(i, grade(60+i*10))
	}
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			if j == 2 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			println("ij", i, j)
		}
	}
	i := 0
again:
	if i < 3 {
		i++
		goto again
	}
	println("goto", i)
}
