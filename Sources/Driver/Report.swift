import Base
import Packages

/// Prints diagnostics as gc and the go command do.
struct Reporter {
  let allErrors: Bool
  /// Directory that shown paths are relative to.
  let cwd: String

  /// One package's diagnostics as text: duplicates removed, the first ten in the order of
  /// reporting, sorted by position. As in gc, files come in the order of their first diagnostics.
  func text(_ list: [Diagnostic], _ sources: SourceMap) -> String {
    var kept: [(location: Location, message: String)] = []
    var lastSyntax = Location(path: "", line: 0, column: 0)
    var lastOther = lastSyntax
    var lastMessage = ""
    var overflow: Location? = nil
    var rank: [String: Int] = [:]
    for d in list {
      let l = sources.location(d.pos)
      if rank[l.path] == nil { rank[l.path] = rank.count }
      if d.message.hasPrefix("syntax error") {
        // One syntax error a line is enough.
        if l.path == lastSyntax.path && l.line == lastSyntax.line { continue }
        lastSyntax = l
      } else {
        if l.path == lastOther.path && l.line == lastOther.line && lastMessage == d.message {
          continue
        }
        lastOther = l
        lastMessage = d.message
      }
      kept.append((location: l, message: d.message))
      if kept.count >= 10 && !allErrors && kept.count < list.count {
        overflow = l
        break
      }
    }
    let order = kept.indices.sorted { a, b in
      let x = kept[a].location
      let y = kept[b].location
      if x.path != y.path { return rank[x.path]! < rank[y.path]! }
      if x.line != y.line { return x.line < y.line }
      return x.column != y.column ? x.column < y.column : a < b
    }
    var out = ""
    var previous = ""
    for i in order {
      let line = place(kept[i].location) + ": " + kept[i].message + "\n"
      if line != previous { out += line }
      previous = line
    }
    if let l = overflow { out += place(l) + ": too many errors\n" }
    return out
  }

  private func place(_ l: Location) -> String {
    if l.path.isEmpty { return "<unknown line number>" }
    return l.description
  }

  /// One JSON object a line, for all diagnostics, with absolute physical positions.
  func json(_ list: [Diagnostic], _ sources: SourceMap, paths: [FileID: String]) -> String {
    var out = ""
    for d in list.sorted(by: { $0.pos < $1.pos }) {
      let l = sources.location(d.pos, physical: true)
      let path = paths[sources.file(of: d.pos)] ?? l.path
      out += "{\"file\": \(jsonString(path)), \"line\": \(l.line), \"col\": \(l.column), "
      out += "\"message\": \(jsonString(d.message))}\n"
    }
    return out
  }
}
