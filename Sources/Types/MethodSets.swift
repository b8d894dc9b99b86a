import Base
import Syntax

// Method sets (Go spec, Method sets), enumerated: what type descriptors, itabs and wrappers are made
// from. (`lookupFieldOrMethod` finds one method by name without making the set.)
//
// The search goes by depth, as in a look-up: at each level it gathers the methods and the fields of
// all types there. A name that occurs once at the shallowest level where it occurs, and as a method,
// is in the set if the receiver fits: a method with a pointer receiver needs a pointer on the path.
// Every name that was met hides that name at deeper levels, whether it made it into the set or not.

/// A method in a method set.
public struct MethodSetEntry: Sendable {
  /// The method, of the type that declares it; an interface's method if promoted from one.
  public var method: ObjectID
  /// Embedded fields to follow from the receiver, outermost first; empty for a method of the type.
  public var path: [Int]
  /// Index among the declared methods, or in the interface's type set.
  public var index: Int
  /// A pointer was followed: the receiver is one, or an embedded field on the path.
  public var indirect: Bool
}

extension TypeStore {
  /// The method set of `t` (a type T or *T), in the order of Go's runtime. Generic methods are left
  /// out: they cannot be called through interfaces or reflection.
  public func methodSet(_ t: TypeID) -> [MethodSetEntry] {
    var start = unalias(t)
    var isPointer = false
    if kind(start) == .named && kind(under(start)) == .pointer {
      // A defined pointer type has no methods, not even promoted ones.
      return []
    }
    if kind(start) == .pointer {
      start = unalias(elem(start))
      isPointer = true
      if kind(under(start)) == .interface { return [] }
    }
    if kind(under(start)) == .interface { return interfaceMethodSet(under(start)) }
    var search = MethodSearch()
    var level = [MethodSearch.Place(type: start, path: [], indirect: isPointer, isMultiple: false)]
    var seen: [TypeID] = []
    while !level.isEmpty && seen.count < maxEmbeddingDepth {
      var next: [MethodSearch.Place] = []
      search.beginLevel()
      for p in level { collect(p, &search, &seen, &next) }
      search.endLevel()
      level = merged(next)
    }
    var result = search.methods.filter { (e: MethodSetEntry) -> Bool in
      !isGenericMethod(e.method)
    }
    result.sort { (a: MethodSetEntry, b: MethodSetEntry) -> Bool in
      methodPrecedes(a.method, b.method)
    }
    return result
  }

  private func interfaceMethodSet(_ u: TypeID) -> [MethodSetEntry] {
    let methods = typeSet(of: u).methods
    return methods.indices.map { (i: Int) -> MethodSetEntry in
      MethodSetEntry(method: methods[i], path: [], index: i, indirect: false)
    }
  }

  /// A method that declares type parameters of its own.
  public func isGenericMethod(_ m: ObjectID) -> Bool {
    let t = methodType(m)
    return t.isSome && kind(t) == .signature && !signatures[side(t)].typeParams.isEmpty
  }

  private func collect(
    _ p: MethodSearch.Place, _ search: inout MethodSearch, _ seen: inout [TypeID],
    _ next: inout [MethodSearch.Place]
  ) {
    if kind(p.type) == .named {
      if seen.contains(where: { (s: TypeID) -> Bool in identical(s, p.type) }) { return }
      seen.append(p.type)
      for i in 0..<methodCount(p.type) {
        let m = method(of: p.type, at: i)
        let fits = p.indirect || !objects[m].flags.contains(.pointerReceiver)
        search.add(key(m), m, i, p, fits: fits)
      }
    }
    let u = under(p.type)
    switch kind(u) {
    case .struct:
      for i in 0..<memberCount(u) {
        let f = member(u, i)
        search.block(key(f))
        if !objects[f].isEmbedded { continue }
        let d = deref(objects[f].type)
        next.append(
          MethodSearch.Place(
            type: unalias(d.type), path: p.path + [i], indirect: p.indirect || d.isPointer,
            isMultiple: p.isMultiple))
      }
    case .interface:
      let methods = typeSet(of: u).methods
      for i in methods.indices { search.add(key(methods[i]), methods[i], i, p, fits: true) }
    default: break
    }
  }

  /// Names that are the same have the same key.
  private func key(_ o: ObjectID) -> UInt64 {
    let r = objects[o]
    return UInt64(r.name.raw) << 32 | UInt64(r.isExported ? 0 : r.package.raw)
  }

  private func merged(_ list: [MethodSearch.Place]) -> [MethodSearch.Place] {
    if list.count < 2 { return list }
    var result: [MethodSearch.Place] = []
    outer: for p in list {
      for i in result.indices where identical(result[i].type, p.type) {
        result[i].isMultiple = true
        continue outer
      }
      result.append(p)
    }
    return result
  }
}

/// State of one enumeration.
private struct MethodSearch {
  struct Place {
    var type: TypeID
    var path: [Int]
    var indirect: Bool
    /// The type occurs more than once at this depth.
    var isMultiple: Bool
  }

  var methods: [MethodSetEntry] = []
  /// Names met at shallower levels. Looked up only.
  private var hidden: Set<UInt64> = []
  /// Names of this level: index into `candidates`, or -1 if the name is out.
  private var level: [UInt64: Int] = [:]
  private var order: [UInt64] = []
  private var candidates: [MethodSetEntry] = []

  mutating func beginLevel() {
    level.removeAll(keepingCapacity: true)
    order.removeAll(keepingCapacity: true)
    candidates.removeAll(keepingCapacity: true)
  }

  mutating func add(_ key: UInt64, _ m: ObjectID, _ i: Int, _ p: Place, fits: Bool) {
    if hidden.contains(key) { return }
    if level[key] != nil || p.isMultiple || !fits {
      if level[key] == nil { order.append(key) }
      level[key] = -1
      return
    }
    level[key] = candidates.count
    order.append(key)
    candidates.append(MethodSetEntry(method: m, path: p.path, index: i, indirect: p.indirect))
  }

  /// A field of that name.
  mutating func block(_ key: UInt64) {
    if hidden.contains(key) { return }
    if level[key] == nil { order.append(key) }
    level[key] = -1
  }

  mutating func endLevel() {
    for k in order {
      if let i = level[k], i >= 0 { methods.append(candidates[i]) }
      hidden.insert(k)
    }
  }
}
