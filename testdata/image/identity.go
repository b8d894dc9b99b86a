// image -frozen=main,reflect

// What is compared by address: interface tables and types that were made while initialising.
package main

import (
	"fmt"
	"reflect"
	"runtime"
)

type namer interface{ Name() string }
type stringer interface{ String() string }

type A struct{ s string }

func (a *A) Name() string   { return a.s }
func (a *A) String() string { return "<" + a.s + ">" }

var (
	a               = &A{"a"}
	anyA        any = a
	asName          = anyA.(namer)
	asString        = anyA.(stringer)
	dynamic         = reflect.MapOf(reflect.TypeFor[string](), reflect.ArrayOf(7, reflect.TypeFor[*A]()))
	made            = reflect.MakeMap(dynamic)
	fn              = reflect.FuncOf([]reflect.Type{dynamic}, nil, false)
	st              = reflect.StructOf([]reflect.StructField{{Name: "X", Type: dynamic, Tag: `k:"v"`}})
	value           = reflect.New(st)
	pc, _, _, _     = runtime.Caller(0)
)

func main() {
	var x any = a
	fmt.Println(asName == x.(namer), asString == x.(stringer), asString)
	same := reflect.MapOf(reflect.TypeFor[string](), reflect.ArrayOf(7, reflect.TypeFor[*A]()))
	fmt.Println(dynamic == same, dynamic, fn, st)
	e := reflect.New(dynamic.Elem()).Elem()
	e.Index(3).Set(reflect.ValueOf(a))
	made.SetMapIndex(reflect.ValueOf("k"), e)
	runtime.GC()
	value.Elem().Field(0).Set(made)
	runtime.GC()
	fmt.Println(value.Elem().Field(0).MapIndex(reflect.ValueOf("k")).Index(3).Interface() == x)
	fmt.Println(st == reflect.StructOf([]reflect.StructField{{Name: "X", Type: same, Tag: `k:"v"`}}))
	fmt.Println(runtime.FuncForPC(pc) != nil)
}
