// errors

// Operands and types: mismatches, comparisons, conversions, selectors, calls, literals, with gc's hints.
package main

import (
	"fmt"
	"io"
	"os"
	"unsafe"
)

type S struct {
	A, b int
	F    func()
}
type P struct{ *S }
type I interface {
	M(int) string
	n()
}
type V struct{}
type W struct{}

func (V) M(int) int     { return 0 }
func (*W) M(int) string { return "" }
func (*W) n()           {}
func (w W) Mm()         {}

type Num int
type Fn func(int)
type G[T any] struct{ t T }
type C[T ~int | ~string] []T

func (g G[T]) get() T      { return g.t }
func gen[A, B any](a A) B  { panic(0) }
func num[N ~int](n N) N    { return n }

var (
	i  int
	u  uint8
	f  float64
	s  string
	sl []int
	m  map[string]int
	fn func()
	st S
	p  *S
	e  any
	er error
	ch chan int
	ar [3]int
)

var (
	_ = i + f
	_ = i + s
	_ = s - s
	_ = !i
	_ = -s
	_ = ^f
	_ = &i == nil
	_ = i == nil
	_ = sl == sl
	_ = m == nil
	_ = fn == fn
	_ = e == sl
	_ = e == st
	_ = st == st
	_ = st < st
	_ = p < p
	_ = e < e
	_ = i << f
	_ = i << -1
	_ = f << 1
	_ = 1.5 << 1
	_ = i % f
	_ = f % 2
	_ = i / 0
	_ = i && true
	_ = "a" + 1
	_ = u + 256
	_ = u + -1
	_ = int8(200)
	_ = uint(-1)
	_ = 1 << 64
	_ = nil
	_ = nil == nil
	_ = *i
	_ = *nil
	_ = &1
	_ = &f()
	_ = <-i
	_ I = V{}
	_ I = W{}
	_ I = &W{}
	_ I = &V{}
	_ I = st
	_ io.Reader = os.Stdin.Name
	_ fmt.Stringer = p
	_ = er.(S)
	_ = e.(I).(V)
	_ = i.(int)
	_ = e.(undefined)
	_ = e.(type)
	_ Num = i
	_ Num = 1.5
	_ Fn = func(string) {}
	_ = Num(s)
	_ = string(f)
	_ = []byte(i)
	_ = (*int)(p)
	_ = unsafe.Pointer(i)
	_ = [2]int(ar)
	_ = [4]int(sl)
	_ = [2]string(sl)
	_ = S(1)
	_ = int("1")
	_ = int(1, 2)
	_ = int()
	_ = st.a
	_ = st.B
	_ = st.c
	_ = st.f
	_ = p.A.x
	_ = (&p).A
	_ = P{}.b.c
	_ = e.x
	_ = er.error
	_ = W{}.mm
	_ = W.M
	_ = W.n
	_ = (*W).Mm
	_ = I.q
	_ = fmt.println
	_ = fmt.Printl
	_ = i.x
	_ = S.A
	_ = ar[3]
	_ = ar[-1]
	_ = sl[-1]
	_ = "abc"[5]
	_ = sl["a"]
	_ = sl[1.5]
	_ = m[1]
	_ = i[0]
	_ = sl[2:1]
	_ = s[1:2:3]
	_ = e[0]
	_ = fn(1)
	_ = fn()
	_ = i()
	_ = S{1}
	_ = S{1, 2, fn, 4}
	_ = S{A: 1, 2}
	_ = S{A: 1, A: 2}
	_ = S{x: 1}
	_ = S{"A": 1}
	_ = []int{0: 1, 0: 2}
	_ = []int{"a"}
	_ = []int{-1: 1}
	_ = [2]int{1, 2, 3}
	_ = map[string]int{"a": 1, "a": 2}
	_ = map[string]int{1}
	_ = map[[]int]int{}
	_ = int{}
	_ = I{}
	_ = [...]int
	_ = G{}
	_ = G[int]{"s"}
	_ = G[int, int]{}
	_ = C[float64]{}
	_ = gen(1)
	_ = gen[int]
	_ = gen[int, string](s)
	_ = num(1.5)
	_ = num(s)
	_ = num[Num, int]
	_ = i[int]
	_ = len(i)
	_ = cap(m)
	_ = new(1, 2)
	_ = make(int)
	_ = make([]int)
	_ = make([]int, -1)
	_ = make([]int, 2, 1)
	_ = append(i, 1)
	_ = append(sl, "s")
	_ = append(sl, s...)
	_ = copy(sl, s)
	_ = delete(m, "a")
	_ = complex(1, f, 2)
	_ = complex(i, f)
	_ = real(i)
	_ = min(1, "a")
	_ = max()
	_ = min(sl...)
	_ = unsafe.Sizeof()
	_ = unsafe.Offsetof(i)
	_ = unsafe.String(&i, 1)
	_ = recover
	_ = print("x")
	_ = panic
	_ = func() int {}
	_ = func(x int) { return x }
	_ = struct{ a int }{1}.a.b
	_ = interface{ x() }(st)
	_ = []I{V{}, &W{}, nil, 1}
	_ = undefined.x
	_ = undefined(1)[2]
)

func main() {}
