import Base
import RegAlloc
import SSA

/// Which frame slots hold pointers that are still needed at each call.
///
/// Only accesses in the function itself count: loads, stores, and every place where an address of
/// the slot is made. What happens through such an address elsewhere, or later, is not followed:
/// while it can, a live pointer leads into the slot, and the collector finds that pointer and scans
/// the slot as a *stack object*. So a slot whose address is ever made gets a stack-object record,
/// the others need none.
///
/// Slots of at most `wordLimit` words are followed word by word, so that storing their parts one by
/// one counts as initialising them; a larger slot is one unit, live from the entry on to its last
/// access.
///
/// The runtime's own functions keep every slot in every map: their addresses go to places (another
/// stack, a record of the scheduler) that no scan of this stack sees.
struct SlotLiveness {
  private static let wordLimit = 32
  private static let unitLimit = 1024

  /// False: every slot is in every map.
  private(set) var isPrecise = false
  /// Whether an address of the slot is made. Index: slot.
  private(set) var escapes: [Bool] = []
  /// Whether the slot must be zero when the function starts. Index: slot.
  private(set) var needsZero: [Bool] = []
  /// What is live at calls behind which the function does not go on: what the landing block reads.
  private(set) var atExit: [UInt64] = []

  /// Index: slot. Where its words begin in `unitOfWord`, -1 if it holds no pointers.
  private var wordStart: [Int32] = []
  /// Unit of each word of a slot followed by words, -1 for one without pointer.
  private var unitOfWord: [Int32] = []
  /// Index: slot. Its single unit, -1 if it is followed by words.
  private var singleUnit: [Int32] = []
  private var unitCount = 0
  private var setWords = 0
  /// Index: instruction. Number of the set in `callSets`, -1 for what is no call.
  private var callNumber: [Int32] = []
  private var callSets: [UInt64] = []

  /// What one instruction does with a slot.
  private enum Effect {
    case neutral
    case use(Int, Int)
    case kill(Int, Int)
    case address
  }

  mutating func compute(_ lowering: Lowering, _ f: Function) {
    escapes.removeAll(keepingCapacity: true)
    needsZero.removeAll(keepingCapacity: true)
    for s in f.slots {
      escapes.append(false)
      needsZero.append(s.hasPointers)
    }
    isPrecise = needsZero.contains(true) && !f.flags.contains(.unsafePoints)
    if !isPrecise { return }
    numberUnits(f)
    setWords = (unitCount + 63) / 64
    var flow = Flow(blocks: lowering.code.blocks.count, words: setWords)
    for b in lowering.code.blocks.indices { summarise(b, lowering, &flow) }
    let landing = f.recoverLanding.isSome ? Int(lowering.blockNumber[f.recoverLanding.index]) : -1
    flow.solve(lowering.code, landing: landing)
    atExit = flow.always
    recordCalls(lowering, flow)
    for s in f.slots.indices where f.slots[s].hasPointers && !escapes[s] {
      needsZero[s] = false
      forEachUnit(of: s) { u in
        if flow.live[0][u >> 6] >> UInt64(u & 63) & 1 != 0 { needsZero[s] = true }
      }
    }
  }

  /// The set of live units at call instruction `i`.
  func liveAt(_ i: Int) -> ArraySlice<UInt64> {
    let n = Int(callNumber[i])
    if n < 0 { internalError("amd64 emission", "no liveness for instruction \(i)") }
    return callSets[n * setWords..<(n + 1) * setWords]
  }

  /// Calls `body` with the number of each word of slot `s` that holds a pointer and is in `live`.
  func forEachLiveWord(_ s: Int, _ slot: Slot, _ live: ArraySlice<UInt64>, _ body: (Int) -> Void) {
    func isLive(_ u: Int) -> Bool { live[live.startIndex + u >> 6] >> UInt64(u & 63) & 1 != 0 }
    if singleUnit[s] >= 0 && !isLive(Int(singleUnit[s])) { return }
    for w in 0..<(slot.size + 7) / 8 where SlotLiveness.holdsPointer(slot, w) {
      if singleUnit[s] >= 0 || isLive(Int(unitOfWord[Int(wordStart[s]) + w])) { body(w) }
    }
  }

  private static func holdsPointer(_ s: Slot, _ w: Int) -> Bool {
    w >> 6 < s.pointerMask.count && s.pointerMask[w >> 6] >> UInt64(w & 63) & 1 != 0
  }

