import Base
import Syntax

// Instances of generic types and functions (Go spec, Instantiations).
//
// An instance is named by its origin and its type arguments. Instances with identical arguments are
// one type: they are found in a hash table before a new one is made, so that comparing instances is
// mostly comparing handles. An instance's right-hand side and methods are made when first asked for,
// because declarations may mention instances of types whose own declaration is not finished, and
// because instances may refer to themselves:
//
//     type Tree[T any] struct { left, right *Tree[T] }
//
// Types declared inside generic functions depend on the function's type parameters without naming
// them. For the back end, which makes one body per list of type arguments, each of them has
// instances too, with the enclosing function's type arguments as arguments.

extension TypeStore {
  /// The instance of a generic named, alias or signature type. Constraints are not verified.
  public func instance(of generic: TypeID, _ args: [TypeID], at pos: Pos = .none) -> TypeID {
    switch kind(generic) {
    case .named: return instance(generic, args, at: pos)
    case .alias: return aliasInstance(generic, args, at: pos)
    case .signature: return instantiateSignature(generic, args)
    default: return invalid
    }
  }

  /// The instance of the generic named type `origin`. `pos` is where a new one is first mentioned;
  /// by default where the instance being expanded was.
  func instance(_ origin: TypeID, _ args: [TypeID], at pos: Pos = .none) -> TypeID {
    let h = instanceHash(origin, args)
    let known = instances.find(h) { (t: TypeID) -> Bool in
      guard types[t].kind == .named else { return false }
      let info = named[side(t)]
      return info.origin == origin && sameArguments(info.args, args)
    }
    if let t = known { return t }
    let t = namedType(named[side(origin)].object, origin: origin)
    let k = side(t)
    named[k].args = range(args)
    named[k].pos = pos.isNone ? expansionPos : pos
    let params = named[side(origin)].params
    named[k].params =
      params.isEmpty ? range(enclosingParams(named[side(origin)].function)) : params
    instances.add(h, t)
    return t
  }

  /// The instance of the generic alias `origin`; invalid if the number of arguments is wrong.
  func aliasInstance(_ origin: TypeID, _ args: [TypeID], at pos: Pos = .none) -> TypeID {
    let info = aliases[side(origin)]
    if info.params.n != args.count { return invalid }
    let h = instanceHash(origin, args)
    let known = instances.find(h) { (t: TypeID) -> Bool in
      guard types[t].kind == .alias else { return false }
      let other = aliases[side(t)]
      return other.origin == origin && sameArguments(other.args, args)
    }
    if let t = known { return t }
    let t = aliasType(info.object, rhs: .none, origin: origin)
    aliases[side(t)].params = info.params
    aliases[side(t)].args = range(args)
    instances.add(h, t)
    // Instances that come into being with it are first mentioned here.
    let saved = expansionPos
    if !pos.isNone { expansionPos = pos }
    expandAlias(t)
    expansionPos = saved
    return t
  }

  /// Makes the right-hand side of an instance of an alias, if that of its origin is known.
  func expandAlias(_ t: TypeID) {
    let info = aliases[side(t)]
    if info.args.isEmpty { return }
    let rhs = aliases[side(info.origin)].rhs
    if rhs.isNone { return }
    let s = Substitution(typeList(info.params), typeList(info.args))
    aliases[side(t)].rhs = substitute(rhs, s)
  }

  /// The signature of a generic function with its type parameters replaced; it declares none.
  func instantiateSignature(_ t: TypeID, _ args: [TypeID]) -> TypeID {
    var info = signatures[side(t)]
    let s = Substitution(typeList(info.typeParams), args)
    info.params = substitute(info.params, s)
    info.results = substitute(info.results, s)
    info.typeParams = .empty
    return signatureType(info)
  }

  private func sameArguments(_ r: PoolRange, _ args: [TypeID]) -> Bool {
    if r.n != args.count { return false }
    for i in args.indices where typeAt(r, i) != args[i] {
      if !identical(typeAt(r, i), args[i]) { return false }
    }
    return true
  }

  // MARK: Expansion

