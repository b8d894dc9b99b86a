import ABI
import Base
import Object
import RegAlloc
import SSA

extension Emitter {
  /// The memory operand of `x`, whose registers are operands `first` and following.
  func place(_ x: Instruction, _ first: Int) -> Mem {
    func r(_ k: Int) -> Reg { Emitter.reg(allocator.locations[first + k]) }
    let scale: UInt8 = 1 << x.scale
    switch x.mode {
    case .none: internalError("amd64 emission", "no memory operand in \(f.name)")
    case .base: return Mem(base: r(0), disp: x.disp)
    case .baseIndex: return Mem(base: r(0), index: r(1), scale: scale, disp: x.disp)
    case .index:
      var m = Mem(absolute: x.disp)
      m.index = r(0)
      m.scale = scale
      return m
    case .slot: return frame.place(x.disp + frame.slots[Int(x.aux)])
    case .slotIndex:
      return frame.place(x.disp + frame.slots[Int(x.aux)], index: r(0), scale: scale)
    case .incoming: return frame.place(x.disp + Int32(frame.incoming))
    case .incomingIndex:
      return frame.place(x.disp + Int32(frame.incoming), index: r(0), scale: scale)
    case .outgoing: return Mem(base: .rsp, disp: x.disp)
    case .outgoingIndex: return Mem(base: .rsp, index: r(0), scale: scale, disp: x.disp)
    case .symbol: return Mem(symbol: SymbolID(raw: x.aux), addend: x.disp)
    case .symbolIndex:
      // As a base the register needs no SIB byte.
      var m = x.scale == 0 ? Mem(base: r(0), disp: x.disp) : Mem(absolute: x.disp)
      if x.scale != 0 {
        m.index = r(0)
        m.scale = scale
      }
      m.symbol = SymbolID(raw: x.aux)
      return m
    case .constant: return Mem(label: constantLabel(Int(x.aux)))
    case .g: return Mem(base: .r14, disp: x.disp)
    }
  }

  /// How many registers the memory operand has.
  static func registerCount(_ m: MemoryMode) -> Int {
    switch m {
    case .base, .index, .slotIndex, .incomingIndex, .outgoingIndex, .symbolIndex: return 1
    case .baseIndex: return 2
    default: return 0
    }
  }

  /// The memory operand of `x` when its registers are the last operands.
  func memory(_ i: Int, _ x: Instruction) -> Mem {
    let record = code.instructions[i]
    let end = Int(record.operandStart) + Int(record.operandCount)
    return place(x, end - Emitter.registerCount(x.mode))
  }

