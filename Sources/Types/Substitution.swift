import Base
import Syntax

// Replacing type parameters by types.
//
// Types are values behind handles and are shared, so a substitution builds new types where
// something changes and returns the same handle where nothing does. Cycles in types run through
// named types, whose instances are found in the table of instances before their right-hand sides
// are expanded; so the recursion ends.
//
// A type that mentions no type parameter need not be walked. Whether it does is remembered per
// type (`paramState`), which makes the substitution of large signatures with one small generic
// part cheap. The answer is only remembered once it is certain: types under construction may still
// come to mention one.
//
// A method may have type parameters of its own. When the receiver's are replaced, the constraints
// of the method's may change with them, and the methods of two instances must not share theirs; so
// they are replaced by fresh ones. When the method's own are replaced, the method is instantiated
// and keeps none (`instantiateSignature`).

/// A mapping of type parameters to types. Lists are short, so a search is a scan.
public struct Substitution: Sendable {
  public var params: [TypeID]
  /// Parallel to `params`; none leaves the parameter as it is.
  public var args: [TypeID]

  public init(_ params: [TypeID], _ args: [TypeID]) {
    self.params = params
    self.args = args
  }

  public var isEmpty: Bool { params.isEmpty }

  @inlinable func lookup(_ p: TypeID) -> TypeID {
    for i in params.indices where params[i] == p {
      return i < args.count && args[i].isSome ? args[i] : p
    }
    return p
  }
}

/// Whether a type mentions type parameters.
enum ParamState: UInt8 {
  /// Not known, or not certain because the type is still under construction.
  case unknown
  case none
  case some
}

extension TypeStore {
  /// `subst` of the module's contract: parameters `from` become `to`.
  public func subst(_ t: TypeID, from: [TypeID], to: [TypeID], at pos: Pos = .none) -> TypeID {
    substitute(t, Substitution(from, to))
  }

  /// `t` with type parameters replaced. Types without any are returned as they are.
  public func substitute(_ t: TypeID, _ s: Substitution) -> TypeID {
    if s.isEmpty || t.isNone { return t }
    switch kind(t) {
    case .basic: return t
    case .typeParam: return s.lookup(t)
    case .struct, .tuple, .signature, .interface, .union:
      if paramState(t) == .none { return t }
    default: break
    }
    switch kind(t) {
    case .basic, .typeParam: return t
    case .alias: return substituteAlias(t, s)
    case .named: return substituteNamed(t, s)
    case .pointer:
      let e = elem(t)
      let f = substitute(e, s)
      return e == f ? t : pointer(f)
    case .slice:
      let e = elem(t)
      let f = substitute(e, s)
      return e == f ? t : slice(f)
    case .array:
      let e = elem(t)
      let f = substitute(e, s)
      return e == f ? t : array(f, arrayLength(t))
    case .chan:
      let e = elem(t)
      let f = substitute(e, s)
      return e == f ? t : chan(chanDir(t), f)
    case .map:
      let k = mapKey(t)
      let e = elem(t)
      let k2 = substitute(k, s)
      let e2 = substitute(e, s)
      return k == k2 && e == e2 ? t : map(k2, e2)
    case .struct:
      guard let fields = substitute(objects: members(t), s) else { return t }
      let tags =
        types[t].c == 0 ? [] : (0..<fields.count).map { (i: Int) -> NameID in fieldTag(t, i) }
      return structType(fields, tags: tags)
    case .tuple:
      guard let vars = substitute(objects: members(t), s) else { return t }
      return tuple(vars)
    case .union: return substituteUnion(t, s)
    case .signature: return substituteSignature(t, s)
    case .interface: return substituteInterface(t, s)
    case .none: return t
    }
  }

  /// The list with each type replaced; nil if nothing changed.
  func substitute(list: PoolRange, _ s: Substitution) -> [TypeID]? {
    var result: [TypeID]? = nil
    for i in 0..<list.n {
      let t = typeAt(list, i)
      let u = substitute(t, s)
      if u == t { continue }
      if result == nil { result = typeList(list) }
      result![i] = u
    }
    return result
  }

  private func substitute(objects list: PoolRange, _ s: Substitution) -> [ObjectID]? {
    var result: [ObjectID]? = nil
    for i in 0..<list.n {
      let o = objectAt(list, i)
      let t = objects[o].type
      let u = substitute(t, s)
      if u == t { continue }
      if result == nil { result = objectList(list) }
      result![i] = cloned(o, type: u)
    }
    return result
  }

  /// A copy of a variable or function with another type, which remembers what it was made from.
  func cloned(_ o: ObjectID, type: TypeID) -> ObjectID {
    var r = objects[o]
    r.type = type
    if r.aux == 0 { r.aux = o.raw }
    r.next = .none
    return objects.append(r)
  }

