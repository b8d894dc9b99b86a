import Base
import Syntax

// Switch and select statements (Go spec, Switch statements; Select statements).

extension Checker {
  /// Reports a second default clause.
  private func checkDefaults(_ clauses: NodeList) {
    var first = NodeID.none
    for c in tree.each(clauses) where tree.clause(c).head.isNone {
      if first.isSome {
        report(tree.pos(c), .multipleDefaults, .pos(tree.pos(first)))
      } else {
        first = c
      }
    }
  }

  // MARK: Expression switches

  /// The init statement has been checked.
  func expressionSwitch(_ s: SyntaxTree.Switch) {
    var x = Operand()
    if s.tag.isSome {
      expr(nil, &x, s.tag)
      // As if assigned to an invisible variable.
      assignment(&x, .none, .text("switch expression"))
      if x.isValid && !ts.isComparable(x.type) && !ts.hasNil(x.type) {
        report(x, .cannotSwitch, .operand(x), .type(x.type))
        x.mode = .invalid
      }
    } else {
      x.mode = .constant
      x.type = ts.basic(.bool)
      x.val = ts.constants.add(.bool(true))
    }
    checkDefaults(s.clauses)
    var seen = CaseValues()
    for c in tree.each(s.clauses) {
      let clause = tree.clause(c)
      caseValues(&x, tree.unpack(clause.head), &seen)
      let scope = env.scope
      openScope()
      stmtList(clause.body)
      env.scope = scope
    }
  }

  private func caseValues(_ x: inout Operand, _ values: ExprList, _ seen: inout CaseValues) {
    for i in values.indices {
      var v = Operand()
      expr(nil, &v, tree[values, i])
      if !x.isValid || !v.isValid { continue }
      convertUntyped(&v, x.type)
      if !v.isValid { continue }
      // In this order errors are reported at the case's value.
      var result = v
      var y = x
      comparison(&result, &y, .eql, switchCase: true)
      if !result.isValid || v.mode != .constant { continue }
      guard let key = CaseKey(ts.constants[v.val]) else { continue }
      if let other = seen.find(key, v.type, ts) {
        var e = ErrorReport()
        add(&e, start(v), .duplicateCase, .operand(v))
        add(&e, other, .previousCase)
        emit(e)
        continue
      }
      seen.add(key, v.type, tree.pos(v.expr))
    }
  }

  // MARK: Type switches

  func typeSwitch(_ s: SyntaxTree.Switch) {
    let guardNode = tree.typeSwitchGuard(s.tag)
    var lhs = guardNode.lhs
    if lhs.isSome && tree.name(lhs) == KnownName.blank {
      reportSoft(tree.pos(lhs), .noNewVariable)
      lhs = .none
    }
    var x = Operand()
    expr(nil, &x, guardNode.x)
    var subject: Operand? = nil
    if x.isValid {
      if ts.isTypeParam(x.type) {
        report(x, .typeSwitchOnParam, .operand(x))
      } else if ts.isInterface(x.type) {
        subject = x
      } else {
        report(x, .typeSwitchNotInterface, .operand(x))
      }
    }
    checkDefaults(s.clauses)
    var seen: [(type: TypeID, node: NodeID)] = []
    var variables: [ObjectID] = []
    for c in tree.each(s.clauses) {
      let clause = tree.clause(c)
      let t = caseTypes(subject, tree.unpack(clause.head), &seen)
      let scope = env.scope
      openScope()
      if lhs.isSome {
        let o = localVariable(tree.name(lhs), tree.pos(lhs), t)
        ts.objects[o].flags.insert(.typeSwitchGuard)
        declare(env.scope, .none, o)
        record(c, object: o)
        variables.append(o)
      }
      stmtList(clause.body)
      env.scope = scope
    }
    if lhs.isNone { return }
    // All variables of the clauses count as one.
    var isUsed = false
    for o in variables {
      if ts.objects[o].flags.contains(.used) { isUsed = true }
      ts.objects[o].flags.insert(.used)
    }
    if !isUsed { reportSoft(tree.pos(lhs), .switchVariableNotUsed, .name(tree.name(lhs))) }
  }

