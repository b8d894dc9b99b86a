import Base

/// Common subexpression elimination by value numbering over the dominator tree, and with it the
/// removal of nil and bounds checks that a dominating check, branch or access has made superfluous.
///
/// One walk in preorder keeps a scoped hash table of pure values and a scoped list of facts
/// (pointers known not to be nil, `x < y` known to hold). Leaving a subtree undoes its entries.
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
  /// Facts x < y (or <=) that hold in the current scope, for bounds checks.
  private var facts: [OrderFact] = []
  private var children: [[BlockID]]

  struct OrderFact {
    var x: ValueID
    var y: ValueID
    var strict: Bool
    /// Read as unsigned: implies 0 <= x when y is a length.
    var unsigned: Bool
  }

  init(_ f: Function, _ dom: Dominators) {
    self.f = f
    self.dom = dom
    var n = 64
    while n < f.values.count { n <<= 1 }
    table = Array(repeating: 0, count: n * 2)
    nonNil = Array(repeating: false, count: f.values.count)
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
    var factMark: Int
  }

  mutating func run() {
    for root in dom.reversePostorder where dom.idom[root.index].isNone { walk(root) }
  }

  private mutating func walk(_ root: BlockID) {
    var stack: [Frame] = []
    func frame(_ b: BlockID, _ s: borrowing ValueNumbering) -> Frame {
      Frame(
        block: b, next: 0, insertedMark: s.inserted.count, nonNilMark: s.nonNilTrail.count,
        factMark: s.facts.count)
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
    facts.removeLast(facts.count - mark.factMark)
  }

  private mutating func visit(_ b: BlockID) {
    learnFromBranch(b)
    for v in f.blocks[b].values {
      for k in f.argRange(v) { f.args[k] = f.resolve(f.args[k]) }
      let op = f.values[v].op
      switch op {
      case .nilCheck:
        let p = f.arg(v, 0)
        if isKnownNonNil(p) { f.replace(v, with: p) } else { setNonNil(p) }
      case .boundsCheck: visitBoundsCheck(v)
      case .load, .store, .atomicLoad, .atomicStore:
        // An access near the pointer faults if it is nil: behind it the pointer is not.
        if f.values[v].auxInt < 4096 { setNonNil(f.arg(v, 0)) }
        if op == .load && f.values[v].flags.contains(.invariant) { number(v) }
      case .alloc, .box: if f.allocs[Int(f.values[v].aux)].kind != .buffer { setNonNil(v) }
      case .slotAddress:
        number(v)
        setNonNil(v)
      default:
        if op.info.contains(.pure) && f.values[v].type != .tuple && isMergeable(op) { number(v) }
      }
    }
    if f.blocks[b].control.isSome { f.blocks[b].control = f.resolve(f.blocks[b].control) }
    for i in f.blocks[b].results.indices {
      f.blocks[b].results[i] = f.resolve(f.blocks[b].results[i])
    }
  }

  /// An address as an integer must not live across a call, where its stack may move; so each use
  /// keeps the conversion that the program wrote next to it.
  private func isMergeable(_ op: Op) -> Bool {
    op != .copy && op != .ptrToInt && op != .intToPtr
  }

  /// Whether `p`, or the pointer from which it is a constant distance away, cannot be nil here.
  private func isKnownNonNil(_ p: ValueID) -> Bool {
    var p = p
    while !nonNil[p.index] {
      guard f.values[p].op == .ptrAdd, f.constant(f.arg(p, 1)) != nil else { return false }
      p = f.arg(p, 0)
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
    for k in f.argRange(v) { h = (h ^ UInt64(f.args[k].raw)) &* 0x9E37_79B9_7F4A_7C15 }
    return h ^ h >> 29
  }

  private func isSame(_ a: ValueID, _ b: ValueID) -> Bool {
    let x = f.values[a]
    let y = f.values[b]
    guard x.op == y.op, x.type == y.type, x.auxInt == y.auxInt, x.aux == y.aux,
      x.argCount == y.argCount, x.flags == y.flags
    else { return false }
    for k in 0..<Int(x.argCount) where f.arg(a, k) != f.arg(b, k) { return false }
    return true
  }

  // MARK: facts

  /// What the branch that leads to `b` says, if `b` has one predecessor.
  private mutating func learnFromBranch(_ b: BlockID) {
    guard f.blocks[b].preds.count == 1 else { return }
    let p = f.blocks[b].preds[0]
    guard f.blocks[p].kind == .branch, f.blocks[p].succs[0] != f.blocks[p].succs[1] else { return }
    let c = f.resolve(f.blocks[p].control)
    learn(c, f.blocks[p].succs[0] == b)
  }

  private mutating func learn(_ c: ValueID, _ holds: Bool) {
    let op = f.values[c].op
    guard f.values[c].argCount == 2 else { return }
    let x = f.resolve(f.arg(c, 0))
    let y = f.resolve(f.arg(c, 1))
    switch op {
    case .ne, .eq:
      if f.values[y].op == .constNil && holds == (op == .ne) { setNonNil(x) }
      if holds == (op == .eq) {
        facts.append(OrderFact(x: x, y: y, strict: false, unsigned: false))
        facts.append(OrderFact(x: y, y: x, strict: false, unsigned: false))
      }
    case .ltS, .ltU:
      let u = op == .ltU
      facts.append(
        holds
          ? OrderFact(x: x, y: y, strict: true, unsigned: u)
          : OrderFact(x: y, y: x, strict: false, unsigned: u))
    case .leS, .leU:
      let u = op == .leU
      facts.append(
        holds
          ? OrderFact(x: x, y: y, strict: false, unsigned: u)
          : OrderFact(x: y, y: x, strict: true, unsigned: u))
    default: break
    }
  }

  // MARK: bounds checks

  private mutating func visitBoundsCheck(_ v: ValueID) {
    let x = f.arg(v, 0)
    let y = f.arg(v, 1)
    guard let kind = BoundsKind(rawValue: f.values[v].auxInt) else { return }
    switch kind {
    case .index, .indexU:
      if isProved(x, y, strict: true) { f.replace(v, with: x) }
      facts.append(OrderFact(x: x, y: y, strict: true, unsigned: true))
    default:
      if x == y && isNonNegative(x, 0) || isProved(x, y, strict: false) { f.replace(v, with: x) }
      facts.append(OrderFact(x: x, y: y, strict: false, unsigned: true))
    }
  }

  /// Whether 0 <= x < y (or <= y) follows from what is known here.
  private func isProved(_ x: ValueID, _ y: ValueID, strict: Bool) -> Bool {
    var signedOK = false
    for fact in facts.reversed() where fact.x == x {
      let fits = fact.y == y && (fact.strict || !strict) || reaches(fact, y, strict)
      if !fits { continue }
      if fact.unsigned { return true }
      signedOK = true
      break
    }
    if !signedOK, let c = f.constant(x), c >= 0 { signedOK = constantBelow(c, y, strict) }
    return signedOK && isNonNegative(x, 0)
  }

  /// x < fact.y and fact.y <= y, one step of transitivity.
  private func reaches(_ fact: OrderFact, _ y: ValueID, _ strict: Bool) -> Bool {
    for g in facts where g.x == fact.y && g.y == y && g.unsigned == fact.unsigned {
      if !strict || fact.strict || g.strict { return true }
    }
    return false
  }

  /// c < y (or <=) because a larger constant is known to be.
  private func constantBelow(_ c: Int64, _ y: ValueID, _ strict: Bool) -> Bool {
    for fact in facts where fact.y == y {
      guard let d = f.constant(fact.x), d >= c else { continue }
      // Signed d < y with d >= c >= 0; unsigned the same as y is a length.
      if fact.strict || !strict || d > c { return true }
    }
    return false
  }

  /// Whether x, an i64, is known to be at least 0: constants, extensions, lengths, sums of the
  /// induction-variable form whose upper bound is known.
  private func isNonNegative(_ x: ValueID, _ depth: Int) -> Bool {
    if depth > 4 { return false }
    let v = f.values[x]
    switch v.op {
    case .constInt: return v.auxInt >= 0
    case .zeroExtend, .ctz, .clz, .popCount: return true
    case .and:
      return isNonNegative(f.arg(x, 0), depth + 1) || isNonNegative(f.arg(x, 1), depth + 1)
    case .shrU:
      if let c = f.constant(f.arg(x, 1)), c > 0 { return true }
      return false
    case .divU, .remU: return false
    case .phi: return isCountingUp(x, depth)
    default:
      for fact in facts where fact.x == x && fact.unsigned { return true }
      for fact in facts where fact.y == x && !fact.unsigned {
        if let c = f.constant(fact.x), c >= (fact.strict ? -1 : 0) { return true }
      }
      return false
    }
  }

  /// phi(start >= 0, phi + c) with c > 0, compared below something each time round: cannot wrap, since
  /// the addition happens where phi < some i64 bound holds.
  private func isCountingUp(_ x: ValueID, _ depth: Int) -> Bool {
    let header = f.values[x].block
    for k in f.argRange(x) {
      let a = f.resolve(f.args[k])
      if f.values[a].op == .add, f.resolve(f.arg(a, 0)) == x,
        let c = f.constant(f.resolve(f.arg(a, 1))), c > 0, c < 1 << 31
      {
        if !isGuarded(a, x, header) { return false }
      } else if !isNonNegative(a, depth + 1) {
        return false
      }
    }
    return true
  }

  /// Whether `sum` = x + c is computed only where the loop's own test bounds x from above by a
  /// signed comparison with x + something small not wrapping: the header branches on x < n.
  private func isGuarded(_ sum: ValueID, _ x: ValueID, _ header: BlockID) -> Bool {
    guard f.blocks[header].kind == .branch else { return false }
    let c = f.resolve(f.blocks[header].control)
    guard f.values[c].op == .ltS, f.resolve(f.arg(c, 0)) == x else { return false }
    let body = f.blocks[header].succs[0]
    guard let step = f.constant(f.resolve(f.arg(sum, 1))) else { return false }
    // x < n <= max, so x + 1 cannot wrap; a larger step could.
    return step == 1 && dom.dominates(body, f.values[sum].block)
  }
}
