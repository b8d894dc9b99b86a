// Type declarations, type parameters, and the methods of a type.
import Base
import Syntax

extension Checker {
  func typeDecl(_ o: ObjectID, _ node: NodeID) {
    let d = tree.typeDecl(node)
    let firstParam = d.typeParams.isEmpty ? NodeID.none : tree[d.typeParams, 0]
    var versionError = false
    if d.isAlias {
      ts.objects[o].flags.insert(.alias)
      if firstParam.isSome && !verifyVersion(start(firstParam), 23, .versionGenericAlias) {
        versionError = true
      }
      if !versionError && !verifyVersion(start(node), 9, .versionTypeAlias) { versionError = true }
    } else if firstParam.isSome {
      if !verifyVersion(start(firstParam), 18, .versionTypeParameter) { versionError = true }
    }
    let hadError = versionError
    let typeNode = d.type
    later { [unowned self] () -> Void in
      let t = self.ts.objects[o].type
      if t.isNone { return }
      let n = self.ts.asNamed(t)
      if n.isSome { self.validType(n) }
      if hadError { return }
      let rhs = self.rhs(of: t)
      if rhs.isSome && self.isImportedConstraint(rhs) {
        _ = self.verifyVersion(self.start(typeNode), 18, .versionTypeConstraint, .type(rhs))
      }
    }
    let scope = env.scope
    if d.isAlias {
      aliasDecl(o, d)
    } else {
      let t = ts.namedType(o)
      ts.named[ts.side(t)].function = env.function
      if !d.typeParams.isEmpty {
        env.scope = ts.newScope(scope)
        collectTypeParams(d.typeParams) { [unowned self] (r: PoolRange) -> Void in
          self.ts.named[self.ts.side(t)].params = r
        }
      }
      var rhs = declaredType(d.type, o)
      ts.named[ts.side(t)].rhs = rhs
      if ts.isTypeParam(rhs) {
        report(d.type, .typeParameterAsRHS)
        rhs = ts.invalid
        ts.named[ts.side(t)].rhs = rhs
      }
    }
    env.scope = scope
  }

  private func rhs(of t: TypeID) -> TypeID {
    switch ts.kind(t) {
    case .named: ts.namedInfo(t).rhs
    case .alias: ts.aliasInfo(t).rhs
    default: .none
    }
  }

  private func aliasDecl(_ o: ObjectID, _ d: SyntaxTree.TypeDecl) {
    let t = ts.aliasType(o, rhs: .none)
    if !d.typeParams.isEmpty {
      env.scope = ts.newScope(env.scope)
      collectTypeParams(d.typeParams) { [unowned self] (r: PoolRange) -> Void in
        self.ts.aliases[self.ts.side(t)].params = r
      }
    }
    var rhs = declaredType(d.type, o)
    // "cannot be a type parameter declared in the same declaration"
    if ts.kind(rhs) == .typeParam {
      let params = ts.typeList(ts.aliases[ts.side(t)].params)
      if params.contains(rhs) {
        report(d.type, .aliasOfOwnTypeParameter)
        rhs = ts.invalid
      }
    }
    let i = ts.side(t)
    // A cycle may have made the alias invalid meanwhile.
    if ts.aliases[i].rhs.isNone || ts.aliases[i].rhs != ts.invalid { ts.aliases[i].rhs = rhs }
    ts.aliases[i].actual = .none
  }

  /// An interface of another package that can only be a constraint.
  func isImportedConstraint(_ t: TypeID) -> Bool {
    let n = ts.asNamed(t)
    if n.isNone { return false }
    let p = ts.objects[ts.namedInfo(n).object].package
    if p == env.package || p.isNone { return false }
    let u = ts.under(n)
    return ts.kind(u) == .interface && !ts.typeSet(of: u).isMethodSet
  }

  // MARK: Type parameters

  /// Declares the type parameters of `list` in the present scope. `bind` gets them before their
  /// constraints are looked at, since those may refer to what is being declared.
  func collectTypeParams(_ list: NodeList, _ bind: (PoolRange) -> Void) {
    var params: [TypeID] = []
    for i in list.indices {
      let f = tree.field(tree[list, i])
      params.append(declareTypeParam(f.name, tree.pos(tree[list, i])))
    }
    let range = bindTypeParams(params)
    bind(range)
    let saved = env.inTypeParamList
    env.inTypeParamList = true
    var bound = ts.invalid
    var previous = NodeID.none
    for i in list.indices {
      let f = tree.field(tree[list, i])
      if i == 0 || f.type != previous {
        bound = self.bound(f.type)
        if ts.isTypeParam(bound) {
          report(f.type, .typeParameterAsConstraint)
          bound = ts.invalid
        }
        previous = f.type
      }
      ts.typeParams[ts.side(params[i])].bound = bound
    }
    env.inTypeParamList = saved
  }

  /// Numbers the parameters of one list.
  func bindTypeParams(_ params: [TypeID]) -> PoolRange {
    for (i, p) in params.enumerated() { ts.typeParams[ts.side(p)].index = Int32(i) }
    return ts.range(params)
  }

  func declareTypeParam(_ name: NodeID, _ pos: Pos) -> TypeID {
    let isNamed = name.isSome && tree.kind(name) == .name
    let o = ts.object(
      .typeName, isNamed ? tree.name(name) : KnownName.blank, isNamed ? tree.pos(name) : pos,
      .none, env.package)
    let t = ts.typeParamType(o, bound: ts.invalid)
    declare(env.scope, isNamed ? name : .none, o)
    return t
  }

