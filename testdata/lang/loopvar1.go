// run

// Each iteration has its own variables (1.22), in every form of loop and with every way to capture.
package main

import "fmt"

type op func() int

func addr() (out []*int) {
	for i := 0; i < 4; i++ {
		out = append(out, &i)
		if i%2 == 0 {
			i++
			*out[len(out)-1] += 10
			i -= 10
		}
	}
	return
}

func closures() (fs []op) {
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fs = append(fs, func() int { i++; return i*100 + j })
		if j < 6 {
			continue
		}
		j--
	}
	return
}

func inCondition() (fs []op) {
	var get op
	for i := 0; func() bool { get = func() int { return i }; return i < 3 }(); i++ {
		fs = append(fs, get)
		i := i * 2
		fs = append(fs, func() int { return i })
	}
	return append(fs, get)
}

func inPost() (fs []op) {
	for i := 0; i < 3; func() { i++; fs = append(fs, func() int { i += 100; return i }) }() {
		fs = append(fs, func() int { return i })
	}
	return
}

func labelled() (s string) {
	var fs []func()
outer:
	for i := 0; i < 3; i++ {
		for j := i; ; j++ {
			fs = append(fs, func() { s += fmt.Sprint(i, j, ";") })
			switch {
			case j > 3:
				continue outer
			case i == 2:
				break outer
			case j == 1:
				goto skip
			}
			continue
		skip:
			i, j = i+0, j+1
		}
	}
	for _, f := range fs {
		f()
	}
	return
}

func ranges() (s string) {
	var fs []func()
	for k, v := range map[string][]int{"k": {1, 2}} {
		for i, x := range v {
			for c, r := range "ab" {
				fs = append(fs, func() { s += fmt.Sprint(k, v, i, x, c, string(r), " "); x++; c++ })
			}
		}
	}
	for i := range 3 {
		defer func() { fmt.Print("defer ", i, "\n") }()
		fs = append(fs, func() { s += fmt.Sprint(i); i *= 2 })
	}
	for n := 0; n < 2; n++ {
		for _, f := range fs {
			f()
		}
	}
	return
}

func outside() (r []int) {
	var i int
	var ps []*int
	for i = 0; i < 3; i++ {
		ps = append(ps, &i)
	}
	for i = range 2 {
		ps = append(ps, &i)
	}
	for _, p := range ps {
		r = append(r, *p)
	}
	return
}

func main() {
	for _, p := range addr() {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	for _, fs := range [][]op{closures(), inCondition(), inPost()} {
		for _, f := range fs {
			fmt.Print(f(), " ", f(), " ")
		}
		fmt.Println()
	}
	fmt.Println(labelled())
	fmt.Println(ranges())
	fmt.Println(outside())
	done := make(chan int, 10)
	for i := 0; i < 10; i++ {
		go func() { done <- i * i }()
	}
	sum := 0
	for range 10 {
		sum += <-done
	}
	fmt.Println(sum)
}
