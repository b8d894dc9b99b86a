import Base

extension Parser {
  /// Which statement's header a simple statement stands in.
  enum Header { case none, ifHeader, forHeader, switchHeader }

  /// SimpleStmt = EmptyStmt | ExpressionStmt | SendStmt | IncDecStmt | Assignment |
  /// ShortVarDecl . `first`, if given, is the expression list it starts with.
  mutating func simpleStmt(_ first: NodeID, _ header: Header) -> NodeID {
    if header == .forHeader && tok == .range { return rangeClause(.none, isDef: false) }
    let lhs = first.isSome ? first : exprList()
    let p = pos
    if kind(lhs) != .list && tok != .assign && tok != .define {
      switch tok {
      case .assignOp:
        let op = s.op
        next()
        let rhs = expr()
        return add(.assign, p, lhs, rhs, op: op.rawValue)
      case .incOp:
        let op = s.op
        next()
        return add(.assign, p, lhs, .none, op: op.rawValue)
      case .arrow:
        next()
        let value = expr()
        return add(.send, p, lhs, value)
      default: return add(.exprStmt, pos(lhs), lhs)
      }
    }
    guard tok == .assign || tok == .define else {
      syntaxError("expected := or = or comma")
      advance(TokenSet(.semi, .rbrace))
      var x = lhs
      if kind(lhs) == .list { x = NodeID(extra[Int(nodes[lhs].a) + 1]) }
      return add(.exprStmt, pos(x), x)
    }
    let op = tok == .define ? Operator.def : .none
    next()
    if header == .forHeader && tok == .range { return rangeClause(lhs, isDef: op == .def) }
    let rhs = exprList()
    if kind(rhs) == .typeSwitchGuard && header == .switchHeader && op == .def
      && kind(lhs) == .name
    {
      nodes[rhs].a = lhs.i32
      return add(.exprStmt, pos(rhs), rhs)
    }
    return add(.assign, p, lhs, rhs, op: op.rawValue)
  }

  private mutating func rangeClause(_ lhs: NodeID, isDef: Bool) -> NodeID {
    let p = pos
    next()
    let x = expr()
    return add(.rangeClause, p, lhs, x, aux: isDef ? 1 : 0)
  }

  /// Behind a label, at the colon. Absent if no statement follows.
  private mutating func labeledStmtOrNone(_ label: NodeID) -> NodeID {
    let p = pos
    want(.colon)
    branches += 1
    if tok == .rbrace {
      // The semicolon of an empty statement may be missing before "}".
      let e = add(.empty, pos)
      return add(.labeled, p, label, e)
    }
    let stmt = stmtOrNone()
    if stmt.isSome { return add(.labeled, p, label, stmt) }
    syntaxError("missing statement after label", at: p)
    return .none
  }

  /// `context` names what the block belongs to, for the complaint about a missing "{".
  mutating func blockStmt(_ context: StaticString) -> NodeID {
    let p = pos
    if !got(.lbrace) {
      syntaxError("expected { after \(context)")
      advance(TokenSet(.name, .rbrace))
      let rbrace = pos
      if got(.rbrace) {
        let r = here
        put(rbrace)
        extra.append(0)
        return addRecord(.block, p, r)
      }
    }
    let mark = stack.count
    stmtList()
    let rbrace = pos
    want(.rbrace)
    let r = here
    put(rbrace)
    putList(mark)
    return addRecord(.block, p, r)
  }

  private mutating func declStmt(_ spec: (inout Parser, Int32) -> NodeID) -> NodeID {
    let p = pos
    next()
    let mark = stack.count
    group(spec)
    let r = here
    putList(mark)
    return addRecord(.declStmt, p, r)
  }

