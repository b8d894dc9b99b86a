// run stress

// Objects of all sizes and shapes survive collections with their contents.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type node struct {
	l, r *node
	v    int
}

func tree(d int) *node {
	if d == 0 {
		return &node{v: 1}
	}
	return &node{tree(d - 1), tree(d - 1), d}
}

func (n *node) sum() int {
	if n == nil {
		return 0
	}
	return n.v + n.l.sum() + n.r.sum()
}

type mixed struct {
	s  string
	a  [5]*int
	n  int
	m  map[int]string
	i  any
	f  func() int
	b  []byte
	in [3]struct {
		x int
		p *string
	}
}

func newMixed(k int) *mixed {
	x := &mixed{s: strings.Repeat("s", k%50), n: k, m: map[int]string{k: fmt.Sprint(k)}, i: k, b: make([]byte, k%100)}
	for j := range x.a {
		v := k + j
		x.a[j] = &v
	}
	x.f = func() int { return x.n * 2 }
	for j := range x.in {
		s := fmt.Sprint("in", k, j)
		x.in[j].p = &s
	}
	return x
}

func (x *mixed) check(k int) {
	ok := len(x.s) == k%50 && x.n == k && x.m[k] == fmt.Sprint(k) && x.i == any(k) && x.f() == 2*k && len(x.b) == k%100
	for j, p := range x.a {
		ok = ok && *p == k+j
	}
	for j := range x.in {
		ok = ok && *x.in[j].p == fmt.Sprint("in", k, j)
	}
	if !ok {
		panic(fmt.Sprint("object ", k, " is damaged"))
	}
}

// big has pointers far apart, so that its mask is made on demand.
type big struct {
	first *int
	pad   [2000]int
	mid   []string
	pad2  [1000]byte
	last  any
}

// Values of sizes that divide neither 64 words nor the pieces of a large object; the last is larger than a piece.
type (
	three struct {
		n int
		p *int
		s int
	}
	ten struct {
		p *int
		b [7]int
		q [2]*int
	}
	wide struct {
		n int
		p [99]*int
		m [21]int
	}
	vast struct {
		b [1001]int
		p [20003]*int
		e int
		s string
	}
)

// fresh returns pointers to new numbers from n on.
func fresh(n int) *int { return &n }

var sink *int

func large() {
	a := make([]three, 11003)
	b := make([]ten, 3001)
	c := make([]wide, 201)
	d := make([]vast, 1)
	e := make([]*int, 20001)
	for i := range a {
		a[i].p = fresh(i)
	}
	for i := range b {
		b[i].p, b[i].q[1] = fresh(i), fresh(i+1)
	}
	for i := range c {
		c[i].p[0], c[i].p[98] = fresh(i), fresh(i+2)
	}
	for i := range d {
		for k := range d[i].p {
			d[i].p[k] = fresh(i + k)
		}
		d[i].s = strings.Repeat("v", 40+i)
	}
	for i := range e {
		e[i] = fresh(i)
	}
	runtime.GC()
	for range 30000 {
		sink = fresh(-1)
	}
	ok := true
	for i := range a {
		ok = ok && *a[i].p == i
	}
	for i := range b {
		ok = ok && *b[i].p == i && *b[i].q[1] == i+1
	}
	for i := range c {
		ok = ok && *c[i].p[0] == i && *c[i].p[98] == i+2
	}
	for i := range d {
		for k := range d[i].p {
			ok = ok && *d[i].p[k] == i+k
		}
		ok = ok && d[i].s == strings.Repeat("v", 40+i)
	}
	for i := range e {
		ok = ok && *e[i] == i
	}
	if !ok {
		panic("a large object is damaged")
	}
}

func main() {
	keep := tree(10)
	objs := make([]*mixed, 200)
	for round := range 5 {
		for k := range objs {
			if (k+round)%3 == 0 {
				objs[k] = newMixed(k)
			}
		}
		tree(6)
	}
	for k, x := range objs {
		x.check(k)
	}
	fmt.Println(keep.sum())
	large()

	bigs := make([]*big, 10)
	for i := range bigs {
		v := i
		bigs[i] = &big{first: &v, mid: []string{fmt.Sprint(i)}, last: fmt.Sprint("last", i)}
	}
	runtime.GC()
	for i, b := range bigs {
		if *b.first != i || b.mid[0] != fmt.Sprint(i) || b.last != fmt.Sprint("last", i) {
			panic("big object is damaged")
		}
	}
	// Slices of pointers grow through all size classes and into large objects.
	var ps []*int
	for i := range 3000 {
		v := i
		ps = append(ps, &v)
	}
	for i, p := range ps {
		if *p != i {
			panic("slice is damaged")
		}
	}
	arr := make([][3]*int, 50)
	for i := range arr {
		v := i
		arr[i][i%3] = &v
	}
	runtime.GC()
	for i := range arr {
		if *arr[i][i%3] != i {
			panic("array is damaged")
		}
	}
	tiny := make([]*byte, 500)
	for i := range tiny {
		b := byte(i)
		tiny[i] = &b
	}
	runtime.GC()
	for i, p := range tiny {
		if *p != byte(i) {
			panic("tiny object is damaged")
		}
	}
	fmt.Println("ok")
}
