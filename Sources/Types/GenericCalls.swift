import Base
import Syntax

// Arguments of calls, and the instantiation of generic functions (Go spec, Calls; Instantiations).
//
// The arguments of one call may themselves be generic functions without (all) type arguments. Their
// type parameters and the callee's are inferred together, then the callee and these arguments are
// instantiated, and at last all arguments are assigned to their parameters.

extension Checker {
  // MARK: Lists of expressions

  /// Operands of a list of expressions; a single call may give several.
  func exprList(_ list: NodeList) -> [Operand] {
    if list.count == 1 { return multiExpr(tree[list, 0], allowCommaOk: false).list }
    var result: [Operand] = []
    result.reserveCapacity(Int(list.count))
    for i in list.indices {
      var x = Operand()
      expr(nil, &x, tree[list, i])
      result.append(x)
    }
    return result
  }

  /// Like `exprList`; operands may be generic functions, from Go 1.21 on. `targs[i]` are the type
  /// arguments given for the i-th operand if it is a partially instantiated function; the list may
  /// be shorter than the operands.
  func genericExprList(_ list: NodeList) -> (args: [Operand], targs: [[TypeID]]) {
    let infer = !allowVersion(21)
    if list.count == 1 {
      let e = tree[list, 0]
      var x = Operand()
      if let targs = genericIndex(&x, e, infer: infer) { return ([x], [targs]) }
      _ = rawExpr(nil, &x, e, hint: .none, allowGeneric: true)
      exclude(&x)
      if x.isValid && x.type.isSome && ts.kind(x.type) == .tuple {
        var result: [Operand] = []
        for i in 0..<ts.memberCount(x.type) {
          var y = Operand(.value, ts.memberType(x.type, i), e)
          y.note = Operand.someResult
          result.append(y)
        }
        return (result, [])
      }
      return ([x], [])
    }
    var args: [Operand] = []
    var targs: [[TypeID]] = []
    args.reserveCapacity(Int(list.count))
    for i in list.indices {
      let e = tree[list, i]
      var x = Operand()
      if let t = genericIndex(&x, e, infer: infer) {
        while targs.count < i { targs.append([]) }
        targs.append(t)
      } else {
        genericExpr(&x, e, hint: .none)
      }
      args.append(x)
    }
    return (args, targs)
  }

  /// If `e` is a generic function with type arguments, checks it and returns those that do not
  /// suffice to instantiate it (else none). Nil for any other expression, which is then still to be
  /// checked.
  private func genericIndex(_ x: inout Operand, _ e: NodeID, infer: Bool) -> [TypeID]? {
    if tree.kind(e) != .index || !mayBeFunction(tree.index(e).x) { return nil }
    if !indexExpr(&x, e) {
      // An ordinary index expression: it is checked again by the caller's route, so finish here.
      x.expr = e
      record(x)
      exclude(&x)
      singleValue(&x)
      return []
    }
    if let targs = funcInst(nil, tree.pos(e), &x, e, infer: infer), x.isValid {
      x.expr = e
      return targs
    }
    record(x)
    return []
  }

  /// Cheap test that keeps ordinary index expressions on the usual route.
  private func mayBeFunction(_ n: NodeID) -> Bool {
    switch tree.kind(n) {
    case .name, .selector, .paren: true
    default: false
    }
  }

  // MARK: Instantiation

  /// Instantiates generic function `x` with the type arguments of `indexNode` (absent: none). Missing
  /// ones are inferred from `target` and constraints if `infer`; otherwise the given ones are
  /// returned and `x` stays generic. Nil in all other cases; `x` is invalid after an error.
  func funcInst(
    _ target: Target?, _ pos: Pos, _ x: inout Operand, _ indexNode: NodeID, infer: Bool
  ) -> [TypeID]? {
    var at = pos
    if indexNode.isSome {
      at = tree.pos(indexNode)
      x.expr = indexNode
    }
    let versionOK = verifyVersion(at, 18, .versionFunctionInstantiation)
    var targs: [TypeID] = []
    var nodes: [NodeID] = []
    if indexNode.isSome {
      let list = tree.unpack(tree.index(indexNode).index)
      for i in list.indices { nodes.append(tree[list, i]) }
      guard let t = typeList(list) else {
        x.mode = .invalid
        return nil
      }
      targs = t
    }
    let sig = ts.unalias(x.type)
    let wanted = ts.typeList(ts.signature(sig).typeParams)
    if targs.count > wanted.count {
      report(nodes[targs.count - 1], .gotTypeArgs, .int(targs.count), .int(wanted.count))
      x.mode = .invalid
      return nil
    }
    if targs.count < wanted.count {
      if !infer { return targs }
      guard let t = inferForTarget(target, pos, at, x, indexNode, targs, versionOK) else {
        x.mode = .invalid
        return nil
      }
      targs = t
    }
    x.type = instantiateSignature(tree.pos(x.expr), x.expr, sig, targs, nodes)
    x.mode = .value
    return nil
  }

