// run -stderr
package main

// print writes a uintptr in decimal, a pointer in hexadecimal.
func main() {
	type word uintptr
	var p *int
	print(uintptr(1<<20), " ", word(7), " ", p, "\n")
	println(^uintptr(0), uint8(200))
}
