import Glibc

/// Runs `body(0)`, …, `body(n - 1)` on `n` threads, one of them the caller's, and returns the
/// results by index. Bodies divide the work by index, so results do not depend on timing.
func onWorkers<Result: Sendable>(_ n: Int, _ body: @escaping @Sendable (Int) -> Result) -> [Result]
{
  if n <= 1 { return [body(0)] }
  var tasks: [WorkerTask<Result>] = []
  var threads: [pthread_t?] = []
  for i in 1..<n {
    let task = WorkerTask<Result>(i, body)
    tasks.append(task)
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(task as WorkerTaskBase).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<WorkerTaskBase>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, argument)
    if status == 0 {
      threads.append(thread)
    } else {
      // No thread to be had: the caller does the work.
      Unmanaged<WorkerTaskBase>.fromOpaque(argument).takeRetainedValue().run()
      threads.append(nil)
    }
  }
  var results: [Result] = [body(0)]
  for (task, thread) in zip(tasks, threads) {
    if let t = thread { pthread_join(t, nil) }
    results.append(task.result!)
  }
  return results
}

private class WorkerTaskBase {
  func run() {}
}

private final class WorkerTask<Result: Sendable>: WorkerTaskBase {
  private let index: Int
  private let body: @Sendable (Int) -> Result
  /// Written by the worker, read after it was joined.
  private(set) var result: Result?

  init(_ index: Int, _ body: @escaping @Sendable (Int) -> Result) {
    self.index = index
    self.body = body
  }

  override func run() { result = body(index) }
}

/// The half-open range of `0..<count` that worker `i` of `n` owns.
func share(_ i: Int, of n: Int, _ count: Int) -> Range<Int> {
  (count * i / n)..<(count * (i + 1) / n)
}

/// Measures the steps of one link.
struct StepClock {
  private(set) var laps: [(step: String, seconds: Double)] = []
  private var last = StepClock.now()

  mutating func lap(_ step: String) {
    let t = StepClock.now()
    laps.append((step: step, seconds: t - last))
    last = t
  }

  private static func now() -> Double {
    var t = timespec()
    clock_gettime(CLOCK_MONOTONIC, &t)
    return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9
  }
}
