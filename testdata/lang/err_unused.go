// errors

package p

import (
	"fmt"
	str "strings"
	. "math"
	_ "sort"
	"os"
	os2 "os"
	"fmt"
)

type T[P any] struct{}

func f(a, b int) (c, d int) {
	x := 1
	var y, z = 2, 3
	z = 4
	for i := range 3 {
	}
	for i, v := range []int{} {
		_ = i
	}
	for k, v := range map[int]int{} {
	}
	switch t := any(x).(type) {
	case int:
	}
	switch t := any(x).(type) {
	}
	if u, ok := any(1).(int); ok {
	}
	func() { w := 1 }()
	func(p int) { p = 1; q := p }(1)
	var g = func() { g2 := 1; _ = func() { g2 = 2 } }
	type unusedType int
	const unusedConst = 1
L:
	for {
		break
	}
	a = 1
	var r, s int
	r, t := 1, 2
	_, s = 1, 2
	select {
	case m := <-make(chan int):
	case m, ok := <-make(chan int):
		_ = m
	}
	var ptr *int
	*ptr = 1
	var arr [3]int
	arr[0] = 1
	var st struct{ x int }
	st.x = 1
	var mp map[int]int
	mp[0] = 1
	var n1, n2 = 1, 2
	n1 = n2
	n3 := 1
	n3++
	n4 := 1
	n4 += 2
	return
}

func main() { os.Exit(0) }
