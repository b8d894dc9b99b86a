// errors

package p

func main() {
	for i := range 10; i < 3 {
	}
	for range 3; {
	}
	for i range 3 {
	}
	for var i := range 3 {
	}
	for i := range {
	}
	for i, := range 3 {
	}
	for i := range 3 do {
	}
	for range x := 3 {
	}
	if i := range 3; i > 0 {
	}
	x := range 3
	switch range 3 {
	}
}

func after(
