import Base
import Syntax

// Fields and methods by name (Go spec, Selectors).
//
// x.f denotes the field or method f at the shallowest depth in the type of x where there is one;
// embedded fields are one level deeper. The search is breadth first. Each entry of a level
// remembers the field indices that lead to it, whether a pointer was followed on the way, and
// whether its type occurs more than once at that level: then whatever is found in it is ambiguous.
// A defined type that was met at a shallower level is not searched again, which also ends the
// search in recursive types.
//
// The common case, a field or method of the type itself, is done without making lists.

/// What a name denotes in a type.
public struct Lookup: Sendable {
  /// Field or method; none if `failure` says why.
  public var object: ObjectID = .none
  /// Field indices from the type to the object; the last one is the index of the field in its
  /// struct, of the method in its type's declared methods, or of the method in an interface's
  /// type set.
  public var path: [Int] = []
  /// A pointer was followed on the path.
  public var indirect = false
  public var failure: Failure = .none

  public enum Failure: UInt8, Sendable {
    case none
    case notFound
    /// Found more than once at the shallowest depth.
    case ambiguous
    /// A method that needs a pointer receiver, while there is no pointer and no variable.
    case pointerReceiver
  }

  static func failed(_ f: Failure) -> Lookup {
    var r = Lookup()
    r.failure = f
    return r
  }
}

/// Embedded types searched before giving up.
let maxEmbeddingDepth = 500

/// How names are compared in a look-up.
private struct Wanted {
  var package: PackageID
  var name: NameID
  /// Ignore case and package: only to find a suggestion for an error message.
  var folded: [UInt8]?
}

private struct Embedded {
  var type: TypeID
  var path: [Int]
  var indirect: Bool
  var isMultiple: Bool
}

extension TypeStore {
  /// The field or method `name` of `t`, as seen from `package`. `addressable`: the operand is a
  /// variable, so methods with pointer receivers count. A method's type may not be known yet:
  /// ask for it with `methodType`.
  /// `foldCase`: without regard to case and package, for suggestions.
  public func lookupFieldOrMethod(
    _ t: TypeID, addressable: Bool, _ package: PackageID, _ name: NameID, foldCase: Bool = false
  ) -> Lookup {
    let folded = foldCase ? foldedName(name) : nil
    let wanted = Wanted(package: package, name: name, folded: folded)
    return lookupThroughPointer(t, addressable: addressable, wanted)
  }

  /// A method of `t` for interface satisfaction: fields of named pointer types do not count.
  func lookupForInterface(_ t: TypeID, _ package: PackageID, _ name: NameID, ignoringCase: Bool)
    -> Lookup
  {
    let folded = ignoringCase ? foldedName(name) : nil
    return search(t, addressable: false, Wanted(package: package, name: name, folded: folded))
  }

  /// A defined type whose underlying type is a pointer has that pointer's fields, but no methods.
  private func lookupThroughPointer(_ t: TypeID, addressable: Bool, _ w: Wanted) -> Lookup {
    let actual = unalias(t)
    if kind(actual) == .named {
      let u = under(actual)
      if kind(u) == .pointer {
        let r = search(u, addressable: false, w)
        if r.object.isSome && objects[r.object].kind == .function { return .failed(.notFound) }
        return r
      }
    }
    return search(actual, addressable: addressable, w)
  }

  private func search(_ t: TypeID, addressable: Bool, _ w: Wanted) -> Lookup {
    if w.name == KnownName.blank { return .failed(.notFound) }
    // Only a pointer type literal is dereferenced: a defined pointer type has no methods.
    var start = unalias(t)
    var isPointer = false
    if kind(start) == .pointer {
      start = unalias(elem(start))
      isPointer = true
      if kind(under(start)) == .interface || kind(start) == .typeParam { return .failed(.notFound) }
    }
    if let r = searchShallow(start, isPointer: isPointer, addressable: addressable, w) { return r }
    return searchDeep(start, isPointer: isPointer, addressable: addressable, w)
  }

  private func matches(_ o: ObjectID, _ w: Wanted) -> Bool {
    if let f = w.folded {
      return objects[o].name == w.name || foldedName(objects[o].name) == f
    }
    let r = objects[o]
    return r.name == w.name && (r.isExported || r.package == w.package)
  }

  /// Index of a declared method of the defined type `t`; -1 if there is none.
  private func declaredMethod(_ t: TypeID, _ w: Wanted) -> Int {
    let origin = named[side(t)].origin
    let k = side(origin)
    for i in named[k].methods.indices where matches(named[k].methods[i], w) { return i }
    return -1
  }

  /// Depth 0. Nil if the search has to go deeper.
  private func searchShallow(_ t: TypeID, isPointer: Bool, addressable: Bool, _ w: Wanted)
    -> Lookup?
  {
    if kind(t) == .named {
      let i = declaredMethod(t, w)
      if i >= 0 {
        return finish(
          method(of: t, at: i), [i], indirect: isPointer, addressable: addressable)
      }
    }
    let u = kind(t) == .typeParam ? constraint(of: t) : under(t)
    switch kind(u) {
    case .struct:
      var hasEmbedded = false
      for i in 0..<memberCount(u) {
        let f = member(u, i)
        if matches(f, w) {
          // Without regard to case there may be a second one, and then neither is meant.
          if w.folded != nil
            && (i + 1..<memberCount(u)).contains(where: { matches(member(u, $0), w) })
          {
            return .failed(.ambiguous)
          }
          return finish(f, [i], indirect: isPointer, addressable: addressable)
        }
        if objects[f].isEmbedded { hasEmbedded = true }
      }
      return hasEmbedded ? nil : .failed(.notFound)
    case .interface:
      let set = typeSet(of: u)
      for i in set.methods.indices where matches(set.methods[i], w) {
        return finish(set.methods[i], [i], indirect: isPointer, addressable: addressable)
      }
      return .failed(.notFound)
    default:
      return .failed(.notFound)
    }
  }

