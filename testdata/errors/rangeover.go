// errorcheck

// Range clauses over all kinds of operands.
package p

type seq[V any] func(yield func(V) bool)
type myBool bool

func _(n int, s string, ch <-chan int, out chan<- int, arr *[3]byte, m map[string]bool, it seq[rune],
	f0 func(func() bool), f2 func(func(int, string) bool), bad1 func(), bad2 func(func(int)),
	bad3 func(func(int) myBool), bad4 func(func(a, b, c int) bool), bad5 func(func(int) bool) int) {
	for i := range n {
		_ = i + n
	}
	for range 10 {
	}
	for i := range 1.0 { // ERROR "cannot range over 1.0"
		_ = i
	}
	for i, c := range s {
		_, _ = i+0, c-'a'
	}
	for i, j := range n { // ERROR "range over n \(variable of type int\) permits only one iteration variable"
		_, _ = i, j
	}
	for v := range ch {
		_ = v
	}
	for v := range out { // ERROR "cannot range over out .*: receive from send-only channel"
		_ = v
	}
	for i, b := range arr {
		_, _ = i, b
	}
	for k, v := range m {
		_, _ = k+"", !v
	}
	for r := range it {
		_ = r
	}
	for range f0 {
	}
	for x := range f0 { // ERROR "range over f0 .* permits no iteration variables"
		_ = x
	}
	for i, t := range f2 {
		_, _ = i+1, t+""
	}
	for range bad1 { // ERROR "func must be func\(yield func\(...\) bool\): wrong argument count"
	}
	for range bad2 { // ERROR "yield func does not return bool"
	}
	for range bad3 { // ERROR "yield func returns user-defined boolean, not bool"
	}
	for range bad4 { // ERROR "yield func has too many parameters"
	}
	for range bad5 { // ERROR "unexpected results"
	}
	for range struct{}{} { // ERROR "cannot range over struct{}{}"
	}
	var u8 uint8
	for u8 = range 200 {
	}
	for u8 = range 300 { // ERROR "cannot use 300 .*\(overflows\)|overflows"
	}
	_ = u8
}

func _[T []int | *[4]int, C chan int | <-chan int, M map[int]string | map[int]bool](t T, c C, m M) {
	for i := range c {
		_ = i + 1
	}
	for k := range m { // ERROR "cannot range over m .*: map\[int\]string and map\[int\]bool have different underlying types|no core type"
		_ = k
	}
	for range t { // ERROR "cannot range over t"
	}
}
