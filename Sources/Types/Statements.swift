import Base
import Syntax

// Statements (Go spec, Statements). Labels, and where break, continue, goto and fallthrough may
// stand, were checked by the parser.
//
// A function literal is not checked where it stands but at the end of its statement: it may refer to
// the variable or type that the statement declares. So each statement runs what was put off inside.

extension Checker {
  /// Checks a function body. `d` is the declaration that collects dependencies, none for literals
  /// outside of declarations; `f` the function's record, which gets its scope.
  func funcBody(
    _ d: DeclID, _ f: FunctionID, _ signature: TypeID, _ body: NodeID, iota: ConstID
  ) {
    let saved = env
    let firstObject = ts.objects.count
    let info = ts.signature(signature)
    var e = env
    e.decl = d
    e.scope = info.scope
    e.iota = iota
    e.errorPos = .none
    e.inTypeParamList = false
    e.signature = signature
    e.function = f
    e.hasCallOrReceive = false
    env = e
    ts.functions[f].scope = info.scope
    ownParameters(info, f)
    stmtList(tree.block(body).stmts)
    if info.results.isSome && !isTerminating(body, label: .none) {
      report(tree.block(body).rbrace, .missingReturn)
    }
    unusedVariables(f, firstObject)
    env = saved
  }

  /// Makes `f` the function that declares its receiver, parameters and results: literals inside capture them.
  private func ownParameters(_ s: SignatureInfo, _ f: FunctionID) {
    if s.recv.isSome { ts.objects[s.recv].decl = f.raw }
    for tuple in [s.params, s.results] {
      for i in 0..<ts.memberCount(tuple) { ts.objects[ts.member(tuple, i)].decl = f.raw }
    }
  }

  /// Reports local variables of function `f` that nothing uses. They are among the objects made
  /// since the body was begun.
  private func unusedVariables(_ f: FunctionID, _ first: Int) {
    if first >= ts.objects.count { return }
    let fixed: ObjectFlags = [.field, .receiver, .param, .result, .packageLevel, .used]
    for i in first..<ts.objects.count {
      let r = ts.objects[ObjectID(i)]
      if r.kind != .variable || r.decl != f.raw || r.order != 0 { continue }
      // Blank and redeclared variables are in no scope.
      if r.parent.isNone || !r.flags.isDisjoint(with: fixed) { continue }
      reportSoft(r.pos, .declaredAndNotUsed, .name(r.name))
    }
  }

  // MARK: Scopes

  func openScope() { env.scope = ts.newScope(env.scope) }

  func closeScope() { env.scope = ts.scopes[env.scope].parent }

  /// A variable of the function at hand; to be declared once its type is known.
  func localVariable(_ name: NameID, _ pos: Pos, _ type: TypeID) -> ObjectID {
    let o = ts.variable(name, pos, type, env.package)
    ts.objects[o].decl = env.function.raw
    return o
  }

  // MARK: Statements

  func stmtList(_ list: NodeList) {
    for i in list.indices { stmt(tree[list, i]) }
  }

  func stmt(_ s: NodeID) {
    if s.isNone { return }
    depth += 1
    defer { depth -= 1 }
    if depth > Checker.maxDepth {
      report(s, .tooDeep)
      return
    }
    let top = delayed.count
    stmtInternal(s)
    // In the statement's own scope, as it was left.
    if delayed.count > top { processDelayed(top) }
  }

  private func stmtInternal(_ s: NodeID) {
    switch tree.kind(s) {
    case .declStmt: declStmt(tree.declStmt(s))
    case .labeled: stmt(tree.labeled(s).stmt)
    case .exprStmt: exprStmt(tree.exprStmt(s))
    case .send: sendStmt(s)
    case .assign: assignStmt(s)
    case .callStmt:
      let c = tree.callStmt(s)
      suspendedCall(c.kind == .defer ? "defer" : "go", c.call)
      if c.kind == .defer && env.function.isSome { ts.functions[env.function].hasDefer = true }
    case .returnStmt: returnStmt(s)
    case .block:
      let scope = env.scope
      openScope()
      stmtList(tree.block(s).stmts)
      env.scope = scope
    case .ifStmt: ifStmt(s)
    case .switchStmt:
      let scope = env.scope
      openScope()
      let sw = tree.switchStmt(s)
      stmt(sw.initStmt)
      if sw.tag.isSome && tree.kind(sw.tag) == .typeSwitchGuard {
        typeSwitch(sw)
      } else {
        expressionSwitch(sw)
      }
      env.scope = scope
    case .selectStmt: selectStmt(s)
    case .forStmt: forStmt(s)
    default: break
    }
  }

