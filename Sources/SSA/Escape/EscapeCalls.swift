import Base
import Object

/// Calls, decisions and summaries of escape analysis.
extension EscapeAnalysis {
  /// Applies the callee's summary at call `v`. An unknown callee (symbol none) leaks everything.
  mutating func transferCall(_ v: ValueID, _ callee: SymbolID, firstArgument: Int) {
    let n = Int(f.values[v].argCount) - firstArgument
    let info = f.calls[Int(f.values[v].aux)]
    if info.keepAliveEscapes { for k in info.keepAlive { escapeValue(f.resolve(k)) } }
    let s: EscapeSummary = callee.isSome ? summary(callee, n) : .unknown(n)
    for i in 0..<n {
      apply(i < s.params.count ? s.params[i] : .everything, f.arg(v, firstArgument + i), call: v)
    }
    applyToArea(s.memory, call: v)
    // A result may always be something from outside as well.
    if f.values[v].type == .ptr { addMember(v, 0) }
    var p = firstProjection[v.index]
    while p.isSome {
      if f.values[p].type == .ptr { addMember(p, 0) }
      p = nextProjection[p.index]
    }
  }

  /// A call of a closure. If its code is known here (a closure made in this function), the code's
  /// summary holds for the arguments; otherwise they leak. The closure object itself does not leak
  /// by being called: what its code does with captured variables counts where it is made.
  mutating func transferClosureCall(_ v: ValueID) {
    let c = f.resolve(f.arg(v, 0))
    let code = f.values[c].op == .alloc ? closureCode[c.index] : .none
    transferCall(v, code, firstArgument: 1)
    if code.isSome {
      apply(summary(code, Int(f.values[v].argCount) - 1).context, f.arg(v, 0), call: v)
    }
  }

  /// Making a closure: its code may run at any time, so what it leaks of its captured variables
  /// leaks now.
  mutating func transferClosureCreation(_ v: ValueID) {
    let s = summary(closureCode[v.index], 0)
    if s.context.contentLeaves { escapeContents(v) }
    if s.context.pointerLeaves { escapeValue(v) }
    for store in closureStores[Int(allocLocation[v.index]) - allocBase] {
      guard let c = s.captures.first(where: { $0.offset == f.values[store].auxInt }) else {
        continue
      }
      let x = f.arg(store, 1)
      guard valueSet[x.index] >= 0 else { continue }
      // What the code returns may go anywhere: its callers are not known here.
      if c.leak.pointerLeaves { escapeValue(x) }
      if c.leak.contentLeaves { escapeContents(x) }
    }
  }

  private mutating func apply(_ leak: EscapeSummary.Leak, _ a: ValueID, call v: ValueID) {
    guard valueSet[a.index] >= 0, f.values[a].type == .ptr else { return }
    if leak.pointerToHeap { escapeValue(a) }
    if leak.contentToHeap { escapeContents(a) }
    if leak.pointerToResults != 0 { flowToResults(a, leak.pointerToResults, v, content: false) }
    if leak.contentToResults != 0 { flowToResults(a, leak.contentToResults, v, content: true) }
    if leak.pointerToMemory || leak.contentToMemory {
      guard let n = areas.ofCall(v) else {
        // Results that are not taken in the call's block: their place is not known.
        if leak.pointerToMemory { escapeValue(a) }
        if leak.contentToMemory { escapeContents(a) }
        return
      }
      if leak.pointerToMemory { addToContents(of: areaBase + n, from: a) }
      if leak.contentToMemory {
        for l in locations(a) { addReachable(from: l, intoContentsOf: areaBase + n) }
      }
    }
  }

  /// What the callee does with arguments on the stack, whose words are the contents of the call's area.
  private mutating func applyToArea(_ leak: EscapeSummary.Leak, call v: ValueID) {
    guard let n = areas.ofCall(v) else { return }
    let area = areaBase + n
    if leak.contentToHeap { escapeContents(ofLocation: area) }
    if leak.contentToResults != 0 {
      forEachResult(v, leak.contentToResults) { $0.addReachable(from: area, to: $1) }
    }
    if leak.contentToMemory { addReachable(from: area, intoContentsOf: area) }
    // Results in memory may always be something from outside as well.
    addToContents(of: area, member: 0)
  }

  private mutating func flowToResults(_ a: ValueID, _ mask: UInt64, _ v: ValueID, content: Bool) {
    forEachResult(v, mask) { analysis, r in
      if content {
        for l in analysis.locations(a) { analysis.addReachable(from: l, to: r) }
      } else {
        analysis.flow(a, r)
      }
    }
  }

  /// The values that the result components in `mask` of call `v` have. Components of a tuple are told
  /// apart by the projections that read them.
  private mutating func forEachResult(
    _ v: ValueID, _ mask: UInt64, _ body: (inout EscapeAnalysis, ValueID) -> Void
  ) {
    if f.values[v].type != .tuple { return body(&self, v) }
    var p = firstProjection[v.index]
    while p.isSome {
      if mask >> UInt64(min(63, f.values[p].auxInt)) & 1 != 0 { body(&self, p) }
      p = nextProjection[p.index]
    }
  }

  /// All that a chain of pointers from the memory of `l` leads to may be in `v`: a callee's parameter has
  /// one location for everything behind it.
  private mutating func addReachable(from l: Int, to v: ValueID) {
    for m in reachable(from: l) { addMember(v, m) }
  }

  private mutating func addReachable(from l: Int, intoContentsOf t: Int) {
    for m in reachable(from: l) { addToContents(of: t, member: m) }
  }

