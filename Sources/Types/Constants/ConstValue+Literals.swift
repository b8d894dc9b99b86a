// Values of literals (Go spec, Lexical elements). The scanner has checked their form.
import Syntax

extension ConstValue {
  /// The value of a literal's source text; unknown if it is malformed or out of range.
  static func literal(_ kind: LiteralKind, _ text: UnsafeBufferPointer<UInt8>) -> ConstValue {
    switch kind {
    case .int: return integerLiteral(text)
    case .float: return floatLiteral(Array(text))
    case .imaginary:
      var t = Array(text)
      if t.isEmpty { return .unknown }
      t.removeLast()
      return makeComplex(.int(0), imaginaryPart(t))
    case .rune:
      var at = 1
      guard text.count >= 3, let c = unquoteChar(text, &at, quote: 39) else { return .unknown }
      return .int(Int64(c.value))
    case .string:
      guard let s = unquote(text) else { return .unknown }
      return .string(ConstString(s))
    }
  }

  /// For backward compatibility an imaginary part like 0123i is decimal.
  private static func imaginaryPart(_ t: [UInt8]) -> ConstValue {
    let digits = t.filter { $0 != 95 }
    let plain = digits.allSatisfy { $0 >= 48 && $0 <= 57 }
    if plain {
      var i = 0
      while i < digits.count - 1 && digits[i] == 48 { i += 1 }
      return Array(digits[i...]).withUnsafeBufferPointer { integerLiteral($0) }
    }
    if digits.count > 1 && digits[0] == 48 && "bBoO".utf8.contains(digits[1]) {
      return digits.withUnsafeBufferPointer { integerLiteral($0) }
    }
    let isHex = digits.count > 1 && digits[0] == 48 && (digits[1] | 32) == 120
    if isHex && !digits.contains(46) && !digits.contains(112) && !digits.contains(80) {
      return digits.withUnsafeBufferPointer { integerLiteral($0) }
    }
    return floatLiteral(digits)
  }

  private static func digit(_ c: UInt8) -> Int {
    switch c {
    case 48...57: Int(c) - 48
    case 97...102: Int(c) - 87
    case 65...70: Int(c) - 55
    default: 99
    }
  }

  private static func integerLiteral(_ t: UnsafeBufferPointer<UInt8>) -> ConstValue {
    var base = 10
    var i = 0
    if t.count > 1 && t[0] == 48 {
      switch t[1] | 32 {
      case 120: (base, i) = (16, 2)
      case 98: (base, i) = (2, 2)
      case 111: (base, i) = (8, 2)
      default: (base, i) = (8, 1)
      }
    }
    var small: UInt64 = 0
    var big: BigUInt? = nil
    while i < t.count {
      let c = t[i]
      i += 1
      if c == 95 { continue }
      let d = digit(c)
      if d >= base { return .unknown }
      if big != nil {
        big!.multiplyAdd(UInt(base), UInt(d))
        continue
      }
      let (m, o) = small.multipliedReportingOverflow(by: UInt64(base))
      let (s, p) = m.addingReportingOverflow(UInt64(d))
      if o || p {
        big = BigUInt(small)
        big!.multiplyAdd(UInt(base), UInt(d))
      } else {
        small = s
      }
    }
    if let b = big { return .make(BigInt(b)) }
    return small <= UInt64(Int64.max) ? .int(Int64(small)) : .big(BigInt(small))
  }

  /// Decimal and hexadecimal floats.
  private static func floatLiteral(_ text: [UInt8]) -> ConstValue {
    let t = text.filter { $0 != 95 }
    let isHex = t.count > 1 && t[0] == 48 && (t[1] | 32) == 120
    var i = isHex ? 2 : 0
    let base = isHex ? 16 : 10
    let marker: UInt8 = isHex ? 112 : 101
    var digits: [UInt8] = []
    var fraction = 0
    var seenDot = false
    while i < t.count && (t[i] | 32) != marker {
      if t[i] == 46 {
        seenDot = true
      } else {
        if digit(t[i]) >= base { return .unknown }
        digits.append(t[i])
        if seenDot { fraction += 1 }
      }
      i += 1
    }
    var exponent = 0
    if i < t.count {
      i += 1
      var negative = false
      if i < t.count && (t[i] == 45 || t[i] == 43) {
        negative = t[i] == 45
        i += 1
      }
      while i < t.count {
        exponent = min(exponent * 10 + digit(t[i]), 1 << 40)
        i += 1
      }
      if negative { exponent = -exponent }
    }
    let first = digits.firstIndex { $0 != 48 } ?? digits.count
    if first == digits.count { return .ratio(Ratio(0, 1)) }
    var mant: BigUInt = 0
    for d in digits[first...] { mant.multiplyAdd(UInt(base), UInt(digit(d))) }
    if isHex { return scaled(mant, binary: exponent - 4 * fraction) }
    return scaled(mant, decimal: exponent - fraction)
  }

  private static func scaled(_ m: BigUInt, binary e: Int) -> ConstValue {
    let f = BigFloat(isNegative: false, mant: m, exp: e)
    if f.isZero { return .ratio(Ratio(0, 1)) }
    if f.isInfinite { return .unknown }
    return isSmall(f) ? make(ratio(BigFloat.exact(m, e))) : make(f)
  }

