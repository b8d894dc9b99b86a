// run

// Ranges over integers at the edges of types, with captured variables, labels, goto, and changed bounds.
package main

import "fmt"

type weekday uint8

func (d weekday) String() string { return "day" + fmt.Sprint(uint8(d)) }

type matrix [3][3]int

func (m *matrix) each(f func(i, j int, v *int) bool) {
	for i := range len(m) {
		for j := range len(m[i]) {
			if !f(i, j, &m[i][j]) {
				return
			}
		}
	}
}

func collatz(n uint64) (steps int) {
	for steps = range 1 << 62 {
		if n == 1 {
			return
		}
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
	}
	return -1
}

func primes[T ~int32](limit T) (out []T) {
next:
	for n := range limit {
		if n < 2 {
			continue
		}
		for d := range n {
			if d > 1 && n%d == 0 {
				continue next
			}
		}
		out = append(out, n)
	}
	return
}

func captured() (fs []func() int) {
	for i := range 3 {
		fs = append(fs, func() int { i += 10; return i })
		i++
		for j := range i {
			defer func() { fs = append(fs, func() int { return i*100 + j }) }()
		}
	}
	return
}

func count8() (n int) {
	for i := range uint8(255) {
		n += int(i)
	}
	for i := range int8(127) {
		n -= int(i)
	}
	var u uint8 = 3
	for i := range u - 4 {
		u = i
		n++
	}
	return n + int(u)
}

func gotos() (s string) {
	for i := range 3 {
		j := 0
	again:
		s += fmt.Sprint(i, j, " ")
		if j++; j <= i {
			goto again
		}
	}
	return
}

type counter struct{ n, calls int }

func (c *counter) limit() int { c.calls++; return c.n }

func main() {
	for d := range weekday(2) {
		fmt.Print(d, " ")
	}
	var m matrix
	m.each(func(i, j int, v *int) bool { *v = i*10 + j; return i+j < 3 })
	fmt.Println(m, collatz(27), primes(int32(20)))
	for _, f := range captured() {
		fmt.Print(f(), " ")
	}
	fmt.Println(count8(), gotos())
	c := &counter{n: 4}
	for i := range c.limit() {
		c.n += i
	}
	fmt.Println(*c)
	s := []int{5, 6, 7}
	for i := range len(s) {
		s = append(s, s[i])
	}
	x := 10
	for x = range x {
		x *= 3
	}
	fmt.Println(s, x)
	for range 2 {
		for i := range 2 {
			switch i {
			case 0:
				continue
			}
			defer fmt.Print("d", i, " ")
		}
	}
	const big = 1 << 40
	n := 0
	for i := range int64(big) {
		if i > 5 {
			break
		}
		n += int(i)
	}
	for i := range 'a' {
		if i == 3 {
			fmt.Printf("%T %d\n", i, n)
			break
		}
	}
	a := [...]int{2: 1}
	for i := range len(a) - cap(a[:1:1]) {
		a[i]--
	}
	for i, p := range [2]*int{&a[0], &a[2]} {
		for *p = range i + 4 {
		}
	}
	fmt.Println(a)
}
