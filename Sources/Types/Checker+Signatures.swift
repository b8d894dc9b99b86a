// Function types, parameters and receivers (Go spec, Function types, Method declarations).
import Base
import Syntax

extension Checker {
  /// Fills signature `t` from a function type; `recv` is a `field` node or absent.
  func funcType(_ t: TypeID, _ recv: NodeID, _ typeParams: NodeList, _ n: NodeID) {
    let outer = env.scope
    let scope = ts.newScope(outer, isFunction: true)
    env.scope = scope
    let s = ts.side(t)
    ts.signatures[s].scope = scope
    var receiver = ObjectID.none
    if recv.isSome {
      let (r, params) = collectReceiver(recv, tree.pos(n))
      receiver = r
      ts.signatures[s].recvParams = params
    }
    if !typeParams.isEmpty {
      collectTypeParams(typeParams) { [unowned self] (r: PoolRange) -> Void in
        self.ts.signatures[s].typeParams = r
      }
    }
    let f = tree.funcType(n)
    var variadic = false
    let params = collectParams(f.params, .param, &variadic)
    var ignored = false
    let results = collectParams(f.results, .result, &ignored)
    if receiver.isSome {
      let name = tree.field(recv).name
      if name.isSome && ts.objects[receiver].name.isSome { declare(scope, name, receiver) }
    }
    declareParams(f.params, params, scope)
    declareParams(f.results, results, scope)
    ts.signatures[s].recv = receiver
    ts.signatures[s].params = ts.tuple(params)
    ts.signatures[s].results = ts.tuple(results)
    ts.signatures[s].variadic = variadic
    env.scope = outer
  }

  private func declareParams(_ list: NodeList, _ vars: [ObjectID], _ scope: ScopeID) {
    for i in list.indices where i < vars.count {
      let name = tree.field(tree[list, i]).name
      if name.isSome && tree.kind(name) == .name && tree.name(name).isSome {
        declare(scope, name, vars[i])
      }
    }
  }

  /// Variables of a parameter or result list, not declared yet.
  private func collectParams(
    _ list: NodeList, _ flag: ObjectFlags, _ variadic: inout Bool
  ) -> [ObjectID] {
    if list.isEmpty { return [] }
    var vars: [ObjectID] = []
    vars.reserveCapacity(Int(list.count))
    var type = TypeID.none
    var previous = NodeID.none
    for i in list.indices {
      let node = tree[list, i]
      let f = tree.field(node)
      if i == 0 || f.type != previous {
        previous = f.type
        var n = f.type
        if tree.kind(n) == .dotsType {
          n = tree.elem(n)
          if flag == .param && i == Int(list.count) - 1 {
            variadic = true
          } else {
            report(f.type, .invalidDots)
          }
        }
        type = varType(n)
      }
      let isNamed = f.name.isSome && tree.kind(f.name) == .name
      let o = ts.variable(
        isNamed ? tree.name(f.name) : .none, isNamed ? tree.pos(f.name) : tree.pos(node), type,
        env.package, flag)
      if !isNamed { record(node, object: o) }
      vars.append(o)
    }
    if variadic, let last = vars.last {
      let t = ts.slice(ts.objects[last].type)
      ts.objects[last].type = t
      recordType(tree.field(tree[list, Int(list.count) - 1]).type, .type, t)
    }
    return vars
  }

  // MARK: Receivers

  /// The receiver variable and the type parameters it declares.
  private func collectReceiver(_ recv: NodeID, _ pos: Pos) -> (ObjectID, PoolRange) {
    let f = tree.field(recv)
    let (pointer, base) = receiverBase(f.type)
    var params = PoolRange.empty
    var type = ts.invalid
    if let names = receiverParams(f.type) {
      (type, params) = genericReceiver(f.type, base, pointer, names, pos)
    } else {
      type = varType(f.type)
      type = checkAliasReceiver(type, base)
    }
    let isNamed = f.name.isSome && tree.kind(f.name) == .name && tree.name(f.name).isSome
    let o = ts.variable(
      isNamed ? tree.name(f.name) : .none, isNamed ? tree.pos(f.name) : tree.pos(recv), type,
      env.package, .receiver)
    if !isNamed { record(recv, object: o) }
    later { [unowned self] () -> Void in self.validReceiver(base, o) }
    return (o, params)
  }

