import Base

extension RegisterAllocator {
  /// Decides the registers at the start of block `b`, then walks its instructions.
  func allocate(block b: Int) {
    block = b
    for r in content.indices where content[r] != 0 { holders[Int(content[r])] = 0 }
    for r in content.indices { content[r] = 0 }
    occupied = 0
    buildUses(b)
    let start = Int32(statePool.count)
    enter(b)
    for r in content.indices where content[r] != 0 {
      statePool.append((register: UInt8(r), vreg: content[r]))
    }
    startState[b] = start..<Int32(statePool.count)
    position = 0
    for i in Int(code.blocks[b].first)..<Int(code.blocks[b].end) {
      if i == Int(code.blocks[b].end) - 1 { preloadForLoop(b, i) }
      allocate(instruction: i)
      position += code.instructions[i].flags.contains(.call) ? Distance.call : 1
    }
    let end = Int32(statePool.count)
    for r in content.indices where content[r] != 0 && head(content[r]) >= 0 {
      statePool.append((register: UInt8(r), vreg: content[r]))
    }
    endState[b] = end..<Int32(statePool.count)
  }

  /// The processed predecessor whose registers the block takes over: the least cold one, then
  /// the one in the deepest loop, then the one that has most of what is read soon in registers, then
  /// the latest. Returns its predecessor number, or -1.
  ///
  /// Where one path calls something and the other does not, that is the one without the call: what the call
  /// pushed out is loaded at the end of its own path.
  private func primaryPredecessor(_ b: Int) -> Int {
    var best = -1
    var bestCount = -1
    let isMerge = code.blocks[b].predCount > 1
    for k in 0..<Int(code.blocks[b].predCount) {
      let p = code.pred(b, k)
      if p >= b { continue }
      if best < 0 {
        best = k
        bestCount = isMerge ? nearValues(atEndOf: p) : 0
        continue
      }
      let x = code.blocks[p]
      let old = best
      let count = nearValues(atEndOf: p)
      let y = code.blocks[code.pred(b, best)]
      if x.isCold != y.isCold {
        if !x.isCold { best = k }
      } else if x.loopDepth != y.loopDepth {
        if x.loopDepth > y.loopDepth { best = k }
      } else if count != bestCount {
        if count > bestCount { best = k }
      } else if p > code.pred(b, best) {
        best = k
      }
      if best != old { bestCount = count }
    }
    return best
  }

  /// How many values that are live into the current block, and read before its next call, block `p` leaves in registers.
  private func nearValues(atEndOf p: Int) -> Int {
    var n = 0
    for e in endState[p] {
      let v = Int(statePool[Int(e)].vreg)
      if liveStamp[v] == clock && liveDistance[v] < Distance.cold { n += 1 }
    }
    return n
  }

  private func enter(_ b: Int) {
    live.forEachLiveIn(code, b) { (v: VReg, d: Int32) in
      let i = Int(v)
      if self.liveStamp[i] == self.clock {
        if d < self.liveDistance[i] { self.liveDistance[i] = d }
      } else {
        self.liveStamp[i] = self.clock
        self.liveDistance[i] = d
      }
    }
    let k = primaryPredecessor(b)
    if k < 0 { return }
    let state = endState[code.pred(b, k)]
    let far = code.blocks[b].isLoopHeader ? Distance.call : Distance.cold
    // Values that go on living.
    for e in state {
      let s = statePool[Int(e)]
      let v = Int(s.vreg)
      if liveStamp[v] != clock || holders[v] != 0 { continue }
      if liveDistance[v] >= far && !keepFarValue(b, s.vreg) { continue }
      put(s.vreg, s.register)
    }
    let phis =
      Int(code.blocks[b].phiStart)..<Int(code.blocks[b].phiStart)
      + Int(code.blocks[b].phiCount)
    // Phis that can take over the register of a dying argument.
    for p in phis {
      let v = code.phis[p].vreg
      if phiGoesToMemory(v) { continue }
      let a = code.phiArgs[Int(code.phis[p].argStart) + k]
      if liveStamp[Int(a)] == clock { continue }
      for e in state {
        let s = statePool[Int(e)]
        if s.vreg == a && content[Int(s.register)] == 0 {
          put(v, s.register)
          break
        }
      }
    }
    for p in phis {
      let v = code.phis[p].vreg
      if holders[Int(v)] == 0 { placePhi(b, v) }
      definedIn[Int(v)] =
        holders[Int(v)] == 0 ? Operand.noRegister : UInt8(holders[Int(v)].trailingZeroBitCount)
      definedAt[Int(v)] = code.blocks[b].first
      if holders[Int(v)] == 0 && head(v) >= 0 { noteSlot(v) }
    }
  }