  func emit(instruction i: Int, _ x: Instruction, block b: Int) {
    let start = Int(code.instructions[i].operandStart)
    func r(_ k: Int) -> Reg { Emitter.reg(allocator.locations[start + k]) }
    switch x.form {
    case .none: break
    case .xu: c.rr(x.mn, r(0), r(2))
    case .xm: c.rm(x.mn, r(0), memory(i, x))
    case .xi: c.ri(x.mn, r(0), x.imm)
    case .x: c.r(x.mn, r(0))
    case .du: if x.detail == 1 { c.rr(.movq, r(0), .r14) } else { c.rr(x.mn, r(0), r(1)) }
    case .dm:
      if x.mode == .symbol && x.mn == .leaq {
        c.loadAddress(r(0), SymbolID(raw: x.aux), addend: x.disp)
      } else {
        c.rm(x.mn, r(0), memory(i, x))
      }
    case .dui: c.rri(x.mn, r(0), r(1), x.imm)
    case .dmi: c.rmi(x.mn, r(0), memory(i, x), x.imm)
    case .uu: c.rr(x.mn, r(0), r(1))
    case .ui: c.ri(x.mn, r(0), x.imm)
    case .um: c.rm(x.mn, r(0), memory(i, x))
    case .mu: c.mr(x.mn, memory(i, x), x.detail == 1 ? .rax : r(0))
    case .mi:
      if x.mn == .movq && x.imm == 0 {
        storeZero(memory(i, x))
      } else {
        c.mi(x.mn, memory(i, x), x.imm)
      }
    case .m: c.m(x.mn, memory(i, x))
    case .copy: move(r(0), r(1))
    case .add: emitAdd(x, r(0), r(1), r(2))
    case .addImmediate: emitAdd(x, r(0), r(1))
    case .shift: c.rr(x.mn, r(0), .rcx)
    case .setcc: c.setcc(Condition(rawValue: x.cc)!, r(0))
    case .setccFloat:
      c.setcc(x.cc == FloatCondition.feq ? .e : .ne, r(0))
      c.setcc(x.cc == FloatCondition.feq ? .np : .p, r(1))
      c.rr(x.cc == FloatCondition.feq ? .andb : .orb, r(0), r(1))
    case .cmov: c.cmov(Condition(rawValue: x.cc)!, bytes: Int(x.size), r(0), r(2))
    case .cmovMemory:
      c.cmov(Condition(rawValue: x.cc)!, bytes: Int(x.size), r(0), memory(i, x))
    case .cmovFloat:
      let skip = c.newLabel()
      c.jcc(Condition(rawValue: x.cc ^ 1)!, skip)
      move(r(0), r(2))
      c.bind(skip)
    case .carryMask: c.rr(x.size == 8 ? .sbbq : .sbbl, r(0), r(0))
    case .wideMultiply: c.r(x.mn, r(3))
    case .wideMultiplyMemory: c.m(x.mn, memory(i, x))
    case .divide: emitDivide(i, x, r(3))
    case .divideWide: c.r(.divq, r(4))
    case .carryChain: emitCarryChain(i, x, start)
    case .convertFromInteger:
      c.rr(.xorps, r(0), r(0))
      c.rr(x.mn, r(0), r(1))
    case .fusedMultiply: c.rrr(x.mn, r(0), r(2), r(3))
    case .boundsCheck: emitBoundsCheck(i, x, start)
    case .lockedMemory:
      c.op(.lock)
      c.mr(x.mn, memory(i, x), r(0))
    case .exchange:
      if x.imm != 0 { c.op(.lock) }
      c.mr(x.mn, memory(i, x), r(0))
    case .compareExchange:
      c.op(.lock)
      c.mr(x.mn, memory(i, x), r(2))
      c.setcc(.e, r(0))
    case .lockedLoop: emitLockedLoop(x, memory(i, x), r(1), r(2))
    case .barrierStore: emitBarrierStore(i, x, start)
    case .repeatMove:
      c.op(.rep)
      c.op(.movsq)
    case .repeatStore:
      c.op(.rep)
      c.op(.stosq)
    case .call, .callClosure, .callRegister, .callRuntime: emitCall(i, x)
    case .tailCall:
      emitEpilogue()
      info.callDepths.append(PCValue(pc: c.offset, value: 0))
      c.jmp(SymbolID(raw: x.extra))
      afterEpilogue()
    case .tailCallClosure, .tailCallRegister:
      let callee = x.form == .tailCallClosure ? Reg.rdx : lastOperand(i)
      emitEpilogue()
      info.callDepths.append(PCValue(pc: c.offset, value: 0))
      if x.form == .tailCallClosure { c.m(.jmp, Mem(base: .rdx)) } else { c.r(.jmp, callee) }
      afterEpilogue()
    case .jump: emitJump(b)
    case .branch: emitBranch(b, x.cc)
    case .table: emitTableJump(b, r(0), r(1), r(2))
    case .ret: emitReturn()
    case .exit: c.op(.ud2)
    case .pause: c.op(.pause)
    case .zero16: c.mr(.movups, memory(i, x), Reg(xmm: 15))
    }
  }

  /// Eight zero bytes: X15 takes three bytes of code less than an immediate.
  func storeZero(_ m: Mem) { c.mr(.movlps, m, Reg(xmm: 15)) }

  /// Whether instructions `i` and `i + 1` zero neighbouring words, so that one store does for both.
  /// Then the displacement of the lower one.
  func zeroPair(_ i: Int, end: Int) -> Int32? {
    let x = lowering.instructions[i]
    if x.form != .mi || x.mn != .movq || x.imm != 0 || i + 1 >= end { return nil }
    let y = lowering.instructions[i + 1]
    if y.form != .mi || y.mn != .movq || y.imm != 0 { return nil }
    if x.mode != y.mode || x.aux != y.aux || x.scale != y.scale || abs(x.disp - y.disp) != 8 {
      return nil
    }
    if hasEdits(at: Int32(i + 1)) { return nil }
    let a = Int(code.instructions[i].operandStart) + Int(code.instructions[i].operandCount)
    let b = Int(code.instructions[i + 1].operandStart) + Int(code.instructions[i + 1].operandCount)
    for k in 0..<Emitter.registerCount(x.mode)
    where allocator.locations[a - 1 - k] != allocator.locations[b - 1 - k] {
      return nil
    }
    return min(x.disp, y.disp)
  }

  private func lastOperand(_ i: Int) -> Reg {
    let record = code.instructions[i]
    return Emitter.reg(
      allocator.locations[Int(record.operandStart) + Int(record.operandCount) - 1])
  }

