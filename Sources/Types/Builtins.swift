import Base
import Syntax

// Calls of built-in functions (Go spec, Built-in functions). Each function checks one of them: `x`
// holds the first argument on entry, where arguments were evaluated, and the result on exit. False
// means that an error was reported. Those of package unsafe are in `Builtins+Unsafe.swift`, the
// numeric ones in `Builtins+Numeric.swift`.

extension Checker {
  /// Checks the call `node` of `id`. `x.expr` is left to the caller.
  func builtin(_ x: inout Operand, _ node: NodeID, _ id: Builtin) -> Bool {
    let call = tree.call(node)
    if call.hasDots && id != .append {
      report(node, .dotsWithBuiltin, .text(id.name))
      use(call.args)
      return false
    }
    // len(x) and cap(x) may be constant if x contains no calls and no receives.
    let saved = env.hasCallOrReceive
    if id == .len || id == .cap { env.hasCallOrReceive = false }
    defer { if id == .len || id == .cap { env.hasCallOrReceive = saved } }

    var args: [Operand] = []
    var count = Int(call.args.count)
    switch id {
    case .make, .new, .unsafeOffsetof, .testTrace: break
    default:
      args = exprList(call.args)
      count = args.count
      for a in args where !a.isValid { return false }
      if count > 0 { x = args[0] }
    }
    let shape = id.shape
    if count < shape.arguments || !shape.variadic && count > shape.arguments {
      let qualifier = count < shape.arguments ? "not enough" : "too many"
      report(
        node, .builtinArgumentCount, .text(qualifier), .node(node),
        .int(shape.arguments), .int(count))
      return false
    }
    switch id {
    case .append: return builtinAppend(&x, node, call, &args)
    case .cap, .len: return builtinLen(&x, id)
    case .clear: return builtinClear(&x, call)
    case .close: return builtinClose(&x)
    case .complex: return builtinComplex(&x, node, &args[1])
    case .copy: return builtinCopy(&x, args[1])
    case .delete: return builtinDelete(&x, args[1])
    case .imag, .real: return builtinParts(&x, id)
    case .make: return builtinMake(&x, node, call)
    case .max, .min: return builtinMinMax(&x, call, &args, id)
    case .new: return builtinNew(&x, call)
    case .panic:
      assignment(&x, ts.universe.emptyInterface, .text("argument to panic"))
      if !x.isValid { return false }
      x.mode = .noValue
      return true
    case .print, .println:
      for i in args.indices {
        assignment(&args[i], .none, .text("argument to built-in " + id.name))
        if !args[i].isValid { return false }
      }
      x.mode = .noValue
      return true
    case .recover:
      x.mode = .value
      x.type = ts.universe.emptyInterface
      return true
    case .testAssert: return builtinAssert(&x, node)
    case .testTrace: return builtinTrace(&x, call)
    default: return builtinUnsafe(&x, call, args, id)
    }
  }

  /// `typeErrorf` of a slice operand: the element type that all types in `x`'s type set share.
  private func sliceElement(_ x: Operand, _ cause: inout String) -> TypeID {
    var e: TypeID = .none
    var failure: String? = nil
    _ = ts.allTerms(x.type) { (_: TypeID, u: TypeID) -> Bool in
      if u.isNone || ts.kind(u) != .slice {
        failure =
          x.mode == .nilValue
          ? format(.causeSliceNil, []) : format(.causeSliceHave, [.operand(x)])
        return false
      }
      if e.isNone {
        e = ts.elem(u)
      } else if !ts.identical(e, ts.elem(u)) {
        failure = format(.causeSliceElements, [.type(e), .type(ts.elem(u)), .operand(x)])
        return false
      }
      return true
    }
    if let f = failure {
      cause = f
      return .none
    }
    return e
  }

  private func isByteSlice(_ u: TypeID) -> Bool {
    u.isSome && ts.kind(u) == .slice && ts.identical(ts.elem(u), ts.universe.byte)
  }

  /// The type set of `t` consists of strings and byte slices; whether there are strings.
  private func bytesOrString(_ t: TypeID) -> (all: Bool, anyString: Bool) {
    var anyString = false
    let all = ts.allTerms(t) { (_: TypeID, u: TypeID) -> Bool in
      if isByteSlice(u) { return true }
      if u.isSome && ts.isString(u) {
        anyString = true
        return true
      }
      return false
    }
    return (all, anyString)
  }

