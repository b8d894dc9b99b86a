// run -status=7 a b

// os.Exit ends the program at once: no deferred call, no other goroutine; arguments arrive.
package main

import (
	"fmt"
	"os"
)

func main() {
	defer fmt.Println("never")
	fmt.Println(len(os.Args), os.Args[1:])
	go func() { select {} }()
	func() {
		defer func() {
			if recover() != nil {
				os.Exit(7)
			}
		}()
		var m map[int]int
		m[1] = 1
	}()
}
