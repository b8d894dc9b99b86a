// errors

package p

func main() {
	_ = new([]int{}...)
	_ = new(x := 3)
	_ = new(int 3)
	_ = new(3,)
	_ = new(,)
	_ = new[int](3)
	_ = new(if)
	_ = new{3}
	_ = new(type)
	_ = new(*int)(nil)
	_ = new([]int)
	_ = new(func() {})
	_ = new(func())
	_ = new(struct{}{})
}
