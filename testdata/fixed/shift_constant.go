// run -status=2 -stderr -until=goroutine

// A count that is known, yet no constant of the language, may be negative.
package main

import "fmt"

func main() {
	z := 0
	fmt.Println(1 << z)
	fmt.Println(1 << (z - 1))
}
