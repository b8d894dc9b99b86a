import ABI
import Base
import Object
import RegAlloc
import SSA

/// Turns the SSA of one function into machine instructions over virtual registers.
///
/// Blocks are visited from last to first and each from its end to its start, so that whoever uses a
/// value is lowered before the value: a user may then swallow the value (an address computation, a
/// comparison, a single-use load), and a value that nobody has asked for is not lowered at all.
/// Instructions are therefore collected backwards and reversed at the end.
///
/// One instance per worker, reused from function to function.
final class Lowering {
  var f: Function
  let code = MachineCode()
  /// Parallel to `code.instructions`.
  var instructions: [Instruction] = []
  /// SSA block of each dense block number, and back (index: BlockID, -1 if unreachable).
  var blockIDs: [BlockID] = []
  var blockNumber: [Int32] = []
  var dominators: Dominators
  var loops: Loops
  var runtime: RuntimeSymbols
  /// Raw bits and size of each float constant of the pool.
  var constants: [(bits: UInt64, size: UInt8)] = []
  /// Groups of `barrierStore` instructions, by `Instruction.extra`.
  var barrierStores: [[BarrierStore]] = []
  /// What the emitter must know.
  var outgoingSize = 0
  var hasCalls = false

  // Index: value.
  var vregOf: [VReg] = []
  var rematBlock: [Int32] = []
  var uses: [UInt32] = []
  /// Effects before the value in its block.
  var colour: [Int32] = []
  /// `epoch` when the pointer was last seen dereferenced further down.
  var dereferenced: [Int32] = []
  var epoch: Int32 = 1
  /// Index: value. The serial number of the instruction that dereferences it then.
  var dereferencer: [Int32] = []
  /// Index: serial number. Whether the instruction stands for a nil check.
  var checksNil: [Bool] = []

  // Position of the walk.
  var block: Int32 = 0
  var blockID: BlockID = .none
  /// Position of the current value in its block's list.
  var place = 0
  var currentColour: Int32 = 0
  var pos: Pos = .none
  var inlineNode: UInt32 = 0
  /// Instructions of the current value, forward.
  var group: [(Instruction, InstructionRecord)] = []
  var operandStart = 0

  init(runtime: RuntimeSymbols) {
    self.runtime = runtime
    f = Function(symbol: .none, name: "", pos: .none, signature: ABISignature())
    _ = f.makeBlock()
    dominators = Dominators(f)
    loops = Loops(f, dominators)
  }

  /// Lowers `f`; `code`, `instructions` and the summary properties hold the result.
  func run(_ f: Function) {
    self.f = f
    dominators = Dominators(f)
    loops = Loops(f, dominators)
    code.reset()
    instructions.removeAll(keepingCapacity: true)
    constants.removeAll(keepingCapacity: true)
    barrierStores.removeAll(keepingCapacity: true)
    outgoingSize = 0
    hasCalls = false
    numberBlocks()
    countUses()
    for b in code.blocks.indices { makePhis(b) }
    for b in code.blocks.indices.reversed() { lower(block: b) }
    finishOrder()
  }

  private func refill<T>(_ a: inout [T], _ value: T, _ count: Int) {
    a.removeAll(keepingCapacity: true)
    a.append(contentsOf: repeatElement(value, count: count))
  }

  // MARK: Blocks

  private func numberBlocks() {
    blockIDs = dominators.reversePostorder
    refill(&blockNumber, -1, f.blocks.count)
    for (i, b) in blockIDs.enumerated() { blockNumber[b.index] = Int32(i) }
    for b in blockIDs {
      var m = MachineBlock()
      m.isCold = f.blocks[b].isCold || f.blocks[b].kind == .exit
      m.loopDepth = Int32(loops.depth(b))
      let l = loops.innermost[b.index]
      m.isLoopHeader = l >= 0 && loops.loops[Int(l)].header == b
      let d = dominators.idom[b.index]
      if d.isSome {
        m.idom = blockNumber[d.index]
        m.dominatorDepth = code.blocks[Int(m.idom)].dominatorDepth + 1
      }
      m.predStart = Int32(code.preds.count)
      for p in f.blocks[b].preds where blockNumber[p.index] >= 0 {
        code.preds.append(blockNumber[p.index])
      }
      m.predCount = Int32(code.preds.count) - m.predStart
      m.succStart = Int32(code.succs.count)
      for s in f.blocks[b].succs { code.succs.append(blockNumber[s.index]) }
      m.succCount = Int32(code.succs.count) - m.succStart
      code.blocks.append(m)
    }
    spreadColdness()
  }

