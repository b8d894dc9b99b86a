// Expressions (Go spec, Expressions): the driver, and what has no file of its own.
import Base
import Syntax

extension Checker {
  /// Checks `n` and leaves what it denotes in `x`, invalid after an error. `target`: the function
  /// type that a generic function has to match. `hint`: type of an element of a composite literal,
  /// or none. `allowGeneric`: the result may be an uninstantiated generic type or function.
  @discardableResult
  func rawExpr(
    _ target: Target?, _ x: inout Operand, _ n: NodeID, hint: TypeID, allowGeneric: Bool
  ) -> ExprKind {
    depth += 1
    defer { depth -= 1 }
    x.val = .none
    if depth > Checker.maxDepth {
      report(n, .tooDeep)
      x.mode = .invalid
      x.expr = n
      return .statement
    }
    let kind = exprInternal(target, &x, n, hint)
    if !allowGeneric { nonGeneric(target, &x) }
    record(x)
    return kind
  }

  /// A generic function is instantiated for its target; anything else generic is reported.
  func nonGeneric(_ target: Target?, _ x: inout Operand) {
    if !x.isValid || x.mode == .noValue { return }
    var what = ""
    switch ts.kind(x.type) {
    case .alias, .named:
      if ts.isGeneric(x.type) { what = "type" }
    case .signature:
      if !ts.signature(x.type).typeParams.isEmpty {
        if target != nil {
          _ = funcInst(target, tree.pos(x.expr), &x, .none, infer: true)
          return
        }
        what = "function"
      }
    default: return
    }
    if what.isEmpty { return }
    report(x.expr, .genericUse, .text(what), .node(x.expr))
    x.mode = .invalid
    x.type = ts.invalid
  }

  private func exprInternal(
    _ target: Target?, _ x: inout Operand, _ n: NodeID, _ hint: TypeID
  ) -> ExprKind {
    x.mode = .invalid
    x.type = ts.invalid
    switch tree.kind(n) {
    case .bad, .absent: break
    case .name: ident(&x, n, wantType: false)
    case .literal:
      let l = tree.literal(n)
      if !l.isBad { basicLiteral(&x, n, l) }
    case .funcLit: funcLiteral(&x, n)
    case .compositeLit: compositeLiteral(&x, n, hint)
    case .paren:
      let kind = rawExpr(nil, &x, tree.paren(n), hint: .none, allowGeneric: false)
      x.expr = n
      return kind
    case .selector: selector(&x, n, wantType: false)
    case .index:
      if indexExpr(&x, n) { _ = funcInst(target, tree.pos(n), &x, n, infer: true) }
    case .slice: sliceExpr(&x, n)
    case .assert: assertion(&x, n)
    case .typeSwitchGuard:
      report(n, .typeSwitchOutside)
      use(tree.typeSwitchGuard(n).x)
    case .call: return callExpr(&x, n)
    case .unary:
      let op = tree.op(n)
      if op == .mul {
        indirection(&x, n)
      } else {
        unary(&x, n)
        if x.isValid && op == .recv {
          x.expr = n
          return .statement
        }
      }
    case .binary: binaryChain(&x, n)
    case .keyValue: report(n, .unexpectedKeyValue)
    case .list: report(n, .unexpectedList)
    case .dotsType: report(n, .invalidDots)
    case .arrayType, .sliceType, .structType, .funcType, .interfaceType, .mapType, .chanType:
      x.mode = .type
      x.type = typ(n)
    default: report(n, .unexpectedList)
    }
    x.expr = n
    return x.isValid ? .expression : .statement
  }

  /// A single value.
  func expr(_ target: Target?, _ x: inout Operand, _ n: NodeID) {
    rawExpr(target, &x, n, hint: .none, allowGeneric: false)
    exclude(&x)
    singleValue(&x)
  }

  /// A single value, possibly a generic function.
  func genericExpr(_ x: inout Operand, _ n: NodeID, hint: TypeID) {
    rawExpr(nil, &x, n, hint: hint, allowGeneric: true)
    exclude(&x)
    singleValue(&x)
  }

  /// A value or a type.
  func exprOrType(_ x: inout Operand, _ n: NodeID, allowGeneric: Bool) {
    rawExpr(nil, &x, n, hint: .none, allowGeneric: allowGeneric)
    exclude(&x, noValue: true, builtin: false, type: false)
    singleValue(&x)
  }

  /// Value or values of `n`; with `allowCommaOk` a second untyped bool where the form has one.
  func multiExpr(_ n: NodeID, allowCommaOk: Bool) -> (list: [Operand], commaOk: Bool) {
    var x = Operand()
    rawExpr(nil, &x, n, hint: .none, allowGeneric: false)
    exclude(&x)
    if x.isValid && ts.kind(x.type) == .tuple {
      var list: [Operand] = []
      for i in 0..<ts.memberCount(x.type) {
        var y = Operand(.value, ts.memberType(x.type, i), n)
        y.note = Int16(truncatingIfNeeded: i + 1)
        list.append(y)
      }
      return (list, false)
    }
    if allowCommaOk && (x.mode == .mapIndex || x.mode == .commaOk) {
      var y = Operand(.value, ts.basic(.untypedBool), n)
      y.note = -1
      return ([x, y], true)
    }
    return ([x], false)
  }

