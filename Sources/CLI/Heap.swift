import Glibc

// The process's own `malloc`, `free` and what belongs to them.
//
// A compiler makes many arrays that live for a pass or for good, and ends before memory is short.
// glibc's allocator grows the heap of every thread but the first by one `mprotect` per few pages,
// takes a fault for each page, and merges neighbouring blocks that the next pass splits again:
// a fifth of the time of a small build. Here:
//
// - Each thread has lists of free blocks by size class and a segment from which new blocks are cut in
//   order; no locks, no merging. A block that another thread frees joins that thread's lists.
// - Segments are aligned to huge pages and ask for them, so that memory comes in two megabytes a fault.
// - What is larger than `largest` is mapped and unmapped by itself.
//
// A block is a word of header and the payload, which is aligned to 16. The header's low byte is the size
// class, or one of the two marks below with a number above it.
//
// Code in this file runs before the Swift runtime is ready, and inside it: no classes, closures, arrays,
// or globals that need an initialiser.

/// Header of a block of its own mapping; above it the mapping's length.
private let mappedMark: UInt = 255
/// Header of an aligned block inside an ordinary one; above it the distance of the payloads.
private let alignedMark: UInt = 254
/// Larger blocks, header included, are mapped by themselves.
private let largest: UInt = 4 << 20
private let hugePage: UInt = 2 << 20
private let segmentSize: UInt = 64 << 20

/// Words of a thread's heap: where its segment goes on and ends, the next heap in the list of those without
/// thread, and the first free block of each class.
private let cursor = 0
private let limit = 1
private let nextHeap = 2
private let lists = 8
private let heapBytes: UInt = 4096

/// The key of the thread's heap plus 1; 0 until the first allocation, when there is one thread.
nonisolated(unsafe) private var heapKey: pthread_key_t = 0
/// Heaps of threads that have ended, for new ones.
nonisolated(unsafe) private var idleHeaps: UInt = 0
nonisolated(unsafe) private var idleLock = pthread_mutex_t()
/// The first segment has been made: a small one of ordinary pages, since the main thread only reads the command
/// line.
nonisolated(unsafe) private var hasSegment = false

private typealias Words = UnsafeMutablePointer<UInt>

@inline(__always) private func words(_ address: UInt) -> Words {
  Words(bitPattern: address).unsafelyUnwrapped
}

@inline(__always) private func address(_ p: UnsafeMutableRawPointer) -> UInt {
  UInt(bitPattern: p)
}

// MARK: Size classes
// Steps of 16 bytes up to 1 KB, then four to a doubling.

@inline(__always) private func sizeClass(_ n: UInt) -> UInt {
  if n <= 1024 { return (n &+ 15) &>> 4 }
  let log = UInt(63 &- (n &- 1).leadingZeroBitCount)
  return 65 &+ (log &- 10) &* 4 &+ ((n &- 1) &>> (log &- 2)) & 3
}

@inline(__always) private func classSize(_ c: UInt) -> UInt {
  if c <= 64 { return c &<< 4 }
  let k = c &- 65
  return (k & 3 &+ 5) &<< (8 &+ k &>> 2)
}

// MARK: Memory from the system

private func map(_ n: UInt) -> UInt {
  let p = mmap(
    nil, Int(bitPattern: n), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
    -1, 0)
  return p == MAP_FAILED ? 0 : UInt(bitPattern: p)
}

/// A new heap, or that of a thread that has ended, for the calling thread.
@inline(never) private func makeHeap() -> Words? {
  if heapKey == 0 {
    var k = pthread_key_t()
    if pthread_key_create(&k, { p in if let p { giveUp(address(p)) } }) != 0 { return nil }
    heapKey = k &+ 1
  }
  pthread_mutex_lock(&idleLock)
  var h = idleHeaps
  if h != 0 { idleHeaps = words(h)[nextHeap] }
  pthread_mutex_unlock(&idleLock)
  if h == 0 { h = map(heapBytes) }
  if h == 0 { return nil }
  pthread_setspecific(heapKey &- 1, words(h))
  return words(h)
}

/// Leaves the heap of a thread that ends to another one.
private func giveUp(_ h: UInt) {
  pthread_mutex_lock(&idleLock)
  words(h)[nextHeap] = idleHeaps
  idleHeaps = h
  pthread_mutex_unlock(&idleLock)
}

@inline(__always) private func heap() -> Words? {
  if heapKey != 0, let p = pthread_getspecific(heapKey &- 1) {
    return p.assumingMemoryBound(to: UInt.self)
  }
  return makeHeap()
}

/// A new segment for `h`; what is left of the old one is lost, most of it never touched.
@inline(never) private func refill(_ h: Words) -> Bool {
  if !hasSegment {
    hasSegment = true
    let p = map(largest &+ hugePage)
    if p == 0 { return false }
    h[cursor] = p &+ 8
    h[limit] = p &+ largest &+ hugePage
    return true
  }
  var size = segmentSize
  var p = map(size &+ hugePage)
  if p == 0 {
    // Address space may be limited.
    size = largest &+ hugePage
    p = map(size &+ hugePage)
    if p == 0 { return false }
  }
  let start = (p &+ hugePage &- 1) & ~(hugePage &- 1)
  _ = madvise(words(start), Int(bitPattern: size), 14)  // MADV_HUGEPAGE
  // Headers lie 8 bytes before a multiple of 16.
  h[cursor] = start &+ 8
  h[limit] = start &+ size
  return true
}

