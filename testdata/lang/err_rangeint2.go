// errors

package p

type my int8
type ifc interface{ m() }

func gen[T int | string](t T) {
	for range t {
	}
}
func gen2[T ~int | ~int8](t T) {
	for i := range t {
		_ = i
	}
}
func gen3[T ~int](t T) {
	for i, j := range t {
	}
	for i := range t {
		var _ int = i
		var _ T = i
	}
}

func main() {
	for i, j := range 10 {
	}
	for i := range 10.5 {
	}
	for i := range 1e3 {
		_ = i
	}
	for i := range "a"[0] {
		var _ int = i
	}
	for i := range my(3) {
		var _ int = i
		i = "x"
	}
	for range 1 << 64 {
	}
	var u8 uint8
	for u8 = range 256 {
	}
	for u8 = range 255 {
	}
	var i8 int8
	for i8 = range u8 {
	}
	var f float64
	for f = range 10 {
	}
	var s string
	for s = range 3 {
	}
	for range true {
	}
	for range nil {
	}
	for range 1i {
	}
	for i := range -3 {
	}
	for i := range 'x' {
		var _ rune = i
	}
	var e ifc
	for range e {
	}
	for e = range 3 {
	}
	var a any
	for a = range 3 {
	}
	for range &u8 {
	}
	for range struct{}{} {
	}
	for _, _ = range 3 {
	}
	for _ = range 3 {
	}
	for i := range 3 {
		i := i
	}
	const c = 5
	for c = range 3 {
	}
	for main() = range 3 {
	}
	for range main {
	}
	for x := range undefined {
	}
}
