import Base
import Object

/// Writes one pcvalue table: pairs (zigzag value delta, code length), both varints, from value -1
/// at the entry, ended by a zero byte (GOROOT runtime/symtab.go, `step`). Neighbouring segments
/// of equal value are joined, since a value delta of zero would end the table.
struct PCTableEncoder {
  private var start: UInt32 = 0
  private var value: Int32
  /// A finished segment that is not yet written, as the next may prolong it.
  private var pending: (value: Int32, length: UInt32)?
  private var written: Int32 = -1

  /// `initial` holds from the entry to the first change.
  init(initial: Int32) { value = initial }

  @inline(__always)
  mutating func change(at pc: UInt32, to v: Int32, _ out: inout ByteWriter) {
    if v == value { return }
    close(at: pc, &out)
    value = v
  }

  private mutating func close(at pc: UInt32, _ out: inout ByteWriter) {
    if pc <= start { return }
    let length = pc - start
    start = pc
    if let p = pending {
      if p.value == value {
        pending = (value, p.length + length)
        return
      }
      write(p, &out)
    }
    pending = (value, length)
  }

  private mutating func write(_ p: (value: Int32, length: UInt32), _ out: inout ByteWriter) {
    let delta = p.value &- written
    out.uvarint(UInt64(UInt32(bitPattern: delta << 1 ^ delta >> 31)))
    out.uvarint(UInt64(p.length))
    written = p.value
  }

  /// Ends the table at the function's end.
  mutating func finish(at end: UInt32, _ out: inout ByteWriter) {
    close(at: end, &out)
    if let p = pending { write(p, &out) }
    out.u8(0)
  }
}

/// Encodes `table`, whose value before its first entry is `initial`.
func encode(_ table: PCTable, initial: Int32, size: UInt32, _ out: inout ByteWriter) {
  var e = PCTableEncoder(initial: initial)
  for entry in table where entry.pc < size { e.change(at: entry.pc, to: entry.value, &out) }
  e.finish(at: size, &out)
}

/// A pool of byte strings in which equal strings are stored once.
struct BytePool {
  private(set) var bytes: ByteWriter
  private var alignment: Int
  private var entries: [(offset: UInt32, count: UInt32, hash: UInt32)] = []
  /// Open addressing; index into `entries` plus one, 0 for empty.
  private var slots: [UInt32]

  /// A pool whose first `reserved` bytes are zero and no string's.
  init(reserved: Int = 0, alignment: Int = 1, capacity: Int) {
    var n = 256
    while n < capacity * 2 { n <<= 1 }
    slots = Array(repeating: 0, count: n)
    bytes = ByteWriter(reserving: capacity * 16)
    bytes.zeros(reserved)
    self.alignment = alignment
  }

  /// The offset of a string equal to `s`, added if there was none.
  mutating func add(_ s: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var h: UInt32 = 2_166_136_261
    for b in s { h = (h ^ UInt32(b)) &* 16_777_619 }
    h ^= h >> 15
    var i = Int(h) & (slots.count - 1)
    while slots[i] != 0 {
      let e = entries[Int(slots[i]) - 1]
      if e.hash == h && equals(e.offset, e.count, s) { return e.offset }
      i = (i + 1) & (slots.count - 1)
    }
    bytes.align(alignment)
    let offset = UInt32(bytes.count)
    bytes.append(s)
    entries.append((offset, UInt32(s.count), h))
    slots[i] = UInt32(entries.count)
    if entries.count * 2 > slots.count { grow() }
    return offset
  }

  private func equals(_ offset: UInt32, _ count: UInt32, _ s: UnsafeBufferPointer<UInt8>) -> Bool {
    if Int(count) != s.count { return false }
    return bytes.bytes.withUnsafeBufferPointer { b -> Bool in
      for k in 0..<s.count where b[Int(offset) + k] != s[k] { return false }
      return true
    }
  }

  private mutating func grow() {
    var fresh = [UInt32](repeating: 0, count: slots.count * 2)
    for (k, e) in entries.enumerated() {
      var i = Int(e.hash) & (fresh.count - 1)
      while fresh[i] != 0 { i = (i + 1) & (fresh.count - 1) }
      fresh[i] = UInt32(k + 1)
    }
    slots = fresh
  }
}

/// File and line of positions, fast for runs of near positions. `SourceMap.location` is right but
/// searches twice for every position and builds a path.
struct LineResolver: Sendable {
  /// Distinct paths as tracebacks show them; index 0 is "no file".
  private(set) var paths: [String] = [""]
  /// Position of the first byte of every line of every file, in order.
  private var lines: [UInt32] = []
  /// By file id: index in `lines` of its first line, and of its path.
  private var firstLine: [Int32] = [0]
  private var filePath: [Int32] = [0]
  private var fileBase: [UInt32] = [0]
  private var hasDirectives: [Bool] = [false]
  /// Paths of `//line` directives, by text.
  private var directivePaths: [String: Int32] = [:]
  private let sources: SourceMap

  init(_ sources: SourceMap, _ path: (String) -> String) {
    self.sources = sources
    var known: [String: Int32] = [:]
    var shown: [String] = [""]
    func id(_ p: String) -> Int32 {
      let text = path(p)
      if let old = known[text] { return old }
      shown.append(text)
      known[text] = Int32(shown.count - 1)
      return Int32(shown.count - 1)
    }
    for f in sources.files.ids {
      let file = sources.files[f]
      firstLine.append(Int32(lines.count))
      fileBase.append(file.base)
      filePath.append(id(file.path))
      hasDirectives.append(!file.lineDirectives.isEmpty)
      for d in file.lineDirectives { directivePaths[d.path] = id(d.path) }
      for s in file.lineStarts { lines.append(file.base + s) }
    }
    paths = shown
  }

  /// Where the previous look-up ended; one for each caller.
  struct Cursor {
    fileprivate var file = 0
    fileprivate var line = 0
  }

  /// Index into `paths`, and line, of a position; (0, 0) for none.
  func resolve(_ pos: Pos, _ c: inout Cursor) -> (path: Int32, line: Int32) {
    if pos.isNone || firstLine.count == 1 { return (0, 0) }
    let p = pos.offset
    if c.file == 0 || p < fileBase[c.file] || p >= endOfFile(c.file) {
      c.file = sources.file(of: pos).index
      if c.file == 0 { return (0, 0) }
      c.line = Int(firstLine[c.file])
    }
    if hasDirectives[c.file] {
      let l = sources.location(pos)
      return (directivePaths[l.path] ?? filePath[c.file], Int32(l.line))
    }
    let first = Int(firstLine[c.file])
    let last = c.file + 1 < firstLine.count ? Int(firstLine[c.file + 1]) - 1 : lines.count - 1
    if !(lines[c.line] <= p && (c.line == last || p < lines[c.line + 1])) {
      // Near lines are the rule: widen the range around the old line until it holds the new.
      var lo = c.line
      var hi = c.line
      var step = 4
      if p < lines[c.line] {
        repeat {
          lo = max(first, lo - step)
          step <<= 1
        } while lo > first && lines[lo] > p
      } else {
        repeat {
          hi = min(last, hi + step)
          step <<= 1
        } while hi < last && lines[hi] <= p
      }
      while lo < hi {
        let mid = (lo + hi + 1) / 2
        if lines[mid] <= p { lo = mid } else { hi = mid - 1 }
      }
      c.line = lo
    }
    return (filePath[c.file], Int32(c.line - first + 1))
  }

  private func endOfFile(_ f: Int) -> UInt32 {
    f + 1 < fileBase.count ? fileBase[f + 1] : UInt32.max
  }
}