  /// A constraint; `~T` and `A|B` stand for an interface that embeds them.
  private func bound(_ n: NodeID) -> TypeID {
    let k = tree.kind(n)
    let isElement =
      (k == .unary && tree.op(n) == .tilde) || (k == .binary && tree.op(n) == .or)
    if !isElement { return typ(n) }
    var i = InterfaceInfo()
    i.implicit = true
    i.pos = tree.pos(n)
    let t = ts.interfaceType(i)
    let embedded = parseUnion(n)
    let s = ts.side(t)
    ts.interfaces[s].embeddeds = [embedded]
    ts.interfaces[s].embedPositions = [start(n)]
    ts.interfaces[s].complete = true
    let pos = start(n)
    later { [unowned self] () -> Void in self.computeTypeSet(pos, t) }
    recordType(n, .type, t)
    return t
  }

  // MARK: Methods

  /// Adds the methods collected for `o`, unless two have one name.
  func collectMethods(_ o: ObjectID) {
    guard let methods = methodsOf.removeValue(forKey: o) else { return }
    let base = ts.asNamed(ts.objects[o].type)
    if base.isSome {
      later { [unowned self] () -> Void in self.checkFieldUniqueness(base) }
    }
    var added: [ObjectID] = []
    for m in methods {
      let name = ts.objects[m].name
      if let other = added.first(where: { ts.objects[$0].name == name }) {
        report(
          ts.objects[m].pos, .methodAlreadyDeclared, .name(ts.objects[o].name), .name(name),
          .pos(ts.objects[other].pos))
        continue
      }
      added.append(m)
    }
    if base.isSome { ts.named[ts.side(base)].methods = added }
  }

  /// Fields and methods of one type have different names.
  private func checkFieldUniqueness(_ base: TypeID) {
    let u = ts.under(base)
    if ts.kind(u) != .struct { return }
    let methods = ts.namedInfo(base).methods
    for i in 0..<ts.memberCount(u) {
      let f = ts.member(u, i)
      let name = ts.objects[f].name
      if name == KnownName.blank { continue }
      guard let m = methods.first(where: { ts.objects[$0].name == name }) else { continue }
      var e = ErrorReport(parts: [(ts.objects[m].pos, format(.fieldAndMethod, [.name(name)]))])
      addOther(&e, f)
      emit(e)
    }
  }

  // MARK: Validity

  /// Reports a type that contains itself without indirection.
  func validType(_ t: TypeID) {
    var nest: [TypeID] = []
    var path: [TypeID] = []
    _ = validType(t, &nest, &path, 0)
  }

  private func validType(
    _ t: TypeID, _ nest: inout [TypeID], _ path: inout [TypeID], _ depth: Int
  ) -> Bool {
    if depth > 1000 { return true }
    let t = ts.unalias(t)
    let r = ts.types[t]
    switch r.kind {
    case .array: return validType(TypeID(raw: r.a), &nest, &path, depth + 1)
    case .struct:
      for i in 0..<Int(r.b) {
        if !validType(ts.memberType(t, i), &nest, &path, depth + 1) { return false }
      }
    case .union:
      for i in 0..<Int(r.b) {
        if !validType(ts.unionTerm(t, i).type, &nest, &path, depth + 1) { return false }
      }
    case .interface:
      for e in ts.interfaces[Int(r.a)].embeddeds {
        if !validType(e, &nest, &path, depth + 1) { return false }
      }
    case .named: return validNamed(t, &nest, &path, depth)
    case .typeParam: return validArgument(t, &nest, &path, depth)
    default: break
    }
    return true
  }

  private func validNamed(
    _ t: TypeID, _ nest: inout [TypeID], _ path: inout [TypeID], _ depth: Int
  ) -> Bool {
    let n = ts.named[ts.side(t)]
    // A type of another package, or one without type parameters found good before, cannot contain
    // a type that is being declared except through its type arguments.
    if n.args.isEmpty && validated.contains(t) { return true }
    for e in nest where ts.identical(e, t) {
      ts.named[ts.side(n.origin)].rhs = ts.invalid
      ts.named[ts.side(n.origin)].underlying = ts.invalid
      if let start = path.firstIndex(where: { ts.identical($0, t) }) {
        let cycle = Array(path[start...])
        cycleError(cycle.map { instanceObject($0) }, 0)
      }
      return false
    }
    let rhs = ts.named[ts.side(n.origin)].rhs
    if rhs.isNone { return true }
    nest.append(t)
    path.append(t)
    let ok = validType(rhs, &nest, &path, depth + 1)
    nest.removeLast()
    path.removeLast()
    if ok && n.args.isEmpty && n.params.isEmpty && n.function.isNone { validated.insert(t) }
    return ok
  }

  /// A type parameter stands for the argument of the innermost instance; that must be valid where
  /// the instance was written.
  private func validArgument(
    _ t: TypeID, _ nest: inout [TypeID], _ path: inout [TypeID], _ depth: Int
  ) -> Bool {
    guard let inst = nest.last else { return true }
    let n = ts.named[ts.side(inst)]
    let params = ts.named[ts.side(n.origin)].params
    for i in 0..<params.n where ts.typeAt(params, i) == t && i < n.args.n {
      nest.removeLast()
      let ok = validType(ts.typeAt(n.args, i), &nest, &path, depth + 1)
      nest.append(inst)
      return ok
    }
    return true
  }
}
