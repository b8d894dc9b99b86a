// Memory of goroutine stacks: power-of-two blocks, 2 KB and up.
//
// Small orders are cut from chunks of whole pages that the heap lends out (allocStackPages) and kept on
// free lists threaded through the free blocks until a collection finds a chunk all free (mscavenge.go);
// larger ones are page runs of their own. Stack memory is
// never scanned as heap memory and holds no heap objects.

package runtime

import (
	"internal/abi"
	"internal/runtime/sys"
	"math/bits"
)

const (
	// stackMin is the smallest stack; fixedStack is what a goroutine starts with.
	stackMin   = 2048
	fixedStack = stackMin

	// stackNosplit is what a chain of functions without checks may use, stackGuard the distance of the
	// guard from the stack's low end. The linker proves the former.
	stackNosplit = abi.StackNosplitBase * sys.StackGuardMultiplier
	stackGuard   = stackNosplit + abi.StackSmall

	// Orders 2, 4, 8, 16 KB have free lists.
	stackOrders    = 4
	stackChunkSize = 32 << 10

	// Stacks of this size grow to four times it: what is not used of that is never touched.
	bigStack = 256 << 10

	// stackDebug makes the unwinder talk; for debugging the runtime.
	stackDebug = 0

	// Values of stackguard0 above every stack pointer: the next check fails and newstack sees why.
	stackPreempt   = ^uintptr(0) - 1313
	stackFork      = ^uintptr(0) - 1233
	stackForceMove = ^uintptr(0) - 274

	// stackPoisonMin: addresses above are such values, not stack pointers.
	stackPoisonMin = ^uintptr(0) - 4095
)

// maxstacksize is the limit set by debug.SetMaxStack; maxstackceiling bounds it. Zero until coldStart.
var (
	maxstacksize    uintptr
	maxstackceiling uintptr
)

// startingStackSize is what new goroutines get.
var startingStackSize uint32 = fixedStack

// A freeStack is the head of a free block.
type freeStack struct {
	_    sys.NotInHeap
	next *freeStack
}

var stackPool struct {
	lock mutex
	free [stackOrders]*freeStack
	// Bytes lent by the heap, and bytes in use, for MemStats.
	sys   uintptr
	inuse uintptr
	// The same of chunks, and how much of them has to be free before freeDeadStacks looks for whole ones.
	small      uintptr
	smallInuse uintptr
	keep       uintptr
}

func stackOrder(n uintptr) int { return bits.Len64(uint64(n)/stackMin) - 1 }

// stackalloc returns a stack of n bytes, a power of two. It runs on the system stack, where no check of
// its own can fail.
func stackalloc(n uint32) stack {
	if getg() != getg().m.g0 {
		throw("stackalloc: not on the system stack")
	}
	if n&(n-1) != 0 || n < stackMin {
		throw("stackalloc: size is not a power of two")
	}
	size := uintptr(n)
	order := stackOrder(size)
	lock(&stackPool.lock)
	stackPool.inuse += size
	var base uintptr
	if order >= stackOrders {
		unlock(&stackPool.lock)
		base = allocStackPages(size)
	} else {
		s := stackPool.free[order]
		if s == nil {
			refillStacks(order)
			s = stackPool.free[order]
		}
		stackPool.free[order] = s.next
		stackPool.smallInuse += size
		unlock(&stackPool.lock)
		base = uintptr(addrOfFreeStack(s))
	}
	return stack{base, base + size}
}

// refillStacks cuts a chunk into blocks of the order. stackPool.lock is held.
func refillStacks(order int) {
	base := allocStackPages(stackChunkSize)
	stackPool.small += stackChunkSize
	size := uintptr(stackMin) << order
	for off := uintptr(stackChunkSize); off > 0; {
		off -= size
		s := freeStackAt(base + off)
		s.next = stackPool.free[order]
		stackPool.free[order] = s
	}
}

// stackfree takes a stack back. It runs on the system stack.
func stackfree(stk stack) {
	size := stk.hi - stk.lo
	if size&(size-1) != 0 || size < stackMin {
		throw("stackfree: size is not a power of two")
	}
	if debug.clobberfree != 0 || apusDebug.movestack != 0 {
		fillstack(stk, 0xfc)
	}
	order := stackOrder(size)
	lock(&stackPool.lock)
	stackPool.inuse -= size
	if order >= stackOrders {
		unlock(&stackPool.lock)
		freeStackPages(stk.lo, size)
		return
	}
	stackPool.smallInuse -= size
	s := freeStackAt(stk.lo)
	s.next = stackPool.free[order]
	stackPool.free[order] = s
	unlock(&stackPool.lock)
}

func fillstack(stk stack, b byte) {
	for p := stk.lo; p < stk.hi; p++ {
		*bytePtr(p) = b
	}
}

// round2 rounds up to a power of two.
func round2(x int32) int32 { return 1 << bits.Len32(uint32(x-1)) }
