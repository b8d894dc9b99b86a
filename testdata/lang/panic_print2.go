// run -status=2 -stderr -until=goroutine

// A panic with a value that is no error and no string is printed with its type and address or value.
package main

type T int8

func main() {
	for _, v := range []any{1, T(-5), 1.5, 2i, true, 'x', uintptr(7), float32(0.1)} {
		func() {
			defer func() { print(recover() == v, " ") }()
			panic(v)
		}()
	}
	println()
	defer panic(T(3))
	defer panic(1.25)
	defer panic(complex(1, -2))
	defer panic(false)
	panic("plain\tstring\x01")
}
