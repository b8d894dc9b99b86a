import Base
import Object

/// Finds the targets of calls that the source does not name: of an interface method where the itab is known, and of a
/// closure that was made in the same function. Mostly this is what inlining shows: of a constructor that returns an
/// interface, an iterator, a function that takes a function.
///
/// Three kinds of memory never change once they are filled, and loads of them become values: read-only data (itabs,
/// function values), a closure object, and the box behind an interface. A call of known code without a context becomes
/// a `callStatic`; a call of a closure object stays one, and `calls` names its code for the inliner.
///
/// requires: copies eliminated; keeps: cfg; destroys: use counts.
struct CallResolver {
  let f: Function
  let symbols: SymbolTable
  /// The function of a symbol, if it is compiled with the program.
  let body: (SymbolID) -> Function?
  private(set) var changed = false
  /// The calls of known code, in order of the blocks.
  private(set) var calls: [KnownCall] = []
  /// Index: value. For a closure object: where its stores begin in `stores`, plus 1.
  private var firstStore: [Int32] = []
  private var stores: [(store: ValueID, next: Int32)] = []

  struct KnownCall {
    var call: ValueID
    var code: SymbolID
    /// The closure object is used for nothing but this call.
    var isOnly: Bool
  }

  init(_ f: Function, _ symbols: SymbolTable, body: @escaping (SymbolID) -> Function?) {
    self.f = f
    self.symbols = symbols
    self.body = body
  }

  /// Whether there is anything to resolve at all: few functions have it.
  static func hasWork(_ f: Function) -> Bool {
    for b in f.order {
      for v in f.blocks[b].values {
        switch f.values[v].op {
        case .callClosure, .callInterface: return true
        case .load:
          switch f.values[f.arg(v, 0)].op {
          case .symbolAddress where f.values[v].flags.contains(.invariant): return true
          case .box: return true
          default: break
          }
        default: break
        }
      }
    }
    return false
  }

  mutating func run() {
    indexClosures()
    for b in f.order where f.blocks[b].kind != .tailCall {
      for v in f.blocks[b].values {
        for k in f.argRange(v) { f.args[k] = f.resolve(f.args[k]) }
        switch f.values[v].op {
        case .load: visitLoad(v)
        case .callClosure: visitClosureCall(v)
        case .callInterface: visitInterfaceCall(v)
        default: break
        }
      }
    }
    if changed { eliminateCopies(f) }
  }

  // MARK: closures

  private func isClosure(_ v: ValueID) -> Bool {
    f.values[v].op == .alloc && f.allocs[Int(f.values[v].aux)].kind == .closure
  }

  /// Collects what fills each closure object: the stores in its block.
  private mutating func indexClosures() {
    firstStore = Array(repeating: 0, count: f.values.count)
    for b in f.order {
      for v in f.blocks[b].values where f.values[v].op == .store {
        let a = f.resolve(f.arg(v, 0))
        guard isClosure(a), f.values[a].block == b else { continue }
        stores.append((store: v, next: firstStore[a.index]))
        firstStore[a.index] = Int32(stores.count)
      }
    }
  }

  /// What the word at `offset` of a closure object holds, if one store fills it.
  private func captured(_ closure: ValueID, _ offset: Int64) -> ValueID? {
    var found: ValueID?
    var i = firstStore[closure.index]
    while i != 0 {
      let s = stores[Int(i) - 1]
      i = s.next
      if f.values[s.store].auxInt != offset { continue }
      if found != nil { return nil }
      found = f.resolve(f.arg(s.store, 1))
    }
    return found
  }

  private mutating func visitClosureCall(_ v: ValueID) {
    let c = f.arg(v, 0)
    if f.values[c].op == .symbolAddress {
      guard let code = address(f.values[c].aux, f.values[c].auxInt, isData: true),
        let callee = body(code.symbol), !callee.flags.contains(.needsContext)
      else { return }
      makeStatic(v, code.symbol, callee)
      return
    }
    guard isClosure(c), let word = captured(c, 0), f.values[word].op == .symbolAddress else {
      return
    }
    calls.append(
      KnownCall(call: v, code: SymbolID(raw: f.values[word].aux), isOnly: false))
  }

  /// Finds which closures have no other use than their call; `uses` counts all uses.
  mutating func findOnlyCalls() {
    if !calls.contains(where: { f.values[$0.call].op == .callClosure }) { return }
    let uses = f.useCounts()
    for i in calls.indices where f.values[calls[i].call].op == .callClosure {
      let c = f.arg(calls[i].call, 0)
      calls[i].isOnly = uses[c.index] == 1 + fillingStores(c)
    }
  }

