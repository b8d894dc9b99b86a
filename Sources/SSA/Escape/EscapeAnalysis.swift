import ABI
import Base
import Object

/// Escape analysis: which allocations of a function may live in its frame.
///
/// Two invariants, as in any such analysis: no pointer to a frame object may be stored in the heap,
/// and none may outlive the object (the frame, or for an allocation inside a loop, the iteration).
/// The analysis is a flow-insensitive points-to computation over one function, with summaries of
/// callees, which the caller of `analyse` supplies bottom-up over the call graph.
///
/// *Locations* are the function's allocations and frame slots, its parameters, what parameters
/// point to (all memory reachable through one parameter is one location), the areas of incoming and of
/// outgoing arguments in memory, and "the outside". A
/// pointer value has a set of locations; a location has a set of what its memory may hold. Loads
/// read the contents of the locations of their address; stores add to them; storing through a
/// parameter or the outside lets the stored pointer escape; an escaped location lets all its
/// contents escape.
///
/// Lifetimes in loops: an allocation inside a loop becomes one frame slot that every iteration
/// reuses. So it must stay on the heap if its pointer gets into a phi at the header of a loop
/// around it, or into an object allocated outside its innermost loop.
///
/// Choi, Gupta, Serrano, Sreedhar and Midkiff, "Escape Analysis for Java" (1999), for the
/// summaries.
///
/// requires: nothing; keeps: everything; sets `.stays` or `.escapes` on each allocation.
public struct EscapeAnalysis {
  let f: Function
  /// The summary of a callee's symbol.
  let summary: (SymbolID, Int) -> EscapeSummary

  /// Locations: 0 is the outside, then parameters and their contents, then the incoming area and its
  /// contents; what belongs to the frame follows: the outgoing area, slots, allocations.
  let paramCount: Int
  /// Offsets of the captured words that the body loads from its closure object; each is a parameter
  /// of its own.
  let captureOffsets: [Int64]
  let captureBase: Int
  let incoming: Int
  let outgoing: Int
  let slotBase: Int
  let allocBase: Int
  let locationCount: Int
  /// Index: value. Location of an allocation, or 0.
  var allocLocation: [Int32]
  var allocs: [ValueID] = []

  /// Points-to sets, `words` 64-bit words each. Index: dense number of a pointer-carrying value.
  let words: Int
  var valueSet: [Int32]
  var sets: [UInt64] = []
  /// Contents of each location, and whether each has escaped.
  var contents: [UInt64]
  var escaped: [Bool]
  /// Locations that flow to each result component.
  var results: [UInt64]
  let resultCount: Int
  /// Index: value. For an allocated closure: the symbol of its code.
  var closureCode: [SymbolID]
  /// Index: allocation, in order. The stores that fill a closure object.
  var closureStores: [[ValueID]]
  /// Index: value. First `project` of a tuple, and the next one of the same tuple.
  var firstProjection: [ValueID]
  var nextProjection: [ValueID]
  var changed = false

  /// Frames hold at most this many bytes of one implicit allocation (gc: 64 KB), and of one
  /// variable (128 KB).
  static let maxImplicit = 64 << 10
  static let maxVariable = 128 << 10
  /// Functions with more allocations than this (large package initialisers) keep them all on the
  /// heap.
  static let maxAllocations = 4000

