// run

// All verbs and flags of fmt, and its interfaces.
package main

import (
	"errors"
	"fmt"
	"os"
)

type point struct {
	X, Y int
	name string
}

type level int

func (l level) String() string { return fmt.Sprintf("level(%d)", int(l)) }

type hex struct{ b []byte }

func (h hex) Format(s fmt.State, verb rune) {
	w, hasW := s.Width()
	p, hasP := s.Precision()
	fmt.Fprintf(s, "<%c %d %t %d %t %t %t>", verb, w, hasW, p, hasP, s.Flag('+'), s.Flag('#'))
}

type gostring struct{}

func (gostring) GoString() string { return "gostring{...}" }

type panics struct{}

func (*panics) String() string { panic("oh") }

func main() {
	for _, verb := range []string{"%v", "%+v", "%#v", "%T", "%d", "%s", "%q", "%x"} {
		fmt.Printf(verb+"|", point{1, -2, "p"})
		fmt.Printf(verb+"|", []string{"a", "b c"})
		fmt.Printf(verb+"|", map[string]int{"z": 1, "a": 2})
		fmt.Printf(verb+"|", &point{3, 4, "q"})
		fmt.Printf(verb+"\n", [2]bool{true, false})
	}
	for _, verb := range []string{"%b", "%c", "%d", "%+d", "%5d", "%-5d|", "%05d", "%o", "%O", "%#o", "%q", "%x", "%#X", "%U", "%#U", "% d"} {
		fmt.Printf(verb+" ", 65)
	}
	fmt.Println()
	for _, verb := range []string{"%e", "%E", "%f", "%.2f", "%8.3f", "%-8.1f|", "%+f", "%g", "%G", "%x", "%b", "%08.2f", "% f"} {
		fmt.Printf(verb+" ", 1234.5678)
	}
	fmt.Println()
	for _, verb := range []string{"%s", "%q", "%x", "%X", "% x", "%#x", "%10s|", "%-10s|", "%.3s", "%+q", "%#q", "%v", "%t"} {
		fmt.Printf(verb+" ", "héllo")
	}
	fmt.Println()
	fmt.Printf("%s %x %d %v %q\n", []byte("abc"), []byte("abc"), []byte("abc"), []byte("abc"), []byte("abc"))
	fmt.Printf("%t %v %5t|\n", true, false, true)
	fmt.Printf("%v %.1f %g\n", 1+2i, 3-4i, complex64(0.5i))
	fmt.Printf("%v %d %s %x %#v\n", level(3), level(3), level(3), level(3), level(3))
	fmt.Printf("%v %+8.3x %#d\n", hex{}, hex{}, hex{})
	fmt.Printf("%v %#v\n", gostring{}, gostring{})
	fmt.Printf("%v %s\n", (*panics)(nil), &panics{})
	fmt.Printf("%d %s %!\n", "text", 7)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%[2]d %[1]d %[3]*.[2]*[1]f|\n", 1, 2, 8)
	fmt.Printf("%*d|%-*d|\n", 6, 42, 6, 42)
	fmt.Printf("%v %v %v\n", nil, error(nil), errors.New("e"))
	fmt.Printf("%w\n", errors.New("not wrapped"))
	fmt.Printf("%6.2f%%\n", 99.5)
	fmt.Printf("%v %+v %#v\n", struct{}{}, struct{ p *int }{}, struct {
		A any
		B error
	}{1, nil})
	fmt.Printf("%#v %#v %#v %#v %#v\n", 1.0, "q\"", 'x', uint8(3), []any{1, "a", nil})
	fmt.Printf("%x %X %#x\n", -255, "hi", []byte{1, 171})
	fmt.Printf("%08b %o %#b\n", 5, 64, 5)
	fmt.Printf("%t\n", 1)
	fmt.Println(1, 2, "a", "b", 3, nil, []int(nil), map[int]int(nil))
	fmt.Print(1, 2, "a", "b", 3, 4, "\n")
	fmt.Fprintln(os.Stdout, fmt.Sprint("a", 1, 2, "b"), fmt.Sprintln("x", 1))
	b := fmt.Appendf(nil, "%03d", 7)
	b = fmt.Append(b, " ", 1.5)
	fmt.Println(string(fmt.Appendln(b, "end")))
	var i, j int
	var s string
	n, err := fmt.Sscanf("12 abc 0x1f", "%d %s %v", &i, &s, &j)
	fmt.Println(n, err, i, s, j)
	n, err = fmt.Sscan("7 word", &i, &s)
	fmt.Println(n, err, i, s)
	_, err = fmt.Sscan("x", &i)
	fmt.Println(err)
}
