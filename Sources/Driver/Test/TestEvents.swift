import Base
import Glibc

/// Turns the output of a test program, run with -test.v=test2json, into the events of `go test
/// -json`: one JSON object a line. The program marks its framing lines ("=== RUN", "--- PASS",
/// "PASS") with ^V, errors with ^O and ^N, and escapes these characters elsewhere with ^[.
struct TestEvents {
  private enum Mark {
    static let framing: UInt8 = 0x16
    static let errorBegin: UInt8 = 0x0F
    static let errorEnd: UInt8 = 0x0E
    static let escape: UInt8 = 0x1B
  }
  private struct Event {
    var action: String
    var test = ""
    var elapsed: String? = nil
    var output: [UInt8]? = nil
    var outputType = ""
    var key = ""
    var value = ""
    var path = ""
  }

  private let package: String
  private let start = Timing.now()
  /// Bytes of a line that is not complete.
  private var line: [UInt8] = []
  private var lineIsEscaped = false
  /// The test that output belongs to.
  private var test = ""
  /// Results of tests that wait for what may belong to them: one for each level of subtests.
  private var results: [Event] = []
  private var result = ""
  /// A marked framing line has been seen: unmarked ones are plain output.
  private var needsMark = false
  private var isInError = false
  private var isEscaped = false
  private var out: [UInt8] = []
  private var hasStarted = false

  init(package: String) { self.package = package }

  /// Takes output of the program; returns the lines of JSON that are due.
  mutating func write(_ bytes: [UInt8]) -> [UInt8] {
    begin()
    for b in bytes {
      if b == 0x0A {
        line.append(b)
        endLine()
      } else if lineIsEscaped {
        lineIsEscaped = false
        line.append(b)
      } else {
        if b == Mark.framing && !line.isEmpty { endLine() }
        lineIsEscaped = b == Mark.escape
        line.append(b)
      }
    }
    return take()
  }

  /// The end of the program: what is left, and the package's result.
  mutating func end(passed: Bool) -> [UInt8] {
    begin()
    if !line.isEmpty { endLine() }
    flush(to: 0)
    if !passed { result = "fail" } else if result != "skip" { result = "pass" }
    let ms = (Timing.now() - start + 500_000) / 1_000_000
    emit(Event(action: result, elapsed: TestEvents.decimal(ms)))
    return take()
  }

  private mutating func begin() {
    if hasStarted { return }
    hasStarted = true
    emit(Event(action: "start"))
  }

  private mutating func take() -> [UInt8] {
    defer { out = [] }
    return out
  }

  // MARK: Lines

  private mutating func endLine() {
    let l = line
    line = []
    lineIsEscaped = false
    handle(l)
  }

