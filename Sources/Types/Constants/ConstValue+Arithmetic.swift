// Arithmetic on constants, after go/constant: each operation picks the smallest representation
// that holds both operands exactly, and stays with floats once precision was lost.
import Syntax

extension ConstValue {
  enum Kind { case unknown, bool, string, int, float, complex }

  var kind: Kind {
    switch self {
    case .unknown: .unknown
    case .bool: .bool
    case .string: .string
    case .int, .big: .int
    case .ratio, .float: .float
    case .complex: .complex
    }
  }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// Fractions with larger numerators or denominators become floats.
  static let maxRatioBits = 4096

  static func make(_ i: BigInt) -> ConstValue {
    if let v = i.int64 { return .int(v) }
    return .big(i)
  }

  static func make(_ r: Ratio) -> ConstValue {
    if r.num.magnitude.bitWidth < maxRatioBits && r.den.bitWidth < maxRatioBits {
      return .ratio(r)
    }
    return make(BigFloat(r))
  }

  static func make(_ f: BigFloat) -> ConstValue { f.isInfinite ? .unknown : .float(f) }

  static func make(_ d: Double) -> ConstValue {
    if !d.isFinite { return .unknown }
    let f = BigFloat(d)
    return .ratio(ratio(f))
  }

  /// The exact fraction of a float with a small exponent.
  static func ratio(_ f: BigFloat) -> Ratio {
    let m = BigInt(magnitude: f.mant, isNegative: f.isNegative)
    if f.exp >= 0 { return Ratio(m << f.exp, 1) }
    return Ratio(m, BigUInt(1) << -f.exp)
  }

  static func isSmall(_ f: BigFloat) -> Bool {
    let e = f.magnitudeExponent
    return -maxRatioBits < e && e < maxRatioBits
  }

  // MARK: Reading

  /// The value as BigInt; self is an integer.
  var bigInt: BigInt {
    switch self {
    case .int(let i): BigInt(i)
    case .big(let b): b
    default: 0
    }
  }

  private var bigFloat: BigFloat {
    switch self {
    case .int(let i): BigFloat(BigInt(i))
    case .big(let b): BigFloat(b)
    case .ratio(let r): BigFloat(r)
    case .float(let f): f
    default: BigFloat(BigInt(0))
    }
  }

  private var asRatio: Ratio {
    switch self {
    case .int(let i): Ratio(BigInt(i), 1)
    case .big(let b): Ratio(b, 1)
    case .ratio(let r): r
    case .float(let f): ConstValue.ratio(f)
    default: Ratio(0, 1)
    }
  }

  /// Exact Int64 value of an integer constant (also of floats that are integers), or nil.
  public var int64: Int64? {
    switch self {
    case .int(let i): return i
    case .ratio, .float, .complex:
      if case .int(let i) = toInt() { return i }
      return nil
    default: return nil
    }
  }

  /// Exact UInt64 value, or nil.
  public var uint64: UInt64? {
    switch toInt() {
    case .int(let i): return i >= 0 ? UInt64(i) : nil
    case .big(let b): return b.isNegative ? nil : b.magnitude.uint64
    default: return nil
    }
  }

  /// An integer modulo 2^64, as two's complement bits.
  public var bits64: UInt64 {
    switch toInt() {
    case .int(let i): return UInt64(bitPattern: i)
    case .big(let b):
      let low = b.magnitude.low64
      return b.isNegative ? 0 &- low : low
    default: return 0
    }
  }

  /// Nearest float64 of a real constant; infinite on overflow.
  public var float64: Double {
    switch self {
    case .int(let i): Double(i)
    case .complex(let re, _): re.float64
    default: ratioOrFloat { $0.float64Sticky(bits: 53, minExponent: -1074) }
    }
  }

  /// Nearest float32 of a real constant; infinite on overflow.
  public var float32: Float {
    switch self {
    case .int(let i): Float(i)
    case .complex(let re, _): re.float32
    default: Float(ratioOrFloat { $0.float64Sticky(bits: 24, minExponent: -149) })
    }
  }

  private func ratioOrFloat(_ f: (StickyFloat) -> Double) -> Double {
    switch self {
    case .big(let b): return f(StickyFloat(b))
    case .ratio(let r): return f(StickyFloat(r))
    case .float(let x): return f(StickyFloat(x))
    default: return 0
    }
  }

