//go:build ignore

// Prints the descriptors of `All` as the reference compiler made them; without its first line, `go run` it with
// descriptors.go to make descriptors.out.
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

type iface struct{ typ, data unsafe.Pointer }

func at[T any](p unsafe.Pointer, off uintptr) T { return *(*T)(unsafe.Add(p, off)) }

func main() {
	seen := map[reflect.Type]bool{}
	var work []reflect.Type
	add := func(t reflect.Type) {
		if !seen[t] {
			seen[t] = true
			work = append(work, t)
		}
	}
	for _, x := range All {
		add(reflect.TypeOf(x))
	}
	for i := 0; i < len(work); i++ {
		t := work[i]
		p := (*iface)(unsafe.Pointer(&t)).data
		fmt.Printf("%s: size %d ptr %d flags %d align %d %d kind %d eq %v", t, at[uintptr](p, 0), at[uintptr](p, 8),
			at[uint8](p, 20), at[uint8](p, 21), at[uint8](p, 22), at[uint8](p, 23), at[uintptr](p, 24) != 0)
		fmt.Printf(" pkg %q", t.PkgPath())
		switch t.Kind() {
		case reflect.Map:
			fmt.Printf(" group")
			for o := uintptr(80); o < 128; o += 8 {
				fmt.Printf(" %d", at[uintptr](p, o))
			}
			fmt.Printf(" flags %d", at[uint32](p, 128))
			add(t.Key())
			add(t.Elem())
		case reflect.Struct:
			for i := range t.NumField() {
				f := t.Field(i)
				fmt.Printf(" {%s %s %d %q %v %q}", f.Name, f.Type, f.Offset, f.Tag, f.Anonymous, f.PkgPath)
				add(f.Type)
			}
		case reflect.Func:
			for i := range t.NumIn() {
				fmt.Printf(" in %s", t.In(i))
				add(t.In(i))
			}
			for i := range t.NumOut() {
				fmt.Printf(" out %s", t.Out(i))
				add(t.Out(i))
			}
			fmt.Printf(" %v", t.IsVariadic())
		case reflect.Array, reflect.Pointer, reflect.Slice, reflect.Chan:
			fmt.Printf(" elem %s", t.Elem())
			add(t.Elem())
		case reflect.Interface:
			for i := range t.NumMethod() {
				m := t.Method(i)
				fmt.Printf(" <%s %q %s>", m.Name, m.PkgPath, m.Type)
			}
		}
		if at[uint8](p, 20)&1 != 0 {
			base := map[reflect.Kind]uintptr{reflect.Array: 72, reflect.Chan: 64, reflect.Func: 56, reflect.Interface: 80,
				reflect.Map: 136, reflect.Pointer: 56, reflect.Slice: 56, reflect.Struct: 80}[t.Kind()]
			if base == 0 {
				base = 48
			}
			fmt.Printf(" methods %d %d", at[uint16](p, base+4), at[uint16](p, base+6))
			if t.Kind() != reflect.Interface {
				for i := range t.NumMethod() {
					fmt.Printf(" %s", t.Method(i).Name)
				}
			}
		}
		fmt.Println()
	}
}
