// run

// A conversion is the first thing that needs the underlying type of an instance.
package main

import "fmt"

type fn[T any] func(T) T

func (f fn[T]) apply(x T) T { return f(x) }

func isNil[T any]() bool {
	f := fn[T](nil)
	return f == nil
}

func double[T int | string](x T) T { return fn[T](func(y T) T { return y + y }).apply(x) }

func main() {
	fmt.Println(isNil[int](), isNil[[]string](), double(4), double("ab"))
}
