import Base

/// Turns the bytes of one file into tokens. `next` advances; the fields describe the current
/// token. Lexical errors go to `errors` with byte offsets; directives wait in `comments` for the
/// parser. Behaviour and texts are those of gc's scanner.
struct Scanner {
  /// The file's bytes and a zero byte behind them.
  let src: [UInt8]
  /// Number of bytes of the file.
  let end: Int

  // The character under the cursor.
  /// Code point, or -1 at the end.
  private(set) var ch: Int32 = 0x20
  /// Its length in bytes; 0 at the end.
  private var chw = 0
  /// Offset behind it.
  private var r = 0
  private var lineStart = 0

  /// Set when a newline or the end of file acts as a semicolon.
  private var nlsemi = false

  // The current token.
  var tok = Token.eof
  /// Byte offset of its first byte.
  private(set) var start = 0
  /// Nothing but white space precedes it on its line.
  private(set) var blank = false
  /// For `.name` and `.literal`.
  private(set) var text = NameID.none
  private(set) var length = 0
  private(set) var literalKind = LiteralKind.int
  private(set) var literalIsBad = false
  private(set) var semi = SemiKind.semicolon
  /// For `.op`, `.star`, `.assignOp` and `.incOp`.
  private(set) var op = Operator.none
  private(set) var prec = 0

  var names: Interner
  var lineStarts: [UInt32] = [0]
  var errors: [(offset: Int, message: String)] = []
  /// Comments that may be `//go:`, `//line` or `/*line` directives: range and `blank`.
  var comments: [(start: Int, end: Int, blank: Bool)] = []

  init(bytes: [UInt8], names: Interner) {
    var s = bytes
    s.append(0)
    src = s
    end = bytes.count
    self.names = names
    lineStarts.reserveCapacity(bytes.count / 24)
    nextch()
  }

  /// Offset of the current character.
  private var here: Int { r - chw }

  mutating func error(_ message: String, at offset: Int) {
    errors.append((offset: offset, message: message))
  }

  // MARK: Characters

  private mutating func nextch() {
    if ch == 0x0A { noteNewline() }
    let c = src[r]
    if c < 0x80 && c != 0 {
      ch = Int32(c)
      r += 1
      chw = 1
    } else {
      nextRune()
    }
  }

  /// Called when the newline that ends at `r` has been consumed.
  private mutating func noteNewline() {
    lineStart = r
    lineStarts.append(UInt32(r))
  }

  /// The next character where it is not plain ASCII: complains about NUL, bad encodings and
  /// byte-order marks, and skips them.
  private mutating func nextRune() {
    while true {
      if r >= end {
        r = end
        ch = -1
        chw = 0
        return
      }
      let c = src[r]
      if c != 0 && c < 0x80 {
        ch = Int32(c)
        r += 1
        chw = 1
        return
      }
      if c == 0 {
        error("invalid NUL character", at: r)
        r += 1
        continue
      }
      let (rune, width) = decodeRune(src, r, end)
      if rune < 0 {
        error("invalid UTF-8 encoding", at: r)
        r += 1
        continue
      }
      if rune == 0xFEFF {
        if r > 0 { error("invalid BOM in the middle of the file", at: r) }
        r += width
        continue
      }
      ch = rune
      chw = width
      r += width
      return
    }
  }

  /// Moves the cursor to offset `p`, which must not skip newlines.
  private mutating func seek(_ p: Int) {
    r = p
    ch = 0x20
    nextch()
  }

  /// Drops the rest of the input.
  mutating func abandon() {
    r = end
    ch = -1
    chw = 0
    nlsemi = false
    start = end
    tok = .eof
  }

  // MARK: Tokens

  mutating func next() {
    let semiAtNewline = nlsemi
    nlsemi = false
    while true {
      let before = here
      let lineBefore = lineStart
      while ch == 0x20 || ch == 0x09 || (ch == 0x0A && !semiAtNewline) || ch == 0x0D { nextch() }
      start = here
      blank = lineStart > lineBefore || before == lineBefore
      if isLetter(ch) || (ch >= 0x80 && atIdentChar(first: true)) {
        identifier()
        return
      }
      if scanOther(semiAtNewline) { return }
    }
  }

  /// A token that is no identifier; false when only a comment or bad character was consumed.
  private mutating func scanOther(_ semiAtNewline: Bool) -> Bool {
    switch ch {
    case -1:
      if semiAtNewline {
        semi = .eof
        tok = .semi
      } else {
        tok = .eof
      }
    case 0x0A:
      nextch()
      semi = .newline
      tok = .semi
    case 0x30...0x39: number(seenPoint: false)
    case 0x22: stdString()
    case 0x60: rawString()
    case 0x27: runeLiteral()
    case 0x28: single(.lparen)
    case 0x5B: single(.lbrack)
    case 0x7B: single(.lbrace)
    case 0x2C: single(.comma)
    case 0x3B:
      single(.semi)
      semi = .semicolon
    case 0x29: closing(.rparen)
    case 0x5D: closing(.rbrack)
    case 0x7D: closing(.rbrace)
    case 0x3A:
      single(.colon)
      if ch == 0x3D { single(.define) }
    case 0x2E: dot()
    case 0x2F: return slash(semiAtNewline)
    default:
      if operatorToken() { return true }
      error("invalid character \(unicodeName(ch))", at: here)
      nextch()
      return false
    }
    return true
  }