  private func emitAdd(_ x: Instruction, _ d: Reg, _ a: Reg, _ b: Reg) {
    let add: Mnemonic = x.size == 8 ? .addq : .addl
    if d == a {
      c.rr(add, d, b)
    } else if d == b {
      c.rr(add, d, a)
    } else {
      c.rm(x.size == 8 ? .leaq : .leal, d, Mem(base: a, index: b))
    }
  }

  private func emitAdd(_ x: Instruction, _ d: Reg, _ a: Reg) {
    let wide = x.size == 8
    if d != a {
      c.rm(wide ? .leaq : .leal, d, Mem(base: a, disp: Int32(truncatingIfNeeded: x.imm)))
    } else if x.imm == 1 {
      c.r(wide ? .incq : .incl, d)
    } else if x.imm == -1 {
      c.r(wide ? .decq : .decl, d)
    } else if x.imm == 128 {
      c.ri(wide ? .subq : .subl, d, -128)
    } else {
      c.ri(wide ? .addq : .addl, d, x.imm)
    }
  }

  private func emitDivide(_ i: Int, _ x: Instruction, _ y: Reg) {
    let wide = x.size == 8
    if x.detail == 0 {
      c.rr(.xorl, .rdx, .rdx)
      c.r(wide ? .divq : .divl, y)
      return
    }
    let done = c.newLabel()
    if x.imm != 0 {
      // The least integer divided by -1 overflows; IDIV would fault.
      let fix = c.newLabel()
      c.ri(wide ? .cmpq : .cmpl, y, -1)
      c.jcc(.e, fix)
      stubs.append(Stub(kind: .divide, label: fix, back: done, instruction: i))
    }
    c.op(wide ? .cqto : .cltd)
    c.r(wide ? .idivq : .idivl, y)
    c.bind(done)
  }

  private func emitCarryChain(_ i: Int, _ x: Instruction, _ start: Int) {
    func r(_ k: Int) -> Reg { Emitter.reg(allocator.locations[start + k]) }
    let carry = r(1)
    let subtract = x.imm != 0
    if code.instructions[i].operandCount > 4 {
      c.rr(.movq, carry, r(4))
      // Sets the carry flag unless the operand is 0.
      c.r(.negq, carry)
      c.rr(subtract ? .sbbq : .adcq, r(0), r(3))
    } else {
      c.rr(subtract ? .subq : .addq, r(0), r(3))
    }
    c.rr(.sbbq, carry, carry)
    c.r(.negq, carry)
  }

  private func emitLockedLoop(_ x: Instruction, _ m: Mem, _ t: Reg, _ y: Reg) {
    let size = Int(x.size)
    let load: Mnemonic = size == 1 ? .movzbl : size == 2 ? .movzwl : size == 4 ? .movl : .movq
    c.rm(load, .rax, m)
    let again = c.newLabel()
    c.bind(again)
    c.rr(.movq, t, .rax)
    c.rr(x.mn, t, y)
    c.op(.lock)
    c.mr(lowering.sized(.cmpxchgb, size), m, t)
    c.jcc(.ne, again)
  }

  private func emitCall(_ i: Int, _ x: Instruction) {
    noteSafepoint(i)
    switch x.form {
    case .callClosure: c.m(.call, Mem(base: .rdx))
    case .callRegister: c.r(.call, lastOperand(i))
    default:
      c.call(SymbolID(raw: x.extra), kind: x.detail == 2 && x.form == .call ? .weakCall32 : .call32)
    }
    if x.detail & 1 == 1 && x.form != .callRuntime { restoreFixedRegisters() }
    if x.detail == 3 && x.form != .callRuntime {
      c.rm(.leaq, .rbp, Mem(base: .rsp, disp: Int32(frame.size)))
    }
  }

  /// Gives R14 and X15 their meaning back: behind calls of ABI0 code and where it enters.
  func restoreFixedRegisters() {
    c.rr(.xorps, Reg(xmm: 15), Reg(xmm: 15))
    c.rm(.movq, .r14, Mem(absolute: -8, segment: 0x64))
  }

  // MARK: Bounds checks

  private func emitBoundsCheck(_ i: Int, _ x: Instruction, _ start: Int) {
    func r(_ k: Int) -> Reg { Emitter.reg(allocator.locations[start + k]) }
    var cc = Condition(rawValue: x.cc)!
    if x.detail & Lowering.Bounds.xConstant != 0 {
      // The constant is the second operand of CMP.
      cc = cc.swapped
      if x.detail & Lowering.Bounds.yMemory != 0 {
        c.mi(.cmpq, memory(i, x), x.imm)
      } else {
        c.ri(.cmpq, r(0), x.imm)
      }
    } else if x.detail & Lowering.Bounds.yConstant != 0 {
      c.ri(.cmpq, r(0), x.imm)
    } else if x.detail & Lowering.Bounds.yMemory != 0 {
      c.rm(.cmpq, r(0), memory(i, x))
    } else {
      c.rr(.cmpq, r(0), r(1))
    }
    let l = c.newLabel()
    c.jcc(cc, l)
    stubs.append(Stub(kind: .bounds, label: l, back: .none, instruction: i))
  }

