import Base
import Syntax

// Whether a type implements an interface or satisfies a constraint (Go spec, Implementing an
// interface; Satisfying a type constraint).
//
// The answer is a small value that says what is wrong; its text is made only if an error is
// reported (`Checker.text(of:)` in `Errors/Causes.swift`), since most questions are asked
// speculatively: in conversions, comparisons and during inference.

/// Why a type lacks a method that an interface asks for.
struct MissingMethod {
  enum Reason: UInt8 {
    case notFound
    /// There is one whose name differs in case.
    case wrongName
    /// There is one of that name, unexported in another package.
    case unexported
    case wrongSignature
    case ambiguous
    case pointerReceiver
    /// It is a field.
    case field
  }
  var reason: Reason
  /// The interface's method.
  var wanted: ObjectID
  /// What the type has instead; none for reasons without.
  var found: ObjectID = .none

  /// The method exists, only its type or receiver differs.
  var isWrongType: Bool { reason == .wrongSignature || reason == .pointerReceiver }
}

/// Why a type does not implement an interface.
enum NotImplemented {
  /// The target is no interface (1.18's `T does not satisfy U` for arbitrary U).
  case notInterface
  case emptyTypeSet
  case missing(MissingMethod)
  case notComparable
  /// Comparable only by the rules of Go 1.20.
  case comparableNeedsVersion
  /// An interface whose type set is not within the target's.
  case notSubset
  /// The type is in none of the terms; `alternative` is a term T of which ~T would have it.
  case notInTerms(alternative: TypeID)
}

extension TypeStore {
  /// The first method of interface `t` (whose underlying type is an interface) that `v` lacks. If
  /// `v` is an interface and `isStatic` is false, only methods with another type are looked for:
  /// a dynamic type may have the others. `same` compares signatures.
  func missingMethod(
    _ v: TypeID, _ t: TypeID, isStatic: Bool, same: (TypeID, TypeID) -> Bool
  ) -> MissingMethod? {
    let wanted = typeSet(of: interfaceUnder(t)).methods
    if wanted.isEmpty { return nil }
    let actual = unalias(v)
    let u = kind(actual) == .typeParam ? constraint(of: actual) : under(actual)
    if kind(u) == .interface {
      let have = typeSet(of: u).methods
      for m in wanted {
        let r = objects[m]
        let i = methodIndex(have, r.package, r.name)
        if i < 0 {
          if isStatic { return MissingMethod(reason: .notFound, wanted: m) }
        } else if have[i] != m && !same(methodType(have[i]), methodType(m)) {
          return MissingMethod(reason: .wrongSignature, wanted: m, found: have[i])
        }
      }
      return nil
    }
    for m in wanted {
      let r = objects[m]
      let found = lookupForInterface(v, r.package, r.name, ignoringCase: false)
      switch found.failure {
      case .ambiguous: return MissingMethod(reason: .ambiguous, wanted: m)
      case .pointerReceiver: return MissingMethod(reason: .pointerReceiver, wanted: m)
      case .notFound: return missingWithSuggestion(v, m)
      case .none: break
      }
      let o = found.object
      if objects[o].kind != .function {
        return MissingMethod(reason: .field, wanted: m, found: o)
      }
      if !same(methodType(o), methodType(m)) {
        return MissingMethod(reason: .wrongSignature, wanted: m, found: o)
      }
    }
    return nil
  }

  func missingMethod(_ v: TypeID, _ t: TypeID, isStatic: Bool) -> MissingMethod? {
    missingMethod(v, t, isStatic: isStatic) { (x: TypeID, y: TypeID) -> Bool in identical(x, y) }
  }

  /// Looks for a method that the user may have meant.
  private func missingWithSuggestion(_ v: TypeID, _ m: ObjectID) -> MissingMethod {
    let r = objects[m]
    let other = lookupForInterface(v, r.package, r.name, ignoringCase: true).object
    if other.isNone || objects[other].kind != .function {
      return MissingMethod(reason: .notFound, wanted: m)
    }
    let sameName = objects[other].name == r.name
    return MissingMethod(reason: sameName ? .unexported : .wrongName, wanted: m, found: other)
  }

  /// The interface under `t`, which is an interface or a type parameter.
  func interfaceUnder(_ t: TypeID) -> TypeID {
    let a = unalias(t)
    return kind(a) == .typeParam ? constraint(of: a) : under(a)
  }

