import Base

/// Jump threading: a block that does nothing but branch on a phi is left out on the edges that
/// bring a constant, which go straight to where the branch leads. Such blocks are what remains of
/// an inlined function that returns true or false, and of && and || used as values.
///
/// The block's values must not be used where the new edges lead, but by phis of its successors: otherwise the new
/// edges would need phis of their own. They may be used on the other side, as long as nothing but the block leads there:
/// where a result is tested for 0 and used if it is not. Headers of loops are left alone, so no loop gets a second
/// entry.
///
/// requires: copies eliminated; keeps: SSA; destroys: cfg, dominators, use counts.
public func threadJumps(_ f: Function) {
  var t = JumpThreader(f)
  t.run()
}

struct JumpThreader {
  let f: Function
  private var uses: [UInt32] = []
  private var dom: Dominators?
  private var useBlocks: UseBlocks?
  /// An edge was led elsewhere since `dom` and `useBlocks` were made.
  private var isStale = false
  private var changed = false

  init(_ f: Function) { self.f = f }

  mutating func run() {
    if !f.order.contains(where: { isCandidate($0) }) { return }
    for _ in 0..<3 {
      changed = false
      uses = f.useCounts()
      dom = Dominators(f)
      useBlocks = nil
      isStale = false
      for b in f.order where isCandidate(b) { thread(b) }
      if !changed { break }
      f.removeUnreachableBlocks()
    }
  }

  /// Whether `b` holds phis, constants and comparisons only, and some phi has a constant argument.
  private func isCandidate(_ b: BlockID) -> Bool {
    guard f.blocks[b].kind == .branch, f.blocks[b].preds.count > 1,
      f.blocks[b].succs[0] != f.blocks[b].succs[1],
      f.blocks[b].values.count <= 12, f.values[f.blocks[b].control].block == b
    else { return false }
    var hasConstant = false
    for v in f.blocks[b].values {
      switch f.values[v].op {
      case .phi:
        for k in f.argRange(v) where f.values[f.args[k]].op == .constInt { hasConstant = true }
      case .constInt, .eq, .ne, .ltS, .leS, .ltU, .leU, .xor: break
      default: return false
      }
    }
    return hasConstant
  }

  private mutating func thread(_ b: BlockID) {
    guard let dom, dom.isReachable(b) else { return }
    for p in f.blocks[b].preds where !dom.isReachable(p) || dom.dominates(b, p) { return }
    let isInside = staysInside(b)
    var k = f.blocks[b].preds.count - 1
    while k >= 0 {
      if let truth = value(f.blocks[b].control, b, k, 0) {
        let t = truth != 0 ? 0 : 1
        if isInside || isUsed(b, onlyBehind: f.blocks[b].succs[1 - t]) { redirect(b, k, t) }
      }
      k -= 1
    }
  }

  /// Whether the values of `b` that are used elsewhere are used only in what `s`, which only `b` leads to, dominates,
  /// and by phis of the successors for the edges from `b`.
  private mutating func isUsed(_ b: BlockID, onlyBehind s: BlockID) -> Bool {
    if f.blocks[s].preds != [b] { return false }
    if isStale {
      // What dominated may do so no longer.
      dom = Dominators(f)
      useBlocks = nil
      isStale = false
    }
    if useBlocks == nil { useBlocks = UseBlocks(f) }
    guard let useBlocks, let dom, dom.isReachable(b) else { return false }
    for v in f.blocks[b].values {
      let isPhi = f.values[v].op == .phi
      for (at, byPhi) in useBlocks[v] where !dom.dominates(s, at) {
        // What is no phi would have to be made anew for the phis behind the new edge.
        if at != b || byPhi && !isPhi { return false }
      }
    }
    return true
  }

  /// Whether all uses of the block's values are in it or, for phis, in phis of its successors.
  private func staysInside(_ b: BlockID) -> Bool {
    for v in f.blocks[b].values {
      var n: UInt32 = 0
      for w in f.blocks[b].values {
        if f.values[w].op == .phi { continue }
        for k in f.argRange(w) where f.args[k] == v { n += 1 }
      }
      if f.blocks[b].control == v { n += 1 }
      if f.values[v].op == .phi {
        for i in 0..<2 {
          let s = f.blocks[b].succs[i]
          let j = f.predIndex(b, successor: i)
          for w in f.blocks[s].values {
            guard f.values[w].op == .phi else { break }
            if f.arg(w, j) == v { n += 1 }
          }
        }
      }
      if n != uses[v.index] { return false }
    }
    return true
  }

