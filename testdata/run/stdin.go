// run one two

// bufio on standard input, arguments, environment, flag.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	fmt.Println(os.Args[1:], len(os.Getenv("PATH")) > 0, os.Getenv("APUS_NONE") == "")
	r := bufio.NewReader(os.Stdin)
	first, err := r.ReadString('\n')
	fmt.Printf("%q %v\n", first, err)
	c, size, _ := r.ReadRune()
	fmt.Println(string(c), size, r.UnreadRune())
	peek, _ := r.Peek(3)
	fmt.Printf("%q\n", peek)
	var a, b int
	n, err := fmt.Fscanln(r, new(string), &a, &b)
	fmt.Println(n, err, a, b)
	sc := bufio.NewScanner(io.LimitReader(r, 30))
	sc.Split(bufio.ScanWords)
	for i := 0; sc.Scan(); i++ {
		fmt.Print(i, "=", sc.Text(), " ")
	}
	fmt.Println(sc.Err())
	rest, err := io.ReadAll(r)
	fmt.Printf("%q %v\n", rest, err)
	lines := bufio.NewScanner(strings.NewReader("a\nb\r\n\nlast"))
	for lines.Scan() {
		fmt.Printf("%q ", lines.Text())
	}
	fmt.Println()
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintf(w, "buffered %d\n", w.Available())
	w.Flush()
	fl := flag.NewFlagSet("x", flag.ContinueOnError)
	fl.SetOutput(os.Stdout)
	v := fl.Bool("v", false, "be `loud`")
	k := fl.Int("n", 3, "count")
	d := fl.Duration("d", 0, "wait")
	fmt.Println(fl.Parse([]string{"-v", "-n=7", "--d", "3s", "rest", "-x"}), *v, *k, *d, fl.Args())
	fmt.Println(fl.Parse([]string{"-z"}))
}
