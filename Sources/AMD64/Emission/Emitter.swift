import ABI
import Base
import Object
import RegAlloc
import SSA

/// Writes the machine code of one lowered and allocated function, with its tables.
///
/// One instance per worker, reused from function to function.
final class Emitter {
  let lowering: Lowering
  let allocator: RegisterAllocator
  let runtime: RuntimeSymbols
  var c = CodeBuffer()
  var f: Function
  var code: MachineCode { lowering.code }
  var frame = Frame()
  var slotLiveness = SlotLiveness()
  var layout = BlockLayout()
  var info = FunctionInfo()

  /// Index: dense block number.
  var labels: [Label] = []
  var entryLabel = Label.none
  var morestackLabel = Label.none
  /// Where the frame is left, once that has been emitted.
  var epilogueLabel = Label.none
  /// Label of edge block number i of `allocator.edgeEdits`, none while unused.
  var edgeLabels: [Label] = []
  /// Edge blocks to be emitted behind the hot or the cold part.
  var deferredEdges: [Int] = []
  var stubs: [Stub] = []
  var constantLabels: [Label] = []
  var tables: [(label: Label, block: Int)] = []
  var nextEdit = 0
  var nextSafepoint = 0
  var mapIndex: [PointerBitmap: Int32] = [:]
  var emptyMapIndex: Int32 = -1
  var isNosplit = false
  var isUnsafe = false
  var pos = Pos.none
  var inlineNode: UInt32 = 0
  var usedInlineNodes: [Bool] = []
  /// Index: block. The block itself, or what an empty block leads to.
  var forward: [Int] = []
  /// Block that comes next in the emitted order, -1 at the end of a part.
  var following = -1

  /// Code out of the way, reached by a conditional jump.
  struct Stub {
    enum Kind { case bounds, divide, barrier }
    var kind: Kind
    var label: Label
    /// Where a stub that returns jumps back to.
    var back: Label
    var instruction: Int
  }

  init(lowering: Lowering, allocator: RegisterAllocator, runtime: RuntimeSymbols) {
    self.lowering = lowering
    self.allocator = allocator
    self.runtime = runtime
    f = lowering.f
  }

  func run(_ f: Function) -> SymbolDefinition {
    self.f = f
    reset()
    slotLiveness.compute(lowering, f)
    frame.compute(
      f, slotLiveness, outgoing: lowering.outgoingSize, spillUses: spillUses(),
      hasCalls: lowering.hasCalls)
    layout.compute(code)
    skipEmptyBlocks()
    isNosplit =
      f.flags.contains(.nosplit) || (!lowering.hasCalls && frame.size < ABI.stackSmall)
    emitPrologue()
    for (i, b) in layout.order.enumerated() {
      following = i + 1 < layout.order.count ? layout.order[i + 1] : -1
      if i + 1 == layout.hotCount { following = -1 }
      emit(block: b)
      if i + 1 == layout.hotCount { emitDeferredEdges() }
    }
    emitDeferredEdges()
    emitStubs()
    emitMorestack()
    emitInlineMarks()
    padAfterCall()
    emitConstants()
    return finish()
  }

  private func reset() {
    c.reset()
    info = FunctionInfo()
    labels.removeAll(keepingCapacity: true)
    for _ in code.blocks { labels.append(c.newLabel()) }
    edgeLabels.removeAll(keepingCapacity: true)
    for _ in allocator.edgeEdits { edgeLabels.append(.none) }
    deferredEdges.removeAll(keepingCapacity: true)
    stubs.removeAll(keepingCapacity: true)
    constantLabels.removeAll(keepingCapacity: true)
    tables.removeAll(keepingCapacity: true)
    mapIndex.removeAll(keepingCapacity: true)
    emptyMapIndex = -1
    nextEdit = 0
    nextSafepoint = 0
    isUnsafe = false
    pos = .none
    inlineNode = 0
    usedInlineNodes = Array(repeating: false, count: f.inlineTree.count)
    entryLabel = c.newLabel()
    morestackLabel = .none
    epilogueLabel = .none
  }

