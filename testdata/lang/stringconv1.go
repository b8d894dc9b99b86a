// run

// Conversions among strings, bytes, runes and named types, in generics and as map keys, with invalid encodings.
package main

import "fmt"

type myByte byte
type myRune rune
type text string
type raw []byte
type myBytes []myByte
type runes []rune

func conv[To, From ~string | ~[]byte](f From) To { return To(f) }
func lens[T ~string | ~[]byte](t T) (n int) {
	for i := range len(t) {
		n += int(t[i])
	}
	return n + len(t)
}
func each(s string) (out []string) {
	for i, r := range s {
		out = append(out, fmt.Sprintf("%d:%x", i, r))
	}
	for i := range s {
		out = append(out, fmt.Sprint(i))
	}
	return
}

//go:noinline
func mutate(b []byte) string {
	s := string(b)
	b[0] = '#'
	return s + string(b)
}

func key(m map[string]int, b []byte) int {
	m[string(b)] += 2
	b[0]++
	m[string(b)]++
	return m[string(b)]*100 + m["abc"]
}

func cat(parts ...[]byte) (s string) {
	for _, p := range parts {
		s += string(p) + string(p[:1])
	}
	return
}

func sw(b []byte) int {
	switch string(b) {
	case "one":
		return 1
	case "two", "three":
		return 2
	}
	return 0
}

func main() {
	bad := "a\xffé\xc3\x28\xed\xa0\x80\U0010ffff\xf4\x90\x80\x80"
	fmt.Println(each(bad))
	fmt.Println([]rune(bad), len(string([]rune(bad))), []byte(string([]rune(bad)))[:4])
	fmt.Println(conv[raw]("héllo"), conv[text](raw("raw")), conv[string](text("t")), conv[[]byte](raw{1}), lens("é"), lens(raw{200, 100}))
	fmt.Println(string(myBytes{'m', 'b'}), myBytes("x"), string(runes{0x4e16, -1, 0xd800}), runes("世"), text(runes{'z'}))
	fmt.Println(string(myRune(0x1F600)), string(rune(myByte('q'))), text(rune('t')), string([]myRune{'r', 0x7fffffff}))
	fmt.Println(mutate([]byte("bytes")), key(map[string]int{}, []byte("abc")), cat([]byte("xy"), raw("z")), sw([]byte("three")), sw(nil))
	b := append([]byte("pre"), bad[1:3]...)
	b = append(b, text("text")...)
	fmt.Println(b, copy(b, "héé"), b, copy(b[1:], text("")), string(b[:2]) < "hz", text(b) == text("").s())
	s := "0123456789"
	c := []byte(s)
	c[3] = 'x'
	fmt.Println(s[3:4]+string(c[3:5]), s[len(s):] == "", s[2:][1:][:3], cap([]byte(s)) >= 10, string(c[:0]) == "")
	for i, x := range []byte("ab") {
		c[i] = x + 1
	}
	for i, r := range []rune("éa") {
		fmt.Print(i, string(r), " ")
	}
	fmt.Println(string(c), fmt.Sprint([]byte(nil) == nil, []byte("") == nil, []rune("") == nil))
	var e []byte
	fmt.Println(string(e) == "", len(string(make([]byte, 3))), "x"+string(e)+"y", string(append(e, 'z')))
	type pair struct{ a, b string }
	m := map[pair]int{{string(b[:1]), s[:2]}: 5}
	b[0] = '?'
	fmt.Println(m[pair{"h", "01"}], m[pair{string(b[:1]), "01"}])
}

func (t text) s() text { return t + "s" }
