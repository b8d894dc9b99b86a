/// The expression of a `//go:build` line (go/build/constraint, "Build Constraints").
public indirect enum BuildExpr: Sendable {
  case tag(String)
  case not(BuildExpr)
  case and(BuildExpr, BuildExpr)
  case or(BuildExpr, BuildExpr)

  /// Parses the text behind `//go:build`; nil if it is malformed.
  public init?(_ text: String) {
    var p = BuildExprParser(text: Array(text.utf8))
    guard let e = p.or(), p.atEnd else { return nil }
    self = e
  }

  /// The value, given which tags are set.
  public func evaluate(_ isSet: (String) -> Bool) -> Bool {
    switch self {
    case .tag(let t): isSet(t)
    case .not(let x): !x.evaluate(isSet)
    case .and(let x, let y): x.evaluate(isSet) && y.evaluate(isSet)
    case .or(let x, let y): x.evaluate(isSet) || y.evaluate(isSet)
    }
  }

  /// The minimum Go version that the expression implies, such as "go1.21"; "" if none.
  public var goVersion: String {
    let v = minimum(true)
    return v < 0 ? "" : v == 0 ? "go1" : "go1.\(v)"
  }

  /// The minimum minor version implied by the expression, or by its negation; -1 for none.
  private func minimum(_ positive: Bool) -> Int {
    switch self {
    case .and(let x, let y):
      let (a, b) = (x.minimum(positive), y.minimum(positive))
      return positive ? max(a, b) : min(a, b)
    case .or(let x, let y):
      let (a, b) = (x.minimum(positive), y.minimum(positive))
      return positive ? min(a, b) : max(a, b)
    case .not(let x): return x.minimum(!positive)
    case .tag(let t):
      if !positive { return -1 }
      if t == "go1" { return 0 }
      if !t.hasPrefix("go1.") { return -1 }
      return Int(t.dropFirst(4)) ?? -1
    }
  }
}

private struct BuildExprParser {
  let text: [UInt8]
  var i = 0
  var depth = 0

  mutating func skip() { while i < text.count && (text[i] == 0x20 || text[i] == 0x09) { i += 1 } }
  var atEnd: Bool {
    mutating get {
      skip()
      return i == text.count
    }
  }

  private mutating func take(_ s: StaticString) -> Bool {
    skip()
    let n = s.utf8CodeUnitCount
    if i + n > text.count { return false }
    for k in 0..<n where text[i + k] != s.utf8Start[k] { return false }
    i += n
    return true
  }

  mutating func or() -> BuildExpr? {
    guard var x = and() else { return nil }
    while take("||") {
      guard let y = and() else { return nil }
      x = .or(x, y)
    }
    return x
  }

  private mutating func and() -> BuildExpr? {
    guard var x = not() else { return nil }
    while take("&&") {
      guard let y = not() else { return nil }
      x = .and(x, y)
    }
    return x
  }

  private mutating func not() -> BuildExpr? {
    depth += 1
    defer { depth -= 1 }
    if depth > 1000 { return nil }
    if take("!") {
      skip()
      if i < text.count && text[i] == 0x21 { return nil }  // A double negation is not allowed.
      guard let x = not() else { return nil }
      return .not(x)
    }
    if take("(") {
      guard let x = or(), take(")") else { return nil }
      return x
    }
    skip()
    let start = i
    while i < text.count, isTagByte(text[i]) { i += 1 }
    if start == i { return nil }
    return .tag(String(decoding: text[start..<i], as: UTF8.self))
  }

  private func isTagByte(_ c: UInt8) -> Bool { isIdentByte(c) || c == 0x2E || c >= 0x80 }
}
