/// `s` as a JSON string, with the characters escaped that Go's encoding/json escapes (those of HTML and
/// the line separators of JavaScript among them), so that output compares with the go command's.
func jsonString(_ s: String) -> String {
  var out = "\""
  for c in s.unicodeScalars {
    switch c {
    case "\"": out += "\\\""
    case "\\": out += "\\\\"
    case "\n": out += "\\n"
    case "\r": out += "\\r"
    case "\t": out += "\\t"
    case "\u{8}": out += "\\b"
    case "\u{C}": out += "\\f"
    case "<", ">", "&", "\u{0}"..<"\u{20}", "\u{2028}", "\u{2029}":
      let h = String(c.value, radix: 16)
      out += "\\u" + String(repeating: "0", count: 4 - h.utf8.count) + h
    default: out.unicodeScalars.append(c)
    }
  }
  return out + "\""
}
