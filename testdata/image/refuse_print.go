// image -refused="package main prints to standard error"

package main

import ()

func init() { println("x") }

func main() {}
