// run
package main

import (
	"fmt"
	"sync/atomic"
)

// The runtime's body of sync/atomic.SwapPointer handles the stored pointer as an integer; what it
// points to escapes all the same.
func main() {
	var v atomic.Value
	bad := 0
	for x := uint64(300); x < 3000; x++ {
		if old := v.Swap(x); old != nil && old.(uint64)+1 != x {
			bad++
		}
	}
	for x := uint64(3000); x < 6000; x++ {
		old := v.Load()
		if !v.CompareAndSwap(old, x) || old.(uint64)+1 != x {
			bad++
		}
	}
	var p atomic.Pointer[[2]int]
	var last *[2]int
	for i := range 1000 {
		q := &[2]int{i, -i}
		old := p.Swap(q)
		if old != last || old != nil && *old != [2]int{i - 1, 1 - i} {
			bad++
		}
		last = q
	}
	fmt.Println(bad, v.Load(), *p.Load())
}
