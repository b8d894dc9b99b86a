// run

// What was hashed must not be forgotten: zeros of every length, empty strings in a row, types without
// bytes. The portable hash of maps had a key of zero, with which all of these collided.
package main

import (
	"fmt"
	"hash/maphash"
)

type pair struct{ a, b any }

func differ[T comparable](x, y T) bool {
	seed := maphash.MakeSeed()
	return maphash.Comparable(seed, x) != maphash.Comparable(seed, y)
}

func main() {
	seed := maphash.MakeSeed()
	seen := map[uint64]bool{}
	zeros := make([]byte, 1000)
	for n := range zeros {
		seen[maphash.Bytes(seed, zeros[:n])] = true
	}
	fmt.Println(len(seen))
	// A start of zeros must not make the rest independent of the seed.
	text := append(make([]byte, 64), "text"...)
	other := maphash.MakeSeed()
	fmt.Println(maphash.Bytes(seed, text) != maphash.Bytes(other, text))

	fmt.Println(differ([2]string{"a", ""}, [2]string{"", "a"}))
	fmt.Println(differ([3]string{"", "a", ""}, [3]string{"a", "", ""}))
	fmt.Println(differ(pair{0, struct{}{}}, pair{struct{}{}, 0}))
	fmt.Println(differ(pair{int32(0), ""}, pair{"", int32(0)}))
	fmt.Println(differ[any](0, struct{}{}))
}
