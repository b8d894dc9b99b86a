// The order that the language leaves open.
//
// The spec orders calls and receives among themselves, but not the reads of variables between them: in
// `f(x, g())` x may be read before or after g. Programs come to depend on what gc does, so we do the
// same: of one statement (or one call's arguments) calls come first, in source order, and what is
// plain reading and arithmetic follows when all are done. gc takes a few more things in source
// order with the calls: len and cap, complex, real and imag, make and new, slices made of strings,
// slicing, && and ||, type assertions, conversions to an interface that need the value in memory.

import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// An expression, and the type it is converted to if that is known.
  struct Ordered {
    var node: NodeID
    var target = TypeID.none
    init(_ node: NodeID, _ target: TypeID = .none) {
      self.node = node
      self.target = target
    }
  }

  /// Runs `body`, which evaluates `list` in this order, with the calls in it already made where the
  /// difference could be seen.
  func inOrder<R>(_ list: [Ordered], _ body: () throws -> R) throws -> R {
    let mark = evaluated.count
    defer { evaluated.removeLast(evaluated.count - mark) }
    var reads = false
    if list.contains(where: { hasLateCall($0.node, &reads) }) {
      for x in list { try hoist(x.node, x.target) }
    }
    return try body()
  }

  func inOrder<R>(_ list: ExprList, _ body: () throws -> R) throws -> R {
    try inOrder(list.indices.map { Ordered(tree[list, $0]) }, body)
  }

  /// `n`, a statement's only expression, with its calls first.
  func ordered(_ n: NodeID) throws -> Val { try inOrder([Ordered(n)]) { try expr(n) } }

  /// The value of `n` if it was evaluated beforehand.
  func evaluatedValue(_ n: NodeID) -> Val? { evaluated.last { $0.node == n }?.value }

  private func keep(_ n: NodeID, _ value: () throws -> Val) throws {
    let mark = evaluated.count
    let v = stable(try value())
    evaluated.removeLast(evaluated.count - mark)
    evaluated.append((n, v))
  }

  // MARK: Whether it matters

  /// Whether a call in `node` comes after a read of something that the call may change, or after a
  /// panic that it may forestall. `reads` says whether there was one before, and is updated.
  private func hasLateCall(_ node: NodeID, _ reads: inout Bool) -> Bool {
    let n = tree.unparen(node)
    if n.isNone || info.constants[n.index].isSome { return false }
    switch tree.kind(n) {
    case .name:
      if isMemoryVariable(info.object(n)) { reads = true }
      return false
    case .compositeLit:
      for e in tree.each(tree.compositeLit(n).elements) where hasLateCall(e, &reads) { return true }
      return false
    case .keyValue:
      let (k, v) = tree.keyValue(n)
      return isValue(k) && hasLateCall(k, &reads) || hasLateCall(v, &reads)
    case .selector: return hasLateCall(selector: n, &reads)
    case .index:
      let (x, i) = tree.index(n)
      if !isValue(x) { return false }
      if hasLateCall(x, &reads) || hasLateCall(i, &reads) { return true }
      if kind(type(x)) != .array || info.constants[i.index].isNone { reads = true }
      return false
    case .slice:
      let s = tree.slice(n)
      return [s.x, s.low, s.high, s.max].contains { hasLateCall($0, &reads) }
    case .assert: return hasLateCall(tree.assertion(n).x, &reads)
    case .unary:
      let (op, x) = tree.unary(n)
      if hasLateCall(x, &reads) { return true }
      if op == .mul { reads = true }
      return op == .recv && reads
    case .binary:
      let (op, x, y) = tree.binary(n)
      if hasLateCall(x, &reads) || hasLateCall(y, &reads) { return true }
      if op == .div || op == .rem { reads = true }
      return false
    case .call: return hasLateCall(call: n, &reads)
    default: return false
    }
  }

  private func hasLateCall(selector n: NodeID, _ reads: inout Bool) -> Bool {
    let (x, sel) = tree.selector(n)
    guard let s = info.selection(n) else {
      if isMemoryVariable(info.object(sel)) { reads = true }
      return false
    }
    if s.kind == .methodExpr { return false }
    if hasLateCall(x, &reads) { return true }
    if s.indirect || kind(type(x)) == .pointer { reads = true }
    return false
  }

  private func hasLateCall(call n: NodeID, _ reads: inout Bool) -> Bool {
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    switch info.mode(fun) {
    case .type:
      let x = tree[c.args, 0]
      if hasLateCall(x, &reads) { return true }
      // A string made of a slice is made where it is used.
      if isString(type(n)) && isValue(x) && kind(type(x)) == .slice { reads = true }
      return false
    case .builtin:
      let b = builtin(fun)
      for x in tree.each(c.args) where isValue(x) && hasLateCall(x, &reads) { return true }
      return reads && (b == .append || b == .copy || b == .recover)
    default: return reads
    }
  }

  private func isMemoryVariable(_ o: ObjectID) -> Bool {
    if o.isNone || ts.objects[o].kind != .variable { return false }
    if let i = local(o) { return locals[i].kind != .components }
    return true
  }

  // MARK: Evaluating beforehand

  /// Evaluates what gc evaluates at this place; the rest of `node` is left for `expr`.
  private func hoist(_ node: NodeID, _ target: TypeID = .none) throws {
    let n = tree.unparen(node)
    if n.isNone || info.constants[n.index].isSome || evaluatedValue(n) != nil { return }
    try hoistParts(n)
    if target.isSome && copiesForInterface(n, target) && evaluatedValue(n) == nil {
      try keep(n) { try expr(n) }
    }
  }

  private func hoistParts(_ n: NodeID) throws {
    switch tree.kind(n) {
    case .compositeLit:
      let elements = tree.compositeLit(n).elements
      if kind(type(n)) == .map {
        if elements.count > 0 { try keep(n) { try expr(n) } }
        return
      }
      for e in tree.each(elements) {
        try hoist(tree.kind(e) == .keyValue ? tree.keyValue(e).value : e)
      }
    case .selector:
      if let s = info.selection(n), s.kind != .methodExpr { try hoist(tree.selector(n).x) }
    case .index:
      let (x, i) = tree.index(n)
      if isValue(x) {
        try hoist(x)
        try hoist(i)
      }
    case .slice:
      let s = tree.slice(n)
      for x in [s.x, s.low, s.high, s.max] { try hoist(x) }
      try keep(n) { try expr(n) }
    case .assert:
      try hoist(tree.assertion(n).x)
      if isValueOfOneType(n) && !layout(type(n)).isDirectInterface { try keep(n) { try expr(n) } }
    case .unary:
      let (op, x) = tree.unary(n)
      try hoist(x)
      if op == .recv && isValueOfOneType(n) { try keep(n) { try expr(n) } }
    case .binary:
      let (op, x, y) = tree.binary(n)
      if op == .andAnd || op == .orOr {
        if constantBool(n) == nil { try keep(n) { try expr(n) } }
        return
      }
      try hoist(x)
      try hoist(y)
    case .call: try hoistCall(n)
    default: return
    }
  }

  private func hoistCall(_ n: NodeID) throws {
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    switch info.mode(fun) {
    case .type:
      let x = tree[c.args, 0]
      try hoist(x, type(n))
      if isValue(x) && isString(type(x)) && kind(type(n)) == .slice { try keep(n) { try expr(n) } }
    case .builtin:
      switch builtin(fun) {
      case .append, .copy, .min, .max, .recover: try keep(n) { try expr(n) }
      case .len, .cap, .complex, .real, .imag, .make, .new:
        for x in tree.each(c.args) where isValue(x) { try hoist(x) }
        try keep(n) { try expr(n) }
      default: for x in tree.each(c.args) where isValue(x) { try hoist(x) }
      }
    default:
      if isValueOfOneType(n) { try keep(n) { try callOne(n) } }
    }
  }

  /// Not a call of several or no results, nor a comma-ok form.
  private func isValueOfOneType(_ n: NodeID) -> Bool {
    let t = info.types[n.index]
    return t.isSome && ts.kind(t) != .tuple && isValue(n)
  }

  /// Whether gc copies the value of `n` before it goes into an interface of type `t`: what has no
  /// address of its own and is passed to the conversion by address.
  private func copiesForInterface(_ n: NodeID, _ t: TypeID) -> Bool {
    guard isInterface(t), isValueOfOneType(n), tree.kind(n) != .compositeLit else { return false }
    let from = type(n)
    if isInterface(from) || ts.basicKind(from) == .untypedNil || isAddressable(n) { return false }
    let l = layout(from)
    switch l.size {
    case 2: if l.align == 2 { return false }
    case 4: if l.align == 4 { return false }
    case 8: if l.align == 8 && !l.hasPointers { return false }
    default: break
    }
    return !isString(from) && kind(from) != .slice
  }
}
