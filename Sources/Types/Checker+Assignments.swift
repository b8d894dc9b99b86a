// Assignments, initialisation, short variable declarations, results of returns.
import Base
import Syntax

extension Checker {
  func text(_ c: AssignmentContext) -> String {
    switch c {
    case .variableDeclaration: "variable declaration"
    case .assignment: "assignment"
    case .multipleAssignment: "multiple assignment"
    case .blankAssignment: "assignment to _ identifier"
    case .constantDeclaration: "constant declaration"
    case .returnStatement: "return statement"
    case .mapIndex: "map index"
    case .structLiteral: "struct literal"
    case .mapLiteral: "map literal"
    case .arrayOrSliceLiteral: "array or slice literal"
    case .rangeClause: "range clause"
    case .send: "send"
    case .assignmentOperation: "assignment operation"
    case .argument(let n): "argument to " + exprString(n)
    case .text(let s): s
    }
  }

  /// Checks that `x` can be assigned to a variable of type `t` and gives an untyped `x` its type.
  /// `t` none: the blank identifier. After an error `x` is invalid.
  func assignment(_ x: inout Operand, _ t: TypeID, _ context: AssignmentContext) {
    singleValue(&x)
    switch x.mode {
    case .invalid: return
    case .nilValue, .constant, .variable, .mapIndex, .value, .commaOk, .commaErr: break
    default:
      report(x, .cannotAssign, .operand(x), .type(t), .text(text(context)))
      x.mode = .invalid
      return
    }
    // By far the most common case.
    if x.type == t && ts.kind(t) != .signature { return }
    if ts.isUntyped(x.type) && !assignUntyped(&x, t, context) { return }
    if ts.kind(x.type) == .signature || ts.kind(x.type) == .named || ts.kind(x.type) == .alias {
      nonGeneric(
        target(t, .text("")).map { Target(signature: $0.signature, what: text(context)) }, &x)
      if !x.isValid { return }
    }
    if t.isNone { return }
    if isAssignable(x, t) { return }
    var cause: String? = nil
    _ = assignable(x, t, cause: &cause)
    if let c = cause {
      report(
        x, .cannotUseCause, .operand(x), .type(t), .text(text(context)), .text(c))
    } else {
      report(x, .cannotUse, .operand(x), .type(t), .text(text(context)))
    }
    x.mode = .invalid
  }

  /// Gives an untyped `x` the type it has when assigned to `t`. False after an error.
  private func assignUntyped(
    _ x: inout Operand, _ t: TypeID, _ context: AssignmentContext
  ) -> Bool {
    var target = t
    if x.mode == .nilValue {
      if t.isNone {
        report(x, .untypedNil, .text(text(context)))
        x.mode = .invalid
        return false
      }
    } else if t.isNone || ts.isNonTypeParamInterface(t) {
      target = ts.defaultType(x.type)
    }
    let (type, val, misfit) = implicitType(x, target)
    if misfit != .none {
      let message: Message =
        misfit == .truncated
        ? .cannotUseTruncated : (misfit == .overflow ? .cannotUseOverflows : .cannotUse)
      report(x, message, .operand(x), .type(target), .text(text(context)))
      x.mode = .invalid
      return false
    }
    if val.isSome {
      x.val = val
      if x.note == 0 { setPendingValue(x.expr, val) }
    }
    if type != x.type {
      x.type = type
      if x.note == 0 { updateExprType(x.expr, type, final: false) }
    }
    return true
  }

  private func setPendingValue(_ n: NodeID, _ val: ConstID) {
    let f = env.file.index
    if n.isSome && files.elements[f].modes[n.index] & FileTypes.pending != 0 {
      files.elements[f].constants[n.index] = val
    }
  }

  func initConst(_ o: ObjectID, _ x: inout Operand) {
    let t = ts.objects[o].type
    if !x.isValid || !ts.isValid(x.type) || t == ts.invalid {
      if t.isNone { ts.objects[o].type = ts.invalid }
      return
    }
    if x.mode != .constant {
      report(x, .notConstant, .operand(x))
      if t.isNone { ts.objects[o].type = ts.invalid }
      return
    }
    if t.isNone { ts.objects[o].type = x.type }
    assignment(&x, ts.objects[o].type, .constantDeclaration)
    if x.isValid { ts.objects[o].aux = x.val.raw }
  }

  func initVar(_ o: ObjectID, _ x: inout Operand, _ context: AssignmentContext) {
    let t = ts.objects[o].type
    if !x.isValid || !ts.isValid(x.type) || (t.isSome && !ts.isValid(t)) {
      if t.isNone { ts.objects[o].type = ts.invalid }
      x.mode = .invalid
      return
    }
    if t.isNone {
      var type = x.type
      if ts.isUntyped(type) {
        if type == ts.basic(.untypedNil) {
          report(x, .untypedNil, .text(text(context)))
          ts.objects[o].type = ts.invalid
          x.mode = .invalid
          return
        }
        type = ts.defaultType(type)
      }
      ts.objects[o].type = type
    }
    assignment(&x, ts.objects[o].type, context)
  }

