import Base

extension Parser {
  /// A type, or a complaint.
  mutating func type() -> NodeID {
    let t = typeOrNone()
    if t.isSome { return t }
    let b = bad()
    syntaxError("expected type")
    advance(TokenSet(.comma, .colon, .semi, .rparen, .rbrack, .rbrace))
    return b
  }

  /// Type = TypeName | TypeLit | "(" Type ")" . Absent if none starts here.
  mutating func typeOrNone() -> NodeID {
    defer { leave() }
    if !enter() { return bad() }
    let p = pos
    switch tok {
    case .star:
      next()
      return add(.unary, p, type(), op: Operator.mul.rawValue)
    case .arrow:
      next()
      want(.chan)
      return add(.chanType, p, chanElem(), op: ChanDirection.recvOnly.rawValue)
    case .func:
      next()
      let mark = stack.count
      let t = funcType("function type")
      stack.removeLast(stack.count - mark)
      return t
    case .lbrack:
      next()
      return got(.rbrack) ? sliceType(p) : arrayType(p, .none)
    case .chan:
      next()
      let dir = got(.arrow) ? ChanDirection.sendOnly : .both
      return add(.chanType, p, chanElem(), op: dir.rawValue)
    case .map:
      next()
      want(.lbrack)
      let key = type()
      want(.rbrack)
      let elem = type()
      return add(.mapType, p, key, elem)
    case .struct: return structType()
    case .interface: return interfaceType()
    case .name: return qualifiedName(.none)
    case .lparen:
      next()
      let t = type()
      want(.rparen)
      return t
    default: return .none
    }
  }

  private mutating func chanElem() -> NodeID {
    let t = typeOrNone()
    if t.isSome { return t }
    let b = bad()
    syntaxError("missing channel element type")
    return b
  }

  /// Behind "[" at `p`; `length` if it has been parsed already.
  mutating func arrayType(_ p: Pos, _ length: NodeID) -> NodeID {
    var length = length
    if length.isNone && !got(.dotDotDot) {
      xnest += 1
      length = expr()
      xnest -= 1
    }
    if tok == .comma {
      syntaxError("unexpected comma; expected ]")
      next()
    }
    want(.rbrack)
    return add(.arrayType, p, length, type())
  }

  /// Behind "[]" at `p`.
  mutating func sliceType(_ p: Pos) -> NodeID { add(.sliceType, p, type()) }

  private mutating func typeInstance(_ x: NodeID) -> NodeID {
    let p = pos
    want(.lbrack)
    var args: NodeID
    if tok == .rbrack {
      syntaxError("expected type argument list")
      args = bad()
    } else {
      (args, _) = typeList(strict: true)
    }
    want(.rbrack)
    return add(.index, p, x, args)
  }

  /// A possibly qualified and instantiated type name; `first` if already parsed.
  mutating func qualifiedName(_ first: NodeID) -> NodeID {
    var x = first
    if x.isNone {
      if tok == .name {
        x = name()
      } else {
        x = blankName(at: pos)
        syntaxError("expected name")
        advance(TokenSet(.dot, .semi, .rbrace))
      }
    }
    if tok == .dot {
      let p = pos
      next()
      let sel = name()
      x = add(.selector, p, x, sel)
    }
    return tok == .lbrack ? typeInstance(x) : x
  }

  // MARK: Functions

  /// A signature, with type parameters unless `context` names what must have none. The type
  /// parameters are left on the stack.
  mutating func funcType(_ context: StaticString) -> NodeID {
    let p = pos
    if got(.lbrack) {
      if context.utf8CodeUnitCount > 0 {
        syntaxError("\(context) must have no type parameters", at: p)
      }
      if tok == .rbrack {
        syntaxError("empty type parameter list")
        next()
      } else {
        paramList(.none, .none, .rbrack, requireNames: true, dotsAllowed: false)
      }
    }
    want(.lparen)
    let mark = stack.count
    paramList(.none, .none, .rparen, requireNames: false, dotsAllowed: true)
    let params = stack.count - mark
    funcResult()
    let r = here
    extra.append(Int32(params))
    extra.append(Int32(stack.count - mark - params))
    for i in mark..<stack.count { extra.append(stack[i]) }
    stack.removeLast(stack.count - mark)
    return addRecord(.funcType, p, r)
  }

