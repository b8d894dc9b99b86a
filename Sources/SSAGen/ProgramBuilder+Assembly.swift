import ABI
import Base
import Object
import SSA
import Types

/// What the driver asks on behalf of assembly and of the stages behind SSA.
extension ProgramBuilder {
  /// Pointer maps of a body-less function's stack arguments under ABI0: before and after its results are set.
  public func assemblyArgumentMaps(_ linkName: String) -> [PointerBitmap] {
    guard let o = linkedFunction(linkName) ?? declaredFunction(linkName) else { return [] }
    let i = functionInstance(o, [])
    let abi = callABI(abiParams(i), abiResults(i), .abi0).signature
    let words = Int(abi.stackSize) / 8
    var before = PointerBitmap(count: words)
    var after = PointerBitmap(count: words)
    for w in 0..<words where w >> 6 < abi.argPointers.count {
      guard abi.argPointers[w >> 6] >> UInt64(w & 63) & 1 != 0 else { continue }
      after.set(w)
      if w * 8 < Int(abi.resultOffset) { before.set(w) }
    }
    return abiResults(i).isEmpty ? [before] : [before, after]
  }

  private func declaredFunction(_ linkName: String) -> ObjectID? {
    guard let dot = linkName.lastIndex(of: "."),
      let o = packageObject(String(linkName[..<dot]), String(linkName[linkName.index(after: dot)...])),
      ts.objects[o].kind == .function
    else { return nil }
    return o
  }

  /// Whether a link name is a package-level variable.
  public func isVariable(_ linkName: String) -> Bool {
    guard let dot = linkName.lastIndex(of: "."),
      let o = packageObject(String(linkName[..<dot]), String(linkName[linkName.index(after: dot)...]))
    else { return false }
    return ts.objects[o].kind == .variable
  }

  /// Functions without bodies in use that are declared `//go:noescape`.
  public var noescapeSymbols: [SymbolID] {
    var out: [SymbolID] = []
    for i in externals where pragmas(instances[i].object).contains(.noescape) {
      out.append(instances[i].symbol)
    }
    return out
  }
}
