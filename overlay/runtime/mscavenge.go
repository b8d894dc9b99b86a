// Giving memory back to the kernel.
//
// After each collection there is a goal for what the heap may keep: what it has in use, what will be
// allocated before the next collection, and an eighth. What free runs of pages hold beyond that the monitor
// gives back, in small steps, a twentieth of one processor's time. The free pages that were given
// back, or never touched, are the last ones of a run, and allocation takes the first.
//
// Stacks follow at a collection: those of dead goroutines, and then the chunks of small stacks of which no
// part is in use.

package runtime

import (
	"internal/goarch"
	"unsafe"
)

const (
	scavengeStep   = 256 << 10 // given back at once, under the heap's lock
	scavengeTime   = 500e3     // ns in one look of the monitor
	scavengeVisits = 2048      // free runs looked at in one step
)

// setRetain computes what the heap keeps until the next collection.
func (h *mheap) setRetain() {
	c := &gcController
	h.retain = ^uintptr(0)
	if c.goal < heapLimit {
		inUse := h.used - h.freeBytes
		h.retain = (inUse + c.goal - min(c.lastMarked, c.goal)) / 8 * 9
	}
	if c.limit < 1<<62 {
		h.retain = min(h.retain, uintptr(max(c.limit-c.limit>>4-int64(h.meta.bytes), 0)))
	}
}

// keepsTooMuch reports whether free memory is to be given back. Without the lock it is a guess.
func (h *mheap) keepsTooMuch() bool {
	return h.retain != 0 && h.used-h.released > h.retain && h.freeBytes > h.released
}

// scavenge is the monitor's look, which began at now. It reports whether another one is due.
//
//go:nowritebarrierrec
func scavenge(now int64) bool {
	h := &mheap_
	for h.keepsTooMuch() {
		if nanotime()-now > scavengeTime {
			return true
		}
		lock(&h.lock)
		h.release(scavengeStep)
		unlock(&h.lock)
	}
	return false
}

// release gives at least n bytes back, if few looks find so much: of the longest runs first. lock is held.
func (h *mheap) release(n uintptr) {
	want := divRoundUp(n, pageSize)
	visits := scavengeVisits
	for range freeLists {
		for s := h.free[h.releaseFrom].first; s != nil && want > 0 && visits > 0; s = s.next {
			want -= h.releaseRun(s, want)
			visits--
		}
		if want == 0 {
			return
		}
		h.releaseFrom = (h.releaseFrom + freeLists - 1) % freeLists // 0, the long runs, then 127, 126...
	}
}

// releaseRun gives back up to n pages of the free run s, and returns how many.
func (h *mheap) releaseRun(s *mspan, n uintptr) uintptr {
	n = min(n, s.npages-s.released)
	if n == 0 {
		return 0
	}
	s.released += n
	h.released += n << pageShift
	madvise(unsafe.Pointer(s.startAddr+(s.npages-s.released)<<pageShift), n<<pageShift, _MADV_DONTNEED)
	if s.released == s.npages {
		s.needzero = false
	}
	return n
}

// releaseFreePages gives all of it back.
func releaseFreePages() {
	h := &mheap_
	lock(&h.lock)
	for i := range h.free {
		for s := h.free[i].first; s != nil; s = s.next {
			h.releaseRun(s, s.npages)
		}
	}
	unlock(&h.lock)
}

// freeDeadStacks frees the stacks of dead goroutines that no processor keeps for the next ones, and the
// chunks of small stacks that are all free. The world is stopped.
func freeDeadStacks() {
	free := &sched.gFree
	for {
		gp := free.stack.pop()
		if gp == nil {
			break
		}
		stackfree(gp.stack)
		gp.stack = stack{}
		gp.stackguard0 = 0
		free.noStack.push(gp)
	}
	pool := &stackPool
	if pool.small-pool.smallInuse < max(pool.smallInuse/2, pool.keep, 1<<20) {
		return
	}
	lock(&pool.lock)
	// Count the free blocks of each chunk, then take those of whole chunks off the lists.
	for order := range pool.free {
		for b := pool.free[order]; b != nil; b = b.next {
			chunkOf(b).freeindex += 1 << order
		}
	}
	var whole *freeStack
	for order := range pool.free {
		link := &pool.free[order]
		for b := *link; b != nil; {
			next := b.next
			if s := chunkOf(b); s.freeindex != stackChunkSize/stackMin {
				*link = b
				link = &b.next
			} else if s.startAddr == uintptr(addrOfFreeStack(b)) {
				b.next = whole
				whole = b
			}
			b = next
		}
		*link = nil
	}
	for order := range pool.free {
		for b := pool.free[order]; b != nil; b = b.next {
			chunkOf(b).freeindex = 0
		}
	}
	for whole != nil {
		b := whole
		whole = b.next
		freeStackPages(uintptr(addrOfFreeStack(b)), stackChunkSize)
		pool.small -= stackChunkSize
	}
	pool.keep = (pool.small - pool.smallInuse) * 2 // not again before there is twice what could not be freed
	unlock(&pool.lock)
}

// chunkOf returns the chunk of small stacks that b is a part of.
func chunkOf(b *freeStack) *mspan {
	page := (uintptr(addrOfFreeStack(b)) - heapBase) >> pageShift
	return *(**mspan)(add(unsafe.Pointer(mheap_.table), page*goarch.PtrSize))
}
