import Base

/// A token of Go assembly. Names and literals keep their text as interned bytes.
struct Token {
  enum Kind: UInt8 {
    case end, newline, name, integer, float, character, string
    /// One ASCII character, in `punctuation`.
    case punctuation
    /// `<<`, `>>`, `->`, `@>`.
    case leftShift, rightShift, arrow, rotate
  }

  var kind: Kind
  /// ASCII code of a punctuation token, otherwise 0.
  var punctuation: UInt8 = 0
  /// Whether white space stands before the token on its line.
  var spaced = false
  /// Text of names and literals; names have `·` and `∕` replaced already.
  var text: NameID = .none
  var pos: Pos

  func isPunctuation(_ c: UInt8) -> Bool { kind == .punctuation && punctuation == c }
  /// End of a statement: newline, `;` or end of input.
  var endsStatement: Bool {
    kind == .newline || kind == .end || isPunctuation(UInt8(ascii: ";"))
  }
}

/// Splits one file, or the text of one definition, into tokens.
///
/// Names consist of letters (any beyond ASCII count), digits, `_`, `·` (U+00B7, for `.`) and `∕`
/// (U+2215, for `/`), as cmd/asm has them. Comments vanish; newlines are tokens.
struct Lexer {
  private let bytes: [UInt8]
  private let base: UInt32
  private var i = 0
  var lineStarts: [UInt32] = [0]
  /// Messages with their positions.
  var errors: [(Pos, String)] = []

  init(bytes: [UInt8], base: UInt32) {
    self.bytes = bytes
    self.base = base
  }

