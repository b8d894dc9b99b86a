import Base
import SSA
import Types

/// Reads of constant values that do not depend on a function.
struct ConstantReader {
  /// The value as 64 bits: signed, or unsigned and wrapped; nil when it is not an integer that fits.
  func int64(_ c: ConstValue) -> Int64? {
    switch c {
    case .int(let i): return i
    case .big(let b):
      if let v = b.int64 { return v }
      return b.isNegative ? nil : b.magnitude.uint64.map { Int64(bitPattern: $0) }
    case .ratio(let r): return r.den == 1 ? int64(.big(r.num)) : nil
    case .float(let f):
      let d = f.float64
      return d == d.rounded(.towardZero) && abs(d) < 9e18 ? Int64(d) : nil
    case .complex(let re, _): return int64(re)
    default: return nil
    }
  }

  func float64(_ c: ConstValue) -> Double {
    switch c {
    case .int(let i): return Double(i)
    case .big(let b): return BigFloat(b).float64
    case .ratio(let r): return ratio(r.num, r.den)
    case .float(let f): return f.float64
    case .complex(let re, _): return float64(re)
    default: return 0
    }
  }

  /// Rounded once to 24 bits.
  func float32(_ c: ConstValue) -> Float {
    switch c {
    case .int(let i): return Float(i)
    case .float(let f): return f.float32
    case .big(let b): return BigFloat(b).float32
    case .ratio(let r): return BigFloat(r).float32
    case .complex(let re, _): return float32(re)
    default: return 0
    }
  }

  private func ratio(_ n: BigInt, _ d: BigUInt) -> Double { BigFloat(Ratio(n, d)).float64 }

  func parts(_ c: ConstValue) -> (ConstValue, ConstValue) {
    if case .complex(let re, let im) = c { return (re, im) }
    return (c, .int(0))
  }

  /// Whether two constants of one type are equal; nil when that cannot be told here.
  func equal(_ a: ConstValue, _ b: ConstValue) -> Bool? {
    switch (a, b) {
    case (.bool(let x), .bool(let y)): return x == y
    case (.string(let x), .string(let y)): return x.compare(y) == 0
    case (.complex, _), (_, .complex):
      let (ar, ai) = parts(a)
      let (br, bi) = parts(b)
      guard let re = equal(ar, br), let im = equal(ai, bi) else { return nil }
      return re && im
    default:
      if let x = int64(a), let y = int64(b) { return x == y }
      // Floats are rounded to their type already.
      switch (a, b) {
      case (.float, _), (_, .float), (.ratio, _), (_, .ratio): return float64(a) == float64(b)
      default: return nil
      }
    }
  }
}

extension FunctionBuilder {
  /// Constant `c` as a value of type `t`.
  func constant(_ c: ConstID, _ t: TypeID) throws -> Val {
    let v = ts.constants[c]
    guard let k = basic(t) else {
      if isInterface(t) { return try toInterface(try constant(c, pb.constantType(v)), t) }
      throw unimplemented("constant of type \(pb.typeString(t))")
    }
    switch v {
    case .bool(let b): return Val(t, constBool(b))
    case .string(let s): return constString(s.bytes, t)
    default: break
    }
    switch k {
    case .float32: return Val(t, constFloat(.f32, Double(pb.constants.float32(v))))
    case .float64, .untypedFloat: return Val(t, constFloat(.f64, pb.constants.float64(v)))
    case .complex64:
      let (re, im) = pb.constants.parts(v)
      return Val(
        t, constFloat(.f32, Double(pb.constants.float32(re))),
        constFloat(.f32, Double(pb.constants.float32(im))))
    case .complex128, .untypedComplex:
      let (re, im) = pb.constants.parts(v)
      return Val(
        t, constFloat(.f64, pb.constants.float64(re)), constFloat(.f64, pb.constants.float64(im)))
    case .unsafePointer:
      let i = emit(.constInt, .i64, auxInt: pb.constants.int64(v) ?? 0)
      return Val(t, emit(.intToPtr, .ptr, i))
    default:
      guard let i = pb.constants.int64(v) else { throw unimplemented("integer constant \(v)") }
      return Val(t, const(scalar(t), i))
    }
  }

  func constString(_ bytes: [UInt8], _ t: TypeID) -> Val {
    if bytes.isEmpty { return Val(t, constNil(), constInt(0)) }
    return Val(t, dataAddress(pb.stringSymbol(bytes)), constInt(bytes.count))
  }
}
