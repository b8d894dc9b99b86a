// errors

package p

func seq(yield func(int) bool) {}

func labels() int {
	for range seq {
		break outer
	}
outer:
	for range seq {
		goto inside
		for range seq {
		inside:
			continue outer
		}
	}
unused:
	for range seq {
		goto after
	}
	x := 1
	_ = x
after:
	for range seq {
		break after
		continue missing
		fallthrough
		return
	}
	for range seq {
		return 1
	}
}

func results() (a int, err error) {
	for a := range seq {
		return
	}
	for range seq {
		err := error(nil)
		return
	}
	for range seq {
		return 1
		return 1, nil
	}
	for {
		for range seq {
			break
		}
	}
}

func noreturn() int {
	for range seq {
		for {
		}
	}
}

func never() int {
	for {
		for range seq {
			continue
		}
	}
}

func jump() {
	goto in
	for range seq {
	in:
	}
	{
		for x := range seq {
			goto out
			y := x
		out:
		}
	}
	for range seq {
		defer recover
		defer seq
		defer func() {}
		go seq(nil)
	}
	break
	continue
	select {
	default:
		for range seq {
			break
		}
		continue
	}
}