  /// m * 10^e: an exact fraction while its size is reasonable, else a rounded float.
  private static func scaled(_ m: BigUInt, decimal e: Int) -> ConstValue {
    // 10^e has about 3.33 e bits.
    let bits = m.bitWidth + Int(Double(e) * 3.3219281)
    if abs(bits) < maxRatioBits && abs(e) < 1 << 14 {
      let p = BigUInt(10).power(abs(e))
      return make(e >= 0 ? Ratio(BigInt(m * p), 1) : Ratio(BigInt(m), p))
    }
    if e > 700_000_000 { return .unknown }
    if e < -700_000_000 { return .ratio(Ratio(0, 1)) }
    var power = BigFloat.exact(1, 0)
    var square = BigFloat.exact(10, 0)
    var k = abs(e)
    while k > 0 {
      if k & 1 == 1 { power = power * square }
      k >>= 1
      if k > 0 { square = square * square }
    }
    let f = BigFloat(isNegative: false, mant: m, exp: 0)
    let v = e >= 0 ? f * power : f / power
    if v.isZero { return .ratio(Ratio(0, 1)) }
    return make(v)
  }

  // MARK: Quoted text

  /// The bytes of a string literal with its quotes, or nil if it is malformed.
  static func unquote(_ t: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    if t.count < 2 || t[0] != t[t.count - 1] { return nil }
    if t[0] == 96 {
      var out: [UInt8] = []
      out.reserveCapacity(t.count - 2)
      for i in 1..<t.count - 1 where t[i] != 13 { out.append(t[i]) }
      return out
    }
    if t[0] != 34 { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(t.count - 2)
    var i = 1
    while i < t.count - 1 {
      if t[i] != 92 {
        out.append(t[i])
        i += 1
        continue
      }
      guard let c = unquoteChar(t, &i, quote: 34) else { return nil }
      if c.isByte {
        out.append(UInt8(truncatingIfNeeded: c.value))
      } else {
        appendUTF8(&out, c.value)
      }
    }
    return out
  }

  /// One character or escape at `i`; `isByte` for `\x` and octal escapes.
  private static func unquoteChar(
    _ t: UnsafeBufferPointer<UInt8>, _ i: inout Int, quote: UInt8
  ) -> (value: UInt32, isByte: Bool)? {
    if i >= t.count { return nil }
    let c = t[i]
    if c != 92 { return decodeUTF8(t, &i).map { ($0, false) } }
    i += 1
    if i >= t.count { return nil }
    let e = t[i]
    i += 1
    switch e {
    case 97: return (7, false)
    case 98: return (8, false)
    case 102: return (12, false)
    case 110: return (10, false)
    case 114: return (13, false)
    case 116: return (9, false)
    case 118: return (11, false)
    case 92: return (92, false)
    case 39, 34: return e == quote ? (UInt32(e), false) : nil
    case 120: return number(t, &i, 2, 16).map { ($0, true) }
    case 117: return number(t, &i, 4, 16).map { ($0, false) }
    case 85: return number(t, &i, 8, 16).map { ($0, false) }
    case 48...55:
      i -= 1
      return number(t, &i, 3, 8).map { ($0, true) }
    default: return nil
    }
  }

  private static func number(
    _ t: UnsafeBufferPointer<UInt8>, _ i: inout Int, _ count: Int, _ base: Int
  ) -> UInt32? {
    if i + count > t.count { return nil }
    var v: UInt32 = 0
    for _ in 0..<count {
      let d = digit(t[i])
      if d >= base { return nil }
      v = v &* UInt32(base) &+ UInt32(d)
      i += 1
    }
    return v
  }

  static func appendUTF8(_ out: inout [UInt8], _ c: UInt32) {
    // Surrogates and values out of range become U+FFFD, as in Go.
    let u = Unicode.Scalar(c) ?? Unicode.Scalar(0xFFFD as UInt32)!
    out.append(contentsOf: Array(String(Character(u)).utf8))
  }

  /// One code point; an ill-formed byte counts as U+FFFD.
  static func decodeUTF8(_ t: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> UInt32? {
    if i >= t.count { return nil }
    let c = UInt32(t[i])
    i += 1
    if c < 0x80 { return c }
    let n = c >= 0xF0 ? 3 : (c >= 0xE0 ? 2 : (c >= 0xC2 ? 1 : 0))
    if n == 0 || i + n > t.count || c > 0xF4 { return 0xFFFD }
    var v = c & (n == 3 ? 7 : (n == 2 ? 15 : 31))
    for k in 0..<n {
      let d = UInt32(t[i + k])
      if d & 0xC0 != 0x80 { return 0xFFFD }
      v = v << 6 | (d & 0x3F)
    }
    let least: UInt32 = n == 3 ? 0x10000 : (n == 2 ? 0x800 : 0x80)
    if v < least || (v >= 0xD800 && v < 0xE000) || v > 0x10FFFF { return 0xFFFD }
    i += n
    return v
  }
}

extension BigFloat {
  /// Unrounded: for intermediate results that are exact.
  static func exact(_ m: BigUInt, _ e: Int) -> BigFloat {
    var f = BigFloat(isNegative: false, mant: 0, exp: 0)
    f.mant = m
    f.exp = m.isZero ? 0 : e
    return f
  }
}
