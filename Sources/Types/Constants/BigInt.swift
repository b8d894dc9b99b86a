// Integers of any size, for exact constants. Constants have a few hundred bits, rarely thousands,
// so the schoolbook algorithms do (Knuth, The Art of Computer Programming, vol. 2, 4.3.1).

/// A natural number: little-endian words without leading zero words.
public struct BigUInt: Sendable, Hashable, Comparable, ExpressibleByIntegerLiteral {
  public private(set) var words: [UInt]

  public init(integerLiteral v: UInt) { words = v == 0 ? [] : [v] }
  public init(_ v: UInt64) { words = v == 0 ? [] : [UInt(v)] }
  private init(words: [UInt]) {
    self.words = words
    trim()
  }

  private mutating func trim() { while let l = words.last, l == 0 { words.removeLast() } }

  public var isZero: Bool { words.isEmpty }
  /// Number of bits without leading zeros; 0 for zero.
  public var bitWidth: Int {
    words.isEmpty ? 0 : words.count * 64 - words[words.count - 1].leadingZeroBitCount
  }
  /// 0 for zero.
  public var trailingZeroBitCount: Int {
    for (i, w) in words.enumerated() where w != 0 { return i * 64 + w.trailingZeroBitCount }
    return 0
  }
  /// The value modulo 2^64.
  public var low64: UInt64 { words.isEmpty ? 0 : UInt64(words[0]) }
  /// The value if it fits in 64 bits.
  public var uint64: UInt64? { words.count > 1 ? nil : low64 }
  public var isOdd: Bool { !words.isEmpty && words[0] & 1 == 1 }
  public func bit(_ i: Int) -> Bool {
    i >> 6 < words.count && words[i >> 6] >> UInt(i & 63) & 1 == 1
  }

  public static func < (a: BigUInt, b: BigUInt) -> Bool {
    if a.words.count != b.words.count { return a.words.count < b.words.count }
    var i = a.words.count - 1
    while i >= 0 {
      if a.words[i] != b.words[i] { return a.words[i] < b.words[i] }
      i -= 1
    }
    return false
  }

  public static func + (a: BigUInt, b: BigUInt) -> BigUInt {
    let (l, s) = a.words.count >= b.words.count ? (a.words, b.words) : (b.words, a.words)
    var r = l
    var carry = false
    for i in r.indices {
      if i >= s.count && !carry { break }
      let (x, o) = r[i].addingReportingOverflow(i < s.count ? s[i] : 0)
      let (y, p) = x.addingReportingOverflow(carry ? 1 : 0)
      r[i] = y
      carry = o || p
    }
    if carry { r.append(1) }
    return BigUInt(words: r)
  }

  /// a - b, where b is not larger.
  public static func - (a: BigUInt, b: BigUInt) -> BigUInt {
    var r = a.words
    var borrow = false
    for i in r.indices {
      if i >= b.words.count && !borrow { break }
      let (x, o) = r[i].subtractingReportingOverflow(i < b.words.count ? b.words[i] : 0)
      let (y, p) = x.subtractingReportingOverflow(borrow ? 1 : 0)
      r[i] = y
      borrow = o || p
    }
    assert(!borrow)
    return BigUInt(words: r)
  }

  public static func * (a: BigUInt, b: BigUInt) -> BigUInt {
    if a.isZero || b.isZero { return 0 }
    var r = [UInt](repeating: 0, count: a.words.count + b.words.count)
    for i in a.words.indices {
      var carry: UInt = 0
      for j in b.words.indices {
        let (high, low) = a.words[i].multipliedFullWidth(by: b.words[j])
        let (x, o) = low.addingReportingOverflow(r[i + j])
        let (y, p) = x.addingReportingOverflow(carry)
        r[i + j] = y
        // Cannot overflow: high is at most 2^64 - 2.
        carry = high &+ (o ? 1 : 0) &+ (p ? 1 : 0)
      }
      r[i + b.words.count] = carry
    }
    return BigUInt(words: r)
  }

  public static func << (a: BigUInt, n: Int) -> BigUInt {
    if n == 0 || a.isZero { return a }
    assert(n > 0)
    let w = n >> 6
    let s = UInt(n & 63)
    var r = [UInt](repeating: 0, count: w)
    r.reserveCapacity(w + a.words.count + 1)
    var carry: UInt = 0
    for x in a.words {
      r.append(x << s | carry)
      carry = s == 0 ? 0 : x >> (64 - s)
    }
    r.append(carry)
    return BigUInt(words: r)
  }

