// run

// defer in loops over everything, of methods, built-ins, generics and closures; changes of results; nested recovers.
package main

import (
	"errors"
	"fmt"
)

type res struct{ log *[]string }

func (r res) close(s string)     { *r.log = append(*r.log, "close "+s) }
func (r *res) closePtr(n ...int) { *r.log = append(*r.log, fmt.Sprint("ptr ", n)) }

type closer interface{ close(string) }

func logTo[T any](l *[]string, t T) { *l = append(*l, fmt.Sprintf("%T %v", t, t)) }

func order(n int) (log []string, err error) {
	r := res{&log}
	defer r.close(fmt.Sprint("first ", n))
	defer func(s string) { r.close(s + fmt.Sprint(n)) }("closure ")
	for i := range n {
		defer r.closePtr(i, n)
		if i == 1 {
			n = 100
			defer logTo(&log, err)
			defer logTo[any](&log, 'x')
		}
	}
	var c closer = r
	defer c.close("interface")
	c = nil
	f := c2(r).close
	defer f("value")
	m := map[string]int{"a": 1, "b": 2}
	defer delete(m, "a")
	defer func() { log = append(log, fmt.Sprint(len(m))); err = errors.Join(err, errors.New("joined")) }()
	defer copy(make([]int, 1), []int{1})
	switch {
	case n > 0:
		defer func() {
			if e := recover(); e != nil {
				log = append(log, fmt.Sprint("recovered ", e))
				err = fmt.Errorf("wrapped: %v", e)
			}
		}()
		panic(n)
	}
	return
}

type c2 res

func (c c2) close(s string) { res(c).close("c2 " + s) }

func nested() (s string) {
	defer func() {
		defer func() {
			s += fmt.Sprint("3:", recover(), " ")
		}()
		s += fmt.Sprint("1:", recover(), " ")
		defer func() {
			s += fmt.Sprint("2:", recover(), " ")
			panic("three")
		}()
		panic("two")
	}()
	panic("one")
}

func helper() any { return recover() }

func notDirect() (s string) {
	defer func() { s += fmt.Sprint(recover()) }()
	defer func() {
		s += fmt.Sprint(helper(), " ")
		func() { s += fmt.Sprint(recover(), " ") }()
		defer func() { s += fmt.Sprint("deeper ", recover(), " ") }()
	}()
	panic("p")
}

func loopRecover() (out []int) {
	for i := range 5 {
		func() {
			defer func() {
				if r, ok := recover().(int); ok {
					out = append(out, -r)
				} else {
					out = append(out, i)
				}
			}()
			if i%2 == 1 {
				panic(i)
			}
		}()
	}
	return
}

func results() (a, b int, c string) {
	defer func() { a, b = b, a; c += "d" }()
	a = 1
	return a + 1, a + 2, "c"
}

func rePanic() (err error) {
	defer func() {
		e := recover()
		err = fmt.Errorf("%w + %v", err, e)
	}()
	defer func() {
		e := recover().(error)
		err = e
		panic(fmt.Sprint("re-", e))
	}()
	var m map[string]int
	m["x"] = 1
	return nil
}

func conditional(b bool) (n int) {
	if b {
		defer func() { n += 10 }()
	} else {
		defer func() { n += 20 }()
	}
	for range 2 {
		if b {
			defer func() { n *= 2 }()
		}
	}
	return 1
}

func evaluated() (s string) {
	p := &struct{ n int }{1}
	defer func(n int) { s += fmt.Sprint(n, p.n) }(p.n)
	p = &struct{ n int }{5}
	defer func() {
		defer func() { s += fmt.Sprint(" nil func: ", recover(), " ") }()
		var f func()
		defer f()
		s += "before "
	}()
	return "s "
}

func main() {
	log, err := order(2)
	for _, l := range log {
		fmt.Println(l)
	}
	fmt.Println(err)
	log, err = order(0)
	fmt.Println(log, err)
	fmt.Println(nested())
	fmt.Println(notDirect())
	fmt.Println(loopRecover())
	fmt.Println(results())
	fmt.Println(rePanic())
	fmt.Println(conditional(true), conditional(false))
	fmt.Println(evaluated())
}
