import Base

// Views of expressions and types: each is a small trivial struct read from a node of the named
// kind. The kind is asserted, not tested.

extension SyntaxTree {
  /// The interned name of a `name` node.
  @inlinable public func name(_ n: NodeID) -> NameID {
    assert(kind(n) == .name)
    return NameID(raw: UInt32(bitPattern: self[n].a))
  }

  public struct Literal: Sendable {
    public var kind: LiteralKind
    /// Source text, quotes and prefixes included.
    public var text: NameID
    /// The scanner complained about it; its value is unknown.
    public var isBad: Bool
  }
  public func literal(_ n: NodeID) -> Literal {
    let r = self[n]
    assert(r.kind == .literal)
    return Literal(
      kind: LiteralKind(rawValue: r.op).unsafelyUnwrapped, text: NameID(raw: UInt32(r.a)),
      isBad: r.aux != 0)
  }

  public struct CompositeLit: Sendable {
    /// Absent inside another literal whose type gives it.
    public var type: NodeID
    public var elements: NodeList
    /// Number of elements of kind `keyValue`.
    public var keyCount: Int
    public var rbrace: Pos
  }
  public func compositeLit(_ n: NodeID) -> CompositeLit {
    let r = self[n]
    assert(r.kind == .compositeLit)
    return CompositeLit(
      type: NodeID(r.a), elements: extraList(r.b, 2), keyCount: Int(extra[Int(r.b) + 1]),
      rbrace: extraPos(r.b, 0))
  }

  @inlinable public func keyValue(_ n: NodeID) -> (key: NodeID, value: NodeID) {
    let r = self[n]
    assert(r.kind == .keyValue)
    return (NodeID(r.a), NodeID(r.b))
  }

  @inlinable public func funcLit(_ n: NodeID) -> (type: NodeID, body: NodeID) {
    let r = self[n]
    assert(r.kind == .funcLit)
    return (NodeID(r.a), NodeID(r.b))
  }

  @inlinable public func paren(_ n: NodeID) -> NodeID {
    assert(kind(n) == .paren)
    return NodeID(self[n].a)
  }

  /// `n` without enclosing parentheses.
  @inlinable public func unparen(_ n: NodeID) -> NodeID {
    var x = n
    while kind(x) == .paren { x = NodeID(self[x].a) }
    return x
  }

  /// `sel` is a `name` node.
  @inlinable public func selector(_ n: NodeID) -> (x: NodeID, sel: NodeID) {
    let r = self[n]
    assert(r.kind == .selector)
    return (NodeID(r.a), NodeID(r.b))
  }

  /// `index` may be a `list`: use `unpack`.
  @inlinable public func index(_ n: NodeID) -> (x: NodeID, index: NodeID) {
    let r = self[n]
    assert(r.kind == .index)
    return (NodeID(r.a), NodeID(r.b))
  }

  public struct Slice: Sendable {
    public var x: NodeID
    public var low: NodeID
    public var high: NodeID
    public var max: NodeID
    /// Written with two colons.
    public var isFull: Bool
  }
  public func slice(_ n: NodeID) -> Slice {
    let r = self[n]
    assert(r.kind == .slice)
    return Slice(
      x: NodeID(r.a), low: extraNode(r.b, 0), high: extraNode(r.b, 1), max: extraNode(r.b, 2),
      isFull: r.aux != 0)
  }

  @inlinable public func assertion(_ n: NodeID) -> (x: NodeID, type: NodeID) {
    let r = self[n]
    assert(r.kind == .assert)
    return (NodeID(r.a), NodeID(r.b))
  }

  /// `lhs` is a `name` node or absent.
  @inlinable public func typeSwitchGuard(_ n: NodeID) -> (lhs: NodeID, x: NodeID) {
    let r = self[n]
    assert(r.kind == .typeSwitchGuard)
    return (NodeID(r.a), NodeID(r.b))
  }

