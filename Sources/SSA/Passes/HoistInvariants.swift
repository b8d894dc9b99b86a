import Base

/// Loop-invariant code motion: what a loop computes anew in every round from values that do not change in it moves in
/// front of the loop.
///
/// Only loops without calls: a call clobbers all registers, so what was moved would be reloaded from the frame where it
/// was computed from what had to be reloaded as well. That also keeps what is moved out of every stack map.
/// - Pure values, if they cannot panic (a division by a constant does not) and are no addresses: a sum of a
///   pointer and a variable must not be made before the check that guards it, one with a constant costs nothing
///   where it is used. Conversions and comparisons move only with, or for, something else.
/// - Loads that no write of the loop can change. Either nothing but loads and nil checks comes before them in the loop, or
///   the memory is known to be there in front of it, by an access as far behind the same pointer: a check in the loop may
///   be what keeps the load off the end of a slice. Then they must stand on the way to each next round, too.
///
/// What is moved needs a register for the whole loop: `HoistBudget` stops where they would run out.
///
/// requires: copies eliminated; keeps: SSA; destroys: cfg (adds preheaders), dominators, use counts.
public func hoistInvariants(_ f: Function) {
  guard mayHaveLoops(f) else { return }
  let dom = Dominators(f)
  let loops = Loops(f, dom)
  if loops.loops.isEmpty || loops.isIrreducible { return }
  var h = InvariantHoister(f, dom, loops)
  h.run()
}

/// Whether some edge leads back in the layout of blocks, as one of each loop does in any order.
private func mayHaveLoops(_ f: Function) -> Bool {
  var seen = BitSetOfBlocks(f.blocks.count)
  for b in f.order {
    _ = seen.insert(b)
    for s in f.blocks[b].succs where seen.contains(s) { return true }
  }
  return false
}

/// How many more values may live in registers throughout a loop.
private struct HoistBudget {
  private var integers = 9
  private var floats = 11

  /// `carried`: what is used in the loop and made outside, and the phis of its header.
  init(_ f: Function, carried: [ValueID]) {
    for v in carried { _ = take(f.values[v].type) }
  }

  mutating func take(_ t: ValueType) -> Bool {
    if t.isFloat {
      floats -= 1
      return floats >= 0
    }
    integers -= 1
    return integers >= 0
  }

}

private struct InvariantHoister {
  struct Access {
    var block: BlockID = .none
    var end: Int64 = 0
  }
  let f: Function
  let dom: Dominators
  let loops: Loops
  /// Index: loop. Its blocks in reverse postorder.
  private var blocks: [[BlockID]]
  /// Index: block. The innermost loop that contains it; grows with the preheaders.
  private var loopOf: [Int32]
  private let memory: MemoryStates
  /// What writes memory in the loop at hand; made for the first load.
  private var writes: [ValueID]?
  /// A loop with so many writes keeps its loads.
  private static let maxWrites = 32
  /// Index: value. The first two blocks in which memory behind the pointer is accessed, and how far.
  private var accesses: [(first: Access, second: Access)]?
  /// The preheaders, in order of their numbers: the header of each.
  private var headers: [BlockID] = []
  private let originalBlocks: Int
  /// Index: value. The loop, plus 1, in which it was found invariant last, and not moved yet.
  private var invariantIn: [Int32]

  init(_ f: Function, _ dom: Dominators, _ loops: Loops) {
    self.f = f
    self.dom = dom
    self.loops = loops
    loopOf = loops.innermost
    originalBlocks = f.blocks.count
    memory = MemoryStates(f, dom, places: true)
    blocks = Array(repeating: [], count: loops.loops.count)
    invariantIn = Array(repeating: 0, count: f.values.count)
    for b in dom.reversePostorder {
      var l = loops.innermost[b.index]
      while l >= 0 {
        blocks[Int(l)].append(b)
        l = loops.loops[Int(l)].parent
      }
    }
  }

  mutating func run() {
    // Inner loops come first, so what leaves one may leave the next.
    for l in loops.loops.indices where !hasCall(blocks[l]) { visit(Int32(l)) }
  }

  private func hasCall(_ blocks: [BlockID]) -> Bool {
    for b in blocks {
      for v in f.blocks[b].values where f.values[v].op.info.contains(.call) { return true }
    }
    return false
  }

  private func isInside(_ b: BlockID, _ l: Int32) -> Bool { loops.encloses(l, loopOf[b.index]) }

