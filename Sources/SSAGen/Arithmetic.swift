import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// `x op y` for operands of type `t`; for shifts y has its own type.
  func binary(_ op: Operator, _ x: Val, _ y: Val, _ t: TypeID) throws -> Val {
    if op.isShift { return shift(op, x, y, t) }
    let i = basicInfo(t)
    if i.contains(.string) { return concatenate([x, y], t) }
    if i.contains(.complex) { return complexBinary(op, x, y, t) }
    if i.contains(.float) {
      let o: Op
      switch op {
      case .add: o = .fadd
      case .sub: o = .fsub
      case .mul: o = .fmul
      default: o = .fdiv
      }
      return Val(t, emit(o, scalar(t), x[0], y[0]))
    }
    return Val(t, integerBinary(op, x[0], y[0], signed: isSigned(t)))
  }

  private func integerBinary(_ op: Operator, _ x: ValueID, _ y: ValueID, signed: Bool) -> ValueID {
    let t = f.values[x].type
    switch op {
    case .add: return add(x, y)
    case .sub: return sub(x, y)
    case .mul: return emit(.mul, t, x, y)
    case .and: return emit(.and, t, x, y)
    case .or: return emit(.or, t, x, y)
    case .xor: return emit(.xor, t, x, y)
    case .andNot: return emit(.andNot, t, x, y)
    default:
      checkDivisor(y)
      if op == .div { return emit(signed ? .divS : .divU, t, x, y) }
      return emit(signed ? .remS : .remU, t, x, y)
    }
  }

  private func checkDivisor(_ y: ValueID) {
    if let k = f.constant(y), k != 0 { return }
    let fail = newColdBlock()
    let ok = newBlock()
    branch(compare(.ne, y, zero(f.values[y].type)), ok, fail, likely: 1)
    startSealed(fail)
    if !f.blocks[fail].preds.isEmpty { callRuntime(.panicdivide, []) }
    startSealed(ok)
  }

  private func shift(_ op: Operator, _ x: Val, _ y: Val, _ t: TypeID) -> Val {
    let width = scalar(t)
    let signedCount = isSigned(y.type)
    var count = y[0]
    // The checker has refused negative constants, but a variable may be known to hold one.
    if signedCount, (f.constant(count) ?? -1) < 0 {
      let fail = newColdBlock()
      let ok = newBlock()
      branch(compare(.ltS, count, zero(f.values[count].type)), fail, ok, likely: -1)
      startSealed(fail)
      callRuntime(.panicshift, [])
      startSealed(ok)
    }
    count = resize(count, .i64, signed: false)
    let o: Op = op == .shl ? .shl : (isSigned(t) ? .shrS : .shrU)
    var flags: ValueFlags = []
    if let k = f.constant(count), k >= 0 && k < width.bits { flags.insert(.bounded) }
    return Val(t, emit(o, width, x[0], count, flags: flags))
  }

  private func complexBinary(_ op: Operator, _ x: Val, _ y: Val, _ t: TypeID) -> Val {
    let part = f.values[x[0]].type
    switch op {
    case .add, .sub:
      let o: Op = op == .add ? .fadd : .fsub
      return Val(t, emit(o, part, x[0], y[0]), emit(o, part, x[1], y[1]))
    case .mul:
      // In double precision, to lose less by cancellation.
      let a = widen(x[0])
      let b = widen(x[1])
      let c = widen(y[0])
      let d = widen(y[1])
      let re = emit(.fsub, .f64, emit(.fmul, .f64, a, c), emit(.fmul, .f64, b, d))
      let im = emit(.fadd, .f64, emit(.fmul, .f64, a, d), emit(.fmul, .f64, b, c))
      return Val(t, narrow(re, part), narrow(im, part))
    default:
      let q = callRuntime(.complex128div, [widen(x[0]), widen(x[1]), widen(y[0]), widen(y[1])])
      // Nothing may come between a call and the projections of its results.
      let (re, im) = (project(q, 0, .f64), project(q, 1, .f64))
      return Val(t, narrow(re, part), narrow(im, part))
    }
  }

  private func widen(_ x: ValueID) -> ValueID {
    f.values[x].type == .f64 ? x : emit(.floatConvert, .f64, x)
  }
  private func narrow(_ x: ValueID, _ t: ValueType) -> ValueID {
    t == .f64 ? x : emit(.floatConvert, t, x)
  }

  // MARK: Strings

  /// The concatenation of string values.
  func concatenate(_ all: [Val], _ t: TypeID) -> Val {
    let values = all.filter { f.constant($0[1]) != 0 }
    if values.isEmpty { return Val(t, constNil(), constInt(0)) }
    // A single operand keeps its bytes.
    if values.count == 1 { return values[0].with(type: t) }
    // Constant parts alone may already be too long for a buffer.
    let known = values.reduce(0) { $0 + Int(f.constant($1[1]) ?? 0) }
    let texts = values.count { (f.constant($0[1]) ?? 0) > 0 }
    var args: [ValueID] = [known < 32 ? resultBuffer(32) : constNil()]
    let fn: RuntimeFunction
    // If another operand is not empty, the result is not this one but a copy: it does not escape by it.
    func bytes(of v: Val) -> ValueID {
      let isText = (f.constant(v[1]) ?? 0) > 0
      if texts - (isText ? 1 : 0) == 0 || f.values[v[0]].op == .symbolAddress { return v[0] }
      return hidden(v[0])
    }
    if values.count <= 4 {
      for v in values {
        args.append(bytes(of: v))
        args.append(v[1])
      }
      switch values.count {
      case 2: fn = .concatstring2
      case 3: fn = .concatstring3
      default: fn = .concatstring4
      }
    } else {
      let n = values.count
      var mask = [UInt64](repeating: 0, count: (2 * n + 63) / 64)
      for i in 0..<n { mask[2 * i >> 6] |= 1 << UInt64(2 * i & 63) }
      let slot = rawSlot(size: 16 * n, mask: mask)
      for (i, v) in values.enumerated() {
        store(bytes(of: v), slotAddress(slot, Int64(16 * i)))
        store(v[1], slotAddress(slot, Int64(16 * i + 8)))
      }
      args.append(pointer(slotAddress(slot)))
      args.append(constInt(n))
      args.append(constInt(n))
      fn = .concatstrings
    }
    return pair(callRuntime(fn, args), t)
  }

  /// A two-component value from a runtime call's results.
  func pair(_ call: ValueID, _ t: TypeID) -> Val {
    Val(t, project(call, 0, .ptr), project(call, 1, .i64))
  }

  /// A slice from a runtime call's results.
  func triple(_ call: ValueID, _ t: TypeID) -> Val {
    Val(t, project(call, 0, .ptr), project(call, 1, .i64), project(call, 2, .i64))
  }

  /// Whether memory at `p` equals `bytes`; the length has been compared.
  func equalBytes(_ p: ValueID, _ bytes: [UInt8]) -> ValueID {
    if bytes.isEmpty { return constBool(true) }
    if bytes.count > 16 {
      return callRuntime(
        .memequal, [p, dataAddress(pb.stringSymbol(bytes)), constInt(bytes.count)])
    }
    var at = 0
    var result: ValueID?
    for t in [ValueType.i64, .i32, .i16, .i8] {
      while at + t.size <= bytes.count {
        var k: UInt64 = 0
        for i in (0..<t.size).reversed() { k = k << 8 | UInt64(bytes[at + i]) }
        let x = emit(.load, t, p, auxInt: Int64(at), flags: .nonNil)
        let e = compare(.eq, x, const(t, Int64(bitPattern: k)))
        result = result.map { emit(.and, .i8, $0, e) } ?? e
        at += t.size
      }
    }
    return result!
  }
}
