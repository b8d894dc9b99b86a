import Base
import Glibc

/// Where the output of one package's test goes: to standard output at once, into a buffer until
/// the result is known, or through the converter to JSON.
final class TestOutput {
  /// What has been written is shown at once.
  let streams: Bool
  private var buffer: [UInt8] = []
  private var json: TestEvents?
  private var shown = 0
  private static let noTests = Array("testing: warning: no tests to run\n".utf8)

  init(package: String, json: Bool, streams: Bool) {
    self.streams = streams
    self.json = json ? TestEvents(package: package) : nil
  }

  var isEmpty: Bool { buffer.isEmpty }

  /// The test program has said that nothing matched.
  private(set) var sawNoTests = false

  func write(_ text: String) { write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) {
    let from = max(0, buffer.count - TestOutput.noTests.count)
    buffer += bytes
    if !sawNoTests { sawNoTests = TestOutput.hasWarning(buffer[from...]) }
    if json != nil {
      writeAll(json!.write(bytes))
    } else if streams {
      writeAll(bytes)
    }
  }

  /// At the beginning of a line.
  private static func hasWarning(_ b: ArraySlice<UInt8>) -> Bool {
    guard b.count >= noTests.count else { return false }
    for i in b.startIndex...(b.endIndex - noTests.count)
    where b[i] == noTests[0] && b[i..<(i + noTests.count)].elementsEqual(noTests) {
      return true
    }
    return false
  }

  /// Forgets what has not been shown.
  func drop() {
    if !streams { buffer = [] }
  }

  /// Begins a new line unless one has begun.
  func endLine() {
    if let last = buffer.last, last != 0x0A { write("\n") }
  }

  func end(passed: Bool) {
    if json != nil {
      writeAll(json!.end(passed: passed))
    } else if !streams {
      writeAll(buffer)
    }
  }

  private func writeAll(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let n = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if n < 0 && errno != EINTR { return }
      rest = rest.dropFirst(max(n, 0))
    }
  }
}