  // MARK: Left sides

  /// Type of a variable on the left of an assignment, none for blank, invalid after an error.
  func lhsVar(_ n: NodeID) -> TypeID {
    let inner = tree.unparen(n)
    var variable = ObjectID.none
    var wasUsed = false
    if tree.kind(inner) == .name {
      let name = tree.name(inner)
      if name == KnownName.blank { return .none }
      let (_, o) = ts.lookupOutward(env.scope, name)
      if o.isSome && ts.objects[o].kind == .variable && ts.objects[o].package == env.package {
        variable = o
        wasUsed = ts.objects[o].flags.contains(.used)
        ts.objects[o].flags.insert(.reassigned)
      }
    }
    var x = Operand()
    expr(nil, &x, n)
    if variable.isSome && !wasUsed { ts.objects[variable].flags.remove(.used) }
    if variable.isNone { markReassigned(inner) }
    if !x.isValid || !ts.isValid(x.type) { return ts.invalid }
    if x.mode == .variable || x.mode == .mapIndex { return x.type }
    if tree.kind(x.expr) == .selector {
      var y = Operand()
      expr(nil, &y, tree.selector(x.expr).x)
      if y.mode == .mapIndex {
        report(x, .cannotAssignFieldInMap, .node(x.expr))
        return ts.invalid
      }
    }
    report(x, .cannotAssignTo, .node(x.expr))
    return ts.invalid
  }

  /// Assigning to a field or element of a variable changes that variable, too.
  private func markReassigned(_ n: NodeID) {
    var n = n
    while true {
      switch tree.kind(n) {
      case .name:
        let o = files[env.file].object(n)
        if o.isSome && ts.objects[o].kind == .variable { ts.objects[o].flags.insert(.reassigned) }
        return
      case .selector:
        let x = tree.selector(n).x
        if ts.underKind(recorded(tree.unparen(x))) == .pointer { return }
        n = x
      case .index:
        let x = tree.index(n).x
        if ts.underKind(recorded(tree.unparen(x))) != .array { return }
        n = x
      case .paren: n = tree.paren(n)
      default: return
      }
    }
  }

  /// Checks `lhs = rhs`; `x` is the value of `rhs` unless that is present.
  func assignVar(
    _ lhs: NodeID, _ rhs: NodeID, _ x: inout Operand, _ context: AssignmentContext
  ) {
    let t = lhsVar(lhs)
    if t == ts.invalid {
      if rhs.isSome { use(rhs) } else { x.mode = .invalid }
      return
    }
    if rhs.isSome {
      var aim: Target? = nil
      if t.isSome && ts.underKind(t) == .signature { aim = target(t, .node(lhs)) }
      expr(aim, &x, rhs)
    }
    if t.isNone, case .assignment = context {
      assignment(&x, t, .blankAssignment)
    } else {
      assignment(&x, t, context)
    }
  }

  // MARK: Lists

  private func isCall(_ list: ExprList) -> Bool {
    list.count == 1 && tree.kind(tree.unparen(tree[list, 0])) == .call
  }

  /// Checks `lhs = rhs` for variables being declared, or for the results of `returnStmt`.
  func initVars(_ lhs: [ObjectID], _ rhs: ExprList, _ returnStmt: NodeID) {
    var context = AssignmentContext.assignment
    if returnStmt.isSome {
      context = .returnStatement
    } else if lhs.count > 1 {
      context = .multipleAssignment
    }
    if lhs.count == rhs.count && !isCall(rhs) {
      var x = Operand()
      for i in lhs.indices {
        let o = ts.objects[lhs[i]]
        let isUnnamed = returnStmt.isSome && o.name.isNone
        expr(target(o.type, isUnnamed ? .text("result variable") : .name(o.name)), &x, tree[rhs, i])
        initVar(lhs[i], &x, context)
      }
      return
    }
    if rhs.count != 1 {
      var ok = true
      for i in rhs.indices where !use(tree[rhs, i]) { ok = false }
      if ok {
        if returnStmt.isSome {
          var list: [Operand] = []
          for i in rhs.indices {
            var x = Operand()
            expr(nil, &x, tree[rhs, i])
            list.append(x)
          }
          returnError(returnStmt, lhs, list)
        } else {
          assignError(rhs, lhs.count, rhs.count)
        }
      }
      invalidate(lhs)
      return
    }
    let first = tree[rhs, 0]
    var (list, commaOk) = multiExpr(first, allowCommaOk: lhs.count == 2 && returnStmt.isNone)
    if lhs.count == list.count {
      for i in lhs.indices { initVar(lhs[i], &list[i], context) }
      if commaOk && list[0].isValid && list[1].isValid {
        recordCommaOk(first, list[0].type, list[1].type)
      }
      return
    }
    if list[0].isValid {
      if returnStmt.isSome {
        returnError(returnStmt, lhs, list)
      } else {
        assignError(rhs, lhs.count, list.count)
      }
    }
    invalidate(lhs)
  }

