// errorcheck

package p

const (
	a = 0b12        // ERROR "invalid digit '2' in binary literal"
	b = 1__0        // ERROR "'_' must separate successive digits"
	c = 0x          // ERROR "hexadecimal literal has no digits"
	d = 1e          // ERROR "exponent has no digits"
	e = 0x1.5       // ERROR "hexadecimal mantissa requires a 'p' exponent"
	f = '\q'        // ERROR "unknown escape"
	g = ''          // ERROR "empty rune literal or unescaped '"
	h = 'ab'        // ERROR "more than one character in rune literal"
	i = "\xg0"      // ERROR "invalid character 'g' in hexadecimal escape"
	j = "\400"      // ERROR "octal escape value 256 > 255"
	k = "\ud800"    // ERROR "escape is invalid Unicode code point U\+D800"
	l = 09          // ERROR "invalid digit '9' in octal literal"
	m = 1.5p3       // ERROR "'p' exponent requires hexadecimal mantissa"
)
