import Base
import Syntax

// Unification of types (Go spec, Type unification).
//
// Two types unify if the type parameters that are bound (those to be inferred) can be given types
// that make them equivalent. The unifier walks both types in step. Where it meets a bound type
// parameter it records the other side as its type, or, if it has one already, unifies that one with
// the other side.
//
// Type parameters that were unified with each other share a cell, so that whatever is inferred for
// one holds for all of them. Cells are numbers; `cellOf` maps each bound parameter to its cell.
//
// How strictly types must match depends on the place:
//   exact    the types must be identical. Element types of types in an assignment.
//   inexact  a defined type matches the underlying type of the other side if that is a literal,
//            channel directions are ignored, and an interface matches what has its methods.
//   assign   inexact at the top, exact for element types.
//
// If several inexact matches are recorded for one parameter, the defined type wins over a literal,
// and a directed channel over an undirected one, so that the order of arguments does not matter.
// Where it would (two interfaces with different methods, an interface and another type),
// unification fails.
//
// Type parameters that are not bound belong to an enclosing function. They match only themselves,
// except that the common underlying type of their constraint may match.

struct UnifyMode: OptionSet {
  let rawValue: UInt8
  static var inexact: UnifyMode { [] }
  static var assign: UnifyMode { UnifyMode(rawValue: 1) }
  static var exact: UnifyMode { UnifyMode(rawValue: 2) }
}

/// The state of one inference.
struct Unifier {
  let ts: TypeStore
  /// Interfaces take part by their methods (Go 1.21).
  let interfaceInference: Bool
  /// The type parameters to be inferred.
  let params: [TypeID]
  /// For each parameter the index of its cell.
  private var cellOf: [Int]
  /// Inferred types, none while unknown.
  private var cells: [TypeID]
  private var depth = 0

  /// Deeper recursion fails instead of overflowing the stack.
  private static var depthLimit: Int { 100 }

  /// `args` may be shorter than `params` and contain none.
  init(_ ts: TypeStore, _ params: [TypeID], _ args: [TypeID], interfaceInference: Bool) {
    self.ts = ts
    self.params = params
    self.interfaceInference = interfaceInference
    cellOf = Array(params.indices)
    cells = params.indices.map { (i: Int) -> TypeID in i < args.count ? args[i] : .none }
  }

  // MARK: Cells

  private func index(_ t: TypeID) -> Int? {
    let a = ts.unalias(t)
    if a.isNone || ts.kind(a) != .typeParam { return nil }
    return params.firstIndex(of: a)
  }

  /// The type inferred for the `i`-th parameter, or none.
  func type(_ i: Int) -> TypeID { cells[cellOf[i]] }

  mutating func set(_ i: Int, _ t: TypeID) { cells[cellOf[i]] = t }

  /// Number of parameters without a type.
  var unknowns: Int {
    var n = 0
    for c in cellOf where cells[c].isNone { n += 1 }
    return n
  }

  var inferred: [TypeID] { params.indices.map { (i: Int) -> TypeID in type(i) } }

  /// Lets two parameters share a cell; false if both have a type.
  private mutating func join(_ i: Int, _ j: Int) -> Bool {
    let a = cellOf[i]
    let b = cellOf[j]
    if a == b { return true }
    if cells[a].isSome && cells[b].isSome { return false }
    let (keep, drop) = cells[a].isSome ? (a, b) : (b, a)
    for k in cellOf.indices where cellOf[k] == drop { cellOf[k] = keep }
    return true
  }

  // MARK: Unification

  /// Whether `x` and `y` unify; records inferred types.
  mutating func unify(_ x: TypeID, _ y: TypeID, _ mode: UnifyMode) -> Bool {
    var pairs: [(TypeID, TypeID)] = []
    return match(x, y, mode, &pairs)
  }

  /// A non-parameter interface type under `t`, or none.
  private func asInterface(_ t: TypeID) -> TypeID {
    let a = ts.unalias(t)
    if a.isNone || ts.kind(a) == .typeParam { return .none }
    let u = ts.under(a)
    return ts.kind(u) == .interface ? u : .none
  }

  private func isNamed(_ t: TypeID) -> Bool { ts.kind(ts.unalias(t)) == .named }

  private func isLiteral(_ t: TypeID) -> Bool {
    switch ts.kind(ts.unalias(t)) {
    case .named, .typeParam: false
    default: true
    }
  }

