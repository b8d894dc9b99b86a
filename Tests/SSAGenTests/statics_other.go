package other

import _ "unsafe"

type Error struct{ text string }

func (e *Error) Error() string { return e.text }

func New(text string) error { return &Error{text} }

func Effect() int {
	println("effect")
	return 1
}

var (
	ErrUsed   = New("used")
	ErrUnused = New("unused")
	// Dropped with its code: nothing reads it.
	Table = map[string]int{"a": 1}
	Count = Effect()
)

//go:linkname shared main.shared
var shared = []string{"from", "other"}

func init() { println("other") }