  private mutating func single(_ t: Token) {
    nextch()
    tok = t
  }

  private mutating func closing(_ t: Token) {
    nextch()
    nlsemi = true
    tok = t
  }

  private mutating func dot() {
    nextch()
    if isDecimal(ch) {
      number(seenPoint: true)
      return
    }
    if ch == 0x2E && src[r] == 0x2E {
      nextch()
      nextch()
      tok = .dotDotDot
      return
    }
    tok = .dot
  }

  /// A comment or a division; false for a comment.
  private mutating func slash(_ semiAtNewline: Bool) -> Bool {
    nextch()
    if ch == 0x2F {
      nextch()
      lineComment()
      return false
    }
    if ch == 0x2A {
      let line = lineStart
      nextch()
      fullComment()
      if lineStart > line && semiAtNewline {
        semi = .newline
        tok = .semi
        return true
      }
      // What stands behind the comment still sees the pending semicolon.
      return false
    }
    operation(.div)
    return true
  }

  /// Sets the token for `o`, or `o=` if the equals sign follows.
  private mutating func operation(_ o: Operator) {
    op = o
    prec = o.precedence
    if ch == 0x3D {
      nextch()
      tok = .assignOp
    } else {
      tok = .op
    }
  }

  private mutating func plain(_ o: Operator) {
    op = o
    prec = o.precedence
    tok = .op
  }

  private mutating func doubled(_ o: Operator) {
    nextch()
    op = o
    prec = o.precedence
    nlsemi = true
    tok = .incOp
  }

  private mutating func take(_ c: Int32) -> Bool {
    if ch == c {
      nextch()
      return true
    }
    return false
  }

  private mutating func operatorToken() -> Bool {
    let c = ch
    switch c {
    case 0x2B:  // +
      nextch()
      if ch == c { doubled(.add) } else { operation(.add) }
    case 0x2D:  // -
      nextch()
      if ch == c { doubled(.sub) } else { operation(.sub) }
    case 0x2A:  // *
      nextch()
      operation(.mul)
      if tok == .op { tok = .star }
    case 0x25:  // %
      nextch()
      operation(.rem)
    case 0x26:  // &
      nextch()
      if take(0x26) { plain(.andAnd) } else { operation(take(0x5E) ? .andNot : .and) }
    case 0x7C:  // |
      nextch()
      if take(0x7C) { plain(.orOr) } else { operation(.or) }
    case 0x5E:  // ^
      nextch()
      operation(.xor)
    case 0x3C:  // <
      nextch()
      if take(0x3D) {
        plain(.leq)
      } else if take(0x3C) {
        operation(.shl)
      } else if take(0x2D) {
        tok = .arrow
      } else {
        plain(.lss)
      }
    case 0x3E:  // >
      nextch()
      if take(0x3D) {
        plain(.geq)
      } else if take(0x3E) {
        operation(.shr)
      } else {
        plain(.gtr)
      }
    case 0x3D:  // =
      nextch()
      if take(0x3D) { plain(.eql) } else { tok = .assign }
    case 0x21:  // !
      nextch()
      plain(take(0x3D) ? .neq : .not)
    case 0x7E:  // ~
      nextch()
      plain(.tilde)
    default: return false
    }
    return true
  }

  // MARK: Identifiers

  private mutating func identifier() {
    nextch()
    while isLetter(ch) || isDecimal(ch) {
      // The common case, byte by byte. `r` is behind the current character.
      var p = r
      while isIdentByte(src[p]) { p += 1 }
      r = p
      ch = 0x20
      nextch()
    }
    if ch >= 0x80 {
      while isLetter(ch) || isDecimal(ch) || (ch >= 0x80 && atIdentChar(first: false)) { nextch() }
    }
    let stop = here
    length = stop - start
    let lo = start
    text = src.withUnsafeBufferPointer {
      names.intern(UnsafeBufferPointer(rebasing: $0[lo..<stop]))
    }
    if text.raw <= UInt32(Token.keywords.count) {
      tok = Token(rawValue: Token.break.rawValue + UInt8(text.raw) - 1).unsafelyUnwrapped
      nlsemi = tok == .break || tok == .continue || tok == .fallthrough || tok == .return
    } else {
      nlsemi = true
      tok = .name
    }
  }