  /// The operator of a `unary`, `binary` or `assign` node.
  @inlinable public func op(_ n: NodeID) -> Operator {
    Operator(rawValue: self[n].op).unsafelyUnwrapped
  }

  @inlinable public func unary(_ n: NodeID) -> (op: Operator, x: NodeID) {
    let r = self[n]
    assert(r.kind == .unary)
    return (Operator(rawValue: r.op).unsafelyUnwrapped, NodeID(r.a))
  }

  @inlinable public func binary(_ n: NodeID) -> (op: Operator, x: NodeID, y: NodeID) {
    let r = self[n]
    assert(r.kind == .binary)
    return (Operator(rawValue: r.op).unsafelyUnwrapped, NodeID(r.a), NodeID(r.b))
  }

  public struct Call: Sendable {
    public var fun: NodeID
    public var args: NodeList
    /// The last argument is followed by `...`.
    public var hasDots: Bool
    public var rparen: Pos
  }
  public func call(_ n: NodeID) -> Call {
    let r = self[n]
    assert(r.kind == .call)
    return Call(
      fun: NodeID(r.a), args: extraList(r.b, 1), hasDots: r.aux != 0, rparen: extraPos(r.b, 0))
  }

  /// The members of a `list` node.
  @inlinable public func list(_ n: NodeID) -> NodeList {
    assert(kind(n) == .list)
    return extraList(self[n].a, 0)
  }

  // MARK: Types

  /// `length` is absent for `[...]T`.
  @inlinable public func arrayType(_ n: NodeID) -> (length: NodeID, elem: NodeID) {
    let r = self[n]
    assert(r.kind == .arrayType)
    return (NodeID(r.a), NodeID(r.b))
  }

  /// The element type of a `sliceType`, `dotsType` or `chanType`.
  @inlinable public func elem(_ n: NodeID) -> NodeID {
    assert(kind(n) == .sliceType || kind(n) == .dotsType || kind(n) == .chanType)
    return NodeID(self[n].a)
  }

  public struct StructType: Sendable {
    /// `field` nodes; those without a name are embedded.
    public var fields: NodeList
    /// As many as fields; a string literal or absent.
    public var tags: NodeList
    public var rbrace: Pos
  }
  public func structType(_ n: NodeID) -> StructType {
    let r = self[n]
    assert(r.kind == .structType)
    let fields = extraList(r.a, 1)
    return StructType(
      fields: fields, tags: NodeList(start: fields.start + fields.count, count: fields.count),
      rbrace: extraPos(r.a, 0))
  }

  /// `field` nodes of an `interfaceType`: with a name a method, without one an embedded element.
  @inlinable public func interfaceType(_ n: NodeID) -> (methods: NodeList, rbrace: Pos) {
    let r = self[n]
    assert(r.kind == .interfaceType)
    return (extraList(r.a, 1), extraPos(r.a, 0))
  }

  /// `field` nodes. Either all parameters have a name or none.
  @inlinable public func funcType(_ n: NodeID) -> (params: NodeList, results: NodeList) {
    let r = self[n]
    assert(r.kind == .funcType)
    let np = extra[Int(r.a)]
    let nr = extra[Int(r.a) + 1]
    return (NodeList(start: r.a + 2, count: np), NodeList(start: r.a + 2 + np, count: nr))
  }

  @inlinable public func mapType(_ n: NodeID) -> (key: NodeID, elem: NodeID) {
    let r = self[n]
    assert(r.kind == .mapType)
    return (NodeID(r.a), NodeID(r.b))
  }

  @inlinable public func chanType(_ n: NodeID) -> (dir: ChanDirection, elem: NodeID) {
    let r = self[n]
    assert(r.kind == .chanType)
    return (ChanDirection(rawValue: r.op).unsafelyUnwrapped, NodeID(r.a))
  }

  /// `name` is a `name` node or absent.
  @inlinable public func field(_ n: NodeID) -> (name: NodeID, type: NodeID) {
    let r = self[n]
    assert(r.kind == .field)
    return (NodeID(r.a), NodeID(r.b))
  }
}
