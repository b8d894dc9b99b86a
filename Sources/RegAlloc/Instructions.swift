import Base

extension RegisterAllocator {
  /// Gives registers to the operands of instruction `i` and updates the contents of all registers.
  func allocate(instruction i: Int) {
    let record = code.instructions[i]
    if record.operandCount == 0 && record.clobbers == 0 { return }
    let start = Int(record.operandStart)
    let end = start + Int(record.operandCount)
    var fixedUses: RegisterMask = 0
    var lost = record.clobbers
    var earlyFixed: RegisterMask = 0
    for k in start..<end {
      let o = code.operands[k]
      if o.kind.rawValue <= Operand.Kind.useAny.rawValue {
        instructionStamp[Int(o.vreg)] = Int32(i)
        if o.fixed != Operand.noRegister { fixedUses |= bit(o.fixed) }
      } else if o.fixed != Operand.noRegister {
        lost |= bit(o.fixed)
        if o.kind != .def { earlyFixed |= bit(o.fixed) }
      }
    }
    if fixedUses != 0 {
      for k in start..<end {
        let o = code.operands[k]
        if o.kind == .use && o.fixed != Operand.noRegister {
          placeFixed(i, o.vreg, o.fixed, fixedUses, lost)
          locations[k] = RegisterOrSlot(o.fixed)
        }
      }
    }
    if lost != 0 && !record.flags.contains(.call) { rescue(i, lost, fixedUses) }
    var used = fixedUses
    placeUses(i, start, end, &used, earlyFixed)
    placeReuses(i, start, end, &used, lost)
    let early = placeEarly(i, start, end, used, lost)
    for k in start..<end {
      let o = code.operands[k]
      if o.kind.rawValue <= Operand.Kind.useAny.rawValue { consume(o.vreg) }
    }
    var m = lost & occupied
    while m != 0 {
      drop(UInt8(m.trailingZeroBitCount))
      m &= m - 1
    }
    placeDefinitions(i, start, end, lost | early)
  }

  /// Takes the current use off the list of `v` and frees its registers if it was the last.
  @inline(__always)
  private func consume(_ v: VReg) {
    var h = head(v)
    if h < 0 { return }
    while h >= 0 && usePool[Int(h)].position == position { h = usePool[Int(h)].next }
    useHead[Int(v)] = h
    if h < 0 { dropAll(v) }
  }

  // MARK: Fixed uses

  private func placeFixed(
    _ i: Int, _ v: VReg, _ r: UInt8, _ fixedUses: RegisterMask, _ lost: RegisterMask
  ) {
    if content[Int(r)] == v { return }
    vacate(i, r, fixedUses, lost, inProgress: bit(r))
    let have = holders[Int(v)]
    if have != 0 {
      emitMove(i, UInt8(have.trailingZeroBitCount), r, v)
    } else {
      emitLoad(i, v, r)
    }
    put(v, r)
  }

  /// The fixed register that this instruction still has to bring `w` to, if any.
  private func pendingTarget(_ i: Int, _ w: VReg) -> UInt8 {
    let record = code.instructions[i]
    let start = Int(record.operandStart)
    for k in start..<start + Int(record.operandCount) {
      let o = code.operands[k]
      if o.kind == .use && o.vreg == w && o.fixed != Operand.noRegister
        && content[Int(o.fixed)] != w
      {
        return o.fixed
      }
    }
    return Operand.noRegister
  }

  /// Empties register `r` for a fixed use, keeping its value if this instruction or a later one
  /// needs it and that is cheap.
  private func vacate(
    _ i: Int, _ r: UInt8, _ fixedUses: RegisterMask, _ lost: RegisterMask,
    inProgress: RegisterMask
  ) {
    let w = content[Int(r)]
    if w == 0 { return }
    if holders[Int(w)] & ~bit(r) != 0 {
      drop(r)
      return
    }
    let needed = instructionStamp[Int(w)] == Int32(i)
    let isCall = code.instructions[i].flags.contains(.call)
    if !needed && (isCall || !liveAfter(w)) {
      drop(r)
      return
    }
    var to = Operand.noRegister
    if needed {
      let t = pendingTarget(i, w)
      if t != Operand.noRegister && inProgress & bit(t) == 0 {
        vacate(i, t, fixedUses, lost, inProgress: inProgress | bit(t))
        to = t
      }
    }
    let bank = code.vregs[Int(w)].bank
    if to == Operand.noRegister {
      let exclude = fixedUses | (liveAfter(w) && !isCall ? lost : 0)
      if let f = freeRegister(
        bank, exclude: exclude, first: hint[Int(w)], second: Operand.noRegister, instruction: i)
      {
        to = f
      } else if needed, let other = takeOther(i, bank, fixedUses) {
        to = other
      } else {
        // With every register full of operands a needed value comes back from its slot.
        drop(r)
        return
      }
    }
    // Moving things out of the way may have moved `w` itself.
    if content[Int(r)] != w { return }
    emitMove(i, r, to, w)
    drop(r)
    put(w, to)
  }