  /// Checks the types of a clause. Returns the type of the clause's variable: that of the only case,
  /// else that of the switch's operand.
  private func caseTypes(
    _ x: Operand?, _ list: ExprList, _ seen: inout [(type: TypeID, node: NodeID)]
  ) -> TypeID {
    var t = TypeID.none
    outer: for i in list.indices {
      let n = tree[list, i]
      if isNil(n) {
        t = .none
        var dummy = Operand()
        expr(nil, &dummy, n)
      } else {
        t = varType(n)
        if !ts.isValid(t) { continue }
      }
      for other in seen {
        let same =
          t.isNone || other.type.isNone ? t == other.type : ts.identical(t, other.type)
        if !same { continue }
        var e = ErrorReport()
        add(&e, start(n), .duplicateTypeCase, .text(t.isNone ? "nil" : typeString(t)))
        add(&e, start(other.node), .previousCase)
        emit(e)
        continue outer
      }
      seen.append((t, n))
      if let y = x, t.isSome { typeAssertion(n, y, t, typeSwitch: true) }
    }
    if list.count != 1 || t.isNone { return x?.type ?? ts.invalid }
    return t
  }

  /// The predeclared nil, possibly in parentheses.
  private func isNil(_ n: NodeID) -> Bool {
    let m = tree.unparen(n)
    if tree.kind(m) != .name { return false }
    let (_, o) = ts.lookupOutward(env.scope, tree.name(m))
    return o.isSome && ts.objects[o].kind == .nilValue
  }

  // MARK: Select

  func selectStmt(_ s: NodeID) {
    let clauses = tree.selectStmt(s).clauses
    checkDefaults(clauses)
    for c in tree.each(clauses) {
      let clause = tree.clause(c)
      if clause.head.isSome && !isCommunication(clause.head) {
        report(clause.head, .invalidSelectCase)
        continue
      }
      let scope = env.scope
      openScope()
      stmt(clause.head)
      stmtList(clause.body)
      env.scope = scope
    }
  }

  /// A send, or a receive whose value may be assigned.
  private func isCommunication(_ n: NodeID) -> Bool {
    var x = NodeID.none
    switch tree.kind(n) {
    case .send: return true
    case .assign: x = tree.assign(n).rhs
    case .exprStmt: x = tree.exprStmt(n)
    default: return false
    }
    if x.isNone { return false }
    x = tree.unparen(x)
    return tree.kind(x) == .unary && tree.op(x) == .recv
  }
}

/// The constants among which gc looks for duplicates: integers of 64 bits, floats, strings.
enum CaseKey: Hashable {
  case int(Int64)
  case unsigned(UInt64)
  case float(UInt64)
  case string([UInt8])

  init?(_ v: ConstValue) {
    switch v {
    case .int(let i): self = .int(i)
    case .big(let b):
      guard !b.isNegative, let u = b.magnitude.uint64 else { return nil }
      self = .unsigned(u)
    case .ratio, .float:
      if case .int(let i) = v.toInt() {
        self = .int(i)
      } else {
        self = .float(v.float64.bitPattern)
      }
    case .string(let s): self = .string(s.bytes)
    default: return nil
    }
  }
}

/// Case values seen so far, with their types: a value occurs once for each type in a switch on an
/// interface. Looked up only.
private struct CaseValues {
  private var table: [CaseKey: [(type: TypeID, pos: Pos)]] = [:]

  func find(_ k: CaseKey, _ t: TypeID, _ ts: TypeStore) -> Pos? {
    for e in table[k] ?? [] where ts.identical(e.type, t) { return e.pos }
    return nil
  }

  mutating func add(_ k: CaseKey, _ t: TypeID, _ pos: Pos) {
    table[k, default: []].append((t, pos))
  }
}