  /// All tokens, ending with a newline and an end token.
  mutating func run(_ names: inout Interner) -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 4)
    var spaced = false
    while true {
      guard i < bytes.count else { break }
      let c = bytes[i]
      if c == 10 {
        tokens.append(Token(kind: .newline, pos: position(i)))
        i += 1
        lineStarts.append(UInt32(i))
        spaced = false
        continue
      }
      if c == 32 || c == 9 || c == 13 {
        i += 1
        spaced = true
        continue
      }
      if c == UInt8(ascii: "/") && i + 1 < bytes.count && skipComment() {
        spaced = true
        continue
      }
      var t = token(&names)
      t.spaced = spaced
      spaced = false
      tokens.append(t)
    }
    let end = position(bytes.count)
    if tokens.last?.kind != .newline { tokens.append(Token(kind: .newline, pos: end)) }
    tokens.append(Token(kind: .end, pos: end))
    return tokens
  }

  private func position(_ offset: Int) -> Pos { Pos(offset: base + UInt32(offset)) }

  private mutating func skipComment() -> Bool {
    if bytes[i + 1] == UInt8(ascii: "/") {
      while i < bytes.count && bytes[i] != 10 { i += 1 }
      return true
    }
    if bytes[i + 1] != UInt8(ascii: "*") { return false }
    let start = i
    i += 2
    while i + 1 < bytes.count && !(bytes[i] == UInt8(ascii: "*") && bytes[i + 1] == 47) {
      if bytes[i] == 10 { lineStarts.append(UInt32(i + 1)) }
      i += 1
    }
    if i + 1 >= bytes.count {
      errors.append((position(start), "comment not terminated"))
      i = bytes.count
    } else {
      i += 2
    }
    return true
  }

  private static func isLetter(_ c: UInt8) -> Bool {
    (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c == 95 || c >= 0x80
  }
  private static func isDigit(_ c: UInt8) -> Bool { c >= 48 && c <= 57 }

  private mutating func token(_ names: inout Interner) -> Token {
    let start = i
    let c = bytes[i]
    if Lexer.isLetter(c) { return name(&names) }
    if Lexer.isDigit(c) || (c == 46 && i + 1 < bytes.count && Lexer.isDigit(bytes[i + 1])) {
      return number(&names)
    }
    if c == UInt8(ascii: "\"") || c == UInt8(ascii: "'") || c == UInt8(ascii: "`") {
      return quoted(c, &names)
    }
    let next: UInt8 = i + 1 < bytes.count ? bytes[i + 1] : 0
    var kind = Token.Kind.punctuation
    switch (c, next) {
    case (UInt8(ascii: "<"), UInt8(ascii: "<")): kind = .leftShift
    case (UInt8(ascii: ">"), UInt8(ascii: ">")): kind = .rightShift
    case (UInt8(ascii: "-"), UInt8(ascii: ">")): kind = .arrow
    case (UInt8(ascii: "@"), UInt8(ascii: ">")): kind = .rotate
    default: break
    }
    i += kind == .punctuation ? 1 : 2
    return Token(
      kind: kind, punctuation: kind == .punctuation ? c : 0, pos: position(start))
  }

  private mutating func name(_ names: inout Interner) -> Token {
    let start = i
    var special = false
    while i < bytes.count && (Lexer.isLetter(bytes[i]) || Lexer.isDigit(bytes[i])) {
      if bytes[i] >= 0x80 { special = true }
      i += 1
    }
    var text = Array(bytes[start..<i])
    if special {
      var plain: [UInt8] = []
      var k = 0
      while k < text.count {
        if text[k] == 0xC2 && k + 1 < text.count && text[k + 1] == 0xB7 {
          plain.append(UInt8(ascii: "."))
          k += 2
        } else if text[k] == 0xE2 && k + 2 < text.count && text[k + 1] == 0x88
          && text[k + 2] == 0x95
        {
          plain.append(UInt8(ascii: "/"))
          k += 3
        } else {
          plain.append(text[k])
          k += 1
        }
      }
      text = plain
    }
    return Token(kind: .name, text: names.intern(text), pos: position(start))
  }

  private mutating func number(_ names: inout Interner) -> Token {
    let start = i
    let isHex = bytes[i] == 48 && i + 1 < bytes.count && bytes[i + 1] | 32 == UInt8(ascii: "x")
    var isFloat = false
    if isHex { i += 2 }
    while i < bytes.count {
      let c = bytes[i]
      if c == 46 {
        isFloat = true
      } else if !isHex && c | 32 == UInt8(ascii: "e") {
        isFloat = true
        if i + 1 < bytes.count && (bytes[i + 1] == 43 || bytes[i + 1] == 45) { i += 1 }
      } else if isHex && c | 32 == UInt8(ascii: "p") {
        isFloat = true
        if i + 1 < bytes.count && (bytes[i + 1] == 43 || bytes[i + 1] == 45) { i += 1 }
      } else if !(Lexer.isDigit(c) || c == 95 || (c | 32 >= 97 && c | 32 <= 122)) {
        break
      }
      i += 1
    }
    let text = names.intern(Array(bytes[start..<i]))
    return Token(kind: isFloat ? .float : .integer, text: text, pos: position(start))
  }

  /// A string or character literal; the text keeps its quotes.
  private mutating func quoted(_ quote: UInt8, _ names: inout Interner) -> Token {
    let start = i
    i += 1
    while i < bytes.count && bytes[i] != quote && bytes[i] != 10 {
      if bytes[i] == UInt8(ascii: "\\") { i += 1 }
      i += 1
    }
    if i >= bytes.count || bytes[i] != quote {
      errors.append((position(start), "literal not terminated"))
      i = min(i, bytes.count)
    } else {
      i += 1
    }
    let kind: Token.Kind = quote == UInt8(ascii: "'") ? .character : .string
    return Token(kind: kind, text: names.intern(Array(bytes[start..<i])), pos: position(start))
  }
}

/// The value of a Go string or character literal with its quotes, or nil if it is malformed.
func unquote(_ literal: [UInt8]) -> [UInt8]? {
  guard literal.count >= 2, let quote = literal.first, literal.last == quote else { return nil }
  let body = Array(literal[1..<(literal.count - 1)])
  if quote == UInt8(ascii: "`") { return body }
  var out: [UInt8] = []
  var i = 0
  while i < body.count {
    if body[i] != UInt8(ascii: "\\") {
      out.append(body[i])
      i += 1
      continue
    }
    guard i + 1 < body.count else { return nil }
    let c = body[i + 1]
    i += 2
    switch c {
    case UInt8(ascii: "a"): out.append(7)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "v"): out.append(11)
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): out.append(c)
    case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
      let n = c == UInt8(ascii: "x") ? 2 : c == UInt8(ascii: "u") ? 4 : 8
      guard i + n <= body.count,
        let v = UInt32(String(decoding: body[i..<(i + n)], as: UTF8.self), radix: 16)
      else { return nil }
      i += n
      if n == 2 {
        out.append(UInt8(v))
      } else {
        guard let scalar = Unicode.Scalar(v) else { return nil }
        out += Array(String(Character(scalar)).utf8)
      }
    case 48...55:
      guard i + 2 <= body.count,
        let v = UInt32(String(decoding: body[(i - 1)..<(i + 2)], as: UTF8.self), radix: 8), v < 256
      else { return nil }
      i += 2
      out.append(UInt8(v))
    default: return nil
    }
  }
  return out
}
