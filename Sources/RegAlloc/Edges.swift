import Base

/// One assignment of the parallel move on an edge.
struct PendingMove {
  var to: RegisterOrSlot
  /// -1: rematerialise.
  var from: RegisterOrSlot
  var vreg: VReg
}

extension RegisterAllocator {
  /// Calls `body` with each thing that must be in place on edge number `k` of block `b`: the
  /// value (before renaming by phis) and the register, or the phi whose slot it goes to.
  private func forEachNeed(
    _ b: Int, _ k: Int, _ body: (_ value: VReg, _ register: UInt8, _ phi: VReg) -> Void
  ) {
    let s = code.succ(b, k)
    let blk = code.blocks[s]
    let phis = Int(blk.phiStart)..<Int(blk.phiStart) + Int(blk.phiCount)
    let j = phis.isEmpty ? 0 : code.predIndex(from: b, edge: k, to: s)
    for e in startState[s] {
      let need = statePool[Int(e)]
      var a = need.vreg
      if code.vregs[Int(a)].block == Int32(s) {
        for p in phis where code.phis[p].vreg == a {
          a = code.phiArgs[Int(code.phis[p].argStart) + j]
          break
        }
      }
      body(a, need.register, 0)
    }
    for p in phis {
      let v = code.phis[p].vreg
      if definedIn[Int(v)] == Operand.noRegister && slotOf[Int(v)] != -1 {
        body(code.phiArgs[Int(code.phis[p].argStart) + j], Operand.noRegister, v)
      }
    }
  }

  private func loadEndState(_ b: Int) {
    for r in content.indices where content[r] != 0 { holders[Int(content[r])] = 0 }
    for r in content.indices { content[r] = 0 }
    occupied = 0
    for e in endState[b] {
      let s = statePool[Int(e)]
      content[Int(s.register)] = s.vreg
      holders[Int(s.vreg)] |= bit(s.register)
      occupied |= bit(s.register)
    }
  }

  /// Finds which values must be loaded from their slots on edges.
  func noteEdgeRestores() {
    for b in code.blocks.indices {
      loadEndState(b)
      for k in 0..<Int(code.blocks[b].succCount) {
        forEachNeed(b, k) { (v: VReg, _: UInt8, _: VReg) in
          if self.holders[Int(v)] == 0 && !self.code.vregs[Int(v)].isRemat {
            self.noteRestore(v, b)
          }
        }
      }
    }
  }

  /// Emits the moves of all edges that leave block `b`.
  func emitEdges(from b: Int) {
    loadEndState(b)
    let blk = code.blocks[b]
    for k in 0..<Int(blk.succCount) {
      var moves: [PendingMove] = []
      forEachNeed(b, k) { (v: VReg, r: UInt8, phi: VReg) in
        let to: RegisterOrSlot =
          phi == 0 ? RegisterOrSlot(r) : firstSlotLocation + self.slotOf[Int(phi)]
        let have = self.holders[Int(v)]
        var from: RegisterOrSlot = -1
        if phi == 0 && have & self.bit(r) != 0 {
          from = to
        } else if have != 0 {
          from = RegisterOrSlot(have.trailingZeroBitCount)
        } else if !self.code.vregs[Int(v)].isRemat {
          from = firstSlotLocation + self.slotOf[Int(v)]
        }
        if from != to { moves.append(PendingMove(to: to, from: from, vreg: v)) }
      }
      if moves.isEmpty { continue }
      let s = code.succ(b, k)
      if blk.succCount == 1 {
        resolve(moves, at: blk.end - 1, phase: 3, &edits)
      } else if code.blocks[s].predCount == 1 {
        resolve(moves, at: code.blocks[s].first, phase: 0, &edits)
      } else {
        var list: [Edit] = []
        resolve(moves, at: -1, phase: 0, &list)
        edgeEdits.append(EdgeEdits(from: Int32(b), edge: Int32(k), edits: list))
      }
    }
  }

  /// The float register that is never allocated and serves moves between slots.
  private var scratch: RegisterOrSlot { 31 }

  /// Turns a parallel assignment into a sequence.
  private func resolve(
    _ parallel: [PendingMove], at instruction: Int32, phase: UInt8, _ out: inout [Edit]
  ) {
    var pending: [PendingMove] = []
    var toSlots: [PendingMove] = []
    for m in parallel {
      if m.from < 0 && m.to >= firstSlotLocation { toSlots.append(m) } else { pending.append(m) }
    }
    var usedScratch = false
    stats.edgeMoves += pending.count
    func emit(_ kind: Edit.Kind, _ from: RegisterOrSlot, _ to: RegisterOrSlot, _ v: VReg) {
      if kind == .move && from >= firstSlotLocation && to >= firstSlotLocation {
        usedScratch = true
      }
      out.append(
        Edit(
          instruction: instruction, phase: phase, kind: kind, from: from, to: to, vreg: v))
    }
    while !pending.isEmpty {
      var progress = false
      var i = 0
      while i < pending.count {
        let m = pending[i]
        var blocked = false
        for other in pending where other.from == m.to && other.to != m.to { blocked = true }
        if blocked {
          i += 1
          continue
        }
        emit(m.from < 0 ? .remat : .move, m.from, m.to, m.vreg)
        pending.swapAt(i, pending.count - 1)
        pending.removeLast()
        progress = true
      }
      if progress || pending.isEmpty { continue }
      breakCycle(&pending, &usedScratch, emit)
    }
    if usedScratch { emit(.restoreScratch, -1, scratch, 0) }
    // Last, because the target needs its scratch register for them.
    for m in toSlots { emit(.remat, -1, m.to, m.vreg) }
  }

  /// Every pending destination is still to be read. Takes the cycle through the first move apart.
  private func breakCycle(
    _ pending: inout [PendingMove], _ usedScratch: inout Bool,
    _ emit: (Edit.Kind, RegisterOrSlot, RegisterOrSlot, VReg) -> Void
  ) {
    // Each destination has a reader; going from move to reader ends on a cycle.
    func reader(_ i: Int) -> Int {
      pending.firstIndex { $0.from == pending[i].to && $0.to != pending[i].to } ?? i
    }
    var start = 0
    for _ in pending { start = reader(start) }
    var integers = true
    var floats = true
    var i = start
    repeat {
      let to = pending[i].to
      if to >= 16 { integers = false }
      if to < 16 || to >= firstSlotLocation { floats = false }
      i = reader(i)
    } while i != start
    let m = pending[start]
    if integers {
      emit(.swap, m.from, m.to, m.vreg)
      pending.remove(at: start)
      // What was in `m.to` is now in `m.from`, and the other way round.
      for j in pending.indices {
        if pending[j].from == m.to {
          pending[j].from = m.from
        } else if pending[j].from == m.from {
          pending[j].from = m.to
        }
      }
      pending.removeAll { $0.from == $0.to }
      return
    }
    let refuge: RegisterOrSlot
    if floats {
      refuge = scratch
      usedScratch = true
    } else {
      if scratchSlot < 0 {
        scratchSlot = Int32(slotCount)
        slotCount += 1
      }
      refuge = firstSlotLocation + scratchSlot
    }
    // Save what the destination holds, and let its readers read the copy.
    let saved = pending.first { $0.from == m.to }
    emit(.move, m.to, refuge, saved?.vreg ?? m.vreg)
    for j in pending.indices where pending[j].from == m.to { pending[j].from = refuge }
  }
}
