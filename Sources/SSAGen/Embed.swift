import Base
import Object
import Syntax
import Types

/// One file that a `//go:embed` directive names.
public struct EmbeddedContents: Sendable {
  /// Slash-separated, relative to the package's directory.
  public var name: String
  public var bytes: [UInt8]
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Why the files of a directive cannot be embedded, in the go command's words.
public struct EmbedFailure: Error, Sendable {
  public var message: String
  public init(_ message: String) { self.message = message }
}

// Variables with `//go:embed` directives (package embed; layout of embed.FS: section 6.1 of the
// surface reference).

extension ProgramBuilder {
  /// The contents of a variable with a `//go:embed` directive; nil for all others.
  func embeddedDefinition(_ o: ObjectID, _ t: TypeID) -> SymbolDefinition? {
    let r = ts.declarations[DeclID(raw: ts.objects[o].decl)]
    if r.node.isNone { return nil }
    let tree = checker.syntax(r.file)
    if tree.kind(r.node) != .varDecl { return nil }
    let pragma = tree.valueDecl(r.node).pragma
    if pragma.isNone { return nil }
    var files: [EmbeddedContents] = []
    var isEmbed = false
    for d in tree.directives(of: pragma) where d.isEmbed {
      isEmbed = true
      do {
        for f in try options.embeddedFiles(r.package, d.text)
        where !files.contains(where: { $0.name == f.name }) {
          files.append(f)
        }
      } catch {
        problems.report(d.pos, (error as? EmbedFailure)?.message ?? "cannot read embedded files")
        return nil
      }
    }
    if !isEmbed { return nil }
    var image = StaticImage(size: layouts.of(t).size)
    let u = ts.under(t)
    switch ts.kind(u) {
    case .basic, .slice:
      // A string or bytes: exactly one file.
      guard let f = files.first, files.count == 1 else { return nil }
      if !f.bytes.isEmpty {
        let isString = ts.kind(u) == .basic
        image.address(isString ? stringSymbol(f.bytes) : writableBytes(f.bytes), at: 0)
      }
      image.write(UInt64(f.bytes.count), at: 8, size: 8)
      if image.bytes.count > 16 { image.write(UInt64(f.bytes.count), at: 16, size: 8) }
    default:
      image.address(fileTable(files), at: 0)
    }
    return definition(image, t)
  }

  private func writableBytes(_ b: [UInt8]) -> SymbolID {
    let s = symbols.anonymous("go:embed")
    symbols.define(s, SymbolDefinition(kind: .noptrdata, alignment: 1, bytes: b))
    return s
  }

  /// The slice that `embed.FS.files` points to, its elements behind it: files, and the directories
  /// above them, sorted by directory and name.
  private func fileTable(_ files: [EmbeddedContents]) -> SymbolID {
    var entries: [(name: String, bytes: [UInt8], isDirectory: Bool)] = []
    var seen = Set<String>()
    for f in files {
      entries.append((f.name, f.bytes, false))
      var name = f.name[...]
      while let slash = name.lastIndex(of: "/") {
        name = name[..<slash]
        if !seen.insert(String(name)).inserted { break }
        entries.append((String(name) + "/", [], true))
      }
    }
    entries.sort { embedPrecedes($0.name, $1.name) }
    let s = symbols.anonymous("go:embed.files")
    var w = DataWriter()
    if entries.isEmpty { w.address(.none) } else { w.address(s, 24) }
    w.out.u64(UInt64(entries.count))
    w.out.u64(UInt64(entries.count))
    for e in entries {
      let name = Array(e.name.utf8)
      w.address(stringSymbol(name))
      w.out.u64(UInt64(name.count))
      w.address(e.bytes.isEmpty ? .none : stringSymbol(e.bytes))
      w.out.u64(UInt64(e.bytes.count))
      if e.isDirectory { w.out.zeros(16) } else { w.out.append(Array(sha256(e.bytes).prefix(16))) }
    }
    symbols.define(s, w.definition(.rodata, flags: []))
    return s
  }

  /// Order of embed.FS: by the directory, then by the last element; "a/" counts as "a".
  private func embedPrecedes(_ a: String, _ b: String) -> Bool {
    func split(_ s: String) -> (dir: [UInt8], elem: [UInt8]) {
      var u = Array(s.utf8)
      if u.last == UInt8(ascii: "/") { u.removeLast() }
      guard let slash = u.lastIndex(of: UInt8(ascii: "/")) else { return (Array(".".utf8), u) }
      return (Array(u[..<slash]), Array(u[(slash + 1)...]))
    }
    let x = split(a)
    let y = split(b)
    if x.dir != y.dir { return x.dir.lexicographicallyPrecedes(y.dir) }
    return x.elem.lexicographicallyPrecedes(y.elem)
  }
}
