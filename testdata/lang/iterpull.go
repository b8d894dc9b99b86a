// run

// iter.Pull: order of effects, early stop, panics on either side, goexit, nesting and reuse after the end.
package main

import (
	"fmt"
	"iter"
	"runtime"
	"slices"
)

func gen(name string, n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		fmt.Print(name, " start; ")
		defer func() { fmt.Print(name, " end; ") }()
		for i := range n {
			if !yield(i) {
				fmt.Print(name, " stopped at ", i, "; ")
				return
			}
		}
	}
}

func merge(a, b iter.Seq[int]) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		na, sa := iter.Pull(a)
		defer sa()
		nb, sb := iter.Pull(b)
		defer sb()
		x, okx := na()
		y, oky := nb()
		for okx || oky {
			if okx && (!oky || x <= y) {
				if !yield(x, "a") {
					return
				}
				x, okx = na()
			} else {
				if !yield(y, "b") {
					return
				}
				y, oky = nb()
			}
		}
	}
}

func tree(depth int) iter.Seq[string] {
	return func(yield func(string) bool) {
		if depth == 0 {
			yield("leaf")
			return
		}
		next, stop := iter.Pull(tree(depth - 1))
		defer stop()
		for s, ok := next(); ok; s, ok = next() {
			if !yield("l"+s) || !yield("r"+s) {
				return
			}
		}
	}
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, "->", recover()) }()
	f()
}

func main() {
	next, stop := iter.Pull(gen("g", 3))
	fmt.Print("made; ")
	fmt.Print(next())
	fmt.Print(" ")
	fmt.Print(next())
	fmt.Print(" ")
	stop()
	stop()
	fmt.Println(next())
	next, stop = iter.Pull(gen("h", 1))
	stop()
	fmt.Println(next())
	for v, s := range merge(gen("x", 3), gen("y", 5)) {
		fmt.Print(v, s, " ")
		if v == 3 {
			break
		}
	}
	fmt.Println()
	fmt.Println(slices.Collect(tree(3)))
	try("panic in sequence", func() {
		next, stop := iter.Pull(func(yield func(int) bool) {
			defer fmt.Print("cleaned; ")
			yield(1)
			panic("inside")
		})
		defer stop()
		fmt.Print(next())
		fmt.Print("; ")
		next()
	})
	try("panic while stopping", func() {
		next, stop := iter.Pull2(func(yield func(int, string) bool) {
			defer func() { panic(fmt.Sprint("stop: ", yield(2, "b"))) }()
			yield(1, "a")
		})
		fmt.Print(next())
		fmt.Print("; ")
		stop()
	})
	try("next inside next", func() {
		var next func() (int, bool)
		next, _ = iter.Pull(func(yield func(int) bool) { next() })
		next()
	})
	try("body of the consumer panics", func() {
		next, stop := iter.Pull(gen("p", 9))
		defer stop()
		next()
		panic("consumer")
	})
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { fmt.Println("goexit", recover()) }()
		next, stop := iter.Pull(func(yield func(int) bool) {
			defer fmt.Print("unwound; ")
			yield(1)
			runtime.Goexit()
		})
		defer stop()
		next()
		next()
		fmt.Println("not reached")
	}()
	<-done
	var seqs []func() (int, bool)
	for i := range 4 {
		n, s := iter.Pull(gen(fmt.Sprint("s", i), i))
		defer s()
		seqs = append(seqs, n)
	}
	for round := range 3 {
		for _, n := range seqs {
			v, ok := n()
			fmt.Print(round, v, ok, " ")
		}
	}
	fmt.Println()
}
