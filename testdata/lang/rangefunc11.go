// run

// Iterators in interfaces, maps, arrays, results, constraints; the range expression is evaluated once.
package main

import (
	"fmt"
	"iter"
)

type seqer[T any] interface{ Seq() iter.Seq[T] }
type ints []int
type once struct{ calls *int }

func (s ints) Seq() iter.Seq[int] {
	return func(y func(int) bool) {
		for _, v := range s {
			if !y(v) {
				return
			}
		}
	}
}
func (o once) Seq() iter.Seq[string] {
	*o.calls++
	return func(y func(string) bool) { *o.calls += 10; y("once") }
}

func chain[T any, S seqer[T]](ss ...S) iter.Seq2[int, T] {
	return func(y func(int, T) bool) {
		for i, s := range ss {
			for t := range s.Seq() {
				if !y(i, t) {
					return
				}
			}
		}
	}
}

func pick(n int) func(func(int) bool) {
	return map[int]func(func(int) bool){
		1: ints{1}.Seq(),
		2: func(y func(int) bool) { _ = y(20) && y(21) },
	}[n]
}

func constrained[F interface{ ~func(func(T) bool) }, T any](f F) (last T) {
	for last = range f {
	}
	return
}

type named func(yield func(rune, ...string) bool)
type named2 func(yield func(a, b int) bool)

func (n named2) sum() (s int) {
	for a, b := range n {
		s += a * b
	}
	return
}

func main() {
	calls := 0
	for s := range (once{&calls}).Seq() {
		fmt.Print(s, calls, " ")
	}
	for i, v := range chain[int](ints{1, 2}, ints{}, ints{3}) {
		fmt.Print(i, v, " ")
	}
	for i := range pick(2) {
		fmt.Print(i, " ")
	}
	arr := [2]iter.Seq[int]{ints{5}.Seq(), ints{6, 7}.Seq()}
	for _, s := range arr {
		arr[1] = nil
		for v := range s {
			fmt.Print(v, " ")
		}
	}
	var e seqer[int] = ints{8, 9}
	for v := range e.Seq() {
		e = nil
		fmt.Print(v, " ")
	}
	fmt.Println(constrained(ints{3, 4}.Seq()), constrained[iter.Seq[int]](ints{}.Seq()))
	fmt.Println(named2(func(y func(int, int) bool) { _ = y(1, 2) && y(3, 4) && y(5, 6) }).sum())
	f := pick(1)
	for i := range f {
		f = pick(2)
		for j := range f {
			fmt.Print(i, j, " ")
		}
	}
	defer func() { fmt.Println(recover()) }()
	for range pick(3) {
	}
}
