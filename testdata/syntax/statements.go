// dump syntax

package p

func f(a []int) {
outer:
	for i, x := range a {
		switch y := any(x).(type) {
		case int, nil:
			break outer
		default:
			goto done
		}
		if z := i; z > 0 && x == 1 {
			continue
		} else if !ok {
			defer func() { recover() }()
		} else {
			go g(a...)
		}
	}
	for i := 0; i < 10; i++ {
	}
	for {
	}
	select {
	case c <- 1:
	case v, ok := <-c:
		v, ok = ok, v
	default:
	}
	switch {
	case a[1:2:3] != nil, b.(T) == T{1, {2}, k: {3}}:
		fallthrough
	case true:
		x.y[T, U](1) *= -*p
	}
	var l struct{}
	{
		return 1, "2"
	}
done:
}
