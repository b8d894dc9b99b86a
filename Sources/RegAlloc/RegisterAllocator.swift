import Base

/// What happened, for `-apus:stats`.
public struct AllocationStats: Sendable {
  public var spills = 0
  public var reloads = 0
  public var remats = 0
  public var moves = 0
  public var edgeMoves = 0
  public init() {}
}

/// Assigns registers and spill slots to the virtual registers of one function.
///
/// One pass over the blocks in reverse postorder, greedy within a block: a value is evicted when
/// its next use is the farthest (Belady), costs nothing when evicted (it is stored once, near its
/// definition, SSA makes that enough), and is loaded back at its next use. A block starts with the
/// registers of its most likely processed predecessor; moves on the other edges make up the
/// difference. See README.md.
///
/// One instance per worker, reused from function to function; results stay valid until the next
/// `run`.
public final class RegisterAllocator {
  public let file: RegisterFile

  // Results.
  /// Index: operand. Where it is: a register, or a spill slot for `useAny`.
  public var locations: [RegisterOrSlot] = []
  /// In order of their instruction.
  public var edits: [Edit] = []
  public var edgeEdits: [EdgeEdits] = []
  public var safepoints: [Safepoint] = []
  public var safepointSlots: [Int32] = []
  /// Slots `0 ..< pointerSlots` hold pointers, those up to `slotCount` other values.
  public var pointerSlots = 0
  public var slotCount = 0
  public var stats = AllocationStats()

  // State of the whole run.
  var code: MachineCode
  var live = Liveness()
  /// Index: register. The virtual register in it, or 0.
  var content: [VReg] = Array(repeating: 0, count: 32)
  var occupied: RegisterMask = 0
  /// Index: vreg, as for all that follow. Registers that hold it now.
  var holders: [RegisterMask] = []
  var hint: [UInt8] = []
  var lastRegister: [UInt8] = []
  /// Register that the definition (or phi) wrote, 255 for a phi in memory, and its instruction.
  var definedIn: [UInt8] = []
  var definedAt: [Int32] = []
  /// The phi that takes this value, if any.
  var phiOf: [VReg] = []
  /// Head of the list in `restorePool` of blocks where it is loaded back; -1 none.
  var restoreHead: [Int32] = []
  var restorePool: [(block: Int32, next: Int32)] = []
  var slotOf: [Int32] = []
  /// All values with a slot, in order of discovery.
  var spilled: [VReg] = []
  var useHead: [Int32] = []
  var useStamp: [UInt32] = []
  var usePool: [(position: Int32, next: Int32)] = []
  var instructionStamp: [Int32] = []
  var liveStamp: [UInt32] = []
  var liveDistance: [Int32] = []
  var clock: UInt32 = 0
  /// Index: instruction. Registers that are wanted soon by something.
  var wanted: [RegisterMask] = []
  /// Per block: (register, value) at start and end, as ranges of `statePool`.
  var startState: [Range<Int32>] = []
  var endState: [Range<Int32>] = []
  var statePool: [(register: UInt8, vreg: VReg)] = []
  var entryHints: [[(register: UInt8, vreg: VReg)]] = []
  var scratchSlot: Int32 = -1

  // State of the current instruction.
  var block = 0
  var position: Int32 = 0

  public init(file: RegisterFile) {
    self.file = file
    code = MachineCode()
  }

  /// Allocates `code`. Afterwards the result properties describe the outcome.
  public func run(_ code: MachineCode) {
    self.code = code
    prepare()
    live.compute(code)
    computeHints()
    for b in code.blocks.indices { allocate(block: b) }
    noteEdgeRestores()
    assignSlots()
    placeSpills()
    resolveSlots()
    for b in code.blocks.indices { emitEdges(from: b) }
    computeSafepoints()
    sortEdits()
  }

