import Base

extension RegisterAllocator {
  /// Stores each value with a slot once, at a place that dominates all its loads: behind its
  /// definition, or at the start of a later block in a shallower loop or colder path that still
  /// finds it in a register.
  func placeSpills() {
    for v in spilled {
      let i = Int(v)
      if definedIn[i] == Operand.noRegister { continue }
      if restoreHead[i] < 0 { continue }
      let home = Int(code.vregs[i].block)
      var low = -1
      var h = restoreHead[i]
      while h >= 0 {
        let b = Int(restorePool[Int(h)].block)
        low = low < 0 ? b : commonDominator(low, b)
        h = restorePool[Int(h)].next
      }
      var best = -1
      var bestDepth = code.blocks[home].loopDepth
      var bestCold = code.blocks[home].isCold
      var register: UInt8 = definedIn[i]
      var b = low
      while b >= 0 && b != home {
        let blk = code.blocks[b]
        if blk.loopDepth < bestDepth || (blk.loopDepth == bestDepth && blk.isCold && !bestCold) {
          for e in startState[b] where statePool[Int(e)].vreg == v {
            best = b
            bestDepth = blk.loopDepth
            bestCold = blk.isCold
            register = statePool[Int(e)].register
            break
          }
        }
        b = Int(blk.idom)
      }
      stats.spills += 1
      // Definitions are never in the last instruction; a phi's place is the block's first one.
      var at = definedAt[i]
      if best >= 0 {
        at = code.blocks[best].first
      } else if !isPhi(v) {
        at += 1
      }
      edits.append(
        Edit(
          instruction: at, phase: 1, kind: .move, from: RegisterOrSlot(register),
          to: firstSlotLocation + slotOf[i], vreg: v))
    }
  }

  private func isPhi(_ v: VReg) -> Bool {
    let b = code.blocks[Int(code.vregs[Int(v)].block)]
    for p in Int(b.phiStart)..<Int(b.phiStart) + Int(b.phiCount) where code.phis[p].vreg == v {
      return true
    }
    return false
  }

  private func commonDominator(_ x: Int, _ y: Int) -> Int {
    var a = x
    var b = y
    while a != b {
      if code.blocks[a].dominatorDepth >= code.blocks[b].dominatorDepth {
        a = Int(code.blocks[a].idom)
      } else {
        b = Int(code.blocks[b].idom)
      }
      if a < 0 || b < 0 { return 0 }
    }
    return a
  }

  // MARK: Slots

  /// Gives slots to all spilled values: values that are never live together share one, pointers
  /// apart from others. A phi in memory prefers the slot of one of its arguments.
  func assignSlots() {
    let n = spilled.count
    if n == 0 { return }
    let limit = 4096
    if n > limit {
      assignPrivateSlots()
      return
    }
    // `liveDistance` is free by now: it serves as the index of a vreg in `spilled`.
    for i in liveDistance.indices { liveDistance[i] = -1 }
    for (i, v) in spilled.enumerated() { liveDistance[Int(v)] = Int32(i) }
    let words = (n + 63) >> 6
    var matrix = [UInt64](repeating: 0, count: n * words)
    collectInterference(words, &matrix)
    colour(words, matrix)
  }

  private func assignPrivateSlots() {
    for pass in 0..<2 {
      for v in spilled where code.vregs[Int(v)].isPointer == (pass == 0) {
        slotOf[Int(v)] = Int32(slotCount)
        slotCount += 1
      }
      if pass == 0 { pointerSlots = slotCount }
    }
  }

  private func collectInterference(_ words: Int, _ matrix: inout [UInt64]) {
    var now = [UInt64](repeating: 0, count: words)
    func conflict(_ i: Int, _ now: [UInt64], _ matrix: inout [UInt64]) {
      for w in 0..<words {
        let bits = now[w]
        if bits == 0 { continue }
        matrix[i * words + w] |= bits
        var rest = bits
        while rest != 0 {
          let j = w << 6 + rest.trailingZeroBitCount
          rest &= rest - 1
          matrix[j * words + i >> 6] |= 1 << UInt64(i & 63)
        }
      }
    }
    for b in code.blocks.indices {
      for w in 0..<words { now[w] = 0 }
      for e in live.liveOut[b] {
        let i = Int(liveDistance[Int(e.vreg)])
        if i >= 0 { now[i >> 6] |= 1 << UInt64(i & 63) }
      }
      let blk = code.blocks[b]
      for i in stride(from: Int(blk.end) - 1, through: Int(blk.first), by: -1) {
        let range = code.operandRange(i)
        for k in range where code.operands[k].kind.rawValue > Operand.Kind.useAny.rawValue {
          let d = Int(liveDistance[Int(code.operands[k].vreg)])
          if d < 0 { continue }
          now[d >> 6] &= ~(1 << UInt64(d & 63))
          conflict(d, now, &matrix)
        }
        for k in range where code.operands[k].kind.rawValue <= Operand.Kind.useAny.rawValue {
          let d = Int(liveDistance[Int(code.operands[k].vreg)])
          if d >= 0 { now[d >> 6] |= 1 << UInt64(d & 63) }
        }
      }
      let phis = Int(blk.phiStart)..<Int(blk.phiStart) + Int(blk.phiCount)
      // All phis are written at once: each conflicts with what is live in and with the others,
      // a dead one too.
      for p in phis {
        let d = Int(liveDistance[Int(code.phis[p].vreg)])
        if d >= 0 { now[d >> 6] |= 1 << UInt64(d & 63) }
      }
      for p in phis {
        let d = Int(liveDistance[Int(code.phis[p].vreg)])
        if d < 0 { continue }
        now[d >> 6] &= ~(1 << UInt64(d & 63))
        conflict(d, now, &matrix)
        now[d >> 6] |= 1 << UInt64(d & 63)
      }
    }
  }