  /// The type arguments of `x`, some given, the others from what it is assigned to.
  private func inferForTarget(
    _ target: Target?, _ pos: Pos, _ at: Pos, _ x: Operand, _ indexNode: NodeID,
    _ targs: [TypeID], _ versionOK: Bool
  ) -> [TypeID]? {
    let info = ts.signature(ts.unalias(x.type))
    var args: [Operand] = []
    var params: TypeID = .none
    var text: (text: String, pos: Pos)? = nil
    if let t = target {
      if versionOK && !allowVersion(21) {
        reportVersion(
          at, 21, indexNode.isSome ? .versionPartialInstantiation : .versionImplicitInstantiation)
      }
      var plain = info
      plain.typeParams = .empty
      plain.recv = .none
      let p = ts.variable(.none, tree.pos(x.expr), ts.signatureType(plain), env.package, .param)
      params = ts.tuple([p])
      args = [Operand(.value, t.signature, x.expr)]
      text = (t.what, tree.pos(x.expr))
    }
    let r = renamed(ts.typeList(info.typeParams), params)
    var e = ErrorReport()
    let result = infer(pos, r.params, targs, params: r.type, args, target: text, &e)
    if result == nil && !e.parts.isEmpty { emit(e) }
    return result
  }

  /// The signature of a generic function with `targs`; notes the instantiation for `expr` and
  /// verifies constraints later.
  func instantiateSignature(
    _ pos: Pos, _ expr: NodeID, _ sig: TypeID, _ targs: [TypeID], _ argNodes: [NodeID]
  ) -> TypeID {
    let result = ts.instantiateSignature(sig, targs)
    recordInstance(expr, targs, result)
    let params = ts.typeList(ts.signature(sig).typeParams)
    later { [unowned self] () -> Void in
      self.verifyInstance(pos, params, targs, argNodes, self.env.minor)
    }
    return result
  }

  // MARK: Arguments

  /// Checks the arguments of the call `node` of a function with signature `sig` and instantiates
  /// what is generic. Returns the callee's signature, instantiated, or `sig` after an error.
  func arguments(
    _ node: NodeID, _ sig: TypeID, _ targs: [TypeID], _ argNodes: [NodeID],
    _ args: inout [Operand], _ atargs: [[TypeID]]
  ) -> TypeID {
    let call = tree.call(node)
    let info = ts.signature(sig)
    var wanted = ts.memberCount(info.params)
    var sigParams = info.params
    var adjusted = false
    if info.variadic {
      if call.hasDots {
        if call.args.count == 1 && args.count > 1 {
          report(node, .dotsWithMany, .int(args.count), .node(tree[call.args, 0]))
          return sig
        }
      } else if args.count >= wanted - 1 {
        (sigParams, adjusted) = spread(info.params, args.count)
        wanted = args.count
      } else {
        wanted -= 1
      }
    } else if call.hasDots {
      report(node, .dotsNotVariadic, .node(call.fun))
      return sig
    }
    if args.count != wanted {
      reportArgumentCount(node, call, info, args, wanted)
      return sig
    }
    if info.typeParams.isEmpty && !hasGeneric(args) {
      assignArguments(call, sigParams, &args)
      return sig
    }
    return inferArguments(
      node, call, sig, sigParams, adjusted, targs, argNodes, &args, atargs)
  }

  private func hasGeneric(_ args: [Operand]) -> Bool {
    args.contains { (a: Operand) -> Bool in isGenericFunction(a) }
  }

  private func isGenericFunction(_ a: Operand) -> Bool {
    a.isValid && a.type.isSome && ts.kind(a.type) == .signature
      && !ts.signature(a.type).typeParams.isEmpty
  }

  /// The parameters of a variadic function for `count` arguments: the last one once for each.
  private func spread(_ params: TypeID, _ count: Int) -> (TypeID, Bool) {
    let n = ts.memberCount(params)
    let last = ts.objects[ts.member(params, n - 1)]
    if ts.kind(ts.under(last.type)) != .slice { return (params, false) }
    var vars = (0..<(n - 1)).map { (i: Int) -> ObjectID in ts.member(params, i) }
    if vars.count < count {
      let v = ts.variable(last.name, last.pos, ts.elem(ts.under(last.type)), last.package, .param)
      while vars.count < count { vars.append(v) }
    }
    return (ts.tuple(vars), true)
  }

