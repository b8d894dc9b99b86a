// run -stderr
package main

type point struct{ x, y int }

type line struct {
	a, b point
	name string
}

type tree struct {
	left, right *tree
	v           int
}

func (t *tree) insert(v int) *tree {
	if t == nil {
		return &tree{v: v}
	}
	if v < t.v {
		t.left = t.left.insert(v)
	} else {
		t.right = t.right.insert(v)
	}
	return t
}

func (t *tree) walk(f func(int)) {
	if t != nil {
		t.left.walk(f)
		f(t.v)
		t.right.walk(f)
	}
}

func (p point) add(q point) point { return point{p.x + q.x, p.y + q.y} }

func (p *point) scale(n int) { p.x *= n; p.y *= n }

func main() {
	l := line{point{1, 2}, point{3, 4}, "l"}
	m := l
	m.b.x = 100
	println(l.b.x, m.b.x, l.a.add(m.b).x, l == m)
	p := &l.a
	p.scale(10)
	l.b.scale(2)
	println(l.a.x, l.a.y, l.b.x, l.b.y)
	var t *tree
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		t = t.insert(v)
	}
	sum := 0
	t.walk(func(v int) { sum = sum*10 + v })
	println(sum)
	arr := [...]int{5: 1, 2, 1: 7}
	brr := arr
	brr[0] = 9
	println(len(arr), arr[5], arr[6], arr[1], arr == brr, brr[0], arr[0])
	grid := [3][4]int{}
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] = i * j
		}
	}
	println(grid[2][3], len(grid), len(grid[0]))
	big := [100]point{}
	big[50] = point{1, 1}
	cp := big
	cp[50].x = 2
	println(big[50].x, cp[50].x)
	s := struct {
		a int
		b string
	}{1, "x"}
	println(s.a, s.b)
}
