import ABI
import Base
import Object
import SSA
import Types

/// How values of a type are compared and hashed: by a function of the runtime, or by one made here.
enum Algorithm: Equatable {
  /// Not comparable.
  case none
  /// Equal bytes: `size` of them.
  case memory(Int)
  case string
  /// Interfaces with and without methods.
  case interface, emptyInterface
  case float32, float64, complex64, complex128
  /// Structs and arrays of the others, or with padding.
  case special
}

/// Equality and hash functions of types, as function values for `abi.Type.Equal` and
/// `abi.MapType.Hasher` (sections 6.3 and 6.6 of the surface reference: memory of 4 and 8 bytes and
/// strings must be hashed by the functions that the maps' fast paths use).
final class Algorithms {
  unowned let pb: ProgramBuilder
  let ts: TypeStore
  private var equalityValues: [TypeID: SymbolID] = [:]
  private var hashValues: [TypeID: SymbolID] = [:]

  init(_ pb: ProgramBuilder) {
    self.pb = pb
    ts = pb.ts
  }

  func algorithm(_ t: TypeID) -> Algorithm {
    let u = ts.canonical(ts.under(t))
    let l = pb.layouts.of(u)
    switch ts.kind(u) {
    case .slice, .map, .signature: return .none
    case .basic:
      switch ts.basicKind(u) {
      case .string, .untypedString: return .string
      case .float32: return .float32
      case .float64, .untypedFloat: return .float64
      case .complex64: return .complex64
      case .complex128, .untypedComplex: return .complex128
      default: return .memory(l.size)
      }
    case .interface: return pb.isEmptyInterface(u) ? .emptyInterface : .interface
    case .array: return array(u, l)
    case .struct: return record(u, l)
    default: return .memory(l.size)
    }
  }

  private func array(_ u: TypeID, _ l: Layout) -> Algorithm {
    let a = algorithm(ts.elem(u))
    if a == .none { return .none }
    let n = ts.arrayLength(u)
    if n == 0 { return .memory(0) }
    if n == 1 { return a }
    if case .memory = a, l.isPlainMemory { return .memory(l.size) }
    return .special
  }

  private func record(_ u: TypeID, _ l: Layout) -> Algorithm {
    let n = ts.memberCount(u)
    for i in 0..<n where algorithm(ts.memberType(u, i)) == .none { return .none }
    if n == 1 && ts.objects[ts.member(u, 0)].name != blankName {
      return algorithm(ts.memberType(u, 0))
    }
    return l.isPlainMemory ? .memory(l.size) : .special
  }

  // MARK: function values

  /// The function value of `t`'s equality, none if it is not comparable.
  func equalityValue(_ t: TypeID) -> SymbolID {
    if let s = equalityValues[t] { return s }
    let s = makeEqualityValue(t)
    equalityValues[t] = s
    return s
  }

  private func makeEqualityValue(_ t: TypeID) -> SymbolID {
    switch algorithm(t) {
    case .none: return .none
    case .memory(let n):
      switch n {
      case 0: return runtimeValue("memequal0")
      case 1, 2, 4, 8, 16: return runtimeValue("memequal\(n * 8)")
      default: return sizedValue("runtime.memequal_varlen", "type:.eqfunc", n)
      }
    case .string: return runtimeValue("strequal")
    case .interface: return runtimeValue("interequal")
    case .emptyInterface: return runtimeValue("nilinterequal")
    case .float32: return runtimeValue("f32equal")
    case .float64: return runtimeValue("f64equal")
    case .complex64: return runtimeValue("c64equal")
    case .complex128: return runtimeValue("c128equal")
    case .special: return pb.funcValueSymbol(equalityFunction(t))
    }
  }

  /// The function value of `t`'s hash, for map keys.
  func hashValue(_ t: TypeID) -> SymbolID {
    if let s = hashValues[t] { return s }
    let s = makeHashValue(t)
    hashValues[t] = s
    return s
  }

  private func makeHashValue(_ t: TypeID) -> SymbolID {
    switch algorithm(t) {
    case .none: return .none
    case .memory(let n):
      switch n {
      case 0: return runtimeValue("memhash0")
      case 1, 2, 4, 8, 16: return runtimeValue("memhash\(n * 8)")
      default: return sizedValue("runtime.memhash_varlen", "type:.hashfunc", n)
      }
    case .string: return runtimeValue("strhash")
    case .interface: return runtimeValue("interhash")
    case .emptyInterface: return runtimeValue("nilinterhash")
    case .float32: return runtimeValue("f32hash")
    case .float64: return runtimeValue("f64hash")
    case .complex64: return runtimeValue("c64hash")
    case .complex128: return runtimeValue("c128hash")
    case .special: return pb.funcValueSymbol(hashFunction(t))
    }
  }

