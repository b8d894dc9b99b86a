// run

// os, io, io/fs, path/filepath: files and directories.
package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
	}
}

func main() {
	dir, err := os.MkdirTemp("", "files")
	check(err)
	defer os.RemoveAll(dir)
	check(os.Chdir(dir))
	check(os.WriteFile("a.txt", []byte("hello\n"), 0o644))
	f, err := os.OpenFile("a.txt", os.O_RDWR|os.O_APPEND, 0)
	check(err)
	n, err := f.WriteString("world\n")
	fmt.Println(n, err)
	off, err := f.Seek(2, io.SeekStart)
	fmt.Println(off, err)
	b := make([]byte, 5)
	n, err = io.ReadFull(f, b)
	fmt.Printf("%d %v %q\n", n, err, b)
	n, err = f.ReadAt(b, 9)
	fmt.Println(n, err)
	st, err := f.Stat()
	fmt.Println(st.Name(), st.Size(), st.Mode(), st.IsDir(), err)
	check(f.Truncate(3))
	check(f.Close())
	fmt.Println(f.Close())
	data, err := os.ReadFile("a.txt")
	fmt.Printf("%q %v\n", data, err)
	check(os.MkdirAll("d/e/f", 0o755))
	check(os.WriteFile("d/e/two.go", bytes.Repeat([]byte("x"), 100000), 0o600))
	check(os.Rename("a.txt", "d/b.txt"))
	check(os.Symlink("b.txt", "d/link"))
	l, err := os.Readlink("d/link")
	fmt.Println(l, err)
	check(filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		fmt.Println(p, d.IsDir(), d.Type(), err)
		return nil
	}))
	entries, err := os.ReadDir("d")
	for _, e := range entries {
		fmt.Print(e.Name(), " ")
	}
	fmt.Println(err)
	m, err := filepath.Glob("d/*")
	fmt.Println(m, err)
	fmt.Println(os.Mkdir("d", 0o755), os.Remove("none"), os.Remove("d"))
	in, _ := os.Open("d/e/two.go")
	var sum int
	buf := make([]byte, 4096)
	for {
		n, err := in.Read(buf)
		sum += n
		if err == io.EOF {
			break
		}
		check(err)
	}
	in.Close()
	fmt.Println(sum)
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprint(pw, "through a pipe")
		pw.Close()
	}()
	all, err := io.ReadAll(io.TeeReader(pr, io.Discard))
	fmt.Println(string(all), err)
	var out strings.Builder
	k, err := io.Copy(io.MultiWriter(&out, io.Discard), io.MultiReader(strings.NewReader("ab"), strings.NewReader("cd")))
	fmt.Println(k, err, out.String())
	fmt.Println(filepath.Join("a", "../b", "c"), filepath.Ext("x.tar.gz"), filepath.Base("/q/w"), filepath.Dir("/q/w"), path.Clean("a//b/./../c"))
	ok, err := filepath.Match("*.g?", "x.go")
	fmt.Println(ok, err)
	r, w, err := os.Pipe()
	check(err)
	go func() { w.Write([]byte("os pipe")); w.Close() }()
	all, err = io.ReadAll(r)
	fmt.Println(string(all), err)
	fsys := os.DirFS("d")
	text, err := fs.ReadFile(fsys, "b.txt")
	fmt.Println(string(text), err, fs.ValidPath("../x"))
}
