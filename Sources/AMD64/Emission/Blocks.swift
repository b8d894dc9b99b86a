import ABI
import Base
import Object
import RegAlloc
import SSA

extension Emitter {
  /// The machine register of a location of the allocator.
  @inline(__always)
  static func reg(_ l: RegisterOrSlot) -> Reg {
    l < 16 ? Reg(gpr: UInt8(l)) : Reg(xmm: UInt8(l) - 16)
  }

  func slotPlace(_ l: RegisterOrSlot) -> Mem {
    frame.place(frame.spills[Int(l - firstSlotLocation)])
  }

  /// How many instructions access each spill slot.
  func spillUses() -> [UInt32] {
    var n = [UInt32](repeating: 0, count: allocator.slotCount)
    for e in allocator.edits where e.kind == .move || e.kind == .remat {
      if e.kind == .move && e.from >= firstSlotLocation { n[Int(e.from - firstSlotLocation)] += 1 }
      if e.to >= firstSlotLocation { n[Int(e.to - firstSlotLocation)] += 1 }
    }
    return n
  }

  func emit(block b: Int) {
    let blk = code.blocks[b]
    c.bind(labels[b])
    note(&info.spDelta, Int32(frame.depth))
    if f.flags.contains(.unsafePoints) { setUnsafe(true) }
    // Blocks are not emitted in the order of their numbers: find this one's edits.
    nextEdit = firstEdit(at: blk.first)
    let end = Int(blk.end)
    var i = Int(blk.first)
    while i < end {
      var x = lowering.instructions[i]
      if isObservable(x) { setPosition(x.pos, x.inlineNode) }
      emitEdits(before: i)
      if let low = zeroPair(i, end: end) {
        x.disp = low
        c.mr(.movups, memory(i, x), Reg(xmm: 15))
        i += 2
        continue
      }
      emit(instruction: i, x, block: b)
      i += 1
    }
  }

  /// Whether a traceback can begin at the instruction: calls, and what faults on nil. Places of all
  /// others would make up half of the line tables; they count to the one before.
  private func isObservable(_ x: Instruction) -> Bool {
    switch x.form {
    case .call, .callClosure, .callRegister, .callRuntime, .tailCall, .tailCallClosure,
      .tailCallRegister, .divide, .divideWide, .exit, .barrierStore, .repeatMove, .repeatStore:
      return true
    default:
      return lowering.checksNil[Int(x.serial)]
    }
  }

  /// The first edit at or behind instruction `i`.
  private func firstEdit(at i: Int32) -> Int {
    var lo = 0
    var hi = allocator.edits.count
    while lo < hi {
      let mid = (lo + hi) / 2
      if allocator.edits[mid].instruction < i { lo = mid + 1 } else { hi = mid }
    }
    return lo
  }

  func hasEdits(at i: Int32) -> Bool {
    let e = firstEdit(at: i)
    return e < allocator.edits.count && allocator.edits[e].instruction == i
  }

  /// The block that edge `k` of `b` leads to, past empty blocks.
  func destination(_ b: Int, _ k: Int) -> Int { forward[code.succ(b, k)] }

  private func emitEdits(before i: Int) {
    while nextEdit < allocator.edits.count
      && Int(allocator.edits[nextEdit].instruction) == i
    {
      let keepFlags = code.instructions[i].flags.contains(.readsFlags)
      emit(edit: allocator.edits[nextEdit], keepFlags: keepFlags)
      nextEdit += 1
    }
  }

  func emit(edit e: Edit, keepFlags: Bool) {
    let scratch = Reg(xmm: 15)
    switch e.kind {
    case .move:
      if e.from == e.to { return }
      if e.to < firstSlotLocation && e.from < firstSlotLocation {
        move(Emitter.reg(e.to), Emitter.reg(e.from))
      } else if e.to < firstSlotLocation {
        let r = Emitter.reg(e.to)
        c.rm(r.isGPR ? .movq : .movsd, r, slotPlace(e.from))
      } else if e.from < firstSlotLocation {
        let r = Emitter.reg(e.from)
        c.mr(r.isGPR ? .movq : .movsd, slotPlace(e.to), r)
      } else {
        c.rm(.movsd, scratch, slotPlace(e.from))
        c.mr(.movsd, slotPlace(e.to), scratch)
      }
    case .remat:
      if e.to < firstSlotLocation {
        rematerialise(e.vreg, Emitter.reg(e.to), keepFlags: keepFlags)
      } else {
        rematerialise(e.vreg, slot: slotPlace(e.to))
      }
    case .swap: c.rr(.xchgq, Emitter.reg(e.from), Emitter.reg(e.to))
    case .restoreScratch: c.rr(.xorps, scratch, scratch)
    }
  }

