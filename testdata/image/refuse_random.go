// image -refused="package main asks for a random number"

package main

import (
	"math/rand/v2"
)

func init() { rand.Int() }

func main() {}
