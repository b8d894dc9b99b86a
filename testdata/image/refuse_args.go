// image -refused="package main uses os.Args"

package main

import (
	"os"
)

func init() { os.Args[0] = "" }

func main() {}
