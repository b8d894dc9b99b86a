// dump tokens

package p

/* a comment
that ends a line */ var x = 0x_1p-2i + 0b10_1 - 0o17 * 017 / 1_000.5e+3

const s = "a\n\u00e9\x41" + `raw
text` + 'ä'

func f[T ~[]E, E any](a ...T) (r <-chan int) {
	x &^= 1 << 2 >> 3
	x++; a[0], _ = nil, ab.c
	L: for range 10 { continue L }
	return /* no newline */
}
