import Base
import Syntax

// For statements with range clause (Go spec, For statements with range clause).

extension Checker {
  /// What a range over a type yields; `cause` if that is nothing.
  struct RangeTypes {
    /// None if there is no such iteration variable.
    var key: TypeID = .none
    var value: TypeID = .none
    var cause: String? = nil
    var isValid = true

    static func bad(_ cause: String?) -> RangeTypes {
      RangeTypes(key: .none, value: .none, cause: cause, isValid: false)
    }
  }

  /// Types of the iteration variables of a range over `t`.
  func rangeTypes(_ t: TypeID) -> RangeTypes {
    var cause: String? = nil
    let core = ts.commonUnder(
      t,
      { (x: TypeID, u: TypeID) -> String? in
        if u.isSome && self.ts.kind(u) == .chan && self.ts.chanDir(u) == .send {
          return self.format(.causeSendOnly, [.type(x)])
        }
        return nil
      }, cause: &cause)
    if core.isNone { return .bad(cause) }
    let u = arrayBehindPointer(core)
    let int = ts.basic(.int)
    switch ts.kind(u) {
    case .basic:
      if ts.isString(u) { return RangeTypes(key: int, value: ts.universe.rune) }
      if ts.isInteger(u) {
        if !allowVersion(22) { return .bad("requires go1.22 or later") }
        return RangeTypes(key: t)
      }
      return .bad(nil)
    case .array, .slice: return RangeTypes(key: int, value: ts.elem(u))
    case .map: return RangeTypes(key: ts.mapKey(u), value: ts.elem(u))
    case .chan: return RangeTypes(key: ts.elem(u))
    case .signature: return rangeOverFunction(u)
    default: return .bad(nil)
    }
  }

  private func rangeOverFunction(_ u: TypeID) -> RangeTypes {
    if !allowVersion(23) { return .bad("requires go1.23 or later") }
    let wanted = "func must be func(yield func(...) bool): "
    let sig = ts.signature(u)
    if ts.memberCount(sig.params) != 1 { return .bad(wanted + "wrong argument count") }
    if ts.memberCount(sig.results) != 0 { return .bad(wanted + "unexpected results") }
    let y = ts.commonUnder(ts.memberType(sig.params, 0))
    if let f = y.failure { return .bad(wanted + "in yield type, " + text(of: f)) }
    if ts.kind(y.type) != .signature { return .bad(wanted + "argument is not func") }
    let yield = ts.signature(y.type)
    let count = ts.memberCount(yield.params)
    if count > 2 { return .bad(wanted + "yield func has too many parameters") }
    let results = ts.memberCount(yield.results)
    if results != 1 || !ts.identical(ts.memberType(yield.results, 0), ts.basic(.bool)) {
      let isOther = results == 1 && ts.isBoolean(ts.memberType(yield.results, 0))
      return .bad(
        wanted
          + (isOther
            ? "yield func returns user-defined boolean, not bool"
            : "yield func does not return bool"))
    }
    if yield.variadic { return .bad(format(.causeVariadicYield, [.type(y.type)])) }
    return RangeTypes(
      key: count >= 1 ? ts.memberType(yield.params, 0) : .none,
      value: count >= 2 ? ts.memberType(yield.params, 1) : .none)
  }