  /// Whether a value whose next use is behind a call or on a cold path stays in its register at the start of `b`:
  /// only if that costs no load on another edge.
  private func keepFarValue(_ b: Int, _ v: VReg) -> Bool {
    if code.blocks[b].isLoopHeader { return false }
    for k in 0..<Int(code.blocks[b].predCount) {
      let p = code.pred(b, k)
      if p >= b { return false }
      var found = false
      for e in endState[p] where statePool[Int(e)].vreg == v { found = true }
      if !found { return false }
    }
    return true
  }

  /// A phi that is not read before the next call, or never, is not worth a register.
  private func phiGoesToMemory(_ v: VReg) -> Bool {
    let h = head(v)
    return h < 0 || usePool[Int(h)].position >= Distance.call
  }

  /// Finds a register for a phi that could not take over its argument's.
  private func placePhi(_ b: Int, _ v: VReg) {
    if phiGoesToMemory(v) { return }
    let bank = code.vregs[Int(v)].bank
    let first = Int(code.blocks[b].first)
    if let r = freeRegister(
      bank, exclude: 0, first: hint[Int(v)], second: Operand.noRegister, instruction: first)
    {
      put(v, r)
      return
    }
    // Full: push out the value with the farthest use if that is farther than the phi's own.
    var farthest = usePool[Int(head(v))].position
    var victim = Operand.noRegister
    for r in content.indices where file.allocatable(bank) & bit(UInt8(r)) != 0 {
      let w = content[r]
      if w == 0 || code.vregs[Int(w)].block == Int32(b) { continue }
      if liveDistance[Int(w)] > farthest {
        farthest = liveDistance[Int(w)]
        victim = UInt8(r)
      }
    }
    if victim == Operand.noRegister { return }
    drop(victim)
    put(v, victim)
  }

  /// In front of a loop: loads values that the loop reads, and that are in memory, into free
  /// registers, so that they need not be loaded in every round.
  private func preloadForLoop(_ b: Int, _ terminator: Int) {
    let blk = code.blocks[b]
    if blk.succCount != 1 { return }
    let s = code.succ(b, 0)
    if s <= b || !code.blocks[s].isLoopHeader || code.blocks[s].isCold { return }
    var wantedHere: [LiveEntry] = []
    live.forEachLiveIn(code, s) { (v: VReg, d: Int32) in
      if d < Distance.call && self.holders[Int(v)] == 0 && self.head(v) >= 0 {
        wantedHere.append(LiveEntry(vreg: v, distance: d))
      }
    }
    if wantedHere.isEmpty { return }
    wantedHere.sort { (x: LiveEntry, y: LiveEntry) -> Bool in
      x.distance != y.distance ? x.distance < y.distance : x.vreg < y.vreg
    }
    for e in wantedHere where holders[Int(e.vreg)] == 0 {
      // Registers that phis of the loop will need are left alone as far as one can know.
      let bank = code.vregs[Int(e.vreg)].bank
      if let r = freeRegister(
        bank, exclude: 0, first: hint[Int(e.vreg)], second: lastRegister[Int(e.vreg)],
        instruction: terminator)
      {
        emitLoad(terminator, e.vreg, r)
        put(e.vreg, r)
      }
    }
  }
}