  /// Like `missingMethod`, but silent about types of which too little is known because of errors.
  func lacksMethod(
    _ v: TypeID, _ t: TypeID, isStatic: Bool, same: (TypeID, TypeID) -> Bool
  ) -> MissingMethod? {
    if unalias(v) == invalid { return nil }
    guard let m = missingMethod(v, t, isStatic: isStatic, same: same) else { return nil }
    return hasInvalidEmbedded(v) ? nil : m
  }

  /// Why `v` does not implement the interface `t`, nil if it does. `constraint`: `t` constrains a
  /// type parameter, and interfaces count as comparable from Go 1.20 on (`minor`).
  func notImplemented(_ v: TypeID, _ t: TypeID, constraint: Bool, minor: UInt16) -> NotImplemented?
  {
    let va = unalias(v)
    let vu = kind(va) == .typeParam ? self.constraint(of: va) : under(va)
    let ta = unalias(t)
    let tu = kind(ta) == .typeParam ? self.constraint(of: ta) : under(ta)
    if vu == invalid || tu == invalid || vu.isNone || tu.isNone { return nil }
    if kind(vu) == .pointer && under(elem(vu)) == invalid { return nil }
    if kind(tu) != .interface { return .notInterface }
    let isInterface = kind(vu) == .interface
    let vset = isInterface ? typeSet(of: vu) : TypeSet()
    let set = typeSet(of: tu)
    if set.isAll { return nil }
    if isInterface && vset.isEmpty { return nil }
    if set.isEmpty { return .emptyTypeSet }
    let missing = lacksMethod(v, t, isStatic: true) { (x: TypeID, y: TypeID) -> Bool in
      identical(x, y)
    }
    if let m = missing { return .missing(m) }
    if set.hasTerms {
      if isInterface {
        if !isSubset(vset.terms, set.terms) { return .notSubset }
      } else if !includes(set.terms, v) {
        return .notInTerms(alternative: missedByTilde(set.terms, v))
      }
    }
    return notComparable(v, set, constraint: constraint, minor: minor)
  }

  /// A term T such that `v` is in ~T, none if there is none.
  private func missedByTilde(_ terms: TermList, _ v: TypeID) -> TypeID {
    for t in terms.terms where !t.tilde && identical(t.type, under(t.type)) {
      if identical(t.type, under(v)) { return t.type }
    }
    return .none
  }

  private func notComparable(_ v: TypeID, _ set: TypeSet, constraint: Bool, minor: UInt16)
    -> NotImplemented?
  {
    if !isComparable(set) { return nil }
    if self.isComparable(v, dynamic: false) { return nil }
    if constraint && isComparable(v, dynamic: true) {
      return minor >= 20 ? nil : .comparableNeedsVersion
    }
    return .notComparable
  }

  /// Whether all types of the set are strictly comparable.
  func isComparable(_ set: TypeSet) -> Bool {
    var seen: [TypeID] = []
    return isComparable(set, &seen)
  }

  /// `seen` are the types being looked at further up, which count as comparable.
  func isComparable(_ set: TypeSet, _ seen: inout [TypeID]) -> Bool {
    if set.terms.isAll { return set.isComparable }
    if set.isEmpty { return false }
    for t in set.terms.terms where incomparable(t.type, false, &seen) != nil { return false }
    return true
  }

  /// Whether constraint `t` names `v` somewhere in its elements, in its type set or not.
  func mentions(_ t: TypeID, _ v: TypeID) -> Bool {
    switch kind(t) {
    case .interface:
      return interfaces[side(t)].embeddeds.contains { (e: TypeID) -> Bool in mentions(e, v) }
    case .union:
      for i in 0..<memberCount(t) where mentions(unionTerm(t, i).type, v) { return true }
      return false
    default:
      return identical(t, v)
    }
  }

  /// Whether a value of interface type `v` may hold a `t`: what the type assertion asks for.
  func notAssertable(_ v: TypeID, _ t: TypeID) -> MissingMethod? {
    // Whether the dynamic type implements an interface is decided when the program runs.
    if kind(interfaceUnder(t)) == .interface { return nil }
    return lacksMethod(t, v, isStatic: false) { (x: TypeID, y: TypeID) -> Bool in identical(x, y) }
  }

  func isInterfacePointer(_ t: TypeID) -> Bool {
    let u = under(t)
    return kind(u) == .pointer && kind(interfaceUnder(elem(u))) == .interface
  }
}
