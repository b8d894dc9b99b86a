import Base
import Syntax

// The built-in functions on numbers: complex, real, imag (Go spec, Manipulating complex numbers),
// min and max.

extension Checker {
  func builtinComplex(_ x: inout Operand, _ node: NodeID, _ y: inout Operand) -> Bool {
    switch (ts.isUntyped(x.type), ts.isUntyped(y.type)) {
    case (false, false): break
    case (true, false): convertUntyped(&x, y.type)
    case (false, true): convertUntyped(&y, x.type)
    case (true, true):
      if x.mode == .constant && y.mode == .constant {
        toUntypedFloat(&x)
        toUntypedFloat(&y)
      } else {
        // A shift of a constant whose type is not known yet; shifts of floats are errors.
        convertUntyped(&x, ts.basic(.float64))
        convertUntyped(&y, ts.basic(.float64))
      }
    }
    if !x.isValid || !y.isValid { return false }
    if !ts.identical(x.type, y.type) {
      report(x, .complexMismatch, .node(node), .type(x.type), .type(y.type))
      return false
    }
    let result = mapped(x, .complex) { (t: TypeID) -> TypeID in
      switch ts.basicKind(ts.under(t)) {
      case .float32: ts.basic(.complex64)
      case .float64: ts.basic(.complex128)
      case .untypedFloat: ts.basic(.untypedComplex)
      default: .none
      }
    }
    if result.isNone {
      report(x, .complexArguments, .type(x.type))
      return false
    }
    if x.mode == .constant && y.mode == .constant {
      let re = ts.constants[x.val].toFloat()
      let im = ts.constants[y.val].toFloat()
      x.val = ts.constants.add(ConstValue.makeComplex(re, im))
    } else {
      x.mode = .value
    }
    x.type = result
    return true
  }

  /// An untyped constant whose imaginary part is zero counts as a float.
  private func toUntypedFloat(_ x: inout Operand) {
    if !ts.isNumeric(x.type) { return }
    if case .complex(_, let im) = ts.constants[x.val], im.sign != 0 { return }
    x.type = ts.basic(.untypedFloat)
  }

  /// real and imag.
  func builtinParts(_ x: inout Operand, _ id: Builtin) -> Bool {
    if ts.isUntyped(x.type) {
      if x.mode == .constant {
        if ts.isNumeric(x.type) { x.type = ts.basic(.untypedComplex) }
      } else {
        convertUntyped(&x, ts.basic(.complex128))
        if !x.isValid { return false }
      }
    }
    let result = mapped(x, id) { (t: TypeID) -> TypeID in
      switch ts.basicKind(ts.under(t)) {
      case .complex64: ts.basic(.float32)
      case .complex128: ts.basic(.float64)
      case .untypedComplex: ts.basic(.untypedFloat)
      default: .none
      }
    }
    if result.isNone {
      report(x, id == .real ? .invalidReal : .invalidImag, .type(x.type))
      return false
    }
    if x.mode == .constant {
      var part = ConstValue.unknown
      switch ts.constants[x.val] {
      case .complex(let re, let im): part = id == .real ? re : im
      case .unknown: break
      case let real: part = id == .real ? real : .int(0)
      }
      x.val = ts.constants.add(part)
    } else {
      x.mode = .value
    }
    x.type = result
    return true
  }

  /// `f` of `x`'s type; for a type parameter a new one whose constraint has `f` of each term.
  /// None if `f` is none for one of them.
  private func mapped(_ x: Operand, _ id: Builtin, _ f: (TypeID) -> TypeID) -> TypeID {
    let p = ts.unalias(x.type)
    if ts.kind(p) != .typeParam { return f(x.type) }
    let set = ts.typeSet(ofParam: p)
    if !set.hasTerms { return .none }
    var terms: [(tilde: Bool, type: TypeID)] = []
    for t in set.terms.terms {
      let r = f(t.type)
      if r.isNone { return .none }
      terms.append((tilde: t.tilde, type: r))
    }
    // The result has a type that the program cannot name; gc refuses it for now.
    reportSoft(start(x), .typeParamNotSupported, .operand(x), .text(id.name))
    var i = InterfaceInfo()
    i.embeddeds = [ts.union(terms)]
    i.complete = true
    let fresh = ts.freshParams([p])[0]
    ts.typeParams[ts.side(fresh)].bound = ts.interfaceType(i)
    return fresh
  }

  func builtinMinMax(
    _ x: inout Operand, _ call: SyntaxTree.Call, _ args: inout [Operand], _ id: Builtin
  ) -> Bool {
    _ = verifyVersion(start(call.fun), 21, .versionBuiltin, .text(id.name))
    let op = id == .max ? Operator.gtr : Operator.lss
    for i in args.indices {
      if !ts.allOrdered(args[i].type) {
        report(args[i], .minMaxOperand, .operand(args[i]))
        return false
      }
      if i == 0 { continue }
      matchTypes(&x, &args[i])
      if !x.isValid { return false }
      let a = args[i]
      if !ts.identical(x.type, a.type) {
        report(a, .minMaxMismatch, .type(x.type), .type(a.type), .node(a.expr))
        return false
      }
      if x.mode == .constant && a.mode == .constant {
        if ConstValue.compare(ts.constants[a.val], op, ts.constants[x.val]) { x = a }
      } else {
        x.mode = .value
      }
    }
    if x.mode != .constant {
      x.mode = .value
      // A value must not be untyped.
      assignment(&x, ts.universe.emptyInterface, .text("argument to built-in " + id.name))
      if !x.isValid { return false }
    }
    for a in args { updateExprType(a.expr, x.type, final: true) }
    return true
  }
}