  private func builtinAppend(
    _ x: inout Operand, _ node: NodeID, _ call: SyntaxTree.Call, _ args: inout [Operand]
  ) -> Bool {
    var cause = ""
    let e = sliceElement(x, &cause)
    if e.isNone {
      report(x, .invalidAppend, .text(cause))
      return false
    }
    var done = false
    if args.count == 2 && call.hasDots && isAssignable(x, ts.slice(ts.universe.byte)) {
      // append([]byte, string...)
      let s = bytesOrString(args[1].type)
      done = s.all && s.anyString
      if done && ts.isUntyped(args[1].type) {
        convertUntyped(&args[1], ts.basic(.string))
        if !args[1].isValid { return false }
      }
    }
    if !done {
      var sig = SignatureInfo()
      let params = [
        ts.variable(.none, .none, x.type, .none, .param),
        ts.variable(.none, .none, ts.slice(e), .none, .param),
      ]
      sig.params = ts.tuple(params)
      sig.results = ts.tuple([ts.variable(.none, .none, x.type, .none, .result)])
      sig.variadic = true
      _ = arguments(node, ts.signatureType(sig), [], [], &args, [])
    }
    x.mode = .value
    return true
  }

  private func builtinLen(_ x: inout Operand, _ id: Builtin) -> Bool {
    var mode = OperandMode.invalid
    var val = ConstID.none
    let isLen = id == .len
    let u = ts.under(x.type)
    let t = arrayBehindPointer(u)
    switch ts.kind(t) {
    case .basic where isLen && ts.isString(t):
      mode = .value
      if x.mode == .constant, case .string(let s) = ts.constants[x.val] {
        mode = .constant
        val = ts.constants.add(int: Int64(s.count))
      }
    case .array:
      mode = .value
      if !env.hasCallOrReceive {
        mode = .constant
        let n = ts.arrayLength(t)
        val = n >= 0 ? ts.constants.add(int: n) : ConstTable.unknown
      }
    case .slice, .chan: mode = .value
    case .map: if isLen { mode = .value }
    case .interface where ts.isTypeParam(x.type):
      let ok = ts.allTerms(x.type) { (_: TypeID, v: TypeID) -> Bool in
        if v.isNone { return false }
        let w = arrayBehindPointer(v)
        switch ts.kind(w) {
        case .basic: return isLen && ts.isString(w)
        case .array, .slice, .chan: return true
        case .map: return isLen
        default: return false
        }
      }
      if ok { mode = .value }
    default: break
    }
    if mode == .invalid {
      if ts.isValid(u) { report(x, isLen ? .invalidLen : .invalidCap, .operand(x)) }
      return false
    }
    x.mode = mode
    x.type = ts.basic(.int)
    x.val = val
    return true
  }

  /// A for *A where A is an array, else `t`.
  func arrayBehindPointer(_ t: TypeID) -> TypeID {
    if ts.kind(t) != .pointer { return t }
    let u = ts.under(ts.elem(t))
    return ts.kind(u) == .array ? u : t
  }

  private func builtinClear(_ x: inout Operand, _ call: SyntaxTree.Call) -> Bool {
    _ = verifyVersion(start(call.fun), 21, .versionClear)
    let ok = ts.allUnder(x.type) { (u: TypeID) -> Bool in
      u.isSome && (ts.kind(u) == .map || ts.kind(u) == .slice)
    }
    if !ok {
      report(x, .invalidClear, .operand(x))
      return false
    }
    x.mode = .noValue
    return true
  }

  private func builtinClose(_ x: inout Operand) -> Bool {
    var message: Message? = nil
    _ = ts.allUnder(x.type) { (u: TypeID) -> Bool in
      if u.isNone || ts.kind(u) != .chan {
        message = .closeNonChannel
      } else if ts.chanDir(u) == .receive {
        message = .closeReceiveOnly
      }
      return message == nil
    }
    if let m = message {
      report(x, m, .operand(x))
      return false
    }
    x.mode = .noValue
    return true
  }