  /// `pairs` are the interfaces being compared further up, which ends recursion through methods.
  private mutating func match(
    _ x0: TypeID, _ y0: TypeID, _ mode: UnifyMode, _ pairs: inout [(TypeID, TypeID)]
  ) -> Bool {
    var x = x0
    var y = y0
    if x.isNone || y.isNone { return x == y }
    if x == y || ts.unalias(x) == ts.unalias(y) { return true }
    depth += 1
    defer { depth -= 1 }
    if depth > Unifier.depthLimit { return false }

    // Matching is symmetric. Arrange that a defined type stands on the right and a bound parameter
    // on the left; the latter counts more.
    if isNamed(x) || index(y) != nil { swap(&x, &y) }

    if !mode.contains(.exact) && isNamed(y) && isLiteral(x)
      && !(interfaceInference && asInterface(x).isSome)
    {
      y = ts.under(y)
      if y.isNone { return false }
      if x == y || ts.unalias(x) == ts.unalias(y) { return true }
    }

    if let i = index(x) {
      if let j = index(y) {
        if join(i, j) { return true }
        return match(type(i), type(j), mode, &pairs)
      }
      if type(i).isSome { return matchInferred(i, y, mode, &pairs) }
      set(i, y)
      return true
    }

    if interfaceInference && !mode.contains(.exact) {
      let xi = asInterface(x)
      let yi = asInterface(y)
      if xi.isSome && yi.isSome { return matchInterfaces(xi, yi, &pairs) }
      if xi.isSome { return matchMethods(of: xi, in: y, &pairs) }
      if yi.isSome { return matchMethods(of: yi, in: x, &pairs) }
    }
    if ts.kind(ts.unalias(y)) == .typeParam { swap(&x, &y) }
    return matchStructure(ts.unalias(x), ts.unalias(y), y, mode, &pairs)
  }

  /// Parameter `i` has a type: it must match `y`, and the better of the two stays.
  private mutating func matchInferred(
    _ i: Int, _ y: TypeID, _ mode: UnifyMode, _ pairs: inout [(TypeID, TypeID)]
  ) -> Bool {
    let x = type(i)
    if !match(x, y, mode, &pairs) { return false }
    let xi = asInterface(x)
    let yi = asInterface(y)
    if xi.isSome && yi.isSome {
      // It is not known which of two names is meant; and with different methods, which is wanted.
      if isNamed(x) && isNamed(y) { return ts.identical(x, y) }
      if ts.typeSet(of: xi).methods.count != ts.typeSet(of: yi).methods.count { return false }
    } else if xi.isSome || yi.isSome {
      // Either could be meant, so the result would depend on the order of arguments.
      return false
    }
    if mode.contains(.exact) || isNamed(x) { return true }
    if isNamed(y) {
      set(i, y)
    } else {
      let u = ts.under(y)
      if ts.kind(u) == .chan && ts.chanDir(u) != .both { set(i, y) }
    }
    return true
  }

  private func isOpen(_ x: TypeID, _ y: TypeID, _ pairs: [(TypeID, TypeID)]) -> Bool {
    pairs.contains { (p: (TypeID, TypeID)) -> Bool in
      (p.0 == x && p.1 == y) || (p.0 == y && p.1 == x)
    }
  }

  /// Two interfaces, inexactly: the methods of one are among those of the other.
  private mutating func matchInterfaces(
    _ x: TypeID, _ y: TypeID, _ pairs: inout [(TypeID, TypeID)]
  ) -> Bool {
    let a = ts.typeSet(of: x)
    let b = ts.typeSet(of: y)
    if a.isComparable != b.isComparable || !ts.sameTerms(a.terms, b.terms) { return false }
    if isOpen(x, y, pairs) { return true }
    pairs.append((x, y))
    defer { pairs.removeLast() }
    let (fewer, more) =
      a.methods.count <= b.methods.count
      ? (a.methods, b.methods) : (b.methods, a.methods)
    for m in fewer {
      let r = ts.objects[m]
      let j = ts.methodIndex(more, r.package, r.name)
      if j < 0 { return false }
      if !match(ts.methodType(m), ts.methodType(more[j]), .exact, &pairs) { return false }
    }
    return true
  }

  /// An interface and another type: the type has all methods.
  private mutating func matchMethods(
    of x: TypeID, in y: TypeID, _ pairs: inout [(TypeID, TypeID)]
  ) -> Bool {
    for m in ts.typeSet(of: x).methods {
      let r = ts.objects[m]
      let found = ts.lookupFieldOrMethod(y, addressable: false, r.package, r.name)
      if found.object.isNone || ts.objects[found.object].kind != .function { return false }
      let t = ts.methodType(found.object)
      // A generic method implements no interface method.
      if t.isNone || ts.kind(t) != .signature || !ts.signature(t).typeParams.isEmpty {
        return false
      }
      if !match(ts.methodType(m), t, .exact, &pairs) { return false }
    }
    return true
  }

