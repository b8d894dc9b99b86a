import Base

/// How a file is to be parsed.
public struct ParseOptions: Sendable {
  /// Wording of complaints about labels and branches.
  public enum BranchCheck: Sendable {
    case none
    /// As the command's parser words them.
    case compiler
    /// As the type checker's own tests expect them.
    case checker
  }
  public var branches = BranchCheck.compiler
  /// The file belongs to the standard library.
  public var isStd = false
  /// The file belongs to the runtime's own packages: `//go:systemstack` and the like are allowed.
  public var isRuntime = false
  public init() {}
}

/// Parses one file. Never fails: what cannot be parsed is reported in `tree.diagnostics`, and the
/// tree holds what could be understood.
///
/// - Parameters:
///   - path: the file's name as messages inside other messages show it.
///   - base: position of byte 0 (`SourceFile.base`).
public func parse(
  file: FileID, path: String, bytes: [UInt8], base: UInt32, options: ParseOptions = ParseOptions()
) -> SyntaxTree {
  var p = Parser(file: file, path: path, bytes: bytes, base: base, options: options)
  p.parseFile()
  return p.finish()
}

/// The recursive-descent parser: gc's grammar, its error texts and positions, and its ways of
/// recovery. Lists under construction lie on `stack`; a production pushes its members there and
/// moves them to `extra` when it is complete.
struct Parser: ~Copyable {
  /// Nested productions beyond this are an error, so that no input overflows the stack.
  static let maxDepth = 10_000
  /// Longest chain of operators of one precedence, or of calls, selectors and indices: a tree
  /// leaning left that far is walked by recursion later.
  static let maxChain = 50_000

  var s: Scanner
  var nodes: IDTable<NodeID, Node>
  var extra: [Int32]
  var stack: [Int32] = []
  let tree: SyntaxTree
  let base: UInt32
  let path: String
  let options: ParseOptions

  /// Errors that do not count as syntax errors for recovery: directives, branches.
  var late = Diagnostics()
  var depth = 0
  /// Function nesting: whether statement keywords stop `advance`.
  var fnest = 0
  /// Expression nesting; negative in the header of a control statement, where `{` opens a block.
  var xnest = 0
  var groups: Int32 = 0
  /// Labels and branches since the last check.
  var branches = 0
  /// Before the package clause.
  var isTop = true

  // Directives waiting for a declaration.
  var pendingFlags: PragmaFlags = []
  var pendingFirst = 0
  var directives: [Directive] = []
  var linePath: String

  init(file: FileID, path: String, bytes: [UInt8], base: UInt32, options: ParseOptions) {
    let names = Interner.seeded(capacity: max(64, min(bytes.count / 40, 20_000)))
    s = Scanner(bytes: bytes, names: names)
    tree = SyntaxTree(file: file)
    nodes = IDTable(none: Node(.absent, .none))
    nodes.elements.reserveCapacity(bytes.count / 6 + 16)
    extra = [0]
    extra.reserveCapacity(bytes.count / 6 + 16)
    self.base = base
    self.path = path
    self.options = options
    linePath = path
    next()
  }

  /// Moves the results into the tree.
  consuming func finish() -> SyntaxTree {
    tree.nodes = nodes
    tree.extra = extra
    tree.names = s.names
    tree.lineStarts = s.lineStarts
    tree.directives = directives
    for e in s.errors { tree.diagnostics.report(at(e.offset), e.message) }
    tree.diagnostics.list += late.list
    return tree
  }

  // MARK: Tokens

  var tok: Token { s.tok }
  /// Position of the current token.
  var pos: Pos { Pos(offset: base &+ UInt32(s.start)) }
  func at(_ offset: Int) -> Pos { Pos(offset: base &+ UInt32(offset)) }

  mutating func next() {
    s.next()
    if !s.comments.isEmpty { takeComments() }
  }

  mutating func got(_ t: Token) -> Bool {
    if s.tok == t {
      next()
      return true
    }
    return false
  }

  mutating func want(_ t: Token) {
    if !got(t) {
      syntaxError("expected " + t.inMessages)
      advance()
    }
  }

  /// Accepts `=`, and `:=` with a complaint.
  mutating func gotAssign() -> Bool {
    if tok == .define { syntaxError("expected =") }
    if tok == .define || tok == .assign {
      next()
      return true
    }
    return false
  }

  // MARK: Errors

  mutating func error(_ message: String, at p: Pos) {
    s.error(message, at: Int(p.offset - base))
  }
  mutating func error(_ message: String) { error(message, at: pos) }
  mutating func syntaxError(_ message: String) { syntaxError(message, at: pos) }

  /// Reports a syntax error. A message that starts with "in", "at", "after" or "expected" is put
  /// behind the unexpected token.
  mutating func syntaxError(_ message: String, at p: Pos) {
    if tok == .eof && !s.errors.isEmpty { return }  // Nothing new to say.
    var m = message
    if m.hasPrefix("in ") || m.hasPrefix("at ") || m.hasPrefix("after ") {
      m = " " + m
    } else if m.hasPrefix("expected ") {
      m = ", " + m
    } else if !m.isEmpty {
      error("syntax error: " + m, at: p)
      return
    }
    error("syntax error: unexpected " + currentToken + m, at: p)
  }

