import Base

// Views of statements and declarations.

extension SyntaxTree {
  /// `label` is a `name` node.
  @inlinable public func labeled(_ n: NodeID) -> (label: NodeID, stmt: NodeID) {
    let r = self[n]
    assert(r.kind == .labeled)
    return (NodeID(r.a), NodeID(r.b))
  }

  @inlinable public func block(_ n: NodeID) -> (stmts: NodeList, rbrace: Pos) {
    let r = self[n]
    assert(r.kind == .block)
    return (extraList(r.a, 1), extraPos(r.a, 0))
  }

  @inlinable public func exprStmt(_ n: NodeID) -> NodeID {
    assert(kind(n) == .exprStmt)
    return NodeID(self[n].a)
  }

  @inlinable public func send(_ n: NodeID) -> (chan: NodeID, value: NodeID) {
    let r = self[n]
    assert(r.kind == .send)
    return (NodeID(r.a), NodeID(r.b))
  }

  @inlinable public func declStmt(_ n: NodeID) -> NodeList {
    assert(kind(n) == .declStmt)
    return extraList(self[n].a, 0)
  }

  public struct Assign: Sendable {
    /// `.none` for `=`, `.def` for `:=`, else that of `op=`, `++` (`.add`) or `--` (`.sub`).
    public var op: Operator
    /// May be a `list`.
    public var lhs: NodeID
    /// May be a `list`; absent for `++` and `--`.
    public var rhs: NodeID
  }
  public func assign(_ n: NodeID) -> Assign {
    let r = self[n]
    assert(r.kind == .assign)
    return Assign(
      op: Operator(rawValue: r.op).unsafelyUnwrapped, lhs: NodeID(r.a), rhs: NodeID(r.b))
  }

  public struct Branch: Sendable {
    public var kind: BranchKind
    /// A `name` node or absent.
    public var label: NodeID
    /// What the branch leaves, continues or jumps to: a for, switch or select statement for
    /// break and continue, a labeled statement for goto. Absent for fallthrough, and where the
    /// branch check complained or was not run.
    public var target: NodeID
  }
  public func branch(_ n: NodeID) -> Branch {
    let r = self[n]
    assert(r.kind == .branch)
    return Branch(
      kind: BranchKind(rawValue: r.op).unsafelyUnwrapped, label: NodeID(r.a), target: NodeID(r.b))
  }

  @inlinable public func callStmt(_ n: NodeID) -> (kind: CallStmtKind, call: NodeID) {
    let r = self[n]
    assert(r.kind == .callStmt)
    return (CallStmtKind(rawValue: r.op).unsafelyUnwrapped, NodeID(r.a))
  }

  /// The results, maybe a `list`, or absent.
  @inlinable public func returnStmt(_ n: NodeID) -> NodeID {
    assert(kind(n) == .returnStmt)
    return NodeID(self[n].a)
  }

  public struct If: Sendable {
    public var initStmt: NodeID
    public var cond: NodeID
    public var then: NodeID
    /// An `ifStmt`, a `block`, or absent.
    public var elseStmt: NodeID
  }
  public func ifStmt(_ n: NodeID) -> If {
    let r = self[n]
    assert(r.kind == .ifStmt)
    return If(
      initStmt: extraNode(r.a, 0), cond: extraNode(r.a, 1), then: extraNode(r.a, 2),
      elseStmt: extraNode(r.a, 3))
  }

  public struct For: Sendable {
    /// May be a `rangeClause`; then condition and post statement are absent.
    public var initStmt: NodeID
    public var cond: NodeID
    public var post: NodeID
    public var body: NodeID
  }
  public func forStmt(_ n: NodeID) -> For {
    let r = self[n]
    assert(r.kind == .forStmt)
    return For(
      initStmt: extraNode(r.a, 0), cond: extraNode(r.a, 1), post: extraNode(r.a, 2),
      body: extraNode(r.a, 3))
  }

  public struct Switch: Sendable {
    public var initStmt: NodeID
    /// An expression, a `typeSwitchGuard`, or absent.
    public var tag: NodeID
    /// `caseClause` nodes.
    public var clauses: NodeList
    public var rbrace: Pos
  }
  public func switchStmt(_ n: NodeID) -> Switch {
    let r = self[n]
    assert(r.kind == .switchStmt)
    return Switch(
      initStmt: extraNode(r.a, 0), tag: extraNode(r.a, 1), clauses: extraList(r.a, 3),
      rbrace: extraPos(r.a, 2))
  }

