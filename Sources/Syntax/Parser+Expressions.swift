import Base

extension Parser {
  /// Expression = UnaryExpr | Expression binary_op Expression .
  mutating func expr() -> NodeID { binaryExpr(.none, 0) }

  mutating func binaryExpr(_ first: NodeID, _ precedence: Int) -> NodeID {
    var x = first.isSome ? first : unaryExpr()
    var length = 0
    while (tok == .op || tok == .star) && s.prec > precedence {
      length += 1
      if length > Parser.maxChain { tooDeep() }
      let p = pos
      let op = s.op
      next()
      let y = binaryExpr(.none, op.precedence)
      x = add(.binary, p, x, y, op: op.rawValue)
    }
    return x
  }

  /// UnaryExpr = PrimaryExpr | unary_op UnaryExpr .
  mutating func unaryExpr() -> NodeID {
    defer { leave() }
    if !enter() { return bad() }
    switch tok {
    case .op, .star:
      switch s.op {
      case .mul, .add, .sub, .not, .xor, .tilde, .and:
        let p = pos
        let op = s.op
        next()
        var x = unaryExpr()
        // A parenthesised composite literal may have come back.
        if op == .and { x = unparen(x) }
        return add(.unary, p, x, op: op.rawValue)
      default: break
      }
    case .arrow:
      let p = pos
      next()
      // Behind "<-chan" stands a channel type or, as in <-chan int(c), the operand of a receive;
      // only its end tells. In the first case the arrow belongs to the channel type.
      let x = unaryExpr()
      if kind(x) == .chanType {
        receiveOnly(x)
        return x
      }
      return add(.unary, p, x, op: Operator.recv.rawValue)
    default: break
    }
    return primaryExpr(.none, keepParens: true)
  }

  /// Moves the arrow in front of the channel type `x` into it: `<-(chan T)` is `(<-chan T)`, and
  /// `<-(chan<- T)` is `(<-chan (<-T))`.
  private mutating func receiveOnly(_ x: NodeID) {
    var dir = ChanDirection.sendOnly
    var t = x
    while dir == .sendOnly {
      if kind(t) != .chanType { break }
      dir = ChanDirection(rawValue: nodes[t].op).unsafelyUnwrapped
      if dir == .recvOnly { syntaxError("unexpected <-, expected chan") }
      nodes[t].op = ChanDirection.recvOnly.rawValue
      t = NodeID(nodes[t].a)
    }
    if dir == .sendOnly { syntaxError("unexpected \(text(t)), expected chan") }
  }

  /// Operand = Literal | OperandName | MethodExpr | "(" Expression ")" .
  private mutating func operand(keepParens: Bool) -> NodeID {
    switch tok {
    case .name: return name()
    case .literal: return literalOrNone()
    case .lparen:
      let p = pos
      next()
      xnest += 1
      let x = expr()
      xnest -= 1
      want(.rparen)
      // Before "{" the parentheses are kept to complain about them in a composite literal.
      return keepParens || tok == .lbrace ? add(.paren, p, x) : x
    case .func:
      let p = pos
      next()
      let mark = stack.count
      let type = funcType("function type")
      stack.removeLast(stack.count - mark)
      if tok == .lbrace {
        xnest += 1
        let body = funcBody()
        xnest -= 1
        return add(.funcLit, p, type, body)
      }
      return type
    case .lbrack, .chan, .map, .struct, .interface:
      return type()
    default:
      let x = bad()
      syntaxError("expected expression")
      advance(TokenSet(.rparen, .rbrack, .rbrace))
      return x
    }
  }

  /// PrimaryExpr: an operand (or `first`) with selectors, indices, slices, assertions, calls and
  /// composite literal values behind it.
  mutating func primaryExpr(_ first: NodeID, keepParens: Bool) -> NodeID {
    var x = first.isSome ? first : operand(keepParens: keepParens)
    var length = 0
    while true {
      length += 1
      if length > Parser.maxChain { tooDeep() }
      let p = pos
      switch tok {
      case .dot:
        next()
        x = selectorOrAssertion(x, p)
      case .lbrack:
        next()
        x = indexOrSlice(x, p)
      case .lparen:
        next()
        x = call(x, p)
      case .lbrace:
        let t = unparen(x)
        var isLiteral = false
        switch kind(t) {
        case .name, .selector: isLiteral = xnest >= 0
        case .index: isLiteral = xnest >= 0 && !isValue(t)
        case .arrayType, .sliceType, .structType, .mapType: isLiteral = true
        default: break
        }
        if !isLiteral { return x }
        if t != x { syntaxError("cannot parenthesize type in composite literal") }
        let lit = compositeLit()
        nodes[lit].a = x.i32
        x = lit
      default: return x
      }
    }
  }