  private func fillingStores(_ closure: ValueID) -> UInt32 {
    var n: UInt32 = 0
    var i = firstStore[closure.index]
    while i != 0 {
      let s = stores[Int(i) - 1]
      i = s.next
      n += f.resolve(f.arg(s.store, 1)) == closure ? 0 : 1
    }
    return n
  }

  // MARK: interfaces

  private mutating func visitInterfaceCall(_ v: ValueID) {
    let code = f.values[f.arg(v, 0)]
    guard code.op == .symbolAddress, code.auxInt == 0,
      let callee = body(SymbolID(raw: code.aux))
    else { return }
    makeStatic(v, callee.symbol, callee)
  }

  /// Turns call `v` into a direct one; its first argument was the code or a closure.
  private mutating func makeStatic(_ v: ValueID, _ code: SymbolID, _ callee: Function) {
    let call = Int(f.values[v].aux)
    guard callee.signature.params == f.calls[call].signature.params,
      callee.signature.results == f.calls[call].signature.results
    else { return }
    f.calls[call].symbol = code
    f.values[v].op = .callStatic
    f.values[v].argStart += 1
    f.values[v].argCount -= 1
    changed = true
    calls.append(KnownCall(call: v, code: code, isOnly: false))
  }

  // MARK: memory that never changes

  private mutating func visitLoad(_ v: ValueID) {
    var p = f.arg(v, 0)
    var offset = f.values[v].auxInt
    while f.values[p].op == .ptrAdd, let c = f.constant(f.resolve(f.arg(p, 1))) {
      offset &+= c
      p = f.resolve(f.arg(p, 0))
    }
    let base = f.values[p]
    let type = f.values[v].type
    switch base.op {
    case .symbolAddress:
      guard type == .i64 || type == .ptr,
        let target = address(base.aux, base.auxInt &+ offset, isData: false)
      else { return }
      f.values[v].op = .symbolAddress
      f.values[v].aux = target.symbol.raw
      f.values[v].auxInt = target.addend
      f.values[v].flags = []
      f.values[v].argCount = 0
      changed = true
    case .alloc:
      guard isClosure(p), let y = captured(p, offset), f.values[y].type == type else { return }
      f.replace(v, with: y)
      changed = true
    case .box:
      guard let y = boxed(p, offset), f.values[y].type == type else { return }
      f.replace(v, with: y)
      changed = true
    default: break
    }
  }

  /// The component at `offset` of a box, whose components lie in order with natural alignment.
  private func boxed(_ box: ValueID, _ offset: Int64) -> ValueID? {
    var at: Int64 = 0
    for k in f.argRange(box) {
      let y = f.resolve(f.args[k])
      let size = Int64(f.values[y].type.size)
      if size == 0 { return nil }
      at = (at + size - 1) / size * size
      if at == offset { return y }
      at += size
    }
    return nil
  }

  /// The address that stands at `offset` of read-only symbol `s`.
  private func address(_ s: UInt32, _ offset: Int64, isData: Bool) -> (
    symbol: SymbolID, addend: Int64
  )? {
    guard let d = symbols.definitions[SymbolID(raw: s)], d.kind == .rodata || d.kind == .itab,
      offset >= 0
    else { return nil }
    for r in d.relocs where Int64(r.offset) == offset {
      switch r.kind {
      case .abs64: return (r.target, r.addend)
      case .weakAbs64: if body(r.target) != nil { return (r.target, r.addend) }
      default: break
      }
    }
    return nil
  }
}

/// Removes closure objects that nothing uses any more but the stores that fill them.
///
/// Escape analysis would take the making of a closure for a call of it.
/// requires: copies eliminated; keeps: cfg; destroys: use counts.
func removeUnusedClosures(_ f: Function) {
  var filling = [UInt32](repeating: 0, count: f.values.count)
  var any = false
  func closure(_ v: ValueID) -> ValueID? {
    guard f.values[v].op == .store else { return nil }
    let a = f.arg(v, 0)
    let isClosure = f.values[a].op == .alloc && f.allocs[Int(f.values[a].aux)].kind == .closure
    return isClosure && f.arg(v, 1) != a ? a : nil
  }
  for b in f.order {
    for v in f.blocks[b].values {
      guard let a = closure(v) else { continue }
      filling[a.index] += 1
      any = true
    }
  }
  if !any { return }
  let uses = f.useCounts()
  for b in f.order {
    f.blocks[b].values.removeAll { v in
      guard let a = closure(v), uses[a.index] == filling[a.index] else { return false }
      f.values[v].block = .none
      f.values[v].op = .invalid
      f.values[v].argCount = 0
      return true
    }
  }
}