  private mutating func visit(_ l: Int32) {
    let header = loops.loops[Int(l)].header
    if header == f.entry || header == f.recoverLanding || f.blocks[header].isCold { return }
    var found: [ValueID] = []
    var isFirst = true
    writes = nil
    let latches = f.blocks[header].preds.filter { isInside($0, l) }
    for b in blocks[Int(l)] {
      // A preheader dominates what its header does.
      let place = b.index < originalBlocks ? b : headers[b.index - originalBlocks]
      let isCertain = latches.allSatisfy { dom.dominates(place, $0) }
      for v in f.blocks[b].values {
        let x = f.values[v]
        if x.op == .phi || x.op == .invalid { continue }
        let isStart = b == header && isFirst
        if isInvariant(v, l), isMovable(v, l, isStart: isStart, isCertain: isCertain) {
          invariantIn[v.index] = l + 1
          found.append(v)
        } else if x.op.info.contains(.effect) && x.op != .nilCheck {
          isFirst = false
        }
      }
    }
    if waits(l) {
      for v in found { invariantIn[v.index] = 0 }
    } else if !found.isEmpty {
      move(found, out: l)
    }
  }

  /// Whether what the loop loads, and does not change, decides about leaving it: then it may wait for another goroutine
  /// to change it, without the synchronisation that the memory model asks for.
  private func waits(_ l: Int32) -> Bool {
    for b in blocks[Int(l)] where f.blocks[b].kind == .branch {
      guard f.blocks[b].succs.contains(where: { !isInside($0, l) }) else { continue }
      if isMadeOfLoad(f.blocks[b].control, l, 0) { return true }
    }
    return false
  }

  private func isMadeOfLoad(_ v: ValueID, _ l: Int32, _ depth: Int) -> Bool {
    if invariantIn[v.index] != l + 1 { return false }
    if f.values[v].op == .load || depth > 8 { return true }
    for k in f.argRange(v) where isMadeOfLoad(f.args[k], l, depth + 1) { return true }
    return false
  }

  /// Whether all that `v` is made of is made outside of the loop, or may be.
  private func isInvariant(_ v: ValueID, _ l: Int32) -> Bool {
    for k in f.argRange(v) {
      let a = f.args[k]
      if invariantIn[a.index] != l + 1 && isInside(f.values[a].block, l) { return false }
    }
    return true
  }

  private mutating func isMovable(
    _ v: ValueID, _ l: Int32, isStart: Bool, isCertain: Bool
  ) -> Bool {
    let x = f.values[v]
    switch x.op {
    case .divS, .divU, .remS, .remU:
      guard let c = f.constant(f.arg(v, 1)) else { return false }
      return c != 0
    case .divWideU, .ptrToInt, .intToPtr, .copy, .getClosure, .getCallerPC: return false
    case .ptrAdd: return f.constant(f.arg(v, 1)) != nil
    case .outgoingAddress, .incomingAddress: return false
    case .load:
      guard !f.flags.contains(.unsafePoints), f.values[f.arg(v, 0)].type == .ptr else {
        return false
      }
      let end = x.auxInt &+ Int64(x.type.size)
      return (isStart && x.auxInt < 4096 || isCertain && isThere(f.arg(v, 0), end, l))
        && !mayChange(v, l)
    default: return x.op.info.contains(.pure) && x.type != .tuple
    }
  }

  /// Whether moving `v` saves anything by itself.
  private func isWorthMoving(_ v: ValueID) -> Bool {
    switch f.values[v].op {
    case .constInt, .constFloat, .constNil, .symbolAddress, .slotAddress, .ptrAdd, .eq, .ne, .ltS,
      .leS, .ltU, .leU, .feq, .fne, .flt, .fle, .getG, .bitcast:
      return false
    case .zeroExtend, .signExtend, .truncate:
      return invariantIn[f.arg(v, 0).index] == invariantIn[v.index] && isWorthMoving(f.arg(v, 0))
    default: return true
    }
  }

  // MARK: loads

  /// Whether the first `end` bytes behind pointer `p` can be read in front of the loop.
  private mutating func isThere(_ p: ValueID, _ end: Int64, _ l: Int32) -> Bool {
    let (base, offset) = root(p)
    let end = end &+ offset
    switch f.values[base].op {
    case .slotAddress, .symbolAddress: return true
    case .alloc, .box: return end <= Int64(f.allocs[Int(f.values[base].aux)].size)
    default: break
    }
    if accesses == nil { accesses = collectAccesses() }
    guard let known = accesses?[base.index] else { return false }
    let header = loops.loops[Int(l)].header
    for a in [known.first, known.second] {
      if a.block.isSome && a.end >= end && a.block != header && dom.dominates(a.block, header) {
        return true
      }
    }
    return false
  }

