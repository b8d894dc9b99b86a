// image -refused="package main fails: panic: no"

package main

import ()

func init() { panic("no") }

func main() {}
