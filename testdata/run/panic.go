// run -stderr -status=2 -until=goroutine

package main

type T struct{ a []int }

func f(t *T, i int) int { return t.a[i] }

func main() {
	defer println("deferred")
	println(f(&T{make([]int, 3)}, 5))
}