  private func invalidate(_ lhs: [ObjectID]) {
    for o in lhs where ts.objects[o].type.isNone { ts.objects[o].type = ts.invalid }
  }

  /// Checks `lhs = rhs`.
  func assignVars(_ lhs: ExprList, _ rhs: ExprList) {
    let context: AssignmentContext = lhs.count > 1 ? .multipleAssignment : .assignment
    if lhs.count == rhs.count && !isCall(rhs) {
      for i in lhs.indices {
        var x = Operand()
        assignVar(tree[lhs, i], tree[rhs, i], &x, context)
      }
      return
    }
    if rhs.count != 1 {
      var ok = true
      for i in lhs.indices where !useLHS(tree[lhs, i]) { ok = false }
      for i in rhs.indices where !use(tree[rhs, i]) { ok = false }
      if ok { assignError(rhs, lhs.count, rhs.count) }
      return
    }
    let first = tree[rhs, 0]
    var (list, commaOk) = multiExpr(first, allowCommaOk: lhs.count == 2)
    if lhs.count == list.count {
      for i in lhs.indices { assignVar(tree[lhs, i], .none, &list[i], context) }
      if commaOk && list[0].isValid && list[1].isValid {
        recordCommaOk(first, list[0].type, list[1].type)
      }
      return
    }
    if list[0].isValid { assignError(rhs, lhs.count, list.count) }
    for i in lhs.indices { useLHS(tree[lhs, i]) }
  }

  /// Reports different numbers of variables and values.
  func assignError(_ rhs: ExprList, _ l: Int, _ r: Int) {
    let vars = measure(l, "variable")
    let vals = measure(r, "value")
    let first = tree[rhs, 0]
    let inner = tree.unparen(first)
    if rhs.count == 1 && tree.kind(inner) == .call {
      report(
        first, .assignmentMismatchCall, .text(vars), .node(tree.call(inner).fun), .text(vals))
    } else {
      report(first, .assignmentMismatch, .text(vars), .text(vals))
    }
  }

  func measure(_ n: Int, _ unit: String) -> String { n == 1 ? "1 \(unit)" : "\(n) \(unit)s" }

  private func returnError(_ at: NodeID, _ lhs: [ObjectID], _ rhs: [Operand]) {
    var pos = start(at)
    var message = Message.notEnoughReturnValues
    if rhs.count > lhs.count {
      pos = start(rhs[lhs.count])
      message = .tooManyReturnValues
    } else if let last = rhs.last {
      pos = start(last)
    }
    var e = ErrorReport(parts: [(pos, format(message, []))])
    let have = typesSummary(rhs.map { $0.type }, variadic: false, hasDots: false)
    let want = typesSummary(lhs.map { ts.objects[$0].type }, variadic: false, hasDots: false)
    e.parts.append((.none, "have " + have))
    e.parts.append((.none, "want " + want))
    emit(e)
  }

  // MARK: Short variable declarations

  func shortVarDecl(_ pos: Pos, _ lhs: ExprList, _ rhs: ExprList) {
    let top = delayed.count
    let scope = env.scope
    var vars: [ObjectID] = []
    var fresh: [ObjectID] = []
    var seen: [NameID] = []
    var hasError = false
    for i in lhs.indices {
      let n = tree[lhs, i]
      let dummy = { [unowned self] () -> ObjectID in
        self.localVariable(KnownName.blank, self.tree.pos(n), .none)
      }
      if tree.kind(n) != .name {
        useLHS(n)
        report(n, .nonNameOnLeft, .node(n))
        hasError = true
        vars.append(dummy())
        continue
      }
      let name = tree.name(n)
      if name != KnownName.blank {
        if seen.contains(name) {
          report(n, .repeatedOnLeft, .node(n))
          hasError = true
          vars.append(dummy())
          continue
        }
        seen.append(name)
      }
      let other = ts.lookup(scope, name)
      if other.isSome {
        record(n, object: other)
        if ts.objects[other].kind == .variable {
          ts.objects[other].flags.insert(.reassigned)
          vars.append(other)
        } else {
          report(n, .cannotAssignToName, .node(n))
          hasError = true
          vars.append(dummy())
        }
        continue
      }
      let o = localVariable(name, tree.pos(n), .none)
      vars.append(o)
      if name != KnownName.blank { fresh.append(o) }
      record(n, object: o)
    }
    initVars(vars, rhs, .none)
    processDelayed(top)
    if fresh.isEmpty && !hasError {
      reportSoft(pos, .noNewVariables)
      return
    }
    for o in fresh { declare(scope, .none, o) }
  }

  /// A new variable of the function at hand, not declared yet.
  func localVariable(
    _ name: NameID, _ pos: Pos, _ type: TypeID, _ flags: ObjectFlags = []
  ) -> ObjectID {
    let o = ts.variable(name, pos, type, env.package, flags)
    ts.objects[o].decl = env.function.raw
    return o
  }
}
