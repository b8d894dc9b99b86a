#!/usr/bin/env python3
"""Random Go programs for Tools/diff.py: `gengo.py SEED` prints the program of a seed.

A program is a list of functions over a few types, with a main that calls each and prints what its
variables hold, and the panic that it ended with, if any. Every program compiles: expressions are never
constant by accident (an overflow would be an error), loops are bounded, each variable is printed.
Operands that the language leaves unordered have no side effects, so that two compilers must agree.
"""
import random
import sys

BITS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64, "int": 64,
        "uint8": 8, "uint16": 16, "uint32": 32, "uint64": 64, "uint": 64, "uintptr": 64,
        "small": 8, "wide": 64, "flags": 16}
NAMED = {"small": "int8", "wide": "uint64", "flags": "uint16", "ratio": "float64", "text": "string"}
INTS = list(BITS)
FLOATS = ["float32", "float64", "ratio"]
STRINGS = ["string", "text"]
STRUCTS = {
    "point": [("x", "int32"), ("y", "int64"), ("tag", "string")],
    "packed": [("a", "uint8"), ("b", "small"), ("c", "uint16"), ("d", "bool"), ("f", "float32")],
    "deep": [("p", "point"), ("arr", "[3]int16"), ("q", "packed"), ("n", "uint64")],
    "two": [("u", "wide"), ("v", "float64")],
}
ARRAYS = {"[3]int16": (3, "int16"), "[4]uint8": (4, "uint8"), "[2]point": (2, "point"), "[5]int": (5, "int"),
          "[1]float64": (1, "float64"), "[2]string": (2, "string")}
SLICES = {"[]int": "int", "[]uint8": "uint8", "[]string": "string", "[]point": "point", "[]float64": "float64",
          "[]int32": "int32", "[]two": "two"}
MAPS = {"map[int]int": ("int", "int"), "map[string]uint32": ("string", "uint32"),
        "map[uint8]string": ("uint8", "string"), "map[two]int": ("two", "int"),
        "map[int32]point": ("int32", "point")}
SCALARS = INTS + FLOATS + STRINGS + ["bool"]
COMPOSITE = list(STRUCTS) + list(ARRAYS) + list(SLICES) + list(MAPS)

PRELUDE = """package main

import (
	"math"
	"math/bits"
)

type (
	small int8
	wide  uint64
	flags uint16
	ratio float64
	text  string
)

type integer interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~int | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uint | ~uintptr
}
type number interface{ integer | ~float32 | ~float64 }

type measured interface{ measure(int) int64 }

func (p point) measure(n int) int64   { return int64(p.x)*3 + p.y + int64(n+len(p.tag)) }
func (p *packed) measure(n int) int64 { p.a += uint8(n); return int64(p.a) + int64(p.b) }
func (t two) measure(n int) int64     { return int64(t.u>>3) - int64(n) }
func (d deep) measure(n int) int64    { return d.p.measure(n) + int64(d.arr[1]) }

var hash uint64 = 14695981039346656037

func mix(x uint64) { hash = (hash ^ x) * 1099511628211 }
func mixString(s string) {
	mix(uint64(len(s)))
	for i := 0; i < len(s); i++ {
		mix(uint64(s[i]))
	}
}
func mixFloat(f float64) {
	if f != f {
		mix(12345)
	} else {
		mix(math.Float64bits(f))
	}
}
func mixBool(b bool) {
	if b {
		mix(1)
	} else {
		mix(2)
	}
}
func show(what string) { println(what, hash) }

func clip[T ~string](s T) T { return s[:min(len(s), 200)] }
func toInt[T number](b bool, x T) T {
	if b {
		return x
	}
	return 0
}
func pick[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}
func sum[T number](xs ...T) (r T) {
	for i, x := range xs {
		if i%3 == 2 {
			r -= x
		} else {
			r += x
		}
	}
	return
}
func fold[T, U any](s []T, u U, f func(U, T) U) U {
	for _, t := range s {
		u = f(u, t)
	}
	return u
}
func each[T any](s []T) func(func(int, T) bool) {
	return func(yield func(int, T) bool) {
		for i, t := range s {
			if !yield(i, t) {
				return
			}
		}
	}
}
func convert[T, U integer](t T) U { return U(t)<<1 + U(t>>1) }
func safely[T any](f func() T) (r T) {
	defer func() {
		if e := recover(); e != nil {
			mixString("recovered")
		}
	}()
	return f()
}

type stack[T any] struct {
	items []T
	depth int
}

func (s *stack[T]) push(t T) *stack[T] { s.items = append(s.items, t); s.depth++; return s }
func (s *stack[T]) pop() (t T) {
	if s.depth > 0 {
		s.depth--
		t = s.items[s.depth]
		s.items = s.items[:s.depth]
	}
	return
}

//go:noinline
func opaque[T any](t T) T { return t }

func kind(v any) int {
	switch x := v.(type) {
	case nil:
		return 0
	case int8, uint8:
		return 1
	case int:
		return x & 7
	case small:
		return int(x) | 8
	case string:
		return len(x)
	case measured:
		return int(x.measure(1) & 15)
	case error:
		return 77
	case []int:
		return cap(x) - cap(x) + len(x)
	case float64:
		if x > 1 {
			return 20
		}
		return 21
	}
	return 99
}
"""


