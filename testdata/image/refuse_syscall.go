// image -refused="package main makes the system call getpid"

package main

import (
	"syscall"
)

func init() { syscall.Getpid() }

func main() {}
