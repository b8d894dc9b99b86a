import Base
import Object
import SSA
import Types

// Values and blocks: the vocabulary of everything that emits SSA.

extension FunctionBuilder {
  // MARK: Blocks

  /// A new block without predecessors. Seal it when all its predecessors are known.
  func newBlock() -> BlockID {
    let b = f.makeBlock()
    while vars.sealed.count <= b.index { vars.sealed.append(false) }
    return b
  }

  /// The current block; a fresh unreachable one after a terminator.
  func block() -> BlockID {
    if cur.isNone {
      let b = newBlock()
      vars.sealed[b.index] = true
      start(b)
    }
    return cur
  }

  /// Makes `b` current.
  func start(_ b: BlockID) {
    cur = b
    f.blocks[b].pos = pos
    checkedPointers.removeAll(keepingCapacity: true)
  }

  /// Seals `b` and makes it current.
  func startSealed(_ b: BlockID) {
    seal(b)
    start(b)
  }

  var isReachable: Bool { cur.isSome }

  func jump(_ to: BlockID) {
    guard cur.isSome else { return }
    f.blocks[cur].kind = .jump
    f.addEdge(cur, to)
    cur = .none
  }

  /// `likely`: +1 when the branch is usually taken, -1 when rarely.
  func branch(_ c: ValueID, _ yes: BlockID, _ no: BlockID, likely: Int8 = 0) {
    let b = block()
    if let k = f.constant(c) {
      jump(k != 0 ? yes : no)
      return
    }
    f.blocks[b].kind = .branch
    f.blocks[b].control = c
    f.blocks[b].likely = likely
    f.addEdge(b, yes)
    f.addEdge(b, no)
    cur = .none
  }

  /// Ends the current block after a call that does not return.
  func exit() {
    guard cur.isSome else { return }
    f.blocks[cur].kind = .exit
    cur = .none
  }

  func newColdBlock() -> BlockID {
    let b = newBlock()
    f.blocks[b].isCold = true
    return b
  }

  // MARK: Values

  @inline(__always)
  private func place(
    _ op: Op, _ t: ValueType, _ start: Int, _ aux: UInt32, _ auxInt: Int64, _ flags: ValueFlags
  ) -> ValueID {
    let b = block()
    let v = f.values.append(
      Value(
        op: op, type: t, flags: flags, argCount: UInt16(f.args.count - start),
        argStart: UInt32(start), block: b, aux: aux, pos: pos, auxInt: auxInt))
    f.blocks[b].values.append(v)
    return v
  }

  @discardableResult
  func emit(
    _ op: Op, _ t: ValueType, aux: UInt32 = 0, auxInt: Int64 = 0, flags: ValueFlags = []
  ) -> ValueID {
    place(op, t, f.args.count, aux, auxInt, flags)
  }

  @discardableResult
  func emit(
    _ op: Op, _ t: ValueType, _ x: ValueID, aux: UInt32 = 0, auxInt: Int64 = 0,
    flags: ValueFlags = []
  ) -> ValueID {
    let s = f.args.count
    f.args.append(x)
    return place(op, t, s, aux, auxInt, flags)
  }

  @discardableResult
  func emit(
    _ op: Op, _ t: ValueType, _ x: ValueID, _ y: ValueID, aux: UInt32 = 0, auxInt: Int64 = 0,
    flags: ValueFlags = []
  ) -> ValueID {
    let s = f.args.count
    f.args.append(x)
    f.args.append(y)
    return place(op, t, s, aux, auxInt, flags)
  }

  @discardableResult
  func emit(
    _ op: Op, _ t: ValueType, _ x: ValueID, _ y: ValueID, _ z: ValueID, aux: UInt32 = 0,
    auxInt: Int64 = 0, flags: ValueFlags = []
  ) -> ValueID {
    let s = f.args.count
    f.args.append(x)
    f.args.append(y)
    f.args.append(z)
    return place(op, t, s, aux, auxInt, flags)
  }

  @discardableResult
  func emit(
    _ op: Op, _ t: ValueType, list: [ValueID], aux: UInt32 = 0, auxInt: Int64 = 0,
    flags: ValueFlags = []
  ) -> ValueID {
    let s = f.args.count
    f.args.append(contentsOf: list)
    return place(op, t, s, aux, auxInt, flags)
  }

