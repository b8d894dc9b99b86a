// The environment, read when something first asks for it.
//
// GOROOT's package copies the strings that the kernel gave into a list at start, before it knows whether
// anyone will look. Nothing changes them in the meantime: the list is made by the first use instead.

package syscall

import "sync"

var envsOnce sync.Once

// copyenv is what every use of the environment calls first.
func copyenv() {
	envsOnce.Do(func() { envs = environment() })
	copyenvs()
}

func environment() []string // in package runtime
