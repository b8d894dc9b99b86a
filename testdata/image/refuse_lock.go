// image -refused="locks the main goroutine"

package main

import (
	"runtime"
)

func init() { runtime.LockOSThread() }

func main() {}
