import Base

extension Parser {
  private static let declarationStart = TokenSet(.import, .const, .type, .var, .func)

  /// SourceFile = PackageClause ";" { ImportDecl ";" } { TopLevelDecl ";" } .
  mutating func parseFile() {
    tree.startOfFile = at(0)
    tree.packagePos = pos
    isTop = false
    if !got(.package) {
      syntaxError("package statement must be first")
      finishFile(0)
      return
    }
    tree.packagePragma = takePragma()
    tree.packageName = name()
    want(.semi)
    if !s.errors.isEmpty {
      finishFile(0)
      return
    }
    let mark = stack.count
    var previous = Token.import
    while tok != .eof {
      if tok == .import && previous != .import {
        syntaxError("imports must appear before other declarations")
      }
      previous = tok
      if !topLevelDecl(mark) { continue }
      // Comments before the next token may already speak about the next declaration.
      clearPragma()
      if tok != .eof && !got(.semi) {
        syntaxError("after top level declaration")
        advance(Parser.declarationStart)
      }
    }
    clearPragma()
    finishFile(mark)
  }

  private mutating func finishFile(_ mark: Int) {
    tree.endOfFile = at(s.end)
    if tok == .eof { tree.endOfFile = pos }
    let first = here
    putList(mark)
    tree.decls = NodeList(start: first + 1, count: extra[Int(first)])
  }

  /// False when what stands here is no declaration and was skipped.
  private mutating func topLevelDecl(_ mark: Int) -> Bool {
    switch tok {
    case .import:
      next()
      group { p, g in p.importDecl(g) }
    case .const:
      next()
      group { p, g in p.constDecl(g) }
    case .type:
      next()
      group { p, g in p.typeDecl(g) }
    case .var:
      next()
      group { p, g in p.varDecl(g) }
    case .func:
      next()
      push(funcDecl())
    default:
      if tok == .lbrace && stack.count > mark && isForwardDecl(NodeID(stack[stack.count - 1])) {
        syntaxError("unexpected semicolon or newline before {")
      } else {
        syntaxError("non-declaration statement outside function body")
      }
      advance(Parser.declarationStart)
      return false
    }
    return true
  }

  private func isForwardDecl(_ d: NodeID) -> Bool {
    kind(d) == .funcDecl && extra[Int(nodes[d].a) + 4] == 0
  }

  /// One declaration, or a parenthesised group of them; pushes them.
  mutating func group(_ spec: (inout Parser, Int32) -> NodeID) {
    if tok != .lparen {
      let d = spec(&self, 0)
      push(d)
      return
    }
    groups += 1
    let g = groups
    clearPragma()
    next()
    _ = list("grouped declaration", .semi, .rparen) { p in
      let d = spec(&p, g)
      p.push(d)
      return false
    }
  }

  /// ImportSpec = [ "." | PackageName ] ImportPath .
  mutating func importDecl(_ group: Int32) -> NodeID {
    let start = pos
    let pragma = takePragma()
    var local = NodeID.none
    if tok == .name {
      local = name()
    } else if tok == .dot {
      local = nodes.append(Node(.name, pos, a: Int32(KnownName.dot.raw), b: 1))
      next()
    }
    let path = literalOrNone()
    if path.isNone {
      syntaxError("missing import path")
      advance(TokenSet(.semi, .rparen))
    } else if nodes[path].aux == 0 && nodes[path].op != LiteralKind.string.rawValue {
      syntaxError("import path must be a string", at: pos(path))
      nodes[path].aux = 1
    }
    let r = here
    extra.append(group)
    extra.append(Int32(pragma.raw))
    put(local)
    put(path)
    return addRecord(.importDecl, start, r)
  }

  private mutating func nameList() -> Int {
    let mark = stack.count
    push(name())
    while got(.comma) { push(name()) }
    return mark
  }

  private mutating func valueDecl(
    _ kind: NodeKind, _ start: Pos, _ group: Int32, _ pragma: PragmaID, _ type: NodeID,
    _ values: NodeID, _ mark: Int
  ) -> NodeID {
    let r = here
    extra.append(group)
    extra.append(Int32(pragma.raw))
    put(type)
    put(values)
    putList(mark)
    return addRecord(kind, start, r)
  }

  /// ConstSpec = IdentifierList [ [ Type ] "=" ExpressionList ] .
  mutating func constDecl(_ group: Int32) -> NodeID {
    let start = pos
    let pragma = takePragma()
    let mark = nameList()
    var type = NodeID.none
    var values = NodeID.none
    if tok != .eof && tok != .semi && tok != .rparen {
      type = typeOrNone()
      if gotAssign() { values = exprList() }
    }
    return valueDecl(.constDecl, start, group, pragma, type, values, mark)
  }

  /// VarSpec = IdentifierList ( Type [ "=" ExpressionList ] | "=" ExpressionList ) .
  mutating func varDecl(_ group: Int32) -> NodeID {
    let start = pos
    let pragma = takePragma()
    let mark = nameList()
    var type = NodeID.none
    var values = NodeID.none
    if gotAssign() {
      values = exprList()
    } else {
      type = self.type()
      if gotAssign() { values = exprList() }
    }
    return valueDecl(.varDecl, start, group, pragma, type, values, mark)
  }

