import ABI
import Base
import Object

/// A hot list: the text that `Tools/hotorder.py` prints from a run, one link name a line, `<0>` after
/// ABI0 functions, `#` before comments. The variable behind a line `=page` begins a page. Names that
/// the program does not define are passed over, so that one list serves all programs.
public struct HotList: Sendable {
  /// All symbols of the names, in the list's order; those of one name in order of id (the
  /// initialisers of a package share theirs).
  public private(set) var symbols: [SymbolID] = []
  /// Those that begin a page.
  public private(set) var pageStarts: [SymbolID] = []

  public init() {}

  public init(_ list: [UInt8], in table: SymbolTable) {
    var lines: [(name: NameID, isABI0: Bool, startsPage: Bool)] = []
    /// By name: line from 1, or 0.
    var lineOf = [Int32](repeating: 0, count: table.names.count)
    var atPage = false
    for line in list.split(separator: 10) where line.first != UInt8(ascii: "#") {
      if line.elementsEqual("=page".utf8) {
        atPage = true
        continue
      }
      let isABI0 = line.suffix(3).elementsEqual("<0>".utf8)
      let text = String(decoding: isABI0 ? line.dropLast(3) : line, as: UTF8.self)
      guard let name = table.names.find(text) else { continue }
      // A function that exists under the other convention only has no suffix in the symbol table.
      let isKnown = table.find(text).map { table.isDefined($0) } ?? false
      lines.append((name, isABI0, atPage))
      if !isABI0 || !isKnown { lineOf[name.index] = Int32(lines.count) }
      atPage = false
    }
    var found = [[SymbolID]](repeating: [], count: lines.count)
    for s in table.definitions.ids where table.isDefined(s) {
      let line = Int(lineOf[table.symbolNames[s].index])
      if line > 0 { found[line - 1].append(s) }
    }
    for (i, line) in lines.enumerated() {
      if line.isABI0, let s = table.find(table.names.string(line.name), .abi0), table.isDefined(s),
        !found[i].contains(s)
      {
        found[i] = [s]
      }
      if line.startsPage, let s = found[i].first { pageStarts.append(s) }
      symbols += found[i]
    }
  }
}