  /// Blocks that only jump on are left out: `forward` leads past them.
  private func skipEmptyBlocks() {
    forward.removeAll(keepingCapacity: true)
    for b in code.blocks.indices {
      let blk = code.blocks[b]
      let isEmpty =
        b > 0 && blk.end == blk.first + 1 && blk.predCount > 0
        && lowering.instructions[Int(blk.first)].form == .jump && !hasEdits(at: blk.first)
      forward.append(isEmpty ? code.succ(b, 0) : b)
    }
    for b in forward.indices where forward[b] != b {
      var to = forward[b]
      var steps = 0
      while forward[to] != to && steps < forward.count {
        to = forward[to]
        steps += 1
      }
      // An endless loop of empty blocks: one of them stays.
      forward[b] = steps >= forward.count ? b : to
    }
    layout.remove { (b: Int) -> Bool in forward[b] != b }
  }

  // MARK: Tables

  func setPosition(_ p: Pos, _ node: UInt32) {
    if p != pos && !p.isNone {
      pos = p
      info.lines.append(PCValue(pc: c.offset, value: Int32(info.positions.count)))
      info.positions.append(p)
    }
    if node != inlineNode {
      inlineNode = node
      note(&info.inlineIndex, Int32(node) - 1)
      if node > 0 { usedInlineNodes[Int(node) - 1] = true }
    }
  }

  /// Sets a table's value from here on.
  func note(_ table: inout PCTable, _ value: Int32) {
    if let last = table.last {
      if last.value == value { return }
      if last.pc == c.offset {
        table[table.count - 1].value = value
        return
      }
    }
    table.append(PCValue(pc: c.offset, value: value))
  }

  func setUnsafe(_ on: Bool) {
    if on == isUnsafe { return }
    isUnsafe = on
    note(
      &info.unsafePoints, on ? ABI.PCData.unsafePointUnsafe : ABI.PCData.unsafePointSafe)
  }

  /// Marks the call that is about to be emitted.
  func noteCall() {
    info.callDepths.append(PCValue(pc: c.offset, value: Int32(frame.depth)))
  }

  /// Selects the stack map for the call instruction `i` that is about to be emitted.
  func noteSafepoint(_ i: Int) {
    noteCall()
    while nextSafepoint < allocator.safepoints.count
      && Int(allocator.safepoints[nextSafepoint].instruction) != i
    {
      nextSafepoint += 1
    }
    if nextSafepoint >= allocator.safepoints.count { nextSafepoint = 0 }
    var found = -1
    if nextSafepoint < allocator.safepoints.count,
      Int(allocator.safepoints[nextSafepoint].instruction) == i
    {
      found = nextSafepoint
    } else {
      found = allocator.safepoints.firstIndex { Int($0.instruction) == i } ?? -1
    }
    if found < 0 { internalError("amd64 emission", "no stack map for instruction \(i)") }
    let s = allocator.safepoints[found]
    nextSafepoint = found + 1
    if s.count == 0 && !slotLiveness.isPrecise {
      selectEmptyMap()
      return
    }
    var map = PointerBitmap(count: frame.localWords)
    frame.markSlots(f, slotLiveness, slotLiveness.isPrecise ? slotLiveness.liveAt(i) : [], &map)
    for k in Int(s.start)..<Int(s.start + s.count) {
      map.set(frame.mapBit(spill: Int(allocator.safepointSlots[k])))
    }
    select(map)
  }

  /// The map of a call that does not return: of what the landing block needs.
  func selectEmptyMap() {
    if emptyMapIndex >= 0 {
      note(&info.stackMapIndex, emptyMapIndex)
      return
    }
    var map = PointerBitmap(count: frame.localWords)
    frame.markSlots(f, slotLiveness, slotLiveness.atExit[...], &map)
    emptyMapIndex = select(map)
  }

