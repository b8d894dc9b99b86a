// Types whose descriptors are compared with those of the reference compiler (descriptors.out).
package main

import "unsafe"

type Int int

func (Int) Value()    {}
func (*Int) Pointer() {}
func (Int) hidden()   {}

type Pair struct {
	A, B int32
	name string `json:"n" x:"y"`
	*Inner
	_ byte
}

type Inner struct{ X float64 }

func (Inner) Zed(a int, b ...string) (error, bool) { return nil, false }
func (*Inner) Alpha()                              {}

type Speaker interface {
	Speak(string) int
	quiet()
}

type G[K comparable, V any] struct {
	m map[K]V
	f func(K) *V
}

func (*G[K, V]) Get(k K) V { return *new(V) }

type Big [1200]*int
type Wide struct {
	a [200]byte
	p [1100]*byte
}
type Plain struct {
	A int32
	B uint32
	C [4]int16
}
type Direct struct{ p *int }
type NoCompare struct {
	_ [0]func()
	x int
}
type Embeds struct {
	Speaker
	Inner
}
type Fn func(int, ...any) (x, y string)
type Chan <-chan (<-chan int)

var All = []any{
	Int(0), (*Int)(nil), Pair{}, (*Pair)(nil), Inner{}, (*Inner)(nil), []Pair(nil), [3]Int{},
	(*Speaker)(nil), G[string, int]{}, (*G[string, int])(nil), G[Int, []Pair]{}, Big{}, Wide{}, Plain{}, Direct{},
	NoCompare{}, Embeds{}, (*Embeds)(nil), Fn(nil), Chan(nil), (chan<- func())(nil), map[string]Pair(nil),
	map[int8]struct{}(nil), map[struct{}]struct{}(nil), map[[40]int]Wide(nil), map[any]float32(nil),
	map[complex64][]int(nil), struct{}{}, struct{ X, y int }{}, struct{ Inner }{}, unsafe.Pointer(nil), "", 1, 1.5, true,
	'x', byte(1), uintptr(0), 1i, [0]func(){}, [1]*int{}, [2]string{}, func() {}, func(...int) {}, []byte(nil),
	(*interface {
		M()
		m()
	})(nil), (**any)(nil), [2]struct {
		a bool
		b int64
	}{},
}
