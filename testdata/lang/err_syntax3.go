// errors

// Syntax: one mistake a declaration, and how far the parser gets behind it.
package main

import "fmt"

func (t T, u T) a() {}
func () b() {}
type S struct { []int; x, y; *[]int; func() }
type I interface { m[T any](); x int; ~int; *int | ~[]int; func() }
func c[](t int) {}
func d(a int, b) {}
func e(int, b string, ...c) {}
func f(a ...int, b int) {}
func g() (a int, string) {}
func h { }
func i()
{
}
var j int = 
var k, = 1
var (
	l = 1,
	m
)
const n := 1
type o
type p = 
func q() {
	if x := 1 { }
	if x == S{} { }
	if { }
	for i := 0; i < 3 { }
	for i := 0; i < 3; i := 1 { }
	for ;; { }
	switch x := 1 { }
	switch x = 1; x { }
	switch { case 1, : }
	select { case x }
	go func() {}
	defer (f())
	go x
	a, b := range c
	a := b := c
	a++ + 1
	x = y = z
	if a { } else b
	else { }
	}
func r() {
	x := []int{1, 2
	}
	y := map[string]int{"a": 1 "b": 2}
	f(1, 2
	)
	z := [...]int{}[...]
	a[1:2:]
	a[::]
	a[]
	a.(type)
	_ = a.1
	_ = 'ab' + '' + '\q' + "\xg"
	_ = 0x + 0b2 + 09 + 1_ + 1__0 + 0x1.0 + 1e
	_ = "unterminated
	_ = func() int
	goto
	break 1
	label: }
func s() { fmt.Println("x";) }
func t(a b c) {}
var u = func { }
var v = struct{ a int = 1 }{}
var w chan<- <-chan int = <-chan int
var x <-<-chan int
import "late"
func y[T int | ](t T) {}
func z[T](t T) {}
package main
}
