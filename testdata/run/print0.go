// run -stderr

package main

func main() {
	println("hello", 1, -2, true, 'a', 1.5)
	print("no newline", "\n")
}
