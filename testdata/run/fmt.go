// run

package main

import (
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
)

type point struct {
	X, Y int
	name string
}

func (p point) String() string { return fmt.Sprintf("<%d,%d>", p.X, p.Y) }

type myErr struct{ code int }

func (e *myErr) Error() string { return "code " + strconv.Itoa(e.code) }

func main() {
	fmt.Println("hello", 1, 2.5, true, 'x', nil, []int{1, 2}, map[string]int{"b": 2, "a": 1})
	fmt.Printf("%v %+v %#v %T\n", point{1, 2, "p"}, struct{ A, B any }{1, "x"}, []string{"a"}, point{})
	fmt.Printf("%5d|%-5d|%05d|%x|%X|%o|%b|%c|%q|%U\n", 42, 42, 42, 255, 255, 8, 5, 'é', 'x', 0x4e16)
	fmt.Printf("%8.3f|%-8.2f|%e|%g|%t|%p\n", 3.14159, 2.5, 12345.678, 1e21, true, nil)
	fmt.Printf("%s|%10s|%-10s|%q|%x|%v\n", "go", "right", "left", "quo\"te", "hex", errors.New("err"))
	fmt.Printf("%d %s %!|%z\n", "str", 1, 2)
	err := fmt.Errorf("wrap: %w", &myErr{7})
	var me *myErr
	fmt.Println(err, errors.As(err, &me), me.code, errors.Is(err, me))
	words := strings.Fields(" the quick  brown fox ")
	sort.Strings(words)
	fmt.Println(strings.Join(words, ","), strings.Repeat("ab", 3), strings.ToUpper("ß go"))
	n, err := strconv.Atoi("12x")
	fmt.Println(n, err)
	f, _ := strconv.ParseFloat("0.1", 64)
	fmt.Println(f+0.2, strconv.Quote("a\tb"), strconv.FormatInt(-255, 16))
	var sb strings.Builder
	for i := 3; i > 0; i-- {
		fmt.Fprintf(&sb, "%d...", i)
	}
	fmt.Fprintln(os.Stdout, sb.String())
	var a, b int
	fmt.Sscanf("10-20", "%d-%d", &a, &b)
	fmt.Println(a, b)
}
