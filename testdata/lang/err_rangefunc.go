// errors

package p

import "iter"

type T struct{}

func (T) all(yield func(int) bool)  {}
func (*T) ptr(yield func(int) bool) {}
func (T) bad(yield func(int))       {}

func f0(yield func() bool)              {}
func f1(yield func(int) bool)           {}
func f2(yield func(int, string) bool)   {}
func f3(yield func(a, b, c int) bool)   {}
func fr(yield func(int) bool) int       { return 0 }
func fn(yield func(int) int)            {}
func fb(yield func(int) B)              {}
func fe(yield func(int) (bool, error))  {}
func fx(int, func(int) bool)            {}
func fi(yield func(int) interface{})    {}
func fv(yield ...func(int) bool)        {}
func fa(yield func(...int) bool)        {}
func fm()                               {}

type B bool
type F func(func(string) bool)

func gen[S ~func(func(E) bool), E any](s S) {
	for e := range s {
		var _ int = e
	}
	for a, b := range s {
	}
}
func gen2[S iter.Seq[int] | iter.Seq2[int, int]](s S) {
	for range s {
	}
}
func gen3[S func(func(int) bool) | []int](s S) {
	for range s {
	}
}

func main() {
	for x := range f0 {
	}
	for range f0 {
	}
	for x, y := range f1 {
	}
	for x := range f1 {
		var _ string = x
	}
	for _, s := range f2 {
		s = 1
	}
	for range f3 {
	}
	for range fr {
	}
	for range fn {
	}
	for range fb {
	}
	for range fe {
	}
	for range fx {
	}
	for range fi {
	}
	for range fv {
	}
	for range fa {
	}
	for range fm {
	}
	for range T.all {
	}
	for range (T{}).all {
	}
	for range (&T{}).ptr {
	}
	for range (T{}).ptr {
	}
	for range (T{}).bad {
	}
	for range f1() {
	}
	var s string
	var i int
	for i = range F(nil) {
	}
	for s = range F(nil) {
	}
	for i, s = range f2 {
	}
	for s, i = range f2 {
	}
	for _, _ = range f1 {
	}
	for range func(yield func(int) bool) { yield("a") } {
	}
	for x := range iter.Seq[T](nil) {
		x.all()
	}
	for range iter.Pull[int] {
	}
}