  public var boolValue: Bool { if case .bool(let b) = self { b } else { false } }
  public var stringValue: [UInt8] { if case .string(let s) = self { s.bytes } else { [] } }

  /// Real and imaginary part of a numeric constant.
  public var real: ConstValue { if case .complex(let re, _) = self { re } else { self } }
  public var imaginary: ConstValue {
    switch self {
    case .complex(_, let im): im
    case .unknown: .unknown
    default: .int(0)
    }
  }

  var bitLength: Int {
    switch self {
    case .int(let i): 64 - i.magnitude.leadingZeroBitCount
    case .big(let b): b.magnitude.bitWidth
    default: 0
    }
  }

  /// Sign of a real number; for complex numbers nonzero unless zero; 1 for unknown.
  var sign: Int {
    switch self {
    case .int(let i): Int(i.signum())
    case .big(let b): b.signum
    case .ratio(let r): r.num.signum
    case .float(let f): f.isZero ? 0 : (f.isNegative ? -1 : 1)
    case .complex(let re, let im): re.sign | im.sign
    default: 1
    }
  }

  // MARK: Conversion between kinds

  /// The same value as an integer, or unknown. A float that misses an integer by its last four
  /// bits counts as one, as in gc.
  func toInt() -> ConstValue {
    switch self {
    case .int, .big: return self
    case .ratio(let r): return r.isInteger ? .make(r.num) : .unknown
    case .float(let f):
      if !ConstValue.isSmall(f) { return .unknown }
      if f.isInteger { return .make(f.truncated) }
      let drop = f.mant.bitWidth - (BigFloat.precision - 4)
      if drop <= 0 { return .unknown }
      for up in [BigUInt(0), BigUInt(1)] {
        let t = BigFloat(isNegative: f.isNegative, mant: (f.mant >> drop) + up, exp: f.exp + drop)
        if t.isInteger { return .make(t.truncated) }
      }
      return .unknown
    case .complex(let re, let im): return im.sign == 0 ? re.toFloat().toInt() : .unknown
    default: return .unknown
    }
  }

  /// The same value as a fraction or float, or unknown.
  func toFloat() -> ConstValue {
    switch self {
    case .int(let i): return .ratio(Ratio(BigInt(i), 1))
    case .big(let b): return .make(Ratio(b, 1))
    case .ratio, .float: return self
    case .complex(let re, let im): return im.sign == 0 ? re.toFloat() : .unknown
    default: return .unknown
    }
  }

  func toComplex() -> ConstValue {
    switch self {
    case .int, .big, .ratio, .float: .complex(self, .int(0))
    case .complex: self
    default: .unknown
    }
  }

  static func makeComplex(_ re: ConstValue, _ im: ConstValue) -> ConstValue {
    re.isUnknown || im.isUnknown ? .unknown : .complex(re, im)
  }

  // MARK: Operations

  /// `op y`. For `^`, `unsignedBits` > 0 limits the result to an unsigned type of that size.
  static func unary(_ op: Operator, _ y: ConstValue, unsignedBits: Int) -> ConstValue {
    switch (op, y) {
    case (.add, _): return y
    case (.sub, .int(let i)): return i == Int64.min ? .big(-BigInt(i)) : .int(-i)
    case (.sub, .big(let b)): return .make(-b)
    case (.sub, .ratio(let r)): return .ratio(Ratio(-r.num, r.den))
    case (.sub, .float(let f)): return .float(-f)
    case (.sub, .complex(let re, let im)):
      return makeComplex(
        unary(.sub, re, unsignedBits: 0), unary(.sub, im, unsignedBits: 0))
    case (.xor, .int), (.xor, .big):
      var z = -(y.bigInt + 1)
      if unsignedBits > 0 {
        let modulus = BigInt(1) << unsignedBits
        z = z.modulus(modulus)
      }
      return .make(z)
    case (.not, .bool(let b)): return .bool(!b)
    default: return .unknown
    }
  }

