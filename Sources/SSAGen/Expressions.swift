import Base
import Object
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// The value of an expression of one value.
  func expr(_ node: NodeID) throws -> Val {
    let n = tree.unparen(node)
    let c = info.constants[n.index]
    if c.isSome { return try constant(c, type(n)) }
    if !evaluated.isEmpty, let v = evaluatedValue(n) { return v }
    let outer = pos
    defer { pos = outer }
    let k = tree.kind(n)
    switch k {
    case .name:
      return try name(n)
    case .funcLit: return try funcLit(n)
    case .compositeLit: return try compositeLit(n)
    case .selector:
      pos = tree.pos(n)
      return try selector(n)
    case .index:
      pos = tree.pos(n)
      return try indexExpr(n)
    case .slice:
      pos = tree.pos(n)
      return try sliceExpr(n)
    case .assert:
      pos = tree.pos(n)
      let (x, t) = tree.assertion(n)
      return try typeAssert(try expr(x), type(t))
    case .unary:
      pos = tree.pos(n)
      return try unaryExpr(n)
    case .binary:
      pos = tree.pos(n)
      return try binaryExpr(n)
    case .call:
      pos = tree.pos(n)
      return try callOne(n)
    default: throw unimplemented("expression \(k)")
    }
  }

  /// The value of `n` converted to type `t`, to which it is assignable.
  func expr(_ n: NodeID, to t: TypeID) throws -> Val {
    let c = info.constants[n.index]
    if c.isSome && !isInterface(t) { return try constant(c, t) }
    if info.mode(tree.unparen(n)) == .nilValue { return zeroVal(t) }
    return try convert(try expr(n), to: t)
  }

  /// Evaluates `n`, converted to `t`, into fresh memory.
  func expr(_ node: NodeID, to t: TypeID, into a: Address) throws {
    let n = tree.unparen(node)
    if tree.kind(n) == .compositeLit && info.constants[n.index].isNone && type(n) == t {
      try compositeLit(n, into: a, isZero: true)
      return
    }
    store(try expr(n, to: t), a)
  }

  // MARK: Names

  private func name(_ n: NodeID) throws -> Val {
    let o = info.object(n)
    if o.isNone { throw unimplemented("name without object") }
    if let i = local(o) { return value(local: i) }
    switch ts.objects[o].kind {
    case .nilValue: return zeroVal(nilType(type(n)))
    case .variable:
      if !ts.objects[o].isPackageLevel {
        throw unimplemented("variable \(pb.objectName(o)) without storage")
      }
      return load(concrete(ts.objects[o].type), globalAddress(o))
    case .function: return functionValue(o, typeArguments(n), type(n))
    default: throw unimplemented("name of kind \(ts.objects[o].kind)")
    }
  }

  /// nil on its own has no layout; it is made as a pointer and converted later.
  private func nilType(_ t: TypeID) -> TypeID {
    ts.basicKind(t) == .untypedNil ? pb.types.unsafePointer : t
  }

  /// The func value of a declared function.
  func functionValue(_ o: ObjectID, _ args: [TypeID], _ t: TypeID) -> Val {
    let i = pb.functionInstance(o, args)
    return Val(t, dataAddress(pb.funcValueSymbol(pb.use(i))))
  }

  /// Type arguments that name node `n` was instantiated with, in this function's environment.
  func typeArguments(_ n: NodeID) -> [TypeID] {
    guard let i = info.instance(n) else { return [] }
    return ts.typeList(i.args).map { concrete($0) }
  }

  // MARK: Selectors

  private func selector(_ n: NodeID) throws -> Val {
    guard let s = info.selection(n) else {
      let sel = tree.selector(n).sel
      let o = info.object(sel)
      switch ts.objects[o].kind {
      case .variable: return load(concrete(ts.objects[o].type), globalAddress(o))
      case .function: return functionValue(o, typeArguments(sel), type(n))
      default: throw unimplemented("qualified name of kind \(ts.objects[o].kind)")
      }
    }
    switch s.kind {
    case .field:
      if let p = try componentPlace(n) { return try load(p) }
      return try fieldValue(n, s)
    case .methodValue, .methodExpr:
      noteMethodLookup(nil, s, under(concrete(ts.objects[s.object].type)))
      return s.kind == .methodValue
        ? try methodValue(n, s, type(n)) : try methodExpr(n, s, type(n))
    }
  }

  private func fieldValue(_ n: NodeID, _ s: Selection) throws -> Val {
    let x = tree.selector(n).x
    if isAddressable(x) || kind(type(x)) == .pointer {
      return load(type(n), try fieldAddress(n, s))
    }
    var v = try expr(x)
    for k in 0..<s.path.n { v = step(v, Int(ts.pool[Int(s.path.start) + k])) }
    return v
  }

  /// Field `i` of a struct or of the struct that a pointer points to.
  func step(_ v: Val, _ i: Int) -> Val {
    if kind(v.type) != .pointer { return field(v, i) }
    nilCheck(v[0])
    let t = elem(v.type)
    let a = Address(v[0], Int64(pb.layouts.fieldOffset(t, i)), isSafe: true)
    return load(canon(ts.memberType(ts.under(t), i)), a)
  }

  func fieldAddress(_ n: NodeID, _ s: Selection) throws -> Address {
    let x = tree.selector(n).x
    var t = type(x)
    var a: Address
    if kind(t) == .pointer {
      a = Address(try expr(x)[0])
      nilCheck(a.base)
      a.isSafe = true
      t = elem(t)
    } else {
      a = try address(x)
    }
    for k in 0..<s.path.n {
      if kind(t) == .pointer {
        a = Address(load(.ptr, a))
        nilCheck(a.base)
        a.isSafe = true
        t = elem(t)
      }
      let i = Int(ts.pool[Int(s.path.start) + k])
      a.offset += Int64(pb.layouts.fieldOffset(t, i))
      t = canon(ts.memberType(ts.under(t), i))
    }
    return a
  }

  // MARK: Addresses

  /// Whether `n` denotes memory: a variable in memory, something behind a pointer, or a part of
  /// them.
  func isAddressable(_ node: NodeID) -> Bool {
    let n = tree.unparen(node)
    if info.constants[n.index].isSome { return false }
    switch tree.kind(n) {
    case .name:
      let o = info.object(n)
      if o.isNone || ts.objects[o].kind != .variable { return false }
      if let i = local(o) { return locals[i].kind != .components }
      return true
    case .selector:
      guard let s = info.selection(n) else {
        return ts.objects[info.object(tree.selector(n).sel)].kind == .variable
      }
      if s.kind != .field { return false }
      return s.indirect || kind(type(tree.selector(n).x)) == .pointer
        || isAddressable(tree.selector(n).x)
    case .index:
      let x = tree.index(n).x
      if !isValue(x) { return false }
      switch kind(type(x)) {
      case .slice, .pointer: return true
      case .array: return isAddressable(x)
      default: return false
      }
    case .unary: return tree.op(n) == .mul
    default: return false
    }
  }

  /// Not a type or a generic function.
  func isValue(_ n: NodeID) -> Bool {
    switch info.mode(tree.unparen(n)) {
    case .variable, .value, .mapIndex, .commaOk, .constant, .nilValue: return true
    default: return false
    }
  }

  /// The address of the memory that `n` denotes. What is not addressable is put into a temporary.
  func address(_ node: NodeID) throws -> Address {
    let n = tree.unparen(node)
    let outer = pos
    defer { pos = outer }
    pos = tree.pos(n)
    guard isAddressable(n) else { return inMemory(try expr(n)) }
    switch tree.kind(n) {
    case .name:
      let o = info.object(n)
      if let i = local(o) { return address(local: i) }
      return globalAddress(o)
    case .selector:
      guard let s = info.selection(n) else {
        return globalAddress(info.object(tree.selector(n).sel))
      }
      return try fieldAddress(n, s)
    case .index: return try elementAddress(n)
    default:
      let p = try expr(tree.unary(n).x)
      nilCheck(p[0])
      return Address(p[0], 0, isSafe: true)
    }
  }

  private func elementAddress(_ n: NodeID) throws -> Address {
    let (x, i) = tree.index(n)
    let t = type(x)
    switch kind(t) {
    case .slice:
      let s = try expr(x)
      let (k, unsigned) = try index(i)
      boundsCheck(k, s[1], unsigned ? .indexU : .index)
      return elementAddress(Address(s[0], 0, isSafe: true), k, size(elem(t)))
    case .pointer:
      let p = try expr(x)
      let array = elem(t)
      let (k, unsigned) = try index(i)
      nilCheck(p[0])
      let n = constInt(Int(ts.arrayLength(ts.under(array))))
      boundsCheck(k, n, unsigned ? .indexU : .index)
      return elementAddress(Address(p[0], 0, isSafe: true), k, size(elem(array)))
    default:
      let a = try address(x)
      let (k, unsigned) = try index(i)
      boundsCheck(k, constInt(Int(ts.arrayLength(ts.under(t)))), unsigned ? .indexU : .index)
      return elementAddress(a, k, size(elem(t)))
    }
  }

  // MARK: Unary

  private func unaryExpr(_ n: NodeID) throws -> Val {
    let (op, x) = tree.unary(n)
    switch op {
    case .and: return try addressOf(n, x)
    case .mul:
      let p = try expr(x)
      nilCheck(p[0])
      return load(elem(p.type), Address(p[0], 0, isSafe: true))
    case .recv: return try receive(try expr(x))
    case .not: return Val(type(n), not(try expr(x)[0]))
    case .add: return try expr(x)
    case .sub: return negate(try expr(x, to: type(n)))
    case .xor:
      let v = try expr(x, to: type(n))
      return Val(v.type, emit(.not, f.values[v[0]].type, v[0]))
    default: throw unimplemented("unary \(op)")
    }
  }

  private func negate(_ v: Val) -> Val {
    var r = Val(v.type)
    for i in 0..<Int(v.count) {
      let t = f.values[v[i]].type
      r.append(emit(t.isFloat ? .fneg : .neg, t, v[i]))
    }
    return r
  }

  private func addressOf(_ n: NodeID, _ operand: NodeID) throws -> Val {
    let x = tree.unparen(operand)
    let t = type(n)
    if tree.kind(x) == .compositeLit {
      let e = type(x)
      let p = allocate(e, .object)
      try compositeLit(x, into: Address(p, 0, isSafe: true), isZero: true)
      return Val(t, p)
    }
    let a = try address(x)
    if a.offset != 0 || f.values[a.base].op == .ptrAdd { return Val(t, pointer(a)) }
    return Val(t, a.base)
  }

  // MARK: Binary

  private func binaryExpr(_ n: NodeID) throws -> Val {
    let (op, x, y) = tree.binary(n)
    let t = type(n)
    switch op {
    case .andAnd, .orOr: return try shortCircuit(n, t)
    case .shl, .shr:
      let v = try expr(x, to: t)
      return try binary(op, v, try shiftCount(y), t)
    case .eql, .neq, .lss, .leq, .gtr, .geq: return try comparison(op, x, y, t)
    case .add where isString(t): return try concatenation(n, t)
    default:
      let a = try expr(x, to: t)
      let b = try expr(y, to: t)
      return try binary(op, a, b, t)
    }
  }

  private func shortCircuit(_ n: NodeID, _ t: TypeID) throws -> Val {
    let (op, x, y) = tree.binary(n)
    let r = newVariable(.i8)
    let rest = newBlock()
    let done = newBlock()
    if let c = constantBool(x) {
      // Only the operand that decides is built.
      if c == (op == .orOr) { return Val(t, constBool(c)) }
      return Val(t, try expr(y)[0])
    }
    let a = try ordered(x)
    write(r, constBool(op == .orOr))
    if op == .andAnd { branch(a[0], rest, done) } else { branch(a[0], done, rest) }
    startSealed(rest)
    if f.blocks[rest].preds.isEmpty { cur = .none }
    write(r, try ordered(y)[0])
    jump(done)
    startSealed(done)
    return Val(t, read(r))
  }

  /// The count of a shift; its own type, so that a negative one can be seen.
  func shiftCount(_ n: NodeID) throws -> Val {
    if let k = constantInt(n) { return Val(pb.types.uint, constInt(Int(k))) }
    return try expr(n)
  }

  private func concatenation(_ n: NodeID, _ t: TypeID) throws -> Val {
    var operands: [NodeID] = []
    flatten(n, &operands)
    var values: [Val] = []
    // Bytes need not be copied twice, unless another operand's call could change them before the concatenation,
    // or all others may be empty: then the result is the operand itself.
    let hasText = operands.contains { o in
      let k = info.constants[o.index]
      if k.isSome, case .string(let s) = ts.constants[k] { return s.count > 0 }
      return false
    }
    for (k, o) in operands.enumerated() {
      if hasText && !operands[(k + 1)...].contains(where: { hasCall($0) }),
        let v = try temporaryString(o)
      {
        values.append(v.with(type: t))
      } else {
        values.append(try expr(o, to: t))
      }
    }
    return concatenate(values, t)
  }

  /// The operands of a chain of string additions, from left to right.
  private func flatten(_ node: NodeID, _ out: inout [NodeID]) {
    let n = tree.unparen(node)
    if info.constants[n.index].isNone && tree.kind(n) == .binary && tree.op(n) == .add {
      let (_, x, y) = tree.binary(n)
      flatten(x, &out)
      flatten(y, &out)
    } else {
      out.append(n)
    }
  }
}
