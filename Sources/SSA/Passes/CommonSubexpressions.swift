import Base

/// Common subexpression elimination by value numbering over the dominator tree, and with it the removal of
/// loads of what a dominating load or store had in hand, and of nil and bounds checks and branches that a
/// dominating check, branch or access has decided.
///
/// One walk in preorder keeps a scoped hash table of values and scoped facts: pointers known not to be
/// nil, and the order of integers (`OrderFacts`). Leaving a subtree undoes its entries. A load is numbered together
/// with the state of memory that it reads (`MemoryStates`).
/// Briggs, Cooper and Simpson, "Value Numbering" (1997), section 4.
///
/// requires: copies eliminated; keeps: cfg, dominators; destroys: use counts.
public func eliminateCommonSubexpressions(_ f: Function, _ dom: Dominators) {
  var pass = ValueNumbering(f, dom)
  pass.run()
  eliminateCopies(f)
}

struct ValueNumbering {
  let f: Function
  let dom: Dominators
  /// Open-addressed table of values; 0 is empty, `ValueID.max` marks an undone entry.
  private var table: [UInt32]
  private var inserted: [Int] = []
  /// Index: value. Depth of the scope in which the pointer became known not to be nil; 0 if unknown.
  private var nonNil: [Bool]
  private var nonNilTrail: [ValueID] = []
  private var order: OrderFacts
  private let memory: MemoryStates
  /// The state of memory at the point of the walk.
  private var state: UInt32 = 0
  /// Index: value. For a load: the state of memory it is numbered with, plus 1; 0 for one of memory that never changes.
  private var loadState: [UInt32]
  private var children: [[BlockID]]

  init(_ f: Function, _ dom: Dominators) {
    self.f = f
    self.dom = dom
    var n = 64
    while n < f.values.count { n <<= 1 }
    table = Array(repeating: 0, count: n * 2)
    nonNil = Array(repeating: false, count: f.values.count)
    loadState = Array(repeating: 0, count: f.values.count)
    order = OrderFacts(f, dom)
    memory = MemoryStates(f, dom)
    children = Array(repeating: [], count: f.blocks.count)
    for b in dom.reversePostorder where dom.idom[b.index].isSome {
      children[dom.idom[b.index].index].append(b)
    }
  }

  private struct Frame {
    var block: BlockID
    var next: Int
    var insertedMark: Int
    var nonNilMark: Int
    var orderMark: OrderFacts.Mark
  }

  mutating func run() {
    for root in dom.reversePostorder where dom.idom[root.index].isNone { walk(root) }
  }

  private mutating func walk(_ root: BlockID) {
    var stack: [Frame] = []
    func frame(_ b: BlockID, _ s: borrowing ValueNumbering) -> Frame {
      Frame(
        block: b, next: 0, insertedMark: s.inserted.count, nonNilMark: s.nonNilTrail.count,
        orderMark: s.order.mark)
    }
    stack.append(frame(root, self))
    visit(root)
    while let top = stack.last {
      if top.next < children[top.block.index].count {
        stack[stack.count - 1].next += 1
        let c = children[top.block.index][top.next]
        stack.append(frame(c, self))
        visit(c)
      } else {
        undo(to: top)
        stack.removeLast()
      }
    }
  }

  private mutating func undo(to mark: Frame) {
    while inserted.count > mark.insertedMark { table[inserted.removeLast()] = UInt32.max }
    while nonNilTrail.count > mark.nonNilMark { nonNil[nonNilTrail.removeLast().index] = false }
    order.undo(to: mark.orderMark)
  }

  private mutating func visit(_ b: BlockID) {
    learnFromBranch(b)
    state = memory.atStart[b.index]
    for v in f.blocks[b].values {
      for k in f.argRange(v) { f.args[k] = f.resolve(f.args[k]) }
      let op = f.values[v].op
      switch op {
      case .nilCheck:
        let p = f.arg(v, 0)
        if isKnownNonNil(p) { f.replace(v, with: p) } else { setNonNil(p) }
      case .boundsCheck: visitBoundsCheck(v, b)
      case .load, .store, .atomicLoad, .atomicStore:
        // An access near the pointer faults if it is nil: behind it the pointer is not.
        if f.values[v].auxInt < 4096 { setNonNil(f.arg(v, 0)) }
        if op == .load { visitLoad(v) }
        if op == .store { visitStore(v) }
      case .alloc, .box: if f.allocs[Int(f.values[v].aux)].kind != .buffer { setNonNil(v) }
      case .slotAddress:
        number(v)
        setNonNil(v)
      case .shl, .shrU, .shrS:
        if op == .shrS && isFullMask(v, b) { f.makeConstant(v, -1) } else { boundShift(v, b) }
        number(v)
      default:
        if op.info.contains(.pure) && f.values[v].type != .tuple && isMergeable(op) { number(v) }
      }
      if memory.writes(op) && f.values[v].op == op { state = v.raw }
    }
    if f.blocks[b].control.isSome {
      f.blocks[b].control = f.resolve(f.blocks[b].control)
      if f.blocks[b].kind == .branch { decideBranch(b) }
    }
    for i in f.blocks[b].results.indices {
      f.blocks[b].results[i] = f.resolve(f.blocks[b].results[i])
    }
  }