  /// Neither side is a bound parameter. `original` is `y` with its alias name.
  private mutating func matchStructure(
    _ x: TypeID, _ y: TypeID, _ original: TypeID, _ mode: UnifyMode,
    _ pairs: inout [(TypeID, TypeID)]
  ) -> Bool {
    let inner = mode.contains(.assign) ? mode.union(.exact) : mode
    let k = ts.kind(x)
    if k == .typeParam {
      let core = ts.coreType(x)
      return core.isSome && match(core, original, .assign, &pairs)
    }
    if ts.kind(y) != k { return false }
    switch k {
    case .basic: return ts.types[x].sub == ts.types[y].sub
    case .pointer, .slice: return match(ts.elem(x), ts.elem(y), inner, &pairs)
    case .array:
      let m = ts.arrayLength(x)
      let n = ts.arrayLength(y)
      // A length that is unknown because of an error matches any.
      return (m < 0 || n < 0 || m == n) && match(ts.elem(x), ts.elem(y), inner, &pairs)
    case .chan:
      if mode.contains(.exact) && ts.chanDir(x) != ts.chanDir(y) { return false }
      return match(ts.elem(x), ts.elem(y), inner, &pairs)
    case .map:
      return match(ts.mapKey(x), ts.mapKey(y), inner, &pairs)
        && match(ts.elem(x), ts.elem(y), inner, &pairs)
    case .struct: return matchStructs(x, y, inner, &pairs)
    case .tuple: return matchTuples(x, y, mode, &pairs)
    case .signature:
      let a = ts.signature(x)
      let b = ts.signature(y)
      if a.variadic != b.variadic { return false }
      return matchTuples(a.params, b.params, inner, &pairs)
        && matchTuples(a.results, b.results, inner, &pairs)
    case .interface: return matchExactInterfaces(x, y, &pairs)
    case .named:
      let a = ts.namedInfo(x)
      let b = ts.namedInfo(y)
      // Arguments before origins: what they infer makes better messages.
      if a.args.n != b.args.n { return false }
      for i in 0..<a.args.n
      where !match(ts.typeAt(a.args, i), ts.typeAt(b.args, i), mode, &pairs) {
        return false
      }
      return a.origin == b.origin
    default: return false
    }
  }

  private mutating func matchTuples(
    _ x: TypeID, _ y: TypeID, _ mode: UnifyMode, _ pairs: inout [(TypeID, TypeID)]
  ) -> Bool {
    let n = ts.memberCount(x)
    if n != ts.memberCount(y) { return false }
    for i in 0..<n where !match(ts.memberType(x, i), ts.memberType(y, i), mode, &pairs) {
      return false
    }
    return true
  }

  private mutating func matchStructs(
    _ x: TypeID, _ y: TypeID, _ mode: UnifyMode, _ pairs: inout [(TypeID, TypeID)]
  ) -> Bool {
    let n = ts.memberCount(x)
    if n != ts.memberCount(y) { return false }
    for i in 0..<n {
      let f = ts.objects[ts.member(x, i)]
      let g = ts.objects[ts.member(y, i)]
      if f.isEmbedded != g.isEmbedded || ts.fieldTag(x, i) != ts.fieldTag(y, i)
        || !ts.sameName(ts.member(x, i), g.package, g.name)
      {
        return false
      }
      if !match(f.type, g.type, mode, &pairs) { return false }
    }
    return true
  }

  private mutating func matchExactInterfaces(
    _ x: TypeID, _ y: TypeID, _ pairs: inout [(TypeID, TypeID)]
  ) -> Bool {
    let a = ts.typeSet(of: x)
    let b = ts.typeSet(of: y)
    if a.isComparable != b.isComparable || !ts.sameTerms(a.terms, b.terms) { return false }
    if a.methods.count != b.methods.count { return false }
    if isOpen(x, y, pairs) { return true }
    pairs.append((x, y))
    defer { pairs.removeLast() }
    // Both lists are sorted alike.
    for i in a.methods.indices {
      let r = ts.objects[a.methods[i]]
      if !ts.sameName(b.methods[i], r.package, r.name) { return false }
      let s = ts.methodType(a.methods[i])
      if !match(s, ts.methodType(b.methods[i]), .exact, &pairs) { return false }
    }
    return true
  }
}
