// Calls and conversions (Go spec, Calls).
import Base
import Syntax

extension Checker {
  func callExpr(_ x: inout Operand, _ n: NodeID) -> ExprKind {
    let call = tree.call(n)
    var inst = NodeID.none
    if tree.kind(call.fun) == .index {
      if indexExpr(&x, call.fun) { inst = call.fun }
      x.expr = call.fun
      record(x)
    } else {
      exprOrType(&x, call.fun, allowGeneric: true)
    }
    switch x.mode {
    case .invalid:
      use(call.args)
      x.expr = n
      return .statement
    case .type:
      conversionCall(&x, n, call)
      x.expr = n
      return .conversion
    case .builtin:
      let id = x.builtin
      if !builtin(&x, n, id) { x.mode = .invalid }
      x.expr = n
      if x.isValid && x.mode != .constant { env.hasCallOrReceive = true }
      return id.shape.isStatement ? .statement : .expression
    default: break
    }
    functionCall(&x, n, call, inst)
    x.expr = n
    return .statement
  }

  /// `T(x)`.
  private func conversionCall(_ x: inout Operand, _ n: NodeID, _ call: SyntaxTree.Call) {
    nonGeneric(nil, &x)
    if !x.isValid { return }
    let t = x.type
    x.mode = .invalid
    if !isComplete(t) { return }
    let count = Int(call.args.count)
    if count == 0 {
      report(n, .missingConversionArgument, .type(t))
      return
    }
    if count > 1 {
      use(call.args)
      report(tree[call.args, count - 1], .tooManyConversionArguments, .type(t))
      return
    }
    let arg = tree[call.args, 0]
    expr(target(t, .text("conversion")), &x, arg)
    if !x.isValid { return }
    let u = ts.under(t)
    if ts.kind(u) == .interface && !ts.isTypeParam(t) && !ts.typeSet(of: u).isMethodSet {
      // As in gc the operand stays what it is, here and below, and may be complained about again.
      report(n, .conversionToConstraint, .type(t))
      return
    }
    if call.hasDots {
      report(arg, .dotsInConversion, .type(t))
      return
    }
    conversion(&x, t)
  }

  /// A call of a function value, possibly generic; `inst` is its instantiation or absent.
  private func functionCall(
    _ x: inout Operand, _ n: NodeID, _ call: SyntaxTree.Call, _ inst: NodeID
  ) {
    var sig = ts.isTypeParam(x.type) ? TypeID.none : ts.under(x.type)
    if ts.kind(sig) != .signature {
      var cause: String? = nil
      sig = ts.commonUnder(
        x.type,
        { (t: TypeID, u: TypeID) -> String? in
          u.isSome && self.ts.kind(u) != .signature
            ? self.format(.causeNotAFunction, [.type(t)]) : nil
        }, cause: &cause)
      if sig.isNone || ts.kind(sig) != .signature {
        // Like gc, leave the arguments alone: variables only used there are reported, too.
        report(x, .cannotCall, .operand(x), .text(cause ?? ""))
        x.mode = .invalid
        return
      }
    }
    let wasGeneric = !ts.signature(sig).typeParams.isEmpty
    var targs: [TypeID] = []
    var nodes: [NodeID] = []
    if inst.isSome {
      let list = tree.unpack(tree.index(inst).index)
      for i in list.indices { nodes.append(tree[list, i]) }
      guard let given = typeList(list) else {
        use(call.args)
        x.mode = .invalid
        return
      }
      targs = given
      let wanted = ts.signature(sig).typeParams.n
      if targs.count > wanted {
        report(nodes[wanted], .gotTypeArgs, .int(targs.count), .int(wanted))
        use(call.args)
        x.mode = .invalid
        return
      }
      // With all type arguments given, the signature is known whatever the arguments are.
      if targs.count == wanted && wanted > 0 {
        _ = verifyVersion(start(inst), 18, .versionFunctionInstantiation)
        sig = instantiateSignature(tree.pos(inst), inst, sig, targs, nodes)
        targs = []
        nodes = []
      }
    }
    var (args, argTargs) = genericExprList(call.args)
    sig = arguments(n, sig, targs, nodes, &args, argTargs)
    let s = ts.signature(sig)
    if wasGeneric && s.typeParams.isEmpty { recordType(call.fun, .value, sig) }
    switch ts.memberCount(s.results) {
    case 0: x.mode = .noValue
    case 1:
      let t = ts.memberType(s.results, 0)
      if !isComplete(t) {
        x.mode = .invalid
        return
      }
      x.mode = .value
      x.type = t
    default:
      x.mode = .value
      x.type = s.results
    }
    env.hasCallOrReceive = true
    // Inference failed: operands cannot have parameterized types.
    if x.mode == .value && !s.typeParams.isEmpty {
      if ts.isParameterized(x.type, by: ts.typeList(s.typeParams)) { x.mode = .invalid }
    }
  }
}
