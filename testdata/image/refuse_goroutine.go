// image -refused="package main starts a goroutine"

package main

import ()

func init() { go func() {}() }

func main() {}