  /// A register for an operand that is in the way of another: one whose value this instruction does not
  /// read. None if there is no such register.
  private func takeOther(_ i: Int, _ bank: UInt8, _ exclude: RegisterMask) -> UInt8? {
    var busy = exclude
    for r in content.indices where content[r] != 0 {
      if instructionStamp[Int(content[r])] == Int32(i) { busy |= bit(UInt8(r)) }
    }
    if file.allocatable(bank) & ~busy == 0 { return nil }
    return takeRegister(
      bank, exclude: busy, first: Operand.noRegister, second: Operand.noRegister, instruction: i)
  }

  /// Copies values that live on out of registers that the instruction destroys.
  private func rescue(_ i: Int, _ lost: RegisterMask, _ fixedUses: RegisterMask) {
    var m = lost & occupied
    while m != 0 {
      let r = UInt8(m.trailingZeroBitCount)
      m &= m - 1
      let w = content[Int(r)]
      if holders[Int(w)] & ~lost != 0 || !liveAfter(w) || code.vregs[Int(w)].isRemat { continue }
      if let f = freeRegister(
        code.vregs[Int(w)].bank, exclude: lost | fixedUses, first: hint[Int(w)],
        second: Operand.noRegister, instruction: i)
      {
        emitMove(i, r, f, w)
        put(w, f)
      }
    }
  }

  // MARK: Other uses

  /// Uses without a fixed register. None of them may be in `early`, which is written before they are read.
  private func placeUses(
    _ i: Int, _ start: Int, _ end: Int, _ used: inout RegisterMask, _ early: RegisterMask
  ) {
    var missing = false
    for k in start..<end {
      let o = code.operands[k]
      if o.kind.rawValue > Operand.Kind.useAny.rawValue || o.fixed != Operand.noRegister {
        continue
      }
      let have = holders[Int(o.vreg)] & ~early
      if have == 0 {
        missing = true
        continue
      }
      let r = UInt8(have.trailingZeroBitCount)
      locations[k] = RegisterOrSlot(r)
      used |= bit(r)
    }
    if !missing { return }
    for k in start..<end {
      let o = code.operands[k]
      if o.kind.rawValue > Operand.Kind.useAny.rawValue || o.fixed != Operand.noRegister {
        continue
      }
      if locations[k] >= 0 { continue }
      let v = o.vreg
      if holders[Int(v)] & ~early != 0 {
        locations[k] = RegisterOrSlot((holders[Int(v)] & ~early).trailingZeroBitCount)
        continue
      }
      if o.kind == .useAny && holders[Int(v)] == 0 && !code.vregs[Int(v)].isRemat {
        // Stays in its slot.
        noteRestore(v, block)
        continue
      }
      let r = takeRegister(
        code.vregs[Int(v)].bank, exclude: used | early, first: hint[Int(v)],
        second: lastRegister[Int(v)], instruction: i)
      if holders[Int(v)] != 0 {
        emitMove(i, UInt8(holders[Int(v)].trailingZeroBitCount), r, v)
      } else {
        emitLoad(i, v, r)
      }
      put(v, r)
      used |= bit(r)
      locations[k] = RegisterOrSlot(r)
    }
  }

  // MARK: Definitions

  /// Makes the register of each reused operand free to be overwritten.
  private func placeReuses(
    _ i: Int, _ start: Int, _ end: Int, _ used: inout RegisterMask, _ lost: RegisterMask
  ) {
    for k in start..<end {
      let o = code.operands[k]
      if o.reuse == Operand.noReuse || o.soft { continue }
      let j = start + Int(o.reuse)
      if liveAfter(code.operands[j].vreg) && code.instructions[i].flags.contains(.commutative) {
        swapIfOtherDies(i, start, j)
      }
      let u = code.operands[j].vreg
      let r = UInt8(locations[j])
      let shared = o.kind == .earlyDef && isShared(start, end, j)
      if !liveAfter(u) && !shared { continue }
      if !shared && (code.vregs[Int(u)].isRemat || holders[Int(u)] & ~bit(r) != 0) {
        drop(r)
        continue
      }
      let h = hint[Int(o.vreg)]
      let f: UInt8
      if let free = freeRegister(
        code.vregs[Int(u)].bank, exclude: used | lost, first: h, second: definedHint(o.vreg),
        instruction: i)
      {
        f = free
      } else {
        f = takeRegister(
          code.vregs[Int(u)].bank, exclude: used | lost, first: h,
          second: Operand.noRegister, instruction: i)
      }
      emitMove(i, r, f, u)
      if h == r && !shared {
        // The result wants to be where the operand is: the copy becomes the operand's home.
        drop(r)
        put(u, f)
      } else {
        locations[j] = RegisterOrSlot(f)
        content[Int(f)] = 0
      }
      used |= bit(f)
    }
  }