  /// A `forStmt` whose init is a `rangeClause`.
  func rangeStmt(_ s: NodeID) {
    let loop = tree.forStmt(s)
    let clause = tree.rangeClause(loop.initStmt)
    let lhs = tree.unpack(clause.lhs)
    let keyNode = lhs.count > 0 ? tree[lhs, 0] : .none
    let valueNode = lhs.count > 1 ? tree[lhs, 1] : .none
    let extraNode = lhs.count > 2 ? tree[lhs, 2] : .none
    var x = Operand()
    let savedCalls = env.hasCallOrReceive
    env.hasCallOrReceive = false
    expr(nil, &x, clause.x)
    if x.isValid && valueNode.isNone && !env.hasCallOrReceive {
      let t = arrayBehindPointer(ts.under(x.type))
      if ts.kind(t) == .array && ts.arrayLength(t) >= 0 {
        // Only the length is needed: the operand is not evaluated.
        recordType(
          tree.unparen(clause.x), .constant, ts.basic(.int),
          ts.constants.add(int: ts.arrayLength(t)))
      }
    }
    env.hasCallOrReceive = savedCalls || env.hasCallOrReceive
    var key: TypeID = .none
    var value: TypeID = .none
    if x.isValid {
      let r = rangeTypes(x.type)
      if !r.isValid {
        if let c = r.cause, !c.isEmpty {
          reportSoft(start(x), .cannotRangeWhy, .operand(x), .text(c))
        } else {
          reportSoft(start(x), .cannotRange, .operand(x))
        }
        (key, value) = (ts.invalid, ts.invalid)
      } else {
        if r.key.isNone && keyNode.isSome {
          reportSoft(start(keyNode), .rangeNoVariables, .operand(x))
        } else if r.value.isNone && valueNode.isSome {
          reportSoft(start(valueNode), .rangeOneVariable, .operand(x))
        } else if extraNode.isSome {
          reportSoft(start(extraNode), .rangeTwoVariables)
        }
        (key, value) = (r.key, r.value)
      }
    }
    // Variables of the clause live in the scope of the loop, which begins behind the expression.
    let scope = env.scope
    env.scope = ts.newScope(scope)
    defer { env.scope = scope }
    let overInt = x.isValid && ts.isInteger(x.type)
    if clause.isDef {
      defineRange(s, [keyNode, valueNode], [key, value], &x, overInt)
    } else if keyNode.isSome {
      assignRange([keyNode, valueNode], [key, value], &x, overInt)
    } else if overInt {
      // The operand needs a type although nothing is assigned.
      assignment(&x, .none, .rangeClause)
    }
    stmt(loop.body)
  }

  private func defineRange(
    _ loop: NodeID, _ nodes: [NodeID], _ types: [TypeID], _ x: inout Operand, _ overInt: Bool
  ) {
    var vars: [ObjectID] = []
    for i in nodes.indices where nodes[i].isSome {
      let node = nodes[i]
      var o: ObjectID
      if tree.kind(node) == .name {
        let name = tree.name(node)
        o = localVariable(name, tree.pos(node), .none)
        record(node, object: o)
        if name != KnownName.blank { vars.append(o) }
      } else {
        report(node, .cannotDeclare, .node(node))
        o = localVariable(KnownName.blank, start(node), .none)
      }
      let t = types[i]
      if t.isNone || t == ts.invalid {
        ts.objects[o].type = ts.invalid
        ts.objects[o].flags.insert(.used)
        continue
      }
      if overInt {
        initVar(o, &x, .rangeClause)
      } else {
        var y = Operand(.value, t, node)
        initVar(o, &y, .assignment)
      }
    }
    if vars.isEmpty {
      report(tree.pos(loop), .noNewVariables)
    } else {
      for o in vars { declare(env.scope, .none, o) }
    }
  }

  private func assignRange(
    _ nodes: [NodeID], _ types: [TypeID], _ x: inout Operand, _ overInt: Bool
  ) {
    for i in nodes.indices where nodes[i].isSome {
      let t = types[i]
      if t.isNone || t == ts.invalid { continue }
      if overInt {
        assignVar(nodes[i], .none, &x, .rangeClause)
        // An untyped operand has got the variable's type.
        if x.isValid && !ts.isInteger(x.type) {
          reportSoft(start(nodes[i]), .rangeVariableType, .type(x.type))
        }
      } else {
        var y = Operand(.value, t, nodes[i])
        assignVar(nodes[i], .none, &y, .assignment)
      }
    }
  }
}
