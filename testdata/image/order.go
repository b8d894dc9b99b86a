// image -left=main,os a b

// An initialiser that depends on one that must wait for the start waits as well.
package main

import (
	"fmt"
	"os"
	"time"
)

var (
	n     = len(os.Args)
	names = map[string]int{"args": n, "path": len(os.Getenv("PATH"))}
	start = time.Now()
)

func main() {
	fmt.Println(n, names["args"], names["path"] > 0, start.IsZero(), time.Since(start) < time.Minute)
}