  private func exprStmt(_ n: NodeID) {
    var x = Operand()
    let kind = rawExpr(nil, &x, n, hint: .none, allowGeneric: false)
    switch x.mode {
    case .invalid: break
    case .builtin: report(x, .builtinMustBeCalled, .operand(x))
    case .type: report(x, .typeIsNotExpression, .operand(x))
    default: if kind != .statement { report(x, .isNotUsed, .operand(x)) }
    }
  }

  private func sendStmt(_ s: NodeID) {
    let e = tree.send(s)
    var ch = Operand()
    var value = Operand()
    expr(nil, &ch, e.chan)
    genericExpr(&value, e.value, hint: .none)
    if !ch.isValid || !value.isValid { return }
    let elem = chanElem(start(s), ch, receive: false)
    if elem.isSome { assignment(&value, elem, .send) }
  }

  private func assignStmt(_ s: NodeID) {
    let a = tree.assign(s)
    if a.rhs.isNone {
      // x++ and x--
      var x = Operand()
      expr(nil, &x, a.lhs)
      if !x.isValid { return }
      if !ts.allNumeric(x.type) {
        let op = a.op.text.description
        report(a.lhs, .nonNumericIncDec, .node(a.lhs), .text(op + op), .type(x.type))
        return
      }
      assignVar(a.lhs, .none, &x, .assignment)
      return
    }
    let lhs = tree.unpack(a.lhs)
    let rhs = tree.unpack(a.rhs)
    switch a.op {
    case .none: assignVars(lhs, rhs)
    case .def: shortVarDecl(tree.pos(s), lhs, rhs)
    default:
      if lhs.count != 1 || rhs.count != 1 {
        report(s, .multipleAssignOp, .text(a.op.text.description))
        return
      }
      var x = Operand()
      binary(&x, tree[lhs, 0], tree[rhs, 0], a.op)
      assignVar(tree[lhs, 0], .none, &x, .assignmentOperation)
    }
  }

  /// The call of a go or defer statement.
  private func suspendedCall(_ keyword: String, _ call: NodeID) {
    if tree.kind(call) != .call {
      report(call, .suspendedNotCall, .text(keyword))
      use(call)
      return
    }
    var x = Operand()
    switch rawExpr(nil, &x, call, hint: .none, allowGeneric: false) {
    case .statement: break
    case .conversion:
      if x.isValid { report(x, .suspendedConversion, .text(keyword), .operand(x)) }
    case .expression:
      if x.isValid { report(x, .suspendedDiscards, .text(keyword), .operand(x)) }
    }
  }

  private func returnStmt(_ s: NodeID) {
    let results = env.signature.isSome ? ts.signature(env.signature).results : .none
    let values = tree.unpack(tree.returnStmt(s))
    let n = ts.memberCount(results)
    if values.isEmpty && n > 0 && ts.objects[ts.member(results, 0)].name.isSome {
      // A named result that is shadowed here cannot be meant by a bare return.
      for i in 0..<n {
        let o = ts.member(results, i)
        let r = ts.objects[o]
        let (_, other) = ts.lookupOutward(env.scope, r.name)
        if other.isNone || other == o { continue }
        var e = ErrorReport()
        add(&e, start(s), .resultNotInScope, .name(r.name))
        add(&e, ts.objects[other].pos, .innerDeclaration, .object(o))
        emit(e)
      }
      return
    }
    if n == 0 && values.isEmpty { return }
    initVars((0..<n).map { (i: Int) -> ObjectID in ts.member(results, i) }, values, s)
  }

  private func condition(_ n: NodeID, _ what: String) {
    var x = Operand()
    expr(nil, &x, n)
    if x.isValid && !ts.allBoolean(x.type) { report(n, .nonBooleanCondition, .text(what)) }
  }

