// errorcheck

package p

func f() {
	break    // ERROR "break is not in a loop, switch, or select"
	continue // ERROR "continue is not in a loop"
L: // ERROR "label L defined and not used"
	for {
	}
M:
	if true {
		goto N // ERROR "label N not defined"
	}
	goto M
	for {
		break M // ERROR "invalid break label M"
	}
	goto O // ERROR "goto O jumps over declaration of x at .*:[0-9]+"
	var x int
	_ = x
O:
	goto P // ERROR "goto P jumps into block starting at .*:[0-9]+"
	{
	P:
	}
	switch {
	case true:
		fallthrough // ERROR "cannot fallthrough final case in switch"
	}
	fallthrough // ERROR "fallthrough statement out of place"
O: // ERROR "label O already defined at .*:[0-9]+"
	switch {
	default:
		continue Q // ERROR "continue label not defined: Q"
	}
}
