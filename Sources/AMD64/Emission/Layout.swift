import Base
import RegAlloc

/// The order in which blocks are emitted.
///
/// A block is followed by a successor whose other forward predecessors are all placed; loops are
/// finished before what comes behind them; cold blocks go last. A loop header is then moved behind
/// the block that jumps back to it, so that a round takes one jump instead of two.
struct BlockLayout {
  /// Dense block numbers.
  private(set) var order: [Int] = []
  /// Number of hot blocks at the front of `order`.
  private(set) var hotCount = 0

  mutating func compute(_ code: MachineCode) {
    let n = code.blocks.count
    order.removeAll(keepingCapacity: true)
    var placed = [Bool](repeating: false, count: n)
    // Forward predecessors that are not placed yet.
    var waiting = [Int32](repeating: 0, count: n)
    for b in 0..<n where !code.blocks[b].isCold || b == 0 {
      for k in 0..<Int(code.blocks[b].succCount) {
        let s = code.succ(b, k)
        if s > b { waiting[s] += 1 }
      }
    }
    var pending: [Int] = []
    var current = 0
    while current >= 0 {
      placed[current] = true
      order.append(current)
      for k in 0..<Int(code.blocks[current].succCount) {
        let s = code.succ(current, k)
        if s <= current { continue }
        waiting[s] -= 1
        if waiting[s] == 0 && !placed[s] && !code.blocks[s].isCold { pending.append(s) }
      }
      current = BlockLayout.takeNext(code, &pending, placed, after: current)
      if current < 0 {
        for b in 0..<n where !placed[b] && !code.blocks[b].isCold {
          current = b
          break
        }
      }
    }
    rotateLoops(code)
    hotCount = order.count
    for b in 0..<n where !placed[b] { order.append(b) }
  }

  /// The best pending block: a successor of `block` in its loop or a deeper one, else the one in
  /// the deepest loop, the latest found first.
  private static func takeNext(
    _ code: MachineCode, _ pending: inout [Int], _ placed: [Bool], after block: Int
  ) -> Int {
    var best = -1
    var bestScore = -1
    for i in pending.indices.reversed() {
      let p = pending[i]
      if placed[p] { continue }
      var score = Int(code.blocks[p].loopDepth) * 8
      for k in 0..<Int(code.blocks[block].succCount) where code.succ(block, k) == p {
        score += k == 0 ? 3 : 2
      }
      if score > bestScore {
        bestScore = score
        best = i
      }
    }
    if best < 0 { return -1 }
    return pending.remove(at: best)
  }

  /// Leaves blocks out.
  mutating func remove(_ isUnwanted: (Int) -> Bool) {
    var hot = 0
    for i in 0..<hotCount where !isUnwanted(order[i]) { hot += 1 }
    order.removeAll { isUnwanted($0) }
    hotCount = hot
  }

  private mutating func rotateLoops(_ code: MachineCode) {
    var position = [Int](repeating: -1, count: code.blocks.count)
    for (i, b) in order.enumerated() { position[b] = i }
    for h in order where code.blocks[h].isLoopHeader && h != 0 && code.blocks[h].succCount > 1 {
      // The last block in the layout that jumps back, and only jumps.
      var latch = -1
      for k in 0..<Int(code.blocks[h].predCount) {
        let p = code.pred(h, k)
        if p >= h && position[p] > position[h] && code.blocks[p].succCount == 1 {
          if latch < 0 || position[p] > position[latch] { latch = p }
        }
      }
      if latch < 0 { continue }
      // Some successor in the loop must be what follows the header now, or nothing is gained.
      let next = position[h] + 1
      if next >= order.count { continue }
      var continues = false
      for k in 0..<Int(code.blocks[h].succCount) where code.succ(h, k) == order[next] {
        continues = code.blocks[order[next]].loopDepth >= code.blocks[h].loopDepth
      }
      if !continues { continue }
      let from = position[h]
      let to = position[latch]
      order.remove(at: from)
      order.insert(h, at: to)
      for i in from...to { position[order[i]] = i }
    }
  }
}
