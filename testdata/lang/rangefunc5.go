// run

// Named results, shadowing, and values that bodies of ranges over functions write from several depths.
package main

import (
	"fmt"
	"iter"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n && yield(i); i++ {
		}
	}
}

func twice[T any](s iter.Seq[T]) iter.Seq2[T, int] {
	return func(yield func(T, int) bool) {
		n := 0
		for t := range s {
			for range count(2) {
				if n++; !yield(t, n) {
					return
				}
			}
		}
	}
}

type big struct {
	a [9]int
	s string
	m map[string]int
}

func results(k int) (x int, y string, b big, f func() int, err error) {
	y = "initial"
	for i := range count(5) {
		x += i
		b.a[i] = x
		for j, n := range twice(count(i)) {
			z := fmt.Sprint(i, j, n)
			if n == k {
				b.s = z
				f = func() int { x++; return x }
				return x * 100, z + "!", b, f, fmt.Errorf("at %d", i)
			}
			if n > 100 {
				return
			}
		}
		if k == -i {
			err = fmt.Errorf("negative %d", i)
			return
		}
	}
	return
}

func alter() (n int, s []int) {
	defer func() {
		n = n*10 + len(s)
		if r := recover(); r != nil {
			s = append(s, r.(int))
		}
	}()
	for i := range count(4) {
		n = i
		s = append(s, i)
		if i == 2 {
			defer func() { n += 1000; s = append(s, -n) }()
		}
		for j := range count(3) {
			if i == 3 && j == 1 {
				panic(i*10 + j)
			}
			n += j
		}
	}
	return -1, nil
}

func assigns() (r []any) {
	var a [3]int
	var m = map[int]string{}
	var p struct{ x, y int }
	i := 0
	next := func() int { i++; return i - 1 }
	for a[next()] = range count(3) {
	}
	for p.x, p.y = range twice(count(2)) {
		m[p.x] += fmt.Sprint(p.y)
	}
	var x any
	for x = range count(3) {
		if x == 1 {
			break
		}
	}
	var e error
	for _, e = range iter.Seq2[int, error](func(y func(int, error) bool) { y(1, fmt.Errorf("e")) }) {
	}
	return []any{a, m, p, x, e, i}
}

func closures() (fs []func() int) {
	sum := 0
	for i := range count(3) {
		for j := range count(2) {
			fs = append(fs, func() int { i++; sum += i + j; return sum })
			if j == 0 {
				continue
			}
			i *= 10
		}
	}
	return append(fs, func() int { return sum })
}

func goTo(n int) (trace string) {
	for i := range count(n) {
		if i == 1 {
			goto odd
		}
		trace += "e"
		if i == 2 {
			goto end
		}
		continue
	odd:
		trace += "o"
	}
	trace += "fell"
end:
	return trace + "."
}

func recursive(n int) (out []int) {
	if n == 0 {
		return []int{0}
	}
	for i := range count(n) {
		for _, x := range recursive(n - 1 - i) {
			out = append(out, x*10+i)
			if len(out) > 4 {
				return
			}
		}
	}
	return
}

func main() {
	for _, k := range []int{3, 4, 9, -2, 50} {
		x, y, b, f, err := results(k)
		fmt.Println(x, y, b.a, b.s, b.m == nil, f != nil, err)
		if f != nil {
			fmt.Println(f(), f())
		}
	}
	fmt.Println(alter())
	fmt.Println(assigns()...)
	for _, f := range closures() {
		fmt.Print(f(), " ")
	}
	fmt.Println(goTo(2), goTo(5), recursive(4))
	for n := range count(3) {
		switch {
		case n == 1:
			continue
		}
		for range count(n) {
			func() {
				for m := range count(9) {
					if m == 2 {
						return
					}
					fmt.Print(n, m, " ")
				}
			}()
		}
	}
	fmt.Println()
}