  func emitStubs() {
    note(&info.spDelta, Int32(frame.depth))
    for s in stubs {
      c.bind(s.label)
      let x = lowering.instructions[s.instruction]
      setPosition(x.pos, x.inlineNode)
      switch s.kind {
      case .bounds: emitBoundsStub(s.instruction, x)
      case .divide:
        c.r(x.size == 8 ? .negq : .negl, .rax)
        c.rr(.xorl, .rdx, .rdx)
        c.jmp(s.back)
      case .barrier: emitBarrierStub(s, x)
      }
    }
    endUnsafe()
  }

  /// Moves index and bound to RAX and RBX and reports the failure.
  private func emitBoundsStub(_ i: Int, _ x: Instruction) {
    endUnsafe()
    let start = Int(code.instructions[i].operandStart)
    func r(_ k: Int) -> Reg { Emitter.reg(allocator.locations[start + k]) }
    if x.detail & Lowering.Bounds.xConstant != 0 {
      if x.detail & Lowering.Bounds.yMemory != 0 {
        c.rm(.movq, .rbx, memory(i, x))
      } else {
        move(.rbx, r(0))
      }
      loadConstant(x.imm, .i64, .rax, false)
    } else if x.detail & Lowering.Bounds.yConstant != 0 {
      move(.rax, r(0))
      loadConstant(x.imm, .i64, .rbx, false)
    } else if x.detail & Lowering.Bounds.yMemory != 0 {
      // R12 is not an argument; if it holds the index, R13 is not the bound.
      let t = r(0) == .r12 ? Reg.r13 : Reg.r12
      c.rm(.movq, t, memory(i, x))
      move(.rax, r(0))
      move(.rbx, t)
    } else if r(1) == .rax {
      if r(0) == .rbx {
        c.rr(.xchgq, .rax, .rbx)
      } else {
        move(.rbx, .rax)
        move(.rax, r(0))
      }
    } else {
      move(.rax, r(0))
      move(.rbx, r(1))
    }
    noteCall()
    selectEmptyMap()
    c.call(runtime.boundsPanics[Int(x.extra)])
    // The return address must not be where the next stub begins, whose frame may be another.
    c.op(.int3)
  }

  // MARK: Write barriers

  private func emitBarrierStore(_ i: Int, _ x: Instruction, _ start: Int) {
    setUnsafe(true)
    c.mi(.cmpl, Mem(symbol: runtime.writeBarrierFlag), 0)
    let slow = c.newLabel()
    let back = c.newLabel()
    c.jcc(.ne, slow)
    stubs.append(Stub(kind: .barrier, label: slow, back: back, instruction: i))
    c.bind(back)
    forEachBarrierStore(x, start) { (s: BarrierStore, value: Reg, m: Mem) in
      if s.value == .null { self.storeZero(m) } else { self.c.mr(.movq, m, value) }
    }
    endUnsafe()
  }

  private func forEachBarrierStore(
    _ x: Instruction, _ start: Int, _ body: (BarrierStore, Reg, Mem) -> Void
  ) {
    // Operand 0 is the buffer's register, operand 1 that of old values.
    var k = start + 2
    for s in lowering.barrierStores[Int(x.extra)] {
      var value = Reg.none
      if s.value != .null {
        value = Emitter.reg(allocator.locations[k])
        k += 1
      }
      body(s, value, place(s.address, k))
      k += Emitter.registerCount(s.address.mode)
    }
  }

  /// Fetches buffer space and records the new and the old pointers.
  private func emitBarrierStub(_ s: Stub, _ x: Instruction) {
    setUnsafe(true)
    let start = Int(code.instructions[s.instruction].operandStart)
    var words = 0
    for b in lowering.barrierStores[Int(x.extra)] { words += b.value == .register ? 2 : 1 }
    noteCall()
    c.call(runtime.gcWriteBarrier[words - 1])
    var at: Int32 = 0
    let old = Emitter.reg(allocator.locations[start + 1])
    forEachBarrierStore(x, start) { (b: BarrierStore, value: Reg, m: Mem) in
      if b.value == .register {
        self.c.mr(.movq, Mem(base: .r11, disp: at), value)
        at += 8
      }
      self.c.rm(.movq, old, m)
      self.c.mr(.movq, Mem(base: .r11, disp: at), old)
      at += 8
    }
    c.jmp(s.back)
  }
}