  /// A load gives what an earlier one of the same place gave, or what was stored there, if nothing in
  /// between may have written to it.
  private mutating func visitLoad(_ v: ValueID) {
    let x = f.values[v]
    if x.flags.contains(.invariant) {
      number(v)
      return
    }
    // An address held as an integer is used by the runtime on memory that changes behind its back.
    if f.values[f.arg(v, 0)].type != .ptr { return }
    let place = memory.place(f.arg(v, 0), x.auxInt, x.type.size)
    let seen = memory.canonical(place, state)
    if seen & MemoryStates.merged == 0 && seen != 0 {
      let w = ValueID(raw: seen)
      if f.values[w].op == .store, let there = memory.written(w), memory.isSame(place, there) {
        let y = f.resolve(f.arg(w, 1))
        if f.values[y].type == x.type {
          f.replace(v, with: y)
          return
        }
      }
    }
    loadState[v.index] = seen &+ 1
    number(v)
  }

  /// A store of what stands in memory already does nothing.
  private mutating func visitStore(_ v: ValueID) {
    let address = f.arg(v, 0)
    if f.values[address].type != .ptr { return }
    let y = f.arg(v, 1)
    let place = memory.place(address, f.values[v].auxInt, f.values[y].type.size)
    let seen = memory.canonical(place, state)
    let x = f.values[y]
    if x.op == .load && loadState[y.index] == seen &+ 1 && x.type.size == place.size {
      if !memory.isSame(place, memory.place(f.arg(y, 0), x.auxInt, x.type.size)) { return }
    } else {
      guard seen & MemoryStates.merged == 0, seen != 0 else { return }
      let w = ValueID(raw: seen)
      guard f.values[w].op == .store, f.resolve(f.arg(w, 1)) == y,
        let there = memory.written(w), memory.isSame(place, there)
      else { return }
    }
    f.replace(v, with: address)
  }

  /// A count that is known to be below the width needs no care.
  private mutating func boundShift(_ v: ValueID, _ b: BlockID) {
    let x = f.values[v]
    if x.flags.contains(.bounded) || f.values[f.arg(v, 1)].op == .constInt { return }
    let n = f.arg(v, 1)
    if order.isBelow(n, .none, Int64(x.type.bits) - 1, b) && order.isAtLeast(n, 0, b) {
      f.values[v].flags.insert(.bounded)
    }
  }

  /// Whether `v` is the sign of the negative of something positive: the mask that keeps an empty slice's
  /// pointer inside its object.
  private mutating func isFullMask(_ v: ValueID, _ b: BlockID) -> Bool {
    guard f.constant(f.arg(v, 1)) == 63 else { return false }
    let n = f.resolve(f.arg(v, 0))
    guard f.values[n].op == .neg else { return false }
    let rest = f.resolve(f.arg(n, 0))
    if order.isAtLeast(rest, 1, b) { return true }
    // cap - i, where i is below the length.
    guard f.values[rest].op == .sub else { return false }
    let cap = f.resolve(f.arg(rest, 0))
    let i = f.resolve(f.arg(rest, 1))
    return order.isAtLeast(i, 0, b) && order.isBelowSome(i, b) { isLength($0, ofCapacity: cap) }
  }

  /// Whether `x` and `y` are length and capacity of one slice: two neighbouring words, both marked as such, of the same
  /// memory or the same parameters or results. Before every length stands its pointer.
  private func isLength(_ x: ValueID, ofCapacity y: ValueID) -> Bool {
    let a = f.values[x]
    let b = f.values[y]
    guard a.op == b.op, a.type == .i64, b.type == .i64, a.flags.contains(.length),
      b.flags.contains(.length)
    else { return false }
    switch a.op {
    case .load:
      return b.auxInt == a.auxInt &+ 8 && f.resolve(f.arg(x, 0)) == f.resolve(f.arg(y, 0))
        && loadState[x.index] != 0 && loadState[x.index] == loadState[y.index]
    case .param: return b.auxInt == a.auxInt + 1
    case .project:
      return b.auxInt == a.auxInt + 1 && f.resolve(f.arg(x, 0)) == f.resolve(f.arg(y, 0))
    default: return false
    }
  }

  /// An address as an integer must not live across a call, where its stack may move; so each use
  /// keeps the conversion that the program wrote next to it.
  private func isMergeable(_ op: Op) -> Bool {
    op != .copy && op != .ptrToInt && op != .intToPtr
  }