  private func colour(_ words: Int, _ matrix: [UInt64]) {
    var taken: [Int] = []
    for pass in 0..<2 {
      let first = slotCount
      for (i, v) in spilled.enumerated() where code.vregs[Int(v)].isPointer == (pass == 0) {
        for w in 0..<words {
          var rest = matrix[i * words + w]
          while rest != 0 {
            let j = w << 6 + rest.trailingZeroBitCount
            rest &= rest - 1
            let s = Int(slotOf[Int(spilled[j])])
            if s >= 0 {
              while taken.count <= s { taken.append(-1) }
              taken[s] = i
            }
          }
        }
        var slot = preferredSlot(v)
        if slot >= 0 && (slot < first || (slot < taken.count && taken[slot] == i)) { slot = -1 }
        if slot < 0 {
          slot = first
          while slot < slotCount && slot < taken.count && taken[slot] == i { slot += 1 }
        }
        slotOf[Int(v)] = Int32(slot)
        if slot >= slotCount { slotCount = slot + 1 }
      }
      if pass == 0 { pointerSlots = slotCount }
    }
  }

  /// The slot of the phi that takes `v`, if it lives in memory, or for such a phi that of an argument.
  private func preferredSlot(_ v: VReg) -> Int {
    let p = phiOf[Int(v)]
    if p != 0 && slotOf[Int(p)] >= 0 && definedIn[Int(p)] == Operand.noRegister {
      return Int(slotOf[Int(p)])
    }
    return -1
  }

  // MARK: Stack maps

  /// Lists the pointer slots that are live behind each call.
  func computeSafepoints() {
    var pointers: [VReg] = []
    for v in spilled where slotOf[Int(v)] >= 0 && Int(slotOf[Int(v)]) < pointerSlots {
      pointers.append(v)
    }
    // Number of live values in each pointer slot (0 or 1, but for moments between phi copies).
    var count = [Int32](repeating: 0, count: pointerSlots)
    for i in liveDistance.indices { liveDistance[i] = -1 }
    for v in pointers { liveDistance[Int(v)] = slotOf[Int(v)] }
    var isLive = [Bool](repeating: false, count: pointers.isEmpty ? 0 : code.vregs.count)
    var touched: [VReg] = []
    for b in code.blocks.indices {
      let blk = code.blocks[b]
      var hasCall = false
      for i in Int(blk.first)..<Int(blk.end) where code.instructions[i].flags.contains(.call) {
        hasCall = true
        break
      }
      if !hasCall { continue }
      let firstSafepoint = safepoints.count
      touched.removeAll(keepingCapacity: true)
      func birth(_ v: VReg) {
        let s = liveDistance[Int(v)]
        if s < 0 || isLive[Int(v)] { return }
        isLive[Int(v)] = true
        touched.append(v)
        count[Int(s)] += 1
      }
      if !pointers.isEmpty { for e in live.liveOut[b] { birth(e.vreg) } }
      for i in stride(from: Int(blk.end) - 1, through: Int(blk.first), by: -1) {
        let range = code.operandRange(i)
        if !pointers.isEmpty {
          for k in range where code.operands[k].kind.rawValue > Operand.Kind.useAny.rawValue {
            let v = Int(code.operands[k].vreg)
            if liveDistance[v] >= 0 && isLive[v] {
              isLive[v] = false
              count[Int(liveDistance[v])] -= 1
            }
          }
        }
        if code.instructions[i].flags.contains(.call) {
          let start = safepointSlots.count
          for s in 0..<pointerSlots where count[s] > 0 { safepointSlots.append(Int32(s)) }
          safepoints.append(
            Safepoint(
              instruction: Int32(i), start: Int32(start),
              count: Int32(safepointSlots.count - start)))
        }
        if !pointers.isEmpty {
          for k in range where code.operands[k].kind.rawValue <= Operand.Kind.useAny.rawValue {
            birth(code.operands[k].vreg)
          }
        }
      }
      for v in touched where isLive[Int(v)] {
        isLive[Int(v)] = false
        count[Int(liveDistance[Int(v)])] -= 1
      }
      safepoints[firstSafepoint...].reverse()
    }
  }
}