  private func runtimeValue(_ name: String) -> SymbolID {
    pb.funcValueSymbol(pb.runtimeFunctionSymbol("runtime." + name))
  }

  /// A closure {code, size}, which the code finds through the context register.
  private func sizedValue(_ code: String, _ prefix: String, _ n: Int) -> SymbolID {
    let s = pb.symbols.symbol("\(prefix)\(n)")
    if pb.symbols.isDefined(s) { return s }
    var w = DataWriter()
    w.address(pb.runtimeFunctionSymbol(code))
    w.out.u64(UInt64(n))
    pb.symbols.define(s, w.definition(.rodata))
    return s
  }

  // MARK: generated functions

  /// `func(p, q unsafe.Pointer) bool` for a type of algorithm `.special`.
  func equalityFunction(_ t: TypeID) -> SymbolID {
    let s = pb.symbols.symbol("type:.eq." + pb.descriptors.linkString(t))
    if pb.markBuilt(s) { EqualityBuilder(pb, s, t).build() }
    return s
  }

  /// `func(p unsafe.Pointer, h uintptr) uintptr` for a type of algorithm `.special`.
  func hashFunction(_ t: TypeID) -> SymbolID {
    let s = pb.symbols.symbol("type:.hash." + pb.descriptors.linkString(t))
    if pb.markBuilt(s) { HashBuilder(pb, s, t).build() }
    return s
  }
}

/// What the two builders share: a small function over raw pointers, without Go source.
class AlgorithmBuilder {
  let pb: ProgramBuilder
  let ts: TypeStore
  let f: Function
  let type: TypeID
  var cur: BlockID

  init(_ pb: ProgramBuilder, _ s: SymbolID, _ t: TypeID, params: [ValueType], result: ValueType) {
    self.pb = pb
    ts = pb.ts
    type = ts.canonical(t)
    f = Function(
      symbol: s, name: pb.symbols.name(s), pos: .none,
      signature: AlgorithmBuilder.signature(params, [result]))
    f.flags = [.dupOK]
    cur = f.makeBlock()
  }

  /// Scalars in the integer registers, in order.
  static func signature(_ params: [ValueType], _ results: [ValueType]) -> ABISignature {
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

  func emit(_ op: Op, _ t: ValueType, _ a: [ValueID] = [], aux: UInt32 = 0, auxInt: Int64 = 0)
    -> ValueID
  {
    f.append(cur, op, t, a, aux: aux, auxInt: auxInt)
  }

  func int(_ n: Int) -> ValueID { emit(.constInt, .i64, auxInt: Int64(n)) }

  func at(_ p: ValueID, _ offset: Int) -> ValueID {
    offset == 0 ? p : emit(.ptrAdd, .ptr, [p, int(offset)])
  }

  func load(_ t: ValueType, _ p: ValueID, _ offset: Int) -> ValueID {
    emit(.load, t, [p], auxInt: Int64(offset))
  }

  /// A call of a function that takes and returns scalars.
  func call(_ s: SymbolID, _ args: [ValueID], _ result: ValueType) -> ValueID {
    let types = args.map { f.values[$0].type }
    f.calls.append(
      CallInfo(symbol: s, signature: AlgorithmBuilder.signature(types, [result])))
    return emit(.callStatic, result, args, aux: UInt32(f.calls.count - 1))
  }

  func runtime(_ name: String) -> SymbolID { pb.runtimeFunctionSymbol("runtime." + name) }

  /// A counted loop over array elements; `body` gets the element's byte offset as a value.
  func loop(count: Int, stride: Int, _ carried: ValueID?, _ body: (ValueID, ValueID?) -> ValueID?)
    -> ValueID?
  {
    let start = int(0)
    let before = cur
    let header = f.makeBlock()
    f.blocks[before].kind = .jump
    f.addEdge(before, header)
    let i = f.makeValue(.phi, .i64, [start, start])
    f.values[i].block = header
    f.blocks[header].values.append(i)
    var h: ValueID?
    if let c = carried {
      let p = f.makeValue(.phi, f.values[c].type, [c, c])
      f.values[p].block = header
      f.blocks[header].values.append(p)
      h = p
    }
    let inside = f.makeBlock()
    let after = f.makeBlock()
    cur = header
    let more = emit(.ltS, .i8, [i, int(count * stride)])
    f.blocks[header].kind = .branch
    f.blocks[header].control = more
    f.addEdge(header, inside)
    f.addEdge(header, after)
    cur = inside
    let new = body(i, h)
    let next = emit(.add, .i64, [i, int(stride)])
    f.blocks[cur].kind = .jump
    f.addEdge(cur, header)
    f.setArg(i, 1, next)
    if let p = h, let n = new { f.setArg(p, 1, n) }
    cur = after
    return h
  }

  /// Calls `body` for each field run of a struct: memory runs (offset, size) or single fields.
  /// Runs are single fields unless `merged`.
  func forEachPart(
    _ t: TypeID, _ at: Int, merged: Bool, memory: (Int, Int) -> Void, other: (TypeID, Int) -> Void
  ) {
    let u = ts.canonical(ts.under(t))
    var runStart = -1
    var runEnd = -1
    func flush() {
      if runStart >= 0 { memory(runStart, runEnd - runStart) }
      runStart = -1
    }
    for i in 0..<ts.memberCount(u) {
      if ts.objects[ts.member(u, i)].name == blankName { continue }
      let ft = ts.canonical(ts.memberType(u, i))
      let l = pb.layouts.of(ft)
      let offset = at + pb.layouts.fieldOffset(u, i)
      if case .memory = pb.algorithms.algorithm(ft) {
        if l.size == 0 { continue }
        if runStart >= 0 && (!merged || runEnd != offset) { flush() }
        if runStart < 0 { runStart = offset }
        runEnd = offset + l.size
      } else {
        flush()
        other(ft, offset)
      }
    }
    flush()
  }
}

/// Builds an equality function: compares part by part and leaves at the first difference.
final class EqualityBuilder: AlgorithmBuilder {
  private var p = ValueID.none
  private var q = ValueID.none
  private var fail = BlockID.none
  /// Comparisons of strings' bytes, made when all that is cheaper is known to be equal.
  private var late: [() -> Void] = []

