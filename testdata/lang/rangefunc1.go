// run

// Every way out of the body of a range over a function.
package main

import (
	"errors"
	"fmt"
	"iter"
)

func seq(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("<end ", n, ">")
		for i := range n {
			if !yield(i) {
				fmt.Print("<stop ", i, ">")
				return
			}
		}
	}
}

func pairs[K comparable, V any](ks []K, vs ...V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for i, k := range ks {
			if !yield(k, vs[i]) {
				return
			}
		}
	}
}

func none(yield func() bool) {
	for yield() {
	}
}

func returns(n int) (a int, b string, err error) {
	defer func() { b += "!" }()
	for i := range seq(10) {
		switch {
		case i == n:
			return i, "found", nil
		case i == 7:
			return i, fmt.Sprint("seven of ", n), errors.New("seven")
		}
		a = i
		if n < 0 {
			b = "named"
			return
		}
	}
	return
}

func gotos(n int) (s string) {
	i := 0
again:
	for x := range seq(4) {
		s += fmt.Sprint(x)
		if x == n {
			i++
			if i < 3 {
				goto again
			}
			goto out
		}
	}
	return s + " fell"
out:
	return s + " out"
}

func labels() (s string) {
a:
	for i := range seq(3) {
	b:
		for j := range seq(3) {
			for k := range seq(3) {
				s += fmt.Sprint(i, j, k, " ")
				switch {
				case k == 1 && j == 0:
					continue b
				case i == 0 && j == 1:
					continue a
				case i == 1 && j == 1 && k == 0:
					break b
				case i == 2:
					break a
				}
			}
		}
		s += "|"
	}
	return
}

func inSwitch() (s string) {
	for i := range seq(5) {
		switch i {
		case 1:
			break
		case 2:
			continue
		case 3:
			for range none {
				break
			}
			fallthrough
		default:
			s += fmt.Sprint("[", i, "]")
		}
		select {
		default:
			if i == 3 {
				break
			}
			s += "s"
		}
	}
	return
}

func main() {
	for _, n := range []int{3, 9, -1, 0} {
		fmt.Println(returns(n))
	}
	fmt.Println(gotos(1))
	fmt.Println(gotos(9))
	fmt.Println(labels())
	fmt.Println(inSwitch())
	n := 0
	for range none {
		if n++; n > 4 {
			break
		}
	}
	fmt.Println(n)
	for k, v := range pairs([]string{"a", "b"}, 1.5, 2.5) {
		fmt.Print(k, v, " ")
	}
	for k := range pairs([]int{1, 2}, true, false) {
		fmt.Print(k, " ")
	}
	for range pairs([]int{1, 2}, true, false) {
		fmt.Print("x ")
	}
	var k string
	var v [2]int
	for k, v[1] = range pairs([]string{"p", "q"}, 3, 4) {
		fmt.Print(k, v)
	}
	fmt.Println(k, v)
}