  public init(_ f: Function, summary: @escaping (SymbolID, Int) -> EscapeSummary) {
    self.f = f
    self.summary = summary
    paramCount = f.signature.params.count + 1
    resultCount = min(64, f.signature.results.count)
    allocLocation = Array(repeating: 0, count: f.values.count)
    captureBase = 1 + 2 * paramCount
    captureOffsets = EscapeAnalysis.captures(f)
    incoming = captureBase + 2 * captureOffsets.count
    outgoing = incoming + 2
    slotBase = outgoing + 1
    allocBase = slotBase + f.slots.count
    var n = allocBase
    for b in f.order {
      for v in f.blocks[b].values {
        switch f.values[v].op {
        case .alloc, .allocSlice, .box:
          allocs.append(v)
          allocLocation[v.index] = Int32(n)
          n += 1
        default: break
        }
      }
    }
    locationCount = n
    words = (n + 63) >> 6
    valueSet = Array(repeating: -1, count: f.values.count)
    contents = Array(repeating: 0, count: n * words)
    escaped = Array(repeating: false, count: n)
    results = Array(repeating: 0, count: max(1, resultCount) * words)
    closureCode = Array(repeating: .none, count: f.values.count)
    closureStores = Array(repeating: [], count: allocs.count)
    firstProjection = Array(repeating: .none, count: f.values.count)
    nextProjection = Array(repeating: .none, count: f.values.count)
    for b in f.order { for v in f.blocks[b].values { index(v) } }
  }

  /// The distinct offsets at which the body loads pointers from its closure object, rising.
  private static func captures(_ f: Function) -> [Int64] {
    var offsets: Set<Int64> = []
    for b in f.order {
      for v in f.blocks[b].values
      where f.values[v].op == .load && f.values[v].type == .ptr
        && f.values[f.resolve(f.arg(v, 0))].op == .getClosure
      {
        offsets.insert(f.values[v].auxInt)
      }
    }
    return offsets.sorted()
  }

  /// The location of the captured word at this offset.
  private func captureLocation(_ offset: Int64) -> Int {
    captureBase + 2 * (captureOffsets.firstIndex(of: offset) ?? 0)
  }

  /// Notes which closure has which code, and which projections a tuple has.
  private mutating func index(_ v: ValueID) {
    switch f.values[v].op {
    case .project:
      let t = f.arg(v, 0)
      nextProjection[v.index] = firstProjection[t.index]
      firstProjection[t.index] = v
    case .store:
      let a = f.resolve(f.arg(v, 0))
      guard f.values[a].op == .alloc, f.allocs[Int(f.values[a].aux)].kind == .closure else {
        return
      }
      closureStores[Int(allocLocation[a.index]) - allocBase].append(v)
      let code = f.resolve(f.arg(v, 1))
      if f.values[v].auxInt == 0 && f.values[code].op == .symbolAddress {
        closureCode[a.index] = SymbolID(raw: f.values[code].aux)
      }
    default: break
    }
  }

  /// Decides every allocation of the function and returns the function's own summary.
  public mutating func analyse() -> EscapeSummary {
    if allocs.count > EscapeAnalysis.maxAllocations { return giveUp() }
    seed()
    repeat {
      changed = false
      for b in f.order { for v in f.blocks[b].values { transfer(v) } }
      for b in f.order where f.blocks[b].kind == .ret { transferReturn(b) }
      propagateEscapes()
    } while changed
    decide()
    return makeSummary()
  }

  private mutating func giveUp() -> EscapeSummary {
    for a in allocs { f.values[a].flags.insert(.escapes) }
    return .unknown(f.signature.params.count)
  }

  /// The outside holds anything outside; a parameter's content holds itself; frame slots never
  /// escape by themselves.
  private mutating func seed() {
    escaped[0] = true
    setContent(0, 0)
    setContent(outgoing, 0)
    for p in 0...(paramCount + captureOffsets.count) {
      setContent(1 + 2 * p, 2 + 2 * p)
      setContent(2 + 2 * p, 2 + 2 * p)
    }
    for a in allocs where isTooLarge(a) || f.values[a].flags.contains(.escapes) {
      escaped[Int(allocLocation[a.index])] = true
    }
  }

  private func isTooLarge(_ a: ValueID) -> Bool {
    let info = f.allocs[Int(f.values[a].aux)]
    switch f.values[a].op {
    case .allocSlice:
      // Length and capacity must be constant for a frame slot.
      guard let len = f.constant(f.resolve(f.arg(a, 0))),
        let cap = f.constant(f.resolve(f.arg(a, 1))),
        len >= 0, len <= cap
      else { return true }
      let (size, overflow) = Int(cap).multipliedReportingOverflow(by: max(1, info.size))
      return overflow || size > EscapeAnalysis.maxImplicit
    default:
      let limit = info.kind == .variable ? EscapeAnalysis.maxVariable : EscapeAnalysis.maxImplicit
      return info.size > limit
    }
  }