  /// For a character beyond ASCII: whether it belongs to an identifier, with a complaint where
  /// it is taken for one but may not.
  private mutating func atIdentChar(first: Bool) -> Bool {
    if isUnicodeLetter(ch) { return true }
    if isUnicodeDigit(ch) {
      if first { error("identifier cannot begin with digit \(unicodeName(ch))", at: here) }
      return true
    }
    error("invalid character \(unicodeName(ch)) in identifier", at: here)
    return true
  }

  // MARK: Comments

  private mutating func skipLine() {
    while ch >= 0 && ch != 0x0A {
      var p = r
      while src[p] >= 0x20 && src[p] < 0x80 { p += 1 }
      r = p
      ch = 0x20
      nextch()
    }
  }

  private func follows(_ word: StaticString) -> Bool {
    let n = word.utf8CodeUnitCount
    if here + n > end { return false }
    for i in 0..<n where src[here + i] != word.utf8Start[i] { return false }
    return true
  }

  private mutating func lineComment() {
    let isDirective =
      (ch == 0x67 && follows("go:")) || (ch == 0x6C && follows("line "))
    skipLine()
    if isDirective { comments.append((start: start, end: here, blank: blank)) }
  }

  private mutating func fullComment() {
    let isDirective = ch == 0x6C && follows("line ")
    while ch >= 0 {
      while ch == 0x2A {
        nextch()
        if ch == 0x2F {
          nextch()
          if isDirective { comments.append((start: start, end: here, blank: blank)) }
          return
        }
      }
      nextch()
    }
    error("comment not terminated", at: start)
  }

  // MARK: Literals

  private mutating func setLiteral(_ kind: LiteralKind, ok: Bool) {
    nlsemi = true
    tok = .literal
    literalKind = kind
    literalIsBad = !ok
    let lo = start
    let stop = here
    length = stop - lo
    text = src.withUnsafeBufferPointer {
      names.intern(UnsafeBufferPointer(rebasing: $0[lo..<stop]))
    }
  }

  private mutating func runeLiteral() {
    var ok = true
    nextch()
    var n = 0
    while true {
      if ch == 0x27 {
        if ok && n == 0 {
          error("empty rune literal or unescaped '", at: here)
          ok = false
        } else if ok && n != 1 {
          error("more than one character in rune literal", at: start)
          ok = false
        }
        nextch()
        break
      }
      if ch == 0x0A {
        if ok { error("newline in rune literal", at: here) }
        ok = false
        break
      }
      if ch < 0 {
        if ok { error("rune literal not terminated", at: start) }
        ok = false
        break
      }
      if ch == 0x5C {
        nextch()
        if !escape(quote: 0x27) { ok = false }
      } else {
        nextch()
      }
      n += 1
    }
    setLiteral(.rune, ok: ok)
  }

  private mutating func stdString() {
    var ok = true
    nextch()
    while true {
      if ch == 0x22 {
        nextch()
        break
      }
      if ch == 0x5C {
        nextch()
        if !escape(quote: 0x22) { ok = false }
        continue
      }
      if ch == 0x0A {
        error("newline in string", at: here)
        ok = false
        break
      }
      if ch < 0 {
        error("string not terminated", at: start)
        ok = false
        break
      }
      nextch()
    }
    setLiteral(.string, ok: ok)
  }

  private mutating func rawString() {
    var ok = true
    nextch()
    while ch != 0x60 {
      if ch < 0 {
        error("string not terminated", at: start)
        ok = false
        break
      }
      nextch()
    }
    if ok { nextch() }
    setLiteral(.string, ok: ok)
  }

  /// An escape sequence behind its backslash. False: reported.
  private mutating func escape(quote: Int32) -> Bool {
    var n = 0
    var base: UInt32 = 16
    var max: UInt32 = 0x10FFFF
    switch ch {
    case quote, 0x61, 0x62, 0x66, 0x6E, 0x72, 0x74, 0x76, 0x5C:
      nextch()
      return true
    case 0x30...0x37:
      n = 3
      base = 8
      max = 255
    case 0x78:
      nextch()
      n = 2
      max = 255
    case 0x75:
      nextch()
      n = 4
    case 0x55:
      nextch()
      n = 8
    default:
      if ch < 0 { return true }  // The caller complains about the end of file.
      error("unknown escape", at: here)
      return false
    }
    var x: UInt32 = 0
    for _ in 0..<n {
      if ch < 0 { return true }
      let d = digitValue(ch)
      if d >= base {
        error("invalid character \(quoted(ch)) in \(baseName(Int(base))) escape", at: here)
        return false
      }
      x = x &* base &+ d
      nextch()
    }
    if x > max && base == 8 {
      error("octal escape value \(x) > 255", at: here)
      return false
    }
    if x > max || (x >= 0xD800 && x < 0xE000) {
      let name = "U+" + hex(x, width: 4)
      error("escape is invalid Unicode code point \(name)", at: here)
      return false
    }
    return true
  }