  /// What leads to cold blocks only, or is reached from cold blocks only, is cold.
  private func spreadColdness() {
    for b in code.blocks.indices.reversed() where !code.blocks[b].isCold {
      let n = Int(code.blocks[b].succCount)
      if n > 0 && b > 0 && (0..<n).allSatisfy({ code.blocks[code.succ(b, $0)].isCold }) {
        code.blocks[b].isCold = true
      }
    }
    for b in code.blocks.indices where !code.blocks[b].isCold && b > 0 {
      let n = Int(code.blocks[b].predCount)
      if n == 0 { continue }
      let cold = (0..<n).allSatisfy { (k: Int) -> Bool in
        let p = code.pred(b, k)
        return code.blocks[p].isCold || p >= b
      }
      if cold { code.blocks[b].isCold = true }
    }
  }

  private func countUses() {
    let n = f.values.count + 64
    refill(&vregOf, 0, n)
    refill(&rematBlock, -1, n)
    refill(&uses, 0, n)
    refill(&colour, 0, n)
    refill(&dereferenced, 0, n)
    refill(&dereferencer, 0, n)
    checksNil.removeAll(keepingCapacity: true)
    checksNil.append(false)
    epoch = 1
    for b in blockIDs {
      var c: Int32 = 0
      for v in f.blocks[b].values {
        colour[v.index] = c
        for i in f.argRange(v) { uses[f.args[i].index] += 1 }
        if Lowering.separates(f.values[v].op) { c += 1 }
        if Lowering.takesExtraUses(f.values[v].op) {
          for k in f.calls[Int(f.values[v].aux)].keepAlive { uses[k.index] += 1 }
        }
      }
      if f.blocks[b].control.isSome { uses[f.blocks[b].control.index] += 1 }
      for r in f.blocks[b].results { uses[r.index] += 1 }
    }
  }

  /// Operations that a load must not be moved across. A nil check is none: whichever of two
  /// nil pointers is noticed first, the panic is the same.
  private static func separates(_ op: Op) -> Bool {
    op != .nilCheck && op != .keepAlive && op.info.contains(.effect)
  }

  private static func takesExtraUses(_ op: Op) -> Bool {
    op == .callStatic || op == .callClosure || op == .callInterface
  }

  private func makePhis(_ b: Int) {
    let id = blockIDs[b]
    code.blocks[b].phiStart = Int32(code.phis.count)
    for v in f.blocks[id].values {
      guard f.values[v].op == .phi else { break }
      if uses[v.index] == 0 { continue }
      let r = register(v)
      let start = UInt32(code.phiArgs.count)
      let range = f.argRange(v)
      for (k, p) in f.blocks[id].preds.enumerated() where blockNumber[p.index] >= 0 {
        code.phiArgs.append(phiArgument(f.args[range.lowerBound + k], blockNumber[p.index]))
      }
      code.phis.append(MachinePhi(vreg: r, argStart: start))
    }
    code.blocks[b].phiCount = Int32(code.phis.count) - code.blocks[b].phiStart
  }

  private func phiArgument(_ v: ValueID, _ pred: Int32) -> VReg {
    let a = resolve(v)
    if isRemat(a) {
      code.vregs.append(
        VRegInfo(
          bank: bank(f.values[a].type), isPointer: f.values[a].type == .ptr, isRemat: true,
          block: pred, value: a.raw))
      return VReg(code.vregs.count - 1)
    }
    return register(a)
  }

  private func finishOrder() {
    instructions.reverse()
    code.instructions.reverse()
    let n = Int32(instructions.count)
    for b in code.blocks.indices {
      let first = n - code.blocks[b].end
      code.blocks[b].end = n - code.blocks[b].first
      code.blocks[b].first = first
    }
  }

