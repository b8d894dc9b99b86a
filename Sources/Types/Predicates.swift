// Questions about types that need no report.
import Base

extension TypeStore {
  public func isValid(_ t: TypeID) -> Bool { unalias(t) != invalid }

  /// Properties of the underlying basic type; empty if `t` is no basic type, or a type parameter.
  public func basicInfo(_ t: TypeID) -> BasicInfo {
    var r = types[t]
    if r.kind == .named || r.kind == .alias {
      let u = under(t)  // may add types, so it comes before the table is read
      r = types[u]
    }
    return r.kind == .basic ? BasicInfo(rawValue: r.flags) : []
  }

  func isBasic(_ t: TypeID, _ info: BasicInfo) -> Bool { !basicInfo(t).isDisjoint(with: info) }

  // These do not look inside type parameters.
  public func isBoolean(_ t: TypeID) -> Bool { isBasic(t, .boolean) }
  public func isInteger(_ t: TypeID) -> Bool { isBasic(t, .integer) }
  public func isUnsigned(_ t: TypeID) -> Bool { isBasic(t, .unsigned) }
  public func isFloat(_ t: TypeID) -> Bool { isBasic(t, .float) }
  public func isComplex(_ t: TypeID) -> Bool { isBasic(t, .complex) }
  public func isNumeric(_ t: TypeID) -> Bool { isBasic(t, .numeric) }
  public func isString(_ t: TypeID) -> Bool { isBasic(t, .string) }
  public func isConstType(_ t: TypeID) -> Bool { isBasic(t, .constType) }

  /// True if it holds of `t`, or for a type parameter of every type in its type set.
  func allBasic(_ t: TypeID, _ info: BasicInfo) -> Bool {
    if isTypeParam(t) {
      return allTerms(t) { (_: TypeID, u: TypeID) -> Bool in
        u.isSome && self.isBasic(u, info)
      }
    }
    return isBasic(t, info)
  }
  func allBoolean(_ t: TypeID) -> Bool { allBasic(t, .boolean) }
  func allInteger(_ t: TypeID) -> Bool { allBasic(t, .integer) }
  func allUnsigned(_ t: TypeID) -> Bool { allBasic(t, .unsigned) }
  func allNumeric(_ t: TypeID) -> Bool { allBasic(t, .numeric) }
  func allString(_ t: TypeID) -> Bool { allBasic(t, .string) }
  func allOrdered(_ t: TypeID) -> Bool { allBasic(t, .ordered) }
  func allNumericOrString(_ t: TypeID) -> Bool { allBasic(t, [.numeric, .string]) }

  /// Predeclared types, defined types and type parameters.
  func hasName(_ t: TypeID) -> Bool {
    switch types[unalias(t)].kind {
    case .basic, .named, .typeParam: true
    default: false
    }
  }

  func isTypeLiteral(_ t: TypeID) -> Bool {
    switch types[unalias(t)].kind {
    case .named, .typeParam: false
    default: true
    }
  }

  public func isUntyped(_ t: TypeID) -> Bool {
    let r = types[t]
    return r.kind == .basic && r.flags & BasicInfo.untyped.rawValue != 0
  }
  public func isTyped(_ t: TypeID) -> Bool { !isUntyped(t) }
  func isUntypedNumeric(_ t: TypeID) -> Bool {
    let r = types[t]
    return r.kind == .basic && r.flags & BasicInfo.untyped.rawValue != 0
      && r.flags & BasicInfo.numeric.rawValue != 0
  }

  /// The underlying type is an interface (true of type parameters, too).
  public func isInterface(_ t: TypeID) -> Bool { underKind(t) == .interface }
  public func isTypeParam(_ t: TypeID) -> Bool { types[unalias(t)].kind == .typeParam }
  public func isNonTypeParamInterface(_ t: TypeID) -> Bool { !isTypeParam(t) && isInterface(t) }

  /// A generic type without type arguments.
  func isGeneric(_ t: TypeID) -> Bool {
    if types[t].kind == .alias {
      let a = aliases[side(t)]
      if !a.params.isEmpty && a.args.isEmpty { return true }
    }
    let n = asNamed(t)
    if n.isNone { return false }
    let i = named[side(n)]
    return i.origin == n && !i.params.isEmpty
  }