  @discardableResult
  private func select(_ map: PointerBitmap) -> Int32 {
    if info.localMaps.isEmpty { addEntryMap() }
    let index: Int32
    if let old = mapIndex[map] {
      index = old
    } else {
      index = Int32(info.localMaps.count)
      info.localMaps.append(map)
      info.argMaps.append(argumentMap(spilled: false))
      mapIndex[map] = index
    }
    note(&info.stackMapIndex, index)
    return index
  }

  /// Map 0 describes the function at its entry: register arguments in their spill space, no locals.
  func addEntryMap() {
    info.localMaps.append(PointerBitmap(count: frame.localWords))
    info.argMaps.append(argumentMap(spilled: true))
  }

  private func argumentMap(spilled: Bool) -> PointerBitmap {
    let s = f.signature
    var map = PointerBitmap(count: Int(s.totalSize) / 8)
    for w in 0..<Int(s.resultOffset) / 8
    where w >> 6 < s.argPointers.count && s.argPointers[w >> 6] >> UInt64(w & 63) & 1 != 0 {
      map.set(w)
    }
    if spilled {
      for p in s.params where p.register >= 0 && p.type == .ptr { map.set(Int(p.offset) / 8) }
    }
    return map
  }

  private func finish() -> SymbolDefinition {
    let done = c.finish()
    done.adjust(&info.spDelta)
    done.adjust(&info.lines)
    done.adjust(&info.inlineIndex)
    done.adjust(&info.unsafePoints)
    done.adjust(&info.stackMapIndex)
    done.adjust(&info.callDepths)
    info.frameSize = Int32(frame.depth)
    info.stackObjects = frame.stackObjects(f, slotLiveness)
    info.argsSize = f.signature.totalSize
    info.argumentInfo = f.argumentInfo
    info.pos = f.pos
    info.funcID = f.funcID
    info.inlineTree = f.inlineTree
    for i in info.inlineTree.indices where usedInlineNodes[i] {
      info.inlineTree[i].parentPC = done.final(info.inlineTree[i].parentPC)
    }
    for (i, pc) in inlineMarks { info.inlineTree[i].parentPC = done.final(pc) }
    dropUnusedInlineNodes()
    if f.deferSlot >= 0 {
      info.deferBits = UInt32(frame.size - Int(frame.slots[f.deferSlot]))
      info.deferClosures = info.deferBits - 8
    }
    if f.recoverLanding.isSome {
      let b = lowering.blockNumber[f.recoverLanding.index]
      if b >= 0 { info.deferReturn = done.label(labels[Int(b)]) }
    }
    var flags: SymbolFlags = []
    if isNosplit { flags.insert(.nosplit) }
    if f.flags.contains(.dupOK) { flags.insert(.dupOK) }
    if f.flags.contains(.wrapper) { flags.insert(.wrapper) }
    if f.flags.contains(.reflectMethod) { flags.insert(.reflectMethod) }
    var relocs = done.relocs
    relocs.append(contentsOf: f.markers)
    return SymbolDefinition(
      kind: .text, flags: flags, alignment: done.alignment > 16 ? done.alignment : 0,
      bytes: done.bytes, relocs: relocs, function: info)
  }

  // MARK: Prologue and epilogue

  private func emitPrologue() {
    c.bind(entryLabel)
    setPosition(f.pos, 0)
    note(&info.spDelta, 0)
    if f.flags.contains(.unsafePoints) { setUnsafe(true) }
    if f.signature.convention == .abi0 { restoreFixedRegisters() }
    if !isNosplit { emitStackCheck() }
    if frame.exists {
      setUnsafe(true)
      c.r(.pushq, .rbp)
      note(&info.spDelta, 8)
      c.rr(.movq, .rbp, .rsp)
      if frame.size > 0 {
        adjustStack(-frame.size)
        note(&info.spDelta, Int32(frame.depth))
      }
      endUnsafe()
    }
    zeroSlots()
  }

  /// Leaves a region that may not be interrupted, unless the whole function is one.
  func endUnsafe() { setUnsafe(f.flags.contains(.unsafePoints)) }

