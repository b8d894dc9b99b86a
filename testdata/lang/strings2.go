// run

// Strings: broken UTF-8, ranges, comparison, concatenation, substrings, literals of all forms, unicode names.
package main

import (
	"fmt"
	"unicode/utf8"
	"unsafe"
)

type 文字列 string

func (s 文字列) 長さ() int { return utf8.RuneCountInString(string(s)) }

const raw = `a\n
	"b" ` + "`"

var ünïcödé = 'é'

func concat(a, b, c, d, e, f string) string { return a + b + c + d + e + f }

func main() {
	for _, s := range []string{"", "aé€😀", "\xff", "a\xc3", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80", "x\xf0\x9f\x98y", "\u0000\U0010ffff"} {
		fmt.Print(len(s), ":")
		for i, r := range s {
			fmt.Printf(" %d=%x", i, r)
		}
		for i := range s {
			fmt.Print(" ", i)
		}
		n := 0
		for range s {
			n++
		}
		fmt.Println("", n, []rune(s), string([]rune(s)) == s, utf8.ValidString(s))
	}
	fmt.Printf("%q %d\n", raw, len(raw))
	fmt.Println("\a\b\f\n\r\t\v\\\"'\101\x41\u0041\U00000041" == "\x07\x08\x0c\x0a\x0d\x09\x0b\x5c\x22\x27AAAA", '\'', '\000', '\377', '\xff', '\u00ff')
	fmt.Println(文字列("日本語").長さ(), string(ünïcödé), len("日本語"), "日本語"[1], "日本語"[3:6])
	a, b := "abc", "abd"
	fmt.Println(a < b, a <= a[:3], a > a[:2], "" < "\x00", "a" < "B", "é" > "z", a[:2] == b[:2], a[1:] != b[1:])
	c := concat("a", "", "b", "", "", "c")
	fmt.Println(c == a, concat("", "", "", "", "", ""), concat("", "x", "", "", "", ""))
	s := "hello"
	t := s[1:3]
	u := s[:0]
	fmt.Println(t, len(u), s[len(s):] == "", s[1:][1:][1:], unsafe.StringData(s[1:]) == (*byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), 1)))
	by := []byte(s)
	by = append(by, " world"...)
	n := copy(by[2:], "LL")
	fmt.Println(string(by), n, string(by[6:]) == "world", string(by) < "hf")
	s += "!"
	s += string(rune('?')) + string([]byte{'.', '\n'}[:1])
	fmt.Println(s, s[5], s[len(s)-1:])
	var sum int
	for i := 0; i < len(s); i++ {
		sum += int(s[i])
	}
	fmt.Println(sum)
	switch s[:5] {
	case "help", "hello!":
		fmt.Println("wrong")
	case "hel" + "lo":
		fmt.Println("found")
	}
	x := [...]string{2: "c", 0: "a", "b"}
	fmt.Println(len(x), x, [2]string{"a"} == [...]string{"a", ""})
	type pair struct{ a, b string }
	fmt.Println(pair{"a", "b"} == pair{"a", string([]byte{'b'})}, pair{"ab", ""} == pair{"a", "b"})
	for i, c := range []byte("é") {
		fmt.Print(i, c, " ")
	}
	for i, c := range []rune("é\xff") {
		fmt.Print(i, c, " ")
	}
	fmt.Println()
	fmt.Println(string(rune(65)), string(rune(-5)), string(rune(0x10ffff+1)) == "\ufffd", len(string(rune(0x800))))
	p := &s
	for i, r := range *p {
		*p = "changed"
		if i == 2 {
			fmt.Println(string(r), s)
			break
		}
	}
	m := map[string]int{"a" + "b": 1}
	m[string(append([]byte("a"), 'b'))]++
	fmt.Println(m)
	fmt.Printf("%s|%v|%d|%x|%q|%c|%U\n", "s", 文字列("v"), []byte("d"), "x y", 'q', 0x65e5, '語')
	var zero string
	fmt.Println(zero == "", len(zero), zero+zero == zero, min("b", "a", zero) == "", max(a, b))
}
