import Object
import SSA
import Types

/// What the stages behind SSA ask.
extension ProgramBuilder {
  /// Functions in use that are declared `//go:noescape` and without a body: one in assembly, or one linked from
  /// another package, of whose body the caller is to know nothing else.
  public var noescapeSymbols: [SymbolID] {
    var out: [SymbolID] = []
    for i in externals + pushed where pragmas(instances[i].object).contains(.noescape) {
      out.append(instances[i].symbol)
      // Called without the wrapper, too.
      if let s = symbols.find(symbols.name(instances[i].symbol), .abi0) { out.append(s) }
    }
    return out
  }

  /// Functions whose body is linked from another package under a declaration without `//go:noescape`: callers must
  /// take all arguments for leaked, whatever the body does. The library relies on it: the runtime's bodies of
  /// sync/atomic's pointer operations handle the pointer that they store as an integer.
  public var opaqueSymbols: [SymbolID] {
    var out: [SymbolID] = []
    for i in pushed where !pragmas(instances[i].object).contains(.noescape) {
      out.append(instances[i].symbol)
    }
    return out
  }
}