  private mutating func handle(_ whole: [UInt8]) {
    let isMarked = whole.first == Mark.framing
    if needsMark && !isMarked { return output(whole[...], frame: false) }
    let bytes = isMarked ? whole.dropFirst() : whole[...]
    var text = String(decoding: bytes, as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    if text.hasSuffix("\r\n") || text.hasSuffix("\r") { text.removeLast() }
    if text == "PASS" || text == "FAIL" || text.hasPrefix("FAIL\t") {
      flush(to: 0)
      needsMark = isMarked
      output(bytes, frame: true)
      result = text == "PASS" ? "pass" : "fail"
      return
    }
    if text.hasPrefix("?   \t") && text.hasSuffix("\t[no test files]") && results.isEmpty {
      result = "skip"
    }
    if text == "=== NAME" { text += "  " }
    for word in ["RUN", "PAUSE", "CONT", "NAME", "PASS", "FAIL", "SKIP", "ATTR", "ARTIFACTS"]
    where text.hasPrefix("=== " + TestEvents.padded(word)) {
      return update(word, text.dropFirst(4 + TestEvents.padded(word).utf8.count), bytes, isMarked)
    }
    var rest = Substring(text)
    var depth = 0
    while rest.hasPrefix("    ") {
      rest = rest.dropFirst(4)
      depth += 1
    }
    for word in ["PASS", "FAIL", "SKIP", "BENCH"] where rest.hasPrefix("--- \(word): ") {
      if results.count < depth { break }
      return report(word, rest.dropFirst(6 + word.utf8.count), depth, bytes, isMarked)
    }
    // Indented output belongs to the subtest of that depth.
    if depth > 0 && depth <= results.count { test = results[depth - 1].test }
    output(bytes, frame: false)
  }

  /// The first word of an "===" line as the program writes it.
  private static func padded(_ word: String) -> String {
    word == "ARTIFACTS" ? word + " " : word + String(repeating: " ", count: 6 - word.utf8.count)
  }

  private mutating func update(
    _ word: String, _ tail: Substring, _ bytes: ArraySlice<UInt8>, _ isMarked: Bool
  ) {
    var e = Event(action: word.lowercased())
    var name = tail.trimmed
    if word == "ARTIFACTS" || word == "ATTR" {
      let (first, rest) = name.cut
      name = first
      if word == "ATTR" { (e.key, e.value) = rest.cut } else { e.path = rest }
    }
    needsMark = isMarked
    flush(to: 0)
    test = name
    if word == "NAME" { return }
    if word == "PAUSE" { output(bytes, frame: true) }
    emit(e)
    if word != "PAUSE" { output(bytes, frame: true) }
  }

  /// "NAME (1.23s)" behind "--- PASS: ".
  private mutating func report(
    _ word: String, _ tail: Substring, _ depth: Int, _ bytes: ArraySlice<UInt8>, _ isMarked: Bool
  ) {
    var e = Event(action: word.lowercased())
    let (name, time) = tail.trimmed.cut
    if time.hasPrefix("("), time.hasSuffix("s)"), Double(time.dropFirst().dropLast(2)) != nil {
      let ms = Int((Double(time.dropFirst().dropLast(2)) ?? 0) * 1000 + 0.5)
      e.elapsed = TestEvents.decimal(ms)
    }
    needsMark = isMarked
    flush(to: depth)
    e.test = name
    test = name
    results.append(e)
    output(bytes, frame: true)
  }

  private mutating func flush(to depth: Int) {
    test = ""
    while results.count > depth { emit(results.removeLast()) }
  }

  // MARK: Output

  /// Output events for one line, cut where errors begin and end.
  private mutating func output(_ bytes: ArraySlice<UInt8>, frame: Bool) {
    var type = frame ? "frame" : isInError ? "error-continue" : ""
    var part: [UInt8] = []
    func piece() -> Event { Event(action: "output", output: part, outputType: type) }
    var i = bytes.startIndex
    while i < bytes.endIndex {
      let b = bytes[i]
      i += 1
      if isEscaped {
        isEscaped = false
        part.append(b)
        continue
      }
      switch b {
      case Mark.escape: isEscaped = true
      case Mark.errorBegin:
        if !part.isEmpty { emit(piece()) }
        part = []
        isInError = true
        type = "error"
      case Mark.errorEnd:
        if i < bytes.endIndex && bytes[i] == 0x0A {
          part.append(0x0A)
          i += 1
        }
        emit(piece())
        part = []
        isInError = false
        type = ""
      default: part.append(b)
      }
    }
    if !part.isEmpty { emit(piece()) }
  }

  private mutating func emit(_ event: Event) {
    var s = "{\"Time\":\"\(TestEvents.now())\",\"Action\":\"\(event.action)\""
    func add(_ key: String, _ value: String) {
      if !value.isEmpty { s += ",\"\(key)\":\(jsonString(value))" }
    }
    add("Package", package)
    add("Test", event.test.isEmpty ? test : event.test)
    if let t = event.elapsed { s += ",\"Elapsed\":\(t)" }
    if let o = event.output {
      s += ",\"Output\":\(jsonString(String(decoding: o, as: UTF8.self)))"
    }
    add("OutputType", event.outputType)
    add("Key", event.key)
    add("Value", event.value)
    add("Path", event.path)
    out += Array((s + "}\n").utf8)
  }

  /// Thousandths as a decimal number without zeros at its end.
  private static func decimal(_ thousandths: Int) -> String {
    if thousandths % 1000 == 0 { return "\(thousandths / 1000)" }
    var fraction = String(thousandths % 1000)
    fraction = String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(thousandths / 1000).\(fraction)"
  }

  /// The local time as RFC 3339 has it, with nanoseconds.
  private static func now() -> String {
    var t = timespec()
    clock_gettime(CLOCK_REALTIME, &t)
    var local = tm()
    localtime_r(&t.tv_sec, &local)
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    var s = "\(Int(local.tm_year) + 1900)-\(two(Int(local.tm_mon) + 1))-\(two(Int(local.tm_mday)))"
    s += "T\(two(Int(local.tm_hour))):\(two(Int(local.tm_min))):\(two(Int(local.tm_sec)))"
    var fraction = String(t.tv_nsec)
    fraction = String(repeating: "0", count: 9 - fraction.utf8.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    if !fraction.isEmpty { s += "." + fraction }
    let minutes = local.tm_gmtoff / 60
    if minutes == 0 { return s + "Z" }
    let m = abs(minutes)
    return s + (minutes < 0 ? "-" : "+") + two(m / 60) + ":" + two(m % 60)
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  fileprivate var trimmed: String {
    var s = Substring(self)
    while s.first == " " { s.removeFirst() }
    while s.last == " " { s.removeLast() }
    return String(s)
  }

  /// What precedes and what follows the first blank.
  fileprivate var cut: (String, String) {
    guard let i = firstIndex(of: " ") else { return (String(self), "") }
    return (String(self[..<i]), String(self[index(after: i)...]))
  }
}
