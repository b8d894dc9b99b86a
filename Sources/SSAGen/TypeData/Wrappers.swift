import ABI
import Base
import Object
import SSA
import Types

/// Methods as code: declared ones, and wrappers for promoted methods and for value methods called
/// through pointers.
extension ProgramBuilder {
  /// Code of method `e` of type `t` for callers that pass the receiver as `t` (`abi.Method.Tfn`).
  /// `t` may also be a pointer to the pointer type that has the method: see
  /// `interfaceMethodSymbol`. Without `use` its body is not asked for.
  func methodSymbol(_ t: TypeID, _ e: MethodSetEntry, use wanted: Bool = false) -> SymbolID {
    let t = ts.canonical(t)
    let isPointer = ts.kind(t) == .pointer
    let pointerReceiver = ts.objects[e.method].flags.contains(.pointerReceiver)
    let isBox = isPointer && ts.kind(ts.canonical(ts.elem(t))) == .pointer
    if ts.kind(ts.under(t)) != .interface && e.path.isEmpty && pointerReceiver == isPointer
      && !isBox
    {
      let named = isPointer ? ts.canonical(ts.elem(t)) : t
      let i = methodInstance(e.method, named)
      return wanted ? use(i) : codeSymbol(i)
    }
    let s = symbols.symbol(wrapperName(t, e))
    if wanted && markBuilt(s) {
      var w = WrapperBuilder(self, s, t, e)
      w.build()
    }
    return s
  }

  /// Code of method `e` of type `t` for callers that pass the data word of an interface
  /// (`abi.Method.Ifn`).
  func interfaceMethodSymbol(_ t: TypeID, _ e: MethodSetEntry, use wanted: Bool = false) -> SymbolID
  {
    if layouts.of(ts.canonical(t)).isDirectInterface { return methodSymbol(t, e, use: wanted) }
    // The data word points to the value: what a method of *T gets.
    return methodSymbol(ts.canonical(ts.pointer(t)), e, use: wanted)
  }

  /// The instance of a method, given the (instantiated) named type that declares it.
  func methodInstance(_ m: ObjectID, _ named: TypeID) -> Int {
    let origin = ts.objects[m].origin
    let args = ts.typeList(ts.namedInfo(named).args).map { ts.canonical($0) }
    return functionInstance(origin.isSome ? origin : m, args)
  }

  private func wrapperName(_ t: TypeID, _ e: MethodSetEntry) -> String {
    let isPointer = ts.kind(t) == .pointer
    let base = isPointer ? ts.canonical(ts.elem(t)) : t
    let o = ts.objects[e.method]
    var method = ts.text(o.name)
    if ts.kind(base) == .named {
      let info = ts.namedInfo(base)
      let home = ts.objects[info.object].package
      if !o.isExported && o.package != home { method = escapedPath(o.package) + "." + method }
      var name = ts.text(ts.objects[info.object].name)
      let n = descriptors.localNumber(base)
      if n > 0 { name += "·\(n)" }
      let args = ts.typeList(info.args).map { descriptors.linkString($0) }
      if !args.isEmpty { name += "[" + args.joined(separator: ",") + "]" }
      if isPointer { name = "(*\(name))" }
      return (home.isSome ? escapedPath(home) + "." : "") + name + "." + method
    }
    if !o.isExported { method = escapedPath(o.package) + "." + method }
    return receiverName(base, isPointer: isPointer) + "." + method
  }
}

/// Builds one wrapper: takes the receiver apart along the path of embedded fields and calls the
/// method.
struct WrapperBuilder {
  let pb: ProgramBuilder
  let ts: TypeStore
  let fb: FunctionBuilder
  let receiver: TypeID
  let entry: MethodSetEntry
  private let incoming: CallABI
  private let params: [TypeID]
  private let results: [TypeID]
  private var paramValues: [ValueID] = []

