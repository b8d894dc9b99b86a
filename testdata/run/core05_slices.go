// run -stderr
package main

func sum(xs ...int) (t int) {
	for _, x := range xs {
		t += x
	}
	return
}

func main() {
	var s []int
	for i := 0; i < 100; i++ {
		s = append(s, i*i)
	}
	println(len(s), cap(s) >= 100, s[99], sum(s...), sum(), sum(1, 2, 3))
	t := s[10:20:30]
	println(len(t), cap(t), t[0])
	t = append(t, 7)
	println(s[20])
	u := append(s[:2:2], 5, 6, 7)
	println(s[2], u[2], len(u))
	n := copy(u, s[50:])
	println(n, u[0], u[4])
	b := append([]byte("abc"), "def"...)
	println(string(b), len(b))
	m := make([][]string, 3)
	for i := range m {
		m[i] = make([]string, i, i+2)
		for j := range m[i] {
			m[i][j] = "s"
		}
	}
	println(len(m[2]), cap(m[2]), m[2][1])
	a := [5]int{1, 2, 3, 4, 5}
	v := a[1:4]
	v[0] = 20
	println(a[1], len(v), cap(v))
	p := (*[3]int)(v)
	p[1] = 30
	q := [2]int(v)
	q[0] = 99
	println(a[2], a[1], q[0])
	clear(v)
	println(a[0], a[1], a[3], a[4])
	println(min(3, 1, 2), max(2.5, 1), min("b", "a"))
	for i, r := range "héllo" {
		print(i, ":", r, " ")
	}
	println()
	rs := []rune("héllo")
	println(len(rs), string(rs[1]), string(rs[1:3]))
	x := "abc" + string(rs[0]) + "def"
	println(x, len(x), x[1], x[2:4], x < "abd", x == "abchdef")
}
