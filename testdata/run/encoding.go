// run

// encoding/json, base64, hex, binary, csv, xml, gob; hashes; compress; text/template; math/big.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"math/big"
	"os"
	"strings"
	"text/template"
	"time"
)

type color int

func (c color) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("c%d", int(c))), nil }
func (c *color) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "c%d", (*int)(c))
	return err
}

type length int

func (l *length) UnmarshalJSON(b []byte) error { *l = length(len(b)); return nil }

type base struct {
	ID int `json:"id"`
}

type item struct {
	base
	Name  string            `json:"name"`
	Tags  []string          `json:"tags,omitempty"`
	Price *float64          `json:"price"`
	Extra map[string]any    `json:"extra"`
	Color color             `json:"color"`
	By    map[color]int     `json:"by"`
	Raw   json.RawMessage   `json:"raw"`
	Len   length            `json:"len"`
	Lens  map[string]length `json:"lens"`
	When  time.Time         `json:"when"`
	skip  int
	Skip  int `json:"-"`
}

func jsons() {
	p := 1.5
	in := item{base: base{7}, Name: "a<b>\u2028", Price: &p, Extra: map[string]any{"z": nil, "a": []int{1}}, Color: 3,
		By: map[color]int{2: 1}, Raw: json.RawMessage(`{"x":1}`), When: time.Unix(0, 0).UTC()}
	b, err := json.Marshal(in)
	fmt.Println(string(b), err)
	var out item
	err = json.Unmarshal([]byte(`{"ID":9,"name":"\u00e9\n","tags":["x","y"],"price":2e3,"extra":{"n":1.5,"l":[true,null,"s"]},
		"color":"c5","by":{"c8":1},"raw":[1, 2],"len":"abc","lens":{"k":[1,2]},"when":"2020-01-02T03:04:05Z","unknown":{}}`), &out)
	fmt.Println(out.ID, out.Name, out.Tags, *out.Price, out.Extra, int(out.Color), out.By, string(out.Raw), out.Len, out.Lens, out.When, err)
	for _, s := range []string{`{"id":"x"}`, `{"name":1}`, `{`, `[1,]`, `{"color":5}`, `{"a" 1}`} {
		err := json.Unmarshal([]byte(s), &out)
		var te *json.UnmarshalTypeError
		fmt.Println(err, errors.As(err, &te))
	}
	b, _ = json.MarshalIndent(map[string]any{"b": 1, "a": []any{nil, true, "x"}}, ">", "  ")
	fmt.Println(string(b))
	d := json.NewDecoder(strings.NewReader(`{"a":1} {"b":2} [3]`))
	d.UseNumber()
	for {
		var v any
		if err := d.Decode(&v); err == io.EOF {
			break
		} else if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Printf("%v %T\n", v, v)
	}
	_, err = json.Marshal(map[string]any{"f": func() {}})
	fmt.Println(err)
}

func codecs() {
	fmt.Println(base64.StdEncoding.EncodeToString([]byte("any carnal pleas")), base64.RawURLEncoding.EncodeToString([]byte{255, 254}))
	raw, err := base64.StdEncoding.DecodeString("aGk=")
	fmt.Println(string(raw), err, hex.EncodeToString([]byte("Go")))
	fmt.Print(hex.Dump([]byte("0123456789abcdefXY")))
	buf := new(bytes.Buffer)
	binary.Write(buf, binary.BigEndian, struct {
		A uint16
		B int32
		C [2]uint8
	}{1, -2, [2]uint8{3, 4}})
	fmt.Println(buf.Bytes(), binary.LittleEndian.Uint32([]byte{1, 2, 3, 4}), binary.AppendUvarint(nil, 300))
	r := csv.NewReader(strings.NewReader("a,\"b \"\"q\"\"\",c\n1,2,3\n"))
	rows, err := r.ReadAll()
	fmt.Printf("%q %v\n", rows, err)
	w := csv.NewWriter(os.Stdout)
	w.Write([]string{"x y", "a,b", "q\"q"})
	w.Flush()
	type note struct {
		XMLName xml.Name `xml:"note"`
		To      string   `xml:"to,attr"`
		Body    []string `xml:"body>p"`
	}
	x, err := xml.MarshalIndent(note{To: "me", Body: []string{"a & b", "c"}}, "", " ")
	fmt.Println(string(x), err)
	var n note
	fmt.Println(xml.Unmarshal(x, &n), n.To, n.Body)
	var network bytes.Buffer
	err = gob.NewEncoder(&network).Encode(map[string][]base{"k": {{1}, {2}}})
	var back map[string][]base
	fmt.Println(err, gob.NewDecoder(&network).Decode(&back), back)
	var z bytes.Buffer
	zw := gzip.NewWriter(&z)
	zw.Write(bytes.Repeat([]byte("apus "), 1000))
	zw.Close()
	zr, err := gzip.NewReader(&z)
	plain, err2 := io.ReadAll(zr)
	fmt.Println(err, err2, len(plain), crc32.ChecksumIEEE(plain))
	h := fnv.New32a()
	h.Write([]byte("hash"))
	fmt.Printf("%x %x\n", sha256.Sum256([]byte("abc")), h.Sum32())
}

func templates() {
	const text = `{{define "item"}}[{{.Name | printf "%q"}}]{{end -}}
{{range $i, $e := .Items}}{{if $i}}, {{end}}{{template "item" $e}}{{else}}none{{end}}
{{with .Map}}{{range $k, $v := .}}{{$k}}:{{$v}} {{end}}{{end}}{{len .Items}} {{index .Map "b"}} {{up "func"}} {{eq 1 1}} {{and true .Nil}} {{/* no */}}{{- " trimmed" }}
`
	t := template.Must(template.New("t").Funcs(template.FuncMap{"up": strings.ToUpper}).Parse(text))
	data := map[string]any{"Items": []item{{Name: "one"}, {Name: "two"}}, "Map": map[string]int{"b": 2, "a": 1}, "Nil": nil}
	err := template.Must(template.New("m").Parse("{{.ID}} {{.Describe 3}} {{.When.Year}}\n")).Execute(os.Stdout, described{item{base: base{4}}})
	fmt.Println(err)
	fmt.Println(t.Execute(os.Stdout, data))
	_, err = template.New("bad").Parse("{{.X")
	fmt.Println(err)
	fmt.Println(template.Must(template.New("e").Parse("{{.Missing.X}}")).Execute(os.Stdout, item{}))
}

type described struct{ item }

func (d described) Describe(n int) string { return strings.Repeat(fmt.Sprint(d.ID), n) }

func bigs() {
	f := new(big.Int).MulRange(1, 60)
	g, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	fmt.Println(f, new(big.Int).Mod(f, g), new(big.Int).Exp(big.NewInt(3), big.NewInt(200), g), g.Cmp(f), g.BitLen())
	fmt.Println(new(big.Int).GCD(nil, nil, f, g), new(big.Int).Sqrt(g), new(big.Int).Lsh(g, 70), g.ProbablyPrime(10), f.Text(36))
	r := big.NewRat(1, 3)
	r.Add(r, big.NewRat(1, 6)).Mul(r, big.NewRat(-7, 2))
	fmt.Println(r, r.FloatString(5))
	x, _, err := big.ParseFloat("1.5", 10, 200, big.ToNearestEven)
	fmt.Println(new(big.Float).Sqrt(x).Text('g', 50), err)
	fmt.Printf("%x %d %.10f\n", g, f, new(big.Float).Quo(big.NewFloat(1), big.NewFloat(3)))
}

func main() {
	jsons()
	codecs()
	templates()
	bigs()
}
