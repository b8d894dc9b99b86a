import Base
import Syntax

// Type sets of interfaces (Go spec, Interface types).
//
// The types that implement an interface form a set. Only embedded interfaces can add methods, and
// methods cannot stand in unions, so the set splits into three conditions that are kept apart: a
// list of methods, a list of terms, and whether the types must be comparable. A type belongs to the
// set if it meets all three. The comparable mark is only used while the terms are unrestricted;
// otherwise the terms that are not comparable have been struck out.
//
// Sets are computed when first asked for and kept in `TypeStore.typeSets`. The place of a set is
// taken before its elements are looked at: an interface that (wrongly) embeds itself then meets its
// own unfinished set and the recursion ends; the declaration is rejected by `validType`.

/// All types that implement an interface.
public struct TypeSet: Sendable {
  /// Methods, explicit and embedded, sorted as Go's runtime sorts them (`methodPrecedes`).
  public internal(set) var methods: [ObjectID] = []
  public internal(set) var terms: TermList = .all
  /// Only comparable types. Implies `terms.isAll`.
  public internal(set) var isComparable = false

  init() {}

  /// No type is in the set.
  public var isEmpty: Bool { terms.isEmpty }
  /// Every type is in the set: the empty interface.
  public var isAll: Bool { isMethodSet && methods.isEmpty }
  /// The interface can be the type of a variable.
  public var isMethodSet: Bool { !isComparable && terms.isAll }
  /// There are terms, and they name specific types.
  public var hasTerms: Bool { !terms.isAll && !terms.terms.isEmpty }
}

/// Unions beyond this size are refused: the algorithms on terms are quadratic.
let maxUnionTerms = 100

extension TypeStore {
  /// The type set of interface `t` (`kind(t) == .interface`).
  public func typeSet(of t: TypeID) -> TypeSet { typeSets[typeSetIndex(t)] }

  /// The type set of the constraint of a type parameter.
  func typeSet(ofParam p: TypeID) -> TypeSet { typeSet(of: constraint(of: p)) }

  /// Place of `t`'s type set in `typeSets`. An interface that is still being declared has the set
  /// of all types for now (slot 0), which is not remembered.
  func typeSetIndex(_ t: TypeID) -> Int {
    let k = side(t)
    let known = interfaces[k].typeSet
    if known != 0 { return Int(known) }
    if !interfaces[k].complete { return 0 }
    let slot = typeSets.count
    typeSets.append(TypeSet())
    interfaces[k].typeSet = UInt32(slot)
    if t == universe.comparableInterface {
      typeSets[slot].isComparable = true
      return slot
    }
    if interfaces[k].methods.isEmpty && interfaces[k].embeddeds.isEmpty { return slot }
    var builder = TypeSetBuilder()
    for m in interfaces[k].methods {
      addMethod(m, at: objects[m].pos, explicit: true, to: &builder)
    }
    let embeddeds = interfaces[k].embeddeds
    let positions = interfaces[k].embedPositions
    for i in embeddeds.indices {
      addElement(embeddeds[i], at: i < positions.count ? positions[i] : .none, to: &builder)
    }
    if builder.methods.count > 1 { sortMethods(&builder.methods) }
    typeSets[slot].methods = builder.methods
    typeSets[slot].terms = builder.terms
    typeSets[slot].isComparable = builder.isComparable
    return slot
  }

  /// Intersects the set under construction with one embedded element.
  private func addElement(_ e: TypeID, at pos: Pos, to builder: inout TypeSetBuilder) {
    let u = under(e)
    var terms = TermList.all
    var isComparable = false
    switch kind(u) {
    case .interface:
      let set = typeSet(of: u)
      if !pos.isNone, let c = checker, !set.isMethodSet, c.isImported(e),
        !c.verifyVersion(pos, 18, .embedsConstraint, .type(e))
      {
        return
      }
      for m in set.methods { addMethod(m, at: pos, explicit: false, to: &builder) }
      terms = set.terms
      isComparable = set.isComparable
    case .union:
      if !pos.isNone, let c = checker, !c.verifyVersion(pos, 18, .embedsElement, .type(u)) {
        return
      }
      guard let list = unionTerms(u, at: pos) else { return }
      terms = list
    default:
      if u == invalid || u.isNone { return }
      if !pos.isNone, let c = checker, !c.verifyVersion(pos, 18, .embedsType, .type(e)) {
        return
      }
      terms = TermList(isAll: false, terms: [TypeTerm(e)])
    }
    let both = intersection(builder.terms, terms)
    builder.isComparable = builder.isComparable || isComparable
    builder.terms = both
    if builder.isComparable && !both.isAll {
      builder.terms.terms.removeAll { (t: TypeTerm) -> Bool in
        !self.isComparable(t.type, dynamic: false)
      }
      builder.isComparable = false
    }
  }

