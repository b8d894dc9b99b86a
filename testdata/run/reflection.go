// run

// reflect over every kind, calls, settable values, new types.
package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
)

type inner struct {
	A int    `json:"a,omitempty" other:"x"`
	B string `json:"-"`
}

type outer struct {
	inner
	P *inner
	F func(int, ...string) (bool, error)
	C chan<- int
	M map[string][]float64
	I interface{ String() string }
	x uint8
}

type number int

func (n number) Double() number          { return n * 2 }
func (n *number) Add(k int) *number      { *n += number(k); return n }
func (n number) Join(s ...string) string { return fmt.Sprint(int(n), strings.Join(s, "+")) }
func (n number) hidden()                 {}

type embedded struct{ number }

func kinds() {
	values := []any{true, 1, int8(2), uint16(3), uintptr(4), 1.5, float32(2.5), 2i, "s", []int{1}, [2]int{1, 2},
		map[string]int{"k": 1}, make(chan int), func() {}, &inner{}, inner{1, "b"}, number(7), new(any)}
	for _, v := range values {
		t := reflect.TypeOf(v)
		fmt.Println(t, t.Kind(), t.Name(), t.PkgPath(), t.Size(), t.Comparable(), t.NumMethod())
	}
}

func structs() {
	t := reflect.TypeOf(outer{})
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		fmt.Println(f.Name, f.Type, f.Anonymous, f.IsExported(), f.Offset, f.Index)
	}
	f, ok := t.FieldByName("A")
	fmt.Println(f.Index, ok, f.Tag.Get("json"), f.Tag.Get("other"))
	for _, f := range reflect.VisibleFields(t) {
		fmt.Print(f.Name, " ")
	}
	fmt.Println()
	ft := t.Field(2).Type
	fmt.Println(ft.NumIn(), ft.NumOut(), ft.IsVariadic(), ft.In(1), ft.Out(1), t.Field(3).Type.ChanDir())
}

func settable() {
	o := outer{M: map[string][]float64{}}
	v := reflect.ValueOf(&o).Elem()
	v.FieldByName("A").SetInt(42)
	v.Field(1).Set(reflect.New(reflect.TypeOf(inner{})))
	v.Field(1).Elem().Field(1).SetString("set")
	v.FieldByName("M").SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf([]float64{1, 2}))
	fmt.Println(o.A, o.P.B, o.M, v.FieldByName("x").CanSet(), v.FieldByName("x").CanInterface())
	s := reflect.MakeSlice(reflect.TypeOf([]string{}), 0, 2)
	s = reflect.Append(s, reflect.ValueOf("a"), reflect.ValueOf("b"))
	s.Index(0).SetString("z")
	fmt.Println(s.Interface(), s.Len(), s.Cap(), s.Slice(1, 2))
	defer func() { fmt.Println("recovered:", recover()) }()
	reflect.ValueOf(o).Field(0).Field(0).SetInt(1)
}

func calls() {
	n := number(5)
	v := reflect.ValueOf(&n)
	t := v.Type()
	for i := 0; i < t.NumMethod(); i++ {
		fmt.Println(t.Method(i).Name, t.Method(i).Type)
	}
	v.MethodByName("Add").Call([]reflect.Value{reflect.ValueOf(10)})
	fmt.Println(n, v.MethodByName("Double").Call(nil)[0].Int())
	join := v.MethodByName("Join")
	fmt.Println(join.Call([]reflect.Value{reflect.ValueOf("a"), reflect.ValueOf("b")})[0])
	fmt.Println(join.CallSlice([]reflect.Value{reflect.ValueOf([]string{"c"})})[0])
	e := reflect.ValueOf(embedded{3})
	fmt.Println(e.NumMethod(), e.MethodByName("Double").Call(nil)[0])
	swap := reflect.MakeFunc(reflect.TypeOf(func(int, string) (string, int) { return "", 0 }),
		func(a []reflect.Value) []reflect.Value { return []reflect.Value{a[1], a[0]} })
	f := swap.Interface().(func(int, string) (string, int))
	fmt.Println(f(1, "one"))
}

func made() {
	st := reflect.StructOf([]reflect.StructField{
		{Name: "X", Type: reflect.TypeOf(0), Tag: `k:"v"`},
		{Name: "Y", Type: reflect.TypeOf("")},
	})
	v := reflect.New(st).Elem()
	v.Field(0).SetInt(9)
	v.Field(1).SetString("why")
	fmt.Printf("%v %+v\n", st, v.Interface())
	mt := reflect.MapOf(reflect.TypeOf(""), reflect.SliceOf(reflect.TypeOf(0)))
	m := reflect.MakeMap(mt)
	m.SetMapIndex(reflect.ValueOf("a"), reflect.ValueOf([]int{1}))
	m.SetMapIndex(reflect.ValueOf("b"), reflect.ValueOf([]int{2}))
	keys := m.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	fmt.Println(mt, keys, m.Len())
	for it := m.MapRange(); it.Next(); {
		if it.Key().String() == "b" {
			fmt.Println(it.Value())
		}
	}
	fmt.Println(reflect.ArrayOf(3, reflect.TypeOf(byte(0))), reflect.ChanOf(reflect.RecvDir, reflect.TypeOf(1)),
		reflect.PointerTo(st.Field(0).Type), reflect.FuncOf([]reflect.Type{reflect.TypeOf(1)}, nil, false))
	ch := reflect.MakeChan(reflect.TypeOf(make(chan int)), 1)
	ch.Send(reflect.ValueOf(4))
	i, x, ok := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: ch}, {Dir: reflect.SelectDefault}})
	fmt.Println(i, x, ok)
	fmt.Println(reflect.DeepEqual(map[string][]int{"a": {1}}, map[string][]int{"a": {1}}),
		reflect.DeepEqual([]any{1, nil}, []any{1, 0}))
	fmt.Println(reflect.Zero(st).IsZero(), reflect.ValueOf(3.7).Convert(reflect.TypeOf(0)),
		reflect.TypeOf(number(0)).ConvertibleTo(reflect.TypeOf("")), reflect.TypeFor[error]().Kind())
	fmt.Println(reflect.TypeOf((*number)(nil)).Implements(reflect.TypeFor[fmt.Stringer]()))
}

func main() {
	kinds()
	structs()
	settable()
	calls()
	made()
}
