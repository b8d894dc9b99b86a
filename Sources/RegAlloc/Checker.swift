import Base

/// Proves an allocation right by running it symbolically: what value each register and slot holds
/// is tracked from block to block to a fixed point (the meet keeps what all predecessors agree on), and
/// every use must find its value in the location it was given. After regalloc2's checker.
/// Returns what is wrong, or nil.
public func checkAllocation(_ code: MachineCode, _ result: RegisterAllocator) -> String? {
  var c = AllocationChecker(code, result)
  c.run()
  return c.problem
}

struct AllocationChecker {
  /// Values held by each location, sorted; nil for a state not reached yet.
  typealias State = [[VReg]]
  let code: MachineCode
  let result: RegisterAllocator
  var problem: String?
  let locations: Int
  var entry: [State?]
  var edgeIndex: [[Int]] = []

  init(_ code: MachineCode, _ result: RegisterAllocator) {
    self.code = code
    self.result = result
    locations = Int(firstSlotLocation) + result.slotCount
    entry = Array(repeating: nil, count: code.blocks.count)
  }

  mutating func run() {
    let empty = State(repeating: [], count: locations)
    var work: [Int] = []
    for b in code.blocks.indices where code.blocks[b].predCount == 0 {
      entry[b] = empty
      work.append(b)
    }
    while let b = work.popLast() {
      guard var s = entry[b] else { continue }
      walk(b, &s, check: false)
      for k in 0..<Int(code.blocks[b].succCount) {
        let to = code.succ(b, k)
        let out = cross(b, k, s)
        if merge(to, out) && !work.contains(to) { work.append(to) }
      }
    }
    for b in code.blocks.indices where problem == nil {
      guard var s = entry[b] else { continue }
      walk(b, &s, check: true)
    }
  }

  private mutating func merge(_ b: Int, _ s: State) -> Bool {
    guard let old = entry[b] else {
      entry[b] = s
      return true
    }
    var new = old
    var changed = false
    for l in 0..<locations where old[l] != s[l] {
      new[l] = old[l].filter { s[l].contains($0) }
      if new[l] != old[l] { changed = true }
    }
    if changed { entry[b] = new }
    return changed
  }

  private func edits(at i: Int32) -> Range<Int> {
    var lo = 0
    var hi = result.edits.count
    while lo < hi {
      let mid = (lo + hi) / 2
      if result.edits[mid].instruction < i { lo = mid + 1 } else { hi = mid }
    }
    var end = lo
    while end < result.edits.count && result.edits[end].instruction == i { end += 1 }
    return lo..<end
  }

  private func apply(_ e: Edit, _ s: inout State) {
    switch e.kind {
    case .move: s[Int(e.to)] = s[Int(e.from)]
    case .swap: s.swapAt(Int(e.from), Int(e.to))
    case .remat: s[Int(e.to)] = [e.vreg]
    case .restoreScratch: s[Int(e.to)] = []
    }
  }

  /// The state behind edge `k` of `b`, phis renamed.
  private func cross(_ b: Int, _ k: Int, _ state: State) -> State {
    var s = state
    for e in result.edgeEdits where Int(e.from) == b && Int(e.edge) == k {
      for x in e.edits { apply(x, &s) }
    }
    let to = code.succ(b, k)
    let blk = code.blocks[to]
    // Moves at the start of a block with one predecessor still belong to the edge.
    if blk.predCount == 1 {
      for i in edits(at: blk.first) where result.edits[i].phase == 0 { apply(result.edits[i], &s) }
    }
    if blk.phiCount == 0 { return s }
    let j = code.predIndex(from: b, edge: k, to: to)
    let phis = Int(blk.phiStart)..<Int(blk.phiStart) + Int(blk.phiCount)
    for l in 0..<locations where !s[l].isEmpty {
      // Older copies of the phis themselves are stale from here on.
      var held = s[l].filter { v in !phis.contains { code.phis[$0].vreg == v } }
      for p in phis {
        let a = code.phiArgs[Int(code.phis[p].argStart) + j]
        if s[l].contains(a) { held.append(code.phis[p].vreg) }
      }
      s[l] = held.sorted()
    }
    return s
  }

  private mutating func walk(_ b: Int, _ s: inout State, check: Bool) {
    let blk = code.blocks[b]
    for i in Int(blk.first)..<Int(blk.end) {
      for e in edits(at: Int32(i)) {
        if result.edits[e].phase == 0 && i == Int(blk.first) && blk.predCount == 1 { continue }
        apply(result.edits[e], &s)
      }
      let range = code.operandRange(i)
      if check { checkUses(b, i, range, s) }
      let record = code.instructions[i]
      for r in 0..<32 where record.clobbers >> RegisterMask(r) & 1 != 0 { s[r] = [] }
      for k in range where code.operands[k].kind.rawValue > Operand.Kind.useAny.rawValue {
        let l = Int(result.locations[k])
        // A new value: all stale copies of it (from an earlier round of a loop) are dead.
        for m in 0..<locations where s[m].contains(code.operands[k].vreg) {
          s[m].removeAll { $0 == code.operands[k].vreg }
        }
        s[l] = code.operands[k].kind == .temp ? [] : [code.operands[k].vreg]
      }
    }
  }

  private mutating func checkUses(_ b: Int, _ i: Int, _ range: Range<Int>, _ s: State) {
    func fail(_ what: String) {
      if problem == nil { problem = "block \(b) instruction \(i): \(what)" }
    }
    var written: RegisterMask = 0
    for k in range {
      let o = code.operands[k]
      let l = result.locations[k]
      if l < 0 || Int(l) >= locations {
        fail("operand \(k - range.lowerBound) has no location")
        return
      }
      if o.fixed != Operand.noRegister && RegisterOrSlot(o.fixed) != l {
        fail("operand \(k - range.lowerBound) is not in its fixed register")
      }
      switch o.kind {
      case .use, .useAny:
        if o.kind == .use && l >= firstSlotLocation { fail("a use in a slot") }
        if !s[Int(l)].contains(o.vreg) {
          fail("v\(o.vreg) expected in location \(l), which holds \(s[Int(l)])")
        }
      default:
        if o.reuse != Operand.noReuse && !o.soft
          && result.locations[range.lowerBound + Int(o.reuse)] != l
        {
          fail("definition does not take over its operand's register")
        }
        if written >> RegisterMask(l) & 1 != 0 { fail("two definitions in location \(l)") }
        written |= 1 << RegisterMask(l)
        if o.kind == .def { continue }
        for u in range where code.operands[u].kind == .use && result.locations[u] == l {
          if o.reuse != Operand.noReuse && u == range.lowerBound + Int(o.reuse) { continue }
          fail("an early definition shares location \(l) with a use")
        }
      }
    }
  }
}
