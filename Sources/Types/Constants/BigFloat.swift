// Fractions and binary floating-point numbers of 512 bits: what gc computes constants with.

/// A fraction in lowest terms.
public struct Ratio: Sendable, Equatable {
  public var num: BigInt
  public var den: BigUInt

  /// `num / den` reduced. `den` is not zero.
  public init(_ num: BigInt, _ den: BigUInt) {
    if den == 1 {
      self.num = num
      self.den = den
      return
    }
    let g = num.magnitude.greatestCommonDivisor(with: den)
    if g == 1 || g == 0 {
      self.num = num
      self.den = num.isZero ? 1 : den
    } else {
      self.num = BigInt(magnitude: num.magnitude / g, isNegative: num.isNegative)
      self.den = den / g
    }
  }

  public var isInteger: Bool { den == 1 }

  static func + (a: Ratio, b: Ratio) -> Ratio {
    Ratio(a.num * BigInt(b.den) + b.num * BigInt(a.den), a.den * b.den)
  }
  static func - (a: Ratio, b: Ratio) -> Ratio {
    Ratio(a.num * BigInt(b.den) - b.num * BigInt(a.den), a.den * b.den)
  }
  static func * (a: Ratio, b: Ratio) -> Ratio { Ratio(a.num * b.num, a.den * b.den) }
  /// `b` is not zero.
  static func / (a: Ratio, b: Ratio) -> Ratio {
    let n = a.num * BigInt(b.den)
    return Ratio(b.num.isNegative ? -n : n, a.den * b.num.magnitude)
  }
  func compare(_ b: Ratio) -> Int {
    let l = num * BigInt(b.den)
    let r = b.num * BigInt(den)
    return l < r ? -1 : (l > r ? 1 : 0)
  }
}

/// `±mant * 2^exp` with at most 512 bits of mantissa, rounded to nearest even, like gc's.
public struct BigFloat: Sendable, Equatable {
  public var isNegative: Bool
  public var mant: BigUInt
  public var exp: Int

  static let precision = 512
  /// Larger binary exponents count as infinite, smaller ones as zero.
  static let maxExponent = Int(Int32.max)

  /// Rounds; `sticky` says that nonzero bits lie below `mant`.
  init(isNegative: Bool, mant: BigUInt, exp: Int, sticky: Bool = false) {
    let (m, e) = BigFloat.round(mant, exp, to: BigFloat.precision, sticky: sticky)
    self.isNegative = isNegative && !m.isZero
    self.mant = m
    self.exp = m.isZero ? 0 : e
    if !m.isZero && e + m.bitWidth < -BigFloat.maxExponent {
      self.mant = 0
      self.exp = 0
      self.isNegative = false
    }
  }

  /// The magnitude is beyond the range of exponents.
  var isInfinite: Bool { exp + mant.bitWidth > BigFloat.maxExponent }
  public var isZero: Bool { mant.isZero }
  /// e with 2^(e-1) <= |x| < 2^e.
  var magnitudeExponent: Int { exp + mant.bitWidth }

  public init(_ i: BigInt) {
    self.init(isNegative: i.isNegative, mant: i.magnitude, exp: 0)
  }

  public init(_ r: Ratio) {
    if r.den == 1 {
      self.init(r.num)
      return
    }
    let n = r.num.magnitude
    // Enough bits in the quotient for the precision and a rounding bit; the rest is sticky.
    let shift = max(0, BigFloat.precision + 2 - (n.bitWidth - r.den.bitWidth))
    let (q, rest) = (n << shift).divided(by: r.den)
    self.init(
      isNegative: r.num.isNegative, mant: q, exp: -shift, sticky: !rest.isZero)
  }

  static func round(
    _ m: BigUInt, _ e: Int, to bits: Int, sticky: Bool
  ) -> (BigUInt, Int) {
    let drop = m.bitWidth - bits
    if drop <= 0 { return (m, e) }
    var q = m >> drop
    let half = m.bit(drop - 1)
    let below = sticky || (drop > 1 && m.trailingZeroBitCount < drop - 1)
    if half && (below || q.isOdd) { q = q + 1 }
    return (q, e + drop)
  }