  /// The keyword and the header of a for, if or switch statement up to its "{".
  private mutating func header(_ keyword: Token, _ kind: Header) -> (
    initStmt: NodeID, cond: NodeID, post: NodeID
  ) {
    want(keyword)
    if tok == .lbrace {
      if kind != .ifHeader { return (.none, .none, .none) }
      syntaxError("missing condition in if statement")
      return (.none, bad(), .none)
    }
    let outer = xnest
    xnest = -1
    defer { xnest = outer }
    var initStmt = NodeID.none
    if tok != .semi {
      if got(.var) {
        syntaxError("var declaration not allowed in \(keyword.text) initializer")
      }
      initStmt = simpleStmt(.none, kind)
      if self.kind(initStmt) == .rangeClause { return (initStmt, .none, .none) }
    }
    if tok == .lbrace {
      return (.none, condition(initStmt, kind, .none, .semicolon), .none)
    }
    var semiPos = Pos.none
    var semi = SemiKind.semicolon
    if tok == .semi {
      semiPos = pos
      semi = s.semi
      next()
    } else {
      // Asking for "{" rather than ";" makes the better message.
      want(.lbrace)
      if tok != .lbrace { advance(TokenSet(.lbrace, .rbrace)) }
    }
    var cond = NodeID.none
    var post = NodeID.none
    if kind == .forHeader {
      if tok != .semi {
        if tok == .lbrace {
          syntaxError("expected for loop condition")
          return (initStmt, .none, .none)
        }
        cond = simpleStmt(.none, .none)
      }
      want(.semi)
      if tok != .lbrace {
        post = simpleStmt(.none, .none)
        if self.kind(post) == .assign && nodes[post].op == Operator.def.rawValue {
          syntaxError("cannot declare in post statement of for loop", at: pos(post))
        }
      }
    } else if tok != .lbrace {
      cond = simpleStmt(.none, kind)
    }
    return (initStmt, condition(cond, kind, semiPos, semi), post)
  }

  /// The expression of the statement `stmt` that stands for a condition.
  private mutating func condition(
    _ stmt: NodeID, _ header: Header, _ semiPos: Pos, _ semi: SemiKind
  ) -> NodeID {
    if stmt.isNone {
      if header != .ifHeader || semiPos.isNone { return .none }
      if semi == .semicolon {
        syntaxError("missing condition in if statement", at: semiPos)
      } else {
        syntaxError("unexpected \(semi.rawValue), expected { after if clause", at: semiPos)
      }
      return bad(at: semiPos)
    }
    let n = nodes[stmt]
    if n.kind == .exprStmt { return NodeID(n.a) }
    // Most likely "=" was written for "==": emphasise it.
    var what: String
    if n.kind == .assign && n.op == 0 && n.b != 0 {
      what = "assignment " + emphasized(NodeID(n.a)) + " = " + emphasized(NodeID(n.b))
    } else {
      what = text(stmt)
    }
    syntaxError("cannot use \(what) as value", at: n.pos)
    return .none
  }

  private mutating func emphasized(_ x: NodeID) -> String {
    let t = text(x)
    return kind(x) == .binary ? "(" + t + ")" : t
  }

  private mutating func forStmt() -> NodeID {
    let p = pos
    let (initStmt, cond, post) = header(.for, .forHeader)
    let body = blockStmt("for clause")
    let r = here
    put(initStmt)
    put(cond)
    put(post)
    put(body)
    return addRecord(.forStmt, p, r)
  }

  private mutating func ifStmt() -> NodeID {
    let p = pos
    defer { leave() }
    if !enter() { return add(.empty, p) }
    let (initStmt, cond, _) = header(.if, .ifHeader)
    let then = blockStmt("if clause")
    var other = NodeID.none
    if got(.else) {
      switch tok {
      case .if: other = ifStmt()
      case .lbrace: other = blockStmt("")
      default:
        syntaxError("else must be followed by if or statement block")
        advance(TokenSet(.name, .rbrace))
      }
    }
    let r = here
    put(initStmt)
    put(cond)
    put(then)
    put(other)
    return addRecord(.ifStmt, p, r)
  }

  /// The clauses of a switch or select statement, pushed; returns the position of "}".
  private mutating func clauses(_ what: StaticString, isSelect: Bool) -> Pos {
    if !got(.lbrace) {
      syntaxError("missing { after \(what) clause")
      advance(TokenSet(.case, .default, .rbrace))
    }
    while tok != .eof && tok != .rbrace {
      let c = clause(isSelect: isSelect)
      push(c)
    }
    let rbrace = pos
    want(.rbrace)
    return rbrace
  }

