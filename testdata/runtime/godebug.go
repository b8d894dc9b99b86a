// run

// What settings in GODEBUG make a program print, and the heap dump. The program runs itself.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

func main() {
	if len(os.Args) > 1 {
		roles[os.Args[1]]()
		return
	}
	run("wait", "schedtrace=10",
		`^SCHED 0ms: gomaxprocs=\d+ idleprocs=\d+ threads=\d+ spinningthreads=\d+ needspinning=\d+ idlethreads=\d+ `+
			`runqueue=\d+ +\[( \d+)+ \] schedticks=\[ (\d+ )+\]\nSCHED \d+ms: `)
	run("wait", "schedtrace=10,scheddetail=1", `SCHED \d+ms: [^\n]* gcwaiting=false nmidlelocked=\d+ stopwait=\d+ sysmonwait=false\n`+
		`  P0: status=\d schedtick=\d+ syscalltick=\d+ m=(nil|\d+) runqsize=\d+ gfreecnt=\d+ timerslen=\d+\n[^S]*`+
		`  M0: p=(nil|\d+) curg=(nil|\d+) mallocing=0 throwing=0 preemptoff= locks=\d+ dying=0 spinning=(true|false) `+
		`blocked=(true|false) lockedg=(nil|\d+)\n[^S]*  G1: status=4\(sleep\) m=nil lockedm=nil\n`)
	run("panic", "tracebackancestors=2", `goroutine \d+ \[running\]:\nmain\.third[^[]*\[originating from goroutine \d+\]:\nmain\.second`+
		`[^[]*created by main\.first\n[^[]*\[originating from goroutine \d+\]:\nmain\.first[^[]*$`)
	run("panic", "tracebackancestors=0", `goroutine \d+ \[running\]:\nmain\.third[^[]*$`)
	run("init", "inittrace=1", `init runtime @\d+\.?\d* ms, \d+\.?\d* ms clock, \d+ bytes, \d+ allocs\n(init .*\n)*`+
		`init main @\d+\.?\d* ms, \d+\.?\d* ms clock, \d+ bytes, \d+ allocs\nmain \d+\n`)
	run("init", "inittrace=0", `^main \d+\n$`)
	run("sum", "cpu.all=off", `^ba7816bf8f01cfea\n$`)
	run("sum", "fips140=on", `^ba7816bf8f01cfea\n$`)
	run("sum", "fips140=debug", `(?s)fips140: verified code\+data\n.*ba7816bf8f01cfea\n$`)
	fmt.Println(readDump())
}

var roles = map[string]func(){
	"wait": func() {
		go func() {}()
		time.Sleep(50 * time.Millisecond)
	},
	"panic": func() { first() },
	"init":  func() { println("main", len(made)) },
	"sum":   func() { println(fmt.Sprintf("%x", sha256.Sum256([]byte("abc")))[:16]) },
}

var made = strings.Repeat("x", 100+len(os.Args))

func first() { go second(); select {} }

func second() { go third(); select {} }

func third() { panic("third") }

func run(role, setting, want string) {
	cmd := exec.Command(os.Args[0], role)
	cmd.Env = append(os.Environ(), "GODEBUG="+setting)
	out, _ := cmd.CombinedOutput()
	if regexp.MustCompile(want).Match(out) {
		fmt.Println(role, setting, "ok")
	} else {
		fmt.Printf("%s %s: no match of %s in\n%s\n", role, setting, want, out)
	}
}

type node struct {
	next *node
	name [40]byte
}

var list *node

// readDump reads a dump back: whether all of it can be read, and a list of objects is in it.
func readDump() string {
	for i := range 3 {
		n := &node{next: list}
		copy(n.name[:], fmt.Sprintf("heap dump node %d", i))
		list = n
	}
	runtime.SetFinalizer(list, func(*node) {})
	f, err := os.CreateTemp("", "dump")
	if err != nil {
		return err.Error()
	}
	defer os.Remove(f.Name())
	debug.WriteHeapDump(f.Fd())
	data, err := os.ReadFile(f.Name())
	if err != nil {
		return err.Error()
	}
	r := bytes.NewReader(data)
	head := make([]byte, 16)
	if io.ReadFull(r, head); string(head) != "go1.7 heap dump\n" {
		return "bad header"
	}
	d := &dump{r: r, seen: map[uint64]int{}}
	for d.record() {
	}
	if d.err != nil || r.Len() != 0 {
		return fmt.Sprint("unreadable: ", d.err, " ", r.Len())
	}
	return fmt.Sprint("nodes ", d.nodes, ", params ", d.seen[6], ", goroutines ", d.seen[4] > 0, ", frames ", d.seen[5] > 1,
		", types ", d.seen[3] > 0, ", threads ", d.seen[9] > 0, ", finalizers ", d.seen[7] > 0, ", statistics ", d.seen[10],
		", data ", d.seen[12], ", in main ", d.inMain)
}

type dump struct {
	r      *bytes.Reader
	seen   map[uint64]int
	nodes  int
	inMain bool
	err    error
}

func (d *dump) number() uint64 {
	v, err := binary.ReadUvarint(d.r)
	if err != nil && d.err == nil {
		d.err = err
	}
	return v
}

func (d *dump) numbers(n int) {
	for range n {
		d.number()
	}
}

func (d *dump) text() string {
	n := d.number()
	if n > uint64(d.r.Len()) {
		d.err = io.ErrUnexpectedEOF
		return ""
	}
	b := make([]byte, n)
	io.ReadFull(d.r, b)
	return string(b)
}

func (d *dump) fields() (n int) {
	for d.err == nil && d.number() != 0 {
		d.number()
		n++
	}
	return n
}

func (d *dump) record() bool {
	tag := d.number()
	d.seen[tag]++
	switch tag {
	case 0:
		return false
	case 1: // object
		d.number()
		contents := d.text()
		if n := d.fields(); n == 1 && strings.Contains(contents, "heap dump node") && len(contents) == 48 {
			d.nodes++
		}
	case 3: // type
		d.numbers(2)
		d.text()
		d.number()
	case 4: // goroutine
		d.numbers(8)
		d.text()
		d.numbers(4)
	case 5: // frame
		d.numbers(3)
		d.text()
		d.numbers(3)
		if d.text() == "main.readDump" {
			d.inMain = true
		}
		d.fields()
	case 6: // params
		d.numbers(4)
		d.text()
		d.text()
		d.number()
	case 7, 11: // finalizer
		d.numbers(5)
	case 8: // itab
		d.numbers(2)
	case 9: // thread
		d.numbers(3)
	case 10: // statistics
		d.numbers(24 + 256 + 1)
	case 12, 13: // data, bss
		d.number()
		d.text()
		d.fields()
	case 14: // defer
		d.numbers(7)
	case 15: // panic
		d.numbers(6)
	case 16: // bucket
		d.numbers(2)
		for range d.number() {
			d.text()
			d.text()
			d.number()
		}
		d.numbers(2)
	case 17: // sample
		d.numbers(2)
	default:
		d.err = fmt.Errorf("tag %d", tag)
	}
	return d.err == nil
}