  /// Result = Parameters | Type . Pushes fields.
  private mutating func funcResult() {
    if got(.lparen) {
      paramList(.none, .none, .rparen, requireNames: false, dotsAllowed: false)
      return
    }
    let p = pos
    let t = typeOrNone()
    if t.isSome { push(add(.field, p, .none, t)) }
  }

  /// ParameterDecl = [ IdentifierList ] [ "..." ] Type . The list's name and type roles are
  /// sorted out by `paramList`: a lone identifier comes back as a field with a name only.
  private mutating func paramDeclOrNone(_ first: NodeID, _ close: Token) -> NodeID {
    let isTypeParam = close == .rbrack
    var name = first
    var start = pos
    if name.isSome {
      start = pos(name)
    } else if isTypeParam && tok == .op && s.op == .tilde {
      let p = pos
      return add(.field, p, .none, union(embeddedTerm()))
    }
    if tok == .name || name.isSome {
      if name.isNone { name = self.name() }
      if tok == .lbrack {
        let t = arrayOrTypeArgs()
        if kind(t) == .index {
          nodes[t].a = name.i32
          return add(.field, start, .none, isTypeParam ? union(t) : t)
        }
        return add(.field, start, name, isTypeParam ? union(t) : t)
      }
      if tok == .dot {
        let t = qualifiedName(name)
        return add(.field, start, .none, isTypeParam ? union(t) : t)
      }
      if isTypeParam && tok == .op && s.op == .or {
        return add(.field, start, .none, union(name))
      }
    }
    if tok == .dotDotDot {
      let p = pos
      next()
      let elem = typeOrNone()
      if elem.isSome { return add(.field, start, name, add(.dotsType, p, elem)) }
      let b = bad()
      syntaxError("... is missing type")
      return add(.field, start, name, b)
    }
    if isTypeParam && tok == .op && s.op == .tilde {
      return add(.field, start, name, union(embeddedTerm()))
    }
    var t = typeOrNone()
    if isTypeParam && t.isSome { t = union(t) }
    if name.isSome || t.isSome { return add(.field, start, name, t) }
    syntaxError("expected " + close.inMessages)
    advance(TokenSet(.comma, close))
    return .none
  }

  /// Parameters up to `close`, whose opening bracket has been consumed; pushes fields. `name` and
  /// `type`, if given, are the beginning of the first. In the result all fields have a name or
  /// none has.
  mutating func paramList(
    _ name: NodeID, _ type: NodeID, _ close: Token, requireNames: Bool, dotsAllowed: Bool
  ) {
    let mark = stack.count
    if name.isSome && type.isSome && tok == close {
      next()
      push(add(.field, pos(name), name, type))
      return
    }
    var name = name
    var type = type
    var named = 0  // with a name and a type
    var typed = 0  // with a type
    let end = list("parameter list", .comma, close) { q in
      let f: NodeID
      if type.isSome {
        f = q.add(.field, q.pos(name), name, type)
      } else {
        f = q.paramDeclOrNone(name, close)
      }
      name = .none
      type = .none
      if f.isSome {
        let n = q.nodes[f]
        if n.b != 0 {
          typed += 1
          if n.a != 0 { named += 1 }
        }
        q.push(f)
      }
      return false
    }
    let count = stack.count - mark
    if count == 0 { return }
    if named == 0 && !requireNames {
      // All unnamed: what looked like names are types.
      for i in mark..<stack.count {
        let f = NodeID(stack[i])
        if nodes[f].a != 0 {
          nodes[f].b = nodes[f].a
          nodes[f].a = 0
        }
      }
    } else if named != count {
      distributeTypes(mark, named: named, typed: typed, requireNames, end)
    }
    checkDots(mark, dotsAllowed)
  }

