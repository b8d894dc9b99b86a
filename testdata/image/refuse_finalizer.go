// image -refused="package main sets a finalizer"

package main

import (
	"runtime"
)

func init() { runtime.SetFinalizer(new(int), func(*int) {}) }

func main() {}
