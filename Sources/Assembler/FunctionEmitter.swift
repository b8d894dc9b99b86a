import ABI
import AMD64
import Base
import Object

/// Turns a parsed function into machine code with the prologue, epilogues and tables that the Go
/// toolchain gives to assembly (cmd/internal/obj/x86 describes them by doing them).
///
/// Frame: unless NOFRAME is set, or the frame is empty and nothing is called, RBP is pushed and set
/// to RSP, then the locals are allocated; RET undoes both. Unless NOSPLIT is set, or the frame is
/// small and nothing is called, the stack is checked first. `x-8(SP)` counts from the top of the
/// locals and `x+8(FP)` from the first argument, at any depth of pushes.
struct FunctionEmitter {
  private let function: AsmFunction
  private let names: Interner
  private var code = CodeBuffer()
  private var info = FunctionInfo()
  private var flags: SymbolFlags = .asm
  /// Bytes of the frame, saved RBP included; bytes of RBP's slot; bytes of locals.
  private var frame: Int32 = 0
  private var frameRBP: Int32 = 0
  /// RSP's distance from its value at entry, where code is being emitted.
  private var depth: Int32 = 0
  /// Index: instruction. Label bound there, or none.
  private var labels: [Label]
  private var lastPos = Pos.none
  private var positionIndex: [UInt32: Int32] = [:]
  private(set) var errors: [(Pos, String)] = []

  init(_ function: AsmFunction, _ names: Interner) {
    self.function = function
    self.names = names
    labels = Array(repeating: .none, count: function.instructions.count)
  }

  /// The definition of the function's symbol.
  mutating func run(_ resolver: inout SymbolResolver, _ host: AssemblerHost) -> SymbolDefinition {
    let targets = jumpTargets()
    let hasCall = function.instructions.contains { (i: AsmInstruction) -> Bool in
      i.opcode.action == .call
    }
    planFrame(hasCall)
    let isSplit = planStackCheck()
    let more = isSplit ? code.newLabel() : Label.none
    let start = isSplit ? code.newLabel() : Label.none
    mark(function.pos)
    if isSplit {
      code.bind(start)
      stackCheck(more)
    }
    if frameRBP > 0 {
      code.r(.pushq, .rbp)
      moved(8)
      code.rr(.movq, .rbp, .rsp)
    }
    adjustSP(frame - frameRBP)

    for (i, instruction) in function.instructions.enumerated() {
      if !labels[i].isNone { code.bind(labels[i]) }
      mark(instruction.pos)
      emit(instruction, targets[i], &resolver)
    }
    if isSplit {
      mark(function.pos)
      setDepth(0)
      code.bind(more)
      let context = function.flags & TextFlag.needsContext != 0
      let name = context ? "runtime.morestack" : "runtime.morestack_noctxt"
      edge()
      code.call(resolver.symbols.symbol(name, .abi0))
      code.jmp(start)
    }
    return finish(host)
  }

  private mutating func fail(_ pos: Pos, _ message: String) { errors.append((pos, message)) }

  // MARK: targets

  /// Final target of each instruction, jumps to jumps followed; binds a label to each target.
  private mutating func jumpTargets() -> [Label] {
    let list = function.instructions
    var result = Array(repeating: Label.none, count: list.count)
    for (i, instruction) in list.enumerated() where instruction.target >= 0 {
      var t = instruction.target
      var steps = 0
      while list[t].opcode.action == .jump && list[t].target >= 0 && steps < 5000 {
        if list[t].target == t { break }
        t = list[t].target
        steps += 1
      }
      if labels[t].isNone { labels[t] = code.newLabel() }
      result[i] = labels[t]
    }
    return result
  }

  // MARK: frame

  private mutating func planFrame(_ hasCall: Bool) {
    let locals = Int32(max(0, function.frame))
    let noFrame = function.flags & TextFlag.noFrame != 0
    frameRBP = noFrame || (locals == 0 && !hasCall) ? 0 : 8
    frame = locals + frameRBP
    if frame % 8 != 0 { fail(function.pos, "unaligned stack size \(frame)") }
  }

