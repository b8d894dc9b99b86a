import ABI
import Base
import Object
import SSA

/// Why a function stopped without returning.
enum Panic: Error, Equatable {
  case bounds(Int, Int64, Int64)
  case fuel
  case unsupported(String)
}

/// Executes SSA directly. Values are 64-bit patterns, narrow integers zero-extended; memory is the
/// process's own.
struct Interpreter {
  let f: Function
  /// Calls of symbols: name, arguments to results.
  let call: (String, [UInt64]) -> [UInt64]
  let table: SymbolTable
  /// Address of a data symbol.
  var symbolAddress: (SymbolID) -> UInt64 = { _ in 0 }
  private var values: [UInt64]
  private var tuples: [[UInt64]]
  private var slots: [UnsafeMutableRawPointer] = []
  private var fuel = 100_000

  init(
    _ f: Function, _ table: SymbolTable, call: @escaping (String, [UInt64]) -> [UInt64]
  ) {
    self.f = f
    self.table = table
    self.call = call
    values = Array(repeating: 0, count: f.values.count)
    tuples = Array(repeating: [], count: f.values.count)
  }

  mutating func run(_ arguments: [UInt64]) throws -> [UInt64] {
    for s in f.slots {
      let p = UnsafeMutableRawPointer.allocate(byteCount: s.size + 16, alignment: 16)
      p.initializeMemory(as: UInt8.self, repeating: 0, count: s.size + 16)
      slots.append(p)
    }
    defer { for p in slots { p.deallocate() } }
    var b = f.entry
    var from = BlockID.none
    var edge = 0
    while true {
      fuel -= 1
      if fuel < 0 { throw Panic.fuel }
      if from.isSome { phis(b, from, edge) }
      for v in f.blocks[b].values where f.values[v].op != .phi { try step(v, arguments) }
      let x = f.blocks[b]
      from = b
      switch x.kind {
      case .jump: edge = 0
      case .branch: edge = values[x.control.index] & 0xFF != 0 ? 0 : 1
      case .table:
        let c = values[x.control.index]
        edge = c < UInt64(x.succs.count) ? Int(c) : x.succs.count - 1
      case .ret: return x.results.map { values[$0.index] }
      default: throw Panic.unsupported("\(x.kind)")
      }
      b = x.succs[edge]
    }
  }

  private mutating func phis(_ b: BlockID, _ from: BlockID, _ edge: Int) {
    let k = f.predIndex(from, successor: edge)
    var new: [(ValueID, UInt64)] = []
    for v in f.blocks[b].values {
      guard f.values[v].op == .phi else { break }
      new.append((v, values[f.arg(v, k).index]))
    }
    for (v, n) in new { values[v.index] = n }
  }

