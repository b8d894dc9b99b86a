// run -status=2 -stderr -until=goroutine

// The check after a body that was called once too often, uncaught, with its exact text.
package main

func twice(yield func() bool) {
	println(yield())
	defer func() { println("deferred", recover() == nil) }()
	defer yield()
}

func careless(yield func(string) bool) {
	for _, s := range []string{"a", "b", "c"} {
		println(s, yield(s))
	}
}

func main() {
	func() {
		defer func() { println(recover().(error).Error()) }()
		for range twice {
			println("in")
			break
		}
		println("out")
	}()
	for s := range careless {
		if s == "b" {
			break
		}
	}
}
