import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  func indexExpr(_ n: NodeID) throws -> Val {
    let (x, i) = tree.index(n)
    if !isValue(x) || ts.kind(ts.under(info.types[tree.unparen(x).index])) == .signature {
      // An instantiated function or method.
      let fn = tree.unparen(x)
      if tree.kind(fn) == .selector, let s = info.selection(fn) {
        return s.kind == .methodExpr
          ? try methodExpr(fn, s, type(n)) : try methodValue(fn, s, type(n))
      }
      let name = tree.kind(fn) == .selector ? tree.selector(fn).sel : fn
      return functionValue(info.object(name), typeArguments(name), type(n))
    }
    let t = type(x)
    if info.constants[tree.unparen(x).index].isSome || isString(t) {
      let s = try expr(x)
      let (k, unsigned) = try index(i)
      boundsCheck(k, s[1], unsigned ? .indexU : .index)
      let p = emit(.ptrAdd, .ptr, s[0], k)
      return Val(type(n), emit(.load, .i8, p, flags: .nonNil))
    }
    if kind(t) == .map {
      let m = try expr(x)
      return try mapLoad(m, try mapKey(i, canon(ts.mapKey(ts.under(t)))))
    }
    if let v = try oneElementArray(n, x, i, t) { return v }
    return load(elem(kind(t) == .pointer ? elem(t) : t), try address(n))
  }

  /// The key of a map look-up; `string(b)` need not be copied.
  func mapKey(_ i: NodeID, _ t: TypeID) throws -> Val {
    if isString(t), let v = try temporaryString(i) { return v.with(type: t) }
    return try expr(i, to: t)
  }

  /// Index of an array value in components, or of an array that is not addressable.
  private func oneElementArray(_ n: NodeID, _ x: NodeID, _ i: NodeID, _ t: TypeID) throws -> Val? {
    guard kind(t) == .array, !isAddressable(x) else { return nil }
    let v = try expr(x)
    let (k, unsigned) = try index(i)
    boundsCheck(k, constInt(Int(ts.arrayLength(ts.under(t)))), unsigned ? .indexU : .index)
    if !v.isMemory {
      let e = elem(t)
      return v.count == 0 ? zeroVal(e) : v.with(type: e)
    }
    return load(elem(t), elementAddress(v.address, k, size(elem(t))))
  }

  // MARK: Slices

  private struct Bounds {
    var low: ValueID
    var lowUnsigned = false
    var high: ValueID?
    var highUnsigned = false
    var max: ValueID?
    var maxUnsigned = false
  }

  func sliceExpr(_ n: NodeID) throws -> Val {
    let s = tree.slice(n)
    let t = type(s.x)
    var base: ValueID
    var length: ValueID
    var capacity: ValueID
    var isSlice = false
    var step = 1
    let result = type(n)
    if isString(t) {
      let v = try expr(s.x)
      base = v[0]
      length = v[1]
      capacity = v[1]
    } else if kind(t) == .slice {
      let v = try expr(s.x)
      base = v[0]
      length = v[1]
      capacity = v[2]
      isSlice = true
      step = size(elem(t))
    } else {
      let array = kind(t) == .pointer ? elem(t) : t
      if kind(t) == .pointer {
        base = try expr(s.x)[0]
        nilCheck(base)
      } else {
        base = pointer(try address(s.x))
      }
      length = constInt(Int(ts.arrayLength(ts.under(array))))
      capacity = length
      step = size(elem(array))
    }
    var b = Bounds(low: constInt(0))
    if s.low.isSome { (b.low, b.lowUnsigned) = try index(s.low) }
    if s.high.isSome {
      let h = try index(s.high)
      b.high = h.0
      b.highUnsigned = h.1
    }
    if s.max.isSome {
      let m = try index(s.max)
      b.max = m.0
      b.maxUnsigned = m.1
    }
    return slice(result, base, length, capacity, b, isSlice: isSlice, step: step)
  }

  private func slice(
    _ t: TypeID, _ base: ValueID, _ length: ValueID, _ capacity: ValueID, _ b: Bounds,
    isSlice: Bool,
    step: Int
  ) -> Val {
    var high = b.high ?? length
    let limit: ValueID
    if let m = b.max {
      let k: BoundsKind =
        isSlice
        ? (b.maxUnsigned ? .slice3AcapU : .slice3Acap)
        : (b.maxUnsigned ? .slice3AlenU : .slice3Alen)
      boundsCheck(m, capacity, k)
      if b.high == nil { high = m }
      boundsCheck(high, m, b.highUnsigned ? .slice3BU : .slice3B)
      boundsCheck(b.low, high, b.lowUnsigned ? .slice3CU : .slice3C)
      limit = m
    } else {
      if b.high != nil {
        let k: BoundsKind =
          isSlice
          ? (b.highUnsigned ? .sliceAcapU : .sliceAcap)
          : (b.highUnsigned ? .sliceAlenU : .sliceAlen)
        boundsCheck(high, capacity, k)
      }
      if f.constant(b.low) != 0 { boundsCheck(b.low, high, b.lowUnsigned ? .sliceBU : .sliceB) }
      limit = capacity
    }
    let newLength = lengthLeft(high, b.low, step)
    if isString(t) {
      return Val(t, advance(base, b.low, newLength, 1), newLength)
    }
    let newCapacity = lengthLeft(limit, b.low, step)
    return Val(t, advance(base, b.low, newCapacity, step), newLength, newCapacity)
  }

  /// `high - low`, which the checks have shown to be a length.
  private func lengthLeft(_ high: ValueID, _ low: ValueID, _ step: Int) -> ValueID {
    if f.constant(low) == 0 || step == 0 || f.constant(high) != nil { return sub(high, low) }
    return emit(.sub, .i64, high, low, flags: .length)
  }

  /// `base + low * step`, or `base` if nothing is left there: a pointer never leaves its object.
  private func advance(_ base: ValueID, _ low: ValueID, _ left: ValueID, _ step: Int) -> ValueID {
    if f.constant(low) == 0 || step == 0 { return base }
    let delta = mulConst(low, step)
    if let k = f.constant(left) {
      return k == 0 ? base : emit(.ptrAdd, .ptr, base, delta)
    }
    let mask = emit(.shrS, .i64, emit(.neg, .i64, left), constInt(63), flags: .bounded)
    return emit(.ptrAdd, .ptr, base, emit(.and, .i64, delta, mask))
  }
}
