// Type identity (Go spec, Type identity) and canonical handles.
import Base

extension TypeStore {
  public func identical(_ x: TypeID, _ y: TypeID) -> Bool {
    if x == y { return true }
    var c = Comparison()
    return same(x, y, &c)
  }

  public func identicalIgnoringTags(_ x: TypeID, _ y: TypeID) -> Bool {
    if x == y { return true }
    var c = Comparison()
    c.ignoreTags = true
    return same(x, y, &c)
  }

  /// How two types are compared, and which pairs of interfaces are being compared.
  struct Comparison {
    var ignoreTags = false
    /// An invalid type is identical to any other.
    var ignoreInvalids = false
    var interfaces: [(TypeID, TypeID)] = []
    var depth = 0
  }

  func same(_ x0: TypeID, _ y0: TypeID, _ c: inout Comparison) -> Bool {
    let x = unalias(x0)
    let y = unalias(y0)
    if x == y { return true }
    if c.ignoreInvalids && (x == invalid || y == invalid) { return true }
    let r = types[x]
    let s = types[y]
    if r.kind != s.kind { return false }
    c.depth += 1
    defer { c.depth -= 1 }
    if c.depth > 2000 { return false }
    switch r.kind {
    case .none, .typeParam, .alias: return false
    case .basic: return r.sub == s.sub
    case .pointer, .slice: return same(TypeID(raw: r.a), TypeID(raw: s.a), &c)
    case .array:
      let n = arrayLength(x)
      let m = arrayLength(y)
      return (n < 0 || m < 0 || n == m) && same(TypeID(raw: r.a), TypeID(raw: s.a), &c)
    case .map:
      return same(TypeID(raw: r.a), TypeID(raw: s.a), &c)
        && same(TypeID(raw: r.b), TypeID(raw: s.b), &c)
    case .chan: return r.sub == s.sub && same(TypeID(raw: r.a), TypeID(raw: s.a), &c)
    case .struct: return sameStruct(x, y, &c)
    case .tuple: return sameTuple(x, y, &c)
    case .signature: return sameSignature(x, y, &c)
    case .union: return sameUnion(x, y, &c)
    case .interface: return sameInterface(x, y, &c)
    case .named:
      let n = named[Int(r.a)]
      let m = named[Int(s.a)]
      if n.object != m.object || n.args.count != m.args.count { return false }
      if n.args.isEmpty { return false }
      for i in 0..<n.args.n where !same(typeAt(n.args, i), typeAt(m.args, i), &c) { return false }
      return true
    }
  }

  private func sameStruct(_ x: TypeID, _ y: TypeID, _ c: inout Comparison) -> Bool {
    let n = memberCount(x)
    if n != memberCount(y) { return false }
    for i in 0..<n {
      let f = objects[member(x, i)]
      let g = objects[member(y, i)]
      if f.isEmbedded != g.isEmbedded || f.name != g.name { return false }
      if !c.ignoreTags && fieldTag(x, i) != fieldTag(y, i) { return false }
      if !f.isExported && f.package != g.package { return false }
      if !same(f.type, g.type, &c) { return false }
    }
    return true
  }

  func sameTuple(_ x: TypeID, _ y: TypeID, _ c: inout Comparison) -> Bool {
    let n = memberCount(x)
    if n != memberCount(y) { return false }
    for i in 0..<n where !same(memberType(x, i), memberType(y, i), &c) { return false }
    return true
  }

  private func sameSignature(_ x: TypeID, _ y: TypeID, _ c: inout Comparison) -> Bool {
    let s = signatures[side(x)]
    let t = signatures[side(y)]
    if s.typeParams.count != t.typeParams.count || s.variadic != t.variadic { return false }
    var params = t.params
    var results = t.results
    if !s.typeParams.isEmpty {
      // Type parameters are identical modulo renaming: y's become x's.
      let from = typeList(t.typeParams)
      let to = typeList(s.typeParams)
      for i in 0..<from.count {
        let bound = subst(typeParam(from[i]).bound, from: from, to: to, at: .none)
        if !same(typeParam(to[i]).bound, bound, &c) { return false }
      }
      params = subst(params, from: from, to: to, at: .none)
      results = subst(results, from: from, to: to, at: .none)
    }
    return sameTuple(s.params, params, &c) && sameTuple(s.results, results, &c)
  }

  private func sameUnion(_ x: TypeID, _ y: TypeID, _ c: inout Comparison) -> Bool {
    let n = memberCount(x)
    if n != memberCount(y) { return false }
    for i in 0..<n {
      let a = unionTerm(x, i)
      let b = unionTerm(y, i)
      if a.tilde != b.tilde || !same(a.type, b.type, &c) { return false }
    }
    return true
  }

  private func sameInterface(_ x: TypeID, _ y: TypeID, _ c: inout Comparison) -> Bool {
    let a = typeSet(of: x)
    let b = typeSet(of: y)
    if a.isComparable != b.isComparable || a.methods.count != b.methods.count { return false }
    if !sameTerms(a.terms, b.terms) { return false }
    // Interfaces may refer to themselves through the types of their methods without a name in
    // between; a pair met again is equal as far as this comparison can tell.
    for (p, q) in c.interfaces where (p == x && q == y) || (p == y && q == x) { return true }
    c.interfaces.append((x, y))
    defer { c.interfaces.removeLast() }
    for i in 0..<a.methods.count {
      let f = objects[a.methods[i]]
      let g = objects[b.methods[i]]
      if f.name != g.name || (!f.isExported && f.package != g.package) { return false }
      if !same(f.type, g.type, &c) { return false }
    }
    return true
  }
}
