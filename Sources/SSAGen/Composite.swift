import Base
import Object
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// A composite literal as a value.
  func compositeLit(_ n: NodeID) throws -> Val {
    let t = type(n)
    switch kind(t) {
    case .slice: return try sliceLiteral(n, t)
    case .map: return try mapLiteral(n, t)
    case .pointer:
      // `{...}` inside a literal whose elements are pointers.
      let p = allocate(elem(t), .object)
      try fill(n, elem(t), Address(p, 0, isSafe: true), isZero: true)
      return Val(t, p)
    default: break
    }
    if layout(t).isSSA { return try componentLiteral(n, t) }
    var a = temporary(t)
    a.noBarrier = true
    try fill(n, t, a, isZero: false)
    return Val(memory: a, t, isTemporary: true)
  }

  /// Builds a literal in fresh memory; `isZero`: the memory is zero already.
  func compositeLit(_ n: NodeID, into a: Address, isZero: Bool) throws {
    let t = type(n)
    switch kind(t) {
    case .struct, .array: try fill(n, t, a, isZero: isZero)
    default: store(try compositeLit(n), a)
    }
  }

  /// A small struct or array whose parts are values.
  private func componentLiteral(_ n: NodeID, _ t: TypeID) throws -> Val {
    var v = zeroVal(t)
    let lit = tree.compositeLit(n)
    if kind(t) == .array {
      if let e = tree.each(lit.elements).first {
        let x = tree.kind(e) == .keyValue ? tree.keyValue(e).value : e
        let part = try element(x, elem(t))
        for k in 0..<Int(part.count) { v[k] = part[k] }
      }
      return v
    }
    try forEachField(lit, t) { path, x in
      var ft = t
      var first = 0
      for i in path {
        first += self.pb.layouts.fieldLeaf(ft, i)
        ft = self.canon(self.ts.memberType(self.ts.under(ft), i))
      }
      let part = try self.element(x, ft)
      for k in 0..<Int(part.count) { v[first + k] = part[k] }
    }
    return v
  }

  /// An element expression converted to its place's type; nested literals may lack their type.
  private func element(_ x: NodeID, _ t: TypeID) throws -> Val { try expr(x, to: t) }

  /// Calls `body` with the field path and value of each element of a struct literal. What is given
  /// for a blank field is only evaluated.
  private func forEachField(
    _ lit: SyntaxTree.CompositeLit, _ t: TypeID, _ body: ([Int], NodeID) throws -> Void
  ) throws {
    let u = ts.under(t)
    for (i, e) in tree.each(lit.elements).enumerated() {
      if tree.kind(e) != .keyValue {
        if ts.objects[ts.member(u, i)].name == blankName {
          _ = try element(e, canon(ts.memberType(u, i)))
        } else {
          try body([i], e)
        }
        continue
      }
      let (k, x) = tree.keyValue(e)
      let field = info.object(k)
      if let path = pb.fieldPath(u, ts.objects[field].name, ts.objects[field].package) {
        try body(path, x)
      } else {
        throw unimplemented("field of a literal")
      }
    }
  }

  /// Stores the elements of a struct or array literal at `a`.
  private func fill(_ n: NodeID, _ t: TypeID, _ a: Address, isZero: Bool) throws {
    let lit = tree.compositeLit(n)
    if size(t) == 0 {
      for e in tree.each(lit.elements) {
        _ = try expr(tree.kind(e) == .keyValue ? tree.keyValue(e).value : e)
      }
      return
    }
    // A large literal of constants is copied from read-only data.
    if Int(lit.elements.count) > 4, let s = staticImage(n, t) {
      copyMemory(t, from: Address(dataAddress(s), 0, isSafe: true), to: a)
      return
    }
    if kind(t) == .struct {
      if !isZero && Int(lit.elements.count) < ts.memberCount(ts.under(t))
        || !isZero && hasPadding(t)
      {
        zeroMemory(t, a)
      }
      try forEachField(lit, t) { path, x in
        var ft = t
        var at = a
        for i in path {
          at.offset += Int64(self.pb.layouts.fieldOffset(ft, i))
          ft = self.canon(self.ts.memberType(self.ts.under(ft), i))
        }
        try self.storeElement(x, ft, at, isZero: isZero)
      }
      return
    }
    let count = Int(ts.arrayLength(ts.under(t)))
    if !isZero && Int(lit.elements.count) < count { zeroMemory(t, a) }
    try forEachElement(lit) { i, x in
      let e = self.elem(t)
      try self.storeElement(
        x, e, a.advanced(Int64(i * self.size(e))), isZero: isZero)
    }
  }

  private func hasPadding(_ t: TypeID) -> Bool { !layout(t).isPlainMemory && !layout(t).isSSA }

  private func storeElement(_ x: NodeID, _ t: TypeID, _ a: Address, isZero: Bool) throws {
    if isZero && isZeroConstant(x, t) { return }
    let n = tree.unparen(x)
    if tree.kind(n) == .compositeLit && type(n) == t && !layout(t).isSSA
      && (kind(t) == .struct || kind(t) == .array)
    {
      // Nested literals are built in place.
      try fill(n, t, a, isZero: isZero)
      return
    }
    store(try element(x, t), a)
  }

  /// Whether `n` as a value of type `t` is known to be all zero bytes.
  private func isZeroConstant(_ n: NodeID, _ t: TypeID) -> Bool {
    if info.mode(tree.unparen(n)) == .nilValue { return true }
    if isInterface(t) { return false }
    let c = info.constants[n.index]
    if c.isNone { return false }
    switch ts.constants[c] {
    case .bool(let b): return !b
    case .int(let i): return i == 0
    case .string(let s): return s.count == 0
    default: return false
    }
  }

  /// Calls `body` with the index and value of each element of an array or slice literal.
  private func forEachElement(
    _ lit: SyntaxTree.CompositeLit, _ body: (Int, NodeID) throws -> Void
  ) throws {
    var i = 0
    for e in tree.each(lit.elements) {
      if tree.kind(e) == .keyValue {
        let (k, x) = tree.keyValue(e)
        i = Int(constantInt(k) ?? 0)
        try body(i, x)
      } else {
        try body(i, e)
      }
      i += 1
    }
  }

  /// Number of elements of the array behind a slice literal.
  func literalLength(_ lit: SyntaxTree.CompositeLit) -> Int {
    var i = 0
    var n = 0
    for e in tree.each(lit.elements) {
      if tree.kind(e) == .keyValue { i = Int(constantInt(tree.keyValue(e).key) ?? 0) }
      i += 1
      n = max(n, i)
    }
    return n
  }

  private func sliceLiteral(_ n: NodeID, _ t: TypeID) throws -> Val {
    let lit = tree.compositeLit(n)
    let count = literalLength(lit)
    let e = elem(t)
    if count == 0 { return Val(t, dataAddress(pb.zeroBase), constInt(0), constInt(0)) }
    let array = pb.arrayType(e, count)
    let p = allocate(array, .sliceLiteral)
    let a = Address(p, 0, isSafe: true)
    if lit.elements.count > 4, let s = staticImage(n, array) {
      copyMemory(array, from: Address(dataAddress(s), 0, isSafe: true), to: a)
    } else {
      try forEachElement(lit) { i, x in
        try self.storeElement(x, e, a.advanced(Int64(i * self.size(e))), isZero: true)
      }
    }
    return Val(t, p, constInt(count), constInt(count))
  }

  private func mapLiteral(_ n: NodeID, _ t: TypeID) throws -> Val {
    let lit = tree.compositeLit(n)
    let m = try makeMap(t, constInt(Int(lit.elements.count)))
    let u = ts.under(t)
    let kt = canon(ts.mapKey(u))
    let et = elem(t)
    for e in tree.each(lit.elements) {
      let (k, x) = tree.keyValue(e)
      try withTemporaries {
        let key = stable(try expr(k, to: kt))
        let v = stable(try expr(x, to: et))
        pos = tree.pos(e)
        store(v, try mapAssign(m, key))
      }
    }
    return m
  }
}