  init(_ pb: ProgramBuilder, _ s: SymbolID, _ t: TypeID, _ e: MethodSetEntry) {
    self.pb = pb
    ts = pb.ts
    receiver = t
    entry = e
    let store = pb.ts
    let sig = store.signature(pb.signatureWithoutReceiver(e.method))
    params = (0..<store.memberCount(sig.params)).map {
      store.canonical(store.memberType(sig.params, $0))
    }
    results = (0..<store.memberCount(sig.results)).map {
      store.canonical(store.memberType(sig.results, $0))
    }
    incoming = pb.layouts.callABI(params: [t] + params, results: results)
    let f = Function(
      symbol: s, name: pb.symbols.name(s), pos: pb.ts.objects[e.method].pos,
      signature: incoming.signature)
    f.flags = [.wrapper, .dupOK]
    fb = FunctionBuilder(pb, f)
  }

  mutating func build() {
    let b = fb.newBlock()
    fb.startSealed(b)
    fb.pos = fb.f.pos
    for (i, p) in incoming.signature.params.enumerated() {
      paramValues.append(fb.emit(.param, p.type, auxInt: Int64(i)))
    }
    let (place, type) = follow()
    callMethod(at: place, type)
    fb.finishVariables()
    pb.addFunction(fb.f)
  }

  // MARK: the receiver

  /// The address of what the method is declared on: a value of `type`.
  private func follow() -> (Address, TypeID) {
    var at: Address
    var type: TypeID
    if ts.kind(receiver) == .pointer {
      at = Address(paramValues[0])
      type = ts.canonical(ts.elem(receiver))
      checkReceiver(at.base)
      if ts.kind(type) == .pointer && !(entry.path.isEmpty && isPointerMethod) {
        // The box of an interface that holds a pointer to a type not in the heap.
        at = Address(fb.load(.ptr, at))
        type = ts.canonical(ts.elem(type))
        checkReceiver(at.base)
      }
    } else {
      at = spillReceiver()
      type = receiver
    }
    at.isSafe = true
    for (k, i) in entry.path.enumerated() {
      let u = ts.canonical(ts.under(type))
      at = at.advanced(Int64(pb.layouts.fieldOffset(u, i)))
      type = ts.canonical(ts.memberType(u, i))
      guard ts.kind(type) == .pointer else { continue }
      let isLast = k == entry.path.count - 1
      if isLast && isPointerMethod { break }
      let p = fb.load(.ptr, at)
      fb.nilCheck(p)
      at = Address(p, 0, isSafe: true)
      type = ts.canonical(ts.elem(type))
    }
    return (at, type)
  }

  private var isPointerMethod: Bool {
    ts.objects[entry.method].flags.contains(.pointerReceiver)
  }

  /// A nil pointer: gc's message names the method for value methods, otherwise it is a plain fault.
  private func checkReceiver(_ p: ValueID) {
    if !entry.path.isEmpty {
      fb.nilCheck(p)
      return
    }
    let bad = fb.newColdBlock()
    let good = fb.newBlock()
    fb.branch(fb.compare(.eq, p, fb.constNil()), bad, good, likely: -1)
    fb.startSealed(bad)
    fb.callRuntime(.panicwrap, [])
    fb.startSealed(good)
  }

  /// A receiver passed by value, in memory.
  private func spillReceiver() -> Address {
    let l = incoming.params[0]
    if !l.hasSlots { return Address(fb.emit(.incomingAddress, .ptr, auxInt: Int64(l.offset))) }
    let a = fb.temporary(receiver)
    let layout = pb.layouts.of(receiver)
    for i in 0..<Int(layout.leafCount) {
      let leaf = pb.layouts.leaf(layout, i)
      fb.store(paramValues[Int(l.slot) + i], a.advanced(Int64(leaf.offset)))
    }
    return a
  }

  // MARK: the call

