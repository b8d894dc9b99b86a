import Base

/// Dead-store elimination: stores and zeroing of memory that nothing reads before it is written again, or at all.
///
/// Three cases, each one walk of the values:
/// - A frame slot that is only written to, anywhere: all its writes go.
/// - Within a block, going backwards, a write whose bytes are all written again before anything may look. For a frame slot
///   whose address stays in the function only its own reads look; for all other memory also whatever may
///   panic, since a deferred function or another goroutine may then see it.
/// - At a return, everything in a slot whose address stays in the function.
///
/// A slot with pointers is seen by the collector at each call while it is in use: there the walk forgets what it
/// knew of it, so nothing that a stack map covers is left with what was there before.
///
/// requires: copies eliminated; keeps: cfg, dominators; destroys: use counts; leaves dead values.
public func eliminateDeadStores(_ f: Function) {
  let hasWork = f.order.contains { b in
    var stores = 0
    for v in f.blocks[b].values {
      switch f.values[v].op {
      case .store, .zeroMemory, .copyMemory: stores += 1
      default: break
      }
    }
    return stores > 1 || stores == 1 && !f.slots.isEmpty
  }
  if !hasWork { return }
  var d = DeadStores(f)
  d.run()
}

private struct DeadStores {
  let f: Function
  /// Index: value. The frame slot that an address is derived from, plus 1.
  private var slotOf: [UInt32]
  /// Index: slot. Its address is used for accesses only; something reads it.
  private var isPrivate: [Bool]
  private var isRead: [Bool]
  private var changed = false

  /// Bytes that are written later in the block before anything looks: [from, to) behind `base` or in a slot.
  private struct Written {
    var base: ValueID
    /// Plus 1; 0 for other memory.
    var slot: UInt32
    var from: Int64
    var to: Int64
  }
  private var written: [Written] = []
  /// Slots that are not used again in this block nor behind it.
  private var isOver = false
  private var usedAgain: BitSet

  init(_ f: Function) {
    self.f = f
    slotOf = Array(repeating: 0, count: f.values.count)
    isPrivate = Array(repeating: true, count: f.slots.count)
    isRead = Array(repeating: false, count: f.slots.count)
    usedAgain = BitSet(capacity: f.slots.count)
  }

  mutating func run() {
    if !f.slots.isEmpty { findUses() }
    for b in f.order { visit(b) }
    if changed { eliminateCopies(f) }
  }

  // MARK: slots

  private mutating func findUses() {
    let dom = Dominators(f)
    for b in dom.reversePostorder {
      for v in f.blocks[b].values { note(v) }
      for r in f.blocks[b].results { expose(r) }
      expose(f.blocks[b].control)
    }
    // Arguments from around a loop were not derived yet when the phi was looked at.
    for b in dom.reversePostorder {
      for v in f.blocks[b].values where f.values[v].op == .phi {
        for k in f.argRange(v) { expose(f.args[k]) }
      }
    }
    for c in f.calls { for v in c.keepAlive { expose(v) } }
    exposeLanding()
    if f.deferSlot >= 0 {
      isPrivate[f.deferSlot] = false
      isRead[f.deferSlot] = true
    }
  }

  /// What is read after a recovered panic is seen by whatever may panic.
  private mutating func exposeLanding() {
    if f.recoverLanding.isNone { return }
    var seen = BitSet(capacity: f.blocks.count)
    var work = [f.recoverLanding]
    while let b = work.popLast() {
      if !seen.insert(b.index) { continue }
      for v in f.blocks[b].values where f.values[v].op == .slotAddress { expose(v) }
      work.append(contentsOf: f.blocks[b].succs)
    }
  }

  private mutating func note(_ v: ValueID) {
    let x = f.values[v]
    switch x.op {
    case .slotAddress: slotOf[v.index] = x.aux + 1
    case .ptrAdd, .copy: slotOf[v.index] = slotOf[f.arg(v, 0).index]
    default: break
    }
    for (i, k) in f.argRange(v).enumerated() {
      let s = Int(slotOf[f.args[k].index]) - 1
      if s < 0 { continue }
      switch x.op {
      case .zeroMemory, .nilCheck: break
      case .store, .ptrAdd, .copy: if i != 0 { expose(f.args[k]) }
      case .copyMemory: if i != 0 { isRead[s] = true }
      case .load: isRead[s] = true
      default: expose(f.args[k])
      }
    }
  }

  private mutating func expose(_ v: ValueID) {
    if v.isNone || slotOf[v.index] == 0 { return }
    isPrivate[Int(slotOf[v.index]) - 1] = false
    isRead[Int(slotOf[v.index]) - 1] = true
  }

  // MARK: blocks