  /// Reports an operand of an unwanted mode.
  func exclude(
    _ x: inout Operand, noValue: Bool = true, builtin: Bool = true, type: Bool = true
  ) {
    switch x.mode {
    case .noValue:
      if !noValue { return }
      report(x, type ? .usedAsValue : .usedAsValueOrType, .operand(x))
    case .builtin:
      if !builtin { return }
      report(x, .mustBeCalled, .operand(x))
    case .type:
      if !type { return }
      report(x, .notAnExpression, .operand(x))
    default: return
    }
    x.mode = .invalid
  }

  func singleValue(_ x: inout Operand) {
    if x.mode == .value && ts.kind(x.type) == .tuple {
      report(x, .multipleValue, .operand(x))
      x.mode = .invalid
    }
  }

  /// The target for assigning to type `t`; nil unless it is a function type.
  func target(_ t: TypeID, _ what: Arg) -> Target? {
    if t.isNone { return nil }
    // Nearly all types are judged by their kind.
    let u = ts.isTypeParam(t) ? commonUnder(t) : ts.under(t)
    if ts.kind(u) != .signature { return nil }
    return Target(signature: u, what: string(what))
  }

  func commonUnder(_ t: TypeID) -> TypeID {
    if !ts.isTypeParam(t) { return ts.under(t) }
    var cause: String? = nil
    return ts.commonUnder(t, nil, cause: &cause)
  }

  /// Writes the outcome into the side tables. Untyped operands are remembered as such until their
  /// final type is known (`updateExprType`).
  func record(_ x: Operand) {
    let f = env.file.index
    let n = x.expr.index
    switch x.mode {
    case .invalid: return
    case .noValue:
      files.elements[f].types[n] = .none
      files.elements[f].modes[n] = x.mode.rawValue
    default:
      files.elements[f].types[n] = x.type
      var m = x.mode.rawValue
      if ts.isUntyped(x.type) { m |= FileTypes.pending }
      files.elements[f].modes[n] = m
      if x.mode == .constant { files.elements[f].constants[n] = x.val }
    }
  }

  // MARK: Unary expressions

  private func indirection(_ x: inout Operand, _ n: NodeID) {
    let operand = tree.unary(n).x
    exprOrType(&x, operand, allowGeneric: false)
    switch x.mode {
    case .invalid: return
    case .type:
      validVarType(operand, x.type)
      x.type = ts.pointer(x.type)
      return
    default: break
    }
    var base = TypeID.none
    let y = x
    let ok = ts.allTerms(x.type) { (_: TypeID, u: TypeID) -> Bool in
      if u.isNone || self.ts.kind(u) != .pointer {
        self.report(y, .cannotIndirect, .operand(y))
        return false
      }
      let e = self.ts.elem(u)
      if base.isSome && !self.ts.identical(e, base) {
        self.report(y, .pointerBasesDiffer, .operand(y))
        return false
      }
      base = e
      return true
    }
    if !ok || base.isNone || !isComplete(base) {
      x.mode = .invalid
      return
    }
    x.mode = .variable
    x.type = base
  }

  private func unary(_ x: inout Operand, _ n: NodeID) {
    let e = tree.unary(n)
    expr(nil, &x, e.x)
    if !x.isValid { return }
    var op = e.op
    switch op {
    case .and:
      let inner = tree.unparen(e.x)
      if tree.kind(inner) != .compositeLit && x.mode != .variable {
        report(x, .cannotTakeAddress, .operand(x))
        x.mode = .invalid
        return
      }
      markAddressTaken(inner)
      x.mode = .value
      x.type = ts.pointer(x.type)
      return
    case .recv:
      let elem = chanElem(start(x), x, receive: true)
      if elem.isSome && isComplete(elem) {
        x.mode = .commaOk
        x.type = elem
        env.hasCallOrReceive = true
      } else {
        x.mode = .invalid
      }
      return
    case .tilde:
      if !ts.allInteger(x.type) {
        report(n, .tildeOutside)
        x.mode = .invalid
        return
      }
      report(n, .tildeOutsideComplement)
      op = .xor
    default: break
    }
    let ok: Bool
    switch op {
    case .add, .sub: ok = ts.allNumeric(x.type)
    case .xor: ok = ts.allInteger(x.type)
    case .not: ok = ts.allBoolean(x.type)
    default: ok = false
    }
    if !ok {
      report(x, .operatorNotDefined, .text(op.text.description), .operand(x))
      x.mode = .invalid
      return
    }
    if x.mode != .constant {
      x.mode = .value
      return
    }
    if x.val == ConstTable.unknown { return }
    let bits = ts.isUnsigned(x.type) ? Int(ts.sizeof(x.type)) * 8 : 0
    x.val = ts.constants.add(ConstValue.unary(op, ts.constants[x.val], unsignedBits: bits))
    x.expr = n
    overflow(&x, tree.pos(n))
  }