  /// `x op y`; `integerDivision` makes `/` truncate. The caller excludes division by zero.
  static func binary(
    _ x: ConstValue, _ op: Operator, _ y: ConstValue, integerDivision: Bool = false
  ) -> ConstValue {
    switch (x, y) {
    case (.unknown, _), (_, .unknown): return .unknown
    case (.int(let a), .int(let b)): return smallBinary(a, op, b, integerDivision)
    case (.bool(let a), .bool(let b)):
      return op == .andAnd ? .bool(a && b) : op == .orOr ? .bool(a || b) : .unknown
    case (.string(let a), .string(let b)): return op == .add ? .string(a + b) : .unknown
    case (.bool, _), (_, .bool), (.string, _), (_, .string): return .unknown
    case (.complex, _), (_, .complex): return complexBinary(x, op, y)
    case (.float, _), (_, .float):
      let a = x.bigFloat
      let b = y.bigFloat
      switch op {
      case .add: return make(a + b)
      case .sub: return make(a - b)
      case .mul: return make(a * b)
      case .div: return b.isZero ? .unknown : make(a / b)
      default: return .unknown
      }
    case (.ratio, _), (_, .ratio):
      let a = x.asRatio
      let b = y.asRatio
      switch op {
      case .add: return make(a + b)
      case .sub: return make(a - b)
      case .mul: return make(a * b)
      case .div: return b.num.isZero ? .unknown : make(a / b)
      default: return .unknown
      }
    default: return bigBinary(x.bigInt, op, y.bigInt, integerDivision)
    }
  }

  private static func smallBinary(
    _ a: Int64, _ op: Operator, _ b: Int64, _ integerDivision: Bool
  ) -> ConstValue {
    switch op {
    case .add:
      let (r, o) = a.addingReportingOverflow(b)
      if !o { return .int(r) }
    case .sub:
      let (r, o) = a.subtractingReportingOverflow(b)
      if !o { return .int(r) }
    case .mul:
      let (r, o) = a.multipliedReportingOverflow(by: b)
      if !o { return .int(r) }
    case .div:
      if b == 0 { return .unknown }
      if integerDivision {
        let (r, o) = a.dividedReportingOverflow(by: b)
        if !o { return .int(r) }
      } else {
        let r = Ratio(b < 0 ? -BigInt(a) : BigInt(a), BigUInt(UInt64(b.magnitude)))
        return .make(r)
      }
    case .rem:
      if b == 0 { return .unknown }
      return .int(b == -1 ? 0 : a % b)
    case .and: return .int(a & b)
    case .or: return .int(a | b)
    case .xor: return .int(a ^ b)
    case .andNot: return .int(a & ~b)
    default: return .unknown
    }
    return bigBinary(BigInt(a), op, BigInt(b), integerDivision)
  }

  private static func bigBinary(
    _ a: BigInt, _ op: Operator, _ b: BigInt, _ integerDivision: Bool
  ) -> ConstValue {
    switch op {
    case .add: return make(a + b)
    case .sub: return make(a - b)
    case .mul: return make(a * b)
    case .div:
      if b.isZero { return .unknown }
      if integerDivision { return make(a / b) }
      return make(Ratio(b.isNegative ? -a : a, b.magnitude))
    case .rem: return b.isZero ? .unknown : make(a % b)
    case .and: return make(bitAnd(a, b))
    case .or: return make(complement(bitAnd(complement(a), complement(b))))
    case .xor:
      // One of a and b is left out of what both have.
      let both = bitAnd(a, b)
      let either = complement(bitAnd(complement(a), complement(b)))
      return make(either - both)
    case .andNot: return make(bitAnd(a, complement(b)))
    default: return .unknown
    }
  }

  /// `^x` in two's complement of unlimited length.
  private static func complement(_ x: BigInt) -> BigInt { -x - 1 }

  private static func bitAnd(_ a: BigInt, _ b: BigInt) -> BigInt {
    switch (a.isNegative, b.isNegative) {
    case (false, false): return BigInt(a.magnitude & b.magnitude)
    case (true, false): return bitAnd(b, a)
    case (false, true):
      // a without the bits of ^b, which is not negative.
      return BigInt(a.magnitude - (a.magnitude & complement(b).magnitude))
    case (true, true):
      return complement(BigInt(complement(a).magnitude | complement(b).magnitude))
    }
  }

