// run

// Generic methods (1.27): value and pointer receivers, explicit and inferred arguments, promotion, method values.
package main

import (
	"fmt"
	"strconv"
)

type box[T any] struct{ v T }

func (b box[T]) to[U any](f func(T) U) box[U]         { return box[U]{f(b.v)} }
func (b *box[T]) set[U any](u U, f func(U) T) *box[T] { b.v = f(u); return b }
func (b box[T]) pair[U, V any](u U, v V) (T, U, V)    { return b.v, u, v }
func (b box[T]) zero[U any]() (t T, u U)              { return }
func (b box[T]) twice[U any](u U) [2]U {
	f := b.zero[U]
	_, z := f()
	return [2]U{u, z}
}

type plain int

func (p plain) as[T ~int | ~float64]() T { return T(p) }
func (p plain) each[T any](ts ...T) (n int) {
	n = int(p)
	for range ts {
		n++
	}
	return
}
func (p *plain) add[T ~int8 | ~int](t T) plain { *p += plain(t); return *p }
func (plain) id[T any](t T) T                  { return t }
func (p plain) rec[T any](n int, t T) string {
	if n == 0 {
		return fmt.Sprintf("%T", t)
	}
	return p.rec(n-1, 1) + "|" + p.rec(n-1, t)
}

type mid struct{ plain }
type outer struct {
	*mid
	box[string]
}

func (o outer) apply[R any](f func(outer) R) R { return f(o) }

type stringer interface{ String() string }
type num float64

func (n num) String() string              { return strconv.FormatFloat(float64(n), 'f', 1, 64) }
func (n num) join[S stringer](s S) string { return n.String() + s.String() }

func main() {
	b := box[int]{20}
	s := b.to(strconv.Itoa).to(func(s string) []byte { return []byte(s + "!") })
	fmt.Println(string(s.v), b.set("abc", func(s string) int { return len(s) }).v, b)
	fmt.Println(b.pair("x", 1.5))
	fmt.Println(b.pair[any, error](nil, nil))
	fmt.Println(b.zero[map[string]int]())
	fmt.Println(b.twice("k"), box[*int]{}.twice(b))
	p := plain(3)
	f := p.as[float64]
	p = 4
	fmt.Println(f()/2, p.as[int](), p.each(1, 2, 3), p.each[any](1, "a"), p.each[int]())
	g := (*plain).add[int8]
	h := p.add[int]
	fmt.Println(g(&p, 5), h(10), p, plain.as[plain](p)+1)
	expr := plain.id[string]
	fmt.Println(expr(1, "expr"), plain(7).rec(2, 1.5))
	o := outer{&mid{1}, box[string]{"in"}}
	fmt.Println(o.add(int8(4)), o.mid.plain, o.as[float64](), o.to(func(s string) int { return len(s) }).v)
	fmt.Println(o.apply(func(o outer) string { o.plain++; return o.v + fmt.Sprint(o.plain) }), o.plain)
	o2 := o.set[rune]
	o2('z', func(r rune) string { return string(r) })
	fmt.Println(o.v, num(1).join(num(2.25)), num(1).join[stringer](num(3)))
	var conv func(string) int = plain(1).id[func(string) int](func(s string) int { return len(s) * 2 })
	fmt.Println(conv("four"))
	for _, m := range []func(plain) plain{plain.as[plain], func(q plain) plain { return q.id(q) * 2 }} {
		fmt.Print(m(6), " ")
	}
	defer fmt.Println(p.add(1), "deferred argument")
	defer p.add(100)
	func() {
		defer func() { fmt.Println("nil:", recover() != nil) }()
		var n *plain
		fmt.Println(n.as[int]())
	}()
}