  /// TypeSpec = identifier [ TypeParams ] [ "=" ] Type .
  mutating func typeDecl(_ group: Int32) -> NodeID {
    let start = pos
    let pragma = takePragma()
    let name = self.name()
    let mark = stack.count
    var isAlias = false
    var type = NodeID.none
    if tok == .lbrack {
      let bracket = pos
      next()
      switch tok {
      case .name:
        var x = self.name()
        // After "T [ P [" only a type parameter list makes sense; else parse the expression that
        // starts with P, and see whether it can be read as a type parameter.
        if tok != .lbrack {
          xnest += 1
          x = binaryExpr(primaryExpr(x, keepParens: false), 0)
          xnest -= 1
        }
        let (pname, ptype) = extractName(x, tok == .comma)
        if pname.isSome && (ptype.isSome || tok != .rbrack) {
          paramList(pname, ptype, .rbrack, requireNames: true, dotsAllowed: false)
          isAlias = gotAssign()
          type = typeOrNone()
        } else {
          type = arrayType(bracket, x)
        }
      case .rbrack:
        next()
        type = sliceType(bracket)
      default:
        type = arrayType(bracket, .none)
      }
    } else {
      isAlias = gotAssign()
      type = typeOrNone()
    }
    if type.isNone {
      type = bad()
      syntaxError("in type declaration")
      advance(TokenSet(.semi, .rparen))
    }
    let r = here
    extra.append(group)
    extra.append(Int32(pragma.raw))
    put(name)
    put(type)
    putList(mark)
    return addRecord(.typeDecl, start, r, aux: isAlias ? 1 : 0)
  }

  /// Splits `x` into a type parameter's name and constraint, if it can be read as both: `P *E`,
  /// `P (E)`, `P *E|F`. Unless `force` is set, only where the constraint cannot be a value. For
  /// a bare name the constraint is absent; otherwise (absent, x).
  private mutating func extractName(_ x: NodeID, _ force: Bool) -> (name: NodeID, type: NodeID) {
    let n = nodes[x]
    switch n.kind {
    case .name: return (x, .none)
    case .binary:
      let left = NodeID(n.a)
      let right = NodeID(n.b)
      if n.op == Operator.mul.rawValue {
        if kind(left) == .name && (force || isTypeElem(right)) {
          return (left, add(.unary, n.pos, right, op: n.op))
        }
      } else if n.op == Operator.or.rawValue {
        let (name, lhs) = extractName(left, force || isTypeElem(right))
        if name.isSome && lhs.isSome {
          return (name, add(.binary, n.pos, lhs, right, op: n.op))
        }
      }
    case .call:
      let fun = NodeID(n.a)
      if kind(fun) == .name && extra[Int(n.b) + 1] == 1 && n.aux == 0 {
        let arg = NodeID(extra[Int(n.b) + 2])
        if force || isTypeElem(arg) { return (fun, unparen(arg)) }
      }
    default: break
    }
    return (.none, x)
  }

  /// Whether `x` must be a type element, and cannot be a value.
  private func isTypeElem(_ x: NodeID) -> Bool {
    let n = nodes[x]
    switch n.kind {
    case .arrayType, .structType, .funcType, .interfaceType, .sliceType, .mapType, .chanType:
      return true
    case .unary: return isTypeElem(NodeID(n.a)) || n.op == Operator.tilde.rawValue
    case .binary: return isTypeElem(NodeID(n.a)) || isTypeElem(NodeID(n.b))
    case .paren: return isTypeElem(NodeID(n.a))
    default: return false
    }
  }

  /// FunctionDecl and MethodDecl, behind "func".
  mutating func funcDecl() -> NodeID {
    let start = pos
    let pragma = takePragma()
    let mark = stack.count
    var recv = NodeID.none
    let hasRecv = got(.lparen)
    if hasRecv {
      paramList(.none, .none, .rparen, requireNames: false, dotsAllowed: false)
      let n = stack.count - mark
      if n == 0 {
        error("method has no receiver")
      } else {
        if n > 1 { error("method has multiple receivers") }
        recv = NodeID(stack[mark])
      }
      stack.removeLast(n)
    }
    var name: NodeID
    var type: NodeID
    if tok == .name {
      name = self.name()
      type = funcType("")  // Leaves the type parameters on the stack.
    } else {
      name = blankName(at: pos)
      type = emptyFuncType()
      syntaxError(hasRecv ? "expected name" : "expected name or (")
      advance(TokenSet(.lbrace, .semi))
    }
    let body = tok == .lbrace ? funcBody() : NodeID.none
    let r = here
    extra.append(Int32(pragma.raw))
    put(recv)
    put(name)
    put(type)
    put(body)
    putList(mark)
    return addRecord(.funcDecl, start, r)
  }

  private mutating func emptyFuncType() -> NodeID {
    let r = here
    extra.append(0)
    extra.append(0)
    return addRecord(.funcType, pos, r)
  }

  mutating func funcBody() -> NodeID {
    fnest += 1
    let errors = s.errors.count
    let outer = branches
    branches = 0
    let body = blockStmt("")
    fnest -= 1
    // After syntax errors a check of the branches would only repeat them in other words.
    if branches > 0 && options.branches != .none && errors == s.errors.count {
      checkBranches(body)
    }
    branches = outer
    return body
  }
}
