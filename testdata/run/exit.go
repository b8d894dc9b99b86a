// run -status=3

package main

import (
	"fmt"
	"os"
)

func main() {
	defer fmt.Println("not printed")
	fmt.Println("before")
	os.Exit(3)
}
