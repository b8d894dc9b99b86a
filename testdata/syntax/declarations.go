// dump syntax

//go:build linux && go1.21

package p

import (
	"fmt"
	. "math"
	m "unsafe"
)

const (
	A, B int = iota, "s"
	C, D
)

var v, w = f(), <-c
var u []int

type (
	T[P any, Q interface{ ~int | *P }] struct {
		a, b int `tag`
		*T[P, Q]
		m.Pointer "other"
	}
	Alias = map[string]chan<- func(int, ...string) (x, y float64)
	Gen[P *C,] [N]P
	Arr [N * 2]int
	I interface {
		M(a, b int) (<-chan int)
		fmt.Stringer
		~int | string
	}
)

//go:noinline
func (r *T[P, _]) Method[X any](x X) error

func f() (chan (<-chan int))