  /// Gives each name of the fields above `mark` the type that follows it, and complains where
  /// names or types are missing.
  private mutating func distributeTypes(
    _ mark: Int, named: Int, typed: Int, _ requireNames: Bool, _ end: Pos
  ) {
    var wrong = Pos.none
    var type = NodeID.none
    var i = stack.count - 1
    while i >= mark {
      let f = NodeID(stack[i])
      let n = nodes[f]
      if n.b != 0 {
        type = NodeID(n.b)
        if n.a == 0 {
          wrong = startPos(type)
          nodes[f].a = blankName(at: wrong).i32
        }
      } else if type.isSome {
        nodes[f].b = type.i32
      } else {
        wrong = pos(NodeID(n.a))
        nodes[f].b = bad(at: wrong).i32
      }
      i -= 1
    }
    if wrong.isNone { return }
    var message: String
    if named == typed {
      wrong = end
      message = requireNames ? "missing type constraint" : "missing parameter type"
    } else if requireNames {
      message = "missing type parameter name"
      if stack.count - mark == 1 { message += " or invalid array length" }
    } else {
      message = "missing parameter name"
    }
    syntaxError(message, at: wrong)
  }

  /// Complains about the first misplaced `...T` and replaces each by T.
  private mutating func checkDots(_ mark: Int, _ allowed: Bool) {
    var isFirst = true
    for i in mark..<stack.count {
      let f = NodeID(stack[i])
      let t = NodeID(nodes[f].b)
      if kind(t) != .dotsType || (allowed && i + 1 == stack.count) { continue }
      if isFirst {
        isFirst = false
        error(
          allowed ? "can only use ... with final parameter" : "invalid use of ...", at: pos(t))
      }
      nodes[f].b = nodes[t].a
    }
  }

  /// `SyntaxTree.startPos` before the tree exists.
  mutating func startPos(_ n: NodeID) -> Pos {
    swap(&tree.nodes, &nodes)
    swap(&tree.extra, &extra)
    let p = tree.startPos(n)
    swap(&tree.nodes, &nodes)
    swap(&tree.extra, &extra)
    return p
  }

  // MARK: Structs and interfaces

  /// StructType = "struct" "{" { FieldDecl ";" } "}" .
  private mutating func structType() -> NodeID {
    let p = pos
    want(.struct)
    want(.lbrace)
    let mark = stack.count
    let rbrace = list("struct type", .semi, .rbrace) { q in
      q.fieldDecl()
      return false
    }
    // The stack holds (field, tag) pairs.
    let n = (stack.count - mark) / 2
    let r = here
    put(rbrace)
    extra.append(Int32(n))
    for i in 0..<n { extra.append(stack[mark + 2 * i]) }
    for i in 0..<n { extra.append(stack[mark + 2 * i + 1]) }
    stack.removeLast(stack.count - mark)
    return addRecord(.structType, p, r)
  }

  private mutating func addField(_ p: Pos, _ name: NodeID, _ type: NodeID, _ tag: NodeID) {
    push(add(.field, p, name, type))
    push(tag)
  }

  private mutating func indirect(_ p: Pos, _ t: NodeID) -> NodeID {
    add(.unary, p, t, op: Operator.mul.rawValue)
  }

  /// FieldDecl = (IdentifierList Type | [ "*" ] TypeName) [ Tag ] .
  private mutating func fieldDecl() {
    let p = pos
    switch tok {
    case .name:
      namedField(p)
    case .star:
      next()
      var t: NodeID
      if tok == .lparen {
        syntaxError("cannot parenthesize embedded type")
        next()
        t = qualifiedName(.none)
        _ = got(.rparen)
      } else {
        t = qualifiedName(.none)
      }
      let tag = literalOrNone()
      addField(p, .none, indirect(p, t), tag)
    case .lparen:
      syntaxError("cannot parenthesize embedded type")
      next()
      var t: NodeID
      if tok == .star {
        let star = pos
        next()
        t = indirect(star, qualifiedName(.none))
      } else {
        t = qualifiedName(.none)
      }
      _ = got(.rparen)
      let tag = literalOrNone()
      addField(p, .none, t, tag)
    default:
      syntaxError("expected field name or embedded type")
      advance(TokenSet(.semi, .rbrace))
    }
  }