  // MARK: Constants

  /// An integer constant, kept sign-extended from its width.
  func const(_ t: ValueType, _ v: Int64) -> ValueID {
    let k: Int64
    switch t {
    case .i8: k = Int64(Int8(truncatingIfNeeded: v))
    case .i16: k = Int64(Int16(truncatingIfNeeded: v))
    case .i32: k = Int64(Int32(truncatingIfNeeded: v))
    default: k = v
    }
    return emit(.constInt, t, auxInt: k)
  }

  func constInt(_ v: Int) -> ValueID { emit(.constInt, .i64, auxInt: Int64(v)) }
  func constBool(_ v: Bool) -> ValueID { emit(.constInt, .i8, auxInt: v ? 1 : 0) }
  func constFloat(_ t: ValueType, _ v: Double) -> ValueID {
    emit(.constFloat, t, auxInt: Int64(bitPattern: v.bitPattern))
  }
  func constNil() -> ValueID { emit(.constNil, .ptr) }

  /// The zero of a scalar type.
  func zero(_ t: ValueType) -> ValueID {
    switch t {
    case .f32, .f64: return constFloat(t, 0)
    case .ptr: return constNil()
    default: return emit(.constInt, t)
    }
  }

  /// Address of a data symbol.
  func dataAddress(_ s: SymbolID, _ offset: Int = 0) -> ValueID {
    emit(.symbolAddress, .ptr, aux: s.raw, auxInt: Int64(offset))
  }

  /// `p` for a callee that keeps neither it nor what it points to, which escape analysis cannot see: as abi.NoEscape.
  func hidden(_ p: ValueID) -> ValueID {
    emit(.intToPtr, .ptr, emit(.xor, .i64, emit(.ptrToInt, .i64, p), constInt(0)))
  }

  /// Address of code.
  func codeAddress(_ s: SymbolID) -> ValueID { emit(.symbolAddress, .i64, aux: s.raw) }

  // MARK: Arithmetic helpers with the obvious folds

  func add(_ x: ValueID, _ y: ValueID) -> ValueID {
    if let k = f.constant(y) {
      if k == 0 { return x }
      if let j = f.constant(x) { return const(f.values[x].type, j &+ k) }
    } else if f.constant(x) == 0 {
      return y
    }
    return emit(.add, f.values[x].type, x, y)
  }

  func sub(_ x: ValueID, _ y: ValueID) -> ValueID {
    if let k = f.constant(y) {
      if k == 0 { return x }
      if let j = f.constant(x) { return const(f.values[x].type, j &- k) }
    }
    return emit(.sub, f.values[x].type, x, y)
  }

  func mulConst(_ x: ValueID, _ k: Int) -> ValueID {
    if k == 1 { return x }
    if let j = f.constant(x) { return const(.i64, j &* Int64(k)) }
    return emit(.mul, .i64, x, constInt(k))
  }

  /// 1 if x is 0, for an i8 boolean.
  func not(_ x: ValueID) -> ValueID {
    if let k = f.constant(x) { return constBool(k == 0) }
    return emit(.xor, .i8, x, constBool(true))
  }

  func compare(_ op: Op, _ x: ValueID, _ y: ValueID) -> ValueID { emit(op, .i8, x, y) }

  /// `p` moved by a constant number of bytes inside its object.
  func offset(_ p: ValueID, _ bytes: Int64) -> ValueID {
    if bytes == 0 { return p }
    let v = f.values[p]
    if v.op == .symbolAddress && v.type == .ptr {
      return emit(.symbolAddress, .ptr, aux: v.aux, auxInt: v.auxInt + bytes)
    }
    if v.op == .slotAddress {
      return emit(.slotAddress, .ptr, aux: v.aux, auxInt: v.auxInt + bytes)
    }
    if v.op == .outgoingAddress || v.op == .incomingAddress {
      return emit(v.op, v.type, auxInt: v.auxInt + bytes)
    }
    return emit(.ptrAdd, .ptr, p, constInt(Int(bytes)))
  }