  /// Adds a method, unless one of that name is there. Two explicit methods of one name are an error
  /// at once; an embedded one must have the type of the other, which is checked when all types
  /// are known.
  private func addMethod(
    _ m: ObjectID, at pos: Pos, explicit: Bool, to builder: inout TypeSetBuilder
  ) {
    guard let i = builder.insert(m, pos, objects[m]) else { return }
    guard let c = checker else { return }
    let other = builder.methods[i]
    let otherPos = builder.positions[i]
    if explicit {
      c.reportDuplicateMethod(m, at: pos, other: otherPos)
      return
    }
    if other == m && pos.isNone { return }
    c.later { [unowned self, unowned c] () -> Void in
      let overlapAllowed = pos.isNone || c.allowVersion(14)
      if overlapAllowed && self.identical(self.objects[m].type, self.objects[other].type) { return }
      c.reportDuplicateMethod(m, at: pos, other: otherPos)
    }
  }

  /// The terms of a union; nil if it has too many, which is reported.
  private func unionTerms(_ u: TypeID, at pos: Pos) -> TermList? {
    var result = TermList.empty
    for i in 0..<memberCount(u) {
      let term = unionTerm(u, i)
      let tu = under(term.type)
      if kind(tu) == .interface {
        result = union(result, typeSet(of: tu).terms)
      } else if tu == invalid || tu.isNone {
        continue
      } else if term.tilde && !identical(term.type, tu) {
        // No type has an underlying type that is not its own: ~T is empty.
        continue
      } else {
        let single = TermList(isAll: false, terms: [TypeTerm(term.type, tilde: term.tilde)])
        result = union(result, single)
      }
      if result.terms.count > maxUnionTerms {
        checker?.report(pos, .tooManyTerms, .int(maxUnionTerms))
        return nil
      }
    }
    return result
  }

  // MARK: Type parameters

  /// The constraint of type parameter `p` as an interface. A constraint that is no interface is
  /// wrapped into an implicit one, which replaces it.
  public func constraint(of p: TypeID) -> TypeID {
    let k = side(p)
    let bound = typeParams[k].bound
    if bound.isNone { return universe.emptyInterface }
    let u = under(bound)
    switch kind(u) {
    case .interface:
      // A constraint that is a type parameter itself was reported where it was declared.
      return isTypeParam(bound) ? universe.emptyInterface : u
    case .none:
      return universe.emptyInterface
    case .basic where u == invalid:
      return universe.emptyInterface
    default:
      var i = InterfaceInfo()
      i.embeddeds = [bound]
      i.implicit = true
      i.complete = true
      let t = interfaceType(i)
      typeParams[k].bound = t
      return t
    }
  }

  /// Calls `body` with each type of `t`'s type set and its underlying type, until it returns
  /// false; reports whether it never did. Other than for type parameters the set is `t` alone.
  /// A type parameter without specific types gives one call with (none, none).
  func allTerms(_ t: TypeID, _ body: (_ type: TypeID, _ under: TypeID) -> Bool) -> Bool {
    let actual = unalias(t)
    if kind(actual) != .typeParam { return body(t, under(actual)) }
    let set = typeSet(ofParam: actual)
    if !set.hasTerms { return body(.none, .none) }
    for term in set.terms.terms {
      // The type of a ~T term is its own underlying type.
      if !body(term.type, under(term.type)) { return false }
    }
    return true
  }

  /// Like `allTerms`, underlying types only.
  func allUnder(_ t: TypeID, _ body: (TypeID) -> Bool) -> Bool {
    allTerms(t) { (_: TypeID, u: TypeID) -> Bool in body(u) }
  }

  /// Why a type set has no common underlying type.
  enum NoCommonUnder {
    case noSpecificType
    case channelElements(TypeID, TypeID)
    case channelDirections(TypeID, TypeID)
    case different(TypeID, TypeID)
  }

