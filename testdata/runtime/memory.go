// run

// What a long-running process needs: memory goes back to the kernel in time, threads that end leave nothing
// behind, a limit that is too low does not stop the program, the number of processors follows the affinity
// mask.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

// status reads a size of the process, in MB.
func status(name string) int {
	data, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == name+":" {
			kb, _ := strconv.Atoi(f[1])
			return kb >> 10
		}
	}
	return 0
}

// await waits until ok, and says so.
func await(what string, ok func() bool) {
	for start := time.Now(); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > 40*time.Second {
			fmt.Println(what, "does not happen: resident", status("VmRSS"), "mapped", mapped())
			return
		}
	}
	fmt.Println(what)
}

var sink any

func heap() {
	var all [][]byte
	for range 96 {
		b := make([]byte, 1<<20)
		for i := range b {
			b[i] = byte(i)
		}
		all = append(all, b)
	}
	sink = all
	peak := status("VmRSS")
	sink = nil
	all = nil
	runtime.GC()
	await("the heap shrinks", func() bool { return status("VmRSS") < peak-70 })
	// What was given back comes again as zeros.
	for range 64 {
		b := make([]byte, 1<<20)
		for i, x := range b {
			if x != 0 {
				panic(fmt.Sprint("byte ", i, " is ", x))
			}
			b[i] = 1
		}
		sink = b
	}
}

func stacks() {
	var wg sync.WaitGroup
	stop := make(chan int)
	for range 20000 {
		wg.Go(func() { <-stop })
	}
	time.Sleep(10 * time.Millisecond)
	close(stop)
	wg.Wait()
	runtime.GC()
	await("stacks become free memory", func() bool {
		runtime.GC()
		var ms runtime.MemStats
		runtime.ReadMemStats(&ms)
		return ms.StackSys < 4<<20
	})
}

// mapped is what is mapped, in MB, without what the collector maps for large stacks and does not use.
func mapped() int {
	data, _ := os.ReadFile("/proc/self/maps")
	sum := 0
	for line := range strings.Lines(string(data)) {
		var lo, hi int
		if fmt.Sscanf(line, "%x-%x", &lo, &hi); hi-lo < 256<<20 {
			sum += hi - lo
		}
	}
	return sum >> 20
}

func threads() {
	size := mapped()
	for range 600 {
		done := make(chan int)
		go func() {
			runtime.LockOSThread() // and ends so: the thread with it
			close(done)
		}()
		<-done
	}
	await("threads leave nothing", func() bool {
		runtime.GC()
		return mapped() < size+30
	})
}

type node struct {
	l, r *node
	pad  [4]int
}

func tree(d int) *node {
	if d == 0 {
		return &node{}
	}
	return &node{l: tree(d - 1), r: tree(d - 1)}
}

// limit allocates beyond the limit: every cycle is due at once, and must not take all the time.
func limit() {
	old := debug.SetMemoryLimit(4 << 20)
	sink = tree(15)
	for range 100 {
		tree(11)
	}
	sink = nil
	debug.SetMemoryLimit(old)
	fmt.Println("a low limit is survived")
}

// setAffinity gives all threads the first n of the cores.
func setAffinity(cores []int, n int) {
	var mask [128]uint64
	for _, c := range cores[:n] {
		mask[c/64] |= 1 << (c % 64)
	}
	tasks, _ := os.ReadDir("/proc/self/task")
	for _, t := range tasks {
		id, _ := strconv.Atoi(t.Name())
		syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, uintptr(id), unsafe.Sizeof(mask), uintptr(unsafe.Pointer(&mask)))
	}
}

func procs() {
	var mask [128]uint64
	syscall.RawSyscall(syscall.SYS_SCHED_GETAFFINITY, 0, unsafe.Sizeof(mask), uintptr(unsafe.Pointer(&mask)))
	var cores []int
	for c := range 128 * 64 {
		if mask[c/64]>>(c%64)&1 != 0 {
			cores = append(cores, c)
		}
	}
	go func() {
		for {
			time.Sleep(time.Millisecond)
		}
	}()
	n := runtime.GOMAXPROCS(0)
	// Again and again: a thread may have been made meanwhile.
	await("one core", func() bool { setAffinity(cores, 1); return runtime.GOMAXPROCS(0) == 1 })
	await("all cores", func() bool { setAffinity(cores, len(cores)); return runtime.GOMAXPROCS(0) == n })
	runtime.GOMAXPROCS(3)
	setAffinity(cores, 1)
	time.Sleep(1500 * time.Millisecond)
	fmt.Println("as set:", runtime.GOMAXPROCS(0))
	runtime.SetDefaultGOMAXPROCS()
	fmt.Println("default:", runtime.GOMAXPROCS(0))
}

func main() {
	if len(os.Args) > 1 {
		procs()
		return
	}
	heap()
	stacks()
	threads()
	limit()
	cmd := exec.Command(os.Args[0], "procs")
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "GOMAXPROCS=") {
			cmd.Env = append(cmd.Env, e)
		}
	}
	out, err := cmd.CombinedOutput()
	fmt.Print(string(out))
	if err != nil {
		fmt.Println(err)
	}
}