  static func + (a: BigFloat, b: BigFloat) -> BigFloat {
    if a.isZero { return b }
    if b.isZero { return a }
    let (hi, lo) = a.magnitudeExponent >= b.magnitudeExponent ? (a, b) : (b, a)
    // Far apart: the smaller one only matters as a sticky bit.
    if hi.magnitudeExponent - lo.magnitudeExponent > BigFloat.precision * 2 + 8 {
      let m = hi.mant << (BigFloat.precision + 4)
      let one: BigUInt = 1
      let n = hi.isNegative == lo.isNegative ? m + one : m - one
      return BigFloat(
        isNegative: hi.isNegative, mant: n, exp: hi.exp - BigFloat.precision - 4, sticky: true)
    }
    let e = min(a.exp, b.exp)
    let x = BigInt(magnitude: a.mant << (a.exp - e), isNegative: a.isNegative)
    let y = BigInt(magnitude: b.mant << (b.exp - e), isNegative: b.isNegative)
    let s = x + y
    return BigFloat(isNegative: s.isNegative, mant: s.magnitude, exp: e)
  }

  static prefix func - (a: BigFloat) -> BigFloat {
    var r = a
    r.isNegative = !a.isNegative && !a.isZero
    return r
  }
  static func - (a: BigFloat, b: BigFloat) -> BigFloat { a + (-b) }

  static func * (a: BigFloat, b: BigFloat) -> BigFloat {
    BigFloat(
      isNegative: a.isNegative != b.isNegative, mant: a.mant * b.mant, exp: a.exp + b.exp)
  }

  /// `b` is not zero.
  static func / (a: BigFloat, b: BigFloat) -> BigFloat {
    let shift = max(0, BigFloat.precision + 2 - (a.mant.bitWidth - b.mant.bitWidth))
    let (q, rest) = (a.mant << shift).divided(by: b.mant)
    return BigFloat(
      isNegative: a.isNegative != b.isNegative, mant: q, exp: a.exp - b.exp - shift,
      sticky: !rest.isZero)
  }

  func compare(_ b: BigFloat) -> Int {
    let d = self - b
    return d.isZero ? 0 : (d.isNegative ? -1 : 1)
  }

  var isInteger: Bool { isZero || exp >= 0 || mant.trailingZeroBitCount >= -exp }

  /// The integer part, towards zero; the caller bounds the exponent.
  var truncated: BigInt {
    let m = exp >= 0 ? mant << exp : mant >> -exp
    return BigInt(magnitude: m, isNegative: isNegative)
  }

  /// Rounded to `bits` of mantissa with the least exponent `minExp` of the unit in the last place,
  /// as mantissa and exponent: the basis of conversion to float32 and float64.
  func rounded(bits: Int, minExponent: Int, sticky: Bool = false) -> (BigUInt, Int) {
    let wanted = min(bits, magnitudeExponent - minExponent)
    if wanted < 0 { return (0, 0) }
    if wanted == 0 {
      // Between half of the least number and it: round to even unless above the half.
      let above = sticky || mant.trailingZeroBitCount != mant.bitWidth - 1
      return above ? (1, minExponent) : (0, 0)
    }
    return BigFloat.round(mant, exp, to: wanted, sticky: sticky)
  }

  /// Nearest float64, infinite on overflow.
  public var float64: Double {
    let (m, e) = rounded(bits: 53, minExponent: -1074)
    if m.isZero { return 0 }
    if m.bitWidth + e > 1024 { return isNegative ? -.infinity : .infinity }
    let v = scale(Double(m.low64), e)
    return isNegative ? -v : v
  }

  /// Nearest float32, infinite on overflow.
  public var float32: Float {
    let (m, e) = rounded(bits: 24, minExponent: -149)
    if m.isZero { return 0 }
    if m.bitWidth + e > 128 { return isNegative ? -.infinity : .infinity }
    let v = Float(scale(Double(m.low64), e))
    return isNegative ? -v : v
  }

  /// `d * 2^e` where the result is exact.
  private func scale(_ d: Double, _ e: Int) -> Double {
    var v = d
    var k = e
    while k > 1000 {
      v *= 0x1p1000
      k -= 1000
    }
    while k < -1000 {
      // The mantissa has at most 53 bits and was cut for the subnormal range beforehand.
      v *= 0x1p-500
      k += 500
    }
    return v * Double(sign: .plus, exponent: k, significand: 1)
  }

  /// The exact value of a finite float64.
  init(_ d: Double) {
    if d == 0 {
      self.init(isNegative: false, mant: 0, exp: 0)
      return
    }
    let m = d.significandBitPattern | (d.isNormal ? 1 << 52 : 0)
    let e = (d.isNormal ? Int(d.exponentBitPattern) : 1) - 1075
    self.init(isNegative: d < 0, mant: BigUInt(m), exp: e)
  }
}
