// run -stderr
package main

func main() {
	println("hello, world", 42, true, -7, 3.5, 'x')
	var p *int
	println(p == nil, uint8(255), int64(-1)<<40)
}
