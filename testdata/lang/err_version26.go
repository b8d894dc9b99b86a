// errors -lang=go1.26

package p

type base struct{ id, n int }
type mid struct{ base }
type derived struct {
	mid
	x int
}

func (b base) to[T any](f func(base) T) T { return f(b) }
func (b base) plain()                     {}
func gen[T any](t T)                      {}

func main() {
	_ = new(5)
	_ = new(base{1, 2})
	d := derived{id: 1, x: 3}
	_ = derived{mid: mid{id: 2}}
	_ = []derived{{n: 1}, {x: 2}}
	_ = d.to(func(base) int { return 1 })
	_ = base.to[int]
	_ = base.plain
	_ = []func(int){gen, gen[int]}
	_ = map[string]func(int){"a": gen}
	c := make(chan func(int), 1)
	c <- gen
	_ = (func(int))(gen)
	_ = struct{ f func(int) }{gen}
}