private func allocateMapped(_ n: UInt) -> UnsafeMutableRawPointer? {
  let length = (n &+ 16 &+ 4095) & ~4095
  let p = length < n ? 0 : map(length)
  if p == 0 {
    errno = ENOMEM
    return nil
  }
  _ = madvise(words(p), Int(bitPattern: length), 14)
  words(p)[1] = length &<< 8 | mappedMark
  return UnsafeMutableRawPointer(bitPattern: p &+ 16)
}

// MARK: Allocation

/// `isFresh` tells that the payload has never been used, so it is zero.
@inline(__always) private func allocate(_ n: UInt, _ isFresh: inout Bool)
  -> UnsafeMutableRawPointer?
{
  isFresh = true
  if n > largest &- 8 { return allocateMapped(n) }
  guard let h = heap() else {
    errno = ENOMEM
    return nil
  }
  let c = sizeClass(n &+ 8 < 32 ? 32 : n &+ 8)
  let first = h[lists &+ Int(bitPattern: c)]
  if first != 0 {
    isFresh = false
    h[lists &+ Int(bitPattern: c)] = words(first).pointee
    return UnsafeMutableRawPointer(bitPattern: first)
  }
  let size = classSize(c)
  if h[limit] &- h[cursor] < size || h[limit] == 0 {
    if !refill(h) {
      errno = ENOMEM
      return nil
    }
  }
  let at = h[cursor]
  h[cursor] = at &+ size
  words(at).pointee = c
  return UnsafeMutableRawPointer(bitPattern: at &+ 8)
}

private func usable(_ p: UInt) -> UInt {
  let header = words(p &- 8).pointee
  switch header & 255 {
  case mappedMark: return header &>> 8 &- 16
  case alignedMark: return usable(p &- header &>> 8) &- header &>> 8
  default: return classSize(header) &- 8
  }
}

private func release(_ p: UInt) {
  let header = words(p &- 8).pointee
  switch header & 255 {
  case mappedMark: munmap(words(p &- 16), Int(bitPattern: header &>> 8))
  case alignedMark: release(p &- header &>> 8)
  default:
    guard let h = heap() else { return }
    words(p).pointee = h[lists &+ Int(bitPattern: header)]
    h[lists &+ Int(bitPattern: header)] = p
  }
}

private func allocateAligned(_ alignment: UInt, _ n: UInt) -> UnsafeMutableRawPointer? {
  var isFresh = false
  if alignment <= 16 { return allocate(n, &isFresh) }
  let (whole, overflow) = n.addingReportingOverflow(alignment &+ 16)
  if overflow {
    errno = ENOMEM
    return nil
  }
  guard let p = allocate(whole, &isFresh) else { return nil }
  let a = (address(p) &+ alignment &- 1) & ~(alignment &- 1)
  if a != address(p) { words(a &- 8).pointee = (a &- address(p)) &<< 8 | alignedMark }
  return UnsafeMutableRawPointer(bitPattern: a)
}

// MARK: The functions of the C library
// Swift reserves the names `malloc` and `free`; the linker gives them (Package.swift).

@_cdecl("apus_malloc") public func heapMalloc(_ n: UInt) -> UnsafeMutableRawPointer? {
  var isFresh = false
  return allocate(n, &isFresh)
}

@_cdecl("apus_free") public func heapFree(_ p: UnsafeMutableRawPointer?) {
  if let p { release(address(p)) }
}

@_cdecl("calloc") public func heapCalloc(_ count: UInt, _ size: UInt) -> UnsafeMutableRawPointer? {
  let (n, overflow) = count.multipliedReportingOverflow(by: size)
  if overflow {
    errno = ENOMEM
    return nil
  }
  var isFresh = false
  guard let p = allocate(n, &isFresh) else { return nil }
  if !isFresh { memset(p, 0, Int(bitPattern: n)) }
  return p
}

@_cdecl("realloc") public func heapRealloc(_ p: UnsafeMutableRawPointer?, _ n: UInt)
  -> UnsafeMutableRawPointer?
{
  var isFresh = false
  guard let p else { return allocate(n, &isFresh) }
  if n == 0 {
    release(address(p))
    return nil
  }
  let old = usable(address(p))
  if n <= old && n &* 4 >= old { return p }
  guard let q = allocate(n, &isFresh) else { return nil }
  memcpy(q, p, Int(bitPattern: min(n, old)))
  release(address(p))
  return q
}

@_cdecl("malloc_usable_size") public func heapUsableSize(_ p: UnsafeMutableRawPointer?) -> UInt {
  if let p { usable(address(p)) } else { 0 }
}

@_cdecl("aligned_alloc") public func heapAlignedAlloc(_ alignment: UInt, _ n: UInt)
  -> UnsafeMutableRawPointer?
{
  allocateAligned(alignment, n)
}

@_cdecl("memalign") public func heapMemalign(_ alignment: UInt, _ n: UInt)
  -> UnsafeMutableRawPointer?
{
  allocateAligned(alignment, n)
}

@_cdecl("posix_memalign") public func heapPosixMemalign(
  _ out: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: UInt, _ n: UInt
) -> Int32 {
  guard let p = allocateAligned(alignment, n) else { return ENOMEM }
  out.pointee = p
  return 0
}

@_cdecl("valloc") public func heapValloc(_ n: UInt) -> UnsafeMutableRawPointer? {
  allocateAligned(4096, n)
}

@_cdecl("pvalloc") public func heapPvalloc(_ n: UInt) -> UnsafeMutableRawPointer? {
  allocateAligned(4096, (n &+ 4095) & ~4095)
}