  private func lower(block b: Int) {
    block = Int32(b)
    blockID = blockIDs[b]
    epoch += 1
    code.blocks[b].first = Int32(instructions.count)
    let values = f.blocks[blockID].values
    place = values.count
    currentColour = Int32.max
    if let last = values.last {
      currentColour = colour[last.index] + (Lowering.separates(f.values[last].op) ? 1 : 0)
    }
    pos = f.blocks[blockID].pos
    inlineNode = 0
    lowerTerminator()
    flush()
    var i = values.count - 1
    if f.blocks[blockID].kind == .tailCall { i -= 1 }
    while i >= 0 {
      let v = values[i]
      let x = f.values[v]
      if x.op == .phi { break }
      place = i
      currentColour = colour[v.index]
      pos = x.pos
      inlineNode = x.inlineNode
      if Lowering.separates(x.op) { epoch += 1 }
      if x.op.info.contains(.effect) || vregOf[v.index] != 0
        || (x.type == .tuple && components(v, 2).contains { $0 != 0 })
      {
        lower(v, x)
        flush()
      }
      i -= 1
    }
    if b == 0 { lowerEntry() }
    code.blocks[b].end = Int32(instructions.count)
  }

  /// The registers in which the function is entered.
  private func lowerEntry() {
    begin()
    for v in f.blocks[blockID].values {
      let x = f.values[v]
      if vregOf[v.index] == 0 { continue }
      if x.op == .param {
        let slot = f.signature.params[Int(x.auxInt)]
        if slot.register >= 0 { def(vregOf[v.index], fixed: Lowering.register(slot)) }
      } else if x.op == .getClosure {
        def(vregOf[v.index], fixed: R.rdx)
      }
    }
    end(Instruction(form: .none))
    flush()
  }

  /// The allocator's number of a register slot.
  static func register(_ s: ABISlot) -> UInt8 {
    s.type.isFloat ? R.x0 + UInt8(s.register) : ABI.integerArguments[Int(s.register)]
  }

  // MARK: Virtual registers

  func bank(_ t: ValueType) -> UInt8 { t.isFloat ? 1 : 0 }

  /// The value that stands for `v`: conversions that cost nothing are looked through.
  func resolve(_ v: ValueID) -> ValueID {
    var v = v
    while true {
      let x = f.values[v]
      switch x.op {
      case .copy, .truncate: v = f.arg(v, 0)
      case .zeroExtend:
        let a = f.arg(v, 0)
        if !isZeroExtended(a) { return v }
        v = a
      case .signExtend:
        let a = f.arg(v, 0)
        if f.values[a].op != .load || !f.values[a].flags.contains(.signed) { return v }
        if f.values[a].type == .i32 { return v }
        v = a
      default: return v
      }
    }
  }

  /// Whether the register of `v` is sure to hold its value extended with zeros to 64 bits.
  private func isZeroExtended(_ v: ValueID) -> Bool {
    let x = f.values[v]
    switch x.op {
    case .load: return x.type == .i32 || !x.flags.contains(.signed)
    case .add, .sub, .mul, .and, .or, .xor, .shl, .neg, .not, .andNot: return x.type == .i32
    case .zeroExtend: return true
    default: return false
    }
  }

  func isRemat(_ v: ValueID) -> Bool {
    switch f.values[v].op {
    case .constInt, .constFloat, .constNil, .symbolAddress, .slotAddress, .incomingAddress,
      .outgoingAddress:
      return true
    case .machine: return true
    default: return false
    }
  }

  /// The virtual register of `v`, which must thus be lowered.
  func register(_ value: ValueID) -> VReg {
    let v = resolve(value)
    if isRemat(v) {
      if rematBlock[v.index] == block && vregOf[v.index] != 0 { return vregOf[v.index] }
      rematBlock[v.index] = block
      code.vregs.append(
        VRegInfo(
          bank: bank(f.values[v].type), isPointer: f.values[v].type == .ptr, isRemat: true,
          block: block, value: v.raw))
      vregOf[v.index] = VReg(code.vregs.count - 1)
      return vregOf[v.index]
    }
    if vregOf[v.index] != 0 { return vregOf[v.index] }
    return define(v, in: blockNumber[f.values[v].block.index])
  }