  private func ifStmt(_ s: NodeID) {
    let i = tree.ifStmt(s)
    let scope = env.scope
    openScope()
    stmt(i.initStmt)
    condition(i.cond, "if")
    stmt(i.then)
    stmt(i.elseStmt)
    env.scope = scope
  }

  private func forStmt(_ s: NodeID) {
    let f = tree.forStmt(s)
    if f.initStmt.isSome && tree.kind(f.initStmt) == .rangeClause {
      rangeStmt(s)
      return
    }
    let scope = env.scope
    openScope()
    stmt(f.initStmt)
    if f.cond.isSome { condition(f.cond, "for") }
    stmt(f.post)
    if f.post.isSome && tree.kind(f.post) == .assign && tree.assign(f.post).op == .def {
      // A declaration here was reported by the parser; its variables count as used.
      use(tree.assign(f.post).lhs)
    }
    stmt(f.body)
    env.scope = scope
  }

  // MARK: Declarations in functions

  private func declStmt(_ list: NodeList) {
    var group = 0
    var first = 0
    var lastType = NodeID.none
    var lastValues = NodeID.none
    var hasLast = false
    for i in list.indices {
      let d = tree[list, i]
      switch tree.kind(d) {
      case .constDecl:
        let c = tree.valueDecl(d)
        if group == 0 || c.group != group {
          first = i
          hasLast = false
        }
        // 0 outside parentheses: the next declaration begins a group of its own.
        group = c.group
        var inherited = true
        if c.type.isSome || c.values.isSome {
          (lastType, lastValues, hasLast) = (c.type, c.values, true)
          inherited = false
        } else if !hasLast {
          (lastType, lastValues, hasLast) = (.none, .none, true)
          inherited = false
        }
        constants(d, c, lastType, lastValues, inherited, iota: i - first)
      case .varDecl:
        group = 0
        variables(d)
      case .typeDecl:
        group = 0
        localType(d)
      default: group = 0
      }
    }
  }

  private func constants(
    _ d: NodeID, _ c: SyntaxTree.ValueDecl, _ type: NodeID, _ valuesNode: NodeID,
    _ inherited: Bool, iota: Int
  ) {
    let top = delayed.count
    let values = tree.unpack(valuesNode)
    let iotaValue = ts.constants.add(int: Int64(iota))
    var lhs: [ObjectID] = []
    for i in c.names.indices {
      let name = tree[c.names, i]
      let o = ts.object(.constant, tree.name(name), tree.pos(name), .none, env.package)
      lhs.append(o)
      let value = i < values.count ? tree[values, i] : .none
      constDecl(o, type, value, inherited: inherited, iota: iotaValue)
    }
    arity(tree.pos(d), c.names, values, constants: true, inherited)
    processDelayed(top)
    for i in c.names.indices { declare(env.scope, tree[c.names, i], lhs[i]) }
  }

  private func variables(_ d: NodeID) {
    let v = tree.valueDecl(d)
    let top = delayed.count
    let values = tree.unpack(v.values)
    var lhs: [ObjectID] = []
    for i in v.names.indices {
      let name = tree[v.names, i]
      lhs.append(localVariable(tree.name(name), tree.pos(name), .none))
    }
    for i in lhs.indices {
      var all: [ObjectID] = []
      var value = NodeID.none
      if values.count == lhs.count {
        value = tree[values, i]
      } else if values.count == 1 {
        all = lhs
        value = tree[values, 0]
      } else if i < values.count {
        value = tree[values, i]
      }
      varDecl(lhs[i], all, v.type, value)
      // A single expression has given all variables their types.
      if values.count == 1 { break }
    }
    for o in lhs where ts.objects[o].type.isNone { ts.objects[o].type = ts.invalid }
    if v.type.isNone || !values.isEmpty {
      arity(tree.pos(d), v.names, values, constants: false, false)
    }
    processDelayed(top)
    for i in lhs.indices { declare(env.scope, tree[v.names, i], lhs[i]) }
  }

  private func localType(_ d: NodeID) {
    let t = tree.typeDecl(d)
    let o = ts.object(.typeName, tree.name(t.name), tree.pos(t.name), .none, env.package)
    declare(env.scope, t.name, o)
    push(o)
    typeDecl(o, d)
    pop()
  }
}