  init(_ pb: ProgramBuilder, _ s: SymbolID, _ t: TypeID) {
    super.init(pb, s, t, params: [.ptr, .ptr], result: .i8)
  }

  func build() {
    p = emit(.param, .ptr, auxInt: 0)
    q = emit(.param, .ptr, auxInt: 1)
    fail = f.makeBlock()
    compare(type, p, q, 0)
    flush()
    let yes = emit(.constInt, .i8, auxInt: 1)
    f.blocks[cur].kind = .ret
    f.blocks[cur].results = [yes]
    cur = fail
    let no = emit(.constInt, .i8, auxInt: 0)
    f.blocks[cur].kind = .ret
    f.blocks[cur].results = [no]
    if f.blocks[fail].preds.isEmpty { f.order.removeAll { $0 == fail } }
    pb.addFunction(f)
  }

  /// Goes on in a new block if `c` is true, and to the failure otherwise.
  private func require(_ c: ValueID) {
    let next = f.makeBlock()
    f.blocks[cur].kind = .branch
    f.blocks[cur].control = c
    f.blocks[cur].likely = 1
    f.addEdge(cur, next)
    f.addEdge(cur, fail)
    cur = next
  }

  private func flush() {
    let all = late
    late = []
    for c in all { c() }
  }

  private func compare(_ t: TypeID, _ x: ValueID, _ y: ValueID, _ offset: Int) {
    let u = ts.canonical(ts.under(t))
    switch pb.algorithms.algorithm(t) {
    case .none: internalError("ssagen", "equality of \(ts.typeString(t))")
    case .memory(let n): memory(x, y, offset, n)
    case .string: string(x, y, offset)
    case .interface, .emptyInterface: interface(t, x, y, offset)
    case .float32: float(.f32, x, y, offset)
    case .float64: float(.f64, x, y, offset)
    case .complex64:
      float(.f32, x, y, offset)
      float(.f32, x, y, offset + 4)
    case .complex128:
      float(.f64, x, y, offset)
      float(.f64, x, y, offset + 8)
    case .special:
      if ts.kind(u) == .array {
        array(u, x, y, offset)
      } else {
        forEachPart(
          u, offset, merged: true, memory: { memory(x, y, $0, $1) },
          other: { compare($0, x, y, $1) })
      }
    }
  }

  private func memory(_ x: ValueID, _ y: ValueID, _ offset: Int, _ n: Int) {
    var at = offset
    var left = n
    if n > 32 {
      let equal = call(runtime("memequal"), [self.at(x, offset), self.at(y, offset), int(n)], .i8)
      return require(equal)
    }
    for t in [ValueType.i64, .i32, .i16, .i8] {
      while left >= t.size {
        require(emit(.eq, .i8, [load(t, x, at), load(t, y, at)]))
        at += t.size
        left -= t.size
      }
    }
  }