  @discardableResult
  private func define(_ v: ValueID, in b: Int32) -> VReg {
    let t = f.values[v].type
    code.vregs.append(
      VRegInfo(bank: bank(t), isPointer: t == .ptr, isRemat: false, block: b, value: v.raw))
    vregOf[v.index] = VReg(code.vregs.count - 1)
    return vregOf[v.index]
  }

  /// A register for an intermediate result.
  func temp(_ bank: UInt8 = 0) -> VReg {
    code.vregs.append(
      VRegInfo(bank: bank, isPointer: false, isRemat: false, block: block, value: 0))
    return VReg(code.vregs.count - 1)
  }

  /// A register holding an integer constant.
  func constant(_ n: Int64, _ type: ValueType = .i64) -> VReg {
    register(makeValue(.constInt, type, n))
  }

  /// A float register holding these bits.
  func floatBits(_ bits: UInt64, _ type: ValueType) -> VReg {
    register(makeValue(.machine, type, Int64(bitPattern: bits)))
  }

  private func makeValue(_ op: Op, _ type: ValueType, _ n: Int64) -> ValueID {
    let v = f.makeValue(op, type, auxInt: n)
    if v.index >= vregOf.count {
      let extra = v.index - vregOf.count + 256
      vregOf.append(contentsOf: repeatElement(0, count: extra))
      rematBlock.append(contentsOf: repeatElement(-1, count: extra))
      uses.append(contentsOf: repeatElement(0, count: extra))
      colour.append(contentsOf: repeatElement(0, count: extra))
      dereferenced.append(contentsOf: repeatElement(0, count: extra))
      dereferencer.append(contentsOf: repeatElement(0, count: extra))
    }
    return v
  }

  // MARK: Building instructions

  func begin() { operandStart = code.operands.count }

  func def(_ v: VReg, fixed: UInt8 = Operand.noRegister) {
    code.operands.append(Operand(v, .def, fixed: fixed))
  }
  /// A definition that takes the register of operand `reuse`.
  func def(_ v: VReg, reuse: UInt8, soft: Bool = false) {
    code.operands.append(Operand(v, .def, reuse: reuse, soft: soft))
  }
  func early(_ v: VReg, fixed: UInt8 = Operand.noRegister, reuse: UInt8 = Operand.noReuse) {
    code.operands.append(Operand(v, .earlyDef, fixed: fixed, reuse: reuse))
  }
  func scratch(_ v: VReg, fixed: UInt8 = Operand.noRegister) {
    code.operands.append(Operand(v, .temp, fixed: fixed))
  }
  func use(_ v: VReg, fixed: UInt8 = Operand.noRegister) {
    code.operands.append(Operand(v, .use, fixed: fixed))
  }
  func useAny(_ v: VReg) { code.operands.append(Operand(v, .useAny)) }

  /// Adds the registers of `a` as the last operands and describes it in `x`.
  func memory(_ x: inout Instruction, _ a: Address) {
    if a.base != 0 { use(a.base) }
    if a.index != 0 { use(a.index) }
    x.mode = a.mode
    x.scale = a.scale
    x.disp = a.disp
    x.aux = a.aux
    if a.checked.isSome { noteDereference(a.checked) }
  }

  /// The instruction being lowered faults if `p` is nil.
  func noteDereference(_ p: ValueID) {
    dereferenced[p.index] = epoch
    dereferencer[p.index] = Int32(checksNil.count - 1)
  }

  func end(_ x: Instruction, flags: InstructionFlags = [], clobbers: RegisterMask = 0) {
    var x = x
    x.pos = pos
    x.inlineNode = inlineNode
    x.serial = UInt32(checksNil.count - 1)
    checksNil.append(false)
    group.append(
      (
        x,
        InstructionRecord(
          operandStart: UInt32(operandStart),
          operandCount: UInt16(code.operands.count - operandStart), flags: flags,
          clobbers: clobbers)
      ))
  }

  private func flush() {
    var i = group.count - 1
    while i >= 0 {
      instructions.append(group[i].0)
      code.instructions.append(group[i].1)
      i -= 1
    }
    group.removeAll(keepingCapacity: true)
  }
}
