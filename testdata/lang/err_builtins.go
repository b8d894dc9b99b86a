// errors

package p

type num interface{ ~int | ~float64 }
type st interface{ ~string | ~[]byte }

func cl[T []int | map[string]int](t T) { clear(t) }
func cl2[T []int | [2]int](t T)        { clear(t) }
func cl3[T any](t T)                   { clear(t) }
func mn[T num](a T) T                  { return min(a, 1.5) }
func mn2[T num](a T) T                 { return max(a, 1, 2) }
func mn3[T st](a T) T                  { return min(a, a) }
func mn4[T any](a T) T                 { return max(a) }
func mn5[T ~int](a T) T                { return min(a, 1<<100) }

const c = min(1, 2.5, 'a') + max(1i, 2)
const d int8 = max(1, 200)
const e = min("a", "b") + min("a", 1)

func main() {
	clear(1)
	clear([3]int{})
	clear(&[]int{})
	clear()
	clear([]int{}, []int{})
	clear(nil)
	clear("abc")
	_ = clear(map[int]int{})
	min()
	_ = min()
	_ = min(1, "a")
	_ = min([]int{})
	_ = max(nil)
	_ = max(1, 2)
	max(1, 2)
	_ = max([]int{1, 2}...)
	_ = min(true, false)
	_ = min(1i, 2)
	var i int
	var f float64
	var u uint8
	_ = min(i, f)
	_ = max(u, 256)
	_ = max(u, -1, i)
	_ = min(i, 1.0, 'a', 2.5)
	_ = min(f, 1<<i)
	var s string = min("a", i)
	var t int = max(f, 1)
	var g int = min(1, 2.0)
	var h int = min(1, 2.5)
	var a [min(2, i)]int
	var b [max(2, 3)]int = [3]int{}
	var k func(...int) int = min
	_ = k
	go min(1, 2)
	defer clear(map[int]int{})
	defer max(1, i)
	const x = max(i, 2)
	min := 3
	_ = min(1, 2)
	_, _, _, _, _, _ = s, t, g, h, a, b
}
