// run -status=2 -stderr -until=goroutine

// Parts of fmt and reflect that the linker leaves out of programs which cannot reach them
// (SSAGen/ConditionalCalls.swift): each is reached here, by a way round.
package main

import (
	"fmt"
	"os"
	"reflect"
)

type inner struct {
	F float32
	c complex64
}

type outer struct {
	A []inner
	m map[string]int
}

func (t outer) Method(x int) int { return x + len(t.A) }

type number float64

func main() {
	// A map type that only reflection makes.
	m := reflect.MakeMap(reflect.MapOf(reflect.TypeOf(""), reflect.TypeOf(1)))
	m.SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf(7))
	m.SetMapIndex(reflect.ValueOf("a"), reflect.ValueOf(8))
	fmt.Println(m.Interface())
	// Floats, complex numbers and maps within other values.
	fmt.Fprintln(os.Stdout, outer{A: []inner{{1.5, 2 + 3i}}, m: map[string]int{"b": 1, "a": 2}})
	// Method values that reflection makes.
	f := reflect.ValueOf(outer{}).MethodByName("Method")
	fmt.Println(f.Call([]reflect.Value{reflect.ValueOf(3)})[0].Int())
	fmt.Println(f.Interface().(func(int) int)(4))
	fmt.Printf("%x %q %U %c %b % X %d\n", "hi", 'x', 'y', 'z', 5, []byte{1, 2}, "no number")
	panic(number(1.25))
}
