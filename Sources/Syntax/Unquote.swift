/// The bytes that a well-formed Go string literal denotes (spec, "String literals"), or nil if it
/// is malformed. Carriage returns of raw strings are dropped.
public func unquote(_ literal: [UInt8]) -> [UInt8]? {
  let n = literal.count
  if n < 2 || literal[0] != literal[n - 1] { return nil }
  if literal[0] == 0x60 { return literal[1..<(n - 1)].filter { $0 != 0x0D } }
  if literal[0] != 0x22 { return nil }
  var out: [UInt8] = []
  out.reserveCapacity(n)
  var i = 1
  while i < n - 1 {
    let c = literal[i]
    if c == 0x22 || c == 0x0A { return nil }
    if c != 0x5C {
      out.append(c)
      i += 1
      continue
    }
    guard let e = unescape(literal, i, n - 1) else { return nil }
    if e.isByte {
      out.append(UInt8(truncatingIfNeeded: e.value))
    } else {
      appendUTF8(e.value, &out)
    }
    i = e.next
  }
  return out
}

/// The value of a rune literal, quotes included, or nil if it is malformed.
public func unquoteRune(_ literal: [UInt8]) -> UInt32? {
  let n = literal.count
  if n < 3 || literal[0] != 0x27 || literal[n - 1] != 0x27 { return nil }
  if literal[1] == 0x5C {
    guard let e = unescape(literal, 1, n - 1), e.next == n - 1 else { return nil }
    return e.value
  }
  let (rune, width) = decodeRune(literal, 1, n - 1)
  return rune >= 0 && 1 + width == n - 1 ? UInt32(rune) : nil
}

/// The escape sequence at `i`, a backslash. `isByte` for `\x` and octal ones.
private func unescape(_ s: [UInt8], _ i: Int, _ end: Int) -> (
  value: UInt32, isByte: Bool, next: Int
)? {
  if i + 1 >= end { return nil }
  var base: UInt32 = 16
  var digits = 0
  var at = i + 2
  switch s[i + 1] {
  case 0x61: return (7, false, at)
  case 0x62: return (8, false, at)
  case 0x66: return (12, false, at)
  case 0x6E: return (10, false, at)
  case 0x72: return (13, false, at)
  case 0x74: return (9, false, at)
  case 0x76: return (11, false, at)
  case 0x5C, 0x22, 0x27: return (UInt32(s[i + 1]), false, at)
  case 0x78: digits = 2
  case 0x75: digits = 4
  case 0x55: digits = 8
  case 0x30...0x37:
    digits = 3
    base = 8
    at = i + 1
  default: return nil
  }
  if at + digits > end { return nil }
  var v: UInt32 = 0
  for k in 0..<digits {
    let d = digitValue(Int32(s[at + k]))
    if d >= base { return nil }
    v = v &* base &+ d
  }
  let isByte = digits < 4
  if isByte ? v > 255 : (v > 0x10FFFF || (v >= 0xD800 && v < 0xE000)) { return nil }
  return (v, isByte, at + digits)
}

/// Appends the UTF-8 form of a code point; U+FFFD for what is none.
public func appendUTF8(_ rune: UInt32, _ out: inout [UInt8]) {
  let v = rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000) ? 0xFFFD : rune
  if v < 0x80 {
    out.append(UInt8(v))
  } else if v < 0x800 {
    out.append(UInt8(0xC0 | v >> 6))
    out.append(UInt8(0x80 | v & 0x3F))
  } else if v < 0x10000 {
    out.append(UInt8(0xE0 | v >> 12))
    out.append(UInt8(0x80 | v >> 6 & 0x3F))
    out.append(UInt8(0x80 | v & 0x3F))
  } else {
    out.append(UInt8(0xF0 | v >> 18))
    out.append(UInt8(0x80 | v >> 12 & 0x3F))
    out.append(UInt8(0x80 | v >> 6 & 0x3F))
    out.append(UInt8(0x80 | v & 0x3F))
  }
}