  public static func >> (a: BigUInt, n: Int) -> BigUInt {
    if n == 0 { return a }
    assert(n > 0)
    let w = n >> 6
    if w >= a.words.count { return 0 }
    let s = UInt(n & 63)
    var r = Array(a.words[w...])
    if s > 0 {
      for i in r.indices {
        let next: UInt = i + 1 < r.count ? r[i + 1] : 0
        r[i] = r[i] >> s | next << (64 - s)
      }
    }
    return BigUInt(words: r)
  }

  public static func & (a: BigUInt, b: BigUInt) -> BigUInt {
    BigUInt(words: zip(a.words, b.words).map { $0 & $1 })
  }

  public static func | (a: BigUInt, b: BigUInt) -> BigUInt {
    var (l, s) = a.words.count >= b.words.count ? (a.words, b.words) : (b.words, a.words)
    for i in s.indices { l[i] |= s[i] }
    return BigUInt(words: l)
  }

  public static func / (a: BigUInt, b: BigUInt) -> BigUInt { a.divided(by: b).quotient }
  public static func % (a: BigUInt, b: BigUInt) -> BigUInt { a.divided(by: b).remainder }

  /// Quotient and remainder; `d` is not zero. Knuth's algorithm D.
  public func divided(by d: BigUInt) -> (quotient: BigUInt, remainder: BigUInt) {
    assert(!d.isZero)
    if self < d { return (0, self) }
    if d.words.count == 1 {
      var q = words
      var rest: UInt = 0
      var i = q.count - 1
      while i >= 0 {
        (q[i], rest) = d.words[0].dividingFullWidth((rest, q[i]))
        i -= 1
      }
      return (BigUInt(words: q), BigUInt(words: [rest]))
    }
    let shift = d.words[d.words.count - 1].leadingZeroBitCount
    let v = (d << shift).words
    var u = (self << shift).words
    while u.count <= words.count { u.append(0) }
    let n = v.count
    var q = [UInt](repeating: 0, count: u.count - n)
    var j = q.count - 1
    while j >= 0 {
      q[j] = BigUInt.quotientDigit(&u, v, j)
      j -= 1
    }
    return (BigUInt(words: q), BigUInt(words: u) >> shift)
  }

  /// One digit of the quotient; subtracts its multiple of `v` from `u` at `j`.
  private static func quotientDigit(_ u: inout [UInt], _ v: [UInt], _ j: Int) -> UInt {
    let n = v.count
    let top = v[n - 1]
    var digit: UInt
    var rest: UInt
    var restOverflows = false
    if u[j + n] >= top {
      digit = UInt.max
      let (r, o) = u[j + n - 1].addingReportingOverflow(top)
      rest = r
      restOverflows = o || u[j + n] > top
    } else {
      (digit, rest) = top.dividingFullWidth((u[j + n], u[j + n - 1]))
    }
    // At most two too large: the next word of the divisor tells.
    while !restOverflows {
      let (high, low) = digit.multipliedFullWidth(by: v[n - 2])
      if high < rest || (high == rest && low <= u[j + n - 2]) { break }
      digit -= 1
      (rest, restOverflows) = rest.addingReportingOverflow(top)
    }
    var borrow: UInt = 0
    for i in 0..<n {
      let (high, low) = digit.multipliedFullWidth(by: v[i])
      let (x, o) = u[i + j].subtractingReportingOverflow(low)
      let (y, p) = x.subtractingReportingOverflow(borrow)
      u[i + j] = y
      borrow = high &+ (o ? 1 : 0) &+ (p ? 1 : 0)
    }
    let (x, negative) = u[j + n].subtractingReportingOverflow(borrow)
    u[j + n] = x
    if negative {
      digit -= 1
      var carry = false
      for i in 0..<n {
        let (a, o) = u[i + j].addingReportingOverflow(v[i])
        let (b, p) = a.addingReportingOverflow(carry ? 1 : 0)
        u[i + j] = b
        carry = o || p
      }
      u[j + n] = u[j + n] &+ (carry ? 1 : 0)
    }
    return digit
  }

  /// Euclid's algorithm; gcd(x, 0) = x.
  public func greatestCommonDivisor(with other: BigUInt) -> BigUInt {
    var a = self
    var b = other
    while !b.isZero { (a, b) = (b, a % b) }
    return a
  }

