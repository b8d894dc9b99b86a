import Object
import SSA
import Types

/// What the stages behind SSA ask.
extension ProgramBuilder {
  /// Functions without bodies in use that are declared `//go:noescape`.
  public var noescapeSymbols: [SymbolID] {
    var out: [SymbolID] = []
    for i in externals where pragmas(instances[i].object).contains(.noescape) {
      out.append(instances[i].symbol)
    }
    return out
  }
}
