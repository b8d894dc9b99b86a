// image -refused="package main makes the system call clock_gettime"

package main

import (
	"time"
)

func init() { time.AfterFunc(time.Hour, func() {}) }

func main() {}
