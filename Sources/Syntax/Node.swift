import Base

/// A syntax node of one file: index into `SyntaxTree.nodes`. Id 0 is "absent".
public struct NodeID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// One syntax node, 16 trivial bytes. What `op`, `aux`, `a` and `b` mean depends on `kind` and is
/// written beside each case of `NodeKind`; read them through the views of `SyntaxTree`.
public struct Node: Sendable {
  public var kind: NodeKind
  /// An `Operator`, `LiteralKind`, `ChanDirection` or `BranchKind`, by kind.
  public var op: UInt8
  /// Flags, by kind.
  public var aux: UInt16
  /// The position that gc attaches to the node (`cmd/compile/internal/syntax`): the token that is
  /// proper to the production, so the operator of a binary expression, the dot of a selector, the
  /// opening bracket of a call or an index. `SyntaxTree.startPos` gives the leftmost one.
  public var pos: Pos
  public var a: Int32
  public var b: Int32

  @inlinable public init(
    _ kind: NodeKind, _ pos: Pos, a: Int32 = 0, b: Int32 = 0, op: UInt8 = 0, aux: UInt16 = 0
  ) {
    self.kind = kind
    self.op = op
    self.aux = aux
    self.pos = pos
    self.a = a
    self.b = b
  }
}

/// The productions. "→" names what a field refers to: a node unless said otherwise; `extra[b]`
/// is a record in the tree's pool.
public enum NodeKind: UInt8, Sendable {
  /// The reserved node 0.
  case absent

  // Expressions and types.
  /// What could not be parsed. Already reported.
  case bad
  /// a → NameID; b: length in bytes.
  case name
  /// op: LiteralKind; a → NameID of the literal's source text; b: length in bytes;
  /// aux 1: malformed, reported.
  case literal
  /// a → type or absent; extra[b]: closing brace, number of `keyValue` elements, count, elements.
  case compositeLit
  /// a → key, b → value.
  case keyValue
  /// a → funcType, b → block.
  case funcLit
  /// a → x. Kept in expressions, dropped in types.
  case paren
  /// a → x, b → name.
  case selector
  /// a → x, b → index or type argument; `list` for several.
  case index
  /// a → x; extra[b]: three indices, absent where left out; aux 1: written with two colons.
  case slice
  /// a → x, b → type.
  case assert
  /// `x.(type)`: a → name of `name := x.(type)` or absent, b → x.
  case typeSwitchGuard
  /// op: Operator (`*x` is `.mul`, `<-x` is `.recv`); a → x.
  case unary
  /// op: Operator; a, b → operands.
  case binary
  /// a → function; extra[b]: closing parenthesis, count, arguments; aux 1: last one has `...`.
  case call
  /// extra[a]: count, expressions (at least 2, unless recovering).
  case list
  /// a → length or absent for `[...]`, b → element type.
  case arrayType
  /// a → element type.
  case sliceType
  /// `...T`: a → element type.
  case dotsType
  /// extra[a]: closing brace, count, fields, then as many tags (literal or absent).
  case structType
  /// extra[a]: closing brace, count, fields (methods have a name and a funcType; embedded ones no
  /// name).
  case interfaceType
  /// extra[a]: parameter count, result count, parameters, results.
  case funcType
  /// a → key, b → element.
  case mapType
  /// op: ChanDirection; a → element type.
  case chanType
  /// A parameter, result, receiver, type parameter, struct field or interface element:
  /// a → name or absent, b → type. Names declared in one list share the type node.
  case field

  // Statements.
  case empty
  /// a → name, b → statement.
  case labeled
  /// extra[a]: closing brace, count, statements.
  case block
  /// a → x.
  case exprStmt
  /// a → channel, b → value.
  case send
  /// extra[a]: count, declarations.
  case declStmt
  /// op: `.none` for `=`, `.def` for `:=`, else the operator; a → left side (maybe `list`),
  /// b → right side, absent for `++` (`.add`) and `--` (`.sub`).
  case assign
  /// op: BranchKind; a → label or absent; b → target statement once branches are checked.
  case branch
  /// op: CallStmtKind; a → call.
  case callStmt
  /// a → results (maybe `list`) or absent.
  case returnStmt
  /// extra[a]: init, condition, then-block, else (ifStmt, block or absent).
  case ifStmt
  /// extra[a]: init (maybe `rangeClause`), condition, post, body.
  case forStmt
  /// extra[a]: init, tag (maybe `typeSwitchGuard`) or absent, closing brace, count, clauses.
  case switchStmt
  /// extra[a]: closing brace, count, clauses.
  case selectStmt
  /// a → left side or absent, b → x; aux 1: `:=`.
  case rangeClause
  /// a → expressions (maybe `list`), absent for default; extra[b]: colon, count, statements.
  case caseClause
  /// a → send, exprStmt or assign; absent for default; extra[b]: colon, count, statements.
  case commClause

