// errorcheck

package p

import "fmt"

func f(a int, b) { // ERROR "missing parameter type"
	if x := 1 { // ERROR "cannot use x := 1 as value"
	}
	for i := 0; { // ERROR "expected for loop condition"
	}
	a = 1 2 // ERROR "unexpected literal 2 at end of statement"
	var x = [3]int{1, 2 // ERROR "unexpected newline in composite literal; possibly missing comma or }"
	}
	y := (1 +
		2 // ERROR "unexpected newline, expected \)"
	) // ERROR "unexpected \) at end of statement"
}

type T struct {
	(int) // ERROR "cannot parenthesize embedded type"
	a, b // ERROR "unexpected newline, expected type"
}

func g() { go (f()) } // ERROR "expression in go must not be parenthesized"

x := 1 // ERROR "non-declaration statement outside function body"