  private func builtinCopy(_ x: inout Operand, _ y0: Operand) -> Bool {
    var y = y0
    var cause = ""
    let to = sliceElement(x, &cause)
    if to.isNone {
      report(x, .invalidCopy, .text(cause))
      return false
    }
    let special = isAssignable(x, ts.slice(ts.universe.byte)) && bytesOrString(y.type).all
    if !special {
      var from = sliceElement(y, &cause)
      if from.isNone {
        if !ts.allString(y.type) {
          report(y, .invalidCopy, .text(cause))
          return false
        }
        from = ts.universe.byte
      }
      if !ts.identical(to, from) {
        report(x, .copyElements, .operand(x), .operand(y), .type(to), .type(from))
        return false
      }
    }
    if ts.isUntyped(y.type) { convertUntyped(&y, ts.basic(.string)) }
    x.mode = .value
    x.type = ts.basic(.int)
    return true
  }

  private func builtinDelete(_ x: inout Operand, _ k: Operand) -> Bool {
    var key: TypeID = .none
    var message: Message? = nil
    _ = ts.allUnder(x.type) { (u: TypeID) -> Bool in
      if u.isNone || ts.kind(u) != .map {
        message = .deleteNonMap
      } else if key.isSome && !ts.identical(ts.mapKey(u), key) {
        message = .deleteKeys
      } else {
        key = ts.mapKey(u)
      }
      return message == nil
    }
    if let m = message {
      report(x, m, .operand(x))
      return false
    }
    x = k
    assignment(&x, key, .text("argument to delete"))
    if !x.isValid { return false }
    x.mode = .noValue
    return true
  }

  private func builtinMake(_ x: inout Operand, _ node: NodeID, _ call: SyntaxTree.Call) -> Bool {
    let arg = tree[call.args, 0]
    let t = varType(arg)
    if !ts.isValid(t) { return false }
    var cause: String? = nil
    let u = ts.commonUnder(
      t,
      { (_: TypeID, v: TypeID) -> String? in
        if v.isNone { return self.format(.causeNoSpecificType, []) }
        switch self.ts.kind(v) {
        case .slice, .map, .chan: return nil
        default: return self.format(.causeNotMakeable, [])
        }
      }, cause: &cause)
    if u.isNone {
      report(arg, .invalidMake, .node(arg), .text(cause ?? ""))
      return false
    }
    let count = Int(call.args.count)
    let least = ts.kind(u) == .slice ? 2 : 1
    if count < least || least + 1 < count {
      report(
        node, .makeArgumentCount, .node(node), .int(least), .int(least + 1), .int(count))
      return false
    }
    var sizes: [Int64] = []
    for i in 1..<max(1, count) {
      let size = index(tree[call.args, i], max: -1).1
      if size >= 0 { sizes.append(size) }
    }
    if sizes.count == 2 && sizes[0] > sizes[1] { report(tree[call.args, 1], .makeSwapped) }
    x.mode = .value
    x.type = t
    return true
  }

  private func builtinNew(_ x: inout Operand, _ call: SyntaxTree.Call) -> Bool {
    let arg = tree[call.args, 0]
    exprOrType(&x, arg, allowGeneric: false)
    exclude(&x, type: false)
    switch x.mode {
    case .invalid: return false
    case .type: validVarType(arg, x.type)
    default:
      if ts.isUntyped(x.type) {
        assignment(&x, .none, .text("argument to new"))
        if !x.isValid { return false }
      }
      _ = verifyVersion(start(call.fun), 26, .versionNewExpression, .node(arg))
    }
    x.mode = .value
    x.type = ts.pointer(x.type)
    return true
  }

  // MARK: Functions of the checker's own tests

  private func builtinAssert(_ x: inout Operand, _ node: NodeID) -> Bool {
    if x.mode != .constant || !ts.isBoolean(x.type) {
      report(x, .assertNotBoolean, .operand(x))
      return false
    }
    if case .bool(let b) = ts.constants[x.val] {
      if !b { report(node, .assertFailed, .node(node)) }
      return true
    }
    report(x, .assertUnknown, .operand(x))
    return false
  }

  private func builtinTrace(_ x: inout Operand, _ call: SyntaxTree.Call) -> Bool {
    if call.args.isEmpty {
      x.mode = .noValue
      return true
    }
    var rest = Operand()
    for i in call.args.indices {
      if i == 0 {
        _ = rawExpr(nil, &x, tree[call.args, i], hint: .none, allowGeneric: false)
      } else {
        _ = rawExpr(nil, &rest, tree[call.args, i], hint: .none, allowGeneric: false)
      }
    }
    return x.isValid
  }
}
