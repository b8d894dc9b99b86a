import ABI
import Base
import Object

/// Runtime functions that expanded allocations and bulk stores call.
public struct ExpansionSymbols: Sendable {
  public let newobject, makeslice, convT16, convT32, convT64, convTstring, convTslice: SymbolID
  public let typedmemmove, typedmemclr, zerobase: SymbolID

  /// Looks them up, creating those that are not there yet.
  public init(_ table: inout SymbolTable) {
    newobject = table.symbol("runtime.newobject")
    makeslice = table.symbol("runtime.makeslice")
    convT16 = table.symbol("runtime.convT16")
    convT32 = table.symbol("runtime.convT32")
    convT64 = table.symbol("runtime.convT64")
    convTstring = table.symbol("runtime.convTstring")
    convTslice = table.symbol("runtime.convTslice")
    typedmemmove = table.symbol("runtime.typedmemmove")
    typedmemclr = table.symbol("runtime.typedmemclr")
    zerobase = table.symbol("runtime.zerobase")
  }

  /// Link names that must be in every program because these passes may call them.
  public static let names: [String] = [
    "runtime.newobject", "runtime.makeslice", "runtime.convT16", "runtime.convT32",
    "runtime.convT64", "runtime.convTstring", "runtime.convTslice", "runtime.typedmemmove",
    "runtime.typedmemclr", "runtime.zerobase",
  ]
}

extension ABISignature {
  /// A signature of scalars that all travel in integer registers.
  public static func scalars(_ params: [ValueType], _ results: [ValueType]) -> ABISignature {
    var a = ABISignature()
    for (i, p) in params.enumerated() {
      a.params.append(ABISlot(type: p, register: Int8(i), offset: Int32(8 * i)))
    }
    for (i, r) in results.enumerated() {
      a.results.append(ABISlot(type: r, register: Int8(i), offset: -1))
    }
    a.totalSize = Int32(8 * params.count)
    return a
  }
}

/// A block's value list while it is rewritten.
struct BlockRewriter {
  let f: Function
  let block: BlockID
  var out: [ValueID] = []

  init(_ f: Function, _ b: BlockID) {
    self.f = f
    block = b
    out.reserveCapacity(f.blocks[b].values.count + 16)
  }

  mutating func keep(_ v: ValueID) { out.append(v) }

  /// Makes a value at the end of what has been rewritten so far, with the position of `like`.
  mutating func emit(
    _ op: Op, _ t: ValueType, _ a: [ValueID] = [], aux: UInt32 = 0, auxInt: Int64 = 0,
    flags: ValueFlags = [], like: ValueID
  ) -> ValueID {
    let v = f.makeValue(
      op, t, a, aux: aux, auxInt: auxInt, flags: flags, pos: f.values[like].pos)
    f.values[v].inlineNode = f.values[like].inlineNode
    f.values[v].block = block
    out.append(v)
    return v
  }

  /// Turns `v` into a call of `s` with scalar arguments, and keeps it here.
  mutating func becomeCall(_ v: ValueID, _ s: SymbolID, _ a: [ValueID], result: ValueType) {
    let types = a.map { (x: ValueID) -> ValueType in f.values[x].type }
    f.calls.append(
      CallInfo(
        symbol: s, signature: .scalars(types, result == .void ? [] : [result])))
    f.values[v].op = .callStatic
    f.values[v].type = result
    f.values[v].aux = UInt32(f.calls.count - 1)
    f.values[v].auxInt = 0
    f.values[v].flags = []
    f.setArguments(v, a)
    out.append(v)
  }

  mutating func symbol(_ s: SymbolID, like: ValueID) -> ValueID {
    emit(.symbolAddress, .ptr, aux: s.raw, like: like)
  }
}

