// errors

package p

func a() {
	x := 'ab'
	y := ''
	z := "a\qb"
	w := 0x
	v := 08
	u := 1e
	t := 0b12
	s := 1__0
	r := '\u12'
	q := "\xg"
	p := '\U00110000'
	o := 0o8
	n := 1_
	m := .e1
	l := 0x1.8
	k := 'a
	j := "abc
	i := `ok`
	h := 1i1
	g := @
	f := #
	e := a ? b : c
	d := $x
	c := \
}
