// image -refused="package main asks for the number of processors"

package main

import (
	"runtime"
)

func init() { runtime.GOMAXPROCS(1) }

func main() {}