  public func power(_ n: Int) -> BigUInt {
    var result: BigUInt = 1
    var square = self
    var k = n
    while k > 0 {
      if k & 1 == 1 { result = result * square }
      k >>= 1
      if k > 0 { square = square * square }
    }
    return result
  }

  /// self * m + a, in place: for reading digits.
  public mutating func multiplyAdd(_ m: UInt, _ a: UInt) {
    var carry = a
    for i in words.indices {
      let (high, low) = words[i].multipliedFullWidth(by: m)
      let (x, o) = low.addingReportingOverflow(carry)
      words[i] = x
      carry = high &+ (o ? 1 : 0)
    }
    if carry != 0 { words.append(carry) }
  }

  /// Decimal digits.
  public var decimal: String {
    if words.isEmpty { return "0" }
    var parts: [UInt] = []
    var rest = self
    let chunk: BigUInt = 1_000_000_000_000_000_000
    while !rest.isZero {
      let (q, r) = rest.divided(by: chunk)
      parts.append(UInt(r.low64))
      rest = q
    }
    var text = String(parts[parts.count - 1])
    for p in parts.dropLast().reversed() {
      let s = String(p)
      text += String(repeating: "0", count: 18 - s.utf8.count) + s
    }
    return text
  }
}

/// An integer: sign and magnitude; zero has sign plus.
public struct BigInt: Sendable, Hashable, Comparable, ExpressibleByIntegerLiteral {
  public let magnitude: BigUInt
  public let isNegative: Bool

  public init(magnitude: BigUInt, isNegative: Bool) {
    self.magnitude = magnitude
    self.isNegative = isNegative && !magnitude.isZero
  }
  public init(integerLiteral v: Int) { self.init(Int64(v)) }
  public init(_ v: Int64) {
    self.init(magnitude: BigUInt(v.magnitude), isNegative: v < 0)
  }
  public init(_ v: UInt64) { self.init(magnitude: BigUInt(v), isNegative: false) }
  public init(_ m: BigUInt) { self.init(magnitude: m, isNegative: false) }

  public var isZero: Bool { magnitude.isZero }
  /// -1, 0 or 1.
  public var signum: Int { isZero ? 0 : (isNegative ? -1 : 1) }
  /// The value if it fits.
  public var int64: Int64? {
    guard let m = magnitude.uint64 else { return nil }
    if isNegative { return m <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- m) : nil }
    return m < 1 << 63 ? Int64(m) : nil
  }

  public static func < (a: BigInt, b: BigInt) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? b.magnitude < a.magnitude : a.magnitude < b.magnitude
  }

  public static prefix func - (a: BigInt) -> BigInt {
    BigInt(magnitude: a.magnitude, isNegative: !a.isNegative)
  }

  public static func + (a: BigInt, b: BigInt) -> BigInt {
    if a.isNegative == b.isNegative {
      return BigInt(magnitude: a.magnitude + b.magnitude, isNegative: a.isNegative)
    }
    if a.magnitude < b.magnitude {
      return BigInt(magnitude: b.magnitude - a.magnitude, isNegative: b.isNegative)
    }
    return BigInt(magnitude: a.magnitude - b.magnitude, isNegative: a.isNegative)
  }
  public static func - (a: BigInt, b: BigInt) -> BigInt { a + (-b) }
  public static func * (a: BigInt, b: BigInt) -> BigInt {
    BigInt(magnitude: a.magnitude * b.magnitude, isNegative: a.isNegative != b.isNegative)
  }
  /// Truncates towards zero.
  public static func / (a: BigInt, b: BigInt) -> BigInt {
    BigInt(magnitude: a.magnitude / b.magnitude, isNegative: a.isNegative != b.isNegative)
  }
  /// Has the sign of `a`.
  public static func % (a: BigInt, b: BigInt) -> BigInt {
    BigInt(magnitude: a.magnitude % b.magnitude, isNegative: a.isNegative)
  }
  public static func << (a: BigInt, n: Int) -> BigInt {
    BigInt(magnitude: a.magnitude << n, isNegative: a.isNegative)
  }
  /// Rounds towards minus infinity, as an arithmetic shift does.
  public static func >> (a: BigInt, n: Int) -> BigInt {
    let m = a.magnitude >> n
    if a.isNegative && !a.isZero && a.magnitude.trailingZeroBitCount < n {
      return BigInt(magnitude: m + 1, isNegative: true)
    }
    return BigInt(magnitude: m, isNegative: a.isNegative)
  }

  public var decimal: String { (isNegative ? "-" : "") + magnitude.decimal }
}
