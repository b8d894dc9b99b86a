// run -status=3

// os.Exit, deferred functions and recover inside bodies; the process ends in the middle of nested loops.
package main

import (
	"fmt"
	"os"
)

type seq func(func(int) bool)

func upTo(n int) seq {
	return func(y func(int) bool) {
		defer func() {
			if e := recover(); e != nil {
				fmt.Println("iterator sees", e)
				panic(e)
			}
			fmt.Print("[", n, "]")
		}()
		for i := range n {
			if !y(i) {
				return
			}
		}
	}
}

func (s seq) where(f func(int) bool) seq {
	return func(y func(int) bool) {
		s(func(i int) bool { return !f(i) || y(i) })
	}
}

func safe(f func() int) (n int, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("safe: %v", e)
		}
	}()
	return f(), nil
}

func work(k int) int {
	total := 0
	for i := range upTo(5).where(func(i int) bool { return i%2 == 0 }) {
		n, err := safe(func() int {
			for j := range upTo(3) {
				if i*j == k {
					panic(fmt.Sprint(i, "*", j))
				}
				if j > i {
					return j
				}
			}
			return i
		})
		if err != nil {
			fmt.Println(err)
			total -= 100
			continue
		}
		total += n
	}
	return total
}

func cleanup(name string) func() {
	fmt.Println("open", name)
	return func() { fmt.Println("close", name) }
}

func files() (err error) {
	for i := range upTo(4) {
		defer cleanup(fmt.Sprint("f", i))()
		if i == 2 {
			return fmt.Errorf("at %d", i)
		}
	}
	return nil
}

func main() {
	fmt.Println(work(100))
	fmt.Println(work(8))
	fmt.Println(work(4))
	fmt.Println(files())
	defer fmt.Println("never printed")
	for i := range upTo(9) {
		for j := range upTo(9) {
			if i+j == 4 {
				fmt.Println()
				os.Exit(i*10 + j - 1)
			}
		}
	}
}