  /// Marks the variable whose address `&n` takes (of itself, or of a field or array element).
  func markAddressTaken(_ n: NodeID) {
    var n = tree.unparen(n)
    while true {
      switch tree.kind(n) {
      case .name:
        let o = files[env.file].object(n)
        if o.isSome && ts.objects[o].kind == .variable { ts.objects[o].flags.insert(.addressTaken) }
        return
      case .selector:
        let x = tree.unparen(tree.selector(n).x)
        if ts.underKind(recorded(x)) == .pointer { return }
        if let s = files[env.file].selection(n), s.indirect { return }
        n = x
      case .index:
        let x = tree.unparen(tree.index(n).x)
        if ts.underKind(recorded(x)) != .array { return }
        n = x
      case .paren: n = tree.unparen(n)
      default: return
      }
    }
  }

  /// Element type for receiving from or sending to `x`, none after reporting why not.
  func chanElem(_ pos: Pos, _ x: Operand, receive: Bool) -> TypeID {
    let direct = ts.isTypeParam(x.type) ? TypeID.none : ts.under(x.type)
    if ts.kind(direct) == .chan && ts.chanDir(direct) != (receive ? .send : .receive) {
      return ts.elem(direct)
    }
    var cause: String? = nil
    let u = ts.commonUnder(
      x.type,
      { (t: TypeID, u: TypeID) -> String? in
        if u.isNone { return "no specific channel type" }
        if self.ts.kind(u) != .chan { return "non-channel " + self.typeString(t) }
        let dir = self.ts.chanDir(u)
        if receive && dir == .send { return "send-only channel " + self.typeString(t) }
        if !receive && dir == .receive { return "receive-only channel " + self.typeString(t) }
        return nil
      }, cause: &cause)
    if u.isSome && ts.kind(u) == .chan { return ts.elem(u) }
    let why = Arg.text(cause ?? "")
    if ts.isTypeParam(x.type) {
      report(pos, receive ? .cannotReceiveParam : .cannotSendParam, .operand(x), why)
    } else {
      report(pos, receive ? .cannotReceive : .cannotSend, why, .operand(x))
    }
    return .none
  }

  // MARK: Type assertions

  private func assertion(_ x: inout Operand, _ n: NodeID) {
    let a = tree.assertion(n)
    expr(nil, &x, a.x)
    if !x.isValid { return }
    if ts.isTypeParam(x.type) {
      report(x, .assertOnTypeParameter, .operand(x))
      x.mode = .invalid
      return
    }
    if ts.underKind(x.type) != .interface {
      report(x, .notAnInterface, .operand(x))
      x.mode = .invalid
      return
    }
    let t = varType(a.type)
    if !ts.isValid(t) || !isComplete(t) {
      x.mode = .invalid
      return
    }
    typeAssertion(n, x, t, typeSwitch: false)
    x.mode = .commaOk
    x.type = t
  }

  /// Reports an assertion to `t` that cannot succeed.
  func typeAssertion(_ n: NodeID, _ x: Operand, _ t: TypeID, typeSwitch: Bool) {
    var cause: String? = nil
    if assertable(x.type, to: t, cause: &cause) { return }
    let why = Arg.text(cause ?? "")
    if typeSwitch {
      report(n, .impossibleCase, .node(n), .operand(x), .type(t), why)
    } else {
      report(n, .impossibleAssertion, .node(n), .type(t), .type(x.type), why)
    }
  }

  // MARK: Uses

  /// Checks an expression whose value does not matter, to mark what it uses. False after an error.
  @discardableResult
  func use(_ n: NodeID) -> Bool { use(n, lhs: false) }

  @discardableResult
  func use(_ list: NodeList) -> Bool {
    var ok = true
    for i in list.indices where !use(tree[list, i], lhs: false) { ok = false }
    return ok
  }

  /// The same for the left side of an assignment, where a variable is not used.
  @discardableResult
  func useLHS(_ n: NodeID) -> Bool { use(n, lhs: true) }

  private func use(_ n: NodeID, lhs: Bool) -> Bool {
    if n.isNone { return true }
    var x = Operand()
    x.mode = .value
    let inner = tree.unparen(n)
    switch tree.kind(inner) {
    case .absent: break
    case .name:
      let name = tree.name(inner)
      if name == KnownName.blank { break }
      var variable = ObjectID.none
      var wasUsed = false
      if lhs {
        let (_, o) = ts.lookupOutward(env.scope, name)
        if o.isSome && ts.objects[o].kind == .variable && ts.objects[o].package == env.package {
          variable = o
          wasUsed = ts.objects[o].flags.contains(.used)
        }
      }
      exprOrType(&x, inner, allowGeneric: true)
      if variable.isSome && !wasUsed { ts.objects[variable].flags.remove(.used) }
    case .list:
      let l = tree.list(inner)
      var ok = true
      for i in l.indices where !use(tree[l, i], lhs: lhs) { ok = false }
      return ok
    default: rawExpr(nil, &x, n, hint: .none, allowGeneric: true)
    }
    return x.isValid
  }
}