  private func finish(_ o: ObjectID, _ path: [Int], indirect: Bool, addressable: Bool) -> Lookup {
    let r = objects[o]
    if r.kind == .function && r.flags.contains(.pointerReceiver) && !indirect && !addressable {
      return .failed(.pointerReceiver)
    }
    return Lookup(object: o, path: path, indirect: indirect, failure: .none)
  }

  private func searchDeep(_ t: TypeID, isPointer: Bool, addressable: Bool, _ w: Wanted) -> Lookup {
    var level = [Embedded(type: t, path: [], indirect: isPointer, isMultiple: false)]
    var seen: [TypeID] = []
    // Instances may embed ever larger ones: `type T[P any] struct{ *T[*P] }`.
    while !level.isEmpty && seen.count < maxEmbeddingDepth {
      var next: [Embedded] = []
      var found: ObjectID = .none
      var path: [Int] = []
      var indirect = false
      /// Takes a match in entry `e`; false if it collides with another one.
      func take(_ o: ObjectID, _ i: Int, _ e: Embedded) -> Bool {
        if found.isSome || e.isMultiple { return false }
        found = o
        path = e.path + [i]
        indirect = e.indirect
        return true
      }
      for e in level {
        let type = e.type
        if kind(type) == .named {
          if seen.contains(where: { (s: TypeID) -> Bool in identical(s, type) }) { continue }
          seen.append(type)
          let i = declaredMethod(type, w)
          if i >= 0 {
            if !take(method(of: type, at: i), i, e) { return .failed(.ambiguous) }
            continue
          }
        }
        let u = under(type)
        switch kind(u) {
        case .struct:
          for i in 0..<memberCount(u) {
            let f = member(u, i)
            if matches(f, w) {
              if !take(f, i, e) { return .failed(.ambiguous) }
              continue
            }
            if found.isNone && objects[f].isEmbedded {
              var ft = unalias(objects[f].type)
              let isPtr = kind(ft) == .pointer
              if isPtr { ft = unalias(elem(ft)) }
              if !mayHaveMembers(ft) { continue }
              next.append(
                Embedded(
                  type: ft, path: e.path + [i], indirect: e.indirect || isPtr,
                  isMultiple: e.isMultiple))
            }
          }
        case .interface:
          let set = typeSet(of: u)
          for i in set.methods.indices where matches(set.methods[i], w) {
            if !take(set.methods[i], i, e) { return .failed(.ambiguous) }
            break
          }
        default:
          break
        }
      }
      if found.isSome { return finish(found, path, indirect: indirect, addressable: addressable) }
      level = consolidated(next)
    }
    return .failed(.notFound)
  }

  private func mayHaveMembers(_ t: TypeID) -> Bool {
    switch kind(t) {
    case .named, .struct, .interface: true
    default: false
    }
  }

  /// Merges entries of one type into one that is marked.
  private func consolidated(_ list: [Embedded]) -> [Embedded] {
    if list.count < 2 { return list }
    var result: [Embedded] = []
    outer: for e in list {
      for i in result.indices where identical(result[i].type, e.type) {
        result[i].isMultiple = true
        continue outer
      }
      result.append(e)
    }
    return result
  }

  /// A name with letters mapped to lower case, for comparisons that ignore case.
  func foldedName(_ n: NameID) -> [UInt8] { Array(names.string(n).lowercased().utf8) }

  // MARK: Helpers for callers

  /// The type of a field or method, declared now if it was not.
  public func methodType(_ o: ObjectID) -> TypeID {
    if objects[o].type.isNone { checker?.objDecl(o) }
    return objects[o].type
  }

  /// The struct type behind a (defined or not) pointer to a struct; else `t`.
  func structBehindPointer(_ t: TypeID) -> TypeID {
    let u = under(t)
    return kind(u) == .pointer && kind(under(elem(u))) == .struct ? elem(u) : t
  }

  /// Names of the fields on a path of indices, joined by dots, for messages.
  func fieldPath(_ t: TypeID, _ path: [Int]) -> String {
    var parts: [String] = []
    var type = t
    for i in path {
      let u = under(structBehindPointer(type))
      if kind(u) != .struct || Int(i) >= memberCount(u) { break }
      let f = member(u, Int(i))
      parts.append(text(objects[f].name))
      type = objects[f].type
    }
    return parts.joined(separator: ".")
  }

  /// A (pointer to a) struct with an embedded field of invalid type, at any depth: what it lacks
  /// is unknown.
  func hasInvalidEmbedded(_ t: TypeID) -> Bool {
    var seen: [TypeID] = []
    func visit(_ t: TypeID) -> Bool {
      let u = under(structBehindPointer(t))
      if kind(u) != .struct || seen.contains(u) || seen.count > maxEmbeddingDepth { return false }
      seen.append(u)
      for i in 0..<memberCount(u) where objects[member(u, i)].isEmbedded {
        let f = memberType(u, i)
        if unalias(f) == invalid || visit(f) { return true }
      }
      return false
    }
    return visit(t)
  }
}
