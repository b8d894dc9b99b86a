import ABI
import Base
import Object

// What is in the program.
//
// A flood over relocations from the roots, with gc's rule for methods (cmd/link's deadcode): a
// method that is only mentioned by its receiver's descriptor, through `methodOff32`, is a mere
// candidate. It becomes live when the descriptor may reach an interface value
// (`usedInInterface`) and some live code calls a method of that name and signature through an
// interface, or asks reflection for that name, or for a name not known at compile time.
//
// Of a struct's descriptor that is not used in an interface only the head counts
// (`CutDescriptors.swift`).
//
// A descriptor used in an interface makes all descriptors that it mentions so too: reflection
// can take a `[]chan T` apart and put its parts into interfaces.

/// Which symbols are in the program, and why.
public struct Liveness: Sendable {
  /// By symbol id.
  public fileprivate(set) var live: BitSet
  public fileprivate(set) var usedInInterface: BitSet
  /// The symbol whose visit made this one live; itself for roots, 0 for dead symbols.
  public fileprivate(set) var reachedFrom: [UInt32]
  /// True if a live function looks methods up by names not known at compile time.
  public fileprivate(set) var reflectsOnMethods = false

  public func contains(_ s: SymbolID) -> Bool { live.contains(s.index) }

  /// The chain from `s` up to a root; empty if `s` is not in the program.
  public func chain(_ s: SymbolID) -> [SymbolID] {
    if !contains(s) { return [] }
    var result = [s]
    var at = s.raw
    while reachedFrom[Int(at)] != at {
      at = reachedFrom[Int(at)]
      result.append(SymbolID(raw: at))
    }
    return result
  }
}

/// A method of a descriptor that is used in an interface, not yet known to be called.
private struct MethodCandidate {
  var descriptor: SymbolID
  /// Index of its first `methodOff32` relocation.
  var reloc: Int
  /// Name and signature; see `Reachability.methodKey`.
  var key: UInt64
  var name: NameID
  var isExported: Bool
  var isKept = false
}

struct Reachability {
  private let table: SymbolTable
  private let builtin: LinkerSymbols
  private(set) var result: Liveness
  private(set) var problems = Diagnostics()

  private var work: [SymbolID] = []
  private var candidates: [MethodCandidate] = []
  private var methodNames = Interner(capacity: 1 << 10)
  /// Signatures called through interfaces, by `methodKey`.
  private var called: Set<UInt64> = []
  /// Names asked for by reflection, by `NameID` of `methodNames`.
  private var named: Set<NameID> = []
  private var reported = BitSet(capacity: 0)
  /// By kind of type (`reflect.Kind`): whether such values get into interfaces, and what is kept
  /// once they do.
  private var kindsUsed = [Bool](repeating: false, count: 32)
  private var keptByKind = [[(target: SymbolID, from: SymbolID)]](repeating: [], count: 32)

  init(_ table: SymbolTable, _ builtin: LinkerSymbols) {
    self.table = table
    self.builtin = builtin
    result = Liveness(
      live: BitSet(capacity: table.count), usedInInterface: BitSet(capacity: table.count),
      reachedFrom: Array(repeating: 0, count: table.count))
    reported = BitSet(capacity: table.count)
  }

  mutating func run(_ options: LinkOptions) {
    markRoot(options.entry)
    for s in options.roots { markRoot(s) }
    // reflect and the runtime send removed methods here.
    if let s = table.find("runtime.unreachableMethod"), table.isDefined(s) { markRoot(s) }
    repeat {
      while let s = work.popLast() { visit(s) }
      keepCalledMethods()
    } while !work.isEmpty
  }

  private mutating func markRoot(_ s: SymbolID) { mark(s, from: s) }

  private mutating func mark(_ s: SymbolID, from: SymbolID) {
    if s.isNone { return }
    if builtin.isDefinedByLinker(s) { return }
    guard table.isDefined(s) else {
      reportUndefined(s, from)
      return
    }
    if result.live.insert(s.index) {
      result.reachedFrom[s.index] = from.raw
      work.append(s)
    }
  }

  /// Marks `s` as used in an interface; a descriptor visited before is visited again, because its
  /// methods and parts now count.
  private mutating func markUsedInInterface(_ s: SymbolID, from: SymbolID) {
    if s.isNone || !table.isDefined(s) { return }
    if result.usedInInterface.insert(s.index) && result.live.contains(s.index) { work.append(s) }
  }

  private mutating func visit(_ s: SymbolID) {
    if table.flags(of: s).contains(.reflectMethod) { result.reflectsOnMethods = true }
    let isType = table.kind(of: s) == .typedata
    let spreads = isType && result.usedInInterface.contains(s.index)
    if spreads { noteKind(s) }
    let cut = isType && !spreads ? cutEnd(s, table) : nil
    let relocs = table.relocs(of: s)
    var i = 0
    while i < relocs.count {
      let r = relocs[i]
      i += 1
      if let end = cut, !isKept(r.offset, end: end) { continue }
      switch r.kind {
      case .weakAbs64, .weakCall32: break
      case .weakTypeOff32:
        // T in an interface gives reflection the methods of *T.
        if spreads {
          markUsedInInterface(r.target, from: s)
          mark(r.target, from: s)
        }
      case .methodOff32:
        if spreads { addCandidate(s, relocs, i - 1) }
        i += 2
      case .usedInInterface:
        var t = r.target
        if table.kind(of: t) == .itab, let type = itabType(t) { t = type }
        markUsedInInterface(t, from: s)
      case .interfaceMethod:
        if let k = calledKey(r) { called.insert(k) }
      case .keep where r.addend != 0:  // once values of types of that kind get into interfaces
        let k = Int(r.addend)
        if kindsUsed[k] { mark(r.target, from: s) } else { keptByKind[k].append((r.target, s)) }
      case .namedMethod:
        named.insert(methodNames.intern(table.bytes(of: r.target)))
      case .abs64, .abs32, .pc32, .call32, .typeOff32, .textOff32, .funcdataOff32, .keep:
        if spreads && table.kind(of: r.target) == .typedata {
          markUsedInInterface(r.target, from: s)
        }
        mark(r.target, from: s)
      }
    }
  }