  /// The type parameter names of `T[A, B]` in a receiver, nil without brackets. Absent for what is
  /// no name.
  private func receiverParams(_ type: NodeID) -> [NodeID]? {
    var n = tree.unparen(type)
    if tree.kind(n) == .unary && tree.op(n) == .mul { n = tree.unparen(tree.unary(n).x) }
    if tree.kind(n) != .index { return nil }
    var list: [NodeID] = []
    let args = tree.unpack(tree.index(n).index)
    for i in args.indices {
      let a = tree[args, i]
      if tree.kind(a) == .name {
        list.append(a)
      } else {
        if tree.kind(a) != .bad { report(a, .receiverParameterName, .node(a)) }
        list.append(.none)
      }
    }
    return list
  }

  /// Methods cannot be declared through an alias of an instantiated type.
  private func checkAliasReceiver(_ type: TypeID, _ base: NodeID) -> TypeID {
    func unpointer(_ t: TypeID) -> TypeID {
      var t = t
      while ts.kind(t) == .pointer { t = ts.elem(t) }
      return t
    }
    var a = unpointer(type)
    var steps = 0
    while ts.kind(a) == .alias && steps < 1000 {
      let t = unpointer(ts.aliasInfo(a).rhs)
      if (ts.kind(t) == .alias || ts.kind(t) == .named) && !ts.typeParams(of: t).isEmpty {
        report(base, .methodOnInstantiated, .type(t))
        return ts.invalid
      }
      a = t
      steps += 1
    }
    return type
  }

  private func genericReceiver(
    _ typeNode: NodeID, _ base: NodeID, _ pointer: Bool, _ names: [NodeID], _ pos: Pos
  ) -> (TypeID, PoolRange) {
    var baseType = TypeID.none
    var cause: String? = nil
    let t = genericType(base, &cause)
    if ts.isValid(t) {
      if ts.kind(t) == .named {
        baseType = t
      } else if ts.kind(t) == .alias {
        report(base, .methodOnGenericAlias, .type(t))
      }
    } else if let c = cause {
      report(base, .invalidReceiverCause, .text(c))
    }
    var params: [TypeID] = []
    for n in names {
      let p = declareTypeParam(n, pos)
      params.append(p)
      if n.isSome {
        record(n, object: ts.typeParam(p).object)
        recordType(n, .type, p)
      }
    }
    let range = bindTypeParams(params)
    if baseType.isNone { return (ts.invalid, range) }
    let declared = ts.typeList(ts.namedInfo(baseType).params)
    if declared.count == params.count {
      for i in params.indices {
        let bound = ts.typeParam(declared[i]).bound
        ts.typeParams[ts.side(params[i])].bound = ts.subst(bound, from: declared, to: params)
        recordCanonical(params[i], declared[i])
      }
    } else {
      let got = params.count == 1 ? "1 type parameter" : "\(params.count) type parameters"
      report(base, .receiverParameterCount, .text(got), .int(declared.count))
    }
    _ = verifyVersion(start(base), 18, .versionInstantiation)
    var type = ts.instance(of: baseType, params, at: tree.pos(typeNode))
    recordInstance(base, params, type)
    if pointer && ts.isValid(type) { type = ts.pointer(type) }
    recordReceiverTypes(typeNode, type)
    return (type, range)
  }

  /// Records the types of the parts of `(*(T[P]))`.
  private func recordReceiverTypes(_ n: NodeID, _ t: TypeID) {
    var n = n
    var t = t
    while true {
      recordType(n, .type, t)
      if tree.kind(n) == .paren {
        n = tree.paren(n)
      } else if tree.kind(n) == .unary && tree.op(n) == .mul && ts.kind(t) == .pointer {
        n = tree.unary(n).x
        t = ts.elem(t)
      } else {
        return
      }
    }
  }

  private func validReceiver(_ base: NodeID, _ recv: ObjectID) {
    let type = ts.objects[recv].type
    let (t, _) = ts.deref(type)
    let a = ts.unalias(t)
    if a == ts.invalid { return }
    switch ts.kind(a) {
    case .named:
      if ts.objects[ts.namedInfo(a).object].package != env.package {
        report(base, .methodOnNonLocal, .type(t))
        return
      }
      let u = ts.under(a)
      var cause = ""
      switch ts.kind(u) {
      case .basic:
        if ts.basicKind(u) == .unsafePointer { cause = "unsafe.Pointer" }
      case .pointer, .interface: cause = "pointer or interface type"
      default: break
      }
      if !cause.isEmpty { report(base, .invalidReceiverType, .type(t), .text(cause)) }
    case .basic: report(base, .methodOnNonLocal, .type(t))
    default: report(base, .invalidReceiver, .type(type))
    }
  }
}
