import Base
import Syntax

// Instantiation as the checker sees it: counts, constraints, and the reporting forms of the
// questions in `Implements.swift`.
//
// Constraints are verified late (`later`): a declaration may instantiate a type with another one
// whose methods are not known yet.

extension Checker {
  /// The instance of `generic` with `args`. `argNodes` are the expressions of the arguments, for
  /// positions. `validate`: check the number of arguments and, when everything is declared,
  /// their constraints.
  func instantiate(
    _ pos: Pos, _ generic: TypeID, _ args: [TypeID], argNodes: [NodeID], validate: Bool
  ) -> TypeID {
    let params = ts.typeList(ts.typeParams(of: generic))
    if validate {
      let name = genericName(generic)
      if !validateArgumentCount(pos, generic, name: name, wanted: params.count, got: args.count) {
        return ts.invalid
      }
      let minor = env.minor
      later { [unowned self] () -> Void in
        self.verifyInstance(pos, params, args, argNodes, minor)
      }
    }
    return ts.instance(of: generic, args, at: pos)
  }

  private func genericName(_ t: TypeID) -> Arg {
    switch ts.kind(t) {
    case .named: .name(ts.objects[ts.namedInfo(t).object].name)
    case .alias: .name(ts.objects[ts.aliasInfo(t).object].name)
    default: .type(t)
    }
  }

  /// Reports a wrong number of type arguments.
  func validateArgumentCount(_ pos: Pos, _ generic: TypeID, name: Arg, wanted: Int, got: Int)
    -> Bool
  {
    if got == wanted { return true }
    let qualifier = got < wanted ? "not enough" : "too many"
    report(
      pos, .wrongTypeArgCount, .text(qualifier), name, .int(got), .int(wanted))
    return false
  }

  /// Reports the first type argument that does not satisfy its constraint; else notes the
  /// instantiation for `monomorph`.
  func verifyInstance(
    _ pos: Pos, _ params: [TypeID], _ args: [TypeID], _ argNodes: [NodeID], _ minor: UInt16
  ) {
    if params.count != args.count { return }
    var cause: String? = nil
    if let i = verify(pos, params, args, cause: &cause) {
      let at = i < argNodes.count ? tree.startPos(argNodes[i]) : pos
      reportSoft(at, .invalidTypeArg, .text(cause ?? ""))
      return
    }
    recordInstance(pos, params, args, argNodes)
  }

  /// Index of the first argument that does not satisfy its parameter's constraint, with the cause.
  func verify(_ pos: Pos, _ params: [TypeID], _ args: [TypeID], cause: inout String?) -> Int? {
    let s = Substitution(params, args)
    for i in params.indices {
      // Wraps a constraint that is no interface; the constraint is then replaced for good.
      _ = ts.constraint(of: params[i])
      let bound = ts.substitute(ts.typeParam(params[i]).bound, s)
      if !implements(pos, args[i], bound, constraint: true, cause: &cause) { return i }
    }
    return nil
  }

  /// Whether `v` implements interface `t` (or satisfies it as a constraint).
  func implements(_ pos: Pos, _ v: TypeID, _ t: TypeID, constraint: Bool, cause: inout String?)
    -> Bool
  {
    guard let why = ts.notImplemented(v, t, constraint: constraint, minor: env.minor) else {
      return true
    }
    cause = text(of: why, v, t, constraint: constraint)
    return false
  }

  /// The first method of interface `t` that `v` lacks, none if it has all, and whether it has one
  /// of that name with another type.
  func missingMethod(_ v: TypeID, _ t: TypeID, static isStatic: Bool, cause: inout String?)
    -> (method: ObjectID, wrongType: Bool)
  {
    guard let m = ts.missingMethod(v, t, isStatic: isStatic) else { return (.none, false) }
    cause = text(of: m, v, t)
    return (m.wanted, m.isWrongType)
  }

  /// Whether a type assertion from interface type `v` to `t` can succeed.
  func assertable(_ v: TypeID, to t: TypeID, cause: inout String?) -> Bool {
    guard let m = ts.notAssertable(v, t) else { return true }
    cause = text(of: m, t, v)
    return false
  }

  /// Computes the type set of an interface so that its errors are reported.
  func computeTypeSet(_ pos: Pos, _ interface: TypeID) { _ = ts.typeSet(of: interface) }
}

// MARK: Language versions

extension Checker {
  /// Whether the file at hand may use a feature of Go 1.`minor`.
  func allowVersion(_ minor: UInt16) -> Bool { env.minor >= minor }

  /// The same; reports the feature if not.
  func verifyVersion(_ pos: Pos, _ minor: UInt16, _ m: Message, _ args: Arg...) -> Bool {
    if allowVersion(minor) { return true }
    emit(ErrorReport(parts: [(pos, format(m, args) + " requires go1.\(minor) or later")]))
    return false
  }

  /// A named type of another package, not of the universe.
  func isImported(_ t: TypeID) -> Bool {
    let n = ts.asNamed(t)
    if n.isNone { return false }
    let p = ts.objects[ts.namedInfo(n).object].package
    return p.isSome && p != env.package
  }
}
