/// Lexical tokens, keywords last and in alphabetical order: `break` + n is the keyword with
/// interned id n + 1 (see `Interner.seeded`).
public enum Token: UInt8, Sendable {
  case eof
  case name, literal
  /// A binary or unary operator other than `*` and `<-`.
  case op
  /// `op=`, and `++` or `--`.
  case assignOp, incOp
  case assign, define, arrow, star
  case lparen, lbrack, lbrace, rparen, rbrack, rbrace
  case comma, semi, colon, dot, dotDotDot

  case `break`, `case`, chan, const, `continue`, `default`, `defer`, `else`, `fallthrough`, `for`
  case `func`, go, goto, `if`, `import`, interface, map, package, range, `return`
  case select, `struct`, `switch`, type, `var`

  var isKeyword: Bool { rawValue >= Token.break.rawValue }

  /// The token as written, or a word for its class.
  public var text: String {
    if isKeyword { return Token.keywords[Int(rawValue - Token.break.rawValue)] }
    switch self {
    case .eof: return "EOF"
    case .name: return "name"
    case .literal: return "literal"
    case .op: return "op"
    case .assignOp: return "op="
    case .incOp: return "opop"
    case .assign: return "="
    case .define: return ":="
    case .arrow: return "<-"
    case .star: return "*"
    case .lparen: return "("
    case .lbrack: return "["
    case .lbrace: return "{"
    case .rparen: return ")"
    case .rbrack: return "]"
    case .rbrace: return "}"
    case .comma: return ","
    case .semi: return ";"
    case .colon: return ":"
    case .dot: return "."
    default: return "..."
    }
  }

  /// How messages name the token.
  var inMessages: String {
    switch self {
    case .comma: "comma"
    case .semi: "semicolon or newline"
    default: isKeyword ? "keyword " + text : text
    }
  }

  static let keywords: [String] = [
    "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough",
    "for", "func", "go", "goto", "if", "import", "interface", "map", "package", "range", "return",
    "select", "struct", "switch", "type", "var",
  ]
}

/// A set of tokens as bits.
struct TokenSet {
  var bits: UInt64
  init(_ tokens: Token...) {
    bits = 0
    for t in tokens { bits |= 1 << UInt64(t.rawValue) }
  }
  func contains(_ t: Token) -> Bool { bits >> UInt64(t.rawValue) & 1 != 0 }
}

/// What a `;` token stood for in the source.
enum SemiKind: String {
  case semicolon, newline
  case eof = "EOF"
}
