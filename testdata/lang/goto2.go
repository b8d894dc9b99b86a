// run

// goto, labels, break and continue through every statement, loops made of goto, blocks that are jumped over backwards.
package main

import "fmt"

func fact(n int) (r int) {
	r = 1
loop:
	if n > 1 {
		r *= n
		n--
		goto loop
	}
	return
}

func state(s string) (out string) {
	i := 0
start:
	if i == len(s) {
		goto end
	}
	switch s[i] {
	case 'a':
		i++
		goto a
	case 'b':
		i++
		goto b
	}
	out += "?"
	i++
	goto start
a:
	out += "A"
	goto start
b:
	out += "B"
	goto start
end:
	return
}

func closures() []func() int {
	var fs []func() int
	i := 0
again:
	{
		j := i * 10
		fs = append(fs, func() int { j++; return j })
	}
	i++
	if i < 3 {
		goto again
	}
	return fs
}

func nested() {
outer:
	for i := 0; i < 3; i++ {
	inner:
		for j := range 3 {
			switch {
			case j == 1 && i == 0:
				continue outer
			case j == 2:
				break inner
			case i == 2:
				break outer
			}
			select {
			default:
				if j == 0 {
					break
				}
				fmt.Println("unreached for 0")
			}
			fmt.Println(i, j)
		}
		fmt.Println("after inner", i)
	}
block:
	for {
		for {
			break block
		}
	}
sw:
	switch x := 5; {
	case x > 3:
		for i := range 10 {
			if i == 2 {
				break sw
			}
			fmt.Println("sw", i)
		}
	}
	var c chan int
sel:
	for {
		select {
		case <-c:
		default:
			break sel
		}
	}
ts:
	switch any(1).(type) {
	case int:
		if true {
			break ts
		}
		fmt.Println("never")
	}
}

func defers() {
	i := 0
loop:
	defer fmt.Println("deferred", i)
	i++
	if i < 3 {
		goto loop
	}
}

func perIteration() {
	var fs []func() int
	for i := 0; i < 6; i++ {
		fs = append(fs, func() int { i += 100; return i })
		if i%2 == 0 {
			continue
		}
		i++
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
	var ps []*int
	for i, j := 0, 10; i < j; i, j = i+3, j-1 {
		ps = append(ps, &i, &j)
	}
	for _, p := range ps {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	for i := 0; i < 3; func() { i++ }() {
		defer func() { fmt.Print("d", i, " ") }()
	}
}

func empty() {
	for range 0 {
		panic(1)
	}
	for i := 5; i < 5; {
		panic(2)
	}
L:
M:
	for range 2 {
		continue M
	}
	goto N
N:
	if false {
		goto L
	}
}

func main() {
	fmt.Println(fact(10), state("abxba"))
	for _, f := range closures() {
		fmt.Println(f(), f())
	}
	nested()
	defers()
	perIteration()
	fmt.Println()
	empty()
}
