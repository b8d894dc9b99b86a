// run stress

// Types, calls and functions made by reflection.
package main

import (
	"fmt"
	"reflect"
)

type I1 interface{ F() int }
type I2 interface {
	F() int
	G()
}
type S struct{ a int }

func (s *S) F() int { return s.a }
func (s *S) G()     {}

type T[X any] struct{ x X }

func main() {
	var e any = &S{3}
	i := e.(I1)
	j := i.(I2)
	fmt.Println(i.(*S).a, j.(*S).a)
	t := reflect.ArrayOf(3, reflect.TypeOf(""))
	fmt.Println(t, reflect.FuncOf([]reflect.Type{t}, nil, false))
	v := reflect.MakeFunc(reflect.TypeOf(func(int, string) (string, error) { return "", nil }), func(a []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(fmt.Sprint(a[0], a[1])), reflect.Zero(reflect.TypeOf((*error)(nil)).Elem())}
	})
	f := v.Interface().(func(int, string) (string, error))
	fmt.Println(f(5, "x"))
	fmt.Println(reflect.ValueOf(e).MethodByName("F").Call(nil)[0].Int())
	st := reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeOf(0)}, {Name: "B", Type: reflect.TypeOf(e)}})
	fmt.Printf("%+v\n", reflect.New(st).Elem())
	m := reflect.MakeMap(reflect.MapOf(reflect.TypeOf(""), t))
	m.SetMapIndex(reflect.ValueOf("k"), reflect.New(t).Elem())
	fmt.Println(m)
}
