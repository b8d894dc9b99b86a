// run -stderr

package main

func main() {
	s := "héllo, 世界"
	println(len(s), s[1], s[7:], s == "x", s < "i")
	for i, r := range s {
		print(i, ":", r, " ")
	}
	println()
	b := []byte("abc")
	b = append(b, "def"...)
	println(string(b), len(b))
	r := []rune(s)
	println(len(r), string(r[1:3]), string(rune(0x4e16)))
	t := ""
	for i := 0; i < 5; i++ {
		t += string(rune('a' + i))
	}
	println(t + t + "-" + t)
	bad := "a\xffb"
	for i, r := range bad {
		print(i, ":", r, " ")
	}
	println()
	switch t {
	case "abcd":
		println("no")
	case "abcde", "x":
		println("yes")
	}
}
