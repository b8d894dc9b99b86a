// run

// sort, slices, maps, cmp, container packages, iterators.
package main

import (
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
)

type person struct {
	name string
	age  int
}

type byAge []person

func (b byAge) Len() int           { return len(b) }
func (b byAge) Less(i, j int) bool { return b[i].age < b[j].age }
func (b byAge) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type minHeap []int

func (h minHeap) Len() int           { return len(h) }
func (h minHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h minHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *minHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *minHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

func fibonacci() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		a, b := 0, 1
		for i := 0; yield(i, a); i++ {
			a, b = b, a+b
		}
	}
}

func main() {
	people := []person{{"Al", 30}, {"Bo", 25}, {"Cy", 30}, {"Di", 20}}
	sort.Stable(sort.Reverse(byAge(people)))
	fmt.Println(people, sort.IsSorted(byAge(people)))
	slices.SortFunc(people, func(a, b person) int {
		return cmp.Or(cmp.Compare(a.age, b.age), strings.Compare(b.name, a.name))
	})
	fmt.Println(people)
	big := make([]int, 200)
	for i := range big {
		big[i] = (i * 7919) % 211
	}
	other := slices.Clone(big)
	sort.Ints(big)
	slices.Sort(other)
	fmt.Println(slices.Equal(big, other), sort.SearchInts(big, 100), big[:5], slices.Max(big), slices.Min(big))
	i, found := slices.BinarySearch(big, 55)
	fmt.Println(i, found, slices.Index(big, 3), slices.Contains(big, 210))
	s := []string{"b", "a", "c", "a"}
	sort.Strings(s)
	fmt.Println(slices.Compact(s), len(s) > 0)
	fmt.Println(slices.Insert([]int{1, 2, 3}, 1, 8, 9), slices.Delete([]int{1, 2, 3, 4}, 1, 3))
	m := map[string]int{"x": 1, "y": 2, "z": 3}
	fmt.Println(slices.Sorted(maps.Keys(m)), slices.Sorted(maps.Values(m)))
	maps.DeleteFunc(m, func(k string, v int) bool { return v%2 == 0 })
	fmt.Println(m, maps.Equal(m, map[string]int{"x": 1, "z": 3}))
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c, " ")
	}
	fmt.Println(slices.Collect(maps.Keys(map[int]bool{7: true})))
	for i, x := range fibonacci() {
		if i == 10 {
			fmt.Println(x)
			break
		}
	}
	next, stop := iter.Pull2(fibonacci())
	next()
	_, x, ok := next()
	stop()
	fmt.Println(x, ok)
	h := &minHeap{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 1)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	l := list.New()
	l.PushBack(2)
	l.PushFront(1)
	l.InsertAfter(9, l.Front())
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	r := ring.New(3)
	for i := range 3 {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(x any) { fmt.Print(x, " ") })
	fmt.Println()
}