def under(t):
    return NAMED.get(t, t)


def signed(t):
    return not under(t).startswith("u")


def limits(t):
    n = BITS[t]
    return (-(1 << n - 1), (1 << n - 1) - 1) if signed(t) else (0, (1 << n) - 1)


class Function:
    """The body of one function as it is written: lines and the variables in scope."""

    def __init__(self, g, name):
        self.g, self.r, self.name = g, g.r, name
        self.lines, self.indent = [], 1
        self.scope = list(g.globals)
        self.count = self.loops = self.size = 0
        self.labels = []
        self.fixed = set()
        self.calls = True

    # Expressions. Each returns (text, whether constant).

    def fresh(self, prefix="v"):
        self.count += 1
        return "%s%d" % (prefix, self.count)

    def vars(self, t):
        return [n for n, u in self.scope if u == t]

    def var(self, t):
        """A place of type t that may be read."""
        choice = list(self.vars(t))
        for n, u in self.scope:
            u = u.rstrip("*")
            if u in STRUCTS:
                choice += ["%s.%s" % (n, f) for f, ft in STRUCTS[u] if ft == t]
            if u == "deep":
                choice += ["%s.p.%s" % (n, f) for f, ft in STRUCTS["point"] if ft == t]
            elif u in ARRAYS and ARRAYS[u][1] == t:
                choice.append((n, ARRAYS[u][0]))
        c = self.r.choice(choice)
        return c if isinstance(c, str) else "%s[%s]" % (c[0], self.index(c[1]))

    def index(self, n):
        if self.r.random() < 0.5:
            return str(self.r.randrange(n))
        return "%s%%%d" % (self.r.choice(self.vars("uint8") + self.vars("uint")), n)

    def literal(self, t):
        r = self.r
        if t in BITS:
            lo, hi = limits(t)
            v = r.choice([0, 1, 2, 3, 7, 8, 10, 15, 100, lo, hi, hi - 1, hi // 2, -1, -2, -7,
                          r.randint(lo, hi), 1 << r.randrange(BITS[t])])
            v = min(max(v, lo), hi)
            forms = ["%d", "%d"] + (["0x%x", "0b%b"] if v >= 0 else [])
            f = r.choice(forms)
            return bin(v) if f == "0b%b" else f % v
        if t in FLOATS:
            return r.choice(["0.0", "1.0", "-1.5", "0.1", "3.25e5", "1e-7", "2.5", "1e10", "-0.75", "16777217.0",
                             "123456.789", "0x1p-3"])
        if t in STRINGS:
            return r.choice(['""', '"a"', '"hello"', '"\\xff\\x00z"', '"\\u00e9\\u4e16"', '"the quick brown fox"',
                             '"b"', '"0123456789abcdef0"'])
        return r.choice(["true", "false"])

    def typed(self, t, e):
        return "%s(%s)" % (t, e)

    def solid(self, t, depth):
        """An expression that is not constant."""
        e, c = self.expr(t, depth)
        return self.var(t) if c else e

    def expr(self, t, depth):
        self.size += 1
        if depth <= 0 or self.size > 4000:
            if self.r.random() < 0.3 and t in SCALARS:
                return self.literal(t), True
            return self.var(t), False
        if t in BITS:
            return self.integer(t, depth), False
        if t in FLOATS:
            return self.floating(t, depth), False
        if t in STRINGS:
            return self.string(t, depth), False
        if t == "bool":
            return self.boolean(depth), False
        return self.composite(t, depth), False

    def operand(self, t, depth):
        e, c = self.expr(t, depth)
        return e if c or e.isidentifier() else "(" + e + ")"

    def both(self, t, op, depth):
        a, b = self.solid(t, depth - 1), self.operand(t, depth - 1)
        a = "(" + a + ")"
        return "%s %s %s" % ((a, op, b) if self.r.random() < 0.7 or op in "/%" else (b, op, a))

    def integer(self, t, depth):
        r = self.r
        k = r.randrange(26)
        if k < 6:
            return self.both(t, r.choice("+-*"), depth)
        if k < 9:
            return self.both(t, r.choice(["&", "|", "^", "&^"]), depth)
        if k < 12:
            op = r.choice("/%")
            if r.random() < 0.5:
                lo, hi = limits(t)
                d = r.choice([1, 2, 3, 5, 7, 8, 10, 16, 100, 127, hi, hi - 1, lo, -1, -3, -8])
                d = min(max(d, lo), hi) or 3
                return "(%s) %s %s" % (self.solid(t, depth - 1), op, d if d > 0 else "(%d)" % d)
            d = self.solid(t, depth - 1)
            guard = " | 1" if r.random() < 0.85 else ""
            return "(%s) %s ((%s)%s)" % (self.solid(t, depth - 1), op, d, guard)
        if k < 15:
            op = r.choice(["<<", ">>"])
            x = self.solid(t, depth - 1)
            if r.random() < 0.4:
                return "(%s) %s %d" % (x, op, r.choice([0, 1, 3, 7, 8, 15, 31, 32, 63, 64, 70]))
            ct = r.choice(["uint8", "uint", "int", "uint64", "int8", "uint16"])
            c = self.solid(ct, depth - 1)
            if signed(ct):
                return "(%s) %s ((%s) & %d)" % (x, op, c, r.choice([7, 31, 63, 127]))
            return "(%s) %s (%s)" % (x, op, c if r.random() < 0.3 else "(%s) %% %d" % (c, r.choice([8, 33, 64, 65])))
        if k < 16:
            return r.choice("-^") + "(" + self.solid(t, depth - 1) + ")"
        if k < 19:
            o = r.choice(INTS)
            if r.random() < 0.3:
                return "convert[%s, %s](%s)" % (o, t, self.solid(o, depth - 1))
            return self.typed(t, self.solid(o, depth - 1))
        if k == 19:
            e = self.solid("float64", depth - 1)
            return "%s(math.Mod(%s, %d))" % (t, "bound(%s)" % e, 100)
        if k == 20:
            o = r.choice(STRINGS + list(SLICES))
            return self.typed(t, "len(%s)" % self.solid(o, min(depth - 1, 1)))
        if k == 21:
            return "%s(%s)" % (r.choice(["min", "max"]), ", ".join(
                [self.solid(t, depth - 1)] + [self.operand(t, depth - 2) for _ in range(r.randrange(1, 3))]))
        if k == 22:
            return self.bit_function(t, depth)
        if k == 23:
            return "toInt(%s, %s)" % (self.boolean(depth - 1), self.solid(t, depth - 1))
        if k == 24:
            return self.element(t, depth)
        f = r.choice(["sum", "pick"])
        if f == "sum":
            return "sum(%s, %s)" % (self.solid(t, depth - 1), self.operand(t, depth - 1))
        return "pick(%s, %s, %s)" % (self.boolean(depth - 1), self.solid(t, depth - 1), self.operand(t, depth - 1))

    def bit_function(self, t, depth):
        f, a = self.r.choice([
            ("bits.RotateLeft8(%s, int(%s))", ["uint8", "int8"]), ("bits.RotateLeft32(%s, int(%s))", ["uint32", "int8"]),
            ("bits.RotateLeft64(%s, int(%s))", ["uint64", "int8"]), ("bits.LeadingZeros32(%s)", ["uint32"]),
            ("bits.TrailingZeros64(%s)", ["uint64"]), ("bits.OnesCount16(%s)", ["uint16"]),
            ("bits.Len64(%s)", ["uint64"]), ("bits.Len8(%s)", ["uint8"]), ("bits.TrailingZeros8(%s)", ["uint8"]),
            ("bits.ReverseBytes32(%s)", ["uint32"]), ("bits.Reverse64(%s)", ["uint64"]),
            ("bits.OnesCount64(%s)", ["uint64"]), ("bits.TrailingZeros16(%s)", ["uint16"])])
        return self.typed(t, f % tuple(self.solid(x, depth - 2) for x in a))

    def element(self, t, depth):
        """An element of a slice or map, or a byte of a string."""
        choice = [s for s, e in SLICES.items() if e == t] + [m for m, (_, e) in MAPS.items() if e == t]
        if t == "uint8":
            choice.append("string")
        choice = [c for c in choice if self.vars(c)]
        if not choice:
            return self.var(t)
        c = self.r.choice(choice)
        v = self.r.choice(self.vars(c))
        if c in MAPS:
            return "%s[%s]" % (v, self.solid(MAPS[c][0], depth - 1))
        i = "int((%s) & %d)" % (self.solid("uint16", depth - 1), self.r.choice([1, 3, 7, 15]))
        if self.r.random() < 0.8:
            return "pick(len(%s) > 0, %s, append(%s, opaque(%s))[:1:1])[(%s)%%max(len(%s), 1)]" % (
                v, v, v, self.var(t), i, v) if c != "string" else "(%s + \"x\")[(%s)%%(len(%s)+1)]" % (v, i, v)
        return "%s[%s]" % (v, i)

    def floating(self, t, depth):
        r = self.r
        k = r.randrange(12)
        if k < 6:
            return self.both(t, r.choice(["+", "-", "*", "/"]), depth)
        if k < 7:
            return "-(" + self.solid(t, depth - 1) + ")"
        if k < 9:
            o = r.choice(INTS + FLOATS)
            return self.typed(t, self.solid(o, depth - 1))
        if k < 10:
            return "%s(%s, %s)" % (r.choice(["min", "max"]), self.solid(t, depth - 1), self.operand(t, depth - 1))
        if k < 11:
            f = r.choice(["math.Sqrt", "math.Floor", "math.Abs", "math.Trunc", "math.Ceil", "math.RoundToEven"])
            return self.typed(t, "%s(float64(%s))" % (f, self.solid(t, depth - 1)))
        return "sum(%s, %s, %s)" % tuple(self.solid(t, depth - 1) for _ in range(3))

    def string(self, t, depth):
        r = self.r
        k = r.randrange(9)
        if k < 3:
            return self.both(t, "+", depth)
        if k < 5:
            s = self.solid(t, depth - 1)
            n = r.choice([0, 1, 2, 5])
            if r.random() < 0.8:
                return "(%s)[:min(%d, len(%s))]" % (s, n, s) if len(s) < 60 else s
            return "(%s)[%d:]" % (s, n)
        if k < 6:
            return self.typed(t, "[]byte(%s)" % self.solid(t, depth - 1))
        if k < 7:
            return self.typed(t, "[]rune(%s)" % self.solid(t, depth - 1))
        if k < 8:
            return self.typed(t, "rune(%s)" % self.solid(r.choice(["int32", "uint8"]), depth - 1))
        return "pick(%s, %s, %s)" % (self.boolean(depth - 1), self.solid(t, depth - 1), self.operand(t, depth - 1))

    def boolean(self, depth):
        r = self.r
        if depth <= 0:
            return self.var("bool")
        k = r.randrange(12)
        if k < 6:
            t = r.choice(SCALARS[:-1])
            return "(%s) %s %s" % (self.solid(t, depth - 1), r.choice(["<", "<=", ">", ">=", "==", "!="]),
                                   self.operand(t, depth - 1))
        if k < 9:
            return "(%s) %s (%s)" % (self.boolean(depth - 1), r.choice(["&&", "||", "==", "!="]), self.boolean(depth - 1))
        if k < 10:
            return "!(%s)" % self.boolean(depth - 1)
        if k < 11:
            t = r.choice(["point", "packed", "deep", "two", "[3]int16", "[2]point", "[2]string"])
            return "%s %s %s" % (self.var(t), r.choice(["==", "!="]), self.var(t))
        t = r.choice(["point", "int", "small", "string", "two"])
        return "any(%s) == any(%s)" % (self.var(t), self.var(r.choice([t, "point", "int"])))

    def composite(self, t, depth):
        r = self.r
        if r.random() < 0.3 and self.vars(t):
            return self.var(t)
        if t in STRUCTS:
            fields = [f for f in STRUCTS[t] if r.random() < 0.7]
            return "%s{%s}" % (t, ", ".join("%s: %s" % (f, self.operand(ft, depth - 1)) for f, ft in fields))
        if t in ARRAYS:
            n, e = ARRAYS[t]
            if e in SLICES.values() and "[]" + e in SLICES and self.vars("[]" + e) and r.random() < 0.2:
                return "%s(append(%s, make([]%s, %d)...))" % (t, self.var("[]" + e), e, n)
            return "%s{%s}" % (t, ", ".join(self.operand(e, depth - 1) for _ in range(r.randrange(n + 1))))
        if t in SLICES:
            e = SLICES[t]
            v = r.choice(self.vars(t))
            k = r.randrange(6)
            if k < 3:
                return "%s{%s}" % (t, ", ".join(self.operand(e, depth - 1) for _ in range(r.randrange(5))))
            if k == 3:
                return "append(%s(nil), %s...)" % (t, v)
            if k == 4:
                return "append(%s[:len(%s):len(%s)], %s)" % (v, v, v, self.operand(e, depth - 1))
            return "%s[min(%d, len(%s)):]" % (v, r.randrange(3), v)
        k, e = MAPS[t]
        return "%s{%s}" % (t, ", ".join(
            "%s: %s" % (self.solid(k, 1), self.operand(e, depth - 1)) for _ in range(r.randrange(3))))

    # Statements.

    def line(self, s):
        self.lines.append("\t" * self.indent + s)

    def place(self, t):
        """A place of type t that may be assigned to."""
        choice = [n for n in self.vars(t) if n not in self.fixed]
        for n, u in self.scope:
            u = u.rstrip("*")
            if u in STRUCTS and n not in self.fixed:
                choice += ["%s.%s" % (n, f) for f, ft in STRUCTS[u] if ft == t]
            elif u in ARRAYS and ARRAYS[u][1] == t and n not in self.fixed:
                choice.append("%s[%s]" % (n, self.index(ARRAYS[u][0])))
            elif u in MAPS and MAPS[u][1] == t:
                choice.append("%s[%s]" % (n, self.solid(MAPS[u][0], 1)))
        return self.r.choice(choice)

    def block(self, depth, n=None):
        mark = len(self.scope)
        self.indent += 1
        for _ in range(n or self.r.randrange(1, 4)):
            self.statement(depth)
        self.end_scope(mark)
        self.indent -= 1

    def end_scope(self, mark):
        for n, t in self.scope[mark:]:
            self.mix(n, t)
        del self.scope[mark:]

    def mix(self, n, t):
        t = t.rstrip("*")
        if t in BITS:
            self.line("mix(uint64(%s))" % n)
        elif t in FLOATS:
            self.line("mixFloat(float64(%s))" % n)
        elif t in STRINGS:
            self.line("mixString(string(%s))" % n)
        elif t == "bool":
            self.line("mixBool(%s)" % n)
        elif t in STRUCTS:
            for f, ft in STRUCTS[t]:
                self.mix(n + "." + f, ft)
        elif t in ARRAYS:
            for i in range(ARRAYS[t][0]):
                self.mix("%s[%d]" % (n, i), ARRAYS[t][1])
        elif t in SLICES:
            self.line("for _, e := range %s {" % n)
            self.indent += 1
            self.mix("e", SLICES[t])
            self.indent -= 1
            self.line("}")
        else:
            self.line("mix(uint64(len(%s)))" % n)

    def declare(self, depth):
        t = self.r.choice(SCALARS + COMPOSITE if self.r.random() < 0.5 else SCALARS)
        e = self.solid(t, depth)
        if t in STRINGS:
            e = "clip(%s)" % e
        n = self.fresh()
        if t in MAPS:
            self.line("%s := %s{}" % (n, t))
        elif self.r.random() < 0.5:
            self.line("var %s %s = %s" % (n, t, e))
        elif t in STRUCTS and self.r.random() < 0.4:
            self.line("%s := new(%s)" % (n, t))
            self.line("*%s = %s" % (n, e))
            self.scope.append((n, t + "*"))
            return
        else:
            self.line("%s := %s" % (n, e if t not in SCALARS else self.typed(t, e)))
        self.scope.append((n, t))

    def statement(self, depth):
        r = self.r
        k = r.randrange(30)
        deep = depth > 0 and self.size < 3000
        if k < 5:
            self.declare(3)
        elif k < 11 or not deep:
            t = r.choice(SCALARS if r.random() < 0.7 else COMPOSITE)
            p = self.place(t)
            if t in BITS and r.random() < 0.5:
                op = r.choice(["+=", "-=", "*=", "|=", "&=", "^=", "&^=", "<<=", ">>="])
                if op in ("<<=", ">>="):
                    self.line("%s %s %s" % (p, op, self.solid(r.choice(["uint8", "uint"]), 2) + " % 67"
                                            if r.random() < 0.5 else r.choice("1357")))
                else:
                    self.line("%s %s %s" % (p, op, self.expr(t, 2)[0]))
            elif t in BITS and r.random() < 0.2:
                self.line(p + r.choice(["++", "--"]))
            else:
                e = self.expr(t, 3)[0]
                self.line("%s = %s" % (p, "clip(%s)" % self.typed(t, e) if t in STRINGS else e))
        elif k == 11:
            t = r.choice(SCALARS)
            a, b = self.place(t), self.place(t)
            if a != b:
                self.line("%s, %s = %s, %s" % (a, b, self.expr(t, 1)[0], self.expr(t, 1)[0]))
        elif k < 15:
            self.line("if %s {" % self.boolean(3))
            self.block(depth - 1)
            while r.random() < 0.3:
                self.line("} else if %s {" % self.boolean(2))
                self.block(depth - 1)
            if r.random() < 0.5:
                self.line("} else {")
                self.block(depth - 1)
            self.line("}")
        elif k < 19 and self.loops < 2:
            self.loop(depth)
        elif k < 21:
            self.switch(depth)
        elif k < 23:
            self.closure(depth)
        elif k == 23:
            t = r.choice(list(SLICES))
            v = r.choice(self.vars(t))
            self.line(r.choice([
                "%s = append(%s, %s)" % (v, v, self.expr(SLICES[t], 2)[0]),
                "copy(%s, %s)" % (v, r.choice(self.vars(t))),
                "%s = %s[:len(%s)/2]" % (v, v, v),
                "clear(%s)" % v]))
            self.line("if len(%s) > 50 {" % v)
            self.line("\t%s = %s[:3]" % (v, v))
            self.line("}")
        elif k == 24:
            t = r.choice(list(MAPS))
            v = r.choice(self.vars(t))
            self.line("if x, ok := %s[%s]; ok {" % (v, self.solid(MAPS[t][0], 1)))
            self.indent += 1
            self.mix("x", MAPS[t][1])
            self.indent -= 1
            self.line("\tdelete(%s, %s)" % (v, self.solid(MAPS[t][0], 1)))
            self.line("}")
        elif k == 25:
            t = r.choice(["point", "two", "deep", "small", "string", "int", "[]int", "float64", "uint8"])
            self.line("mix(uint64(kind(%s)))" % self.var(t))
        elif k == 26:
            t = r.choice(["point", "two", "deep"])
            n = self.fresh("m")
            self.line("var %s measured = %s" % (n, self.var(t)))
            self.line("%s = %s" % (self.place("int64"), "%s.measure(int(%s))" % (n, self.solid("int8", 1))))
        elif k == 27 and self.labels:
            label, kind = r.choice(self.labels)
            verb = r.choice(["break", "continue"]) if kind == "loop" else "break"
            self.line("if %s {" % self.boolean(2))
            self.line("\t%s %s" % (verb, label))
            self.line("}")
        elif k == 28 and self.calls and self.g.done and self.loops == 0:
            f = r.choice(self.g.done)
            args = ", ".join(self.operand(t, 2) for t in f.params)
            self.line("%s = %s(%s)" % (self.place(f.result), f.name, args))
        else:
            t = r.choice(INTS + STRINGS)
            n = self.fresh("s")
            self.line("var %s stack[%s]" % (n, t))
            self.line("%s = %s.push(%s).push(%s).pop()" % (
                self.place(t), n, self.expr(t, 2)[0], self.expr(t, 2)[0]))

    def loop(self, depth):
        r = self.r
        label = self.fresh("L")
        start = len(self.lines)
        mark = len(self.scope)
        self.loops += 1
        self.labels.append((label, "loop"))
        k = r.randrange(7)
        i = self.fresh("i")
        self.fixed.add(i)
        added = [(i, "int")]
        if k < 2:
            t = r.choice(INTS)
            n = r.randrange(1, 7)
            added = [(i, t)]
            lo = r.randrange(3)
            head = r.choice(["for %s := %s(%d); %s < %d; %s++ {" % (i, t, lo, i, lo + n, i),
                             "for %s := %s(%d); %s > %d; %s-- {" % (i, t, lo + n, i, lo, i),
                             "for %s := range %s(%d) {" % (i, t, n)])
        elif k == 2:
            t = r.choice(list(SLICES))
            e = self.fresh("e")
            added.append((e, SLICES[t]))
            head = "for %s, %s := range %s[:min(4, len(%s))] {" % (i, e, *[r.choice(self.vars(t))] * 2)
            if r.random() < 0.3:
                head = "for %s, %s := range each(%s) {" % (i, e, r.choice(self.vars(t)))
                self.labels[-1] = (label, "loop")
        elif k == 3:
            e = self.fresh("e")
            added.append((e, "int32"))
            head = "for %s, %s := range %s {" % (i, e, "string(%s)" % self.solid("text", 1))
        elif k == 4:
            t = r.choice(list(ARRAYS))
            e = self.fresh("e")
            added.append((e, ARRAYS[t][1]))
            head = "for %s, %s := range %s%s {" % (i, e, r.choice(["", "&"]), r.choice(self.vars(t)))
        else:
            head = "for %s := 0; %s < %d && (%s); %s++ {" % (i, i, r.randrange(1, 9), self.boolean(2), i)
        self.line(head)
        self.scope += added
        self.block(depth - 1)
        del self.scope[mark:]
        self.line("\tmix(uint64(%s))" % i)
        for n, t in added[1:]:
            self.indent += 1
            self.mix(n, t)
            self.indent -= 1
        self.line("}")
        self.labels.pop()
        self.loops -= 1
        if any(x.endswith(" " + label) for x in self.lines[start:]):
            self.lines.insert(start, "\t" * (self.indent - 1) + label + ":")

    def switch(self, depth):
        r = self.r
        t = r.choice(["int", "uint8", "string", "small", "uint64", "int32"])
        if r.random() < 0.3:
            self.line("switch {")
            heads = ["case %s:" % self.boolean(2) for _ in range(r.randrange(1, 4))]
        else:
            self.line("switch %s {" % self.solid(t, 2))
            seen, heads = set(), []
            for _ in range(r.randrange(1, 9)):
                values = []
                for _ in range(r.randrange(1, 3)):
                    v = self.literal(t)
                    try:
                        key = int(v, 0)
                    except ValueError:
                        key = v
                    if key not in seen:
                        seen.add(key)
                        values.append(v)
                if values:
                    heads.append("case %s:" % ", ".join(values))
            if r.random() < 0.5:
                heads.append("case %s:" % self.solid(t, 1))
        if r.random() < 0.7:
            heads.insert(r.randrange(len(heads) + 1), "default:")
        for j, h in enumerate(heads):
            self.line(h)
            self.block(depth - 1, r.randrange(1, 3))
            if j + 1 < len(heads) and r.random() < 0.15:
                self.line("\tfallthrough")
        self.line("}")

    def closure(self, depth):
        r = self.r
        k = r.randrange(4)
        labels, self.labels = self.labels, []
        calls, self.calls = self.calls, False
        if k == 0:
            self.line("func() {")
            self.line("\tdefer func() {")
            self.line("\t\tif e := recover(); e != nil {")
            self.line("\t\t\tmixString(message(e))")
            self.indent += 2
            self.block(0, 1)
            self.indent -= 2
            self.line("\t\t}")
            self.line("\t}()")
            self.block(depth - 1)
            self.line("}()")
        elif k == 1:
            t = r.choice(SCALARS)
            n = self.fresh("fn")
            self.line("%s := func(p %s) (q %s) {" % (n, t, t))
            mark = len(self.scope)
            self.scope += [("p", t), ("q", t)]
            self.indent += 1
            if r.random() < 0.4:
                self.line("defer func() { q = %s }()" % self.expr(t, 2)[0])
            self.statement(depth - 1)
            self.line("return %s" % self.expr(t, 2)[0])
            # Variables that the body declared are printed only in front of its return.
            last = self.lines.pop()
            for n2, t2 in self.scope[mark + 2:]:
                self.mix(n2, t2)
            self.lines.append(last)
            del self.scope[mark:]
            self.indent -= 1
            self.line("}")
            call = "%s(%s(%s))" % (n, n, self.expr(t, 2)[0])
            self.line("%s = %s" % (self.place(t), "clip(%s)" % call if t in STRINGS else call))
        elif k == 2 and self.loops == 0:
            self.line("defer func() {")
            self.block(depth - 1)
            self.line("}()")
        else:
            t = r.choice(list(SLICES))
            u = r.choice(SCALARS)
            mark = len(self.scope)
            v = r.choice(self.vars(t))
            target = self.place(u)
            start = self.operand(u, 1)
            self.scope += [("a", u), ("b", SLICES[t])]
            body = self.expr(u, 2)[0]
            if u in STRINGS:
                body = "clip(%s)" % self.typed(u, body)
            del self.scope[mark:]
            self.line("%s = fold(%s, %s(%s), func(a %s, b %s) %s { return %s })" % (
                target, v, u, start, u, SLICES[t], u, body))
        self.labels, self.calls = labels, calls


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.globals = []
        self.done = []
        self.out = [PRELUDE]

    def types(self):
        self.out.append("type (")
        for s, fields in STRUCTS.items():
            self.out.append("\t%s struct {" % s)
            self.out += ["\t\t%s %s" % f for f in fields]
            self.out.append("\t}")
        self.out.append(")\n")
        self.out.append("""func bound(f float64) float64 {
	if f != f || f > 1e15 || f < -1e15 {
		return 3
	}
	return math.Abs(f)
}
func message(e any) string {
	if err, ok := e.(error); ok {
		return err.Error()
	}
	return "other"
}
""")

    def variables(self):
        f = Function(self, "")
        # Every type has two variables, so that there is always something to read.
        names = []
        self.out.append("var (")
        for i, t in enumerate(SCALARS + COMPOSITE):
            for j in range(2):
                n = "g%d%s" % (i, "ab"[j])
                names.append((n, t))
                if t in SCALARS:
                    self.out.append("\t%s %s = %s" % (n, t, f.literal(t)))
                elif t in MAPS:
                    self.out.append("\t%s = %s{}" % (n, t))
                elif t in SLICES:
                    self.out.append("\t%s = make(%s, %d)" % (n, t, self.r.randrange(6)))
                else:
                    self.out.append("\t%s %s" % (n, t))
        self.out.append(")\n")
        self.globals = names

    def function(self, i):
        r = self.r
        f = Function(self, "f%d" % i)
        f.params = [r.choice(SCALARS + list(STRUCTS)) for _ in range(r.randrange(0, 7))]
        f.result = r.choice(SCALARS)
        params = [("p%d" % j, t) for j, t in enumerate(f.params)]
        mark = len(f.scope)
        f.scope += params + [("res", f.result)]
        for _ in range(r.randrange(3, 9)):
            f.statement(3)
        f.end_scope(mark)
        if r.random() < 0.5:
            self.out.append("//go:noinline")
        self.out.append("func %s(%s) (res %s) {" % (f.name, ", ".join(map(" ".join, params)), f.result))
        self.out += f.lines
        self.out.append("\treturn res\n}\n")
        return f

    def main(self):
        f = Function(self, "main")
        self.out.append("func main() {")
        for g in self.done:
            for _ in range(2):
                args = ", ".join("opaque[%s](%s)" % (t, f.expr(t, 1)[0]) for t in g.params)
                self.out.append("""	func() {
		defer func() {
			if e := recover(); e != nil {
				println("panic:", message(e))
			}
		}()
		r := %s(%s)""" % (g.name, args))
                f.indent = 2
                f.mix("r", g.result)
                self.out += f.lines
                f.lines = []
                self.out.append('\t}()\n\tshow("%s")' % g.name)
        f.indent = 1
        for n, t in self.globals:
            f.mix(n, t)
        self.out += f.lines
        self.out.append('\tshow("all")\n}')


def program(seed):
    g = Generator(seed)
    g.types()
    g.variables()
    functions = g.r.randrange(4, 9)
    for i in range(functions):
        g.done.append(g.function(i))
    g.main()
    return "\n".join(g.out) + "\n"


if __name__ == "__main__":
    print(program(int(sys.argv[1])), end="")
