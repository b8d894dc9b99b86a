// run -stderr

package main

func main() {
	var s []int
	for i := range 20 {
		s = append(s, i)
	}
	println(len(s), s[19], s[5:10:12][2], cap(s[5:10:12]))
	t := make([]int, 3, 10)
	n := copy(t, s[7:])
	println(n, t[0], t[2], len(t), cap(t))
	t = append(t[:1], t[2:]...)
	println(len(t), t[1])
	m := [][]string{{"a"}, {"b", "c"}, nil}
	println(len(m), len(m[1]), m[2] == nil, m[1][1])
	a := [...]int{5: 1, 2, 1: 7}
	println(len(a), a[6], a[1])
	p := (*[3]int)(s[:3])
	p[1] = 100
	println(s[1], [3]int(s)[1])
	clear(s[:2])
	println(s[0], s[1], s[2], min(3, 1, 2), max(2.5, 1))
	x := []struct {
		n int
		s string
	}{{1, "one"}, {2, "two"}}
	for _, e := range x {
		print(e.n, e.s, " ")
	}
	println()
}
