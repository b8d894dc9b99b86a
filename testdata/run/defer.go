// run -stderr

package main

func f() (r int) {
	defer func() {
		if e := recover(); e != nil {
			println("recovered", e.(string))
			r = 42
		}
	}()
	defer println("deferred 1")
	for i := range 3 {
		defer print(i, " ")
	}
	panic("boom")
}

func g() (s string) {
	defer func() {
		s += recover().(error).Error()
	}()
	var a []int
	i := 5
	return string(rune(a[i]))
}

func h(p *int) (ok bool) {
	defer func() { ok = recover() != nil }()
	*p = 1
	return false
}

func nested() {
	defer func() {
		println("outer", recover().(string))
	}()
	defer func() {
		defer func() { println("inner", recover().(string)) }()
		panic("second")
	}()
	panic("first")
}

func div(a, b int) (r int) {
	defer func() {
		if recover() != nil {
			r = -1
		}
	}()
	return a / b
}

func main() {
	println(f())
	println(g())
	println(h(nil), div(6, 3), div(1, 0))
	nested()
	println(recover() == nil)
}
