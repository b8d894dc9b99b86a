// errorcheck

// Inference of type arguments: from arguments, constraints, untyped constants, and targets.
package p

func mapOf[K comparable, V any](K, V) map[K]V          { return nil }
func apply[A, B any](A, func(A) B) (b B)               { return }
func firstOf[S ~[]E, E any](S) (e E)                   { return }
func same[T any](T, T)                                 {}
func made[T any]() (t T)                               { return }
func pair[P *Q, Q any](P)                              {}
func reader[T interface{ Read() E }, E any](T) (e E)   { return }
func identity[T any](t T) T                            { return t }
func compose[A, B, C any](func(A) B, func(B) C) func(A) C { return nil }

type names []string

type source struct{}

func (source) Read() complex128 { return 0 }

func _() {
	var _ map[string]int = mapOf("a", 1)
	var _ string = firstOf(names{})
	var _ float64 = apply(1, func(i int) float64 { return 0 })
	var _ complex128 = reader(source{})
	same(1, 2.5)
	same(1, 'a')
	same(1, "a")                  // ERROR "mismatched types untyped int and untyped string \(cannot infer T\)"
	same(int8(1), int16(1))       // ERROR "type int16 of int16\(1\) does not match inferred type int8 for T"
	made()                        // ERROR "cannot infer T"
	firstOf(7) // ERROR "in call to firstOf, cannot infer E \(declared at "
	pair(5) // ERROR "in call to pair, cannot infer P \(declared at "
	same(nil, nil)                // ERROR "cannot infer T"
	apply("s", func(int) int { return 0 }) // ERROR "cannot use .s. .untyped string constant. as int value in argument to apply"
	apply(uint8(1), func(int) int { return 0 }) // ERROR "type func\(int\) int of func\(int\) int {…} does not match inferred type func\(uint8\) B for func\(A\) B"
}

// Inference by what is assigned to.
type holder struct{ f func(string) string }

func take(func(int) int)           {}
func takeAny[T any](func(T) T, T)  {}

func _() func(rune) rune {
	var f func(int) int = identity
	f = identity
	_ = f
	take(identity)
	takeAny(identity, "x")
	_ = holder{identity}
	_ = holder{f: identity}
	_ = []func(int) int{identity}
	_ = map[string]func(int) int{"id": identity}
	_ = (func(bool) bool)(identity)
	c := make(chan func(int) int, 1)
	c <- identity
	_ = compose(identity[int], identity)
	var g func(int) string = identity // ERROR "inferred type func\(t int\) int for func\(t T\) T does not match type func\(int\) string of g"
	_ = g
	_ = identity // ERROR "cannot use generic function identity without instantiation"
	return identity
}

// A recursive call has type parameters of its own.
func rec[T any](n int, x T) {
	if n > 0 {
		rec(n-1, []int{})
		rec(n-1, x)
	}
}