  // MARK: Numbers

  /// Accepts digits and `_`. Bit 0 of the result: a digit was there; bit 1: a separator. For
  /// bases up to 10, the offset of the first digit too large goes to `invalid`.
  private mutating func digits(_ base: Int32, _ invalid: inout Int) -> Int {
    var seen = 0
    if base <= 10 {
      let limit = 0x30 + base
      while isDecimal(ch) || ch == 0x5F {
        if ch == 0x5F {
          seen |= 2
        } else {
          if ch >= limit && invalid < 0 { invalid = here }
          seen |= 1
        }
        nextch()
      }
    } else {
      while digitValue(ch) < 16 || ch == 0x5F {
        seen |= ch == 0x5F ? 2 : 1
        nextch()
      }
    }
    return seen
  }

  private mutating func number(seenPoint: Bool) {
    var seenPoint = seenPoint
    var ok = true
    var kind = LiteralKind.int
    var base: Int32 = 10
    var prefix: UInt8 = 0  // of "0xob"
    var seen = 0
    var invalid = -1
    if !seenPoint {
      if ch == 0x30 {
        nextch()
        switch ch | 0x20 {
        case 0x78:
          base = 16
          prefix = 0x78
        case 0x6F:
          base = 8
          prefix = 0x6F
        case 0x62:
          base = 2
          prefix = 0x62
        default:
          base = 8
          prefix = 0x30
          seen = 1
        }
        if prefix != 0x30 { nextch() }
      }
      seen |= digits(base, &invalid)
      if ch == 0x2E {
        if prefix == 0x6F || prefix == 0x62 {
          error("invalid radix point in \(baseName(Int(base))) literal", at: here)
          ok = false
        }
        nextch()
        seenPoint = true
      }
    }
    if seenPoint {
      kind = .float
      seen |= digits(base, &invalid)
    }
    if seen & 1 == 0 && ok {
      error("\(baseName(Int(base))) literal has no digits", at: here)
      ok = false
    }
    exponent(prefix, &kind, &seen, &ok)
    if ch == 0x69 {
      kind = .imaginary
      nextch()
    }
    setLiteral(kind, ok: ok)
    if kind == .int && invalid >= 0 && ok {
      let d = quoted(Int32(src[invalid]))
      error("invalid digit \(d) in \(baseName(Int(base))) literal", at: invalid)
      ok = false
    }
    if seen & 2 != 0 && ok {
      let i = invalidSeparator(start, start + length)
      if i >= 0 {
        error("'_' must separate successive digits", at: i)
        ok = false
      }
    }
    literalIsBad = !ok
  }

  private mutating func exponent(
    _ prefix: UInt8, _ kind: inout LiteralKind, _ seen: inout Int, _ ok: inout Bool
  ) {
    let e = ch | 0x20
    if ch > 0 && (e == 0x65 || e == 0x70) {
      if ok && e == 0x65 && prefix != 0 && prefix != 0x30 {
        error("\(quoted(ch)) exponent requires decimal mantissa", at: here)
        ok = false
      } else if ok && e == 0x70 && prefix != 0x78 {
        error("\(quoted(ch)) exponent requires hexadecimal mantissa", at: here)
        ok = false
      }
      nextch()
      kind = .float
      if ch == 0x2B || ch == 0x2D { nextch() }
      var ignored = 0
      let got = digits(10, &ignored)
      seen = got | seen & 2
      if got & 1 == 0 && ok {
        error("exponent has no digits", at: here)
        ok = false
      }
    } else if prefix == 0x78 && kind == .float && ok {
      error("hexadecimal mantissa requires a 'p' exponent", at: here)
      ok = false
    }
  }

  /// Offset of the first `_` that does not stand between digits (a prefix counts as one), or -1.
  private func invalidSeparator(_ lo: Int, _ hi: Int) -> Int {
    var isHex = false
    var previous: UInt8 = 0x2E  // '0' for a digit, '_', or '.' for anything else
    var i = lo
    if hi - lo >= 2 && src[lo] == 0x30 {
      let p = src[lo + 1] | 0x20
      if p == 0x78 || p == 0x6F || p == 0x62 {
        isHex = p == 0x78
        previous = 0x30
        i = lo + 2
      }
    }
    while i < hi {
      let c = src[i]
      if c == 0x5F {
        if previous != 0x30 { return i }
        previous = 0x5F
      } else if isDecimal(Int32(c)) || (isHex && digitValue(Int32(c)) < 16) {
        previous = 0x30
      } else {
        if previous == 0x5F { return i - 1 }
        previous = 0x2E
      }
      i += 1
    }
    return previous == 0x5F ? hi - 1 : -1
  }
}
