// errorcheck

// Built-in functions and package unsafe.
package p

import "unsafe"

type tree struct {
	left, right *tree
	tag         byte
	weight      int64
}

const (
	_ = uint(unsafe.Sizeof(tree{})) - 32   // the offsets and sizes of amd64
	_ = 32 - uint(unsafe.Sizeof(tree{}))
	_ = uint(unsafe.Offsetof(tree{}.weight)) - 24
	_ = uint(unsafe.Alignof(tree{})) - 8
	_ = uint(unsafe.Sizeof(struct {
		a int32
		b struct{}
	}{})) - 8
)

type bytes []byte

func _(s []int, b bytes, str string, m map[string]int, c chan int, ro <-chan int, f32 float32, e any) {
	s = append(s, 1, 2)
	b = append(b, "text"...)
	b = append(b, str...)
	s = append(s, "x")  // ERROR "cannot use .x. .* as int value in argument to append"
	_ = append(m, 1)    // ERROR "invalid append: argument must be a slice; have m"
	_ = append(nil, 1)  // ERROR "argument must be a slice; have untyped nil"
	_ = copy(b, str)
	_ = copy(s, b)      // ERROR "have different element types int and byte"
	_ = len(7)          // ERROR "invalid argument: 7 .* for built-in len"
	_ = cap(m)          // ERROR "invalid argument: m .* for built-in cap"
	const n = len([4]int{})
	var _ [n]int
	close(ro)           // ERROR "cannot close receive-only channel ro"
	close(s)            // ERROR "cannot close non-channel s"
	delete(m, "k")
	delete(m, 1)        // ERROR "cannot use 1 .* as string value in argument to delete"
	delete(s, 1)        // ERROR "s .* is not a map"
	clear(m)
	clear(str)          // ERROR "cannot clear str"
	_ = make([]int, 2, 1) // ERROR "length and capacity swapped"
	_ = make([]int)     // ERROR "expects 2 or 3 arguments; found 1"
	_ = make(int)       // ERROR "cannot make int: type must be slice, map, or channel"
	_ = make([]int, -1) // ERROR "must not be negative"
	_ = new(int)
	_ = *new(5) + 1
	_ = min(1, 2.5, 'a')
	_ = max(f32, 3)
	_ = max("a", 1)     // ERROR "mismatched types"
	_ = min(e)          // ERROR "cannot be ordered"
	_ = complex(f32, 1)
	_ = complex(f32, float64(1)) // ERROR "mismatched types float32 and float64"
	_ = real("x")       // ERROR "expected complex type"
	const im = imag(3 + 4i)
	var _ [im]int
	print(1, "a", nil)  // ERROR "use of untyped nil"
	_ = recover() == nil
	len(s)              // ERROR "len\(s\) .* is not used"
	go len(s)           // ERROR "go discards result of len\(s\)"
	panic()             // ERROR "not enough arguments for panic\(\) \(expected 1, found 0\)"
	_ = unsafe.Slice(&s[0], 3)
	_ = unsafe.String(&b[0], 2)
	_ = unsafe.Slice(7, 1) // ERROR "7 .* is not a pointer"
	_ = unsafe.Offsetof(s) // ERROR "s is not a selector expression"
	_ = unsafe.Add(unsafe.Pointer(&s), 8)
}

func _[S []byte | string, F float32 | float64](s S, f F, dst []byte) {
	_ = len(s)
	_ = copy(dst, s)
	dst = append(dst, s...)
	_ = unsafe.Sizeof(f) + 1
	const _ = unsafe.Sizeof(f) // ERROR "is not constant"
	_ = cap(s)                 // ERROR "for built-in cap"
}
