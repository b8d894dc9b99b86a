// Underlying types (Go spec, Underlying types) and what aliases denote.
import Base

extension TypeStore {
  /// What `t` denotes when it is an alias, `t` itself otherwise. None while the alias is being
  /// declared.
  public func unalias(_ t: TypeID) -> TypeID {
    if types[t].kind != .alias { return t }
    let first = side(t)
    if aliases[first].actual.isSome { return aliases[first].actual }
    var u = t
    var steps = 0
    while types[u].kind == .alias {
      if aliases[side(u)].rhs.isNone { expandAlias(u) }
      u = aliases[side(u)].rhs
      steps += 1
      if steps > 100_000 { u = invalid }
    }
    aliases[first].actual = u
    return u
  }

  /// Underlying type of `t`: never named, alias or type parameter. None if the declaration of `t`
  /// is not far enough for one to be known (direct cycles have been replaced by invalid before).
  public func under(_ t: TypeID) -> TypeID {
    let r = types[t]
    switch r.kind {
    case .named:
      let u = named[Int(r.a)].underlying
      return u.isSome ? u : resolveUnderlying(t)
    case .alias: return under(unalias(t))
    case .typeParam: return constraint(of: t)
    default: return t
    }
  }

  private func resolveUnderlying(_ t: TypeID) -> TypeID {
    var path: [TypeID] = []
    var u = t
    while true {
      let r = types[u]
      if r.kind == .alias {
        u = unalias(u)
        if u.isNone { return .none }
        continue
      }
      if r.kind != .named { break }
      let i = Int(r.a)
      if named[i].underlying.isSome {
        u = named[i].underlying
        break
      }
      path.append(u)
      if path.count > 100_000 {
        u = invalid
        break
      }
      if named[i].origin != u && !named[i].expanded { expand(u) }
      let rhs = named[Int(types[u].a)].rhs
      if rhs.isNone || path.contains(rhs) { return .none }
      u = rhs
    }
    if types[u].kind == .typeParam { u = constraint(of: u) }
    for p in path { named[side(p)].underlying = u }
    return u
  }

  /// Kind of the underlying type; `.none` if that is unknown.
  public func underKind(_ t: TypeID) -> TypeKind {
    let u = under(t)  // may add types, so it comes before the table is read
    return types[u].kind
  }

  /// The named type that `t` is, looking through aliases, or none.
  public func asNamed(_ t: TypeID) -> TypeID {
    let u = unalias(t)
    return types[u].kind == .named ? u : .none
  }

  /// The element type if `t` is an unnamed pointer (aliases looked through).
  public func deref(_ t: TypeID) -> (type: TypeID, isPointer: Bool) {
    let u = unalias(t)
    return types[u].kind == .pointer ? (TypeID(raw: types[u].a), true) : (t, false)
  }

  public func isNamedInstance(_ t: TypeID) -> Bool {
    types[t].kind == .named && named[side(t)].origin != t
  }

  /// Type parameters that the generic type or alias declares; empty for others.
  public func typeParams(of t: TypeID) -> PoolRange {
    switch types[t].kind {
    case .named: return named[side(named[side(t)].origin)].params
    case .alias: return aliases[side(t)].params
    case .signature: return signatures[side(t)].typeParams
    default: return .empty
    }
  }

  /// Type arguments of an instance.
  public func typeArgs(of t: TypeID) -> PoolRange {
    switch types[t].kind {
    case .named: return named[side(t)].args
    case .alias: return aliases[side(t)].args
    default: return .empty
    }
  }
}
