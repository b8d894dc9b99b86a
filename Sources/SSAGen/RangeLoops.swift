import Base
import SSA
import Syntax
import Types

/// The iteration variables of a range clause; none where absent or blank.
struct RangeVariables {
  var key = NodeID.none
  var value = NodeID.none
  var isDefinition = false
  /// Go before 1.22: one variable for the whole loop.
  var isShared = false
}

extension FunctionBuilder {
  func rangeStmt(_ n: NodeID, _ s: SyntaxTree.For) throws {
    let c = tree.rangeClause(s.initStmt)
    var rv = RangeVariables()
    rv.isDefinition = c.isDef
    rv.isShared = c.isDef && minor < 22
    let l = tree.unpack(c.lhs)
    if l.count > 0 && !isBlank(tree[l, 0]) { rv.key = tree[l, 0] }
    if l.count > 1 && !isBlank(tree[l, 1]) { rv.value = tree[l, 1] }
    let t = type(c.x)
    if rv.isShared && kind(t) != .signature { try predeclare(rv) }
    switch kind(t) {
    case .basic:
      if isString(t) { try rangeString(n, s, rv, c.x) } else { try rangeInt(n, s, rv, c.x) }
    case .slice: try rangeSlice(n, s, rv, try temporaryBytes(c.x) ?? ordered(c.x))
    case .array, .pointer: try rangeArray(n, s, rv, c.x, t)
    case .map: try rangeMap(n, s, rv, try ordered(c.x))
    case .chan: try rangeChan(n, s, rv, try ordered(c.x))
    case .signature: try rangeFunc(n, s, c.x)
    default: throw unimplemented("range over \(pb.typeString(t))")
    }
  }

  private func predeclare(_ rv: RangeVariables) throws {
    for x in [rv.key, rv.value] where x.isSome {
      if let o = newVariable(x, true) {
        pb.setShared(o)
        declare(o, concrete(ts.objects[o].type), nil)
      }
    }
  }

  /// Gives both iteration variables their values, as a parallel assignment does.
  private func bind(_ rv: RangeVariables, _ key: Val, _ value: Val) throws {
    if rv.isDefinition || rv.key.isNone || rv.value.isNone {
      try bind(rv.key, rv, key)
      try bind(rv.value, rv, value)
      return
    }
    try inOrder([Ordered(rv.key), Ordered(rv.value)]) {
      let k = try place(rv.key)
      let v = try place(rv.value)
      try store(try convert(key, to: k.type), k)
      try store(try convert(value, to: v.type), v)
    }
  }

  /// Gives an iteration variable its value for this iteration.
  func bind(_ x: NodeID, _ rv: RangeVariables, _ v: Val) throws {
    if x.isNone { return }
    if rv.isDefinition, let o = newVariable(x, true) {
      let t = concrete(ts.objects[o].type)
      let c = try convert(v, to: t)
      if rv.isShared, let i = local(o) { assign(local: i, c) } else { declare(o, t, c) }
      return
    }
    let p = try place(x)
    try store(try convert(v, to: p.type), p)
  }

  /// A loop over 0 ..< length, the count kept in an i64 variable. `body` binds the variables.
  private func countedLoop(
    _ n: NodeID, _ s: SyntaxTree.For, _ length: ValueID, _ bindAll: (ValueID) throws -> Void
  ) throws {
    let i = newVariable(f.values[length].type)
    write(i, zero(f.values[length].type))
    try hiddenLoop(
      n, s, condition: { self.compare(.ltS, self.read(i), length) },
      bind: { try bindAll(self.read(i)) },
      advance: { self.write(i, self.add(self.read(i), self.const(self.vars.types[i.index], 1))) })
  }

  /// A loop whose counters the source does not see.
  func hiddenLoop(
    _ n: NodeID, _ s: SyntaxTree.For, condition: () throws -> ValueID, bind: () throws -> Void,
    advance: () throws -> Void
  ) throws {
    let head = newBlock()
    let body = newBlock()
    let next = newBlock()
    let done = newBlock()
    jump(head)
    start(head)
    branch(try condition(), body, done, likely: 1)
    startSealed(body)
    if f.blocks[body].preds.isEmpty {
      cur = .none
    } else {
      try withTemporaries { try bind() }
      try withTarget(n, breakTo: done, continueTo: next) { try blockStmt(s.body) }
    }
    jump(next)
    finishMerge(next)
    if isReachable {
      try advance()
      jump(head)
    }
    seal(head)
    finishMerge(done)
  }

  // MARK: Integers and strings

  private func rangeInt(_ n: NodeID, _ s: SyntaxTree.For, _ rv: RangeVariables, _ x: NodeID) throws
  {
    var t = type(x)
    if ts.types[t].kind == .basic && basicInfo(t).contains(.untyped) {
      t = rv.key.isSome ? type(rv.key) : intType
      if rv.isDefinition, let o = newVariable(rv.key, true) { t = concrete(ts.objects[o].type) }
    }
    let limit = try inOrder([Ordered(x)]) { try expr(x, to: t) }
    let less: Op = isSigned(t) ? .ltS : .ltU
    let i = newVariable(scalar(t))
    write(i, zero(scalar(t)))
    try hiddenLoop(
      n, s, condition: { self.compare(less, self.read(i), limit[0]) },
      bind: { try self.bind(rv.key, rv, Val(t, self.read(i))) },
      advance: { self.write(i, self.add(self.read(i), self.const(self.scalar(t), 1))) })
  }