  /// Decides whether the stack is checked, and sets the nosplit flag.
  private mutating func planStackCheck() -> Bool {
    var nosplit = function.flags & TextFlag.nosplit != 0
    if !nosplit && frame < Int32(ABI.stackSmall) {
      nosplit = !function.instructions.contains { (i: AsmInstruction) -> Bool in
        i.opcode.action == .call && !(isPanicCall(i) && frame < Int32(ABI.stackSmall) - 8)
      }
    }
    if nosplit { flags.insert(.nosplit) }
    return !nosplit
  }

  /// Calls that do not make a function of small frame check its stack.
  private func isPanicCall(_ i: AsmInstruction) -> Bool {
    guard let o = i.operands.last, o.space == .global else { return false }
    switch names.string(o.symbol) {
    case "runtime.panicdivide", "runtime.panicwrap", "runtime.panicshift", "runtime.panicBounds",
      "runtime.panicExtend":
      return true
    default: return false
    }
  }

  /// Compares RSP, less the frame if it is not small, with g's guard; to `more` if it is below.
  private mutating func stackCheck(_ more: Label) {
    if function.convention == .abi0 {
      code.rm(.movq, .r14, Mem(absolute: -8, segment: 0x64))
    }
    let guardWord = Mem(base: .r14, disp: Int32(ABI.G.stackguard0))
    let beyond = frame - Int32(ABI.stackSmall)
    if frame <= Int32(ABI.stackSmall) {
      code.rm(.cmpq, .rsp, guardWord)
    } else if frame <= Int32(ABI.stackBig) {
      code.rm(.leaq, .r12, Mem(base: .rsp, disp: -beyond))
      code.rm(.cmpq, .r12, guardWord)
    } else {
      code.rr(.movq, .r12, .rsp)
      code.ri(.subq, .r12, Int64(beyond))
      code.jcc(.b, more)
      code.rm(.cmpq, .r12, guardWord)
    }
    code.jcc(.be, more)
  }

  private mutating func moved(_ bytes: Int32) { setDepth(depth + bytes) }

  private mutating func setDepth(_ d: Int32) {
    if d == depth { return }
    depth = d
    let pc = code.offset
    if let last = info.spDelta.last, last.pc == pc {
      info.spDelta[info.spDelta.count - 1].value = d
    } else {
      info.spDelta.append(PCValue(pc: pc, value: d))
    }
  }

  /// Lowers RSP by `bytes` (raises it if negative), in the shortest form.
  private mutating func adjustSP(_ bytes: Int32) {
    if bytes == 0 { return }
    if bytes == 0x80 || (bytes < 0 && bytes != -0x80) {
      code.ri(.addq, .rsp, Int64(-bytes))
    } else {
      code.ri(.subq, .rsp, Int64(bytes))
    }
    moved(bytes)
  }

  // MARK: tables

  private mutating func mark(_ pos: Pos) {
    if pos == lastPos { return }
    lastPos = pos
    var index = Int32(info.positions.count)
    if let known = positionIndex[pos.offset] {
      index = known
    } else {
      positionIndex[pos.offset] = index
      info.positions.append(pos)
    }
    let pc = code.offset
    if let last = info.lines.last, last.pc == pc {
      info.lines[info.lines.count - 1].value = index
    } else {
      info.lines.append(PCValue(pc: pc, value: index))
    }
  }

  /// Records that the instruction emitted next leaves for another function at this depth.
  private mutating func edge() {
    info.callDepths.append(PCValue(pc: code.offset, value: depth))
  }

