// Constants in messages: gc's forms.
import Glibc

extension ConstValue {
  /// Short form: quoted and shortened strings, floats with six digits.
  var text: String {
    switch self {
    case .unknown: return "unknown"
    case .bool(let b): return b ? "true" : "false"
    case .string(let s): return ConstValue.shortened(ConstValue.quote(s.bytes))
    case .int(let i): return String(i)
    case .big(let b): return b.decimal
    case .ratio(let r): return ConstValue.floatText(BigFloat(r))
    case .float(let f): return ConstValue.floatText(f)
    case .complex(let re, let im): return "(\(re.text) + \(im.text)i)"
    }
  }

  private static func shortened(_ s: String) -> String {
    if s.unicodeScalars.count <= 72 { return s }
    return String(String.UnicodeScalarView(s.unicodeScalars.prefix(69))) + "..."
  }

  /// `s` as a Go string literal (strconv.Quote).
  public static func quote(_ bytes: [UInt8]) -> String {
    var out = "\""
    bytes.withUnsafeBufferPointer { t in
      var i = 0
      while i < t.count {
        let start = i
        guard let c = decodeUTF8(t, &i) else { break }
        if c == 0xFFFD && i == start + 1 {
          out += "\\x" + hex(UInt32(t[start]), 2)
          continue
        }
        out += quoted(c)
      }
    }
    return out + "\""
  }

  private static func quoted(_ c: UInt32) -> String {
    switch c {
    case 7: return "\\a"
    case 8: return "\\b"
    case 12: return "\\f"
    case 10: return "\\n"
    case 13: return "\\r"
    case 9: return "\\t"
    case 11: return "\\v"
    case 34: return "\\\""
    case 92: return "\\\\"
    case 0..<32, 127: return "\\x" + hex(c, 2)
    default:
      let u = Unicode.Scalar(c) ?? " "
      switch u.properties.generalCategory {
      case .control, .format, .unassigned, .privateUse, .surrogate, .spaceSeparator,
        .lineSeparator, .paragraphSeparator:
        if c == 32 { return " " }
        return c < 0x10000 ? "\\u" + hex(c, 4) : "\\U" + hex(c, 8)
      default: return String(Character(u))
      }
    }
  }

  private static func hex(_ v: UInt32, _ width: Int) -> String {
    let s = String(v, radix: 16)
    return String(repeating: "0", count: max(0, width - s.count)) + s
  }

  private static func floatText(_ f: BigFloat) -> String {
    let d = f.float64
    if (f.isZero == (d == 0)) && d.isFinite {
      let s = goFormat(d, digits: 6)
      if !f.isInteger && !s.contains(".") { return goShortest(d) }
      return s
    }
    // Beyond float64: approximate as m * 10^e.
    let exp = f.magnitudeExponent
    let unit = BigFloat.exact(f.mant, -f.mant.bitWidth)
    var m = unit.float64 * (f.isNegative ? -1 : 1)
    let d10 = Double(exp) * (0.693147180559945309417232121458176568 / 2.30258509299404568401799)
    var e = Int(d10)
    m *= pow(10, d10 - Double(e))
    let am = abs(m)
    if am < 1 - 0.5e-6 {
      m *= 10
      e -= 1
    } else if am >= 10 {
      m /= 10
      e += 1
    }
    return goFormat(m, digits: 6) + "e" + (e < 0 ? "-" : "+") + String(abs(e))
  }

  /// printf's `%.*g`; Go's differs only in the exponent's digits, which are two as well.
  private static func goFormat(_ d: Double, digits: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    let n = withVaList([Int32(digits), d]) { vsnprintf(&buffer, 64, "%.*g", $0) }
    return String(decoding: buffer[..<Int(n)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Shortest form that reads back the same, in Go's `%g` (exponent form below -4 and from 21).
  private static func goShortest(_ d: Double) -> String {
    for digits in 1...17 {
      let s = goFormat(d, digits: digits)
      if Double(s) == d { return s }
    }
    return goFormat(d, digits: 17)
  }
}
