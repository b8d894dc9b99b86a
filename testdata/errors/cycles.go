// errorcheck

// Types that contain themselves, declarations and initialisers in circles.
package p

type ok1 struct{ next *ok1 }
type ok2 []ok2
type ok3 map[string]ok3
type ok4 func(ok4) ok4
type ok5 interface{ m() ok5 }

type self struct { // ERROR "invalid recursive type: self refers to itself"
	f self
}

type ping struct{ pong } // ERROR "invalid recursive type ping"
type pong [2]ping

type box[T any] struct{ v T }
type nested struct { // ERROR "invalid recursive type nested"
	b box[nested]
}
type fine struct{ b box[*fine] }

type alias1 = alias2 // ERROR "invalid recursive type alias1"
type alias2 = alias1

type iface interface { // ERROR "invalid recursive type: iface refers to itself"
	iface
}

var x int = y // ERROR "initialization cycle"
var y int = z()

func z() int { return x }

var selfish = selfish + 1 // ERROR "initialization cycle"
