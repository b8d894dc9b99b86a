// run stress

// Threads that end, what others inherit from them, and the first association of a WaitGroup with a bubble.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// blocked returns how many threads block signals.
func blocked() (n int) {
	files, _ := filepath.Glob("/proc/self/task/*/status")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			continue // ended meanwhile
		}
		_, mask, _ := strings.Cut(string(data), "SigBlk:")
		mask, _, _ = strings.Cut(mask, "\n")
		if strings.Trim(mask, "\t 0") != "" {
			n++
		}
	}
	return n
}

func main() {
	runtime.GOMAXPROCS(4)
	var wg sync.WaitGroup
	for range 20 {
		for range 20 {
			wg.Go(func() {
				runtime.LockOSThread() // the thread ends with the goroutine
				runtime.Gosched()
			})
		}
		wg.Wait()
	}
	// One that is ending blocks them for its last instructions.
	n := blocked()
	for i := 0; n > 0 && i < 1000; i++ {
		runtime.Gosched()
		n = blocked()
	}
	fmt.Println("threads that block signals:", n)
	bubble := func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var wg sync.WaitGroup
			wg.Add(1)
			go wg.Done()
			wg.Wait()
			fmt.Println("bubble done")
		})
	}
	match := func(string, string) (bool, error) { return true, nil }
	testing.Main(match, []testing.InternalTest{{Name: "bubble", F: bubble}}, nil, nil)
}
