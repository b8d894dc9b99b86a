/// Natural loops, from back edges of the dominator tree.
///
/// A cycle whose entry does not dominate its members (made by `goto`) is no natural loop; its blocks
/// are reported by `isIrreducible`, and passes that reason about loops treat them pessimistically.
public struct Loops {
  public struct Loop: Sendable {
    public var header: BlockID
    /// Index of the enclosing loop, or -1.
    public var parent: Int32
    /// 1 for an outermost loop.
    public var depth: Int32
  }
  public private(set) var loops: [Loop] = []
  /// Index: block. The innermost loop that contains it, or -1.
  public private(set) var innermost: [Int32]
  /// Whether some retreating edge is not a back edge.
  public private(set) var isIrreducible = false

  public init(_ f: Function, _ dom: Dominators) {
    innermost = Array(repeating: -1, count: f.blocks.count)
    // Inner headers come later in reverse postorder than outer ones: going backwards finds inner loops first.
    for h in dom.reversePostorder.reversed() {
      var work: [BlockID] = []
      for p in f.blocks[h].preds where dom.isReachable(p) {
        if dom.dominates(h, p) {
          work.append(p)
        } else if dom.number[p.index] >= dom.number[h.index] {
          isIrreducible = true
        }
      }
      if work.isEmpty { continue }
      let me = Int32(loops.count)
      loops.append(Loop(header: h, parent: -1, depth: 1))
      addBody(f, dom, header: h, loop: me, &work)
    }
    for i in loops.indices.reversed() {
      let p = loops[i].parent
      if p >= 0 { loops[i].depth = loops[Int(p)].depth + 1 }
    }
  }

  /// Nesting depth of `b`, 0 outside all loops.
  public func depth(_ b: BlockID) -> Int {
    let l = innermost[b.index]
    return l < 0 ? 0 : Int(loops[Int(l)].depth)
  }

  /// Whether loop `outer` is `inner` or encloses it.
  public func encloses(_ outer: Int32, _ inner: Int32) -> Bool {
    var l = inner
    while l >= 0 {
      if l == outer { return true }
      l = loops[Int(l)].parent
    }
    return false
  }

  private mutating func addBody(
    _ f: Function, _ dom: Dominators, header: BlockID, loop me: Int32, _ work: inout [BlockID]
  ) {
    while let b = work.popLast() {
      let l = innermost[b.index]
      if l < 0 {
        innermost[b.index] = me
        if b != header {
          for p in f.blocks[b].preds where dom.isReachable(p) { work.append(p) }
        }
        continue
      }
      // Already in an inner loop: climb to its outermost ancestor and hang that below this loop.
      var top = l
      while loops[Int(top)].parent >= 0 && loops[Int(top)].parent != me {
        top = loops[Int(top)].parent
      }
      if top == me || loops[Int(top)].parent == me { continue }
      loops[Int(top)].parent = me
      let h = loops[Int(top)].header
      if h != header {
        for p in f.blocks[h].preds where dom.isReachable(p) { work.append(p) }
      }
    }
    if innermost[header.index] < 0 { innermost[header.index] = me }
  }
}