  private func string(_ x: ValueID, _ y: ValueID, _ offset: Int) {
    let n = load(.i64, x, offset + 8)
    require(emit(.eq, .i8, [n, load(.i64, y, offset + 8)]))
    late.append { [self] in
      let a = load(.ptr, x, offset)
      let b = load(.ptr, y, offset)
      require(call(runtime("memequal"), [a, b, n], .i8))
    }
  }

  private func interface(_ t: TypeID, _ x: ValueID, _ y: ValueID, _ offset: Int) {
    // Comparing interfaces may panic: what comes before is decided first.
    flush()
    let tab = load(.i64, x, offset)
    require(emit(.eq, .i8, [tab, load(.i64, y, offset)]))
    let name = pb.isEmptyInterface(t) ? "efaceeq" : "ifaceeq"
    let tabPointer = emit(.intToPtr, .ptr, [tab])
    let a = load(.ptr, x, offset + 8)
    let b = load(.ptr, y, offset + 8)
    require(call(runtime(name), [tabPointer, a, b], .i8))
  }

  private func float(_ t: ValueType, _ x: ValueID, _ y: ValueID, _ offset: Int) {
    require(emit(.feq, .i8, [load(t, x, offset), load(t, y, offset)]))
  }

  private func array(_ u: TypeID, _ x: ValueID, _ y: ValueID, _ offset: Int) {
    let e = ts.canonical(ts.elem(u))
    let size = pb.layouts.of(e).size
    let n = Int(ts.arrayLength(u))
    if n <= 4 {
      for i in 0..<n { compare(e, x, y, offset + i * size) }
      return
    }
    flush()
    let a = at(x, offset)
    let b = at(y, offset)
    _ = loop(count: n, stride: size, nil) { i, _ in
      compare(e, emit(.ptrAdd, .ptr, [a, i]), emit(.ptrAdd, .ptr, [b, i]), 0)
      flush()
      return nil
    }
  }
}

/// Builds a hash function: threads the seed through the hashes of the parts.
final class HashBuilder: AlgorithmBuilder {
  init(_ pb: ProgramBuilder, _ s: SymbolID, _ t: TypeID) {
    super.init(pb, s, t, params: [.ptr, .i64], result: .i64)
  }

  func build() {
    let p = emit(.param, .ptr, auxInt: 0)
    let h = emit(.param, .i64, auxInt: 1)
    let r = hash(type, p, 0, h)
    f.blocks[cur].kind = .ret
    f.blocks[cur].results = [r]
    pb.addFunction(f)
  }

  private func hash(_ t: TypeID, _ x: ValueID, _ offset: Int, _ seed: ValueID) -> ValueID {
    let u = ts.canonical(ts.under(t))
    switch pb.algorithms.algorithm(t) {
    case .none: internalError("ssagen", "hash of \(ts.typeString(t))")
    case .memory(let n): return memory(x, offset, n, seed)
    case .string: return simple("strhash", x, offset, seed)
    case .interface: return simple("interhash", x, offset, seed)
    case .emptyInterface: return simple("nilinterhash", x, offset, seed)
    case .float32: return simple("f32hash", x, offset, seed)
    case .float64: return simple("f64hash", x, offset, seed)
    case .complex64: return simple("c64hash", x, offset, seed)
    case .complex128: return simple("c128hash", x, offset, seed)
    case .special: break
    }
    if ts.kind(u) == .array { return array(u, x, offset, seed) }
    var h = seed
    // Field by field, as the runtime's typehash does it for maps that reflect makes.
    forEachPart(
      u, offset, merged: false, memory: { h = memory(x, $0, $1, h) },
      other: { h = hash($0, x, $1, h) })
    return h
  }

  private func simple(_ name: String, _ x: ValueID, _ offset: Int, _ h: ValueID) -> ValueID {
    call(runtime(name), [at(x, offset), h], .i64)
  }

  private func memory(_ x: ValueID, _ offset: Int, _ n: Int, _ h: ValueID) -> ValueID {
    if n == 4 || n == 8 { return simple("memhash\(n * 8)", x, offset, h) }
    return call(runtime("memhash"), [at(x, offset), h, int(n)], .i64)
  }

  private func array(_ u: TypeID, _ x: ValueID, _ offset: Int, _ seed: ValueID) -> ValueID {
    let e = ts.canonical(ts.elem(u))
    let size = pb.layouts.of(e).size
    let n = Int(ts.arrayLength(u))
    let base = at(x, offset)
    let r = loop(count: n, stride: size, seed) { i, h in
      hash(e, emit(.ptrAdd, .ptr, [base, i]), 0, h ?? seed)
    }
    return r ?? seed
  }
}
