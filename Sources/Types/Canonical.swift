import Base

// One handle for each type identity (Go spec, Type identity), for the phases behind the checker.
//
// The checker lets identical types have several handles and compares them structurally; code
// generation asks "the same type?" millions of times and keys tables by type. So it maps every type
// to the representative of its class first. Predeclared, defined and instantiated types are unique
// already; pointers and their like are hash-consed, so they are canonical when their parts are;
// structs, tuples, signatures and interfaces are found by a key that spells out their identity.

/// Identities of structs, tuples, signatures and interfaces. Looked up only, never iterated.
struct CanonicalTable {
  var byKey: [[UInt32]: TypeID] = [:]
}

extension TypeStore {
  /// The representative of all types identical to `t`. Aliases are looked through; parts of the
  /// result (fields, parameters, elements) are canonical themselves, but for the methods of
  /// interfaces.
  public func canonical(_ t: TypeID) -> TypeID {
    if t.index < canonicalIDs.count && canonicalIDs[t.index] != 0 {
      return TypeID(raw: canonicalIDs[t.index])
    }
    if t.isNone { return t }
    let c = computeCanonical(t)
    setCanonical(t, c)
    setCanonical(c, c)
    return c
  }

  private func setCanonical(_ t: TypeID, _ c: TypeID) {
    if canonicalIDs.count <= t.index {
      canonicalIDs.append(
        contentsOf: repeatElement(0, count: max(types.count, t.index + 1) - canonicalIDs.count))
    }
    canonicalIDs[t.index] = c.raw
  }

  private func computeCanonical(_ t: TypeID) -> TypeID {
    switch kind(t) {
    case .alias: return canonical(unalias(t))
    case .basic: return basicKind(t).map { basic($0) } ?? t
    case .named, .typeParam, .union, .none: return canonicalInstance(t)
    case .pointer: return pointer(canonical(elem(t)))
    case .slice: return slice(canonical(elem(t)))
    case .array: return array(canonical(elem(t)), arrayLength(t))
    case .map: return map(canonical(mapKey(t)), canonical(elem(t)))
    case .chan: return chan(chanDir(t), canonical(elem(t)))
    case .struct: return canonicalStruct(t)
    case .tuple: return canonicalTuple(t)
    case .signature: return canonicalSignature(t)
    case .interface: return canonicalInterface(t)
    }
  }

  /// Instances with identical arguments share a handle, but the one at hand may have been made
  /// before its arguments were known to be identical to another's.
  private func canonicalInstance(_ t: TypeID) -> TypeID {
    guard kind(t) == .named else { return t }
    let info = namedInfo(t)
    if info.origin == t { return t }
    return instance(info.origin, typeList(info.args).map { canonical($0) })
  }

  private func intern(_ key: [UInt32], _ make: () -> TypeID) -> TypeID {
    if let t = canonicalTable.byKey[key] { return t }
    let t = make()
    canonicalTable.byKey[key] = t
    return t
  }

  private func canonicalStruct(_ t: TypeID) -> TypeID {
    let n = memberCount(t)
    var key: [UInt32] = [1]
    var isCanonical = true
    for i in 0..<n {
      let f = objects[member(t, i)]
      let c = canonical(f.type)
      if c != f.type { isCanonical = false }
      key.append(f.name.raw)
      key.append(f.isExported ? 0 : f.package.raw)
      key.append(c.raw << 1 | (f.isEmbedded ? 1 : 0))
      key.append(fieldTag(t, i).raw)
    }
    return intern(key) {
      if isCanonical { return t }
      let fields = (0..<n).map { (i: Int) -> ObjectID in
        cloned(member(t, i), type: canonical(memberType(t, i)))
      }
      let tags = types[t].c == 0 ? [] : (0..<n).map { (i: Int) -> NameID in fieldTag(t, i) }
      return structType(fields, tags: tags)
    }
  }

  private func canonicalTuple(_ t: TypeID) -> TypeID {
    let n = memberCount(t)
    var key: [UInt32] = [2]
    var isCanonical = true
    for i in 0..<n {
      let c = canonical(memberType(t, i))
      if c != memberType(t, i) { isCanonical = false }
      key.append(c.raw)
    }
    return intern(key) {
      if isCanonical { return t }
      return tuple(
        (0..<n).map { (i: Int) -> ObjectID in
          cloned(member(t, i), type: canonical(memberType(t, i)))
        })
    }
  }

  /// Receivers and parameter names do not count. Generic signatures stay as they are.
  private func canonicalSignature(_ t: TypeID) -> TypeID {
    let s = signature(t)
    if !s.typeParams.isEmpty { return t }
    let params = canonical(s.params)
    let results = canonical(s.results)
    return intern([3, params.raw, results.raw, s.variadic ? 1 : 0]) {
      if s.recv.isNone && params == s.params && results == s.results { return t }
      var plain = SignatureInfo()
      plain.params = params
      plain.results = results
      plain.variadic = s.variadic
      return signatureType(plain)
    }
  }

  /// Interfaces with the same methods are one; those with terms are constraints and stay as they
  /// are.
  private func canonicalInterface(_ t: TypeID) -> TypeID {
    let set = typeSet(of: t)
    if !set.isMethodSet { return t }
    var key: [UInt32] = [4]
    for m in set.methods {
      let o = objects[m]
      key.append(o.name.raw)
      key.append(o.isExported ? 0 : o.package.raw)
      key.append(canonical(methodType(m)).raw)
    }
    return intern(key) { t }
  }
}
