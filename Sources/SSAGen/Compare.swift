import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// A comparison expression with result type `t`.
  func comparison(_ op: Operator, _ x: NodeID, _ y: NodeID, _ t: TypeID) throws -> Val {
    if isNil(y) { return Val(t, negated(op, try nilComparison(try expr(x)))) }
    if isNil(x) { return Val(t, negated(op, try nilComparison(try expr(y)))) }
    if let r = try emptyOrConstantString(op, x, y) { return Val(t, r) }
    let (tx, ty) = operandTypes(x, y)
    let a = stable(try comparedOperand(x, tx))
    let b = try comparedOperand(y, ty)
    switch op {
    case .eql: return Val(t, try mixedEqual(a, b))
    case .neq:
      if isFloat(a.type) && isFloat(b.type) { return Val(t, compare(.fne, a[0], b[0])) }
      // Composites may hold a float, or nothing but a blank field.
      let k = kind(a.type)
      if a.count == 1 && b.count == 1 && a.type == b.type && k != .struct && k != .array {
        return Val(t, compare(.ne, a[0], b[0]))
      }
      return Val(t, not(try mixedEqual(a, b)))
    default: return Val(t, ordered(op, a, b))
    }
  }

  private func isNil(_ n: NodeID) -> Bool { info.mode(tree.unparen(n)) == .nilValue }

  private func negated(_ op: Operator, _ isNil: ValueID) -> ValueID {
    op == .eql ? isNil : not(isNil)
  }

  /// The types in which the operands are evaluated.
  private func operandTypes(_ x: NodeID, _ y: NodeID) -> (TypeID, TypeID) {
    var tx = type(x)
    var ty = type(y)
    let ux = ts.types[tx].kind == .basic && basicInfo(tx).contains(.untyped)
    let uy = ts.types[ty].kind == .basic && basicInfo(ty).contains(.untyped)
    if ux { tx = uy || isInterface(ty) ? defaultType(x) : ty }
    if uy { ty = isInterface(tx) ? defaultType(y) : tx }
    return (tx, ty)
  }

  /// An operand; `string(b)` of bytes need not be copied to be compared.
  private func comparedOperand(_ n: NodeID, _ t: TypeID) throws -> Val {
    if isString(t), let v = try temporaryString(n) { return v }
    return try expr(n, to: t)
  }

  /// Equality with a constant string, without a call where that is short.
  private func emptyOrConstantString(_ op: Operator, _ x: NodeID, _ y: NodeID) throws -> ValueID? {
    guard op == .eql || op == .neq else { return nil }
    for (c, v) in [(x, y), (y, x)] {
      let k = info.constants[c.index]
      guard k.isSome, case .string(let s) = ts.constants[k], isString(type(v)) else { continue }
      let operand = try comparedOperand(v, type(v))
      let r: ValueID
      if s.count == 0 {
        r = compare(.eq, operand[1], constInt(0))
      } else {
        let bytes = s.bytes
        r = both(compare(.eq, operand[1], constInt(s.count))) { self.equalBytes(operand[0], bytes) }
      }
      return negated(op, r)
    }
    return nil
  }

  private func nilComparison(_ v: Val) throws -> ValueID {
    if isInterface(v.type) { return compare(.eq, v[0], constInt(0)) }
    return compare(.eq, v[0], constNil())
  }

  /// `first && second()`.
  func both(_ first: ValueID, _ second: () throws -> ValueID) rethrows -> ValueID {
    let r = newVariable(.i8)
    write(r, constBool(false))
    let rest = newBlock()
    let done = newBlock()
    branch(first, rest, done)
    startSealed(rest)
    write(r, try second())
    jump(done)
    startSealed(done)
    return read(r)
  }

  /// Equality where one side may be an interface and the other not.
  func mixedEqual(_ a: Val, _ b: Val) throws -> ValueID {
    let ia = isInterface(a.type)
    let ib = isInterface(b.type)
    if ia != ib {
      let (i, c) = ia ? (a, b) : (b, a)
      let same = compare(.eq, typeWord(i), typeWordOf(c.type))
      return try both(same) { try self.equal(self.unbox(i[1], c.type), c) }
    }
    if ia && a.type != b.type && !pb.sameMethods(a.type, b.type) {
      let e = pb.types.emptyInterface
      return try equal(try convert(a, to: e), try convert(b, to: e))
    }
    return try equal(a, b)
  }

  /// Equality of two values of one type.
  func equal(_ a: Val, _ b: Val) throws -> ValueID {
    let t = a.type
    switch kind(t) {
    case .basic:
      let i = basicInfo(t)
      if i.contains(.string) { return stringEqual(a, b) }
      if i.contains(.complex) {
        return emit(.and, .i8, compare(.feq, a[0], b[0]), compare(.feq, a[1], b[1]))
      }
      return compare(i.contains(.float) ? .feq : .eq, a[0], b[0])
    case .interface:
      let same = compare(.eq, a[0], b[0])
      let fn: RuntimeFunction = isEmptyInterface(t) ? .efaceeq : .ifaceeq
      return both(same) {
        let w = self.emit(.intToPtr, .ptr, a[0])
        return self.callRuntime(fn, [w, a[1], b[1]])
      }
    case .struct where !a.isMemory && !b.isMemory: return try structEqual(a, b)
    case .array where !a.isMemory && !b.isMemory:
      if a.count == 0 { return constBool(true) }
      let e = elem(t)
      return try equal(a.with(type: e), b.with(type: e))
    case .struct, .array: return memoryEqual(inMemory(a), inMemory(b), t)
    default: return compare(.eq, a[0], b[0])
    }
  }

  private func stringEqual(_ a: Val, _ b: Val) -> ValueID {
    both(compare(.eq, a[1], b[1])) { self.callRuntime(.memequal, [a[0], b[0], a[1]]) }
  }

  /// Fields in order, but bytes of strings only when all else is equal; interfaces, whose comparison may
  /// panic, stay where they are.
  private func structEqual(_ a: Val, _ b: Val) throws -> ValueID {
    let r = newVariable(.i8)
    write(r, constBool(false))
    let done = newBlock()
    var late: [(Val, Val)] = []
    func require(_ c: ValueID) {
      let next = newBlock()
      branch(c, next, done)
      startSealed(next)
    }
    func flush() {
      for (x, y) in late { require(callRuntime(.memequal, [x[0], y[0], x[1]])) }
      late = []
    }
    func part(_ x: Val, _ y: Val) throws {
      if kind(x.type) == .struct && !x.isMemory && !y.isMemory {
        let u = ts.under(x.type)
        for i in 0..<ts.memberCount(u) where ts.objects[ts.member(u, i)].name != KnownName.blank {
          try part(field(x, i), field(y, i))
        }
      } else if isString(x.type) {
        require(compare(.eq, x[1], y[1]))
        late.append((x, y))
      } else {
        if isInterface(x.type) { flush() }
        require(try equal(x, y))
      }
    }
    try part(a, b)
    flush()
    write(r, constBool(true))
    jump(done)
    startSealed(done)
    return read(r)
  }

  /// Equality of two values of type `t` in memory.
  func memoryEqual(_ a: Address, _ b: Address, _ t: TypeID) -> ValueID {
    let l = layout(t)
    if l.size == 0 { return constBool(true) }
    if l.isPlainMemory {
      if let v = smallMemoryEqual(a, b, l.size) { return v }
      return callRuntime(.memequal, [pointer(a), pointer(b), constInt(l.size)])
    }
    let s = pb.eqFunction(t)
    return callSymbol(s, pb.eqSignature, [pointer(a), pointer(b)])
  }

  private func smallMemoryEqual(_ a: Address, _ b: Address, _ size: Int) -> ValueID? {
    if size > 32 { return nil }
    var at = 0
    var result: ValueID?
    for t in [ValueType.i64, .i32, .i16, .i8] {
      while at + t.size <= size {
        let e = compare(.eq, load(t, a.advanced(Int64(at))), load(t, b.advanced(Int64(at))))
        result = result.map { emit(.and, .i8, $0, e) } ?? e
        at += t.size
      }
    }
    return result
  }

  private func ordered(_ op: Operator, _ a: Val, _ b: Val) -> ValueID {
    if isString(a.type) {
      let c = callRuntime(.cmpstring, [a[0], a[1], b[0], b[1]])
      return orderedScalars(op, c, constInt(0), less: .ltS, lessEqual: .leS)
    }
    let i = basicInfo(a.type)
    if i.contains(.float) { return orderedScalars(op, a[0], b[0], less: .flt, lessEqual: .fle) }
    let signed = !i.contains(.unsigned)
    return orderedScalars(
      op, a[0], b[0], less: signed ? .ltS : .ltU, lessEqual: signed ? .leS : .leU)
  }

  private func orderedScalars(
    _ op: Operator, _ x: ValueID, _ y: ValueID, less: Op, lessEqual: Op
  ) -> ValueID {
    switch op {
    case .lss: return compare(less, x, y)
    case .leq: return compare(lessEqual, x, y)
    case .gtr: return compare(less, y, x)
    default: return compare(lessEqual, y, x)
    }
  }
}
