import Base

/// A live value and how far its next use is, in instructions, calls and unlikely edges weighing more.
struct LiveEntry {
  var vreg: VReg
  var distance: Int32
}

/// Weights of distances. A value whose next use is beyond a call gains nothing from a register.
enum Distance {
  static let call: Int32 = 1000
  static let likely: Int32 = 1
  static let normal: Int32 = 10
  static let cold: Int32 = 300
  static let limit: Int32 = 1 << 28
}

/// Values live at the end of each block with the distance of their next use.
///
/// Backward data flow over sparse lists. A value's single definition makes the transfer function
/// trivial: what is live out of a block and not defined in it is live in.
struct Liveness {
  /// Index: block.
  var liveOut: [[LiveEntry]] = []
  /// Upward-exposed uses: entries of block b are `exposedStart[b] ..< exposedStart[b + 1]`.
  private var exposed: [LiveEntry] = []
  private var exposedStart: [Int32] = []
  /// Length of each block in weighted instructions.
  private(set) var length: [Int32] = []
  private var stamp: [UInt32] = []
  private var place: [Int32] = []
  private var clock: UInt32 = 0

  mutating func compute(_ code: MachineCode) {
    let n = code.blocks.count
    for i in liveOut.indices { liveOut[i].removeAll(keepingCapacity: true) }
    while liveOut.count < n { liveOut.append([]) }
    if stamp.count < code.vregs.count {
      let extra = code.vregs.count - stamp.count + 64
      stamp.append(contentsOf: repeatElement(0, count: extra))
      place.append(contentsOf: repeatElement(0, count: extra))
    }
    collectExposed(code)
    var changed = true
    var rounds = 0
    while changed {
      changed = false
      rounds += 1
      for b in stride(from: n - 1, through: 0, by: -1) {
        if update(code, b, refine: rounds <= 3) { changed = true }
      }
    }
  }

  /// Calls `body` for each value live into block `b`.
  @inline(__always)
  func forEachLiveIn(_ code: MachineCode, _ b: Int, _ body: (VReg, Int32) -> Void) {
    let length = self.length[b]
    for i in Int(exposedStart[b])..<Int(exposedStart[b + 1]) {
      body(exposed[i].vreg, exposed[i].distance)
    }
    for e in liveOut[b] where code.vregs[Int(e.vreg)].block != Int32(b) {
      body(e.vreg, min(e.distance + length, Distance.limit))
    }
  }

  private mutating func collectExposed(_ code: MachineCode) {
    exposed.removeAll(keepingCapacity: true)
    exposedStart.removeAll(keepingCapacity: true)
    length.removeAll(keepingCapacity: true)
    for b in code.blocks.indices {
      exposedStart.append(Int32(exposed.count))
      clock &+= 1
      var position: Int32 = 0
      for i in Int(code.blocks[b].first)..<Int(code.blocks[b].end) {
        let record = code.instructions[i]
        let start = Int(record.operandStart)
        for k in start..<start + Int(record.operandCount) {
          let o = code.operands[k]
          if o.kind.rawValue > Operand.Kind.useAny.rawValue { continue }
          let v = Int(o.vreg)
          if code.vregs[v].isRemat || code.vregs[v].block == Int32(b) || stamp[v] == clock {
            continue
          }
          stamp[v] = clock
          exposed.append(LiveEntry(vreg: o.vreg, distance: position))
        }
        position += record.flags.contains(.call) ? Distance.call : 1
      }
      length.append(position)
    }
    exposedStart.append(Int32(exposed.count))
  }

  private mutating func update(_ code: MachineCode, _ b: Int, refine: Bool) -> Bool {
    clock &+= 1
    var list = liveOut[b]
    liveOut[b] = []
    let before = list.count
    var changed = false
    for (i, e) in list.enumerated() {
      stamp[Int(e.vreg)] = clock
      place[Int(e.vreg)] = Int32(i)
    }
    let block = code.blocks[b]
    for k in 0..<Int(block.succCount) {
      let s = code.succ(b, k)
      var edge = Distance.normal
      if block.succCount == 1 {
        edge = Distance.likely
      } else if code.blocks[s].isCold && !block.isCold {
        edge = Distance.cold
      }
      let sLength = length[s]
      for i in Int(exposedStart[s])..<Int(exposedStart[s + 1]) {
        let e = exposed[i]
        if add(&list, e.vreg, e.distance + edge) { changed = true }
      }
      // A block that is its own successor has just had its list taken: it is `list` itself.
      if s == b {
        var i = 0
        while i < list.count {
          let e = list[i]
          if code.vregs[Int(e.vreg)].block != Int32(s) {
            _ = add(&list, e.vreg, min(e.distance + sLength + edge, Distance.limit))
          }
          i += 1
        }
      } else {
        for i in liveOut[s].indices {
          let e = liveOut[s][i]
          if code.vregs[Int(e.vreg)].block != Int32(s) {
            if add(&list, e.vreg, min(e.distance + sLength + edge, Distance.limit)) {
              changed = true
            }
          }
        }
      }
      let phiCount = Int(code.blocks[s].phiCount)
      if phiCount > 0 {
        let j = code.predIndex(from: b, edge: k, to: s)
        for p in Int(code.blocks[s].phiStart)..<Int(code.blocks[s].phiStart) + phiCount {
          let a = code.phiArgs[Int(code.phis[p].argStart) + j]
          if code.vregs[Int(a)].isRemat { continue }
          if add(&list, a, edge) { changed = true }
        }
      }
    }
    if list.count != before { changed = true }
    liveOut[b] = list
    return list.count != before || (refine && changed)
  }

  @inline(__always)
  private mutating func add(_ list: inout [LiveEntry], _ v: VReg, _ d: Int32) -> Bool {
    if stamp[Int(v)] == clock {
      let i = Int(place[Int(v)])
      if list[i].distance > d {
        list[i].distance = d
        return true
      }
      return false
    }
    stamp[Int(v)] = clock
    place[Int(v)] = Int32(list.count)
    list.append(LiveEntry(vreg: v, distance: d))
    return true
  }
}