  private mutating func selectorOrAssertion(_ x: NodeID, _ p: Pos) -> NodeID {
    switch tok {
    case .name:
      let sel = name()
      return add(.selector, p, x, sel)
    case .lparen:
      next()
      let n: NodeID
      if got(.type) {
        n = add(.typeSwitchGuard, p, .none, x)
      } else {
        let t = type()
        n = add(.assert, p, x, t)
      }
      want(.rparen)
      return n
    default:
      syntaxError("expected name or (")
      advance(TokenSet(.semi, .rparen))
      return x
    }
  }

  private mutating func indexOrSlice(_ x: NodeID, _ p: Pos) -> NodeID {
    var i = NodeID.none
    if tok != .colon {
      var comma = false
      if tok == .rbrack {
        syntaxError("expected operand")
        i = bad()
      } else {
        (i, comma) = typeList(strict: false)
      }
      if comma || tok == .rbrack {
        want(.rbrack)
        return add(.index, p, x, i)
      }
    }
    if !got(.colon) {
      syntaxError("expected comma, : or ]")
      advance(TokenSet(.comma, .colon, .rbrack))
    }
    xnest += 1
    var j = NodeID.none
    var k = NodeID.none
    var isFull = false
    if tok != .colon && tok != .rbrack { j = expr() }
    if tok == .colon {
      isFull = true
      if j.isNone {
        error("middle index required in 3-index slice")
        j = bad()
      }
      next()
      if tok != .rbrack {
        k = expr()
      } else {
        error("final index required in 3-index slice")
        k = bad()
      }
    }
    xnest -= 1
    want(.rbrack)
    let r = here
    put(i)
    put(j)
    put(k)
    return nodes.append(Node(.slice, p, a: x.i32, b: r, aux: isFull ? 1 : 0))
  }

  private mutating func call(_ fun: NodeID, _ p: Pos) -> NodeID {
    let mark = stack.count
    xnest += 1
    var hasDots = false
    let rparen = list("argument list", .comma, .rparen) { q in
      let x = q.expr()
      q.push(x)
      hasDots = q.got(.dotDotDot)
      return hasDots
    }
    xnest -= 1
    let r = here
    put(rparen)
    putList(mark)
    return nodes.append(Node(.call, p, a: fun.i32, b: r, aux: hasDots ? 1 : 0))
  }

  /// Whether `x` can only be a value, and no type.
  private func isValue(_ x: NodeID) -> Bool {
    let n = nodes[x]
    switch n.kind {
    case .literal, .compositeLit, .funcLit, .slice, .assert, .typeSwitchGuard, .call, .binary:
      return true
    case .unary: return n.op != Operator.mul.rawValue
    case .paren: return isValue(NodeID(n.a))
    case .index: return isValue(NodeID(n.a)) || isValue(NodeID(n.b))
    default: return false
    }
  }

  /// Element = Expression | LiteralValue .
  private mutating func element() -> NodeID {
    if tok != .lbrace { return expr() }
    defer { leave() }
    return enter() ? compositeLit() : bad()
  }

  /// LiteralValue = "{" [ ElementList [ "," ] ] "}" .
  private mutating func compositeLit() -> NodeID {
    let p = pos
    let mark = stack.count
    var keys: Int32 = 0
    xnest += 1
    want(.lbrace)
    let rbrace = list("composite literal", .comma, .rbrace) { q in
      var e = q.element()
      if q.tok == .colon {
        let colon = q.pos
        q.next()
        let v = q.element()
        e = q.add(.keyValue, colon, e, v)
        keys += 1
      }
      q.push(e)
      return false
    }
    xnest -= 1
    let r = here
    put(rbrace)
    extra.append(keys)
    putList(mark)
    return nodes.append(Node(.compositeLit, p, b: r))
  }

  // MARK: Lists

  /// A `list` of what lies on the stack above `mark`.
  private mutating func makeList(_ mark: Int) -> NodeID {
    let p = pos(NodeID(stack[mark]))
    let r = here
    putList(mark)
    return addRecord(.list, p, r)
  }

  /// ExpressionList = Expression { "," Expression } .
  mutating func exprList() -> NodeID {
    let x = expr()
    if tok != .comma { return x }
    let mark = stack.count
    push(x)
    while got(.comma) {
      let y = expr()
      push(y)
    }
    return makeList(mark)
  }

  /// A non-empty list of types, optionally followed by a comma. Unless `strict`, the first may be
  /// any expression. Also reports whether there was a comma.
  mutating func typeList(strict: Bool) -> (NodeID, Bool) {
    xnest += 1
    defer { xnest -= 1 }
    let x = strict ? type() : expr()
    if !got(.comma) { return (x, false) }
    let t = typeOrNone()
    if t.isNone { return (x, true) }
    let mark = stack.count
    push(x)
    push(t)
    while got(.comma) {
      let u = typeOrNone()
      if u.isNone { break }
      push(u)
    }
    return (makeList(mark), true)
  }
}