  func move(_ to: Reg, _ from: Reg) {
    if to == from { return }
    c.rr(to.isGPR ? .movq : .movaps, to, from)
  }

  private func rematerialise(_ v: VReg, _ r: Reg, keepFlags: Bool) {
    let x = f.values[ValueID(raw: code.vregs[Int(v)].value)]
    switch x.op {
    case .constNil: loadConstant(0, .i64, r, keepFlags)
    case .constInt: loadConstant(x.auxInt, x.type, r, keepFlags)
    case .constFloat: loadBits(lowering.floatConstantBits(x), x.type, r)
    case .machine: loadBits(UInt64(bitPattern: x.auxInt), x.type, r)
    case .symbolAddress:
      c.loadAddress(r, SymbolID(raw: x.aux), addend: Int32(truncatingIfNeeded: x.auxInt))
    case .slotAddress:
      c.rm(
        .leaq, r,
        frame.place(frame.slots[Int(x.aux)] + Int32(truncatingIfNeeded: x.auxInt)))
    case .incomingAddress:
      c.rm(
        .leaq, r, frame.place(Int32(frame.incoming) + Int32(truncatingIfNeeded: x.auxInt)))
    case .outgoingAddress:
      c.rm(.leaq, r, Mem(base: .rsp, disp: Int32(truncatingIfNeeded: x.auxInt)))
    default: internalError("amd64 emission", "cannot rematerialise \(x.op) in \(f.name)")
    }
  }

  /// Makes a value in a spill slot: on edges that lead to a phi in memory.
  private func rematerialise(_ v: VReg, slot: Mem) {
    let x = f.values[ValueID(raw: code.vregs[Int(v)].value)]
    var bits: Int64?
    switch x.op {
    case .constNil: bits = 0
    case .constInt, .machine: bits = x.auxInt
    case .constFloat: bits = Int64(bitPattern: lowering.floatConstantBits(x))
    default: break
    }
    if let n = bits, lowering.fits32(n) {
      c.mi(.movq, slot, n)
      return
    }
    // Borrows RAX, kept in X15 meanwhile.
    let scratch = Reg(xmm: 15)
    c.rr(.movq, scratch, .rax)
    if let n = bits {
      loadConstant(n, .i64, .rax, true)
    } else {
      rematerialise(v, .rax, keepFlags: true)
    }
    c.mr(.movq, slot, .rax)
    c.rr(.movq, .rax, scratch)
    c.rr(.xorps, scratch, scratch)
  }

  func loadConstant(_ n: Int64, _ t: ValueType, _ r: Reg, _ keepFlags: Bool) {
    if n == 0 && !keepFlags {
      c.rr(.xorl, r, r)
    } else if t.size < 8 || (n >= 0 && n <= 0xFFFF_FFFF) {
      c.ri(.movl, r, Int64(UInt32(truncatingIfNeeded: n)))
    } else {
      c.ri(.movq, r, n)
    }
  }

  private func loadBits(_ bits: UInt64, _ t: ValueType, _ r: Reg) {
    if bits == 0 {
      c.rr(.xorps, r, r)
      return
    }
    let i = Int(lowering.constantIndex(bits, t.size))
    c.rm(t == .f32 ? .movss : .movsd, r, Mem(label: constantLabel(i)))
  }

  func constantLabel(_ i: Int) -> Label {
    while constantLabels.count <= i { constantLabels.append(.none) }
    if constantLabels[i].isNone { constantLabels[i] = c.newLabel() }
    return constantLabels[i]
  }

  // MARK: Control flow

  /// Number of the edge block for edge `k` of `b`, or -1.
  private func edgeBlock(_ b: Int, _ k: Int) -> Int {
    var lo = 0
    var hi = allocator.edgeEdits.count
    while lo < hi {
      let mid = (lo + hi) / 2
      let e = allocator.edgeEdits[mid]
      if Int(e.from) < b || (Int(e.from) == b && Int(e.edge) < k) { lo = mid + 1 } else { hi = mid }
    }
    if lo < allocator.edgeEdits.count, Int(allocator.edgeEdits[lo].from) == b,
      Int(allocator.edgeEdits[lo].edge) == k
    {
      return lo
    }
    return -1
  }

