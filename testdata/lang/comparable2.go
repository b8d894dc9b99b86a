// run -status=2 -stderr -until=goroutine

// An uncaught comparison of uncomparable values inside a generic switch on a type parameter.
package main

type set[K comparable] map[K]struct{}

func (s set[K]) add(ks ...K) set[K] {
	for _, k := range ks {
		s[k] = struct{}{}
	}
	return s
}

func find[T comparable](x T, in ...T) int {
	for i, y := range in {
		switch x {
		case y:
			return i
		}
	}
	return -1
}

type ord interface{ ~int | ~string }

func kind[T any](v T) string {
	switch any(v).(type) {
	case int, string:
		return "basic"
	case interface{ comparable() }:
		return "method"
	case error:
		return "error"
	case []T:
		return "slice of itself"
	}
	var p *T
	switch any(p).(type) {
	case *any:
		return "any"
	case *error:
		return "nil error"
	case *[]int:
		return "ints"
	}
	return "unknown"
}

type m struct{}

func (m) comparable() {}

func order[T ord](a, b T) (s string) {
	switch {
	case a < b:
		s = "<"
	case a > b:
		s = ">"
	default:
		s = "="
	}
	return s + string([]rune{'!'})
}

func main() {
	println(len(set[any]{}.add(1, "a", 1.5, nil, 1)), find[any](2.0, 1, 2, 2.0), find("b", "a", "b"))
	println(kind(1), kind(m{}), kind[any](nil), kind[error](nil), kind([]int{}), kind(1.5))
	println(order(1, 2), order("b", "a"), order[int](3, 3))
	println(find[any]([]int{}, 1, "x"))
	println(find[any](struct{ f func() }{}, 1, struct{ f func() }{}))
}