  private func substituteAlias(_ t: TypeID, _ s: Substitution) -> TypeID {
    let info = aliases[side(t)]
    let params = aliases[side(info.origin)].params
    if params.isEmpty {
      // An alias declared inside a generic function may mention its type parameters.
      let actual = unalias(t)
      let u = substitute(actual, s)
      return u == actual ? t : u
    }
    if info.args.n != params.n { return info.args.isEmpty ? t : invalid }
    guard let args = substitute(list: info.args, s) else { return t }
    return aliasInstance(info.origin, args)
  }

  private func substituteNamed(_ t: TypeID, _ s: Substitution) -> TypeID {
    let info = named[side(t)]
    if info.args.isEmpty {
      // The generic type itself, or one that is not generic. A type declared inside a generic
      // function depends on that function's type parameters without naming them.
      if info.function.isNone { return t }
      return substituteLocal(t, info, s)
    }
    let wanted = named[side(info.origin)].params.n
    if wanted > 0 && info.args.n != wanted { return invalid }
    guard let args = substitute(list: info.args, s) else { return t }
    return instance(info.origin, args)
  }

  private func substituteLocal(_ t: TypeID, _ info: NamedInfo, _ s: Substitution) -> TypeID {
    let params = enclosingParams(info.function)
    if params.isEmpty { return t }
    var changed = false
    let args = params.map { (p: TypeID) -> TypeID in
      let a = s.lookup(p)
      if a != p { changed = true }
      return a
    }
    return changed ? instance(t, args) : t
  }

  /// Type parameters of the function declaration that encloses `f`, the receiver's first.
  public func enclosingParams(_ f: FunctionID) -> [TypeID] {
    var outer = f
    while functions[outer].parent.isSome { outer = functions[outer].parent }
    let t = functions[outer].type
    if t.isNone || kind(t) != .signature { return [] }
    let info = signatures[side(t)]
    return typeList(info.recvParams) + typeList(info.typeParams)
  }

  private func substituteUnion(_ t: TypeID, _ s: Substitution) -> TypeID {
    var changed = false
    var terms: [(tilde: Bool, type: TypeID)] = []
    for i in 0..<memberCount(t) {
      let term = unionTerm(t, i)
      let u = substitute(term.type, s)
      if u != term.type { changed = true }
      terms.append((tilde: term.tilde, type: u))
    }
    return changed ? union(terms) : t
  }

  private func substituteSignature(_ t: TypeID, _ s: Substitution) -> TypeID {
    var info = signatures[side(t)]
    var inner = s
    var renamed = false
    if !info.typeParams.isEmpty && !s.params.contains(typeAt(info.typeParams, 0)) {
      let old = typeList(info.typeParams)
      let fresh = freshParams(old)
      inner = Substitution(s.params + old, paddedArgs(s) + fresh)
      for i in old.indices {
        typeParams[side(fresh[i])].bound = substitute(typeParams[side(old[i])].bound, inner)
        checker?.recordCanonical(fresh[i], old[i])
      }
      info.typeParams = range(fresh)
      renamed = true
    }
    let params = substitute(info.params, inner)
    let results = substitute(info.results, inner)
    if params == info.params && results == info.results && !renamed { return t }
    info.params = params
    info.results = results
    info.scope = .none
    return signatureType(info)
  }

  private func paddedArgs(_ s: Substitution) -> [TypeID] {
    s.args + [TypeID](repeating: .none, count: max(0, s.params.count - s.args.count))
  }

  /// New type parameters with the names, positions and indices of `old`, without constraints.
  func freshParams(_ old: [TypeID]) -> [TypeID] {
    old.map { (p: TypeID) -> TypeID in
      let info = typeParams[side(p)]
      let r = objects[info.object]
      let o = object(.typeName, r.name, r.pos, .none, r.package)
      let t = typeParamType(o, bound: .none)
      typeParams[side(t)].index = info.index
      return t
    }
  }

  private func substituteInterface(_ t: TypeID, _ s: Substitution) -> TypeID {
    let info = interfaces[side(t)]
    if info.methods.isEmpty && info.embeddeds.isEmpty { return t }
    var changed = false
    var copy = info
    for i in info.methods.indices {
      let m = info.methods[i]
      let u = substitute(objects[m].type, s)
      if u == objects[m].type { continue }
      changed = true
      copy.methods[i] = cloned(m, type: u)
    }
    for i in info.embeddeds.indices {
      copy.embeddeds[i] = substitute(info.embeddeds[i], s)
      if copy.embeddeds[i] != info.embeddeds[i] { changed = true }
    }
    if !changed { return t }
    copy.typeSet = 0
    return interfaceType(copy)
  }

