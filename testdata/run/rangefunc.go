// run -stderr

package main

func count(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		defer print("done ")
		for i := range n {
			if !yield(i) {
				print("stopped ")
				return
			}
		}
	}
}

func find(n int) int {
	for i := range count(100) {
		if i == n {
			return i * 10
		}
	}
	return -1
}

func nested() {
outer:
	for i := range count(3) {
		for j := range count(3) {
			if j == 1 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			print(i, j, " ")
		}
	}
	println()
}

func withDefer() {
	for i := range count(2) {
		defer println("deferred", i)
	}
	println("body over")
}

func main() {
	println(find(5))
	nested()
	withDefer()
	for range count(1) {
	}
	for i := range 3 {
		defer func() { print(i, " ") }()
	}
	func() {
		defer func() { println(recover().(string)) }()
		for range count(3) {
			panic("out")
		}
	}()
	println()
}
