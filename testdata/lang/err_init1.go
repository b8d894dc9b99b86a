// errors

package p

var a = b + f()
var b = c
var c = g(1)

func f() int       { return a }
func g[T any](t T) int { return h() }
func h() int       { return b }

type T struct{}

func (T) m() int   { return x }
func (*T) n() int  { return y }

var x = T{}.m()
var y = (*T).n(nil)
var z = func() int { return z }()
var w = I(T{})
var v = [len(u)]int{}
var u = [2]int{v[0]}

type I interface{ m() int }

const k = l
const l = k + 1

type r1 struct{ r2 }
type r2 struct{ a [2]r3 }
type r3 struct{ r1 }
type ok struct{ p *ok; s []ok; m map[string]ok; f func(ok) ok }
type arr [len(arrv)]int

var arrv arr

type i1 interface{ i2 }
type i2 interface{ i3 }
type i3 interface{ i1 }

type al = al2
type al2 = al

func init() { init() }
func init() int { return 1 }

var init = 1

func main() { _ = init }
