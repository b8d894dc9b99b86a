// run

// What a plain variable is worth beside calls that change it, as gc evaluates it; copies of arrays and structs.
package main

import "fmt"

type T struct{ n, m int }

func (t *T) set(n int) int { t.n = n; return n }
func (t T) get() int       { return t.n }

var g int

func setg(n int) int { g = n; return n }

func pair() (int, int) { g++; return g, g * 10 }

func main() {
	t := T{1, 2}
	u := []T{t, t}
	fmt.Println(t.get(), t.set(5), t.get())
	arr := [3]int{1, 2, 3}
	f := func() int { arr[0] = 100; return 0 }
	b := arr
	i := f()
	fmt.Println(b, arr, i)
	for i, v := range arr {
		arr[2] = 50
		if i == 2 {
			fmt.Println("copy", v)
		}
	}
	for i, v := range &arr {
		arr[2] = 60
		if i == 2 {
			fmt.Println("pointer", v)
		}
	}
	sl := arr[:]
	for i, v := range sl {
		sl = append(sl[:1:1], 7, 8, 9, 10)
		if i == 2 {
			fmt.Println("slice", v, len(sl))
		}
	}
	u[0], u[1] = u[1], T{8, 9}
	fmt.Println(u)
	x := []int{1, 2, 3}
	j := 0
	j, x[j], x[j+1] = 1, 10, 20
	fmt.Println(j, x)
	x[0], x[0] = 1, 2
	fmt.Println(x)
	var p *T = &t
	p, p.n = &T{50, 60}, 40
	fmt.Println(*p, t)
	m := map[int]int{}
	m[g], g = pair()
	fmt.Println(m, g)
	h := func() (r T) {
		defer func() { r.n++ }()
		r = T{1, 1}
		return T{r.m + 10, r.n}
	}
	fmt.Println(h())
	var e any = arr
	arr[1] = -1
	fmt.Println(e == any([3]int{100, 2, 60}), e)
	mv := t.get
	t.n = 99
	pm := t.set
	fmt.Println(mv(), pm(3), t.get(), T.get(t), (*T).set(&t, 4), t.n)
	s := struct{ a [2]T }{[2]T{{1, 2}, {3, 4}}}
	q := &s.a[1]
	s2 := s
	q.n = 77
	fmt.Println(s, s2, *q)
	str := "abc"
	by := []byte(str)
	by[0] = 'X'
	fmt.Println(str, string(by))
	k := 5
	k, l := k+1, k
	{
		k := k * 2
		k++
		l += k
	}
	fmt.Println(k, l)
	fmt.Println(setg(3)+g*0, g)
}