  /// The current token as messages show it.
  private var currentToken: String {
    switch tok {
    case .name: "name " + s.names.string(s.text)
    case .semi: s.semi.rawValue
    case .literal: "literal " + s.names.string(s.text)
    case .op: s.op.text.description
    case .assignOp: s.op.text.description + "="
    case .incOp: s.op.text.description + s.op.text.description
    default: tok.inMessages
    }
  }

  private static let statementStart = TokenSet(
    .break, .const, .continue, .defer, .fallthrough, .for, .go, .goto, .if, .return, .select,
    .switch, .type, .var)

  /// Skips one token.
  mutating func advance() {
    if tok != .eof { next() }
  }

  /// Skips to a token of `follow`, or inside functions to the start of a statement.
  mutating func advance(_ follow: TokenSet) {
    while tok != .eof && !follow.contains(tok)
      && !(fnest > 0 && Parser.statementStart.contains(tok))
    {
      next()
    }
  }

  /// Enters a production that may nest. False, with a complaint and at the end of the input, if
  /// the nesting is too deep; `leave` must follow in any case.
  mutating func enter() -> Bool {
    depth += 1
    if depth <= Parser.maxDepth { return true }
    tooDeep()
    return false
  }

  /// Complains and gives up the rest of the file.
  mutating func tooDeep() {
    if tok == .eof { return }
    error("syntax error: exceeded max nesting depth")
    s.abandon()
  }
  mutating func leave() { depth -= 1 }

  // MARK: Nodes

  mutating func add(
    _ kind: NodeKind, _ pos: Pos, _ a: NodeID = .none, _ b: NodeID = .none, op: UInt8 = 0,
    aux: UInt16 = 0
  ) -> NodeID {
    nodes.append(Node(kind, pos, a: a.i32, b: b.i32, op: op, aux: aux))
  }

  /// A node whose `a` is an index into `extra`.
  mutating func addRecord(_ kind: NodeKind, _ pos: Pos, _ at: Int32, aux: UInt16 = 0) -> NodeID {
    nodes.append(Node(kind, pos, a: at, b: 0, aux: aux))
  }

  func kind(_ n: NodeID) -> NodeKind { nodes.elements[n.index].kind }
  func pos(_ n: NodeID) -> Pos { nodes.elements[n.index].pos }

  mutating func push(_ n: NodeID) { stack.append(n.i32) }

  /// Where the next record of `extra` will start.
  var here: Int32 { Int32(extra.count) }
  mutating func put(_ n: NodeID) { extra.append(n.i32) }
  mutating func put(_ p: Pos) { extra.append(Int32(bitPattern: p.offset)) }
  /// Moves what lies on the stack above `mark` behind its count.
  mutating func putList(_ mark: Int) {
    extra.append(Int32(stack.count - mark))
    for i in mark..<stack.count { extra.append(stack[i]) }
    stack.removeLast(stack.count - mark)
  }

  mutating func bad() -> NodeID { add(.bad, pos) }
  mutating func bad(at p: Pos) -> NodeID { add(.bad, p) }

  mutating func blankName(at p: Pos) -> NodeID {
    nodes.append(Node(.name, p, a: Int32(KnownName.blank.raw), b: 1))
  }

  /// The current name token, or a complaint and `_`.
  mutating func name() -> NodeID {
    if tok == .name {
      let n = nodes.append(
        Node(.name, pos, a: Int32(bitPattern: s.text.raw), b: Int32(s.length)))
      next()
      return n
    }
    let n = blankName(at: pos)
    syntaxError("expected name")
    advance()
    return n
  }

  /// The current literal token, or absent.
  mutating func literalOrNone() -> NodeID {
    if tok != .literal { return .none }
    let n = nodes.append(
      Node(
        .literal, pos, a: Int32(bitPattern: s.text.raw), b: Int32(s.length),
        op: s.literalKind.rawValue, aux: s.literalIsBad ? 1 : 0))
    next()
    return n
  }

  /// The text of an expression or simple statement, for messages. The tree borrows the tables.
  mutating func text(_ n: NodeID) -> String {
    swap(&tree.nodes, &nodes)
    swap(&tree.extra, &extra)
    let t = tree.text(n, s.names)
    swap(&tree.nodes, &nodes)
    swap(&tree.extra, &extra)
    return t
  }

  /// Strips parentheses.
  func unparen(_ n: NodeID) -> NodeID {
    var x = n
    while kind(x) == .paren { x = NodeID(nodes[x].a) }
    return x
  }

  /// Parses a possibly empty list whose elements `element` parses, separated and optionally
  /// followed by `separator`, up to and including `close`; returns the position of `close`. No
  /// more elements are accepted once `element` returns true.
  mutating func list(
    _ context: StaticString, _ separator: Token, _ close: Token,
    _ element: (inout Parser) -> Bool
  ) -> Pos {
    var done = false
    while tok != .eof && tok != close && !done {
      done = element(&self)
      if !got(separator) && tok != close {
        let sep = separator.inMessages
        syntaxError("in \(context); possibly missing \(sep) or \(close.inMessages)")
        advance(TokenSet(.rparen, .rbrack, .rbrace))
        if tok != close { return pos }
      }
    }
    let p = pos
    want(close)
    return p
  }
}