  // MARK: Mentions

  /// Whether `t` mentions type parameters, remembered once certain.
  func paramState(_ t: TypeID) -> ParamState {
    if t.isNone { return .unknown }
    if t.index < paramStates.count, let s = ParamState(rawValue: paramStates[t.index]),
      s != .unknown
    {
      return s
    }
    if paramStates.count < types.count {
      let missing = types.count - paramStates.count
      paramStates.append(contentsOf: repeatElement(0, count: missing + missing / 2 + 64))
    }
    let s = computeParamState(t)
    paramStates[t.index] = s.rawValue
    return s
  }

  private func computeParamState(_ t: TypeID) -> ParamState {
    var result = ParamState.none
    func add(_ u: TypeID) {
      if result == .some { return }
      let s = paramState(u)
      if s != .none { result = s }
    }
    switch kind(t) {
    case .none, .basic: break
    case .typeParam: return .some
    case .alias:
      let info = aliases[side(t)]
      if info.rhs.isNone { return .unknown }
      for i in 0..<info.args.n { add(typeAt(info.args, i)) }
      if info.args.isEmpty { add(unalias(t)) }
    case .pointer, .slice, .array, .chan: add(elem(t))
    case .map:
      add(mapKey(t))
      add(elem(t))
    case .struct:
      // A struct without fields may be one whose fields are still to come.
      if memberCount(t) == 0 { return .unknown }
      for i in 0..<memberCount(t) { add(memberType(t, i)) }
    case .tuple:
      for i in 0..<memberCount(t) { add(memberType(t, i)) }
    case .union:
      for i in 0..<memberCount(t) { add(unionTerm(t, i).type) }
    case .signature:
      let info = signatures[side(t)]
      if !info.typeParams.isEmpty { return .some }
      if info.params.isSome { add(info.params) }
      if info.results.isSome { add(info.results) }
    case .named:
      let info = named[side(t)]
      for i in 0..<info.args.n { add(typeAt(info.args, i)) }
      if info.args.isEmpty && info.function.isSome && !enclosingParams(info.function).isEmpty {
        return .some
      }
    case .interface:
      let info = interfaces[side(t)]
      if !info.complete { return .unknown }
      // An anonymous interface can contain itself: while it is looked at, it counts as unknown.
      if openInterfaces.contains(t) { return .unknown }
      openInterfaces.append(t)
      defer { openInterfaces.removeLast() }
      for m in info.methods { add(objects[m].type) }
      for e in info.embeddeds { add(e) }
    }
    return result
  }

  /// Whether `t` mentions one of `params`; with an empty list, any type parameter. Type parameters
  /// that a signature inside declares itself do not count as its own, their uses do.
  public func isParameterized(_ t: TypeID, by params: [TypeID]) -> Bool {
    var seen: [TypeID] = []
    return mentionsParam(t, params, &seen)
  }

  private func mentionsParam(_ t: TypeID, _ params: [TypeID], _ seen: inout [TypeID]) -> Bool {
    if t.isNone { return false }
    switch kind(t) {
    case .basic, .none: return false
    case .typeParam: return params.isEmpty || params.contains(t)
    case .alias: return mentionsParam(unalias(t), params, &seen)
    case .pointer, .slice, .array, .chan: return mentionsParam(elem(t), params, &seen)
    case .map:
      return mentionsParam(mapKey(t), params, &seen) || mentionsParam(elem(t), params, &seen)
    case .struct, .tuple:
      for i in 0..<memberCount(t) where mentionsParam(memberType(t, i), params, &seen) {
        return true
      }
      return false
    case .union:
      for i in 0..<memberCount(t) where mentionsParam(unionTerm(t, i).type, params, &seen) {
        return true
      }
      return false
    case .signature:
      let info = signatures[side(t)]
      return mentionsParam(info.params, params, &seen) || mentionsParam(info.results, params, &seen)
    case .named:
      let info = named[side(t)]
      for i in 0..<info.args.n where mentionsParam(typeAt(info.args, i), params, &seen) {
        return true
      }
      if info.args.isEmpty && info.function.isSome {
        let implicit = enclosingParams(info.function)
        return implicit.contains { (p: TypeID) -> Bool in params.isEmpty || params.contains(p) }
      }
      return false
    case .interface:
      // Only anonymous interfaces can contain themselves without a name in between.
      if seen.contains(t) { return false }
      seen.append(t)
      let set = typeSet(of: t)
      for m in set.methods where mentionsParam(objects[m].type, params, &seen) { return true }
      for term in set.terms.terms where mentionsParam(term.type, params, &seen) { return true }
      return false
    }
  }
}
