// run

// strings, bytes, strconv, unicode, text/tabwriter, regexp.
package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

func stringsPkg() {
	s := "the quick brown fox"
	fmt.Println(strings.Fields(s), strings.Split(s, " ")[1], strings.SplitN(s, " ", 2), strings.Contains(s, "quick"))
	fmt.Println(strings.Index(s, "q"), strings.LastIndex(s, "o"), strings.IndexByte(s, 'b'), strings.IndexAny(s, "xyz"), strings.Count(s, "o"))
	fmt.Println(strings.ToUpper(s), strings.Title(s), strings.Repeat("ab", 3), strings.Replace(s, "o", "0", 1), strings.ReplaceAll(s, "o", "0"))
	fmt.Println(strings.Trim("xxhixx", "x"), strings.TrimSpace("  a b \n"), strings.TrimPrefix(s, "the "), strings.TrimSuffix(s, "fox"), strings.TrimLeft("aab", "a"))
	fmt.Println(strings.EqualFold("Straße", "STRAßE"), strings.HasPrefix(s, "the"), strings.Compare("a", "b"), strings.Join([]string{"a", "b"}, "-"))
	before, after, ok := strings.Cut("key=value", "=")
	fmt.Println(before, after, ok, strings.Map(func(r rune) rune {
		if r == 'o' {
			return -1
		}
		return unicode.ToUpper(r)
	}, s))
	r := strings.NewReplacer("<", "&lt;", ">", "&gt;")
	fmt.Println(r.Replace("<b>x</b>"), strings.FieldsFunc("a1b2c", unicode.IsDigit))
	var b strings.Builder
	for i := range 3 {
		fmt.Fprintf(&b, "%d,", i)
	}
	b.WriteRune('é')
	fmt.Println(b.String(), b.Len())
	for part := range strings.SplitSeq("x;y;z", ";") {
		fmt.Print(part, ".")
	}
	fmt.Println()
	var buf bytes.Buffer
	buf.WriteString("line one\nline two\n")
	line, err := buf.ReadString('\n')
	fmt.Printf("%q %v %q %v\n", line, err, buf.Bytes(), bytes.Equal([]byte("a"), []byte("a")))
}

func strconvPkg() {
	for _, s := range []string{"42", "-7", "0x1F", "1_000", "9223372036854775808", "abc", ""} {
		n, err := strconv.ParseInt(s, 0, 64)
		fmt.Println(n, err)
	}
	_, err := strconv.Atoi("12a")
	fmt.Println(err, err.(*strconv.NumError).Func)
	u, err := strconv.ParseUint("300", 10, 8)
	fmt.Println(u, err)
	for _, s := range []string{"1.5", "-0", "1e400", "0x1p-2", "inf", "nan", ".5e1"} {
		x, err := strconv.ParseFloat(s, 64)
		fmt.Println(x, err)
	}
	fmt.Println(strconv.FormatInt(-255, 16), strconv.FormatFloat(1.0/3, 'g', -1, 32), strconv.FormatFloat(123456789, 'e', 3, 64))
	fmt.Println(strconv.Quote("a\tb\"☺\x00"), strconv.QuoteToASCII("☺"), strconv.QuoteRune('\n'))
	q, err := strconv.Unquote(`"a\u263a\x41"`)
	fmt.Println(q, err)
	t, err := strconv.ParseBool("maybe")
	fmt.Println(t, err, string(strconv.AppendInt([]byte("n="), 5, 2)))
}

func unicodePkg() {
	s := "aé☺\xff𐍈"
	for i, r := range s {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println(utf8.RuneCountInString(s), utf8.ValidString(s), []rune(s), []byte(s)[1:3])
	r, n := utf8.DecodeRuneInString(s[3:])
	fmt.Println(r, n, utf8.RuneLen('☺'), utf16.Encode([]rune("𐍈")), string(utf8.AppendRune(nil, 0x20AC)))
	for _, r := range "aZ5_ é漢\u00a0" {
		fmt.Print(unicode.IsLetter(r), unicode.IsUpper(r), unicode.IsDigit(r), unicode.IsSpace(r), unicode.Is(unicode.Han, r), " ")
	}
	fmt.Println()
}

func regexps() {
	re := regexp.MustCompile(`(?i)(\w+)@(?P<host>[a-z.]+)`)
	text := "Mail bob@example.com or AMY@Test.Org."
	fmt.Println(re.FindString(text), re.FindAllString(text, -1), re.FindStringSubmatchIndex(text))
	fmt.Println(re.ReplaceAllString(text, "${host}:$1"), re.SubexpNames(), re.NumSubexp())
	fmt.Println(re.ReplaceAllStringFunc(text, strings.ToUpper), re.MatchString("none"))
	fmt.Println(regexp.MustCompile(`,\s*`).Split("a, b,c,   d", -1), regexp.QuoteMeta("a.b*c"))
	_, err := regexp.Compile(`a(b`)
	fmt.Println(err)
	fmt.Println(regexp.MustCompile(`^(a|ab)(c|bcd)*$`).FindStringSubmatch("abcd"), regexp.MustCompile(`a+?`).FindString("aaa"))
}

func main() {
	stringsPkg()
	strconvPkg()
	unicodePkg()
	regexps()
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(w, "name\tqty\tprice\t")
	fmt.Fprintln(w, "apple\t3\t1.25\t")
	fmt.Fprintln(w, "watermelon\t10\t12.5\t")
	w.Flush()
	w = tabwriter.NewWriter(os.Stdout, 5, 0, 1, '.', 0)
	fmt.Fprintf(w, "a\tb\tc\nlonger\tx\ty\n")
	w.Flush()
}
