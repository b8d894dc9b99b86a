// errorcheck

// Fields and methods: promotion, ambiguity, pointer receivers, instances.
package p

type inner struct{ name string }

func (inner) hello()    {}
func (*inner) rename()  {}
func (i *inner) both()  {}

type left struct{ inner }
type right struct{ inner }

type middle struct {
	left
	right
}

type deep struct {
	middle
	name int
}

func _(d deep, m middle, l left) {
	_ = d.name + 1
	_ = m.name  // ERROR "ambiguous selector m.name"
	m.hello()   // ERROR "ambiguous selector m.hello"
	l.rename()
	left{}.rename() // ERROR "cannot call pointer method rename on left"
	l.Rename()      // ERROR "l.Rename undefined \(type left has no field or method Rename, but does have method rename\)"
	_ = l.inner.nme // ERROR "l.inner.nme undefined \(type inner has no field or method nme\)"
}

type renamer interface{ rename() }
type greeter interface{ hello() }
type wrong interface{ hello(int) }

var (
	_ renamer = &left{}
	_ renamer = left{}   // ERROR "left does not implement renamer \(method rename has pointer receiver\)"
	_ greeter = left{}
	_ wrong   = left{}   // ERROR "left does not implement wrong \(wrong type for method hello\)"
	_ greeter = middle{} // ERROR "middle does not implement greeter \(ambiguous selector middle.hello\)"
	_ greeter = 7        // ERROR "int does not implement greeter \(missing method hello\)"
	_ interface{ Hello() } = left{} // ERROR "missing method Hello"
	_ interface{ name() } = inner{} // ERROR "inner.name is a field, not a method"
)

type list[T any] struct {
	head T
	tail *list[T]
}

func (l *list[T]) push(t T) *list[T]       { return &list[T]{t, l} }
func (l *list[U]) mapped(f func(U) U) []U  { return nil }

type stack[T any] struct{ *list[T] }

func _(s stack[string]) {
	s.push("a").push("b")
	s.push(1) // ERROR "cannot use 1 \(untyped int constant\) as string value in argument to s.push"
	var _ string = s.head
	var _ []string = s.tail.mapped(func(x string) string { return x })
	var _ interface{ push(string) *list[string] } = s
	var _ interface{ push(int) *list[int] } = s // ERROR "stack\[string\] does not implement .* \(wrong type for method push\)"
}

// Methods with type parameters of their own.
func (l *list[T]) fold[A any](a A, f func(A, T) A) A { return a }

func _(l *list[int]) {
	var _ string = l.fold("", func(s string, i int) string { return s })
	var _ bool = l.fold[bool](false, func(b bool, i int) bool { return b })
	l.fold(0, func(a int, s string) int { return a }) // ERROR "does not match"
}

type pointerTo *inner

func _(p pointerTo, q **inner, pi *greeter) {
	_ = p.name
	p.hello()    // ERROR "p.hello undefined"
	_ = q.name   // ERROR "q.name undefined"
	pi.hello()   // ERROR "pi.hello undefined \(type \*greeter is pointer to interface, not interface\)"
}
