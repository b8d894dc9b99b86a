// What package initialisation costs at start (docs/image.md): a compiled expression, a parsed template and
// two maps at package level, each used once.
package main

import (
	"fmt"
	"os"
	"regexp"
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
	for _, t := range ts {
		fmt.Println(byPtr[t])
	}
	fmt.Println(byAny[1], byAny["x"], byAny[2.5], byAny[key{"a", "b"}])
	fmt.Println(re.FindStringSubmatch("mail bob@example.com now"))
	if err := tmpl.Execute(os.Stdout, []P{{"ann", 3}, {"bob", 4}}); err != nil {
		fmt.Println(err)
	}
}
