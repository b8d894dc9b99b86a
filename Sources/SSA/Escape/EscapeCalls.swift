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
    if info.signature.stackSize > 0 && s.area.contentToHeap {
      escapeContents(ofLocation: outgoing)
    }
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
    if s.context.contentToHeap || s.context.contentToResults != 0 { escapeContents(v) }
    if s.context.pointerToHeap || s.context.pointerToResults != 0 { escapeValue(v) }
    for store in closureStores[Int(allocLocation[v.index]) - allocBase] {
      guard let c = s.captures.first(where: { $0.offset == f.values[store].auxInt }) else {
        continue
      }
      let x = f.arg(store, 1)
      guard valueSet[x.index] >= 0 else { continue }
      // What the code returns may go anywhere: its callers are not known here.
      if c.leak.pointerToHeap || c.leak.pointerToResults != 0 { escapeValue(x) }
      if c.leak.contentToHeap || c.leak.contentToResults != 0 { escapeContents(x) }
    }
  }

  private mutating func apply(_ leak: EscapeSummary.Leak, _ a: ValueID, call v: ValueID) {
    guard valueSet[a.index] >= 0, f.values[a].type == .ptr else { return }
    if leak.pointerToHeap { escapeValue(a) }
    if leak.contentToHeap { escapeContents(a) }
    if leak.pointerToResults != 0 { flowToResults(a, leak.pointerToResults, v, content: false) }
    if leak.contentToResults != 0 { flowToResults(a, leak.contentToResults, v, content: true) }
  }

  /// Components of a tuple are told apart by the projections that read them.
  private mutating func flowToResults(_ a: ValueID, _ mask: UInt64, _ v: ValueID, content: Bool) {
    if f.values[v].type != .tuple {
      flowInto(v, a, content)
      return
    }
    var p = firstProjection[v.index]
    while p.isSome {
      if mask >> UInt64(min(63, f.values[p].auxInt)) & 1 != 0 { flowInto(p, a, content) }
      p = nextProjection[p.index]
    }
  }

  private mutating func flowInto(_ v: ValueID, _ a: ValueID, _ content: Bool) {
    if content {
      for l in locations(a) { addContents(of: l, to: v) }
    } else {
      flow(a, v)
    }
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
    markPhis(loops, loopOf)
    markContainers(loops, loopOf, dom)
    return true
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
  /// well, unless the object is made behind the pointee each time: on the way out of the loop. Arguments
  /// in memory are not read again once their call has returned.
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
    for p in 0..<(paramCount + captureOffsets.count) {
      var leak = EscapeSummary.Leak()
      leak.pointerToHeap = escaped[1 + 2 * p]
      leak.contentToHeap = escaped[2 + 2 * p]
      for r in 0..<resultCount {
        if holds(result: r, 1 + 2 * p) { leak.pointerToResults |= 1 << UInt64(r) }
        if holds(result: r, 2 + 2 * p) { leak.contentToResults |= 1 << UInt64(r) }
      }
      leaks.append(leak)
    }
    var s = EscapeSummary(
      params: Array(leaks[..<(paramCount - 1)]), context: leaks[paramCount - 1])
    // What goes to results counts as leaked, too: callers take it for something from outside.
    s.area.contentToHeap =
      escaped[incoming + 1] || (0..<resultCount).contains { holds(result: $0, incoming + 1) }
    for (k, o) in captureOffsets.enumerated() {
      s.captures.append(EscapeSummary.Capture(offset: o, leak: leaks[paramCount + k]))
    }
    return s
  }

  private func holds(result r: Int, _ l: Int) -> Bool {
    results[r * words + l >> 6] >> UInt64(l & 63) & 1 != 0
  }
}
