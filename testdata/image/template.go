// image -frozen=main,regexp,text/template,reflect -left=os,syscall,time

// A compiled expression and a parsed template at package level.
package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"
	"text/template"
)

type T struct{ n int }

type key struct{ a, b string }

var ts = []*T{{1}, {2}, {3}}
var byPtr = map[*T]string{ts[0]: "one", ts[1]: "two", ts[2]: "three"}
var byAny = map[any]int{1: 10, "x": 20, 2.5: 30, key{"a", "b"}: 40}
var re = regexp.MustCompile(`(\w+)@(\w+)\.(com|org)`)
var tmpl = template.Must(template.New("t").Funcs(template.FuncMap{"up": strings.ToUpper}).Parse("{{range .}}{{.Name | up}} is {{.Age}}\n{{end}}"))

type P struct {
	Name string
	Age  int
}

func main() {
	for range 3 {
		once()
		runtime.GC()
	}
}

func once() {
	for _, t := range ts {
		fmt.Println(byPtr[t])
	}
	fmt.Println(byAny[1], byAny["x"], byAny[2.5], byAny[key{"a", "b"}])
	fmt.Println(re.FindStringSubmatch("mail bob@example.com now"))
	if err := tmpl.Execute(os.Stdout, []P{{"ann", 3}, {"bob", 4}}); err != nil {
		fmt.Println(err)
	}
}