  private mutating func switchStmt() -> NodeID {
    let p = pos
    let (initStmt, tag, _) = header(.switch, .switchHeader)
    let mark = stack.count
    let rbrace = clauses("switch", isSelect: false)
    let r = here
    put(initStmt)
    put(tag)
    put(rbrace)
    putList(mark)
    return addRecord(.switchStmt, p, r)
  }

  private mutating func selectStmt() -> NodeID {
    let p = pos
    want(.select)
    let mark = stack.count
    let rbrace = clauses("select", isSelect: true)
    let r = here
    put(rbrace)
    putList(mark)
    return addRecord(.selectStmt, p, r)
  }

  private mutating func clause(isSelect: Bool) -> NodeID {
    let p = pos
    var head = NodeID.none
    switch tok {
    case .case:
      next()
      head = isSelect ? simpleStmt(.none, .none) : exprList()
    case .default: next()
    default:
      syntaxError("expected case or default or }")
      advance(TokenSet(.colon, .case, .default, .rbrace))
    }
    let colon = pos
    want(.colon)
    let mark = stack.count
    stmtList()
    let r = here
    put(colon)
    putList(mark)
    return nodes.append(
      Node(isSelect ? .commClause : .caseClause, p, a: head.i32, b: r))
  }

  /// StatementList = { Statement ";" } . Pushes statements.
  private mutating func stmtList() {
    while tok != .eof && tok != .rbrace && tok != .case && tok != .default {
      let stmt = stmtOrNone()
      clearPragma()
      if stmt.isNone { break }
      push(stmt)
      if !got(.semi) && tok != .rbrace {
        syntaxError("at end of statement")
        advance(TokenSet(.semi, .rbrace, .case, .default))
        _ = got(.semi)
      }
    }
  }

  /// A statement, or absent if none starts here.
  private mutating func stmtOrNone() -> NodeID {
    defer { leave() }
    if !enter() { return .none }
    switch tok {
    case .name:
      clearPragma()
      let lhs = exprList()
      if tok == .colon && kind(lhs) == .name { return labeledStmtOrNone(lhs) }
      return simpleStmt(lhs, .none)
    case .var: return declStmt { p, g in p.varDecl(g) }
    case .const: return declStmt { p, g in p.constDecl(g) }
    case .type: return declStmt { p, g in p.typeDecl(g) }
    default:
      clearPragma()
      return otherStmtOrNone()
    }
  }

  private mutating func otherStmtOrNone() -> NodeID {
    let p = pos
    switch tok {
    case .lbrace: return blockStmt("")
    case .op, .star:
      switch s.op {
      case .add, .sub, .mul, .and, .xor, .not: return simpleStmt(.none, .none)
      default: return .none
      }
    case .literal, .func, .lparen, .lbrack, .struct, .map, .chan, .interface, .arrow:
      return simpleStmt(.none, .none)
    case .for: return forStmt()
    case .switch: return switchStmt()
    case .select: return selectStmt()
    case .if: return ifStmt()
    case .fallthrough: return branch(.fallthrough)
    case .break: return branch(.break)
    case .continue: return branch(.continue)
    case .goto: return branch(.goto)
    case .go, .defer: return callStmt()
    case .return:
      next()
      let results = tok != .semi && tok != .rbrace ? exprList() : .none
      return add(.returnStmt, p, results)
    case .semi: return add(.empty, p)
    default: return .none
    }
  }

  private mutating func branch(_ kind: BranchKind) -> NodeID {
    let p = pos
    next()
    branches += 1
    var label = NodeID.none
    if kind == .goto || (kind != .fallthrough && tok == .name) { label = name() }
    return add(.branch, p, label, .none, op: kind.rawValue)
  }

  private mutating func callStmt() -> NodeID {
    let p = pos
    let kind = tok == .go ? CallStmtKind.go : .defer
    next()
    let x = primaryExpr(.none, keepParens: tok == .lparen)
    let t = unparen(x)
    if t != x {
      let word = kind == .go ? "go" : "defer"
      error("expression in \(word) must not be parenthesized", at: pos(x))
    }
    return add(.callStmt, p, t, op: kind.rawValue)
  }
}
