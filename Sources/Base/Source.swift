/// A place in the program's source: one offset into the concatenation of all files.
/// Offset 0 is "no position"; the first file starts at 1.
public struct Pos: Hashable, Comparable, Sendable {
  public var offset: UInt32
  @inlinable public init(offset: UInt32) { self.offset = offset }
  @inlinable public static var none: Pos { Pos(offset: 0) }
  @inlinable public var isNone: Bool { offset == 0 }
  @inlinable public static func < (a: Pos, b: Pos) -> Bool { a.offset < b.offset }
  @inlinable public func advanced(by n: Int) -> Pos { Pos(offset: offset &+ UInt32(n)) }
}

/// A file of the program; index into `SourceMap.files`. Id 0 is none.
public struct FileID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// One source file: its bytes, the range of positions it owns, and its line starts.
public struct SourceFile: Sendable {
  /// Path as the user sees it in messages.
  public var path: String
  public var bytes: [UInt8]
  /// Position of byte 0. Positions `base...base+bytes.count` belong to this file.
  public var base: UInt32
  /// Byte offset of each line's first byte, line 1 first. Filled by the scanner.
  public var lineStarts: [UInt32] = [0]
  /// `//line` directives in order of offset: from `offset` on, lines count from `line` in `path`.
  public var lineDirectives: [LineDirective] = []

  public init(path: String, bytes: [UInt8], base: UInt32) {
    self.path = path
    self.bytes = bytes
    self.base = base
  }
}

/// The effect of one `//line` or `/*line*/` comment (cmd/compile, "Compiler Directives").
public struct LineDirective: Sendable {
  public var offset: UInt32
  public var path: String
  public var line: UInt32
  /// 0 where the directive gave no column.
  public var column: UInt32

  public init(offset: UInt32, path: String, line: UInt32, column: UInt32) {
    self.offset = offset
    self.path = path
    self.line = line
    self.column = column
  }
}

/// A resolved position: path, and line and column from 1; the column counts bytes.
public struct Location: Hashable, Sendable, CustomStringConvertible {
  public var path: String
  public var line: Int
  public var column: Int
  public var description: String { column > 0 ? "\(path):\(line):\(column)" : "\(path):\(line)" }

  public init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }
}

/// All source files of a program and the mapping from `Pos` to file, line and column.
public struct SourceMap: Sendable {
  public private(set) var files: IDTable<FileID, SourceFile>

  public init() { files = IDTable(none: SourceFile(path: "", bytes: [], base: 0)) }

  /// Adds a file and gives it the next free range of positions.
  public mutating func add(path: String, bytes: [UInt8]) -> FileID {
    let last = files.elements[files.count - 1]
    let base = files.count == 1 ? 1 : last.base + UInt32(last.bytes.count) + 1
    return files.append(SourceFile(path: path, bytes: bytes, base: base))
  }

  /// Records what scanning found out about a file's lines.
  public mutating func setLines(_ f: FileID, starts: [UInt32], directives: [LineDirective]) {
    files[f].lineStarts = starts
    files[f].lineDirectives = directives
  }

  /// The file that owns `pos`, or none.
  public func file(of pos: Pos) -> FileID {
    var lo = 1
    var hi = files.count - 1
    while lo <= hi {
      let mid = (lo + hi) / 2
      let f = files.elements[mid]
      if pos.offset < f.base {
        hi = mid - 1
      } else if pos.offset > f.base + UInt32(f.bytes.count) {
        lo = mid + 1
      } else {
        return FileID(mid)
      }
    }
    return .none
  }

  /// Path, line and column of `pos`. `//line` directives are heeded unless `physical`.
  public func location(_ pos: Pos, physical: Bool = false) -> Location {
    let id = file(of: pos)
    if id.isNone { return Location(path: "", line: 0, column: 0) }
    let f = files[id]
    let offset = pos.offset - f.base
    let i = lineIndex(f, offset)
    let line = i + 1
    let column = Int(offset - f.lineStarts[i]) + 1
    if physical { return Location(path: f.path, line: line, column: column) }
    guard let d = f.lineDirectives.last(where: { $0.offset <= offset }) else {
      return Location(path: f.path, line: line, column: column)
    }
    let dLine = lineIndex(f, d.offset)
    let delta = i - dLine
    var c = 0
    if d.column > 0 { c = delta == 0 ? Int(d.column) + Int(offset - d.offset) : column }
    return Location(path: d.path, line: Int(d.line) + delta, column: c)
  }

  private func lineIndex(_ f: SourceFile, _ offset: UInt32) -> Int {
    var lo = 0
    var hi = f.lineStarts.count - 1
    while lo < hi {
      let mid = (lo + hi + 1) / 2
      if f.lineStarts[mid] <= offset { lo = mid } else { hi = mid - 1 }
    }
    return lo
  }
}