  /// The pointer from which `p` is a constant distance away, and the distance.
  private func root(_ p: ValueID) -> (ValueID, Int64) {
    var p = p
    var offset: Int64 = 0
    while f.values[p].op == .ptrAdd, let c = f.constant(f.arg(p, 1)) {
      offset &+= c
      p = f.arg(p, 0)
    }
    return (p, offset)
  }

  private func collectAccesses() -> [(first: Access, second: Access)] {
    var out = [(first: Access, second: Access)](
      repeating: (Access(), Access()), count: f.values.count)
    for b in dom.reversePostorder {
      for v in f.blocks[b].values {
        let x = f.values[v]
        let size: Int
        switch x.op {
        case .load: size = x.type.size
        case .store: size = f.values[f.arg(v, 1)].type.size
        default: continue
        }
        let (base, offset) = root(f.arg(v, 0))
        let end = offset &+ x.auxInt &+ Int64(size)
        let i = base.index
        if out[i].first.block.isNone || out[i].first.block == b {
          out[i].first = Access(block: b, end: max(out[i].first.end, end))
        } else if out[i].second.block.isNone || out[i].second.block == b {
          out[i].second = Access(block: b, end: max(out[i].second.end, end))
        }
      }
    }
    return out
  }

  /// Whether a write in the loop may change what load `v` reads.
  private mutating func mayChange(_ v: ValueID, _ l: Int32) -> Bool {
    let x = f.values[v]
    if x.flags.contains(.invariant) { return false }
    if writes == nil { writes = collectWrites(l) }
    guard let writes, writes.count < InvariantHoister.maxWrites else { return true }
    let place = memory.place(f.arg(v, 0), x.auxInt, x.type.size)
    for w in writes {
      guard let there = memory.written(w) else { return true }
      if !memory.areDisjoint(place, there) && !isOtherKind(x, w) { return true }
    }
    return false
  }

  /// The values in the loop that write memory, no more than one cares for.
  private func collectWrites(_ l: Int32) -> [ValueID] {
    var out: [ValueID] = []
    for b in blocks[Int(l)] {
      for w in f.blocks[b].values where memory.writes(f.values[w].op) {
        out.append(w)
        if out.count == InvariantHoister.maxWrites { return out }
      }
    }
    return out
  }

  /// Whether store `w` cannot have written what `x` loads by their types: numbers of less than 64 bits and floats are
  /// not stored over pointers, lengths or capacities. (What does such things by package unsafe leaves
  /// the collector with a pointer that is none.)
  private func isOtherKind(_ x: Value, _ w: ValueID) -> Bool {
    guard f.values[w].op == .store, !f.flags.contains(.unsafePoints),
      x.type == .ptr || x.type == .i64 && x.flags.contains(.length)
    else { return false }
    switch f.values[f.arg(w, 1)].type {
    case .i8, .i16, .i32, .f32, .f64: return true
    default: return false
    }
  }

  // MARK: moving

  private mutating func move(_ found: [ValueID], out l: Int32) {
    let wanted = roots(found, l)
    if !wanted.isEmpty {
      var budget = HoistBudget(f, carried: carried(l))
      var target: BlockID?
      for isCheap in [false, true] {
        for v in wanted
        where isCheap == self.isCheap(v) && invariantIn[v.index] == l + 1 {
          if !budget.take(f.values[v].type) { continue }
          let t = target ?? preheader(l)
          target = t
          take(v, out: l, to: t)
        }
      }
    }
    for v in found { invariantIn[v.index] = 0 }
  }

  /// Which of the invariant values the rest of the loop uses and are worth a register.
  private func roots(_ found: [ValueID], _ l: Int32) -> [ValueID] {
    var needed = Set<ValueID>()
    for b in blocks[Int(l)] {
      for v in f.blocks[b].values where invariantIn[v.index] != l + 1 {
        for k in f.argRange(v) where invariantIn[f.args[k].index] == l + 1 {
          needed.insert(f.args[k])
        }
      }
      let c = f.blocks[b].control
      if c.isSome && invariantIn[c.index] == l + 1 { needed.insert(c) }
    }
    var out: [ValueID] = []
    for v in found.reversed() where needed.contains(v) {
      if isWorthMoving(v) {
        out.append(v)
      } else {
        for k in f.argRange(v) where invariantIn[f.args[k].index] == l + 1 {
          needed.insert(f.args[k])
        }
      }
    }
    return out.reversed()
  }

