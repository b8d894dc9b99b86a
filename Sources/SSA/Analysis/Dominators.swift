/// Reverse postorder and the dominator tree of a function's blocks.
///
/// Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001). The landing block for
/// recovered panics has no predecessors; it counts as a second root beside the entry, so nothing
/// but itself dominates it.
public struct Dominators {
  /// Reachable blocks in reverse postorder, the entry first; the recover landing's part follows last.
  public private(set) var reversePostorder: [BlockID] = []
  /// Index: block. Position in `reversePostorder`, or -1 if unreachable.
  public private(set) var number: [Int32]
  /// Index: block. Immediate dominator; none for roots and unreachable blocks.
  public private(set) var idom: [BlockID]
  /// Index: block. Entry and exit time of a walk of the dominator tree, for constant-time queries.
  private var enter: [Int32]
  private var leave: [Int32]

  public init(_ f: Function) {
    let n = f.blocks.count
    number = Array(repeating: -1, count: n)
    idom = Array(repeating: .none, count: n)
    enter = Array(repeating: 0, count: n)
    leave = Array(repeating: -1, count: n)
    guard !f.order.isEmpty else { return }
    computeOrder(f)
    computeIdoms(f)
    computeTimes(f)
  }

  public func isReachable(_ b: BlockID) -> Bool { number[b.index] >= 0 }

  /// Whether every path from a root to `b` goes through `a`; a block dominates itself.
  @inlinable public func dominates(_ a: BlockID, _ b: BlockID) -> Bool { times(a, b) }

  @usableFromInline func times(_ a: BlockID, _ b: BlockID) -> Bool {
    enter[a.index] <= enter[b.index] && leave[b.index] <= leave[a.index]
  }

  private mutating func computeOrder(_ f: Function) {
    var postorder: [BlockID] = []
    var seen = BitSetOfBlocks(f.blocks.count)
    var roots: [BlockID] = [f.entry]
    if f.recoverLanding.isSome { roots.append(f.recoverLanding) }
    var parts: [[BlockID]] = []
    for root in roots where seen.insert(root) {
      postorder.removeAll(keepingCapacity: true)
      var stack: [(BlockID, Int)] = [(root, 0)]
      while let (b, i) = stack.last {
        if i < f.blocks[b].succs.count {
          stack[stack.count - 1].1 = i + 1
          let s = f.blocks[b].succs[i]
          if seen.insert(s) { stack.append((s, 0)) }
        } else {
          postorder.append(b)
          stack.removeLast()
        }
      }
      parts.append(postorder.reversed())
    }
    for p in parts { reversePostorder.append(contentsOf: p) }
    for (i, b) in reversePostorder.enumerated() { number[b.index] = Int32(i) }
  }

  private mutating func computeIdoms(_ f: Function) {
    idom[f.entry.index] = f.entry
    if f.recoverLanding.isSome { idom[f.recoverLanding.index] = f.recoverLanding }
    var changed = true
    while changed {
      changed = false
      for b in reversePostorder where b != f.entry && b != f.recoverLanding {
        var new: BlockID = .none
        for p in f.blocks[b].preds where number[p.index] >= 0 && idom[p.index].isSome {
          new = new.isNone ? p : intersect(new, p)
        }
        if new.isSome && idom[b.index] != new {
          idom[b.index] = new
          changed = true
        }
      }
    }
    idom[f.entry.index] = .none
    if f.recoverLanding.isSome { idom[f.recoverLanding.index] = .none }
  }

  /// The nearest common dominator. Blocks shared by both roots are not expected: the recover
  /// landing leads to a return of its own.
  private func intersect(_ x: BlockID, _ y: BlockID) -> BlockID {
    var a = x
    var b = y
    while a != b {
      while number[a.index] > number[b.index] {
        if idom[a.index] == a { return b }
        a = idom[a.index]
      }
      while number[b.index] > number[a.index] {
        if idom[b.index] == b { return a }
        b = idom[b.index]
      }
    }
    return a
  }

  private mutating func computeTimes(_ f: Function) {
    var children: [[BlockID]] = Array(repeating: [], count: f.blocks.count)
    var roots: [BlockID] = []
    for b in reversePostorder {
      if idom[b.index].isSome { children[idom[b.index].index].append(b) } else { roots.append(b) }
    }
    var clock: Int32 = 1
    for root in roots {
      var stack: [(BlockID, Int)] = [(root, 0)]
      enter[root.index] = clock
      clock += 1
      while let (b, i) = stack.last {
        if i < children[b.index].count {
          stack[stack.count - 1].1 = i + 1
          let c = children[b.index][i]
          enter[c.index] = clock
          clock += 1
          stack.append((c, 0))
        } else {
          leave[b.index] = clock
          clock += 1
          stack.removeLast()
        }
      }
    }
  }
}

/// A set of blocks; a thin name for clarity at call sites.
struct BitSetOfBlocks {
  private var words: [UInt64]
  init(_ n: Int) { words = Array(repeating: 0, count: (n + 63) >> 6) }
  func contains(_ b: BlockID) -> Bool { words[b.index >> 6] >> UInt64(b.index & 63) & 1 != 0 }
  mutating func insert(_ b: BlockID) -> Bool {
    let bit: UInt64 = 1 << UInt64(b.index & 63)
    let old = words[b.index >> 6]
    words[b.index >> 6] = old | bit
    return old & bit == 0
  }
}