  /// What `v` is when block `b` is entered from its predecessor number `k`, if that is a constant.
  private func value(_ v: ValueID, _ b: BlockID, _ k: Int, _ depth: Int) -> Int64? {
    if let c = f.constant(v) { return c }
    guard f.values[v].block == b, depth < 4 else { return nil }
    switch f.values[v].op {
    case .phi: return f.constant(f.arg(v, k))
    case .eq, .ne, .ltS, .leS, .ltU, .leU:
      guard let x = value(f.arg(v, 0), b, k, depth + 1), let y = value(f.arg(v, 1), b, k, depth + 1)
      else { return nil }
      return compare(f.values[v].op, x, y, f.values[f.arg(v, 0)].type) ? 1 : 0
    case .xor:
      guard let x = value(f.arg(v, 0), b, k, depth + 1), let y = value(f.arg(v, 1), b, k, depth + 1)
      else { return nil }
      return x ^ y
    default: return nil
    }
  }

  /// Leads the edge from predecessor `k` of `b` to successor `t` of `b`.
  private mutating func redirect(_ b: BlockID, _ k: Int, _ t: Int) {
    let p = f.blocks[b].preds[k]
    let s = f.blocks[b].succs[t]
    // Which of several edges is which would have to be kept in order.
    if f.blocks[p].succs.contains(s) || f.blocks[p].succs.reduce(0, { $0 + ($1 == b ? 1 : 0) }) != 1
    {
      return
    }
    guard s != b, let i = f.blocks[p].succs.firstIndex(of: b) else { return }
    let j = f.predIndex(b, successor: t)
    var arguments: [ValueID] = []
    for w in f.blocks[s].values {
      guard f.values[w].op == .phi else { break }
      let a = f.arg(w, j)
      let isOwn = f.values[a].block == b && f.values[a].op == .phi
      arguments.append(isOwn ? f.arg(a, k) : a)
    }
    f.blocks[p].succs[i] = s
    f.blocks[s].preds.append(p)
    for (n, a) in arguments.enumerated() {
      let w = f.blocks[s].values[n]
      f.setArguments(w, f.arguments(w) + [a])
      uses[a.index] += 1
    }
    f.removePred(b, k)
    changed = true
    isStale = true
  }
}

/// The blocks in which each value is used; a phi uses its argument at the end of the predecessor.
private struct UseBlocks {
  private var head: [Int32]
  private var entries: [(block: BlockID, byPhi: Bool, next: Int32)] = []

  init(_ f: Function) {
    head = Array(repeating: -1, count: f.values.count)
    for b in f.order {
      for v in f.blocks[b].values {
        let isPhi = f.values[v].op == .phi
        for (i, k) in f.argRange(v).enumerated() {
          add(f.args[k], isPhi ? f.blocks[b].preds[i] : b, isPhi)
        }
        if f.values[v].op.info.contains(.call) && isCall(f.values[v].op) {
          for k in f.calls[Int(f.values[v].aux)].keepAlive { add(k, b, false) }
        }
      }
      add(f.blocks[b].control, b, false)
      for r in f.blocks[b].results { add(r, b, false) }
    }
  }

  private func isCall(_ op: Op) -> Bool {
    op == .callStatic || op == .callClosure || op == .callInterface
  }

  private mutating func add(_ v: ValueID, _ b: BlockID, _ byPhi: Bool) {
    if v.isNone { return }
    entries.append((block: b, byPhi: byPhi, next: head[v.index]))
    head[v.index] = Int32(entries.count - 1)
  }

  subscript(_ v: ValueID) -> [(BlockID, Bool)] {
    var out: [(BlockID, Bool)] = []
    var i = head[v.index]
    while i >= 0 {
      out.append((entries[Int(i)].block, entries[Int(i)].byPhi))
      i = entries[Int(i)].next
    }
    return out
  }
}
