import Base

// Terms and lists of terms: the part of a type set that unions describe (Go spec, Interface types,
// General interfaces).
//
// A term T stands for the type T alone, ~T for all types whose underlying type is T. A list stands
// for the union of its terms, and there is a mark for the set of all types, which no finite list
// can express. Lists are kept nearly normal: terms that overlap are merged pairwise from the left,
// so they are short (unions are limited to 100 terms), and quadratic algorithms do.

/// One term of a type set: a type, or with `tilde` all types with that underlying type.
public struct TypeTerm: Hashable, Sendable {
  public var type: TypeID
  public var tilde: Bool
  @inlinable public init(_ type: TypeID, tilde: Bool = false) {
    self.type = type
    self.tilde = tilde
  }
}

/// A union of terms, or the set of all types.
public struct TermList: Sendable {
  /// The set of all types; then `terms` is empty.
  public var isAll: Bool
  public var terms: [TypeTerm]

  public static var all: TermList { TermList(isAll: true, terms: []) }
  public static var empty: TermList { TermList(isAll: false, terms: []) }
  @inlinable public var isEmpty: Bool { !isAll && terms.isEmpty }

  @inlinable public init(isAll: Bool, terms: [TypeTerm]) {
    self.isAll = isAll
    self.terms = terms
  }
}

extension TypeStore {
  /// Whether no type is in both terms.
  func disjoint(_ x: TypeTerm, _ y: TypeTerm) -> Bool {
    let ux = y.tilde ? under(x.type) : x.type
    let uy = x.tilde ? under(y.type) : y.type
    return !identical(ux, uy)
  }

  /// Whether `t` is in the term.
  func includes(_ x: TypeTerm, _ t: TypeID) -> Bool {
    identical(x.type, x.tilde ? under(t) : t)
  }

  func isSubset(_ x: TypeTerm, _ y: TypeTerm) -> Bool {
    // Terms that meet have one type in common, so only the tilde decides.
    !disjoint(x, y) && (!x.tilde || y.tilde)
  }

  func isSubset(_ x: TermList, _ y: TermList) -> Bool {
    if y.isAll || x.isEmpty { return true }
    if x.isAll || y.isEmpty { return false }
    return x.terms.allSatisfy { (s: TypeTerm) -> Bool in
      y.terms.contains { (t: TypeTerm) -> Bool in isSubset(s, t) }
    }
  }

  func sameTerms(_ x: TermList, _ y: TermList) -> Bool { isSubset(x, y) && isSubset(y, x) }

  /// Whether `t` is in the set.
  func includes(_ x: TermList, _ t: TypeID) -> Bool {
    x.isAll || x.terms.contains { (s: TypeTerm) -> Bool in includes(s, t) }
  }

  func union(_ x: TermList, _ y: TermList) -> TermList {
    if x.isAll || y.isAll { return .all }
    return TermList(isAll: false, terms: merged(x.terms + y.terms))
  }

  func intersection(_ x: TermList, _ y: TermList) -> TermList {
    if x.isAll { return y }
    if y.isAll { return x }
    var result: [TypeTerm] = []
    for s in x.terms {
      for t in y.terms where !disjoint(s, t) {
        // Both name the same type or one contains the other; the one without tilde is smaller.
        result.append(!s.tilde || t.tilde ? s : t)
      }
    }
    return TermList(isAll: false, terms: merged(result))
  }

  /// Merges terms that overlap, the earlier one keeping its place.
  private func merged(_ list: [TypeTerm]) -> [TypeTerm] {
    if list.count < 2 { return list }
    var used = [Bool](repeating: false, count: list.count)
    var result: [TypeTerm] = []
    for i in list.indices where !used[i] {
      var term = list[i]
      for j in (i + 1)..<max(i + 1, list.count) where !used[j] && !disjoint(term, list[j]) {
        if !term.tilde && list[j].tilde { term = list[j] }
        used[j] = true
      }
      result.append(term)
    }
    return result
  }
}