  /// Values of the type described by `s` get into interfaces.
  private mutating func noteKind(_ s: SymbolID) {
    // Names lie among the descriptors; they have no alignment.
    guard let d = table.definitions[s], d.alignment != 1, d.bytes.count > ABI.TypeDescriptor.kind
    else { return }
    let k = Int(d.bytes[ABI.TypeDescriptor.kind] & 31)
    if kindsUsed[k] { return }
    kindsUsed[k] = true
    for x in keptByKind[k] { mark(x.target, from: x.from) }
    keptByKind[k] = []
  }

  private func itabType(_ itab: SymbolID) -> SymbolID? {
    target(at: ABI.TypeDescriptor.itabType, in: table.relocs(of: itab))?.target
  }

  // MARK: methods

  private mutating func addCandidate(_ s: SymbolID, _ relocs: [Reloc], _ i: Int) {
    precondition(i + 2 < relocs.count, "methodOff32 relocations come in threes")
    let nameOffset = Int(relocs[i].offset) - ABI.TypeDescriptor.methodType
    guard let name = target(at: nameOffset, in: relocs),
      let text = decodeName(table.bytes(of: name.target), at: Int(name.addend))
    else { internalError("link", "method without a name in \(table.name(s))") }
    let id = methodNames.intern(text.bytes)
    candidates.append(
      MethodCandidate(
        descriptor: s, reloc: i, key: methodKey(id, relocs[i].target), name: id,
        isExported: text.isExported))
  }

  /// Name and signature of method number `r.addend` of the interface `r.target`.
  private mutating func calledKey(_ r: Reloc) -> UInt64? {
    let relocs = table.relocs(of: r.target)
    guard let slice = target(at: ABI.TypeDescriptor.interfaceMethods, in: relocs) else {
      return nil
    }
    let base = Int(slice.addend) + Int(r.addend) * ABI.TypeDescriptor.imethodSize
    let methods = slice.target == r.target ? relocs : table.relocs(of: slice.target)
    guard let name = target(at: base, in: methods), let type = target(at: base + 4, in: methods),
      let text = decodeName(table.bytes(of: name.target), at: Int(name.addend))
    else { return nil }
    return methodKey(methodNames.intern(text.bytes), type.target)
  }

  /// One descriptor exists for each signature, so its symbol stands for the type.
  private func methodKey(_ name: NameID, _ type: SymbolID) -> UInt64 {
    UInt64(name.raw) << 32 | UInt64(type.raw)
  }

  private mutating func keepCalledMethods() {
    var rest: [MethodCandidate] = []
    for var c in candidates {
      let isReflected = result.reflectsOnMethods && c.isExported || named.contains(c.name)
      let relocs = table.relocs(of: c.descriptor)
      if !c.isKept && (isReflected || called.contains(c.key)) {
        for k in 0..<3 { mark(relocs[c.reloc + k].target, from: c.descriptor) }
        c.isKept = true
      }
      // Through reflection the signature leads to values of further types; a call by interface has
      // told of its own.
      if isReflected {
        markUsedInInterface(relocs[c.reloc].target, from: c.descriptor)
      } else {
        rest.append(c)
      }
    }
    candidates = rest
  }

  // MARK: undefined symbols

  private mutating func reportUndefined(_ s: SymbolID, _ from: SymbolID) {
    if !reported.insert(s.index) { return }
    let name = table.name(s)
    let pos = table.functionPos(of: from)
    var text = "\(table.name(from)): relocation target \(name) not defined"
    let other: ABI.Convention = table.conventions[s] == .internal ? .abi0 : .internal
    if let twin = table.find(name, other), table.isDefined(twin) {
      let names = ["ABI0", "ABIInternal"]
      text += " for \(names[Int(table.conventions[s].rawValue)])"
      text += " (but is defined for \(names[Int(other.rawValue)]))"
    }
    problems.report(pos, text)
  }
}

/// The relocation at `offset`, if there is one.
func target(at offset: Int, in relocs: [Reloc]) -> Reloc? {
  for r in relocs where Int(r.offset) == offset {
    switch r.kind {
    case .keep, .usedInInterface, .interfaceMethod, .namedMethod: continue
    default: return r
    }
  }
  return nil
}

/// Decodes an `abi.Name`: flags byte, varint length, text.
func decodeName(_ bytes: [UInt8], at start: Int) -> (bytes: [UInt8], isExported: Bool)? {
  var i = start + 1
  var length = 0
  var shift = 0
  while i < bytes.count {
    let b = bytes[i]
    i += 1
    length |= Int(b & 0x7f) << shift
    shift += 7
    if b & 0x80 == 0 { break }
  }
  if start >= bytes.count || i + length > bytes.count { return nil }
  let exported = bytes[start] & ABI.TypeDescriptor.nameExported != 0
  return (Array(bytes[i..<i + length]), exported)
}