/// Turns the allocations that escape analysis left on the heap into calls of the runtime, and the stores
/// that fill a boxed value in. In a package that must not allocate, each is an error instead.
///
/// requires: escape analysis, frame allocations placed; keeps: cfg; destroys: use counts.
func expandAllocations(_ f: Function, _ s: ExpansionSymbols) {
  for b in f.order {
    let hasAny = f.blocks[b].values.contains { (v: ValueID) -> Bool in isAllocation(f, v) }
    if !hasAny { continue }
    var w = BlockRewriter(f, b)
    for v in f.blocks[b].values {
      if isAllocation(f, v) { expand(v, s, &w) } else { w.keep(v) }
    }
    f.blocks[b].values = w.out
  }
}

private func isAllocation(_ f: Function, _ v: ValueID) -> Bool {
  let op = f.values[v].op
  return op == .alloc || op == .allocSlice || op == .box
}

private func expand(_ v: ValueID, _ s: ExpansionSymbols, _ w: inout BlockRewriter) {
  let f = w.f
  let info = f.allocs[Int(f.values[v].aux)]
  let op = f.values[v].op
  if info.kind == .buffer {
    f.values[v].op = .constNil
    f.values[v].aux = 0
    f.values[v].flags = []
    return w.keep(v)
  }
  if f.flags.contains(.noAlloc) { reportAllocation(f, v, info) }
  if op == .allocSlice {
    let type = w.symbol(info.type, like: v)
    return w.becomeCall(v, s.makeslice, [type, f.arg(v, 0), f.arg(v, 1)], result: .ptr)
  }
  if info.size == 0 {
    let z = w.symbol(s.zerobase, like: v)
    f.replace(v, with: z)
    return w.keep(v)
  }
  let parts = op == .box ? f.arguments(v) : []
  if parts.count == 1 && info.pointerMask.allSatisfy({ $0 == 0 }) {
    if expandScalarBox(v, parts[0], s, &w) { return }
  }
  // The empty string and the nil slice have a place.
  if info.kind == .stringBox { return w.becomeCall(v, s.convTstring, parts, result: .ptr) }
  if info.kind == .sliceBox { return w.becomeCall(v, s.convTslice, parts, result: .ptr) }
  let type = w.symbol(info.type, like: v)
  w.becomeCall(v, s.newobject, [type], result: .ptr)
  var offset = 0
  for p in parts {
    let t = f.values[p].type
    offset = (offset + t.size - 1) / t.size * t.size
    _ = w.emit(
      .store, .void, [v, p], auxInt: Int64(offset), flags: [.noBarrier, .nonNil], like: v)
    offset += t.size
  }
}

/// Numbers of 2, 4 and 8 bytes: the runtime has small ones at hand.
private func expandScalarBox(
  _ v: ValueID, _ x: ValueID, _ s: ExpansionSymbols, _ w: inout BlockRewriter
) -> Bool {
  let f = w.f
  switch f.values[x].type {
  case .i16: w.becomeCall(v, s.convT16, [x], result: .ptr)
  case .i32: w.becomeCall(v, s.convT32, [x], result: .ptr)
  case .i64: w.becomeCall(v, s.convT64, [x], result: .ptr)
  case .f32:
    let bits = w.emit(.bitcast, .i32, [x], like: v)
    w.becomeCall(v, s.convT32, [bits], result: .ptr)
  case .f64:
    let bits = w.emit(.bitcast, .i64, [x], like: v)
    w.becomeCall(v, s.convT64, [bits], result: .ptr)
  default: return false
  }
  return true
}

/// Variables and closures are what gc refuses: everything else that allocates is visible in the source.
private func reportAllocation(_ f: Function, _ v: ValueID, _ info: AllocInfo) {
  let what: String
  switch info.kind {
  case .closure: what = "heap-allocated closure"
  case .variable: what = "variable escapes to heap"
  case .box, .stringBox, .sliceBox, .sliceLiteral, .object, .buffer: return
  }
  f.diagnostics.append(
    Diagnostic(pos: f.values[v].pos, message: "\(what), not allowed in runtime (\(f.name))"))
}