  static func mask(_ n: UInt64, _ t: ValueType) -> UInt64 {
    t.size == 8 || t.size == 0 ? n : n & ((1 << UInt64(t.bits)) - 1)
  }
  static func signed(_ n: UInt64, _ t: ValueType) -> Int64 {
    switch t {
    case .i8: return Int64(Int8(truncatingIfNeeded: n))
    case .i16: return Int64(Int16(truncatingIfNeeded: n))
    case .i32: return Int64(Int32(truncatingIfNeeded: n))
    default: return Int64(bitPattern: n)
    }
  }
  private func double(_ n: UInt64, _ t: ValueType) -> Double {
    t == .f32 ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: n))) : Double(bitPattern: n)
  }
  private func bits(_ d: Double, _ t: ValueType) -> UInt64 {
    t == .f32 ? UInt64(Float(d).bitPattern) : d.bitPattern
  }

  private mutating func step(_ v: ValueID, _ arguments: [UInt64]) throws {
    let x = f.values[v]
    let a = f.argRange(v).map { values[f.args[$0].index] }
    let t = x.type
    let from = x.argCount > 0 ? f.values[f.arg(v, 0)].type : .void
    var r: UInt64 = 0
    switch x.op {
    case .param: r = arguments[Int(x.auxInt)]
    case .copy, .ptrToInt, .intToPtr, .bitcast, .zeroExtend: r = a[0]
    case .project: r = tuples[f.arg(v, 0).index][Int(x.auxInt)]
    case .constInt: r = UInt64(bitPattern: x.auxInt)
    case .constFloat: r = bits(Double(bitPattern: UInt64(bitPattern: x.auxInt)), t)
    case .constNil: r = 0
    case .slotAddress:
      r = UInt64(UInt(bitPattern: slots[Int(x.aux)])) &+ UInt64(bitPattern: x.auxInt)
    case .symbolAddress:
      r = symbolAddress(SymbolID(raw: x.aux)) &+ UInt64(bitPattern: x.auxInt)
    case .select: r = a[0] & 0xFF != 0 ? a[1] : a[2]
    case .truncate: r = a[0]
    case .signExtend: r = UInt64(bitPattern: Interpreter.signed(a[0], from))
    case .boundsCheck: try bounds(x, a)
    case .nilCheck, .keepAlive, .prefetch, .pause: break
    case .callStatic:
      let results = call(table.name(f.calls[Int(x.aux)].symbol), a)
      if t == .tuple { tuples[v.index] = results } else if let n = results.first { r = n }
    case .mulWideU:
      let p = a[0].multipliedFullWidth(by: a[1])
      tuples[v.index] = [p.high, p.low]
    case .divWideU:
      let q = a[2].dividingFullWidth((a[0], a[1]))
      tuples[v.index] = [q.quotient, q.remainder]
    case .addCarry:
      let s = a[0].addingReportingOverflow(a[1])
      let u = s.partialValue.addingReportingOverflow(a[2])
      tuples[v.index] = [u.partialValue, s.overflow || u.overflow ? 1 : 0]
    case .subBorrow:
      let s = a[0].subtractingReportingOverflow(a[1])
      let u = s.partialValue.subtractingReportingOverflow(a[2])
      tuples[v.index] = [u.partialValue, s.overflow || u.overflow ? 1 : 0]
    case .load, .store, .atomicLoad, .atomicStore, .atomicExchange, .atomicAdd,
      .atomicCompareExchange, .atomicAnd, .atomicOr, .zeroMemory, .copyMemory, .barrierStore:
      r = try memory(v, x, a)
    case .feq, .fne, .flt, .fle, .fadd, .fsub, .fmul, .fdiv, .fneg, .fsqrt, .fabs, .fcopysign,
      .fmin, .fmax, .floatToInt, .intToFloat, .floatConvert, .fma, .fround:
      r = float(x, a, from)
    default: r = try integer(x, a, from)
    }
    values[v.index] = Interpreter.mask(r, t)
  }

  private func bounds(_ x: Value, _ a: [UInt64]) throws {
    let ok: Bool
    switch BoundsKind(rawValue: x.auxInt)! {
    case .index, .indexU: ok = a[0] < a[1]
    default: ok = a[0] <= a[1]
    }
    if !ok {
      throw Panic.bounds(Int(x.auxInt), Int64(bitPattern: a[0]), Int64(bitPattern: a[1]))
    }
  }

  private func integer(_ x: Value, _ a: [UInt64], _ from: ValueType) throws -> UInt64 {
    let t = x.type
    let width = UInt64(from.bits)
    func s(_ i: Int) -> Int64 { Interpreter.signed(a[i], from) }
    func bool(_ b: Bool) -> UInt64 { b ? 1 : 0 }
    switch x.op {
    case .add, .ptrAdd: return a[0] &+ a[1]
    case .sub: return a[0] &- a[1]
    case .mul: return a[0] &* a[1]
    case .divS: return UInt64(bitPattern: s(1) == -1 ? 0 &- s(0) : s(0) / s(1))
    case .remS: return UInt64(bitPattern: s(1) == -1 ? 0 : s(0) % s(1))
    case .divU: return a[0] / a[1]
    case .remU: return a[0] % a[1]
    case .and: return a[0] & a[1]
    case .or: return a[0] | a[1]
    case .xor: return a[0] ^ a[1]
    case .andNot: return a[0] & ~a[1]
    case .neg: return 0 &- a[0]
    case .not: return ~a[0]
    case .shl: return a[1] >= width ? 0 : a[0] << a[1]
    case .shrU: return a[1] >= width ? 0 : a[0] >> a[1]
    case .shrS: return UInt64(bitPattern: s(0) >> Int64(min(a[1], width - 1)))
    case .rotl:
      let n = a[1] % width
      return n == 0 ? a[0] : (a[0] << n) | (a[0] >> (width - n))
    case .mulHighU:
      return width == 64 ? a[0].multipliedFullWidth(by: a[1]).high : (a[0] &* a[1]) >> width
    case .mulHighS:
      return UInt64(
        bitPattern: width == 64
          ? s(0).multipliedFullWidth(by: s(1)).high : (s(0) &* s(1)) >> Int64(width))
    case .ctz: return a[0] == 0 ? width : UInt64(a[0].trailingZeroBitCount)
    case .clz: return UInt64(a[0].leadingZeroBitCount) - (64 - width)
    case .popCount: return UInt64(a[0].nonzeroBitCount)
    case .byteSwap: return a[0].byteSwapped >> (64 - width)
    case .eq: return bool(a[0] == a[1])
    case .ne: return bool(a[0] != a[1])
    case .ltU: return bool(a[0] < a[1])
    case .leU: return bool(a[0] <= a[1])
    case .ltS: return bool(s(0) < s(1))
    case .leS: return bool(s(0) <= s(1))
    default: throw Panic.unsupported("\(x.op) \(t)")
    }
  }

  private func float(_ x: Value, _ a: [UInt64], _ from: ValueType) -> UInt64 {
    let t = x.type
    func d(_ i: Int) -> Double { double(a[i], from) }
    func bool(_ b: Bool) -> UInt64 { b ? 1 : 0 }
    switch x.op {
    case .feq: return bool(d(0) == d(1))
    case .fne: return bool(d(0) != d(1))
    case .flt: return bool(d(0) < d(1))
    case .fle: return bool(d(0) <= d(1))
    // Double rounding of one f32 operation through f64 is exact for + - * / and sqrt.
    case .fadd: return bits(d(0) + d(1), t)
    case .fsub: return bits(d(0) - d(1), t)
    case .fmul: return bits(d(0) * d(1), t)
    case .fdiv: return bits(d(0) / d(1), t)
    case .fneg: return bits(-d(0), t)
    case .fsqrt: return bits(d(0).squareRoot(), t)
    case .fabs: return bits(d(0).magnitude, t)
    case .fcopysign: return bits(Double(signOf: d(1), magnitudeOf: d(0)), t)
    case .fma:
      if t == .f32 {
        let p = Float(bitPattern: UInt32(truncatingIfNeeded: a[0]))
        let q = Float(bitPattern: UInt32(truncatingIfNeeded: a[1]))
        let r = Float(bitPattern: UInt32(truncatingIfNeeded: a[2]))
        return UInt64(r.addingProduct(p, q).bitPattern)
      }
      return bits(d(2).addingProduct(d(0), d(1)), t)
    case .fround:
      let rules: [FloatingPointRoundingRule] = [.toNearestOrEven, .down, .up, .towardZero]
      return bits(d(0).rounded(rules[Int(x.auxInt)]), t)
    case .fmin, .fmax:
      if d(0).isNaN || d(1).isNaN { return bits(.nan, t) }
      if d(0) == 0 && d(1) == 0 {
        let negative =
          x.op == .fmin
          ? d(0).sign == .minus || d(1).sign == .minus
          : d(0).sign == .minus && d(1).sign == .minus
        return bits(negative ? -0.0 : 0.0, t)
      }
      return bits(x.op == .fmin ? min(d(0), d(1)) : max(d(0), d(1)), t)
    case .floatToInt:
      let limit = t == .i32 ? 2147483648.0 : 9223372036854775808.0
      if d(0).isNaN || d(0) >= limit || d(0) < (t == .i32 ? -limit - 0.999999 : -limit) {
        return t == .i32 ? 0x8000_0000 : 1 << 63
      }
      return UInt64(bitPattern: Int64(d(0)))
    case .intToFloat:
      let n = Interpreter.signed(a[0], from)
      return t == .f32 ? UInt64(Float(n).bitPattern) : Double(n).bitPattern
    default: return bits(d(0), t)  // floatConvert
    }
  }

  private func load(_ p: UInt64, _ t: ValueType) -> UInt64 {
    let q = UnsafeRawPointer(bitPattern: UInt(p))!
    switch t.size {
    case 1: return UInt64(q.loadUnaligned(as: UInt8.self))
    case 2: return UInt64(q.loadUnaligned(as: UInt16.self))
    case 4: return UInt64(q.loadUnaligned(as: UInt32.self))
    default: return q.loadUnaligned(as: UInt64.self)
    }
  }

  private func store(_ p: UInt64, _ n: UInt64, _ t: ValueType) {
    let q = UnsafeMutableRawPointer(bitPattern: UInt(p))!
    for i in 0..<t.size {
      q.storeBytes(
        of: UInt8(truncatingIfNeeded: n >> UInt64(8 * i)), toByteOffset: i, as: UInt8.self)
    }
  }

  private func memory(_ v: ValueID, _ x: Value, _ a: [UInt64]) throws -> UInt64 {
    let p = a[0] &+ UInt64(bitPattern: x.auxInt)
    switch x.op {
    case .load, .atomicLoad: return load(p, x.type)
    case .store, .atomicStore:
      store(p, a[1], f.values[f.arg(v, 1)].type)
      return 0
    case .barrierStore:
      for (k, o) in f.storeGroups[Int(x.aux)].enumerated() {
        store(a[2 * k] &+ UInt64(bitPattern: o), a[2 * k + 1], .ptr)
      }
      return 0
    case .zeroMemory:
      for i in 0..<f.memories[Int(x.aux)].size { store(p &+ UInt64(i), 0, .i8) }
      return 0
    case .copyMemory:
      let q = a[1] &+ UInt64(bitPattern: x.auxInt)
      var bytes: [UInt64] = []
      for i in 0..<f.memories[Int(x.aux)].size { bytes.append(load(q &+ UInt64(i), .i8)) }
      for (i, n) in bytes.enumerated() { store(p &+ UInt64(i), n, .i8) }
      return 0
    default: break
    }
    let t = f.values[f.arg(v, 1)].type
    let old = load(p, t)
    switch x.op {
    case .atomicExchange: store(p, a[1], t)
    case .atomicAdd: store(p, old &+ a[1], t)
    case .atomicAnd: store(p, old & a[1], t)
    case .atomicOr: store(p, old | a[1], t)
    case .atomicCompareExchange:
      if old != a[1] { return 0 }
      store(p, a[2], t)
      return 1
    default: throw Panic.unsupported("\(x.op)")
    }
    return old
  }
}