  public func isBytesOrRunes(_ t: TypeID) -> Bool {
    let u = under(t)
    if types[u].kind != .slice { return false }
    let e = basicKind(under(elem(u)))
    return e == .uint8 || e == .int32
  }

  /// Values of `t` may be compared with == (Go spec, Comparison operators).
  public func isComparable(_ t: TypeID) -> Bool { incomparableCause(t, dynamic: true) == nil }

  /// The same; interfaces that are no type parameters count as comparable only if `dynamic`.
  func isComparable(_ t: TypeID, dynamic: Bool) -> Bool {
    incomparableCause(t, dynamic: dynamic) == nil
  }

  /// nil if `t` is comparable, else the reason, "" where there is nothing to add. Interfaces that
  /// are no type parameters count as comparable if `dynamic`.
  func incomparableCause(_ t: TypeID, dynamic: Bool) -> Cause? {
    var seen: [TypeID] = []
    return incomparable(t, dynamic, &seen)
  }

  func incomparable(_ t: TypeID, _ dynamic: Bool, _ seen: inout [TypeID]) -> Cause? {
    let u = under(t)
    let r = types[u]
    switch r.kind {
    case .basic: return r.sub == BasicKind.untypedNil.rawValue ? Cause.empty : nil
    case .pointer, .chan: return nil
    case .struct:
      if seen.contains(t) { return nil }
      seen.append(t)
      for i in 0..<Int(r.b) {
        let f = memberType(u, i)
        if incomparable(f, dynamic, &seen) != nil {
          return Cause(.causeStructNotComparable, [.type(f)])
        }
      }
      return nil
    case .array:
      if seen.contains(t) { return nil }
      seen.append(t)
      return incomparable(TypeID(raw: r.a), dynamic, &seen) == nil
        ? nil : Cause(.causeCannotBeCompared, [.type(t)])
    case .interface:
      if seen.contains(t) { return nil }
      seen.append(t)
      if dynamic && !isTypeParam(t) { return nil }
      if isComparable(typeSet(of: u), &seen) { return nil }
      return Cause(
        typeSet(of: u).isEmpty ? .causeEmptyTypeSet : .causeIncomparableTypes, [])
    case .none: return nil
    default: return Cause.empty
    }
  }

  /// Reports whether nil is a value of `t`.
  public func hasNil(_ t: TypeID) -> Bool {
    let u = under(t)
    switch types[u].kind {
    case .basic: return types[u].sub == BasicKind.unsafePointer.rawValue
    case .slice, .pointer, .signature, .map, .chan: return true
    case .interface:
      if !isTypeParam(t) { return true }
      return allTerms(t) { (_: TypeID, v: TypeID) -> Bool in v.isSome && self.hasNil(v) }
    default: return false
    }
  }

  /// The type an untyped value gets by default; other types are returned as they are.
  public func defaultType(_ t: TypeID) -> TypeID {
    switch basicKind(t) {
    case .untypedBool: basic(.bool)
    case .untypedInt: basic(.int)
    case .untypedRune: universe.rune
    case .untypedFloat: basic(.float64)
    case .untypedComplex: basic(.complex128)
    case .untypedString: basic(.string)
    default: t
    }
  }

  /// The larger of two untyped numeric types, the type itself for equal ones, none otherwise.
  func maxType(_ x: TypeID, _ y: TypeID) -> TypeID {
    if x == y { return x }
    if isUntypedNumeric(x) && isUntypedNumeric(y) {
      return types[x].sub > types[y].sub ? x : y
    }
    return .none
  }

  /// A type that contains errors in its parts is best kept out of further messages.
  func isUnsafePointer(_ t: TypeID) -> Bool { basicKind(under(t)) == .unsafePointer }
}

/// A reason to be put behind a message, built only when needed.
struct Cause {
  let message: Message
  let args: [Arg]
  init(_ m: Message, _ a: [Arg]) {
    message = m
    args = a
  }
  static var empty: Cause { Cause(Message("", ""), []) }
}
