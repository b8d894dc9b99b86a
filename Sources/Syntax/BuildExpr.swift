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

  /// The expression that a comment of the form `// +build a,b !c` stands for, in the syntax of `//go:build`;
  /// nil for any other comment, "" if it is malformed.
  public static func fromPlusBuild(_ comment: String) -> String? {
    guard comment.hasPrefix("//") else { return nil }
    let words = comment.dropFirst(2).split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" })
    guard words.first == "+build" else { return nil }
    var options: [String] = []
    for w in words.dropFirst() {
      let terms = w.split(separator: ",", omittingEmptySubsequences: false)
      for t in terms {
        let name = t.hasPrefix("!") ? t.dropFirst() : t
        if name.isEmpty || name.hasPrefix("!") || BuildExpr(String(name)) == nil { return "" }
      }
      options.append(terms.joined(separator: " && "))
    }
    return options.isEmpty ? "" : "(" + options.joined(separator: " || ") + ")"
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

/// The expression of the `// +build` lines in what precedes a file's first clause: they count with an empty line
/// somewhere behind them. "" if there are none.
public func plusBuildLines(_ header: ArraySlice<UInt8>) -> String {
  var found: [String] = []
  var counted = 0
  var inComment = false
  for line in header.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
    let text = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    if inComment || text.starts(with: [0x2F, 0x2A]) {
      // A general comment, which may go over several lines.
      inComment = !(zip(text, text.dropFirst()).contains { $0 == 0x2A && $1 == 0x2F })
      continue
    }
    if text.isEmpty { counted = found.count }
    if !text.starts(with: [0x2F, 0x2F]) { continue }
    guard text.dropFirst(2).first(where: { $0 != 0x20 && $0 != 0x09 }) == 0x2B else { continue }
    let e = BuildExpr.fromPlusBuild(String(decoding: text, as: UTF8.self))
    if let e, !e.isEmpty { found.append(e) }
  }
  return found.prefix(counted).joined(separator: " && ")
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