  /// The underlying type that all types in `t`'s type set share, or none and the reason. Channel
  /// types may differ in direction if they do not contradict each other; then it is one with a
  /// restricted direction.
  func commonUnder(_ t: TypeID) -> (type: TypeID, failure: NoCommonUnder?) {
    var first: TypeID = .none
    var common: TypeID = .none
    var failure: NoCommonUnder? = nil
    _ = allTerms(t) { (x: TypeID, u: TypeID) -> Bool in
      if u.isNone {
        failure = .noSpecificType
      } else if common.isNone {
        (first, common) = (x, u)
      } else if kind(common) == .chan && kind(u) == .chan {
        let a = chanDir(common)
        let b = chanDir(u)
        if !identical(elem(common), elem(u)) {
          failure = .channelElements(first, x)
        } else if a == .both {
          (first, common) = (x, u)
        } else if a != b && b != .both {
          failure = .channelDirections(first, x)
        }
      } else if !identical(common, u) {
        failure = .different(first, x)
      }
      return failure == nil
    }
    return failure == nil ? (common, nil) : (.none, failure)
  }

  /// `commonUnder` with a condition: the first text that `condition` returns for a type and its
  /// underlying type (none, none without specific types) is the cause of failure.
  func commonUnder(
    _ t: TypeID, _ condition: ((TypeID, TypeID) -> String?)?, cause: inout String?
  ) -> TypeID {
    if let c = condition {
      var text: String? = nil
      let ok = allTerms(t) { (x: TypeID, u: TypeID) -> Bool in
        text = c(x, u)
        return text == nil
      }
      if !ok {
        cause = text
        return .none
      }
    }
    let r = commonUnder(t)
    if let f = r.failure { cause = checker?.text(of: f) }
    return r.type
  }

  /// `commonUnder`, or none: the core type of the language before Go 1.25.
  func coreType(_ t: TypeID) -> TypeID { commonUnder(t).type }

  // MARK: Order of methods

  /// The order in which Go's runtime and reflection list methods: exported names first, each
  /// group by name, unexported ones of one name by package path.
  public func methodPrecedes(_ a: ObjectID, _ b: ObjectID) -> Bool {
    let x = objects[a]
    let y = objects[b]
    if x.isExported != y.isExported { return x.isExported }
    if x.name != y.name { return compareNames(x.name, y.name) < 0 }
    if x.isExported || x.package == y.package { return false }
    return compareNames(packages[x.package].path, packages[y.package].path) < 0
  }

  /// Sorts methods by `methodPrecedes`.
  public func sortMethods(_ list: inout [ObjectID]) {
    list.sort { (a: ObjectID, b: ObjectID) -> Bool in methodPrecedes(a, b) }
  }

  /// Bytewise order of two names: negative, 0 or positive.
  func compareNames(_ a: NameID, _ b: NameID) -> Int {
    if a == b { return 0 }
    return names.withBytes(a) { (x: UnsafeBufferPointer<UInt8>) -> Int in
      names.withBytes(b) { (y: UnsafeBufferPointer<UInt8>) -> Int in
        let n = min(x.count, y.count)
        for i in 0..<n where x[i] != y[i] { return x[i] < y[i] ? -1 : 1 }
        return x.count - y.count
      }
    }
  }

  /// Index of the method that `name` means in `package`, in a sorted or unsorted list; -1 if none.
  func methodIndex(_ list: [ObjectID], _ package: PackageID, _ name: NameID) -> Int {
    for i in list.indices where objects[list[i]].name == name {
      if sameName(list[i], package, name) && name != KnownName.blank { return i }
    }
    return -1
  }
}

/// A type set under construction: methods with the positions to name in errors.
private struct TypeSetBuilder {
  var methods: [ObjectID] = []
  var positions: [Pos] = []
  var terms = TermList.all
  var isComparable = false
  /// Index by name and package, once there are many; only looked up, never iterated.
  private var index: [UInt64: Int] = [:]
  private var keys: [UInt64] = []

  /// Adds `m` and returns nil, or returns the index of the method that has its name.
  mutating func insert(_ m: ObjectID, _ pos: Pos, _ r: ObjectRecord) -> Int? {
    let key = UInt64(r.name.raw) << 32 | UInt64(r.isExported ? 0 : r.package.raw)
    if keys.count < 32 {
      for i in keys.indices where keys[i] == key { return i }
    } else {
      if index.isEmpty { for i in keys.indices { index[keys[i]] = i } }
      if let i = index[key] { return i }
      index[key] = keys.count
    }
    keys.append(key)
    methods.append(m)
    positions.append(pos)
    return nil
  }
}
