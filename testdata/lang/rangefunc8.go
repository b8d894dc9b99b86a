// run

// What is yielded: nothing, structs, arrays, interfaces, functions, pairs of type parameters; bodies that keep them.
package main

import "fmt"

type big struct {
	a [20]int
	p *big
}

func bigs(y func(big, *big) bool) {
	var b big
	for i := range 3 {
		b.a[i] = i + 1
		b.p = &b
		if !y(b, &b) {
			return
		}
	}
}
func arrays(y func([3]string) bool) { _ = y([3]string{"a"}) && y([3]string{1: "b"}) }
func funcs(y func(func(int) int, error) bool) {
	for k := range 3 {
		if !y(func(n int) int { k += n; return k }, nil) {
			break
		}
	}
}
func mixed(y func(any, float32) bool) {
	for _, v := range []any{1, "s", nil, 2.5, struct{}{}, [2]int{}} {
		if !y(v, 0.5) {
			return
		}
	}
}
func seqs(y func(func(func(int) bool)) bool) {
	for i := range 3 {
		if !y(func(z func(int) bool) { _ = z(i) && z(i*i) }) {
			return
		}
	}
}
func kv[K comparable, V any](m []K, v V) func(func(K, V) bool) {
	return func(y func(K, V) bool) {
		for _, k := range m {
			if !y(k, v) {
				return
			}
		}
	}
}
func complexes(y func(complex128, uint8) bool) { _ = y(1+2i, 255) && y(-1i, 0) }

func main() {
	var kept []big
	var ptrs []*big
	for b, p := range bigs {
		b.a[19] = 7
		kept = append(kept, b)
		ptrs = append(ptrs, p)
		p.a[10]++
	}
	for i, b := range kept {
		fmt.Print(b.a, b.p == ptrs[i], ptrs[i].a[10], " ")
	}
	fmt.Println()
	for a := range arrays {
		a[2] = "z"
		fmt.Printf("%q ", a)
	}
	var fs []func(int) int
	for f, err := range funcs {
		fs = append(fs, f, func(n int) int { return f(n) * 10 })
		_ = err
	}
	for _, f := range fs {
		fmt.Print(f(1), f(2), " ")
	}
	fmt.Println()
	for v, f := range mixed {
		switch v := v.(type) {
		case int, float64:
			fmt.Printf("%T%v %v,", v, v, f)
		case string:
			if v == "s" {
				continue
			}
		case nil:
			fmt.Print("nil,")
		default:
			fmt.Printf("%T ", v)
			if _, ok := v.([2]int); ok {
				goto done
			}
		}
	}
done:
	for s := range seqs {
		for n := range s {
			fmt.Print(n, ";")
			if n == 1 {
				break
			}
		}
	}
	for k, v := range kv([]string{"x", "y"}, map[int]bool{1: true}) {
		v[len(v)+len(k)] = false
		fmt.Print(k, len(v), " ")
	}
	for k, v := range kv([]struct{ a, b any }{{1, 2}, {}}, [0]int{}) {
		fmt.Print(k.a, v, " ")
	}
	for c, u := range complexes {
		u++
		fmt.Print(c*c, u, " ")
	}
	fmt.Println()
}