  private func reportArgumentCount(
    _ node: NodeID, _ call: SyntaxTree.Call, _ info: SignatureInfo, _ args: [Operand], _ wanted: Int
  ) {
    var at = node
    let tooMany = args.count > wanted
    if tooMany {
      at = args[wanted].expr
    } else if let last = args.last {
      at = last.expr
    }
    let params = (0..<ts.memberCount(info.params)).map { (i: Int) -> TypeID in
      ts.memberType(info.params, i)
    }
    let have = typesSummary(args.map { (a: Operand) -> TypeID in a.type }, hasDots: call.hasDots)
    let want = typesSummary(params, variadic: info.variadic)
    var e = ErrorReport()
    add(
      &e, start(at), .argumentCount, .text(tooMany ? "too many" : "not enough"), .node(call.fun))
    add(&e, .none, .have, .text(have))
    add(&e, .none, .want, .text(want))
    emit(e)
  }

  /// Types in parentheses, as a reader would call them: untyped numbers are "number".
  func typesSummary(_ list: [TypeID], variadic: Bool = false, hasDots: Bool = false) -> String {
    var parts: [String] = []
    for i in list.indices {
      let t = list[i]
      var s: String
      if t.isNone || !ts.isValid(t) {
        s = "unknown type"
      } else if ts.isUntyped(t) {
        s = ts.isNumeric(t) ? "number" : String(typeString(t).dropFirst("untyped ".count))
      } else {
        s = typeString(t)
      }
      if i == list.count - 1 {
        if variadic {
          if t.isSome && ts.kind(t) == .slice { s = typeString(ts.elem(t)) }
          s = "..." + s
        } else if hasDots {
          s += "..."
        }
      }
      parts.append(s)
    }
    return "(" + parts.joined(separator: ", ") + ")"
  }

  private func assignArguments(_ call: SyntaxTree.Call, _ params: TypeID, _ args: inout [Operand]) {
    for i in args.indices { assignment(&args[i], ts.memberType(params, i), .argument(call.fun)) }
  }

  /// The callee or an argument is generic.
  private func inferArguments(
    _ node: NodeID, _ call: SyntaxTree.Call, _ sig: TypeID, _ params: TypeID, _ adjusted: Bool,
    _ given: [TypeID], _ argNodes: [NodeID], _ args: inout [Operand], _ atargs: [[TypeID]]
  ) -> TypeID {
    let pos = tree.pos(node)
    let own = ts.typeList(ts.signature(sig).typeParams)
    var tparams: [TypeID] = []
    var targs = given
    var sigParams = params
    if !own.isEmpty {
      if !allowVersion(18) {
        let isIndex = tree.kind(call.fun) == .index
        reportVersion(
          isIndex ? start(call.fun) : start(node), 18,
          isIndex ? .versionFunctionInstantiation : .versionImplicitFunction)
      }
      let r = renamed(own, sigParams)
      (tparams, sigParams) = (r.params, r.type)
      while targs.count < tparams.count { targs.append(.none) }
    }
    var genericArgs: [Int] = []
    for i in args.indices where isGenericFunction(args[i]) {
      // Fresh type parameters for each: f(g, g) has two of them.
      var info = ts.signature(args[i].type)
      let r = renamed(ts.typeList(info.typeParams), plainSignature(info))
      info = ts.signature(r.type)
      info.typeParams = ts.range(r.params)
      args[i].type = ts.signatureType(info)
      tparams += r.params
      if i < atargs.count { targs += atargs[i] }
      while targs.count < tparams.count { targs.append(.none) }
      genericArgs.append(i)
    }
    if let first = genericArgs.first {
      _ = verifyVersion(start(args[first]), 21, .versionGenericArgument)
    }
    var e = ErrorReport()
    guard let inferred = infer(pos, tparams, targs, params: sigParams, args, &e) else {
      if let first = e.parts.first {
        var text = first.text
        for part in e.parts.dropFirst() { text += "\n\t" + part.text }
        report(first.pos, .inCall, .node(call.fun), .text(text))
      }
      return sig
    }
    var result = sig
    if !own.isEmpty {
      let mine = Array(inferred[..<own.count])
      result = instantiateSignature(pos, call.fun, sig, mine, argNodes)
      sigParams =
        adjusted
        ? ts.substitute(sigParams, Substitution(Array(tparams[..<own.count]), mine))
        : ts.signature(result).params
    }
    var next = own.count
    for i in genericArgs {
      let n = ts.signature(args[i].type).typeParams.n
      let mine = Array(inferred[next..<next + n])
      args[i].type = instantiateSignature(pos, args[i].expr, args[i].type, mine, [])
      record(args[i])
      next += n
    }
    assignArguments(call, sigParams, &args)
    return result
  }

  /// The signature without its type parameters, for renaming them.
  private func plainSignature(_ info: SignatureInfo) -> TypeID {
    var s = info
    s.typeParams = .empty
    return ts.signatureType(s)
  }
}