  private func prepare() {
    let n = code.vregs.count
    refill(&holders, 0, n)
    refill(&hint, Operand.noRegister, n)
    refill(&lastRegister, Operand.noRegister, n)
    refill(&definedIn, Operand.noRegister, n)
    refill(&definedAt, -1, n)
    refill(&phiOf, 0, n)
    refill(&restoreHead, -1, n)
    refill(&slotOf, -1, n)
    refill(&useHead, -1, n)
    refill(&useStamp, 0, n)
    refill(&instructionStamp, -1, n)
    refill(&liveStamp, 0, n)
    refill(&liveDistance, 0, n)
    refill(&wanted, 0, code.instructions.count)
    refill(&locations, -1, code.operands.count)
    refill(&startState, 0..<0, code.blocks.count)
    refill(&endState, 0..<0, code.blocks.count)
    clock = 0
    restorePool.removeAll(keepingCapacity: true)
    statePool.removeAll(keepingCapacity: true)
    spilled.removeAll(keepingCapacity: true)
    edits.removeAll(keepingCapacity: true)
    edgeEdits.removeAll(keepingCapacity: true)
    safepoints.removeAll(keepingCapacity: true)
    safepointSlots.removeAll(keepingCapacity: true)
    pointerSlots = 0
    slotCount = 0
    scratchSlot = -1
    for r in content.indices { content[r] = 0 }
    occupied = 0
    for p in code.phis {
      let b = code.blocks[Int(code.vregs[Int(p.vreg)].block)]
      for k in 0..<Int(b.predCount) { phiOf[Int(code.phiArgs[Int(p.argStart) + k])] = p.vreg }
    }
  }

  private func refill<T>(_ a: inout [T], _ value: T, _ count: Int) {
    a.removeAll(keepingCapacity: true)
    a.append(contentsOf: repeatElement(value, count: count))
  }

  // MARK: Register contents

  @inline(__always)
  func bit(_ r: UInt8) -> RegisterMask { 1 << RegisterMask(r) }

  @inline(__always)
  func put(_ v: VReg, _ r: UInt8) {
    content[Int(r)] = v
    occupied |= bit(r)
    holders[Int(v)] |= bit(r)
    lastRegister[Int(v)] = r
  }

  /// Forgets what register `r` holds.
  @inline(__always)
  func drop(_ r: UInt8) {
    let v = content[Int(r)]
    if v == 0 { return }
    holders[Int(v)] &= ~bit(r)
    content[Int(r)] = 0
    occupied &= ~bit(r)
  }

  func dropAll(_ v: VReg) {
    var m = holders[Int(v)]
    occupied &= ~m
    holders[Int(v)] = 0
    while m != 0 {
      content[m.trailingZeroBitCount] = 0
      m &= m - 1
    }
  }

  // MARK: Uses within the current block

  /// Head of the list of coming uses of `v`, -1 if there are none.
  @inline(__always)
  func head(_ v: VReg) -> Int32 { useStamp[Int(v)] == clock ? useHead[Int(v)] : -1 }

  @inline(__always)
  func pushUse(_ v: VReg, _ position: Int32) {
    let i = Int(v)
    if useStamp[i] != clock {
      useStamp[i] = clock
      useHead[i] = -1
    }
    let h = useHead[i]
    if h >= 0 && usePool[Int(h)].position == position { return }
    useHead[i] = Int32(usePool.count)
    usePool.append((position: position, next: h))
  }

  /// Whether `v` is used behind the current instruction.
  @inline(__always)
  func liveAfter(_ v: VReg) -> Bool {
    let h = head(v)
    if h < 0 { return false }
    let u = usePool[Int(h)]
    return u.position == position ? u.next >= 0 : true
  }

  /// Lists the uses of block `b`, nearest first, ending with those behind the block.
  func buildUses(_ b: Int) {
    clock += 1
    usePool.removeAll(keepingCapacity: true)
    let length = live.length[b]
    for e in live.liveOut[b] { pushUse(e.vreg, min(length + e.distance, Distance.limit)) }
    var at = length
    for i in stride(from: Int(code.blocks[b].end) - 1, through: Int(code.blocks[b].first), by: -1) {
      let record = code.instructions[i]
      at -= record.flags.contains(.call) ? Distance.call : 1
      let start = Int(record.operandStart)
      for k in start..<start + Int(record.operandCount) {
        let o = code.operands[k]
        if o.kind.rawValue <= Operand.Kind.useAny.rawValue { pushUse(o.vreg, at) }
      }
    }
  }

  // MARK: Choosing registers