  /// Whether `v` takes one cycle to compute.
  private func isCheap(_ v: ValueID) -> Bool {
    switch f.values[v].op {
    case .add, .sub, .and, .or, .xor, .andNot, .neg, .not, .shl, .shrS, .shrU, .rotl: return true
    default: return false
    }
  }

  /// Moves `v`, and before it what it is made of, to the end of block `t`.
  private mutating func take(_ v: ValueID, out l: Int32, to t: BlockID) {
    if invariantIn[v.index] != l + 1 { return }
    invariantIn[v.index] = 0
    for k in f.argRange(v) { take(f.args[k], out: l, to: t) }
    let b = f.values[v].block
    if let i = f.blocks[b].values.firstIndex(of: v) { f.blocks[b].values.remove(at: i) }
    f.values[v].block = t
    // Where it stands now it may be the first to find out that the pointer is nil.
    if f.values[v].op == .load { f.values[v].flags.remove(.nonNil) }
    f.blocks[t].values.append(v)
  }

  /// What lives throughout the loop in registers already.
  private func carried(_ l: Int32) -> [ValueID] {
    var seen = Set<ValueID>()
    var out: [ValueID] = []
    func note(_ v: ValueID) {
      guard v.isSome, !isInside(f.values[v].block, l),
        !f.values[v].op.info.contains(.rematerialise), seen.insert(v).inserted
      else { return }
      out.append(v)
    }
    for b in blocks[Int(l)] {
      for v in f.blocks[b].values {
        if f.values[v].op == .phi && b == loops.loops[Int(l)].header { out.append(v) }
        if f.values[v].op != .phi { for k in f.argRange(v) { note(f.args[k]) } }
      }
      note(f.blocks[b].control)
    }
    return out
  }

  /// The block that leads to the loop's header and to nothing else, made if there is none.
  private mutating func preheader(_ l: Int32) -> BlockID {
    let header = loops.loops[Int(l)].header
    let outside = f.blocks[header].preds.indices.filter {
      !isInside(f.blocks[header].preds[$0], l)
    }
    if outside.count == 1 {
      let p = f.blocks[header].preds[outside[0]]
      if f.blocks[p].kind == .jump { return p }
    }
    return makePreheader(l, header, outside)
  }

  private mutating func makePreheader(
    _ l: Int32, _ header: BlockID, _ outside: [Int]
  ) -> BlockID {
    let t = f.makeBlock()
    f.order.removeLast()
    f.order.insert(t, at: f.order.firstIndex(of: header) ?? f.order.count)
    headers.append(header)
    var outer = loops.loops[Int(l)].parent
    loopOf.append(outer)
    while outer >= 0 {
      let i = blocks[Int(outer)].firstIndex(of: header) ?? 0
      blocks[Int(outer)].insert(t, at: i)
      outer = loops.loops[Int(outer)].parent
    }
    f.blocks[t].kind = .jump
    f.blocks[t].pos = f.blocks[header].pos
    f.blocks[t].isCold = f.blocks[header].isCold
    let preds = f.blocks[header].preds
    for v in f.blocks[header].values {
      guard f.values[v].op == .phi else { break }
      let all = f.arguments(v)
      var entering = all[outside[0]]
      if outside.count > 1 {
        entering = f.makeValue(
          .phi, f.values[v].type, outside.map { all[$0] }, pos: f.values[v].pos)
        f.values[entering].block = t
        f.blocks[t].values.append(entering)
        invariantIn.append(0)
      }
      let inner = all.indices.filter { !outside.contains($0) }.map { all[$0] }
      f.setArguments(v, inner + [entering])
    }
    for i in outside {
      f.blocks[t].preds.append(preds[i])
      for k in f.blocks[preds[i]].succs.indices where f.blocks[preds[i]].succs[k] == header {
        f.blocks[preds[i]].succs[k] = t
      }
    }
    f.blocks[header].preds =
      preds.indices.filter { !outside.contains($0) }.map { preds[$0] } + [t]
    f.blocks[t].succs = [header]
    return t
  }
}
