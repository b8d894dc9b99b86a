// run -stderr
package main

type key struct {
	a int
	b string
}

func main() {
	m := map[string]int{"one": 1, "two": 2, "three": 3}
	m["four"] = 4
	m["one"] += 10
	v, ok := m["five"]
	println(len(m), m["one"], v, ok, m["none"])
	delete(m, "two")
	sum := 0
	for k, v := range m {
		sum += v * len(k)
	}
	println(sum, len(m))
	k := map[key]*int{}
	for i := 0; i < 1000; i++ {
		x := i
		k[key{i % 100, "k"}] = &x
	}
	println(len(k), *k[key{42, "k"}])
	ints := make(map[int]int, 10)
	for i := 0; i < 5000; i++ {
		ints[i*7] = i
	}
	for i := 0; i < 5000; i += 2 {
		delete(ints, i*7)
	}
	println(len(ints), ints[7*4999], ints[7*4998])
	var e map[int]bool
	println(e[1], len(e))
	any := map[interface{}]string{1: "int", "1": "string", 1.5: "float", key{1, "a"}: "key"}
	println(any[1], any["1"], any[1.5], any[key{1, "a"}], len(any))
	f := map[float64]int{0.0: 1}
	negZero := 0.0
	negZero = -negZero
	println(f[negZero])
	clear(m)
	println(len(m))
	mm := map[string]map[string]int{"a": {"b": 1}}
	mm["a"]["c"] = 2
	println(len(mm["a"]), mm["x"]["y"])
	ms := map[int][]int{}
	ms[1] = append(ms[1], 1, 2, 3)
	println(len(ms[1]))
	b32 := map[int32]struct{}{1: {}, 2: {}}
	_, has := b32[2]
	println(has)
	arr := map[[2]string]int{{"a", "b"}: 5}
	println(arr[[2]string{"a", "b"}])
}
