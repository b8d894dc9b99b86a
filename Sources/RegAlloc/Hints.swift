import Base

extension RegisterAllocator {
  /// Finds, for each value, the register it would best be computed into: the one that the next
  /// call, return or fixed operand wants it in, if nothing destroys that register on the way. Blocks
  /// are visited in postorder, so wishes travel up to the predecessors (back edges excepted; those go
  /// by the register of the phi, which is known by then).
  func computeHints() {
    while entryHints.count < code.blocks.count { entryHints.append([]) }
    // Index: register. The value that wants it.
    var wish: [VReg] = Array(repeating: 0, count: 32)
    // Register that a value wants, valid if `wish` agrees.
    for b in stride(from: code.blocks.count - 1, through: 0, by: -1) {
      entryHints[b].removeAll(keepingCapacity: true)
      for r in 0..<32 { wish[r] = 0 }
      var mask: RegisterMask = 0
      seedHints(b, &wish, &mask)
      let block = code.blocks[b]
      for i in stride(from: Int(block.end) - 1, through: Int(block.first), by: -1) {
        hintInstruction(i, &wish, &mask)
      }
      for p in Int(block.phiStart)..<Int(block.phiStart) + Int(block.phiCount) {
        let v = code.phis[p].vreg
        let r = wanter(v, wish, mask)
        if r != Operand.noRegister {
          hint[Int(v)] = r
          wish[Int(r)] = 0
          mask &= ~bit(r)
          // Forward arguments would like to be there as well: the wish goes on under the phi's name.
          entryHints[b].append((register: r, vreg: v))
        }
      }
      var m = mask
      while m != 0 {
        let r = m.trailingZeroBitCount
        m &= m - 1
        entryHints[b].append((register: UInt8(r), vreg: wish[r]))
      }
    }
  }

  @inline(__always)
  private func wanter(_ v: VReg, _ wish: [VReg], _ mask: RegisterMask) -> UInt8 {
    let r = hint[Int(v)]
    // `hint` doubles as the index of the wish while walking: it is the latest one made.
    if r != Operand.noRegister && mask & bit(r) != 0 && wish[Int(r)] == v { return r }
    return Operand.noRegister
  }

  private func setWish(_ v: VReg, _ r: UInt8, _ wish: inout [VReg], _ mask: inout RegisterMask) {
    let old = wanter(v, wish, mask)
    if old != Operand.noRegister {
      wish[Int(old)] = 0
      mask &= ~bit(old)
    }
    wish[Int(r)] = v
    mask |= bit(r)
    hint[Int(v)] = r
  }

  private func seedHints(_ b: Int, _ wish: inout [VReg], _ mask: inout RegisterMask) {
    let block = code.blocks[b]
    // The likely successor last, so that its wishes win.
    for pass in 0..<2 {
      for k in 0..<Int(block.succCount) {
        let s = code.succ(b, k)
        if s <= b { continue }
        if (pass == 0) != code.blocks[s].isCold { continue }
        let j = code.predIndex(from: b, edge: k, to: s)
        for h in entryHints[s] {
          var v = h.vreg
          if code.vregs[Int(v)].block == Int32(s) {
            for p in Int(code.blocks[s].phiStart)..<Int(code.blocks[s].phiStart)
              + Int(code.blocks[s].phiCount) where code.phis[p].vreg == v
            {
              v = code.phiArgs[Int(code.phis[p].argStart) + j]
              break
            }
          }
          if v != 0 { setWish(v, h.register, &wish, &mask) }
        }
      }
    }
  }

  private func hintInstruction(_ i: Int, _ wish: inout [VReg], _ mask: inout RegisterMask) {
    let record = code.instructions[i]
    let start = Int(record.operandStart)
    let end = start + Int(record.operandCount)
    var lost = record.clobbers
    for k in start..<end {
      let o = code.operands[k]
      if o.kind.rawValue <= Operand.Kind.useAny.rawValue { continue }
      let r = wanter(o.vreg, wish, mask)
      if r != Operand.noRegister {
        wish[Int(r)] = 0
        mask &= ~bit(r)
        if o.reuse != Operand.noReuse && o.fixed == Operand.noRegister {
          let u = code.operands[start + Int(o.reuse)]
          if u.fixed == Operand.noRegister { setWish(u.vreg, r, &wish, &mask) }
        }
      }
      if o.fixed != Operand.noRegister { lost |= bit(o.fixed) }
    }
    var m = mask & lost
    mask &= ~lost
    while m != 0 {
      let r = m.trailingZeroBitCount
      m &= m - 1
      if hint[Int(wish[r])] == UInt8(r) { hint[Int(wish[r])] = Operand.noRegister }
      wish[r] = 0
    }
    wanted[i] = mask
    for k in start..<end {
      let o = code.operands[k]
      if o.kind == .use && o.fixed != Operand.noRegister { setWish(o.vreg, o.fixed, &wish, &mask) }
    }
  }
}
