import ABI
import Base

/// All link symbols of a program, by (name, ABI), with their definitions.
///
/// Filled on one thread in a fixed order while SSA is generated; while functions are compiled in
/// parallel it is only read, and each worker's definitions are stored afterwards in work-list order.
public struct SymbolTable: Sendable {
  public var names: Interner
  /// Index: SymbolID.
  public private(set) var symbolNames: IDTable<SymbolID, NameID>
  public private(set) var conventions: IDTable<SymbolID, ABI.Convention>
  public var definitions: IDTable<SymbolID, SymbolDefinition?>
  /// Index: NameID; the symbol of that name for each convention.
  private var byName: [(UInt32, UInt32)] = []

  public init() {
    names = Interner(capacity: 1 << 14)
    symbolNames = IDTable(none: .none)
    conventions = IDTable(none: .internal)
    definitions = IDTable(none: nil)
  }

  public var count: Int { symbolNames.count }

  /// The symbol of this name and convention, created undefined if new. Data is always `.internal`.
  public mutating func symbol(_ name: String, _ abi: ABI.Convention = .internal) -> SymbolID {
    symbol(names.intern(name), abi)
  }

  public mutating func symbol(_ name: NameID, _ abi: ABI.Convention = .internal) -> SymbolID {
    if byName.count < names.count {
      byName.append(contentsOf: repeatElement((0, 0), count: names.count - byName.count))
    }
    let pair = byName[name.index]
    let old = abi == .internal ? pair.0 : pair.1
    if old != 0 { return SymbolID(raw: old) }
    let id = symbolNames.append(name)
    conventions.append(abi)
    definitions.append(nil)
    if abi == .internal { byName[name.index].0 = id.raw } else { byName[name.index].1 = id.raw }
    return id
  }

  /// The symbol if it exists.
  public func find(_ name: String, _ abi: ABI.Convention = .internal) -> SymbolID? {
    guard let n = names.find(name), n.index < byName.count else { return nil }
    let raw = abi == .internal ? byName[n.index].0 : byName[n.index].1
    return raw == 0 ? nil : SymbolID(raw: raw)
  }

  /// A new symbol that no name finds: local data of one function, file-local assembly symbols.
  public mutating func anonymous(_ label: String) -> SymbolID {
    let id = symbolNames.append(names.intern(label))
    conventions.append(.internal)
    definitions.append(nil)
    return id
  }

  public func isDefined(_ s: SymbolID) -> Bool { definitions[s] != nil }
  public func name(_ s: SymbolID) -> String { names.string(symbolNames[s]) }

  /// Stores a definition. A second one is dropped if either may be duplicated; otherwise it is
  /// reported by the return value, and the first stays.
  @discardableResult
  public mutating func define(_ s: SymbolID, _ d: SymbolDefinition) -> Bool {
    if let old = definitions[s] {
      return old.flags.contains(.dupOK) || d.flags.contains(.dupOK)
    }
    definitions[s] = d
    return true
  }
}