  // MARK: sets

  private mutating func setContent(_ location: Int, _ member: Int) {
    contents[location * words + member >> 6] |= 1 << UInt64(member & 63)
  }

  /// The set of value `v`, made on first use.
  private mutating func set(_ v: ValueID) -> Int {
    if valueSet[v.index] >= 0 { return Int(valueSet[v.index]) }
    let s = sets.count
    sets.append(contentsOf: repeatElement(0, count: words))
    valueSet[v.index] = Int32(s)
    return s
  }

  mutating func addMember(_ v: ValueID, _ location: Int) {
    let s = set(v) + location >> 6
    let bit: UInt64 = 1 << UInt64(location & 63)
    if sets[s] & bit == 0 {
      sets[s] |= bit
      changed = true
    }
  }

  mutating func flow(_ from: ValueID, _ to: ValueID) {
    guard valueSet[from.index] >= 0 else { return }
    let a = Int(valueSet[from.index])
    let b = set(to)
    for w in 0..<words {
      let n = sets[a + w] & ~sets[b + w]
      if n != 0 {
        sets[b + w] |= n
        changed = true
      }
    }
  }

  func forEachLocation(_ v: ValueID, _ body: (Int) -> Void) {
    guard valueSet[v.index] >= 0 else { return }
    let s = Int(valueSet[v.index])
    for w in 0..<words {
      var bits = sets[s + w]
      while bits != 0 {
        body(w << 6 + bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }

  func locations(_ v: ValueID) -> [Int] {
    var l: [Int] = []
    forEachLocation(v) { l.append($0) }
    return l
  }

  mutating func addContents(of location: Int, to v: ValueID) {
    let b = set(v)
    for w in 0..<words {
      let n = contents[location * words + w] & ~sets[b + w]
      if n != 0 {
        sets[b + w] |= n
        changed = true
      }
    }
  }

  mutating func addToContents(of location: Int, from v: ValueID) {
    guard valueSet[v.index] >= 0 else { return }
    let a = Int(valueSet[v.index])
    for w in 0..<words {
      let n = sets[a + w] & ~contents[location * words + w]
      if n != 0 {
        contents[location * words + w] |= n
        changed = true
      }
    }
  }

  mutating func escape(_ location: Int) {
    if !escaped[location] {
      escaped[location] = true
      changed = true
    }
  }

  mutating func escapeValue(_ v: ValueID) {
    for l in locations(v) { escape(l) }
  }

  mutating func escapeContents(_ v: ValueID) {
    for l in locations(v) { escapeContents(ofLocation: l) }
  }

  mutating func escapeContents(ofLocation l: Int) {
    for w in 0..<words {
      var bits = contents[l * words + w]
      while bits != 0 {
        escape(w << 6 + bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }

  private mutating func propagateEscapes() {
    for l in 0..<locationCount where escaped[l] { escapeContents(ofLocation: l) }
  }

  // MARK: transfer functions

  private mutating func transfer(_ v: ValueID) {
    let x = f.values[v]
    switch x.op {
    case .param: if x.type == .ptr { addMember(v, 1 + 2 * Int(x.auxInt)) }
    case .getClosure: addMember(v, 1 + 2 * (paramCount - 1))
    case .slotAddress: addMember(v, slotBase + Int(x.aux))
    case .incomingAddress: addMember(v, incoming)
    case .outgoingAddress: addMember(v, outgoing)
    case .alloc, .allocSlice:
      addMember(v, Int(allocLocation[v.index]))
      if closureCode[v.index].isSome { transferClosureCreation(v) }
    case .box:
      addMember(v, Int(allocLocation[v.index]))
      for k in f.argRange(v) { addToContents(of: Int(allocLocation[v.index]), from: f.args[k]) }
    case .phi, .copy, .ptrAdd, .ptrToInt, .intToPtr:
      for k in f.argRange(v) { flow(f.args[k], v) }
    // Pointers as integers: sums keep the flow (unsafe.Pointer(uintptr(p) + off)); `xor`
    // deliberately does not, so abi.NoEscape works.
    case .add, .sub, .and, .andNot:
      for k in f.argRange(v) where x.type == .i64 { flow(f.args[k], v) }
    case .select:
      flow(f.arg(v, 1), v)
      flow(f.arg(v, 2), v)
    case .load, .atomicLoad: if x.type == .ptr { transferLoad(v) }
    case .store, .atomicStore: transferStore(address: f.arg(v, 0), value: f.arg(v, 1))
    case .atomicExchange:
      transferStore(address: f.arg(v, 0), value: f.arg(v, 1))
      if x.type == .ptr { transferLoad(v) }
    case .atomicCompareExchange: transferStore(address: f.arg(v, 0), value: f.arg(v, 2))
    case .copyMemory: if f.memories[Int(x.aux)].hasPointers { transferCopy(v) }
    case .callStatic: transferCall(v, f.calls[Int(x.aux)].symbol, firstArgument: 0)
    case .callClosure: transferClosureCall(v)
    case .callInterface: transferCall(v, .none, firstArgument: 1)
    case .symbolAddress: break
    default: break
    }
  }

  private mutating func transferLoad(_ v: ValueID) {
    if f.values[v].op == .load, f.values[f.resolve(f.arg(v, 0))].op == .getClosure {
      return addMember(v, captureLocation(f.values[v].auxInt))
    }
    for l in sources(f.arg(v, 0)) { addContents(of: l, to: v) }
  }

  /// The locations that an address is read from. Callees leak what they return in memory.
  private func sources(_ address: ValueID) -> [Int] {
    f.values[address].op == .outgoingAddress ? [0] : locations(address)
  }

  /// Only pointers leak: an address as an integer keeps nothing alive (package unsafe, rule 4), so
  /// system calls may get the addresses of frame variables.
  private mutating func transferStore(address: ValueID, value: ValueID) {
    guard valueSet[value.index] >= 0, f.values[value].type == .ptr else { return }
    let targets = locations(address)
    // An address without known locations is a global, the outgoing argument area or the outside.
    if targets.isEmpty {
      escapeValue(value)
      return
    }
    for l in targets {
      if l < outgoing {
        // Stored through a parameter, or outside.
        escapeValue(value)
      } else {
        addToContents(of: l, from: value)
      }
    }
  }

  private mutating func transferCopy(_ v: ValueID) {
    let to = locations(f.arg(v, 0))
    let from = sources(f.arg(v, 1))
    for s in from {
      for t in to where t >= outgoing { mergeContents(s, into: t) }
      if to.isEmpty || to.contains(where: { $0 < outgoing }) { escapeContents(ofLocation: s) }
    }
  }

  private mutating func mergeContents(_ s: Int, into t: Int) {
    for w in 0..<words {
      let n = contents[s * words + w] & ~contents[t * words + w]
      if n != 0 {
        contents[t * words + w] |= n
        changed = true
      }
    }
  }

  private mutating func transferReturn(_ b: BlockID) {
    for (i, r) in f.blocks[b].results.enumerated()
    where valueSet[r.index] >= 0 && f.values[r].type == .ptr {
      if i >= 64 {
        escapeValue(r)
        continue
      }
      for l in locations(r) {
        let k = i * words + l >> 6
        let bit: UInt64 = 1 << UInt64(l & 63)
        if results[k] & bit == 0 {
          results[k] |= bit
          changed = true
        }
        // Own allocations that are returned outlive the frame.
        if l >= slotBase { escape(l) }
      }
    }
  }
}