  private mutating func finish(_ host: AssemblerHost) -> SymbolDefinition {
    let done = code.finish()
    for offset in done.unreachable {
      _ = offset
      fail(function.pos, "branch too far for its 8-bit displacement")
    }
    done.adjust(&info.spDelta)
    done.adjust(&info.lines)
    done.adjust(&info.unsafePoints)
    done.adjust(&info.stackMapIndex)
    done.adjust(&info.callDepths)
    info.frameSize = frame
    info.argsSize = function.arguments < 0 ? Int32.min : Int32(function.arguments)
    info.pos = function.pos
    let bits = function.flags
    if bits & TextFlag.dupOK != 0 { flags.insert(.dupOK) }
    if bits & (TextFlag.wrapper | TextFlag.abiWrapper) != 0 { flags.insert(.wrapper) }
    if bits & TextFlag.topFrame != 0 { flags.insert(.topFrame) }
    if bits & TextFlag.reflectMethod != 0 { flags.insert(.reflectMethod) }
    if function.space == .fileLocal { flags.insert(.local) }
    if function.convention == .abi0 && function.space == .global && info.argMaps.isEmpty {
      info.argMaps = host.argumentMaps(names.string(function.name))
    }
    return SymbolDefinition(
      kind: .text, flags: flags, alignment: done.alignment > 1 ? max(done.alignment, 16) : 0,
      bytes: done.bytes, relocs: done.relocs, function: info)
  }

  // MARK: operands

  /// The memory operand as the hardware sees it here.
  private mutating func memory(
    _ o: AsmOperand, _ pos: Pos, _ resolver: inout SymbolResolver, vectorIndex: Bool = false
  ) -> Mem {
    var m = Mem(absolute: 0)
    var offset = o.offset
    switch o.space {
    case .global, .fileLocal: m.symbol = resolver.reference(o, isCode: false, names)
    case .local:
      m.base = .rsp
      offset += Int64(depth - frameRBP)
    case .argument:
      m.base = .rsp
      offset += Int64(depth) + 8
    case .none: break
    }
    if o.base == RegisterName.tls || o.index == RegisterName.tls {
      // The word below the thread's base is where g is kept.
      m.segment = 0x64
      offset -= 8
    } else {
      if o.base == RegisterName.fs {
        m.segment = 0x64
      } else if o.base == RegisterName.gs {
        m.segment = 0x65
      } else if RegisterName.isGeneral(o.base) && m.base.isNone {
        m.base = Reg(gpr: UInt8(o.base))
      } else if o.base != RegisterName.none {
        fail(pos, "invalid base register")
      }
      if vectorIndex && o.index >= 32 && o.index < 128 {
        m.index = Reg(raw: UInt8(o.index))
        m.scale = max(1, o.scale)
      } else if RegisterName.isGeneral(o.index) && o.index != RegisterName.sp {
        m.index = Reg(gpr: UInt8(o.index))
        m.scale = max(1, o.scale)
      } else if o.index == RegisterName.sp && o.scale <= 1 && o.base != RegisterName.sp {
        m.index = m.base  // RSP cannot be an index: exchange the two
        m.base = .rsp
      } else if o.index != RegisterName.none {
        fail(pos, "invalid index register")
      }
    }
    if let d = Int32(exactly: offset) {
      m.disp = d
    } else {
      fail(pos, "offset \(offset) does not fit in 32 bits")
    }
    return m
  }

  /// An immediate, truncated as Go does for byte and word operations.
  private func immediate(_ v: Int64, _ size: UInt8) -> Int64 {
    switch size {
    case 1: return v >= -128 && v <= 255 ? v : Int64(Int8(truncatingIfNeeded: v))
    case 2: return v >= -0x8000 && v <= 0xFFFF ? v : Int64(Int16(truncatingIfNeeded: v))
    default: return v
    }
  }