  /// Whether another use operand is in the same register as operand `j`.
  private func isShared(_ start: Int, _ end: Int, _ j: Int) -> Bool {
    for k in start..<end where k != j {
      if code.operands[k].kind == .use && locations[k] == locations[j] { return true }
    }
    return false
  }

  private func swapIfOtherDies(_ i: Int, _ start: Int, _ j: Int) {
    var first = -1
    var second = -1
    for k in start..<start + Int(code.instructions[i].operandCount)
    where code.operands[k].kind == .use {
      if first < 0 { first = k } else if second < 0 { second = k }
    }
    if second < 0 || (j != first && j != second) { return }
    let other = j == first ? second : first
    if liveAfter(code.operands[other].vreg) { return }
    let v = code.operands[j].vreg
    code.operands[j].vreg = code.operands[other].vreg
    code.operands[other].vreg = v
    locations.swapAt(j, other)
  }

  /// Scratch registers and early definitions: apart from everything the instruction reads.
  private func placeEarly(
    _ i: Int, _ start: Int, _ end: Int, _ used: RegisterMask, _ lost: RegisterMask
  ) -> RegisterMask {
    var taken: RegisterMask = 0
    for k in start..<end {
      let o = code.operands[k]
      if o.kind == .earlyDef && o.reuse != Operand.noReuse && !o.soft {
        taken |= bit(UInt8(locations[start + Int(o.reuse)]))
      }
    }
    for k in start..<end {
      let o = code.operands[k]
      if o.kind != .temp && o.kind != .earlyDef || o.fixed != Operand.noRegister { continue }
      if o.reuse != Operand.noReuse && !o.soft { continue }
      let r = takeRegister(
        code.vregs[Int(o.vreg)].bank, exclude: used | taken | lost, first: hint[Int(o.vreg)],
        second: definedHint(o.vreg), instruction: i)
      locations[k] = RegisterOrSlot(r)
      taken |= bit(r)
    }
    return taken
  }

  /// The register of the phi that takes `v`, if it is known.
  @inline(__always)
  private func definedHint(_ v: VReg) -> UInt8 {
    let p = phiOf[Int(v)]
    return p == 0 ? Operand.noRegister : definedIn[Int(p)]
  }

  private func placeDefinitions(_ i: Int, _ start: Int, _ end: Int, _ exclude: RegisterMask) {
    var taken = exclude
    var plain = false
    for k in start..<end {
      let o = code.operands[k]
      if o.kind.rawValue <= Operand.Kind.useAny.rawValue { continue }
      var r = Operand.noRegister
      if o.fixed != Operand.noRegister {
        r = o.fixed
      } else if o.reuse != Operand.noReuse && !o.soft {
        r = UInt8(locations[start + Int(o.reuse)])
      } else if o.kind != .def {
        r = UInt8(locations[k])
      } else {
        plain = true
        continue
      }
      drop(r)
      define(k, o, r, i)
      taken |= bit(r)
    }
    if !plain { return }
    for k in start..<end {
      let o = code.operands[k]
      if o.kind != .def || o.fixed != Operand.noRegister { continue }
      if o.reuse != Operand.noReuse && !o.soft { continue }
      var second = definedHint(o.vreg)
      if o.reuse != Operand.noReuse && second == Operand.noRegister {
        second = UInt8(truncatingIfNeeded: locations[start + Int(o.reuse)])
      }
      let r = takeRegister(
        code.vregs[Int(o.vreg)].bank, exclude: taken, first: hint[Int(o.vreg)], second: second,
        instruction: i)
      define(k, o, r, i)
      taken |= bit(r)
    }
  }

  @inline(__always)
  private func define(_ k: Int, _ o: Operand, _ r: UInt8, _ i: Int) {
    locations[k] = RegisterOrSlot(r)
    if o.kind == .temp { return }
    definedIn[Int(o.vreg)] = r
    definedAt[Int(o.vreg)] = Int32(i)
    if head(o.vreg) >= 0 { put(o.vreg, r) }
  }
}
