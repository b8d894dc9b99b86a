// run

// Every operator and built-in function, on every class of type.
package main

import (
	"fmt"
	"math"
	"unsafe"
)

type vec struct{ X, Y int }
type celsius float64
type grid [2][3]int

const (
	kb = 1 << (10 * (iota + 1))
	mb
	_
	huge = 1 << 100
)

func div[T int | int8 | uint16](a, b T) (T, T) { return a / b, a % b }

func integers(a, b int, u uint8, i8 int8) {
	fmt.Println(a+b, a-b, a*b, a/b, a%b, -a/b, -a%b, a&b, a|b, a^b, a&^b, ^a, +a, -a)
	fmt.Println(u<<1, u>>1, u<<9, i8>>10, i8<<1, u+200, i8-127, -i8, ^u, a<<b, uint32(1)<<uint(b+40))
	fmt.Println(a == b, a != b, a < b, a <= b, a > b, a >= b, a > 0 && b > 0, a < 0 || b < 0, !(a == b))
	fmt.Println(div(a, b))
	fmt.Println(div(i8, -1))
	fmt.Println(div(uint16(65535), 7))
	x := math.MinInt64
	fmt.Println(x/-1*b/b, x%-1, huge>>98, kb, mb, 'a'+1, 7.0/2, 7/2, 1<<3.0)
}

func floats(a, b float64, c complex128) {
	nan := math.NaN()
	fmt.Println(a+b, a-b, a*b, a/b, -a, a/0*0 != 0, nan == nan, nan < a, nan != nan, 1/math.Inf(-1))
	fmt.Println(float32(a)/3, int(a), int8(b), uint(a), float64(float32(0.1)), celsius(a)*2)
	fmt.Println(c*c, c/(1-2i), -c, c == 1+2i, c != 1, real(c), imag(c), complex(a, b), complex64(c)*2i)
	var z complex64 = 5 + 6i
	z /= 2 - 1i
	fmt.Println(z, min(a, b, 0.5), max(3, a), min(nan, 1), max("a", "b"), min(2, 1))
}

func stringsOf(s string, n int) {
	fmt.Println(s+"x"+s, s[1], s[1:], s[:n], s[n:n], len(s), s < "b", s >= "abc", s == "abc", string(rune(9786)))
	fmt.Println([]byte(s), []rune(s), string([]byte{104, 105}), string([]rune{0x4e16, 0x754c}))
	b := []byte("hello")
	copy(b[1:], "EY")
	b = append(b, " and "...)
	b = append(b, s...)
	fmt.Println(string(b), cap(b) >= len(b))
}

func composites(n int) {
	v := vec{1, 2}
	pv := &vec{Y: n}
	g := grid{{1, 2, 3}, {1: n}}
	h := g
	h[1][2]++
	deep := map[string][]*vec{"a": {{1, 2}, nil}, "b": {}}
	anon := struct {
		vec
		Z any
	}{vec{1, 1}, []string{"z"}}
	var e any = anon.vec
	fmt.Println(v, *pv, v == vec{1, 2}, v != *pv, (*pv).X, pv.Y, &v == &v, g, h, g == h, g[1] == h[1])
	fmt.Println(*deep["a"][0], len(deep["b"]), deep["c"] == nil, anon, anon.X, e == vec{1, 1}, e == 1)
	fmt.Println([]vec{{1, 2}, {}}, map[vec]int{{1, 2}: 3}, [...]*vec{{5, 6}}[0].X, [][]int{{1}, nil, {2, 3}})
}

func builtins(n int) {
	s := make([]int, 2, 10)
	s = append(s, 1, 2, 3)
	t := s[1:3:4]
	t = append(t, 100)
	t = append(t, 200)
	t[0] = -1
	fmt.Println(s, t, len(t), cap(s), cap(s[2:]), copy(s, s[1:]), s)
	m := make(map[vec]string, n)
	m[vec{1, 2}] = "a"
	m[vec{}] += "b"
	delete(m, vec{1, 2})
	v, ok := m[vec{9, 9}]
	fmt.Println(m, len(m), v == "", ok)
	clear(m)
	clear(s)
	fmt.Println(len(m), s)
	p := new(int)
	*p += 5
	q := new(n + 1)
	fmt.Println(*p, *q, len([3]int{}), cap(&[4]int{}), len("é"))
	arr := [...]int{5: 1, 2, 1: 7}
	ap := (*[3]int)(arr[1:4])
	ap[0] = 70
	fmt.Println(arr, len(arr), [2]int(arr[1:]), unsafe.Sizeof(arr), unsafe.Offsetof(struct {
		a byte
		b int64
	}{}.b), unsafe.Alignof(int32(0)))
	str := unsafe.String(unsafe.StringData("hello"), 4)
	sl := unsafe.Slice(&arr[0], 3)
	fmt.Println(str, sl, *(*int)(unsafe.Add(unsafe.Pointer(&arr[0]), 8)))
	defer func() {
		fmt.Println("recover:", recover(), recover())
	}()
	print()
	panic(fmt.Sprint("panic ", n))
}

func functions() {
	f := vec.add
	g := (*vec).scale
	v := vec{1, 2}
	h := v.add
	k := v.scale
	v.X = 100
	k(2)
	g(&v, 2)
	fmt.Println(f(v, vec{1, 1}), h(vec{}), v, func(x ...int) int { return len(x) }(1, 2, 3), variadic("a"), variadic("b", []any{1, 2}...))
	var i interface{ add(vec) vec } = v
	e := i.add
	fmt.Println(e(vec{1, 1}), i.(vec).Y, i.(interface{ add(vec) vec }) == i)
	_, ok := i.(interface{ none() })
	fmt.Println(ok, fact(10), func() (n int) { defer func() { n *= 2 }(); return 21 }())
}

func (v vec) add(w vec) vec { return vec{v.X + w.X, v.Y + w.Y} }
func (v *vec) scale(k int)  { v.X *= k; v.Y *= k }

func variadic(s string, rest ...any) string { return fmt.Sprint(s, len(rest), rest == nil) }

func fact(n int) int {
	if n < 2 {
		return 1
	}
	return n * fact(n-1)
}

func main() {
	integers(17, 5, 200, -128)
	floats(7.5, -2.25, 1+2i)
	stringsOf("abc", 2)
	composites(3)
	functions()
	builtins(4)
}
