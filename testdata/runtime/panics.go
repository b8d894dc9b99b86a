// cases

// Each argument is a way to end: the message, the traceback and the status must be the same as under gc.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

type str struct{ a int }

func (s str) String() string { return "stringer\nline2" }

type myerr struct{}

func (*myerr) Error() string { return "my error" }

type E int

func nested() {
	defer func() {
		defer func() { panic("third") }()
		panic("second")
	}()
	panic("first")
}

type big struct {
	x [10000]byte
	y int
}

var nilbig *big
var nilmap map[string]int

func main() {
	z := 0
	arr := []int{1, 2, 3}
	switch os.Args[1] {
	case "err":
		panic(errors.New("an error"))
	case "str":
		panic(str{1})
	case "int":
		panic(42)
	case "E":
		panic(E(42))
	case "float":
		panic(1.5)
	case "struct":
		panic(struct{ a, b int }{1, 2})
	case "ptr":
		panic(&myerr{})
	case "nil":
		panic(nil)
	case "nested":
		nested()
	case "repanic":
		defer func() { r := recover(); panic(r) }()
		panic("x")
	case "repanic2":
		defer func() { r := recover(); panic(fmt.Sprint("again ", r)) }()
		panic("x")
	case "goexit":
		go func() { time.Sleep(time.Millisecond) }()
		runtime.Goexit()
	case "goexitpanic":
		defer func() { panic("in goexit") }()
		runtime.Goexit()
	case "deadlock":
		<-make(chan int)
	case "mutex":
		var m sync.Mutex
		m.Unlock()
	case "wg":
		var wg sync.WaitGroup
		wg.Add(1)
		wg.Wait()
	case "idx":
		fmt.Println(arr[z+5])
	case "idxneg":
		fmt.Println(arr[z-1])
	case "slice":
		fmt.Println(arr[z+3 : z+2])
	case "slice2":
		fmt.Println(arr[:z+9])
	case "slice3":
		fmt.Println("abc"[z+2 : z+9])
	case "conv":
		fmt.Println([4]int(arr))
	case "div":
		fmt.Println(1 / z)
	case "nilptr":
		fmt.Println(nilbig.y)
	case "nilmap":
		nilmap["a"] = 1
	case "shift":
		fmt.Println(1 << (z - 1))
	case "assert":
		var x any = "s"
		fmt.Println(x.(int))
	case "assert2":
		var x any
		fmt.Println(x.(fmt.Stringer))
	case "assert3":
		var x any = 3
		fmt.Println(x.(fmt.Stringer))
	case "hash":
		m := map[any]int{}
		m[func() {}] = 1
	case "cmp":
		var a, b any = []int{1}, []int{1}
		fmt.Println(a == b)
	case "close":
		c := make(chan int)
		close(c)
		close(c)
	case "closenil":
		var c chan int
		close(c)
	case "sendclosed":
		c := make(chan int, 1)
		close(c)
		c <- 1
	case "makeslice":
		_ = make([]int, z-1)
	case "gopanic":
		go func() { panic("in goroutine") }()
		time.Sleep(time.Second)
	case "exit3":
		defer fmt.Println("no")
		os.Exit(3)
	case "stack":
		stacks := map[int]func() []byte{
			z: debug.Stack, // not inlined by any compiler
		}
		stack := stacks[z]
		s := string(stack())
		i := strings.Index(s, "main.main")
		fmt.Println(s[:i])
	case "callers":
		pc, file, line, ok := runtime.Caller(0)
		fmt.Println(runtime.FuncForPC(pc).Name(), file[len(file)-6:], line, ok)
	case "select":
		select {}
	case "nilfunc":
		var f func()
		f()
	case "iter":
		iterate()
	}
}

//go:noinline
func twice(yield func(int) bool) { yield(1); yield(2) }

//go:noinline
func iterate() {
	for x := range twice {
		fmt.Println(x)
		break
	}
}