  private mutating func numberUnits(_ f: Function) {
    wordStart.removeAll(keepingCapacity: true)
    unitOfWord.removeAll(keepingCapacity: true)
    singleUnit.removeAll(keepingCapacity: true)
    unitCount = 0
    for s in f.slots {
      if !s.hasPointers {
        wordStart.append(-1)
        singleUnit.append(-1)
        continue
      }
      let words = (s.size + 7) / 8
      wordStart.append(Int32(unitOfWord.count))
      if words > SlotLiveness.wordLimit || unitCount > SlotLiveness.unitLimit {
        singleUnit.append(Int32(unitCount))
        unitCount += 1
        continue
      }
      singleUnit.append(-1)
      for w in 0..<words {
        if SlotLiveness.holdsPointer(s, w) {
          unitOfWord.append(Int32(unitCount))
          unitCount += 1
        } else {
          unitOfWord.append(-1)
        }
      }
    }
  }

  private func forEachUnit(of s: Int, _ body: (Int) -> Void) {
    if wordStart[s] < 0 { return }
    if singleUnit[s] >= 0 {
      body(Int(singleUnit[s]))
      return
    }
    let end = s + 1 < wordStart.count ? nextStart(s) : unitOfWord.count
    for w in Int(wordStart[s])..<end where unitOfWord[w] >= 0 { body(Int(unitOfWord[w])) }
  }

  private func nextStart(_ s: Int) -> Int {
    for t in s + 1..<wordStart.count where wordStart[t] >= 0 { return Int(wordStart[t]) }
    return unitOfWord.count
  }

  /// The units of the bytes [low, high) of slot `s`: those touched, or only those wholly covered.
  private func forEachUnit(of s: Int, _ low: Int, _ high: Int, whole: Bool, _ body: (Int) -> Void) {
    if wordStart[s] < 0 { return }
    if singleUnit[s] >= 0 {
      if !whole { body(Int(singleUnit[s])) }
      return
    }
    let start = Int(wordStart[s])
    let end = nextStart(s)
    let first = whole ? (low + 7) >> 3 : low >> 3
    let last = whole ? high >> 3 : (high + 7) >> 3
    for w in max(0, first)..<max(0, first, min(last, end - start)) where unitOfWord[start + w] >= 0
    {
      body(Int(unitOfWord[start + w]))
    }
  }

  // MARK: Effects of instructions

  private static func effect(_ x: Instruction) -> Effect {
    let low = Int(x.disp)
    let isStore: Bool
    switch x.form {
    case .none: return .use(Int.min / 2, Int.max / 2)  // kept alive
    case .zero16: return x.mode == .slot ? .kill(low, low + 16) : .neutral
    case .mu, .mi:
      switch x.mn {
      case .movb, .movw, .movl, .movss: return .neutral
      case .movq, .movsd, .movups: isStore = true
      default: isStore = false
      }
    default: isStore = false
    }
    let size = x.mn == .movups || x.mn == .movaps || x.mn == .xorps || x.mn == .andps ? 16 : 8
    if isStore { return x.mode == .slot ? .kill(low, low + size) : .neutral }
    if x.form == .dm && x.mn == .leaq { return .address }
    return x.mode == .slot ? .use(low, low + size) : .use(Int.min / 2, Int.max / 2)
  }

  /// Calls `kill` and then `use` with the units that instruction `i` overwrites and needs.
  private func forEachEffect(
    _ i: Int, _ lowering: Lowering, kill: (Int) -> Void, use: (Int) -> Void, address: (Int) -> Void
  ) {
    let x = lowering.instructions[i]
    func touch(_ x: Instruction) {
      guard x.mode == .slot || x.mode == .slotIndex else { return }
      let s = Int(x.aux)
      switch SlotLiveness.effect(x) {
      case .neutral: return
      case .kill(let low, let high): forEachUnit(of: s, low, high, whole: true, kill)
      case .use(let low, let high):
        if low < -(1 << 40) {
          forEachUnit(of: s, use)
        } else {
          forEachUnit(of: s, low, high, whole: false, use)
        }
      case .address:
        address(s)
        forEachUnit(of: s, use)
      }
    }
    touch(x)
    if x.form == .barrierStore {
      for s in lowering.barrierStores[Int(x.extra)] { touch(s.address) }
    }
    for k in lowering.code.operandRange(i)
    where lowering.code.operands[k].kind.rawValue <= Operand.Kind.useAny.rawValue {
      if let s = slot(of: lowering.code.operands[k].vreg, lowering) {
        address(s)
        forEachUnit(of: s, use)
      }
    }
  }

