// run -stderr
package main

func a() (r int) {
	defer func() { r *= 2 }()
	r = 5
	return r + 1
}

func b() (s string) {
	defer func() {
		if e := recover(); e != nil {
			s = "recovered " + e.(string)
		}
	}()
	panic("boom")
}

func c() {
	for i := 0; i < 3; i++ {
		defer println("deferred", i)
	}
	println("c done")
}

func d(n int) (err error) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if e, ok := r.(error); ok {
			err = e
			return
		}
		panic(r)
	}()
	var arr []int
	var m map[string]int
	var p *struct{ a, b int }
	var i interface{} = "x"
	switch n {
	case 0:
		println(arr[n+5])
	case 1:
		m["x"] = 1
	case 2:
		println(p.b)
	case 3:
		println(i.(int))
	case 4:
		println(10 / (n - 4))
	case 5:
		println(arr[1:n])
	case 6:
		_ = make([]int, n-7)
	case 7:
		var f func()
		f()
	case 8:
		println(i.(interface{ M() }))
	case 9:
		ch := make(chan int)
		close(ch)
		close(ch)
	}
	return nil
}

func nested() (s string) {
	defer func() { s += " outer:" + recover().(string) }()
	defer func() {
		defer func() { s += " inner:" + recover().(string) }()
		panic("second")
	}()
	panic("first")
}

func main() {
	println(a(), b())
	c()
	for i := 0; i < 11; i++ {
		if err := d(i); err != nil {
			println(i, err.Error())
		} else {
			println(i, "no error")
		}
	}
	println(nested())
	println(recover() == nil)
}
