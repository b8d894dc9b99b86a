import Base
import Syntax

/// Parses files on other threads while the caller still looks for more.
final class ParseAhead: @unchecked Sendable {
  private let monitor = Monitor()
  // Under the lock.
  private var inputs: [ParseInput] = []
  private var next = 0
  private var isClosed = false
  /// Index: FileID.
  private var trees: [SyntaxTree?] = []
  private var crew = Crew(0) {}

  /// Starts `threads - 1` threads.
  init(threads: Int) {
    crew = Crew(threads - 1) { [unowned self] in work() }
  }

  deinit { close() }

  func add(_ f: ParseInput) {
    monitor.lock()
    inputs.append(f)
    monitor.wakeOne()
    monitor.unlock()
  }

  private func work() {
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

  private func close() {
    monitor.lock()
    isClosed = true
    monitor.wakeAll()
    monitor.unlock()
    crew.join()
  }

  /// Helps until all files are parsed. Returns the trees, by file.
  func finish() -> [SyntaxTree?] {
    monitor.lock()
    isClosed = true
    monitor.wakeAll()
    monitor.unlock()
    work()
    crew.join()
    return trees
  }
}
