import Base

/// Changes of a function's shape that keep its tables consistent: edges, blocks, uses.
extension Function {
  /// Index in `to`'s predecessors of the edge that is successor `i` of `from`. When several edges
  /// lead from one block to the other, they correspond in order.
  public func predIndex(_ from: BlockID, successor i: Int) -> Int {
    let to = blocks[from].succs[i]
    var nth = 0
    for j in 0..<i where blocks[from].succs[j] == to { nth += 1 }
    for (k, p) in blocks[to].preds.enumerated() where p == from {
      if nth == 0 { return k }
      nth -= 1
    }
    internalErrorInEdit("edge \(from) -> \(to) is not in the predecessor list")
  }

  private func internalErrorInEdit(_ what: String) -> Never {
    fatalError("apus: internal error in ssa edit of \(name): \(what)")
  }

  /// Removes successor `i` of `from`, with the phi arguments that belong to it.
  public func removeEdge(_ from: BlockID, successor i: Int) {
    let to = blocks[from].succs[i]
    let k = predIndex(from, successor: i)
    blocks[from].succs.remove(at: i)
    removePred(to, k)
  }

  /// Removes entry `k` of `b`'s predecessor list and of its phis.
  func removePred(_ b: BlockID, _ k: Int) {
    blocks[b].preds.remove(at: k)
    for v in blocks[b].values {
      guard values[v].op == .phi else { break }
      let s = Int(values[v].argStart)
      let n = Int(values[v].argCount)
      for j in k..<(n - 1) { args[s + j] = args[s + j + 1] }
      values[v].argCount = UInt16(n - 1)
    }
  }

  /// Makes `b` end in a jump to its successor `i`, dropping the other edges.
  public func makeJump(_ b: BlockID, successor i: Int) {
    var j = blocks[b].succs.count - 1
    while j >= 0 {
      if j != i { removeEdge(b, successor: j) }
      j -= 1
    }
    blocks[b].kind = .jump
    blocks[b].control = .none
    blocks[b].likely = 0
  }

  /// Drops blocks that no root reaches. Returns whether there were any.
  @discardableResult public func removeUnreachableBlocks() -> Bool {
    var seen = BitSetOfBlocks(blocks.count)
    var work: [BlockID] = [entry]
    _ = seen.insert(entry)
    if recoverLanding.isSome && seen.insert(recoverLanding) { work.append(recoverLanding) }
    var count = work.count
    while let b = work.popLast() {
      for s in blocks[b].succs where seen.insert(s) {
        work.append(s)
        count += 1
      }
    }
    if count == order.count { return false }
    // Edges between dead blocks go with them.
    let isLive = (0..<blocks.count).map { (i: Int) -> Bool in seen.contains(BlockID(i)) }
    var live: [BlockID] = []
    live.reserveCapacity(count)
    for b in order {
      if isLive[b.index] {
        live.append(b)
        continue
      }
      var i = blocks[b].succs.count - 1
      while i >= 0 {
        if isLive[blocks[b].succs[i].index] { removeEdge(b, successor: i) }
        i -= 1
      }
    }
    for b in order where !isLive[b.index] { dropBlock(b) }
    order = live
    return true
  }

  private func dropBlock(_ b: BlockID) {
    for v in blocks[b].values {
      values[v].block = .none
      values[v].op = .invalid
      values[v].argCount = 0
    }
    blocks[b] = Block()
  }

  /// Turns `v` into a copy of `w`; `eliminateCopies` then removes it.
  @inlinable public func replace(_ v: ValueID, with w: ValueID) {
    values[v].op = .copy
    values[v].aux = 0
    values[v].auxInt = 0
    values[v].flags = []
    if values[v].argCount == 0 {
      values[v].argStart = UInt32(args.count)
      args.append(w)
    } else {
      args[Int(values[v].argStart)] = w
    }
    values[v].argCount = 1
  }

  /// Turns `v` into an integer constant in place.
  @inlinable public func makeConstant(_ v: ValueID, _ c: Int64) {
    values[v].op = .constInt
    values[v].auxInt = c
    values[v].aux = 0
    values[v].flags = []
    values[v].argCount = 0
  }

  /// The value behind a chain of copies.
  @inlinable public func resolve(_ v: ValueID) -> ValueID {
    var w = v
    while values[w].op == .copy { w = args[Int(values[w].argStart)] }
    return w
  }

  /// Calls `body` with a mutable reference to every place where a value is used: arguments, block
  /// controls, return results and the keep-alive lists of calls.
  public func forEachUse(_ body: (inout ValueID) -> Void) {
    for b in order {
      for i in blocks[b].values.indices {
        let v = blocks[b].values[i]
        for k in argRange(v) { body(&args[k]) }
      }
      if blocks[b].control.isSome { body(&blocks[b].control) }
      for i in blocks[b].results.indices { body(&blocks[b].results[i]) }
    }
    for c in calls.indices {
      for i in calls[c].keepAlive.indices { body(&calls[c].keepAlive[i]) }
    }
  }

  /// Number of uses of each value. Index: value.
  public func useCounts() -> [UInt32] {
    var n = [UInt32](repeating: 0, count: values.count)
    forEachUse { n[$0.index] &+= 1 }
    return n
  }
}