  /// Integer `x` extended or cut to `to`.
  func resize(_ x: ValueID, _ to: ValueType, signed: Bool) -> ValueID {
    let from = f.values[x].type
    if from == to { return x }
    if let k = f.constant(x) {
      if from.bits < to.bits && !signed {
        return const(to, k & (Int64(1) << Int64(from.bits) &- 1))
      }
      return const(to, k)
    }
    if from.bits > to.bits { return emit(.truncate, to, x) }
    return emit(signed ? .signExtend : .zeroExtend, to, x)
  }

  // MARK: Memory

  func load(_ t: ValueType, _ a: Address) -> ValueID {
    emit(.load, t, a.base, auxInt: a.offset, flags: a.isSafe ? .nonNil : [])
  }

  func store(_ x: ValueID, _ a: Address) {
    var flags: ValueFlags = a.isSafe ? .nonNil : []
    if a.noBarrier { flags.insert(.noBarrier) }
    emit(.store, .void, a.base, x, auxInt: a.offset, flags: flags)
  }

  /// Panics if `p` is nil, unless that is known not to be so.
  func nilCheck(_ p: ValueID) {
    switch f.values[p].op {
    case .symbolAddress, .slotAddress, .alloc, .incomingAddress, .outgoingAddress, .box,
      .getClosure, .getG:
      return
    default: break
    }
    if checkedPointers.contains(p) { return }
    emit(.nilCheck, .void, p)
    checkedPointers.append(p)
  }

  // MARK: Frame temporaries

  /// A frame slot for a value of type `t`, free again at the end of the statement.
  func temporary(_ t: TypeID) -> Address {
    let l = pb.layouts.of(t)
    let i: Int
    if let k = freeSlots.lastIndex(where: { $0.type == t }) {
      i = freeSlots.remove(at: k).slot
    } else {
      f.slots.append(
        Slot(
          size: max(l.size, 1), alignment: max(8, Int(l.align)),
          pointerMask: pb.layouts.pointerMask(t)))
      i = f.slots.count - 1
    }
    usedSlots.append((t, i))
    return slotAddress(i)
  }

  func slotAddress(_ i: Int, _ offset: Int64 = 0) -> Address {
    var a = Address(emit(.slotAddress, .ptr, aux: UInt32(i)), offset)
    a.isSafe = true
    return a
  }

  /// A frame slot with a given shape, kept for the whole function.
  func rawSlot(size: Int, mask: [UInt64]) -> Int {
    f.slots.append(Slot(size: size, alignment: 8, pointerMask: mask))
    return f.slots.count - 1
  }

  /// Temporaries made by `body` are free for reuse afterwards.
  func withTemporaries(_ body: () throws -> Void) rethrows {
    let mark = usedSlots.count
    try body()
    while usedSlots.count > mark {
      let u = usedSlots.removeLast()
      freeSlots.append((u.0, u.1))
    }
  }

  func memoryInfo(_ t: TypeID) -> UInt32 {
    let l = pb.layouts.of(t)
    let symbol = l.hasPointers ? pb.typeSymbol(t, usedInInterface: false) : .none
    f.memories.append(MemoryInfo(size: l.size, alignment: Int(l.align), type: symbol))
    return UInt32(f.memories.count - 1)
  }

  /// Zeroes a value of type `t` at `a`.
  func zeroMemory(_ t: TypeID, _ a: Address) {
    let l = pb.layouts.of(t)
    if l.size == 0 { return }
    if l.isSSA {
      for i in 0..<Int(l.leafCount) {
        let leaf = pb.layouts.leaf(l, i)
        store(zero(leaf.type), a.advanced(Int64(leaf.offset)))
      }
      return
    }
    emit(
      .zeroMemory, .void, pointer(a), aux: memoryInfo(t), flags: a.noBarrier ? .noBarrier : [])
  }

  /// Copies a value of type `t`; the places are equal or disjoint.
  func copyMemory(_ t: TypeID, from: Address, to: Address) {
    if pb.layouts.of(t).size == 0 { return }
    let d = pointer(to)
    let s = pointer(from)
    if d == s { return }
    emit(.copyMemory, .void, d, s, aux: memoryInfo(t), flags: to.noBarrier ? .noBarrier : [])
  }

  /// The address as one pointer value.
  func pointer(_ a: Address) -> ValueID { offset(a.base, a.offset) }
}
