// run

// Keys with zero words hash apart: with a zero key the portable hash gave the same value to all memory whose last
// word but one is zero, and maps of such keys grew without end.
package main

import (
	"fmt"
	"hash/maphash"
)

func hashes[T comparable](key func(i int) T) int {
	seed := maphash.MakeSeed()
	seen := map[uint64]bool{}
	for i := range 1000 {
		seen[maphash.Comparable(seed, key(i))] = true
	}
	return len(seen)
}

type large struct{ a [256]int }

func main() {
	fmt.Println(hashes(func(i int) [2]int { return [2]int{0, i} }) > 990)
	fmt.Println(hashes(func(i int) [3]int { return [3]int{i} }) > 990)
	fmt.Println(hashes(func(i int) [4]int { return [4]int{0, i} }) > 990)
	fmt.Println(hashes(func(i int) [17]int { return [17]int{0, 0, 0, i} }) > 990)
	fmt.Println(hashes(func(i int) struct {
		a       uint8
		b, c, d int64
	} {
		return struct {
			a       uint8
			b, c, d int64
		}{uint8(i), int64(i >> 8), 0, 0}
	}) > 990)
	m := map[large]large{}
	for i := range 2000 {
		var k large
		k.a[0] = i
		m[k] = large{}
	}
	fmt.Println(len(m))
}
