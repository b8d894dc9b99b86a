// errorcheck

// Endless instantiation, directly and through a local type.
package p

func grow[T any](n int) { // ERROR "instantiation cycle:(?s:.*)T instantiated as \*T"
	if n > 0 {
		grow[*T](n - 1)
	}
}

// A cycle that only passes type parameters on is fine.
func ping[A any](n int, a A) {
	if n > 0 {
		pong(n-1, a)
	}
}

func pong[B any](n int, b B) {
	ping(n, b)
}
