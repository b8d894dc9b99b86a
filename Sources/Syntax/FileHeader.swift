import Base

/// What can be told about a file from its beginning: enough to select it and to find the
/// packages it needs, without parsing the rest.
public struct FileHeader: Sendable {
  /// One import, its path unquoted; `offset` is that of the path literal.
  public struct Import: Sendable {
    public var path: String
    public var offset: Int
  }
  /// Empty if the file does not begin with a package clause.
  public var packageName = ""
  /// Expression of the `//go:build` line, "" if there is none.
  public var buildLine = ""
  public var imports: [Import] = []
  /// `import "C"` is among them.
  public var importsC = false
  /// Byte offset of the package name.
  public var nameOffset = 0
  /// Offsets of line starts up to the last import, for messages.
  public var lineStarts: [UInt32] = []

  /// Reads package clause and imports. Stops quietly at the first thing it does not understand:
  /// the parser will complain.
  public init(bytes: [UInt8]) {
    var s = Scanner(bytes: bytes, names: Interner.seeded(capacity: 64))
    s.next()
    for c in s.comments where buildLine.isEmpty {
      let t = String(decoding: s.src[c.start..<c.end], as: UTF8.self)
      if t.hasPrefix("//go:build"), t.dropFirst(10).first.map({ $0 == " " || $0 == "\t" }) ?? true {
        buildLine = String(t.dropFirst(10)).trimmingSpaces()
      }
    }
    guard s.tok == .package else { return }
    s.next()
    guard s.tok == .name else { return }
    packageName = s.names.string(s.text)
    nameOffset = s.start
    s.next()
    while s.tok == .semi { s.next() }
    while s.tok == .import {
      s.next()
      if s.tok == .lparen {
        s.next()
        while s.tok != .rparen && s.tok != .eof {
          if !spec(&s) { return }
          if s.tok == .semi { s.next() } else if s.tok != .rparen { return }
        }
        s.next()
      } else if !spec(&s) {
        return
      }
      while s.tok == .semi { s.next() }
    }
    lineStarts = s.lineStarts
  }

  /// The same, but from the whole file and with all imports that can be made out, however
  /// broken the file is.
  public init(tolerant bytes: [UInt8]) {
    self.init(bytes: bytes)
    let tree = parse(file: .none, path: "", bytes: bytes, base: 1)
    imports = []
    for d in tree.each(tree.decls) where tree.kind(d) == .importDecl {
      let n = tree.importDecl(d).path
      if n.isNone || tree.literal(n).isBad { continue }
      let text = unquote(tree.names.bytes(tree.literal(n).text)) ?? []
      imports.append(
        Import(path: String(decoding: text, as: UTF8.self), offset: Int(tree.pos(n).offset) - 1))
    }
    lineStarts = tree.lineStarts
    importsC = imports.contains { $0.path == "C" }
  }

  private mutating func spec(_ s: inout Scanner) -> Bool {
    if s.tok == .name || s.tok == .dot { s.next() }
    guard s.tok == .literal, s.literalKind == .string, !s.literalIsBad else { return false }
    let path = String(decoding: unquote(s.names.bytes(s.text)) ?? [], as: UTF8.self)
    imports.append(Import(path: path, offset: s.start))
    if path == "C" { importsC = true }
    lineStarts = s.lineStarts
    s.next()
    return true
  }

  /// Line and column of an offset within the header.
  public func lineAndColumn(_ offset: Int) -> (line: Int, column: Int) {
    var i = 0
    while i + 1 < lineStarts.count && Int(lineStarts[i + 1]) <= offset { i += 1 }
    return (i + 1, offset - Int(lineStarts.isEmpty ? 0 : lineStarts[i]) + 1)
  }
}