  private func callMethod(at place: Address, _ type: TypeID) {
    var target: TypeID
    var first: [ValueID] = []
    var symbol = SymbolID.none
    var op = Op.callStatic
    var receiverMemory: Address?
    if ts.kind(ts.under(type)) == .interface {
      let tab = fb.emit(.intToPtr, .ptr, fb.load(.i64, place))
      let data = fb.load(.ptr, place.advanced(8))
      fb.nilCheck(tab)
      let code = fb.load(.i64, Address(tab, Int64(24 + 8 * entry.index), isSafe: true))
      fb.markInterfaceCall(ts.canonical(ts.under(type)), entry.index)
      op = .callInterface
      target = pb.types.unsafePointer
      first = [code, data]
    } else if isPointerMethod {
      let named: TypeID
      let p: ValueID
      if ts.kind(type) == .pointer {
        named = ts.canonical(ts.elem(type))
        p = fb.load(.ptr, place)
      } else {
        named = type
        p = fb.pointer(place)
      }
      symbol = pb.use(pb.methodInstance(entry.method, named))
      target = ts.canonical(ts.pointer(named))
      first = [p]
    } else {
      symbol = pb.use(pb.methodInstance(entry.method, type))
      target = type
      receiverMemory = place
    }
    let out = pb.layouts.callABI(params: [target] + params, results: results)
    var args = [ValueID](repeating: .none, count: out.signature.params.count)
    if let m = receiverMemory {
      load(target, from: m, out.params[0], &args)
    } else if let p = first.last {
      args[Int(out.params[0].slot)] = p
    }
    for i in params.indices { pass(i, out.params[i + 1], &args) }
    if op == .callInterface { args.insert(first[0], at: 0) }
    finish(op, symbol, args, out)
  }

  /// Components of a value in memory as arguments, or a copy in the outgoing area.
  private func load(_ t: TypeID, from a: Address, _ l: ParamLocation, _ args: inout [ValueID]) {
    let layout = pb.layouts.of(t)
    if !l.hasSlots {
      if layout.size > 0 { fb.copyMemory(t, from: a, to: outgoing(l.offset)) }
      return
    }
    for k in 0..<Int(l.count) {
      let leaf = pb.layouts.leaf(layout, k)
      args[Int(l.slot) + k] = fb.load(leaf.type, a.advanced(Int64(leaf.offset)))
    }
  }

  private func outgoing(_ offset: Int32) -> Address {
    var a = Address(fb.emit(.outgoingAddress, .i64), Int64(offset), isSafe: true)
    a.noBarrier = true
    return a
  }

  private func incomingPlace(_ offset: Int32) -> Address {
    var a = Address(fb.emit(.incomingAddress, .ptr), Int64(offset), isSafe: true)
    a.noBarrier = true
    return a
  }

  /// Passes parameter `i` on, from where it came to where the method expects it.
  private func pass(_ i: Int, _ to: ParamLocation, _ args: inout [ValueID]) {
    let from = incoming.params[i + 1]
    let layout = pb.layouts.of(params[i])
    if layout.size == 0 { return }
    if !from.hasSlots {
      load(params[i], from: incomingPlace(from.offset), to, &args)
    } else if to.hasSlots {
      for k in 0..<Int(to.count) { args[Int(to.slot) + k] = paramValues[Int(from.slot) + k] }
    } else {
      let a = outgoing(to.offset)
      for k in 0..<Int(from.count) {
        let leaf = pb.layouts.leaf(layout, k)
        fb.store(paramValues[Int(from.slot) + k], a.advanced(Int64(leaf.offset)))
      }
    }
  }

  private func finish(_ op: Op, _ symbol: SymbolID, _ args: [ValueID], _ out: CallABI) {
    let f = fb.f
    f.calls.append(CallInfo(symbol: symbol, signature: out.signature))
    let n = out.signature.results.count
    let type: ValueType = n == 0 ? .void : n == 1 ? out.signature.results[0].type : .tuple
    let call = fb.emit(op, type, list: args, aux: UInt32(f.calls.count - 1))
    var values: [ValueID] = []
    if n == 1 { values = [call] }
    if n > 1 {
      for i in 0..<n {
        values.append(fb.emit(.project, out.signature.results[i].type, call, auxInt: Int64(i)))
      }
    }
    for i in results.indices where !out.results[i].hasSlots {
      if pb.layouts.of(results[i]).size == 0 { continue }
      fb.copyMemory(
        results[i], from: outgoing(out.results[i].offset),
        to: incomingPlace(incoming.results[i].offset))
    }
    let b = fb.block()
    f.blocks[b].kind = .ret
    f.blocks[b].results = values
    fb.cur = .none
  }
}