  /// Whether `p`, or the pointer to the object inside which it points, cannot be nil here.
  private func isKnownNonNil(_ p: ValueID) -> Bool {
    var p = p
    while !nonNil[p.index] {
      guard f.values[p].op == .ptrAdd else { return false }
      p = f.resolve(f.arg(p, 0))
    }
    return true
  }

  private mutating func setNonNil(_ p: ValueID) {
    if nonNil[p.index] { return }
    nonNil[p.index] = true
    nonNilTrail.append(p)
  }

  // MARK: value numbering

  private mutating func number(_ v: ValueID) {
    let mask = table.count - 1
    var i = Int(truncatingIfNeeded: hash(v)) & mask
    var free = -1
    while table[i] != 0 {
      if table[i] == UInt32.max {
        if free < 0 { free = i }
      } else if isSame(ValueID(raw: table[i]), v) {
        f.replace(v, with: ValueID(raw: table[i]))
        return
      }
      i = (i + 1) & mask
    }
    if free >= 0 { i = free }
    table[i] = v.raw
    inserted.append(i)
  }

  private func hash(_ v: ValueID) -> UInt64 {
    let x = f.values[v]
    var h = UInt64(x.op.rawValue) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(x.type.rawValue) << 17
    h = (h ^ UInt64(bitPattern: x.auxInt)) &* 0xBF58_476D_1CE4_E5B9
    h = (h ^ UInt64(x.aux)) &* 0x94D0_49BB_1331_11EB
    h = (h ^ UInt64(loadState[v.index])) &* 0x9E37_79B9_7F4A_7C15
    for k in f.argRange(v) { h = (h ^ UInt64(f.args[k].raw)) &* 0x9E37_79B9_7F4A_7C15 }
    return h ^ h >> 29
  }

  private func isSame(_ a: ValueID, _ b: ValueID) -> Bool {
    let x = f.values[a]
    let y = f.values[b]
    guard x.op == y.op, x.type == y.type, x.auxInt == y.auxInt, x.aux == y.aux,
      x.argCount == y.argCount, loadState[a.index] == loadState[b.index],
      x.flags == y.flags || loadState[a.index] != 0
    else { return false }
    for k in 0..<Int(x.argCount) where f.arg(a, k) != f.arg(b, k) { return false }
    return true
  }

  // MARK: order

  /// What the branch that leads to `b` says, if `b` has one predecessor.
  private mutating func learnFromBranch(_ b: BlockID) {
    guard f.blocks[b].preds.count == 1 else { return }
    let p = f.blocks[b].preds[0]
    guard f.blocks[p].kind == .branch, f.blocks[p].succs[0] != f.blocks[p].succs[1] else { return }
    learn(f.resolve(f.blocks[p].control), f.blocks[p].succs[0] == b, b)
  }

  private mutating func learn(_ c: ValueID, _ holds: Bool, _ b: BlockID) {
    let op = f.values[c].op
    guard f.values[c].argCount == 2 else { return }
    if op == .ne || op == .eq {
      let x = f.resolve(f.arg(c, 0))
      if f.values[f.resolve(f.arg(c, 1))].op == .constNil && holds == (op == .ne) { setNonNil(x) }
      // A comparison of a truth value with 0 is its inverse.
      if f.values[x].type == .i8, f.constant(f.resolve(f.arg(c, 1))) == 0 {
        learn(x, holds == (op == .ne), b)
        return
      }
    }
    order.learn(c, holds, b)
  }

  private mutating func visitBoundsCheck(_ v: ValueID, _ b: BlockID) {
    let x = f.arg(v, 0)
    let y = f.arg(v, 1)
    guard let kind = BoundsKind(rawValue: f.values[v].auxInt) else { return }
    let strict = kind == .index || kind == .indexU
    order.learnLength(y, b)
    if order.isBelow(x, y, strict ? -1 : 0, b) && order.isAtLeast(x, 0, b) {
      f.replace(v, with: x)
      return
    }
    order.learnCheck(x, y, strict: strict, b)
  }

  /// Makes the end of `b` a branch on a constant if what is known decides it.
  private mutating func decideBranch(_ b: BlockID) {
    let c = f.blocks[b].control
    guard f.values[c].argCount == 2, f.values[f.arg(c, 0)].type == .i64 else { return }
    let x = f.resolve(f.arg(c, 0))
    let y = f.resolve(f.arg(c, 1))
    let truth: Bool
    switch f.values[c].op {
    case .ltS, .leS:
      let strict = f.values[c].op == .ltS
      if order.isBelow(x, y, strict ? -1 : 0, b) {
        truth = true
      } else if order.isBelow(y, x, strict ? 0 : -1, b) {
        truth = false
      } else {
        return
      }
    default: return
    }
    f.blocks[b].control = f.append(b, .constInt, .i8, auxInt: truth ? 1 : 0, pos: f.values[c].pos)
  }
}