  private func rangeString(_ n: NodeID, _ s: SyntaxTree.For, _ rv: RangeVariables, _ x: NodeID)
    throws
  {
    let str = try ordered(x)
    let i = newVariable(.i64)
    let next = newVariable(.i64)
    write(i, constInt(0))
    try hiddenLoop(
      n, s, condition: { self.compare(.ltS, self.read(i), str[1]) },
      bind: {
        let at = self.read(i)
        let rune = self.decodeRune(str, at, next)
        try self.bind(rv, Val(self.intType, at), Val(self.pb.types.int32, rune))
      },
      advance: { self.write(i, self.read(next)) })
  }

  /// The rune at byte `at`; sets `next` to where the one behind it begins.
  private func decodeRune(_ s: Val, _ at: ValueID, _ next: Variable) -> ValueID {
    let r = newVariable(.i32)
    let p = emit(.ptrAdd, .ptr, s[0], at)
    let byte = emit(.load, .i8, p, flags: .nonNil)
    let c = emit(.zeroExtend, .i32, byte)
    write(r, c)
    write(next, add(at, constInt(1)))
    let multi = newBlock()
    let done = newBlock()
    branch(compare(.ltU, c, const(.i32, 0x80)), done, multi, likely: 1)
    startSealed(multi)
    let d = callRuntime(.decoderune, [s[0], s[1], at])
    write(r, project(d, 0, .i32))
    write(next, project(d, 1, .i64))
    jump(done)
    startSealed(done)
    return read(r)
  }

  // MARK: Arrays and slices

  private func rangeSlice(_ n: NodeID, _ s: SyntaxTree.For, _ rv: RangeVariables, _ v: Val) throws {
    try rangeElements(n, s, rv, Address(v[0], 0, isSafe: true), v[1], elem(v.type))
  }

  private func rangeElements(
    _ n: NodeID, _ s: SyntaxTree.For, _ rv: RangeVariables, _ base: Address, _ length: ValueID,
    _ e: TypeID
  ) throws {
    try countedLoop(n, s, length) { i in
      if rv.value.isSome {
        let v = self.load(e, self.elementAddress(base, i, self.size(e)))
        if rv.key.isSome {
          let value = self.stable(v)
          try self.bind(rv, Val(self.intType, i), value)
        } else {
          try self.bind(rv.value, rv, v)
        }
      } else {
        try self.bind(rv.key, rv, Val(self.intType, i))
      }
    }
  }

  private func rangeArray(
    _ n: NodeID, _ s: SyntaxTree.For, _ rv: RangeVariables, _ x: NodeID, _ t: TypeID
  ) throws {
    let isPointer = kind(t) == .pointer
    let array = isPointer ? elem(t) : t
    let length = constInt(Int(ts.arrayLength(ts.under(array))))
    if rv.value.isNone {
      // len(x) is constant unless x has a call or a receive; only then is it evaluated.
      if hasCall(x) { try discard(x) }
      try rangeElements(n, s, rv, Address(.none), length, elem(array))
      return
    }
    if isPointer {
      let p = try ordered(x)
      if ts.arrayLength(ts.under(array)) > 0 { nilCheck(p[0]) }
      try rangeElements(n, s, rv, Address(p[0], 0, isSafe: true), length, elem(array))
      return
    }
    // The array is copied once, as the loop may change the original.
    let v = stable(try ordered(x))
    try rangeElements(n, s, rv, inMemory(v), length, elem(array))
  }

  /// Whether an expression holds a function call or a receive.
  func hasCall(_ node: NodeID) -> Bool {
    let n = tree.unparen(node)
    switch tree.kind(n) {
    case .name, .literal: return false
    case .selector: return hasCall(tree.selector(n).x)
    case .index:
      let (x, i) = tree.index(n)
      return hasCall(x) || hasCall(i)
    case .unary:
      let (op, x) = tree.unary(n)
      return op == .recv || hasCall(x)
    case .compositeLit: return false
    default: return true
    }
  }

  // MARK: Maps and channels

  private func rangeMap(_ n: NodeID, _ s: SyntaxTree.For, _ rv: RangeVariables, _ m: Val) throws {
    let iteratorType = pb.runtimeType("internal/runtime/maps", "Iter")
    let slot = rawSlot(size: size(iteratorType), mask: pb.layouts.pointerMask(iteratorType))
    let mapType = typeAddress(m.type)
    emit(
      .zeroMemory, .void, pointer(slotAddress(slot)), aux: memoryInfo(iteratorType),
      flags: .noBarrier)
    callRuntime(.mapIterStart, [mapType, m[0], pointer(slotAddress(slot))])
    let u = ts.under(m.type)
    let keyType = canon(ts.mapKey(u))
    let key = newVariable(.ptr)
    try hiddenLoop(
      n, s,
      condition: {
        self.write(key, self.load(.ptr, self.slotAddress(slot)))
        return self.compare(.ne, self.read(key), self.constNil())
      },
      bind: {
        // Both are read before either is assigned.
        var k: Val?
        var v: Val?
        if rv.key.isSome {
          k = self.load(keyType, Address(self.read(key), 0, isSafe: true))
        }
        if rv.value.isSome {
          let p = self.load(.ptr, self.slotAddress(slot, 8))
          v = self.load(self.elem(m.type), Address(p, 0, isSafe: true))
        }
        if let k, let v {
          try self.bind(rv, self.stable(k), self.stable(v))
        } else if let x = k ?? v {
          try self.bind(k == nil ? rv.value : rv.key, rv, x)
        }
      },
      advance: { self.callRuntime(.mapIterNext, [self.pointer(self.slotAddress(slot))]) })
  }

  private func rangeChan(_ n: NodeID, _ s: SyntaxTree.For, _ rv: RangeVariables, _ c: Val) throws {
    var received = Val(.none)
    try hiddenLoop(
      n, s,
      condition: {
        let (v, ok) = try self.receiveOK(c)
        received = v
        return ok
      },
      bind: { try self.bind(rv.key, rv, received) },
      advance: {})
  }
}