  private func adjustStack(_ n: Int) {
    // -128 fits a byte, 128 does not.
    if n == 128 {
      c.ri(.subq, .rsp, -128)
    } else if n > 0 {
      c.ri(.addq, .rsp, Int64(n))
    } else {
      if n == -128 { c.ri(.addq, .rsp, -128) } else { c.ri(.subq, .rsp, Int64(-n)) }
    }
  }

  /// Compares the stack pointer, lowered by the frame beyond what every function may use unasked,
  /// with the guard.
  private func emitStackCheck() {
    setUnsafe(true)
    morestackLabel = c.newLabel()
    let guardOffset: Int32 = f.flags.contains(.systemStack) ? 24 : Int32(ABI.G.stackguard0)
    let guardPlace = Mem(base: .r14, disp: guardOffset)
    let size = frame.depth
    if size <= ABI.stackSmall {
      c.rm(.cmpq, .rsp, guardPlace)
    } else {
      if size <= ABI.stackBig {
        c.rm(.leaq, .r12, Mem(base: .rsp, disp: Int32(ABI.stackSmall - size)))
      } else {
        // RSP minus a large frame may wrap around.
        c.rr(.movq, .r12, .rsp)
        c.ri(.subq, .r12, Int64(size - ABI.stackSmall))
        c.jcc(.b, morestackLabel)
      }
      c.rm(.cmpq, .r12, guardPlace)
    }
    c.jcc(.be, morestackLabel)
    endUnsafe()
  }

  private func zeroSlots() {
    var at = frame.zeroStart
    let end = frame.zeroEnd
    if end == at { return }
    let zero = Reg(xmm: 15)
    if end - at > 256 {
      // R12 and R13 carry nothing at entry.
      let rounds = (end - at) / 64
      c.rm(.leaq, .r12, Mem(base: .rsp, disp: Int32(at)))
      c.ri(.movl, .r13, Int64(rounds))
      let loop = c.newLabel()
      c.bind(loop)
      for k: Int32 in 0..<4 { c.mr(.movups, Mem(base: .r12, disp: 16 * k), zero) }
      c.ri(.addq, .r12, 64)
      c.r(.decl, .r13)
      c.jcc(.ne, loop)
      at += rounds * 64
    }
    while end - at >= 16 {
      c.mr(.movups, Mem(base: .rsp, disp: Int32(at)), zero)
      at += 16
    }
    if end - at >= 8 { storeZero(Mem(base: .rsp, disp: Int32(at))) }
  }

  /// All returns of a function with a frame share one epilogue: a jump is shorter, and its tables
  /// too.
  func emitReturn() {
    if frame.size > 0 {
      if !epilogueLabel.isNone {
        c.jmp(epilogueLabel)
        return
      }
      epilogueLabel = c.newLabel()
      c.bind(epilogueLabel)
    }
    emitEpilogue()
    c.op(.ret)
    afterEpilogue()
  }

  /// Removes the frame; the tables go on describing it behind the return.
  func emitEpilogue() {
    if !frame.exists { return }
    setUnsafe(true)
    if frame.size > 0 {
      adjustStack(frame.size)
      note(&info.spDelta, 8)
    }
    c.r(.popq, .rbp)
    note(&info.spDelta, 0)
  }

  func afterEpilogue() {
    if !frame.exists { return }
    note(&info.spDelta, Int32(frame.depth))
    endUnsafe()
  }