  /// Makes the right-hand side of an instance, if that of its origin is known.
  func expand(_ t: TypeID) {
    let k = side(t)
    if named[k].expanded || named[k].args.isEmpty { return }
    let origin = named[k].origin
    var rhs = named[side(origin)].rhs
    if rhs.isNone {
      checker?.objDecl(named[k].object)
      rhs = named[side(origin)].rhs
      if rhs.isNone { return }
    }
    // The declaration above may have expanded it.
    if named[k].expanded { return }
    named[k].expanded = true
    let params = named[k].params
    if params.n != named[k].args.n {
      named[k].rhs = invalid
      return
    }
    let s = Substitution(typeList(params), typeList(named[k].args))
    let saved = expansionPos
    expansionPos = named[k].pos
    named[k].rhs = substitute(rhs, s)
    expansionPos = saved
  }

  /// Number of methods declared for the named type `t` or its origin.
  public func methodCount(_ t: TypeID) -> Int { named[side(named[side(t)].origin)].methods.count }

  /// The `i`-th declared method of the named type `t`; an instance's is made on demand, with the
  /// receiver's type parameters replaced.
  public func method(of t: TypeID, at i: Int) -> ObjectID {
    let k = side(t)
    let origin = named[k].origin
    if origin == t { return named[k].methods[i] }
    let count = named[side(origin)].methods.count
    if named[k].methods.count < count {
      let missing = count - named[k].methods.count
      named[k].methods.append(contentsOf: repeatElement(.none, count: missing))
    }
    if named[k].methods[i].isSome { return named[k].methods[i] }
    let generic = named[side(origin)].methods[i]
    let type = methodType(generic)
    if type.isNone || kind(type) != .signature { return generic }
    // Making the type may have made the method.
    if named[k].methods[i].isSome { return named[k].methods[i] }
    let m = cloned(generic, type: methodSignature(type, of: t, named[k].args))
    named[k].methods[i] = m
    return m
  }

  private func methodSignature(_ type: TypeID, of t: TypeID, _ args: PoolRange) -> TypeID {
    let old = signatures[side(type)]
    var replaced = type
    if old.recvParams.n == args.n {
      let s = Substitution(typeList(old.recvParams), typeList(args))
      replaced = substitute(type, s)
    }
    var info = signatures[side(replaced)]
    info.recvParams = .empty
    if old.recv.isSome {
      let isPointer = kind(unalias(objects[old.recv].type)) == .pointer
      info.recv = cloned(old.recv, type: isPointer ? pointer(t) : t)
    }
    info.scope = .none
    return signatureType(info)
  }

  // MARK: Hashing

  private func instanceHash(_ origin: TypeID, _ args: [TypeID]) -> UInt32 {
    var h = mix(0x51ed_270b, origin.raw)
    for a in args { h = mix(h, typeHash(a, depth: 4)) }
    return h
  }

  @inline(__always) private func mix(_ h: UInt32, _ v: UInt32) -> UInt32 {
    let x = (h ^ v) &* 0x9e37_79b1
    return x ^ (x >> 15)
  }

  /// A number equal for identical types; looks `depth` levels down. Depends only on what is known
  /// of a type as soon as its handle exists (so not on the methods of interfaces).
  func typeHash(_ t: TypeID, depth: Int) -> UInt32 {
    let a = unalias(t)
    if a.isNone { return 1 }
    let k = kind(a)
    let h = mix(0x811c_9dc5, UInt32(k.rawValue))
    if depth == 0 { return h }
    switch k {
    case .basic: return mix(h, UInt32(types[a].sub))
    case .named:
      let info = named[side(a)]
      var r = mix(h, info.origin.raw)
      for i in 0..<info.args.n { r = mix(r, typeHash(typeAt(info.args, i), depth: depth - 1)) }
      return r
    case .typeParam: return mix(h, a.raw)
    case .pointer, .slice, .array: return mix(h, typeHash(elem(a), depth: depth - 1))
    case .chan: return mix(mix(h, UInt32(types[a].sub)), typeHash(elem(a), depth: depth - 1))
    case .map:
      let key = typeHash(mapKey(a), depth: depth - 1)
      return mix(mix(h, key), typeHash(elem(a), depth: depth - 1))
    case .struct: return mix(h, UInt32(memberCount(a)))
    case .signature:
      let info = signatures[side(a)]
      return mix(mix(h, UInt32(memberCount(info.params))), UInt32(memberCount(info.results)))
    default: return h
    }
  }
}