  // Declarations. Group numbers start at 1 and are 0 outside parentheses.
  /// extra[a]: group, pragma, local name (maybe ".") or absent, path literal or absent.
  case importDecl
  /// extra[a]: group, pragma, type, values (maybe `list`), count, names.
  case constDecl
  /// The same record as `constDecl`.
  case varDecl
  /// extra[a]: group, pragma, name, type, count, type parameters; aux 1: alias.
  case typeDecl
  /// extra[a]: pragma, receiver field or absent, name, funcType, body or absent, count, type
  /// parameters.
  case funcDecl
}

/// Operators of unary and binary expressions and of assignments, in gc's order of precedence.
public enum Operator: UInt8, Sendable {
  case none
  /// `:=`
  case def
  case not, recv, tilde
  case orOr
  case andAnd
  case eql, neq, lss, leq, gtr, geq
  case add, sub, or, xor
  case mul, div, rem, and, andNot, shl, shr

  /// The operator as written.
  public var text: StaticString {
    switch self {
    case .none: ""
    case .def: ":"
    case .not: "!"
    case .recv: "<-"
    case .tilde: "~"
    case .orOr: "||"
    case .andAnd: "&&"
    case .eql: "=="
    case .neq: "!="
    case .lss: "<"
    case .leq: "<="
    case .gtr: ">"
    case .geq: ">="
    case .add: "+"
    case .sub: "-"
    case .or: "|"
    case .xor: "^"
    case .mul: "*"
    case .div: "/"
    case .rem: "%"
    case .and: "&"
    case .andNot: "&^"
    case .shl: "<<"
    case .shr: ">>"
    }
  }

  /// Binary precedence 1 (`||`) to 5 (`*`), 0 for what is not binary.
  @inlinable public var precedence: Int {
    switch self {
    case .none, .def, .not, .recv, .tilde: 0
    case .orOr: 1
    case .andAnd: 2
    case .eql, .neq, .lss, .leq, .gtr, .geq: 3
    case .add, .sub, .or, .xor: 4
    case .mul, .div, .rem, .and, .andNot, .shl, .shr: 5
    }
  }

  /// `==`, `!=`, `<`, `<=`, `>`, `>=`.
  @inlinable public var isComparison: Bool {
    rawValue >= Operator.eql.rawValue && rawValue <= Operator.geq.rawValue
  }
  /// `<<`, `>>`.
  @inlinable public var isShift: Bool { self == .shl || self == .shr }
}

/// Kinds of basic literals.
public enum LiteralKind: UInt8, Sendable { case int, float, imaginary, rune, string }

/// Direction of a channel type.
public enum ChanDirection: UInt8, Sendable { case both, sendOnly, recvOnly }

/// The keyword of a `branch` statement.
public enum BranchKind: UInt8, Sendable {
  case `break`, `continue`, `fallthrough`, goto
}

/// The keyword of a `callStmt`.
public enum CallStmtKind: UInt8, Sendable { case go, `defer` }

/// Names with fixed ids in every interner made by `Interner.seeded()`: each file's, and the
/// program's. Ids 1 to 25 are the keywords in alphabetical order.
public enum KnownName {
  public static let blank = NameID(raw: 26)
  public static let dot = NameID(raw: 27)
  public static let `init` = NameID(raw: 28)
  public static let main = NameID(raw: 29)
  public static let unsafe = NameID(raw: 30)
  public static let c = NameID(raw: 31)
  public static let iota = NameID(raw: 32)
  public static let `nil` = NameID(raw: 33)
  public static let `true` = NameID(raw: 34)
  public static let `false` = NameID(raw: 35)
  public static let underscoreC = NameID(raw: 36)
  public static let error = NameID(raw: 37)

  static let spelled: [String] = [
    "_", ".", "init", "main", "unsafe", "C", "iota", "nil", "true", "false", "_C", "error",
  ]
}

extension Interner {
  /// An interner that holds the keywords and the `KnownName`s under their fixed ids.
  public static func seeded(capacity: Int = 256) -> Interner {
    var t = Interner(capacity: capacity)
    for k in Token.keywords { _ = t.intern(k) }
    for k in KnownName.spelled { _ = t.intern(k) }
    return t
  }
}
