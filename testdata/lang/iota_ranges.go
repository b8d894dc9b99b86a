// run

// Everything of 1.22 to 1.27 in one program that simulates a small machine.
package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type opcode uint8

const (
	push opcode = iota
	add
	mul
	dup
	jnz
	halt
)

type instr struct {
	opcode
	arg *int
}
type loc struct{ line, col int }
type located struct {
	loc
	instr
}
type vm[T ~int | ~float64] struct {
	stack []T
	hooks map[opcode]func(*vm[T])
	steps int
}

func (v *vm[T]) pop() (t T) {
	t, v.stack = v.stack[len(v.stack)-1], v.stack[:len(v.stack)-1]
	return
}
func (v *vm[T]) fold[A any](a A, f func(A, T) A) A {
	for _, t := range v.stack {
		a = f(a, t)
	}
	return a
}
func (v *vm[T]) run(code []located) iter.Seq2[loc, []T] {
	return func(yield func(loc, []T) bool) {
		for pc := 0; pc < len(code); pc++ {
			in := code[pc]
			v.steps++
			switch in.opcode {
			case push:
				v.stack = append(v.stack, T(*in.arg))
			case add, mul:
				a, b := v.pop(), v.pop()
				v.stack = append(v.stack, map[opcode]T{add: a + b, mul: a * b}[in.opcode])
			case dup:
				v.stack = append(v.stack, v.stack[len(v.stack)-1])
			case jnz:
				if v.stack[len(v.stack)-1] != 0 {
					pc = *in.arg - 1
				}
			case halt:
				return
			}
			if h := v.hooks[in.opcode]; h != nil {
				h(v)
			}
			if !yield(in.loc, slices.Clone(v.stack)) {
				return
			}
		}
	}
}

func parse(src string) (code []located) {
	names := map[string]opcode{"push": push, "add": add, "mul": mul, "dup": dup, "jnz": jnz, "halt": halt}
	line := 0
	for text := range strings.Lines(src) {
		line++
		for w := range strings.FieldsSeq(text) {
			name, arg, ok := strings.Cut(w, ":")
			l := located{opcode: names[name], line: line, col: strings.Index(text, w)}
			if ok {
				n := 0
				fmt.Sscan(arg, &n)
				l.arg = new(n)
			}
			code = append(code, l)
		}
	}
	return
}

func main() {
	code := parse("push:3\npush:2 mul dup\npush:-1 add jnz:3\nhalt\n")
	v := &vm[int]{hooks: map[opcode]func(*vm[int]){mul: func(v *vm[int]) { v.stack[0] = min(v.stack[0], 4) }}}
	lines := map[int]int{}
	for l, s := range v.run(code) {
		lines[l.line]++
		if v.steps > 20 || len(s) > 8 {
			fmt.Println("stopped at", l, s)
			break
		}
	}
	fmt.Println(v.steps, v.fold("", func(s string, t int) string { return s + fmt.Sprint(t, ",") }), slices.Sorted(maps.Keys(lines)), lines)
	w := vm[float64]{}
	n := 0
	for range w.run(code) {
		if n++; n == 6 {
			break
		}
	}
	clear(w.stack[1:])
	fmt.Println(w.stack, w.fold[float64](1, func(a, b float64) float64 { return max(a, b) }))
}