  private func emitMorestack() {
    if morestackLabel.isNone { return }
    c.bind(morestackLabel)
    setPosition(f.pos, 0)
    note(&info.spDelta, 0)
    note(&info.stackMapIndex, -1)
    if info.localMaps.isEmpty { addEntryMap() }
    setUnsafe(true)
    if let s = spillingMorestack() {
      info.callDepths.append(PCValue(pc: c.offset, value: 0))
      c.call(s)
      c.jmp(entryLabel)
      return
    }
    for p in f.signature.params where p.register >= 0 {
      let r = Emitter.reg(RegisterOrSlot(Lowering.register(p)))
      c.mr(lowering.storeMnemonic(p.type), Mem(base: .rsp, disp: 8 + p.offset), r)
    }
    info.callDepths.append(PCValue(pc: c.offset, value: 0))
    if f.flags.contains(.systemStack) {
      c.call(runtime.morestackSystem)
    } else {
      c.call(
        f.flags.contains(.needsContext) ? runtime.morestack : runtime.morestackNoContext)
    }
    for p in f.signature.params where p.register >= 0 {
      let r = Emitter.reg(RegisterOrSlot(Lowering.register(p)))
      c.rm(
        lowering.loadMnemonic(p.type, signed: false), r, Mem(base: .rsp, disp: 8 + p.offset))
    }
    c.jmp(entryLabel)
  }

  /// The variant of `morestack` that keeps the argument registers itself: for functions whose
  /// register arguments are words of memory in order (the last may be shorter, as the area is whole
  /// words).
  private func spillingMorestack() -> SymbolID? {
    if f.flags.contains(.systemStack) { return nil }
    var n = 0
    for p in f.signature.params where p.register >= 0 {
      if p.type.isFloat || Int(p.register) != n || Int(p.offset) != 8 * n { return nil }
      n += 1
    }
    if n == 0 || 8 * n > Int(f.signature.totalSize) { return nil }
    let variants =
      f.flags.contains(.needsContext) ? runtime.morestackKeeping : runtime.morestackKeepingNoContext
    return n <= variants.count ? variants[n - 1] : nil
  }

  /// (inline node, buffer offset) of the instructions that stand for the calls inlined here.
  private var inlineMarks: [(Int, UInt32)] = []

  /// One instruction for each inlined call that has code, attributed to the call's own place:
  /// tracebacks look it up by `parentPC`.
  private func emitInlineMarks() {
    inlineMarks.removeAll(keepingCapacity: true)
    if f.inlineTree.isEmpty { return }
    for i in f.inlineTree.indices where usedInlineNodes[i] {
      var p = Int(f.inlineTree[i].parent)
      while p >= 0 && !usedInlineNodes[p] {
        usedInlineNodes[p] = true
        p = Int(f.inlineTree[p].parent)
      }
    }
    note(&info.spDelta, Int32(frame.depth))
    for i in f.inlineTree.indices where usedInlineNodes[i] {
      let node = f.inlineTree[i]
      setPosition(node.callPos, UInt32(node.parent + 1))
      inlineMarks.append((i, c.offset))
      c.op(.nop)
    }
  }

  /// Leaves out of the inline tree what has no code, or none whose place anybody asks for.
  private func dropUnusedInlineNodes() {
    if !usedInlineNodes.contains(false) { return }
    var number: [Int32] = []
    var kept: [InlinedCall] = []
    for (i, node) in info.inlineTree.enumerated() {
      number.append(usedInlineNodes[i] ? Int32(kept.count) : -1)
      if usedInlineNodes[i] { kept.append(node) }
    }
    for i in kept.indices where kept[i].parent >= 0 {
      kept[i].parent = number[Int(kept[i].parent)]
    }
    for i in info.inlineIndex.indices where info.inlineIndex[i].value >= 0 {
      info.inlineIndex[i].value = number[Int(info.inlineIndex[i].value)]
    }
    info.inlineTree = kept
  }

  /// A return address must lie inside the function: something follows the last call.
  private func padAfterCall() { if !info.callDepths.isEmpty { c.op(.int3) } }

  private func emitConstants() {
    if !tables.isEmpty {
      c.align(4)
      for t in tables { emitTable(t.label, t.block) }
    }
    if constantLabels.isEmpty { return }
    c.align(8)
    for size: UInt8 in [8, 4] {
      for (i, l) in constantLabels.enumerated() where !l.isNone {
        let k = lowering.constants[i]
        if k.size != size { continue }
        c.bind(l)
        if size == 8 { c.put64(k.bits) } else { c.put32(UInt32(truncatingIfNeeded: k.bits)) }
      }
    }
  }
}
