import ABI
import Base
import Object

/// The symbols that a hot list names: the text that `Tools/hotorder.py` prints from a run, one link
/// name a line, `<0>` after ABI0 functions, `#` before comments. Names that the program does not
/// define are passed over, so that one list serves all programs.
public func hotSymbols(_ list: [UInt8], in table: SymbolTable) -> [SymbolID] {
  var result: [SymbolID] = []
  for line in list.split(separator: 10) {
    if line.first == UInt8(ascii: "#") { continue }
    var name = String(decoding: line, as: UTF8.self)
    var convention = ABI.Convention.internal
    if line.suffix(3).elementsEqual("<0>".utf8) {
      name.removeLast(3)
      convention = .abi0
    }
    var found = table.find(name, convention)
    // A function that exists under the other convention only has no suffix in the symbol table.
    if found == nil || !table.isDefined(found!) { found = table.find(name, .abi0) }
    if let s = found, table.isDefined(s) { result.append(s) }
  }
  return result
}
