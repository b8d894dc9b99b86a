import Base
import Syntax

/// A file named by a `//go:embed` pattern: its name in the program and where it lies.
public struct EmbeddedFile: Sendable {
  /// Slash-separated, relative to the package's directory.
  public var name: String
  public var path: String
}

/// The patterns of a `//go:embed` directive (text from "go:embed" on), or nil if it is malformed.
public func embedPatterns(_ text: String) -> [String]? {
  var rest = Array(text.utf8.dropFirst("go:embed".utf8.count))[...]
  var out: [String] = []
  func isSpace(_ c: UInt8) -> Bool { c == 0x20 || c == 0x09 || c == 0x0D }
  while true {
    while let c = rest.first, isSpace(c) { rest.removeFirst() }
    guard let c = rest.first else { return out }
    var word: [UInt8]
    if c == 0x22 || c == 0x60 {
      var end = rest.startIndex + 1
      while end < rest.endIndex && rest[end] != c {
        end += c == 0x22 && rest[end] == 0x5C ? 2 : 1
      }
      guard end < rest.endIndex, let value = unquote(Array(rest[rest.startIndex...end])) else {
        return nil
      }
      word = value
      rest = rest[(end + 1)...]
      if let next = rest.first, !isSpace(next) { return nil }
    } else {
      word = Array(rest.prefix { !isSpace($0) })
      rest = rest.dropFirst(word.count)
    }
    out.append(String(decoding: word, as: UTF8.self))
  }
}

/// The files that an embed pattern names below `dir` (package embed, "Directives"), sorted by
/// name. Throws the reason without position.
public func resolveEmbed(_ pattern: String, in dir: String) throws(PackageError) -> [EmbeddedFile] {
  var p = pattern
  let all = p.hasPrefix("all:")
  if all { p = String(p.dropFirst(4)) }
  let parts = p.split(separator: "/", omittingEmptySubsequences: false)
  let isBad = parts.contains { $0.isEmpty || $0 == ".." || ($0 == "." && parts.count > 1) }
  if p.isEmpty || isBad { throw PackageError("pattern \(pattern): invalid pattern syntax") }
  var names: [String] = [""]
  if p != "." {
    for part in parts {
      var next: [String] = []
      for base in names {
        let entries = listDirectory(base.isEmpty ? dir : dir + "/" + base) ?? []
        for e in entries where glob(Array(part.utf8)[...], Array(e.utf8)[...]) {
          next.append(base.isEmpty ? e : base + "/" + e)
        }
      }
      names = next
    }
  }
  if names.isEmpty { throw PackageError("pattern \(pattern): no matching files found") }
  var out: [EmbeddedFile] = []
  for n in names {
    let path = n.isEmpty ? dir : dir + "/" + n
    if isSymbolicLink(path) {
      throw PackageError("pattern \(pattern): cannot embed irregular file \(n)")
    }
    if isDirectory(path) {
      let before = out.count
      collect(n, path, all, &out)
      if out.count == before {
        throw PackageError(
          "pattern \(pattern): cannot embed directory \(n): contains no embeddable files")
      }
    } else if isRegularFile(path) {
      out.append(EmbeddedFile(name: n, path: path))
    } else {
      throw PackageError("pattern \(pattern): cannot embed irregular file \(n)")
    }
  }
  out.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  return out
}

/// All files below a directory, without hidden ones unless `all`, and without other modules.
private func collect(_ name: String, _ path: String, _ all: Bool, _ out: inout [EmbeddedFile]) {
  for e in listDirectory(path) ?? [] {
    if !all && (e.hasPrefix(".") || e.hasPrefix("_")) { continue }
    let sub = path + "/" + e
    let subName = name.isEmpty ? e : name + "/" + e
    if isSymbolicLink(sub) { continue }
    if isDirectory(sub) {
      if isRegularFile(sub + "/go.mod") || e == ".git" { continue }
      collect(subName, sub, all, &out)
    } else if isRegularFile(sub) {
      out.append(EmbeddedFile(name: subName, path: sub))
    }
  }
}

/// Whether a name matches a pattern of `path.Match` without slashes: `*`, `?`, `[a-z]`, `\x`.
func glob(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
  var p = pattern
  var n = name
  while let c = p.first {
    switch c {
    case 0x2A:
      let rest = p.dropFirst()
      for k in n.startIndex...n.endIndex where glob(rest, n[k...]) { return true }
      return false
    case 0x3F:
      if n.isEmpty { return false }
      p.removeFirst()
      n.removeFirst()
    case 0x5B:
      guard let ch = n.first, let end = p.dropFirst(2).firstIndex(of: 0x5D) else { return false }
      var body = p[(p.startIndex + 1)..<end]
      let negated = body.first == 0x5E
      if negated { body.removeFirst() }
      var hit = false
      while let lo = body.popFirst() {
        var hi = lo
        if body.first == 0x2D && body.count >= 2 {
          hi = body[body.startIndex + 1]
          body.removeFirst(2)
        }
        if ch >= lo && ch <= hi { hit = true }
      }
      if hit == negated { return false }
      p = p[(end + 1)...]
      n.removeFirst()
    default:
      if c == 0x5C && p.count > 1 { p.removeFirst() }
      if n.first != p.first { return false }
      p.removeFirst()
      n.removeFirst()
    }
  }
  return n.isEmpty
}
