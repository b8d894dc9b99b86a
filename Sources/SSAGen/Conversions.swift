import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// Converts `v` to type `t`, to which it is assignable.
  func convert(_ v: Val, to t: TypeID) throws -> Val {
    if v.type == t { return v }
    if isInterface(t) {
      if isInterface(v.type) { return try interfaceToInterface(v, t) }
      return try toInterface(v, t)
    }
    return v.with(type: t)
  }

  /// The conversion expression `T(x)`.
  func conversion(_ x: NodeID, _ t: TypeID) throws -> Val {
    let c = info.constants[x.index]
    if info.mode(tree.unparen(x)) == .nilValue { return zeroVal(t) }
    if c.isSome {
      // Not constant as a whole: to a type parameter's type, an interface, bytes or runes.
      let from = defaultType(x)
      if basicInfo(t).isDisjoint(with: .constType) {
        return try convertExplicitly(try constant(c, from), to: t)
      }
      if basicInfo(from).contains(.string) == basicInfo(t).contains(.string) {
        if !basicInfo(t).contains(.integer) || basicInfo(from).contains(.integer) {
          return try constant(c, t)
        }
      }
      return try convertExplicitly(try constant(c, from), to: t)
    }
    return try convertExplicitly(try expr(x), to: t)
  }

  func convertExplicitly(_ v: Val, to t: TypeID) throws -> Val {
    if v.type == t { return v }
    if isInterface(t) { return try convert(v, to: t) }
    let from = basicInfo(v.type)
    let to = basicInfo(t)
    if from.contains(.string) && kind(t) == .slice { return stringToSlice(v, t) }
    if to.contains(.string) {
      if kind(v.type) == .slice { return sliceToString(v, t) }
      if from.contains(.integer) {
        let r = resize(v[0], .i64, signed: isSigned(v.type))
        return pair(callRuntime(.intstring, [resultBuffer(4), r]), t)
      }
      return v.with(type: t)
    }
    if kind(v.type) == .slice {
      if kind(t) == .array { return try sliceToArray(v, t) }
      if kind(t) == .pointer { return sliceToArrayPointer(v, t) }
    }
    if !from.isDisjoint(with: .numeric) && !to.isDisjoint(with: .numeric) {
      return numeric(v, t)
    }
    let p = basic(v.type) == .unsafePointer
    if p && basic(t) == .uintptr { return Val(t, emit(.ptrToInt, .i64, v[0])) }
    if basic(v.type) == .uintptr && basic(t) == .unsafePointer {
      return Val(t, emit(.intToPtr, .ptr, v[0]))
    }
    return v.with(type: t)
  }

  // MARK: Strings

  private func stringToSlice(_ v: Val, _ t: TypeID) -> Val {
    let isBytes = size(elem(t)) == 1
    let buffer = resultBuffer(isBytes ? 32 : 128)
    return triple(
      callRuntime(isBytes ? .stringtoslicebyte : .stringtoslicerune, [buffer, v[0], v[1]]), t)
  }

  private func sliceToString(_ v: Val, _ t: TypeID) -> Val {
    if size(elem(v.type)) == 1 {
      return pair(callRuntime(.slicebytetostring, [resultBuffer(32), v[0], v[1]]), t)
    }
    return pair(callRuntime(.slicerunetostring, [resultBuffer(32), v[0], v[1], v[2]]), t)
  }

  /// `string(b)` that is used at once and never kept: the bytes themselves. Nil if `n` is not that.
  func temporaryString(_ node: NodeID) throws -> Val? {
    let n = tree.unparen(node)
    guard tree.kind(n) == .call, info.constants[n.index].isNone else { return nil }
    if !evaluated.isEmpty && evaluatedValue(n) != nil { return nil }
    let c = tree.call(n)
    guard info.mode(tree.unparen(c.fun)) == .type, c.args.count == 1 else { return nil }
    let x = tree[c.args, 0]
    let t = type(x)
    guard isString(type(n)), kind(t) == .slice, size(elem(t)) == 1 else { return nil }
    let b = try expr(x)
    return Val(type(n), b[0], b[1])
  }

  /// `[]byte(s)` that is only read: the string's bytes. Nil if `n` is not that.
  func temporaryBytes(_ node: NodeID) throws -> Val? {
    let n = tree.unparen(node)
    guard tree.kind(n) == .call else { return nil }
    let c = tree.call(n)
    guard info.mode(tree.unparen(c.fun)) == .type, c.args.count == 1 else { return nil }
    let x = tree[c.args, 0]
    let t = type(n)
    guard isString(type(x)), kind(t) == .slice, size(elem(t)) == 1 else { return nil }
    let s = try ordered(x)
    return Val(t, s[0], s[1], s[1])
  }

  // MARK: Slices to arrays

  private func sliceToArrayPointer(_ v: Val, _ t: TypeID) -> Val {
    let n = Int(ts.arrayLength(ts.under(elem(t))))
    emit(.boundsCheck, .void, constInt(n), v[1], auxInt: BoundsKind.sliceConvert.rawValue)
    return Val(t, v[0])
  }

  private func sliceToArray(_ v: Val, _ t: TypeID) throws -> Val {
    let n = Int(ts.arrayLength(ts.under(t)))
    emit(.boundsCheck, .void, constInt(n), v[1], auxInt: BoundsKind.sliceConvert.rawValue)
    if n == 0 { return zeroVal(t) }
    return load(t, Address(v[0], 0, isSafe: true))
  }

  // MARK: Numbers

  private func numeric(_ v: Val, _ t: TypeID) -> Val {
    let from = basicInfo(v.type)
    let to = basicInfo(t)
    let target = scalar(t)
    if to.contains(.complex) {
      return Val(t, toFloat(v[0], target), toFloat(v[1], target))
    }
    if from.contains(.integer) {
      if to.contains(.integer) {
        return Val(t, resize(v[0], target, signed: isSigned(v.type)))
      }
      return Val(t, integerToFloat(v[0], target, signed: isSigned(v.type)))
    }
    if to.contains(.float) { return Val(t, toFloat(v[0], target)) }
    return Val(t, floatToInteger(v[0], target, signed: isSigned(t)))
  }

  private func toFloat(_ x: ValueID, _ t: ValueType) -> ValueID {
    f.values[x].type == t ? x : emit(.floatConvert, t, x)
  }

  private func integerToFloat(_ x: ValueID, _ t: ValueType, signed: Bool) -> ValueID {
    let width = f.values[x].type
    if signed {
      let w = width == .i64 ? x : resize(x, .i32, signed: true)
      return emit(.intToFloat, t, w)
    }
    if width != .i64 { return emit(.intToFloat, t, resize(x, .i64, signed: false)) }
    // Halve values at or above 2^63, keeping the lowest bit for rounding, and double the result.
    let r = newVariable(t)
    let big = newBlock()
    let small = newBlock()
    let done = newBlock()
    branch(compare(.leS, constInt(0), x), small, big, likely: 1)
    startSealed(small)
    write(r, emit(.intToFloat, t, x))
    jump(done)
    startSealed(big)
    let half = emit(.shrU, .i64, x, constInt(1), flags: .bounded)
    let odd = emit(.and, .i64, x, constInt(1))
    let h = emit(.intToFloat, t, emit(.or, .i64, half, odd))
    write(r, emit(.fadd, t, h, h))
    jump(done)
    startSealed(done)
    return read(r)
  }

  private func floatToInteger(_ x: ValueID, _ t: ValueType, signed: Bool) -> ValueID {
    if signed || t != .i64 {
      let wide: ValueType = t == .i64 || (t == .i32 && !signed) ? .i64 : .i32
      return resize(emit(.floatToInt, wide, x), t, signed: signed)
    }
    let ft = f.values[x].type
    let limit = constFloat(ft, 9_223_372_036_854_775_808)
    let r = newVariable(.i64)
    let big = newBlock()
    let small = newBlock()
    let done = newBlock()
    branch(compare(.flt, x, limit), small, big, likely: 1)
    startSealed(small)
    write(r, emit(.floatToInt, .i64, x))
    jump(done)
    startSealed(big)
    let rest = emit(.floatToInt, .i64, emit(.fsub, ft, x, limit))
    write(r, emit(.xor, .i64, rest, const(.i64, Int64.min)))
    jump(done)
    startSealed(done)
    return read(r)
  }
}
