// run -stderr

package main

type key struct {
	a int
	b string
}

func main() {
	m := map[string]int{"one": 1, "two": 2}
	m["three"] = 3
	delete(m, "one")
	v, ok := m["one"]
	println(len(m), m["two"], v, ok)
	sum := 0
	for i := range 1000 {
		m[string(rune('a'+i%26))+string(rune('a'+i/26))] = i
	}
	for _, v := range m {
		sum += v
	}
	println(len(m), sum)
	k := map[key][]int{}
	k[key{1, "x"}] = append(k[key{1, "x"}], 1, 2, 3)
	println(len(k[key{1, "x"}]), len(k[key{2, "x"}]))
	i := map[any]int{1: 1, "1": 2, 1.0: 3, key{}: 4}
	println(i[1], i["1"], i[1.0], i[key{}], i[int8(1)])
	clear(m)
	println(len(m))
	var nilmap map[int]int
	println(nilmap[1], len(nilmap))
	f := map[float64]int{0: 1}
	var zero float64
	f[-zero]++
	nan := zero / zero
	f[nan] = 1
	f[nan] = 2
	println(len(f), f[0], f[nan])
}