  /// Where a jump along edge `k` of `b` goes: to the successor, or to the edge's own block, which
  /// is then emitted later.
  func target(_ b: Int, _ k: Int) -> Label {
    let e = edgeBlock(b, k)
    if e < 0 { return labels[destination(b, k)] }
    if edgeLabels[e].isNone {
      edgeLabels[e] = c.newLabel()
      deferredEdges.append(e)
    }
    return edgeLabels[e]
  }

  private func emitEdge(_ e: Int) {
    for x in allocator.edgeEdits[e].edits { emit(edit: x, keepFlags: false) }
  }

  func emitDeferredEdges() {
    for e in deferredEdges {
      c.bind(edgeLabels[e])
      let x = allocator.edgeEdits[e]
      emitEdge(e)
      c.jmp(labels[destination(Int(x.from), Int(x.edge))])
    }
    deferredEdges.removeAll(keepingCapacity: true)
  }

  func emitJump(_ b: Int) {
    let s = destination(b, 0)
    if s != following { c.jmp(labels[s]) }
  }

  func emitBranch(_ b: Int, _ cc: UInt8) {
    let yes = destination(b, 0)
    let no = destination(b, 1)
    let yesEdge = edgeBlock(b, 0)
    let noEdge = edgeBlock(b, 1)
    if yesEdge < 0 && noEdge < 0 {
      if yes == following {
        jumpIf(Lowering.inverted(cc), labels[no])
      } else {
        jumpIf(cc, labels[yes])
        if no != following { c.jmp(labels[no]) }
      }
      return
    }
    // One edge has moves: they stand right here if its target is as deep in loops as the other.
    let first = code.blocks[yes]
    let second = code.blocks[no]
    var inlineYes = yesEdge >= 0
    if yesEdge >= 0 && noEdge >= 0 {
      inlineYes = second.isCold || (!first.isCold && first.loopDepth >= second.loopDepth)
    }
    let e = inlineYes ? yesEdge : noEdge
    let here = inlineYes ? yes : no
    let other = inlineYes ? no : yes
    let outOfLine = code.blocks[here].isCold && !code.blocks[other].isCold
    if outOfLine {
      jumpIf(inlineYes ? cc : Lowering.inverted(cc), target(b, inlineYes ? 0 : 1))
      let l = target(b, inlineYes ? 1 : 0)
      if l != labels[other] || other != following { c.jmp(l) }
      return
    }
    jumpIf(inlineYes ? Lowering.inverted(cc) : cc, target(b, inlineYes ? 1 : 0))
    emitEdge(e)
    if here != following { c.jmp(labels[here]) }
  }

  /// Jumps if the condition holds; float equality looks at the parity flag too.
  private func jumpIf(_ cc: UInt8, _ l: Label) {
    switch cc {
    case FloatCondition.feq:
      let skip = c.newLabel()
      c.jcc(.ne, skip)
      c.jcc(.np, l)
      c.bind(skip)
    case FloatCondition.fne:
      c.jcc(.ne, l)
      c.jcc(.p, l)
    default: c.jcc(Condition(rawValue: cc)!, l)
    }
  }

  func emitTableJump(_ b: Int, _ t: Reg, _ u: Reg, _ index: Reg) {
    let n = Int(code.blocks[b].succCount)
    c.ri(.cmpq, index, Int64(n - 1))
    c.jcc(.ae, target(b, n - 1))
    let table = c.newLabel()
    tables.append((label: table, block: b))
    c.rm(.leaq, t, Mem(label: table))
    c.rm(.movslq, u, Mem(base: t, index: index, scale: 4))
    c.rr(.addq, t, u)
    c.r(.jmp, t)
    for k in 0..<n - 1 { _ = target(b, k) }
  }

  func emitTable(_ l: Label, _ b: Int) {
    c.bind(l)
    let start = c.offset
    for k in 0..<Int(code.blocks[b].succCount) - 1 {
      let e = edgeBlock(b, k)
      let to = e < 0 ? labels[destination(b, k)] : edgeLabels[e]
      c.labelRefs.append(
        CodeBuffer.LabelRef(place: c.offset, end: start, label: to, addend: 0))
      c.put32(0)
    }
  }
}
