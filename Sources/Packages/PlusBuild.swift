import Base
import Syntax

// Constraints in the form that came before `//go:build`: lines `// +build linux,!cgo darwin` at the
// head of a file. The words of a line are alternatives, the parts of a word must all hold, and so
// must all lines. They count only in files without a `//go:build` line.

/// The `+build` lines of a file as one expression of a `//go:build` line, "" if there are none.
func plusBuildExpression(of bytes: [UInt8]) -> String {
  var terms: [String] = []
  // Lines count as far as the last blank line in front of the first line that is no comment.
  var counted = 0
  for line in leadingComments(of: bytes) {
    if line.isEmpty {
      counted = terms.count
    } else if let words = plusBuildWords(line) {
      terms.append("(" + words.map(conjunction).joined(separator: " || ") + ")")
    }
  }
  return terms.prefix(counted).joined(separator: " && ")
}

/// The lines before the first that is neither blank nor a comment from `//`; they are trimmed.
private func leadingComments(of bytes: [UInt8]) -> [Substring] {
  var lines: [Substring] = []
  var i = 0
  while i < bytes.count {
    var end = i
    while end < bytes.count && bytes[end] != 0x0A { end += 1 }
    let line = trimmed(Substring(String(decoding: bytes[i..<end], as: UTF8.self)))
    if !line.isEmpty && !line.hasPrefix("//") { break }
    // What a file of comments alone says after its last blank line does not count.
    if end < bytes.count || line.isEmpty { lines.append(line) }
    i = end + 1
  }
  return lines
}

private func trimmed(_ s: Substring) -> Substring {
  var s = s
  while let c = s.first, c == " " || c == "\t" || c == "\r" { s.removeFirst() }
  while let c = s.last, c == " " || c == "\t" || c == "\r" { s.removeLast() }
  return s
}

/// The words behind `+build`, or nil if the comment is another. A line without words never holds.
private func plusBuildWords(_ line: Substring) -> [Substring]? {
  let text = trimmed(line.dropFirst(2))
  guard text.hasPrefix("+build") else { return nil }
  let rest = text.dropFirst(6)
  if let c = rest.first, c != " " && c != "\t" { return nil }
  let words = rest.split { $0 == " " || $0 == "\t" }
  return words.isEmpty ? ["ignore"] : words
}

/// `a,!b` as `(a && !b)`; what is no tag is one that nobody sets.
private func conjunction(_ word: Substring) -> String {
  let parts = word.split(separator: ",", omittingEmptySubsequences: false).map { part in
    if part.hasPrefix("!!") || part == "!" { return "ignore" }
    let isNegated = part.hasPrefix("!")
    let tag = isNegated ? part.dropFirst() : part
    let isTag =
      !tag.isEmpty && tag.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    return (isNegated ? "!" : "") + (isTag ? String(tag) : "ignore")
  }
  return "(" + parts.joined(separator: " && ") + ")"
}

extension BuildContext {
  /// Whether the constraint in a Go file's head holds.
  func matches(_ header: FileHeader, _ bytes: [UInt8]) -> Bool {
    matches(
      buildLine: header.buildLine.isEmpty ? plusBuildExpression(of: bytes) : header.buildLine)
  }
}
