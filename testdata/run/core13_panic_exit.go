// run -status=2 -stderr -until=goroutine
package main

type e struct{ n int }

func (x e) Error() string { return "custom error" }

func main() {
	defer println("deferred runs")
	defer func() {
		panic(e{2})
	}()
	panic("first")
}