  private mutating func visit(_ b: BlockID) {
    written.removeAll(keepingCapacity: true)
    usedAgain = BitSet(capacity: f.slots.count)
    isOver = f.blocks[b].kind == .ret && f.recoverLanding.isNone
    for v in f.blocks[b].values.reversed() {
      let x = f.values[v]
      switch x.op {
      case .store:
        let size = f.values[f.arg(v, 1)].type.size
        write(v, size: size)
      case .zeroMemory: write(v, size: f.memories[Int(x.aux)].size)
      case .copyMemory: copy(v)
      case .load: read(f.arg(v, 0), x.auxInt, x.type.size)
      case .nilCheck, .boundsCheck: written.removeAll { $0.slot == 0 }
      default:
        if x.op.info.contains(.call) {
          // A stack map may cover the slot here, and the callee may look at all other memory.
          written.removeAll { $0.slot == 0 || f.slots[Int($0.slot) - 1].hasPointers }
        } else if x.op.info.contains(.effect) || x.op == .machine {
          written.removeAll { $0.slot == 0 }
        }
      }
    }
  }

  /// The slot at the root of an address, plus 1, or 0; the base and the offset from it. An offset that is not constant
  /// gives nil.
  private func place(_ address: ValueID, _ offset: Int64) -> (
    base: ValueID, slot: UInt32, from: Int64
  )? {
    var p = address
    var at = offset
    while f.values[p].op == .ptrAdd {
      guard let c = f.constant(f.arg(p, 1)) else {
        return slotOf[p.index] == 0 ? (p, 0, at) : nil
      }
      at &+= c
      p = f.arg(p, 0)
    }
    let x = f.values[p]
    if x.op == .slotAddress { return (.none, x.aux + 1, at &+ x.auxInt) }
    return (p, 0, at)
  }

  private func isTracked(_ slot: UInt32) -> Bool { slot != 0 && isPrivate[Int(slot) - 1] }

  private mutating func write(_ v: ValueID, size: Int) {
    let s = slotOf[f.arg(v, 0).index]
    if s != 0 && !isRead[Int(s) - 1] { return remove(v) }
    guard f.values[f.arg(v, 0)].type == .ptr, let p = place(f.arg(v, 0), f.values[v].auxInt) else {
      if s == 0 { written.removeAll { $0.slot == 0 } }
      return
    }
    let to = p.from &+ Int64(size)
    if isOver && isTracked(p.slot) && !usedAgain.contains(Int(p.slot) - 1) { return remove(v) }
    if isCovered(p.base, p.slot, p.from, to) { return remove(v) }
    let slot = isTracked(p.slot) ? p.slot : 0
    if slot == 0 {
      // If this write faults, what was written before it is seen, unless it is to the same object.
      written.removeAll { $0.slot == 0 && ($0.base != p.base || p.base.isNone) }
    }
    // Of the runtime's memory signal handlers may see what no other code does.
    if p.slot == 0 ? !f.flags.contains(.unsafePoints) : slot != 0 {
      add(Written(base: p.base, slot: slot, from: p.from, to: to))
    }
  }

  private func isCovered(_ base: ValueID, _ slot: UInt32, _ from: Int64, _ to: Int64) -> Bool {
    var at = from
    // Ranges are joined as they are added, so few steps are needed.
    for _ in 0..<4 {
      if at >= to { return true }
      guard
        let w = written.first(where: {
          $0.base == base && $0.slot == slot && $0.from <= at && at < $0.to
        })
      else { return false }
      at = w.to
    }
    return at >= to
  }

  private mutating func add(_ w: Written) {
    for i in written.indices
    where written[i].base == w.base && written[i].slot == w.slot && written[i].from <= w.to
      && w.from <= written[i].to
    {
      written[i].from = min(written[i].from, w.from)
      written[i].to = max(written[i].to, w.to)
      return
    }
    if written.count < 32 { written.append(w) }
  }

  private mutating func copy(_ v: ValueID) {
    let size = f.memories[Int(f.values[v].aux)].size
    if f.values[v].flags.contains(.mayOverlap) {
      read(f.arg(v, 0), f.values[v].auxInt, size)
    } else {
      write(v, size: size)
    }
    if f.values[v].op == .copyMemory { read(f.arg(v, 1), 0, size + Int(f.values[v].auxInt)) }
  }

  private mutating func read(_ address: ValueID, _ offset: Int64, _ size: Int) {
    let s = slotOf[address.index]
    if s != 0 && isPrivate[Int(s) - 1] {
      usedAgain.insert(Int(s) - 1)
      guard let p = place(address, offset) else {
        written.removeAll { $0.slot == s }
        return
      }
      let to = p.from &+ Int64(size)
      written.removeAll { $0.slot == s && $0.from < to && p.from < $0.to }
      return
    }
    written.removeAll { $0.slot == 0 }
  }

  private mutating func remove(_ v: ValueID) {
    f.replace(v, with: f.arg(v, 0))
    changed = true
  }
}