  private static func complexBinary(
    _ x: ConstValue, _ op: Operator, _ y: ConstValue
  ) -> ConstValue {
    let (a, b, c, d) = (x.real, x.imaginary, y.real, y.imaginary)
    switch op {
    case .add: return makeComplex(binary(a, .add, c), binary(b, .add, d))
    case .sub: return makeComplex(binary(a, .sub, c), binary(b, .sub, d))
    case .mul:
      let re = binary(binary(a, .mul, c), .sub, binary(b, .mul, d))
      let im = binary(binary(b, .mul, c), .add, binary(a, .mul, d))
      return makeComplex(re, im)
    case .div:
      // (ac+bd)/s + i(bc-ad)/s with s = cc + dd
      let s = binary(binary(c, .mul, c), .add, binary(d, .mul, d))
      let re = binary(binary(a, .mul, c), .add, binary(b, .mul, d))
      let im = binary(binary(b, .mul, c), .sub, binary(a, .mul, d))
      return makeComplex(binary(re, .div, s), binary(im, .div, s))
    default: return .unknown
    }
  }

  /// `x << s` or `x >> s` of an integer.
  static func shift(_ x: ConstValue, _ op: Operator, _ s: Int) -> ConstValue {
    switch x {
    case .int(let i):
      if s == 0 { return x }
      if op == .shr { return .int(s > 63 ? (i < 0 ? -1 : 0) : i >> Int64(s)) }
      return .make(BigInt(i) << s)
    case .big(let b):
      if s == 0 { return x }
      return .make(op == .shl ? b << s : b >> s)
    default: return .unknown
    }
  }

  /// `x op y` for a comparison.
  static func compare(_ x: ConstValue, _ op: Operator, _ y: ConstValue) -> Bool {
    switch (x, y) {
    case (.unknown, _), (_, .unknown): return false
    case (.bool(let a), .bool(let b)): return op == .eql ? a == b : a != b
    case (.string(let a), .string(let b)): return compareZero(a.compare(b), op)
    case (.int(let a), .int(let b)): return compareZero(a < b ? -1 : (a > b ? 1 : 0), op)
    case (.complex, _), (_, .complex):
      let re = compare(x.real, .eql, y.real)
      let im = compare(x.imaginary, .eql, y.imaginary)
      return op == .eql ? re && im : !re || !im
    case (.float, _), (_, .float): return compareZero(x.bigFloat.compare(y.bigFloat), op)
    case (.ratio, _), (_, .ratio): return compareZero(x.asRatio.compare(y.asRatio), op)
    default:
      let a = x.bigInt
      let b = y.bigInt
      return compareZero(a < b ? -1 : (a > b ? 1 : 0), op)
    }
  }

  private static func compareZero(_ c: Int, _ op: Operator) -> Bool {
    switch op {
    case .eql: c == 0
    case .neq: c != 0
    case .lss: c < 0
    case .leq: c <= 0
    case .gtr: c > 0
    case .geq: c >= 0
    default: false
    }
  }
}

/// A binary float of any length with a sticky bit below it, for one correct rounding.
private struct StickyFloat {
  var isNegative: Bool
  var mant: BigUInt
  var exp: Int
  var sticky = false

  init(_ b: BigInt) {
    isNegative = b.isNegative
    mant = b.magnitude
    exp = 0
  }
  init(_ f: BigFloat) {
    isNegative = f.isNegative
    mant = f.mant
    exp = f.exp
  }
  init(_ r: Ratio) {
    let n = r.num.magnitude
    isNegative = r.num.isNegative
    let shift = max(0, 66 - (n.bitWidth - r.den.bitWidth))
    let (q, rest) = (n << shift).divided(by: r.den)
    mant = q
    exp = -shift
    sticky = !rest.isZero
  }

  /// Rounded to `bits` of mantissa; an overflow of the format is infinite.
  func float64Sticky(bits: Int, minExponent: Int) -> Double {
    if mant.isZero { return 0 }
    let top = mant.bitWidth + exp
    let wanted = min(bits, top - minExponent)
    if wanted < 0 { return 0 }
    var m: BigUInt
    var e: Int
    if wanted == 0 {
      let above = sticky || mant.trailingZeroBitCount != mant.bitWidth - 1
      if !above { return 0 }
      m = 1
      e = minExponent
    } else {
      (m, e) = BigFloat.round(mant, exp, to: wanted, sticky: sticky)
    }
    let limit = bits == 24 ? 128 : 1024
    if m.bitWidth + e > limit { return isNegative ? -.infinity : .infinity }
    let v = BigFloat(isNegative: isNegative, mant: m, exp: e)
    return v.float64
  }
}

extension BigInt {
  fileprivate func modulus(_ m: BigInt) -> BigInt {
    let r = self % m
    return r.isNegative ? r + m : r
  }
}