  private mutating func namedField(_ p: Pos) {
    let first = name()
    if tok == .dot || tok == .literal || tok == .semi || tok == .rbrace {
      let t = qualifiedName(first)
      let tag = literalOrNone()
      addField(p, .none, t, tag)
      return
    }
    let mark = stack.count
    push(first)
    while got(.comma) {
      let n = name()
      push(n)
    }
    var type: NodeID
    if stack.count - mark == 1 && tok == .lbrack {
      // A field of array or slice type, or an embedded T[P1, P2].
      type = arrayOrTypeArgs()
      if kind(type) == .index {
        nodes[type].a = first.i32
        stack.removeLast()
        let tag = literalOrNone()
        addField(p, .none, type, tag)
        return
      }
    } else {
      type = self.type()
    }
    let tag = literalOrNone()
    // Turn the names on the stack into (field, tag) pairs.
    let names = Array(stack[mark...])
    stack.removeLast(names.count)
    for n in names { addField(pos(NodeID(n)), NodeID(n), type, tag) }
  }

  /// At "[": an array or slice type, or an `index` without its operand, for the caller to set.
  private mutating func arrayOrTypeArgs() -> NodeID {
    let p = pos
    want(.lbrack)
    if got(.rbrack) { return sliceType(p) }
    let (n, comma) = typeList(strict: false)
    want(.rbrack)
    if !comma {
      let elem = typeOrNone()
      if elem.isSome { return add(.arrayType, p, n, elem) }
    }
    return add(.index, p, .none, n)
  }

  /// InterfaceType = "interface" "{" { ( MethodDecl | EmbeddedElem ) ";" } "}" .
  private mutating func interfaceType() -> NodeID {
    let p = pos
    want(.interface)
    want(.lbrace)
    let mark = stack.count
    let rbrace = list("interface type", .semi, .rbrace) { q in
      let start = q.pos
      var name = NodeID.none
      var type = NodeID.none
      if q.tok == .name { (name, type) = q.methodDecl() }
      if type.isNone { type = q.embeddedTerm() }
      if name.isNone { type = q.union(type) }
      q.push(q.add(.field, start, name, type))
      return false
    }
    let r = here
    put(rbrace)
    putList(mark)
    return addRecord(.interfaceType, p, r)
  }

  /// A method's name and signature, or (absent, type) for an embedded type.
  private mutating func methodDecl() -> (NodeID, NodeID) {
    let name = self.name()
    switch tok {
    case .lparen: return (name, methodType())
    case .lbrack:
      let bracket = pos
      next()
      if tok == .rbrack {
        let p = pos
        next()
        if tok == .lparen {
          error("empty type parameter list", at: p)
          return (name, methodType())
        }
        error("empty type argument list", at: p)
        return (.none, name)
      }
      // A generic method, which is an error, or an embedded T[P1, P2]: both look like a list of
      // parameters.
      let mark = stack.count
      paramList(.none, .none, .rbrack, requireNames: false, dotsAllowed: false)
      let count = stack.count - mark
      if count == 0 { return tok == .lparen ? (name, methodType()) : (.none, name) }
      if nodes[NodeID(stack[mark])].a != 0 {
        stack.removeLast(count)
        let t = methodType()
        error("interface method must have no type parameters", at: bracket)
        return (name, t)
      }
      for i in mark..<stack.count { stack[i] = nodes[NodeID(stack[i])].b }
      var args = NodeID(stack[mark])
      if count > 1 {
        let r = here
        putList(mark)
        args = addRecord(.list, pos(args), r)
      } else {
        stack.removeLast()
      }
      return (.none, add(.index, bracket, name, args))
    default: return (.none, qualifiedName(name))
    }
  }

  private mutating func methodType() -> NodeID {
    let mark = stack.count
    let t = funcType("interface method")
    stack.removeLast(stack.count - mark)
    return t
  }

  /// `first` and the terms that "|" joins to it.
  private mutating func union(_ first: NodeID) -> NodeID {
    var x = first
    while tok == .op && s.op == .or {
      let p = pos
      next()
      let y = embeddedTerm()
      x = add(.binary, p, x, y, op: Operator.or.rawValue)
    }
    return x
  }

  /// EmbeddedTerm = [ "~" ] Type .
  private mutating func embeddedTerm() -> NodeID {
    if tok == .op && s.op == .tilde {
      let p = pos
      next()
      return add(.unary, p, type(), op: Operator.tilde.rawValue)
    }
    let t = typeOrNone()
    if t.isSome { return t }
    let b = bad()
    syntaxError("expected ~ term or type")
    advance(TokenSet(.op, .semi, .rparen, .rbrack, .rbrace))
    return b
  }
}
