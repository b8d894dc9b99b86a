// errorcheck

// Type sets of interfaces: unions, tildes, embedding, and what satisfies them.
package p

type Celsius float64

type Scale interface{ ~float32 | ~float64 }

type Exact interface{ float64 }

type Both interface {
	Scale
	Exact
}

type Nothing interface {
	int
	string
}

func convert[T Scale](T)   {}
func only[T Exact](T)      {}
func narrow[T Both](T)     {}
func never[T Nothing]()    {}
func keyed[K comparable]() {}

type hasSlice struct{ list []int }

func _() {
	convert(Celsius(1))
	convert[int](1)  // ERROR "int does not satisfy Scale \(int missing in ~float32 \| ~float64\)"
	only(Celsius(1)) // ERROR "Celsius does not satisfy Exact \(possibly missing ~ for float64 in Exact\)"
	narrow(1.5)
	narrow(Celsius(1)) // ERROR "Celsius does not satisfy Both"
	never[int]()       // ERROR "cannot satisfy Nothing \(empty type set\)"
	keyed[[]int]()     // ERROR "\[\]int does not satisfy comparable"
	keyed[hasSlice]()  // ERROR "hasSlice does not satisfy comparable"
	keyed[any]()
	keyed[interface{ m() }]()
}

type twice interface {
	m()
	m() // ERROR "duplicate method m"
}

type a interface{ shared(int) }
type b interface{ shared(string) }
type ab interface {
	a
	b // ERROR "duplicate method shared"
}

type overlap interface {
	int | ~int // ERROR "overlapping terms ~int and int"
}

type badTilde interface {
	~Celsius // ERROR "invalid use of ~ \(underlying type of Celsius is float64\)"
}

type tildeInterface interface {
	~error // ERROR "invalid use of ~ \(error is an interface\)"
}

type unionOfMethods interface {
	int | error // ERROR "cannot use error in union \(error contains methods\)"
}

type unionComparable interface {
	int | comparable // ERROR "cannot use comparable in union"
}

var notAType Scale // ERROR "cannot use type Scale outside a type constraint: interface contains type constraints"

func _[P any, Q interface{ P }]() {} // ERROR "term cannot be a type parameter"
