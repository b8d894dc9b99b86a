// errors

package p

type base struct {
	id   int
	name string
}
type mid struct {
	base
	name string
}
type ptr struct{ *base }
type top struct {
	mid
	other
	x int
}
type other struct{ id, y int }
type amb struct {
	base
	other
}
type iface interface{ id() int }
type emb struct {
	iface
	n int
}
type gen[T any] struct{ inner[T] }
type inner[T any] struct{ v T }

func f[T any](v T) gen[T] { return gen[T]{v: v} }
func g[T any](v T) gen[int] { return gen[int]{v: v} }

var _ = mid{id: 1, name: "a"}
var _ = mid{id: 1, base: base{}}
var _ = mid{base: base{}, id: 1}
var _ = mid{id: 1, id: 2}
var _ = mid{name: "a", name: "b"}
var _ = mid{id: "s"}
var _ = mid{nope: 1}
var _ = mid{base.id: 1}
var _ = mid{id: 1, "x"}
var _ = mid{base{}, id: 1}
var _ = ptr{id: 1}
var _ = ptr{base: &base{id: 1}}
var _ = top{id: 1}
var _ = top{y: 1, x: 2, name: "n"}
var _ = top{mid: mid{}, name: "n"}
var _ = top{base: base{}, name: "n"}
var _ = top{base: base{}, mid: mid{}}
var _ = top{y: 1, other: other{}}
var _ = amb{id: 1}
var _ = amb{name: "x", y: 1}
var _ = emb{id: 1}
var _ = emb{n: 1, iface: nil}
var _ = gen[int]{v: "s"}
var _ = gen{v: 1}
var _ = &top{y: 1.5}
var _ = []mid{{id: 1}, {nope: 1}, {id: nil}}
var _ = map[string]*mid{"a": {id: 1, base: base{}}}
var _ = struct{ base }{id: 1, name: 2}
var _ = [1]int{id: 1}

func main() {
	id := 3
	_ = mid{id: id}
	_ = mid{id}
	_ = top{base: base{id: 1}}
}
