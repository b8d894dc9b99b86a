import Glibc
import Synchronization

/// Runs `body(0) … body(count - 1)`, each once, on up to `threads` threads with stacks of
/// `stackSize` bytes (reserved, not touched). Returns when all are done. The work is handed out
/// in order of index; what a call produces must go to a slot of its own, so that the result does
/// not depend on which thread came first.
public func parallelFor(
  _ count: Int, threads: Int, stackSize: Int = 64 << 20, _ body: @escaping @Sendable (Int) -> Void
) {
  let n = min(threads, count)
  if n <= 1 {
    for i in 0..<max(0, count) { body(i) }
    return
  }
  let work = ParallelWork(count: count, body: body)
  var ids: [pthread_t] = []
  for _ in 1..<n {
    if let id = startThread(stackSize: stackSize, { work.run() }) { ids.append(id) }
  }
  // The caller takes part; if no thread could be made it does everything.
  work.run()
  for id in ids { pthread_join(id, nil) }
}

/// `parallelFor` with a result per index.
public func parallelMap<T: Sendable>(
  _ count: Int, threads: Int, stackSize: Int = 64 << 20,
  _ body: @escaping @Sendable (Int) -> T
) -> [T] {
  let slots = ParallelSlots<T>(count: count)
  parallelFor(count, threads: threads, stackSize: stackSize) { i in slots.set(i, body(i)) }
  return slots.take()
}

/// Runs `body` on a new thread with a stack of `stackSize` bytes and waits for it. Runs it on the
/// calling thread if no thread can be made.
public func onLargeStack(_ stackSize: Int, _ body: @escaping @Sendable () -> Void) {
  if let id = startThread(stackSize: stackSize, body) {
    pthread_join(id, nil)
  } else {
    body()
  }
}

/// Threads that run beside the caller until it waits for them.
public struct Crew {
  private var ids: [pthread_t] = []

  /// Starts up to `count` threads that run `body`; fewer, perhaps none, if they cannot be made.
  public init(_ count: Int, stackSize: Int = 64 << 20, _ body: @escaping @Sendable () -> Void) {
    for _ in 0..<max(0, count) {
      if let id = startThread(stackSize: stackSize, body) { ids.append(id) }
    }
  }

  /// Waits for all to end.
  public mutating func join() {
    for id in ids { pthread_join(id, nil) }
    ids = []
  }
}

/// A lock, and a condition that threads which hold it wait for.
public final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  public init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  public func lock() { pthread_mutex_lock(mutex) }
  public func unlock() { pthread_mutex_unlock(mutex) }
  /// Gives the lock up until someone wakes the thread.
  public func wait() { pthread_cond_wait(condition, mutex) }
  public func wakeOne() { pthread_cond_signal(condition) }
  public func wakeAll() { pthread_cond_broadcast(condition) }
}

private func startThread(stackSize: Int, _ body: @escaping @Sendable () -> Void) -> pthread_t? {
  var attr = pthread_attr_t()
  pthread_attr_init(&attr)
  defer { pthread_attr_destroy(&attr) }
  pthread_attr_setstacksize(&attr, stackSize)
  let box = Unmanaged.passRetained(ThreadBody(body))
  var id = pthread_t()
  let rc = pthread_create(
    &id, &attr,
    { p in
      CrashContext.useSignalStack()
      Unmanaged<ThreadBody>.fromOpaque(p!).takeRetainedValue().body()
      return nil
    }, box.toOpaque())
  if rc != 0 {
    box.release()
    return nil
  }
  return id
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private final class ParallelWork: Sendable {
  let next = Atomic<Int>(0)
  let count: Int
  let body: @Sendable (Int) -> Void

  init(count: Int, body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  func run() {
    while true {
      let i = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if i >= count { return }
      body(i)
    }
  }
}

/// Result slots. Each is written by the one thread that has its index and read after all threads
/// have been joined, hence the unchecked conformance.
private final class ParallelSlots<T: Sendable>: @unchecked Sendable {
  private let slots: UnsafeMutablePointer<T?>
  private let count: Int

  init(count: Int) {
    self.count = count
    slots = .allocate(capacity: count)
    slots.initialize(repeating: nil, count: count)
  }

  deinit {
    slots.deinitialize(count: count)
    slots.deallocate()
  }

  func set(_ i: Int, _ value: T) { slots[i] = value }

  func take() -> [T] { (0..<count).map { slots[$0]! } }
}