  private mutating func add(
    _ o: AsmOperand, to list: inout Operands, _ i: AsmInstruction,
    _ resolver: inout SymbolResolver
  ) {
    switch o.kind {
    case .register:
      if RegisterName.isHardware(o.base) {
        list.add(Reg(raw: UInt8(o.base)))
      } else {
        fail(i.pos, "illegal use of register")
      }
    case .constant: list.add(immediate(o.offset, i.opcode.size))
    case .memory:
      let vectorIndex = code.takesVectorIndex(i.opcode.mnemonic)
      list.add(memory(o, i.pos, &resolver, vectorIndex: vectorIndex))
    case .float:
      if let single = takesFloat(i.opcode.mnemonic) {
        list.add(floatConstant(o.float, isSingle: single, &resolver))
      } else {
        fail(i.pos, "invalid instruction: \(i.opcode.mnemonic) with a floating-point constant")
      }
    default: fail(i.pos, "invalid operand")
    }
  }

  /// Whether an instruction takes a floating-point constant, and if so whether a 32-bit one.
  private func takesFloat(_ m: Mnemonic) -> Bool? {
    switch m {
    case .movss, .addss, .subss, .mulss, .divss, .comiss, .ucomiss, .vmovss: return true
    case .movsd, .addsd, .subsd, .mulsd, .divsd, .comisd, .ucomisd, .vmovsd: return false
    default: return nil
    }
  }

  /// The symbol that holds a floating-point constant; equal constants share one.
  private func floatConstant(
    _ v: Double, isSingle: Bool, _ resolver: inout SymbolResolver
  ) -> Mem {
    let bits = isSingle ? UInt64(Float(v).bitPattern) : v.bitPattern
    let count = isSingle ? 4 : 8
    let digits = String(bits, radix: 16)
    let padding = String(repeating: "0", count: count * 2 - digits.utf8.count)
    let bytes = (0..<count).map { (k: Int) -> UInt8 in
      UInt8(truncatingIfNeeded: bits >> UInt64(8 * k))
    }
    let name = (isSingle ? "$f32." : "$f64.") + padding + digits
    return Mem(symbol: resolver.constant(name, bytes))
  }

  // MARK: instructions

  private mutating func emit(
    _ i: AsmInstruction, _ target: Label, _ resolver: inout SymbolResolver
  ) {
    switch i.opcode.action {
    case .machine: machine(i, i.operands.reversed(), i.opcode.mnemonic, &resolver)
    case .compare: machine(i, i.operands, i.opcode.mnemonic, &resolver)
    case .compareImmediate: compareImmediate(i, &resolver)
    case .move: move(i, &resolver)
    case .imul: multiply(i, &resolver)
    case .shift:
      let m = i.operands.count == 3 ? i.opcode.double : i.opcode.mnemonic
      machine(i, i.operands.reversed(), m, &resolver)
    case .jump, .jumpIf, .call, .shortJump: branch(i, target, &resolver)
    case .ret: ret(i, &resolver)
    case .data: data(i)
    case .adjustSP:
      if i.operands.count == 1 && i.operands[0].kind == .constant {
        adjustSP(Int32(truncatingIfNeeded: i.operands[0].offset))
      } else {
        fail(i.pos, "ADJSP: expected immediate constant")
      }
    case .undefined: code.op(.ud2)
    case .nothing: break
    case .pcData, .funcData, .pcAlign: pseudo(i)
    case .text, .global, .dataDirective: break
    }
    if i.opcode.push != 0 {
      moved(Int32(i.opcode.push))
    } else if i.opcode.action != .compare, let to = i.operands.last, to.isRegister,
      to.base == RegisterName.sp, i.opcode.action == .machine || i.opcode.action == .move
    {
      flags.insert(.spWrite)
    }
  }

  /// Emits `m` with operands already in Intel order.
  private mutating func machine(
    _ i: AsmInstruction, _ operands: [AsmOperand], _ m: Mnemonic,
    _ resolver: inout SymbolResolver
  ) {
    if let zero = zeroed(i, operands) {
      code.rr(.xorps, zero, zero)
      return
    }
    let before = errors.count
    if operands.count <= 4 {
      var list = Operands()
      for o in operands { add(o, to: &list, i, &resolver) }
      list.zeroing = i.zeroing
      if errors.count > before || code.tryEmit(m, list) { return }
    }
    // EVEX: Go writes the mask before the destination.
    if operands.count >= 3 && operands[1].isMask {
      var list = Operands()
      for (k, o) in operands.enumerated() where k != 1 { add(o, to: &list, i, &resolver) }
      list.mask = UInt8(operands[1].base - 128)
      list.zeroing = i.zeroing
      if errors.count > before || code.tryEmit(m, list) { return }
    }
    fail(i.pos, "invalid instruction: \(m) with these operands")
  }

