// Classes of characters, UTF-8, and how messages spell characters.

func isLetter(_ c: Int32) -> Bool {
  let l = c | 0x20
  return (l >= 0x61 && l <= 0x7A) || c == 0x5F
}

func isDecimal(_ c: Int32) -> Bool { c >= 0x30 && c <= 0x39 }

func isIdentByte(_ c: UInt8) -> Bool {
  let l = c | 0x20
  return (l >= 0x61 && l <= 0x7A) || (c >= 0x30 && c <= 0x39) || c == 0x5F
}

/// Value of a hexadecimal digit; 16 for anything else.
func digitValue(_ c: Int32) -> UInt32 {
  if c >= 0x30 && c <= 0x39 { return UInt32(c - 0x30) }
  let l = c | 0x20
  if c > 0 && l >= 0x61 && l <= 0x66 { return UInt32(l - 0x61 + 10) }
  return 16
}

/// Unicode categories Lu, Ll, Lt, Lm, Lo.
func isUnicodeLetter(_ c: Int32) -> Bool {
  guard let s = Unicode.Scalar(UInt32(bitPattern: c)) else { return false }
  switch s.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
    return true
  default: return false
  }
}

/// Unicode category Nd.
func isUnicodeDigit(_ c: Int32) -> Bool {
  guard let s = Unicode.Scalar(UInt32(bitPattern: c)) else { return false }
  return s.properties.generalCategory == .decimalNumber
}

/// Decodes the UTF-8 sequence at `i`; a rune of -1 (width 1) if it is malformed: truncated,
/// overlong, a surrogate or beyond U+10FFFF (Unicode, table 3-7).
func decodeRune(_ s: [UInt8], _ i: Int, _ end: Int) -> (rune: Int32, width: Int) {
  let b0 = s[i]
  if b0 < 0x80 { return (Int32(b0), 1) }
  if b0 < 0xC2 || b0 > 0xF4 { return (-1, 1) }
  let n = b0 < 0xE0 ? 2 : b0 < 0xF0 ? 3 : 4
  if i + n > end { return (-1, 1) }
  let b1 = s[i + 1]
  var lo: UInt8 = 0x80
  var hi: UInt8 = 0xBF
  switch b0 {
  case 0xE0: lo = 0xA0
  case 0xED: hi = 0x9F
  case 0xF0: lo = 0x90
  case 0xF4: hi = 0x8F
  default: break
  }
  if b1 < lo || b1 > hi { return (-1, 1) }
  var v = Int32(b0) & (n == 2 ? 0x1F : n == 3 ? 0x0F : 0x07)
  v = v << 6 | Int32(b1 & 0x3F)
  for k in 2..<max(n, 2) {
    let b = s[i + k]
    if b & 0xC0 != 0x80 { return (-1, 1) }
    v = v << 6 | Int32(b & 0x3F)
  }
  return (v, n)
}

/// Upper-case hexadecimal, at least `width` digits.
func hex(_ v: UInt32, width: Int) -> String {
  let s = String(v, radix: 16, uppercase: true)
  return s.count >= width ? s : String(repeating: "0", count: width - s.count) + s
}

/// `U+0040 '@'`; the character is left out if it is not printable.
func unicodeName(_ c: Int32) -> String {
  let name = "U+" + hex(UInt32(bitPattern: c), width: 4)
  guard let s = Unicode.Scalar(UInt32(bitPattern: c)), isPrintable(s) else { return name }
  return name + " '" + String(Character(s)) + "'"
}

/// Letters, marks, numbers, punctuation, symbols and the ASCII space.
func isPrintable(_ s: Unicode.Scalar) -> Bool {
  switch s.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
    .paragraphSeparator:
    return false
  case .spaceSeparator: return s == " "
  default: return true
  }
}

/// A character in single quotes, escaped as a Go rune literal.
func quoted(_ c: Int32) -> String {
  switch c {
  case 0x07: return "'\\a'"
  case 0x08: return "'\\b'"
  case 0x0C: return "'\\f'"
  case 0x0A: return "'\\n'"
  case 0x0D: return "'\\r'"
  case 0x09: return "'\\t'"
  case 0x0B: return "'\\v'"
  case 0x27: return "'\\''"
  case 0x5C: return "'\\\\'"
  default: break
  }
  let v = UInt32(bitPattern: c)
  guard let s = Unicode.Scalar(v) else { return "'\u{FFFD}'" }
  if isPrintable(s) { return "'" + String(Character(s)) + "'" }
  if v < 0x80 { return "'\\x" + hex(v, width: 2).lowercased() + "'" }
  if v < 0x10000 { return "'\\u" + hex(v, width: 4).lowercased() + "'" }
  return "'\\U" + hex(v, width: 8).lowercased() + "'"
}

func baseName(_ base: Int) -> String {
  switch base {
  case 2: "binary"
  case 8: "octal"
  case 10: "decimal"
  default: "hexadecimal"
  }
}