  /// A free register of `bank` outside `exclude`, or nil. `first` and `second` are wishes.
  @inline(__always)
  func freeRegister(
    _ bank: UInt8, exclude: RegisterMask, first: UInt8, second: UInt8, instruction: Int
  ) -> UInt8? {
    let free = file.allocatable(bank) & ~occupied & ~exclude
    if free == 0 { return nil }
    if first < 32 && free & bit(first) != 0 { return first }
    if second < 32 && free & bit(second) != 0 { return second }
    let calm = free & ~wanted[instruction]
    return UInt8((calm != 0 ? calm : free).trailingZeroBitCount)
  }

  /// A register of `bank` outside `exclude`, made free by eviction if need be.
  func takeRegister(
    _ bank: UInt8, exclude: RegisterMask, first: UInt8, second: UInt8, instruction: Int
  ) -> UInt8 {
    if let r = freeRegister(
      bank, exclude: exclude, first: first, second: second, instruction: instruction)
    {
      return r
    }
    var candidates = file.allocatable(bank) & ~exclude
    var best: UInt8 = Operand.noRegister
    var bestScore: Int32 = -1
    while candidates != 0 {
      let r = UInt8(candidates.trailingZeroBitCount)
      candidates &= candidates - 1
      let v = content[Int(r)]
      let h = head(v)
      if h < 0 || holders[Int(v)] & ~bit(r) != 0 {
        best = r
        break
      }
      var score = usePool[Int(h)].position &- position
      // A value that is stored already, or is remade for the price of a move, is a little cheaper
      // to lose.
      if code.vregs[Int(v)].isRemat { score += 40 } else if restoreHead[Int(v)] >= 0 { score += 10 }
      if score > bestScore {
        bestScore = score
        best = r
      }
    }
    if best == Operand.noRegister {
      internalError("regalloc", "no register left at instruction \(instruction)")
    }
    drop(best)
    return best
  }

  // MARK: Edits

  func emitMove(_ i: Int, _ from: UInt8, _ to: UInt8, _ v: VReg) {
    stats.moves += 1
    edits.append(
      Edit(
        instruction: Int32(i), phase: 2, kind: .move, from: RegisterOrSlot(from),
        to: RegisterOrSlot(to),
        vreg: v))
  }

  /// Brings `v`, which is in no register, into `r`. Its slot is resolved at the end.
  func emitLoad(_ i: Int, _ v: VReg, _ r: UInt8) {
    if code.vregs[Int(v)].isRemat {
      stats.remats += 1
      edits.append(
        Edit(
          instruction: Int32(i), phase: 2, kind: .remat, from: -1, to: RegisterOrSlot(r), vreg: v))
    } else {
      stats.reloads += 1
      edits.append(
        Edit(instruction: Int32(i), phase: 2, kind: .move, from: -1, to: RegisterOrSlot(r), vreg: v)
      )
      noteRestore(v, block)
    }
  }

  /// Records that block `b` reads the slot of `v`.
  func noteRestore(_ v: VReg, _ b: Int) {
    let h = restoreHead[Int(v)]
    if h >= 0 && restorePool[Int(h)].block == Int32(b) { return }
    if h < 0 { noteSlot(v) }
    restoreHead[Int(v)] = Int32(restorePool.count)
    restorePool.append((block: Int32(b), next: h))
  }

  /// Records that `v` needs a slot.
  func noteSlot(_ v: VReg) {
    if slotOf[Int(v)] == -1 {
      slotOf[Int(v)] = -2
      spilled.append(v)
    }
  }

  private func resolveSlots() {
    for i in edits.indices where edits[i].kind == .move {
      if edits[i].from == -1 {
        edits[i].from = firstSlotLocation + slotOf[Int(edits[i].vreg)]
      }
    }
    for k in code.operands.indices where code.operands[k].kind == .useAny && locations[k] < 0 {
      locations[k] = firstSlotLocation + slotOf[Int(code.operands[k].vreg)]
    }
  }

  private func sortEdits() {
    // Mostly sorted: in-block edits are in order; the others are mixed in by a stable merge.
    var order = Array(edits.indices)
    order.sort { (x: Int, y: Int) -> Bool in
      let a = edits[x]
      let b = edits[y]
      if a.instruction != b.instruction { return a.instruction < b.instruction }
      if a.phase != b.phase { return a.phase < b.phase }
      return x < y
    }
    edits = order.map { edits[$0] }
  }
}
