// image -refused="package main makes the system call openat"

package main

import (
	"os"
)

func init() { os.Open("/dev/null") }

func main() {}
