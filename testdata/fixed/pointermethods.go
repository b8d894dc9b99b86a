// run

// Reflection on a T in an interface finds the methods of *T; methods of Type as values.
package main

import (
	"encoding/json"
	"fmt"
	"reflect"
)

type length int

func (l *length) UnmarshalJSON(b []byte) error { *l = length(len(b)); return nil }

type record struct {
	L length
	M map[string]length
	S []*length
}

type foo struct{}

func (foo) X() string  { return "X called" }
func (*foo) Y() string { return "Y called" }

var method = reflect.Type.Method

func main() {
	var r record
	fmt.Println(json.Unmarshal([]byte(`{"L":"abc","M":{"x":[1]},"S":["a"]}`), &r), r.L, r.M, *r.S[0])
	v := reflect.ValueOf(foo{})
	m := method(v.Type(), 0)
	fmt.Println(m.Name, m.Func.Interface().(func(foo) string)(foo{}))
	p := reflect.PointerTo(v.Type())
	byName := p.MethodByName
	y, ok := byName("Y")
	fmt.Println(ok, p.NumMethod(), y.Func.Call([]reflect.Value{reflect.New(v.Type())})[0])
}
