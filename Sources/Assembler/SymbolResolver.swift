import ABI
import Base
import Object

/// Turns the names of assembly into link symbols.
///
/// A reference without an ABI selector means ABI0 where the name is a function; data is always
/// `.internal` (docs/contracts.md). Whether a name is data is known from this package's GLOBL
/// directives and from the driver; what is called or jumped to is code.
struct SymbolResolver {
  var symbols: SymbolTable
  private let isVariable: (String) -> Bool
  /// Index: NameID.raw of the assembler's names. Symbols found so far, or none.
  private var code: [SymbolID] = []
  private var data: [SymbolID] = []
  private var fileLocals: [UInt32: SymbolID] = [:]
  /// Names that this package's assembly defines as data.
  private var globals: Set<UInt32> = []
  /// Functions and data referred to under ABI0, in order of first reference.
  private(set) var references: [SymbolID] = []

  init(symbols: SymbolTable, isVariable: @escaping (String) -> Bool) {
    self.symbols = symbols
    self.isVariable = isVariable
  }

  mutating func startFile() { fileLocals.removeAll(keepingCapacity: true) }
  mutating func declareData(_ name: NameID) { globals.insert(name.raw) }

  /// The symbol that `name<>` means in this file.
  mutating func fileLocal(_ name: NameID, _ names: Interner) -> SymbolID {
    if let known = fileLocals[name.raw] { return known }
    let id = symbols.anonymous(names.string(name))
    fileLocals[name.raw] = id
    return id
  }

  /// The symbol defined by `TEXT name(SB)` or `GLOBL name(SB)`.
  mutating func definition(
    _ name: NameID, _ space: AsmOperand.Space, _ convention: ABI.Convention, _ names: Interner
  ) -> SymbolID {
    if space == .fileLocal { return fileLocal(name, names) }
    return symbols.symbol(names.string(name), convention)
  }

  /// The symbol that an operand refers to. `isCode`: it is called or jumped to.
  mutating func reference(_ o: AsmOperand, isCode: Bool, _ names: Interner) -> SymbolID {
    if o.space == .fileLocal { return fileLocal(o.symbol, names) }
    if o.convention == .internal { return symbols.symbol(names.string(o.symbol), .internal) }
    let i = o.symbol.index
    if isCode {
      if i < code.count && code[i].isSome { return code[i] }
    } else {
      if i < data.count && data[i].isSome { return data[i] }
    }
    let name = names.string(o.symbol)
    let isData = !isCode && (globals.contains(o.symbol.raw) || isVariable(name))
    let id = symbols.symbol(name, isData ? .internal : .abi0)
    if !isData { references.append(id) }
    while code.count <= i { code.append(.none) }
    while data.count <= i { data.append(.none) }
    if isCode { code[i] = id } else { data[i] = id }
    return id
  }

  /// A read-only constant shared by all functions of the program.
  mutating func constant(_ name: String, _ bytes: [UInt8]) -> SymbolID {
    let id = symbols.symbol(name)
    if !symbols.isDefined(id) {
      symbols.define(
        id,
        SymbolDefinition(
          kind: .rodata, flags: .dupOK, alignment: UInt32(bytes.count), bytes: bytes))
    }
    return id
  }
}