  /// The destination of a move of +0 into a vector register, which Go clears instead.
  private func zeroed(_ i: AsmInstruction, _ operands: [AsmOperand]) -> Reg? {
    switch i.opcode.mnemonic {
    case .movss, .movsd, .vmovss, .vmovsd: break
    default: return nil
    }
    guard operands.count == 2, operands[1].kind == .float, operands[1].float.bitPattern == 0,
      operands[0].isRegister, operands[0].base >= 32, operands[0].base < 48
    else { return nil }
    return Reg(raw: UInt8(operands[0].base))
  }

  private mutating func compareImmediate(_ i: AsmInstruction, _ resolver: inout SymbolResolver) {
    guard i.operands.count == 3 else {
      fail(i.pos, "wrong number of operands")
      return
    }
    var last = i.operands[2]
    if last.isPlainNumber { last.kind = .constant }
    machine(i, [i.operands[1], i.operands[0], last], i.opcode.mnemonic, &resolver)
  }

  /// MOVL, MOVLQZX, MOVQ, MOVD.
  private mutating func move(_ i: AsmInstruction, _ resolver: inout SymbolResolver) {
    guard i.operands.count == 2 else {
      fail(i.pos, "wrong number of operands")
      return
    }
    let from = i.operands[0]
    let to = i.operands[1]
    let is64 = i.opcode.mnemonic == .movq
    if from.isRegister && from.base == RegisterName.tls { return }  // see `memory`
    if from.kind == .address {
      var place = from
      place.kind = .memory
      guard to.isRegister, RegisterName.isGeneral(to.base) else {
        fail(i.pos, "address operand needs a register destination")
        return
      }
      let m = memory(place, i.pos, &resolver)
      code.rm(is64 ? .leaq : .leal, Reg(gpr: UInt8(to.base)), m)
      return
    }
    var m = i.opcode.mnemonic
    if !is64 {
      let isVector = (from.isRegister && from.base >= 32) || (to.isRegister && to.base >= 32)
      if isVector { m = .movd }
      if from.kind == .constant {
        var o = from
        if o.offset < -0x8000_0000 || o.offset > 0xFFFF_FFFF {
          o.offset = Int64(Int32(truncatingIfNeeded: o.offset))
        }
        machine(i, [to, o], m, &resolver)
        return
      }
    } else if from.kind == .constant && to.isRegister && RegisterName.isGeneral(to.base)
      && from.offset >= 0 && from.offset <= 0xFFFF_FFFF
    {
      m = .movl  // zero-extends, and is shorter
    }
    machine(i, [to, from], m, &resolver)
  }

  /// IMULx with one, two or three operands; `IMULQ $n, R` multiplies R by n.
  private mutating func multiply(_ i: AsmInstruction, _ resolver: inout SymbolResolver) {
    var operands: [AsmOperand] = i.operands.reversed()
    if operands.count == 2 && operands[1].kind == .constant {
      operands = [operands[0], operands[0], operands[1]]
    }
    machine(i, operands, i.opcode.mnemonic, &resolver)
  }