  private func reachable(from l: Int) -> [Int] {
    var seen = [UInt64](repeating: 0, count: words)
    var work = members(of: l)
    var out: [Int] = []
    while let m = work.popLast() {
      if seen[m >> 6] >> UInt64(m & 63) & 1 != 0 { continue }
      seen[m >> 6] |= 1 << UInt64(m & 63)
      out.append(m)
      work.append(contentsOf: members(of: m))
    }
    return out
  }

  // MARK: lifetimes and decisions

  /// Sends to the heap what outlives an iteration of its loop, then marks every allocation.
  mutating func decide() {
    let inLoops =
      allocs.contains { !escaped[Int(allocLocation[$0.index])] } ? markLoopEscapes() : false
    if inLoops { propagateToFixpoint() }
    for a in allocs {
      f.values[a].flags.insert(escaped[Int(allocLocation[a.index])] ? .escapes : .stays)
    }
  }

  private mutating func propagateToFixpoint() {
    repeat {
      changed = false
      for l in 0..<locationCount where escaped[l] { escapeContents(ofLocation: l) }
    } while changed
  }

  private mutating func markLoopEscapes() -> Bool {
    let dom = Dominators(f)
    let loops = Loops(f, dom)
    if loops.isIrreducible {
      for a in allocs { escape(Int(allocLocation[a.index])) }
      return true
    }
    if loops.loops.isEmpty { return false }
    var loopOf = [Int32](repeating: -1, count: locationCount)
    for a in allocs {
      loopOf[Int(allocLocation[a.index])] = loops.innermost[f.values[a].block.index]
    }
    for (i, call) in areas.calls.enumerated() {
      loopOf[areaBase + i] = loops.innermost[f.values[call].block.index]
    }
    for (i, l) in loopsOfSlots(loops).enumerated() { loopOf[slotBase + i] = l }
    markPhis(loops, loopOf)
    markContainers(loops, loopOf, dom)
    return true
  }

  /// Index: slot. The innermost loop around all that uses the slot's address. A slot without uses outside of a loop
  /// holds nothing from one iteration to the next: variables are initialised where they are
  /// declared, and temporaries are written before they are read.
  private func loopsOfSlots(_ loops: Loops) -> [Int32] {
    let unused: Int32 = -2
    var out = [Int32](repeating: unused, count: f.slots.count)
    func note(_ slot: Int, _ b: BlockID) {
      let l = loops.innermost[b.index]
      if out[slot] == unused {
        out[slot] = l
        return
      }
      while out[slot] >= 0 && !loops.encloses(out[slot], l) {
        out[slot] = loops.loops[Int(out[slot])].parent
      }
    }
    for b in f.order {
      for v in f.blocks[b].values {
        if f.values[v].op == .slotAddress { note(Int(f.values[v].aux), b) }
        for k in f.argRange(v) {
          let a = f.values[f.resolve(f.args[k])]
          if a.op == .slotAddress { note(Int(a.aux), b) }
        }
      }
    }
    return out
  }

  /// A pointer in a phi at the header of a loop around its allocation survives the iteration.
  private mutating func markPhis(_ loops: Loops, _ loopOf: [Int32]) {
    for (i, loop) in loops.loops.enumerated() {
      for v in f.blocks[loop.header].values {
        guard f.values[v].op == .phi else { break }
        for l in locations(v) where loopOf[l] >= 0 && loops.encloses(Int32(i), loopOf[l]) {
          escape(l)
        }
      }
    }
  }

  /// A pointer in an object that was allocated outside the pointee's innermost loop survives as
  /// well, unless the object is made behind the pointee each time: on the way out of the loop.
  private mutating func markContainers(_ loops: Loops, _ loopOf: [Int32], _ dom: Dominators) {
    for container in slotBase..<locationCount {
      for l in allocBase..<locationCount where loopOf[l] >= 0 {
        let held = contents[container * words + l >> 6] >> UInt64(l & 63) & 1 != 0
        if !held || loops.encloses(loopOf[l], loopOf[container]) { continue }
        if container >= allocBase, dom.dominates(blockOf(l), blockOf(container)) { continue }
        escape(l)
      }
    }
  }

  /// The block of the allocation at location `l`.
  private func blockOf(_ l: Int) -> BlockID { f.values[allocs[l - allocBase]].block }

  // MARK: summary

  /// What callers need to know. A parameter that was found in the outside's or an escaped
  /// location's reach has leaked.
  func makeSummary() -> EscapeSummary {
    var leaks: [EscapeSummary.Leak] = []
    for p in 0...(paramCount + captureOffsets.count) {
      var leak = EscapeSummary.Leak()
      leak.pointerToHeap = escaped[1 + 2 * p]
      leak.contentToHeap = escaped[2 + 2 * p]
      for r in 0..<resultCount {
        if holds(result: r, 1 + 2 * p) { leak.pointerToResults |= 1 << UInt64(r) }
        if holds(result: r, 2 + 2 * p) { leak.contentToResults |= 1 << UInt64(r) }
      }
      leak.pointerToMemory = holds(result: resultCount, 1 + 2 * p)
      leak.contentToMemory = holds(result: resultCount, 2 + 2 * p)
      leaks.append(leak)
    }
    var s = EscapeSummary(
      params: Array(leaks[..<(paramCount - 1)]), context: leaks[paramCount - 1],
      memory: leaks[paramCount + captureOffsets.count])
    for (k, o) in captureOffsets.enumerated() {
      s.captures.append(EscapeSummary.Capture(offset: o, leak: leaks[paramCount + k]))
    }
    return s
  }

  private func holds(result r: Int, _ l: Int) -> Bool {
    results[r * words + l >> 6] >> UInt64(l & 63) & 1 != 0
  }
}
