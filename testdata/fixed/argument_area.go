// run

// Arguments in memory of an inlined function that does not read them, also in a wrapper.
package main

import "fmt"

type big struct {
	a [10]int
	s string
}

func unused(b big, x int) int { return x }

//go:noinline
func f(p *big, x int) int { return unused(*p, x+1) }

type core interface{ check(b big, x *int) *int }
type nop struct{}

func (nop) check(b big, x *int) *int { return x }

//go:noinline
func g(c core, p *big, x *int) *int { return c.check(*p, x) }
func main() {
	p := &big{}
	for i := range p.a {
		p.a[i] = -1
	}
	fmt.Println(f(p, 3))
	x := 7
	fmt.Println(*g(&nop{}, p, &x))
}
