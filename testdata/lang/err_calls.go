// errors

package p

type T struct{ f func(int) }

func (T) v(a int, b ...string)   {}
func (*T) p()                    {}
func none()                      {}
func one() int                   { return 1 }
func two() (int, string)         { return 1, "" }
func take(a int, b string)       {}
func vari(a int, b ...string)    {}
func anys(a ...any)              {}
func fn(f func(int, ...string))  {}
func named(a, b int, c string)   {}

func main() {
	take(two())
	take(two(), 1)
	take(1, two())
	take(one())
	take(one(), one())
	vari()
	vari(1, 2)
	vari(two())
	vari(1, []string{}...)
	vari(1, "a", []string{}...)
	vari([]string{}...)
	vari(1, []int{}...)
	vari(1, nil...)
	take([]any{1, ""}...)
	anys([]int{}...)
	anys(two(), 1)
	anys(none())
	fn(vari)
	fn(take)
	fn(T{}.v)
	named(1, 2)
	named(1, "a", 2)
	named(1, 2, "a", 3)
	var x int = none()
	var y = none()
	var z int = two()
	a, b := one()
	c, d, e := two()
	f, g := two(), 1
	x, z = two()
	_ = none()
	none() = 1
	one()++
	two
	T.p(T{})
	(*T).p(T{})
	T{}.p()
	(&T{}).v()
	T.v(1)
	T.v(T{}, 1, 2)
	T{}.f("a")
	T{}.g()
	T.f(1)
	main(1)
	1()
	"a"()
	nil()
	x()
	func() {}
	func(a int) {}()
	(func(a int) {})(1, 2)
	_ = func() int { return }
	_ = func() { return 1 }
	_ = func() (int, string) { return one() }
	_ = func() (int, string) { return two(), 1 }
	_ = func() (a int, b string) { return two() }
	len()
	len(1, 2)
	_ = len(1)
	_ = cap(map[int]int{})
	_ = append()
	_ = append(1, 2)
	_ = append([]int{}, "a")
	_ = append([]int{}, []string{}...)
	_ = append(nil, 1)
	copy(1, 2)
	copy([]int{}, []string{})
	delete([]int{}, 1)
	delete(map[int]int{}, "a")
	close(1)
	close(make(<-chan int))
	_ = make(int)
	_ = make([]int)
	_ = make(map[int]int, 1, 2)
	_ = complex(1, "a")
	_ = complex(float32(1), float64(1))
	_ = real("a")
	panic()
	panic(1, 2)
	print(main)
	recover(1)
	_, _, _, _, _, _, _, _ = y, a, b, c, d, e, f, g
}
