// run

// goto, labels and fallthrough around every kind of loop, in one function, with closures that hold the variables.
package main

import "fmt"

func seq(y func(int) bool) { _ = y(1) && y(2) && y(3) }

func maze(n int) (s string) {
	var fs []func() string
	i := 0
	add := func(x string) { s += x }
start:
	if i++; i > 6 {
		goto end
	}
	switch {
	case i%3 == 0:
		for x := range seq {
			if x == 2 {
				goto start
			}
			add(fmt.Sprint("s", x))
		}
		fallthrough
	case i == n:
	inner:
		for j := range 3 {
			for k, r := range "xyz" {
				fs = append(fs, func() string { j++; return fmt.Sprint(j, k, string(r)) })
				switch r {
				case 'x':
					continue
				case 'y':
					continue inner
				default:
					break inner
				}
			}
		}
		goto start
	default:
		m := map[int]string{i: "m"}
	again:
		for k, v := range m {
			add(v)
			delete(m, k)
			if k < 3 {
				m[k+5] = v + v
				goto again
			}
		}
		select {
		case <-make(chan int):
		default:
			for c := make(chan int, 1); ; {
				select {
				case c <- i:
					continue
				case v := <-c:
					add(fmt.Sprint("c", v))
					goto start
				}
			}
		}
	}
end:
	for _, f := range fs {
		add(f() + f() + " ")
	}
	return
}

func main() {
	for n := range 4 {
		fmt.Println(maze(n))
	}
}