  /// `clauses` are `commClause` nodes.
  @inlinable public func selectStmt(_ n: NodeID) -> (clauses: NodeList, rbrace: Pos) {
    let r = self[n]
    assert(r.kind == .selectStmt)
    return (extraList(r.a, 1), extraPos(r.a, 0))
  }

  /// `lhs` may be a `list` or absent.
  @inlinable public func rangeClause(_ n: NodeID) -> (lhs: NodeID, isDef: Bool, x: NodeID) {
    let r = self[n]
    assert(r.kind == .rangeClause)
    return (NodeID(r.a), r.aux != 0, NodeID(r.b))
  }

  public struct Clause: Sendable {
    /// Of a `caseClause`: expressions, maybe a `list`. Of a `commClause`: the statement. Absent
    /// for default.
    public var head: NodeID
    public var body: NodeList
    public var colon: Pos
  }
  /// A `caseClause` or `commClause`.
  public func clause(_ n: NodeID) -> Clause {
    let r = self[n]
    assert(r.kind == .caseClause || r.kind == .commClause)
    return Clause(head: NodeID(r.a), body: extraList(r.b, 1), colon: extraPos(r.b, 0))
  }

  // MARK: Declarations

  public struct ImportDecl: Sendable {
    public var group: Int
    public var pragma: PragmaID
    /// A `name` node (`KnownName.dot` for a dot import) or absent.
    public var localName: NodeID
    /// A `literal` or absent after an error.
    public var path: NodeID
  }
  public func importDecl(_ n: NodeID) -> ImportDecl {
    let r = self[n]
    assert(r.kind == .importDecl)
    return ImportDecl(
      group: Int(extra[Int(r.a)]), pragma: PragmaID(raw: UInt32(extra[Int(r.a) + 1])),
      localName: extraNode(r.a, 2), path: extraNode(r.a, 3))
  }

  public struct ValueDecl: Sendable {
    /// Equal for the declarations of one parenthesised group, 0 outside; for implicit repetition.
    public var group: Int
    public var pragma: PragmaID
    public var names: NodeList
    public var type: NodeID
    /// May be a `list`.
    public var values: NodeID
  }
  /// A `constDecl` or `varDecl`.
  public func valueDecl(_ n: NodeID) -> ValueDecl {
    let r = self[n]
    assert(r.kind == .constDecl || r.kind == .varDecl)
    return ValueDecl(
      group: Int(extra[Int(r.a)]), pragma: PragmaID(raw: UInt32(extra[Int(r.a) + 1])),
      names: extraList(r.a, 4), type: extraNode(r.a, 2), values: extraNode(r.a, 3))
  }

  public struct TypeDecl: Sendable {
    public var group: Int
    public var pragma: PragmaID
    public var name: NodeID
    public var typeParams: NodeList
    public var isAlias: Bool
    public var type: NodeID
  }
  public func typeDecl(_ n: NodeID) -> TypeDecl {
    let r = self[n]
    assert(r.kind == .typeDecl)
    return TypeDecl(
      group: Int(extra[Int(r.a)]), pragma: PragmaID(raw: UInt32(extra[Int(r.a) + 1])),
      name: extraNode(r.a, 2), typeParams: extraList(r.a, 4), isAlias: r.aux != 0,
      type: extraNode(r.a, 3))
  }

  public struct FuncDecl: Sendable {
    public var pragma: PragmaID
    /// A `field` or absent.
    public var recv: NodeID
    public var name: NodeID
    public var typeParams: NodeList
    /// A `funcType`.
    public var type: NodeID
    /// A `block`, or absent for a forward declaration.
    public var body: NodeID
  }
  public func funcDecl(_ n: NodeID) -> FuncDecl {
    let r = self[n]
    assert(r.kind == .funcDecl)
    return FuncDecl(
      pragma: PragmaID(raw: UInt32(extra[Int(r.a)])), recv: extraNode(r.a, 1),
      name: extraNode(r.a, 2), typeParams: extraList(r.a, 5), type: extraNode(r.a, 3),
      body: extraNode(r.a, 4))
  }

  /// The directives of a pragma, in source order.
  public func directives(of p: PragmaID) -> ArraySlice<Directive> {
    let r = pragmas[p]
    return directives[Int(r.first)..<Int(r.first + r.count)]
  }
}
