import Base
import Syntax

/// Parses files on other threads while the caller still looks for more.
final class ParseAhead {
  private let queue = ParseQueue()
  private var crew: Crew

  /// Starts `threads - 1` threads.
  init(threads: Int) {
    crew = Crew(threads - 1) { [queue] in queue.work() }
  }

  /// Also if it was never finished, because a package was not found.
  deinit {
    queue.close()
    crew.join()
  }

  func add(_ f: ParseInput) { queue.add(f) }

  /// Helps until all files are parsed. Returns the trees, by file.
  func finish() -> [SyntaxTree?] {
    queue.close()
    queue.work()
    crew.join()
    return queue.trees
  }
}

/// What the threads share.
private final class ParseQueue: @unchecked Sendable {
  private let monitor = Monitor()
  // Under the lock.
  private var inputs: [ParseInput] = []
  private var next = 0
  private var isClosed = false
  /// Index: FileID. Read without the lock when no thread works any more.
  private(set) var trees: [SyntaxTree?] = []

  func add(_ f: ParseInput) {
    monitor.lock()
    inputs.append(f)
    monitor.wakeOne()
    monitor.unlock()
  }

  /// Parses until the queue is closed and empty.
  func work() {
    monitor.lock()
    while true {
      if next == inputs.count {
        if isClosed { break }
        monitor.wait()
        continue
      }
      let f = inputs[next]
      next += 1
      monitor.unlock()
      let t = parse(file: f.file, path: f.path, bytes: f.bytes, base: f.base, options: f.options)
      monitor.lock()
      while trees.count <= f.file.index { trees.append(nil) }
      trees[f.file.index] = t
    }
    monitor.unlock()
  }

  func close() {
    monitor.lock()
    isClosed = true
    monitor.wakeAll()
    monitor.unlock()
  }
}