  private mutating func branch(
    _ i: AsmInstruction, _ target: Label, _ resolver: inout SymbolResolver
  ) {
    guard let o = i.operands.last, i.operands.count == 1 else {
      fail(i.pos, "wrong number of operands")
      return
    }
    let action = i.opcode.action
    if !target.isNone {
      switch action {
      case .jump: code.jmp(target)
      case .jumpIf: code.jcc(Condition(rawValue: i.opcode.size)!, target)
      case .call: code.call(target)
      default: i.opcode.size == 0xE3 ? code.jrcxz(target) : code.loop(target)
      }
      return
    }
    let isSymbol = o.space == .global || o.space == .fileLocal
    if o.kind == .memory && isSymbol && o.index == RegisterName.none
      && o.base == RegisterName.none
    {
      let symbol = resolver.reference(o, isCode: true, names)
      let addend = Int32(truncatingIfNeeded: o.offset)
      edge()
      switch action {
      case .jump: code.jmp(symbol, addend: addend)
      case .jumpIf: code.jcc(Condition(rawValue: i.opcode.size)!, symbol, addend: addend)
      case .call: code.call(symbol, addend: addend)
      default: fail(i.pos, "cannot assemble jump")
      }
      return
    }
    var place = o
    if o.kind == .indirect { place.kind = .memory }
    guard action == .jump || action == .call, place.kind == .memory || place.isRegister else {
      fail(i.pos, "cannot assemble jump")
      return
    }
    if action == .call { edge() }
    machine(i, [place], action == .call ? .call : .jmp, &resolver)
  }

  /// RET: releases the frame, then returns or jumps to the symbol given.
  private mutating func ret(_ i: AsmInstruction, _ resolver: inout SymbolResolver) {
    if depth != frame { fail(i.pos, "\(names.string(function.name)): unbalanced PUSH/POP") }
    if frame != 0 {
      adjustSP(frameRBP - frame)
      if frameRBP > 0 {
        code.r(.popq, .rbp)
        moved(-8)
      }
    }
    if let o = i.operands.first {
      if o.isRegister && RegisterName.isGeneral(o.base) {
        code.r(.jmp, Reg(gpr: UInt8(o.base)))
      } else if o.space == .global || o.space == .fileLocal {
        edge()
        code.jmp(resolver.reference(o, isCode: true, names))
      } else {
        fail(i.pos, "invalid operand of RET")
      }
    } else {
      code.op(.ret)
    }
    setDepth(frame)
  }

  private mutating func data(_ i: AsmInstruction) {
    guard i.operands.count == 1, i.operands[0].kind == .constant || i.operands[0].isPlainNumber
    else {
      fail(i.pos, "expected immediate constant")
      return
    }
    let v = UInt64(bitPattern: i.operands[0].offset)
    for k in 0..<Int(i.opcode.size) { code.put8(UInt8(truncatingIfNeeded: v >> UInt64(8 * k))) }
  }

  /// PCDATA, FUNCDATA, PCALIGN.
  private mutating func pseudo(_ i: AsmInstruction) {
    guard let key = i.operands.first, key.kind == .constant else {
      fail(i.pos, "expected immediate constant")
      return
    }
    let n = Int(truncatingIfNeeded: key.offset)
    if i.opcode.action == .pcAlign {
      if n < 8 || n > 2048 || n & (n - 1) != 0 {
        fail(
          i.pos,
          "alignment value of an instruction must be a power of two and in the range [8, 2048], got \(n)"
        )
        return
      }
      code.align(n)
      return
    }
    guard i.operands.count == 2 else {
      fail(i.pos, "expect two operands")
      return
    }
    let value = i.operands[1]
    if i.opcode.action == .pcData {
      let entry = PCValue(pc: code.offset, value: Int32(truncatingIfNeeded: value.offset))
      if n == ABI.PCData.stackMapIndex { info.stackMapIndex.append(entry) }
      if n == ABI.PCData.unsafePoint { info.unsafePoints.append(entry) }
      return
    }
    // Two maps, because one index selects among these and the two maps of the arguments.
    if n == ABI.FuncData.localsPointerMaps && names.string(value.symbol) == "no_pointers_stackmap" {
      info.localMaps = [PointerBitmap(count: 0), PointerBitmap(count: 0)]
    } else if n != ABI.FuncData.argsPointerMaps
      || names.string(value.symbol) != "go_args_stackmap"
    {
      fail(i.pos, "unsupported FUNCDATA $\(n), \(names.string(value.symbol))(SB)")
    }
  }
}
