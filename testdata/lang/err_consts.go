// errors

package p

import "math"

const (
	a int8    = 128
	b         = 1 << -1
	c         = 1.5 << 1
	d         = 10 / 0
	e         = 10.0 / 0.0
	f uint    = -1
	g         = "a" + 1
	h         = len([]int{1})
	i         = main
	j, k      = 1
	l         = 1, 2
	m float32 = 1e100
	n         = 1 << 10000
	o         = math.MaxInt64 + 1
	p int     = o
	q         = uint8(255) + 1
	r         = -uint8(1)
	s         = ^uint8(1)
	t         = 'a' * 1e10
	u rune    = 'a' * 1e10
	v         = "x"[0]
	w string  = 65
	x         = string(65)
	y         = nil
	z         = 5 % 2.0
)
const aa []int = nil
const bb = iota + undefined
const cc complex64 = 1e40i
const dd = real(1) + imag("a")
const ee = unsafe.Sizeof(1)
const ff bool = 1 == 1.0 && "a" > 1
const gg = !1
const hh = +"a"
const ii = -true
const jj = 1 &^ 1.5
const kk = 7.0 >> 1
const ll = 1.0 << 3.0
const mm = 1 << 3.5
const nn int = 1.5
const oo = int(1.5)
const pp = float32(1) << 2
const qq = uint8(256)
const rr = int8(-129)
const ss = string(1.5)
const tt = []byte("a")
const uu = [2]int{1, 2}[0]
const vv = struct{}{}

func main() {
	var x uint8 = 256
	var y = [3]int{5: 1}
	var z = []int{-1: 2}
	_ = z[-1]
	_ = y[3]
	_ = "abc"[3]
	_ = z[1:0]
	_ = "abc"[2:1]
	_ = x << 8 >> -1
	_ = x / 0
	_ = x % 0
	x /= 0
	_ = 1.5 + x
	_ = x + 256
	_ = x == -1
	_ = x << 1.5
	_ = 1 << x << 64
	var f float64 = 1 << x
	_ = f << 1
	_ = make([]int, -1)
	_ = make([]int, 2, 1)
	_ = make([]int, 1.5)
	switch x {
	case 1, 2, 1:
	case 300:
	case 'b', 98:
	case "a":
	}
	_ = map[int]bool{1: true, 2: false, 1: false}
	_ = [...]int{1, 0: 2}
	const unused = 1
}