  /// The slot whose address `v` is.
  private func slot(of v: VReg, _ lowering: Lowering) -> Int? {
    let r = lowering.code.vregs[Int(v)]
    if !r.isRemat { return nil }
    let x = lowering.f.values[ValueID(raw: r.value)]
    return x.op == .slotAddress ? Int(x.aux) : nil
  }

  // MARK: Data flow

  private struct Flow {
    /// Index: block. Needed before being overwritten; overwritten; needed by phis behind it; live
    /// at its start.
    var gen: [[UInt64]]
    var kill: [[UInt64]]
    var phis: [[UInt64]]
    var live: [[UInt64]]
    /// Live at the landing block, which any call may lead to.
    var always: [UInt64]

    init(blocks: Int, words: Int) {
      let none = [UInt64](repeating: 0, count: words)
      gen = Array(repeating: none, count: blocks)
      kill = gen
      phis = gen
      live = gen
      always = none
    }

    func liveOut(_ code: MachineCode, _ b: Int) -> [UInt64] {
      var out = phis[b]
      for k in 0..<Int(code.blocks[b].succCount) {
        let s = code.succ(b, k)
        for w in out.indices { out[w] |= live[s][w] }
      }
      for w in out.indices { out[w] |= always[w] }
      return out
    }

    mutating func solve(_ code: MachineCode, landing: Int) {
      var changed = true
      while changed {
        changed = false
        for b in code.blocks.indices.reversed() {
          let out = liveOut(code, b)
          for w in out.indices {
            let v = gen[b][w] | (out[w] & ~kill[b][w]) | always[w]
            if v != live[b][w] {
              live[b][w] = v
              changed = true
            }
          }
        }
        if landing >= 0 && always != live[landing] {
          always = live[landing]
          changed = true
        }
      }
    }
  }

  private mutating func summarise(_ b: Int, _ lowering: Lowering, _ flow: inout Flow) {
    let code = lowering.code
    var gen = flow.gen[b]
    var kill = flow.kill[b]
    var addressed: [Int] = []
    for i in (Int(code.blocks[b].first)..<Int(code.blocks[b].end)).reversed() {
      forEachEffect(
        i, lowering,
        kill: { u in
          kill[u >> 6] |= 1 << UInt64(u & 63)
          gen[u >> 6] &= ~(1 << UInt64(u & 63))
        },
        use: { u in gen[u >> 6] |= 1 << UInt64(u & 63) },
        address: { s in addressed.append(s) })
    }
    var phis = flow.phis[b]
    for k in 0..<Int(code.blocks[b].succCount) {
      let s = code.succ(b, k)
      let n = Int(code.blocks[s].phiCount)
      if n == 0 { continue }
      let j = code.predIndex(from: b, edge: k, to: s)
      for p in Int(code.blocks[s].phiStart)..<Int(code.blocks[s].phiStart) + n {
        guard let t = slot(of: code.phiArgs[Int(code.phis[p].argStart) + j], lowering) else {
          continue
        }
        addressed.append(t)
        forEachUnit(of: t) { u in phis[u >> 6] |= 1 << UInt64(u & 63) }
      }
    }
    for s in addressed { escapes[s] = true }
    flow.gen[b] = gen
    flow.kill[b] = kill
    flow.phis[b] = phis
  }

  private mutating func recordCalls(_ lowering: Lowering, _ flow: Flow) {
    let code = lowering.code
    callNumber.removeAll(keepingCapacity: true)
    callNumber.append(contentsOf: repeatElement(-1, count: code.instructions.count))
    callSets.removeAll(keepingCapacity: true)
    for b in code.blocks.indices {
      var now = flow.liveOut(code, b)
      for i in (Int(code.blocks[b].first)..<Int(code.blocks[b].end)).reversed() {
        if code.instructions[i].flags.contains(.call) {
          callNumber[i] = Int32(callSets.count / setWords)
          for w in now.indices { callSets.append(now[w] | flow.always[w]) }
        }
        forEachEffect(
          i, lowering, kill: { u in now[u >> 6] &= ~(1 << UInt64(u & 63)) },
          use: { u in now[u >> 6] |= 1 << UInt64(u & 63) }, address: { _ in })
      }
    }
  }
}
