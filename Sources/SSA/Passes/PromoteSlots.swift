import Base

/// Scalar replacement: frame slots that are only loaded and stored whole, field by field, become
/// SSA values.
///
/// A *cell* is one (slot, offset, type) that is accessed. A slot is promoted when nothing but
/// loads, stores and zeroing uses its address and no two cells overlap. Phis are placed by iterated
/// dominance frontiers for cells that are live across blocks; renaming is one walk of the dominator
/// tree. Cytron, Ferrante, Rosen, Wegman and Zadeck, "Efficiently Computing Static Single
/// Assignment Form" (1991); frontiers after Cooper, Harvey and Kennedy.
///
/// Slots that the recover landing reads stay in memory: what they hold must be there after any
/// panic.
///
/// requires: copies eliminated, dominators; keeps: cfg, dominators; destroys: use counts.
public func promoteSlots(_ f: Function, _ dom: Dominators) {
  guard !f.slots.isEmpty else { return }
  var p = SlotPromotion(f, dom)
  guard p.findCells() else { return }
  p.placePhis()
  p.rename()
  eliminateCopies(f)
}

struct SlotPromotion {
  let f: Function
  let dom: Dominators

  struct Cell {
    var slot: Int
    var offset: Int64
    var type: ValueType
  }
  var cells: [Cell] = []
  /// Index: slot. First cell and number of cells, -1 if the slot stays in memory.
  var slotCells: [(first: Int, count: Int)]
  /// Index: block, then cell: the phi placed there.
  var phis: [[(cell: Int, phi: ValueID)]]
  private var current: [ValueID] = []
  private var trail: [(cell: Int, old: ValueID)] = []
  private var zeros: [ValueID] = []

  init(_ f: Function, _ dom: Dominators) {
    self.f = f
    self.dom = dom
    slotCells = Array(repeating: (0, 0), count: f.slots.count)
    phis = Array(repeating: [], count: f.blocks.count)
  }

  // MARK: cells

  /// Finds the promotable slots and their cells; reports whether there are any.
  mutating func findCells() -> Bool {
    var bad = [Bool](repeating: false, count: f.slots.count)
    var accesses: [[Cell]] = Array(repeating: [], count: f.slots.count)
    let landing = landingBlocks()
    for b in f.order {
      for v in f.blocks[b].values {
        scan(v, in: b, landing, &bad, &accesses)
      }
      for r in f.blocks[b].results { reject(r, &bad) }
      reject(f.blocks[b].control, &bad)
    }
    for c in f.calls { for v in c.keepAlive { reject(v, &bad) } }
    for s in f.slots.indices {
      slotCells[s] = (-1, 0)
      if bad[s] || accesses[s].isEmpty { continue }
      let sorted = accesses[s].sorted {
        ($0.offset, $0.type.rawValue) < ($1.offset, $1.type.rawValue)
      }
      if let unique = disjoint(sorted), unique.count <= 16 {
        slotCells[s] = (cells.count, unique.count)
        cells.append(contentsOf: unique)
      }
    }
    return !cells.isEmpty
  }

  /// Blocks reachable from the recover landing.
  private func landingBlocks() -> [Bool] {
    var seen = [Bool](repeating: false, count: f.blocks.count)
    guard f.recoverLanding.isSome else { return seen }
    var work = [f.recoverLanding]
    while let b = work.popLast() {
      if seen[b.index] { continue }
      seen[b.index] = true
      work.append(contentsOf: f.blocks[b].succs)
    }
    return seen
  }

  private func reject(_ v: ValueID, _ bad: inout [Bool]) {
    if v.isSome && f.values[v].op == .slotAddress { bad[Int(f.values[v].aux)] = true }
  }

  private func scan(
    _ v: ValueID, in b: BlockID, _ landing: [Bool], _ bad: inout [Bool], _ accesses: inout [[Cell]]
  ) {
    let x = f.values[v]
    for i in 0..<Int(x.argCount) {
      let a = f.arg(v, i)
      guard f.values[a].op == .slotAddress else { continue }
      let s = Int(f.values[a].aux)
      let at = f.values[a].auxInt + x.auxInt
      if landing[b.index] { bad[s] = true }
      switch x.op {
      case .load: accesses[s].append(Cell(slot: s, offset: at, type: x.type))
      case .store where i == 0:
        accesses[s].append(Cell(slot: s, offset: at, type: f.values[f.arg(v, 1)].type))
      case .zeroMemory: break
      case .nilCheck: break
      default: bad[s] = true
      }
    }
  }

  /// The distinct cells, or nil if two overlap.
  private func disjoint(_ sorted: [Cell]) -> [Cell]? {
    var out: [Cell] = []
    for c in sorted {
      if let last = out.last {
        if last.offset == c.offset && last.type == c.type { continue }
        if last.offset + Int64(last.type.size) > c.offset { return nil }
      }
      out.append(c)
    }
    return out
  }

  /// The cell that `v`, a load or store of a promoted slot, accesses; -1 if none.
  private func cell(of v: ValueID) -> Int {
    let a = f.arg(v, 0)
    guard f.values[a].op == .slotAddress else { return -1 }
    let s = slotCells[Int(f.values[a].aux)]
    if s.first < 0 { return -1 }
    let at = f.values[a].auxInt + f.values[v].auxInt
    for i in s.first..<(s.first + s.count) where cells[i].offset == at { return i }
    return -1
  }

  // MARK: phis

  mutating func placePhis() {
    let frontiers = dominanceFrontiers()
    var defs: [[BlockID]] = Array(repeating: [], count: cells.count)
    var exposed = [Bool](repeating: false, count: cells.count)
    var definedHere = [Int32](repeating: -1, count: cells.count)
    for (n, b) in dom.reversePostorder.enumerated() {
      for v in f.blocks[b].values {
        switch f.values[v].op {
        case .load:
          let c = cell(of: v)
          if c >= 0 && definedHere[c] != Int32(n) { exposed[c] = true }
        case .store:
          let c = cell(of: v)
          if c >= 0 { define(c, b, n, &defs, &definedHere) }
        case .zeroMemory:
          for c in zeroed(v) { define(c, b, n, &defs, &definedHere) }
        default: break
        }
      }
    }
    for c in cells.indices where exposed[c] { placePhis(cell: c, defs[c], frontiers) }
  }

  private func define(
    _ c: Int, _ b: BlockID, _ n: Int, _ defs: inout [[BlockID]], _ definedHere: inout [Int32]
  ) {
    definedHere[c] = Int32(n)
    if defs[c].last != b { defs[c].append(b) }
  }

  /// Cells that a zeroMemory covers. One that is only partly covered cannot be: regions are fields.
  private func zeroed(_ v: ValueID) -> Range<Int> {
    let a = f.arg(v, 0)
    guard f.values[a].op == .slotAddress else { return 0..<0 }
    let s = slotCells[Int(f.values[a].aux)]
    if s.first < 0 { return 0..<0 }
    let from = f.values[a].auxInt + f.values[v].auxInt
    let to = from + Int64(f.memories[Int(f.values[v].aux)].size)
    var lo = s.first
    let end = s.first + s.count
    while lo < end && cells[lo].offset < from { lo += 1 }
    var hi = lo
    while hi < end && cells[hi].offset < to { hi += 1 }
    return lo..<hi
  }

  private mutating func placePhis(cell c: Int, _ defs: [BlockID], _ frontiers: [[BlockID]]) {
    var work = defs
    var has = BitSet(capacity: f.blocks.count)
    while let b = work.popLast() {
      for d in frontiers[b.index] where has.insert(d.index) {
        let n = f.blocks[d].preds.count
        let phi = f.makeValue(.phi, cells[c].type, Array(repeating: ValueID.none, count: n))
        f.values[phi].block = d
        phis[d.index].append((c, phi))
        work.append(d)
      }
    }
  }

  private func dominanceFrontiers() -> [[BlockID]] {
    var df: [[BlockID]] = Array(repeating: [], count: f.blocks.count)
    for b in dom.reversePostorder where f.blocks[b].preds.count >= 2 {
      for p in f.blocks[b].preds where dom.isReachable(p) {
        var runner = p
        while runner.isSome && runner != dom.idom[b.index] {
          if df[runner.index].last != b { df[runner.index].append(b) }
          runner = dom.idom[runner.index]
        }
      }
    }
    return df
  }

  // MARK: renaming

  mutating func rename() {
    current = Array(repeating: .none, count: cells.count)
    zeros = Array(repeating: .none, count: cells.count)
    var children: [[BlockID]] = Array(repeating: [], count: f.blocks.count)
    for b in dom.reversePostorder where dom.idom[b.index].isSome {
      children[dom.idom[b.index].index].append(b)
    }
    for root in dom.reversePostorder where dom.idom[root.index].isNone {
      var stack: [(BlockID, Int, Int)] = [(root, 0, trail.count)]
      visit(root)
      while let (b, i, mark) = stack.last {
        if i < children[b.index].count {
          stack[stack.count - 1].1 = i + 1
          let c = children[b.index][i]
          stack.append((c, 0, trail.count))
          visit(c)
        } else {
          while trail.count > mark {
            let t = trail.removeLast()
            current[t.cell] = t.old
          }
          stack.removeLast()
        }
      }
    }
    for b in dom.reversePostorder where !phis[b.index].isEmpty {
      f.blocks[b].values.insert(contentsOf: phis[b.index].map { $0.phi }, at: 0)
    }
  }

  private mutating func set(_ c: Int, _ v: ValueID) {
    trail.append((c, current[c]))
    current[c] = v
  }

  /// The cell's value now; zero before its first definition.
  private mutating func value(_ c: Int) -> ValueID {
    current[c].isSome ? current[c] : zero(c)
  }

  private mutating func zero(_ c: Int) -> ValueID {
    if zeros[c].isSome { return zeros[c] }
    let t = cells[c].type
    let op: Op = t == .ptr ? .constNil : t.isFloat ? .constFloat : .constInt
    let v = f.makeValue(op, t)
    f.values[v].block = f.entry
    let at = f.blocks[f.entry].values.firstIndex { f.values[$0].op != .param }
    f.blocks[f.entry].values.insert(v, at: at ?? f.blocks[f.entry].values.count)
    zeros[c] = v
    return v
  }

  private mutating func visit(_ b: BlockID) {
    for (c, phi) in phis[b.index] { set(c, phi) }
    var i = 0
    while i < f.blocks[b].values.count {
      let v = f.blocks[b].values[i]
      rewrite(v)
      // A zero made for an access in the entry block itself shifts the rest by one.
      i = f.blocks[b].values[i] == v ? i + 1 : i + 2
    }
    for (k, s) in f.blocks[b].succs.enumerated() where !phis[s.index].isEmpty {
      let at = f.predIndex(b, successor: k)
      for (c, phi) in phis[s.index] {
        let x = value(c)
        f.setArg(phi, at, x)
      }
    }
  }

  private mutating func rewrite(_ v: ValueID) {
    switch f.values[v].op {
    case .load:
      let c = cell(of: v)
      if c >= 0 { f.replace(v, with: value(c)) }
    case .store:
      let c = cell(of: v)
      if c >= 0 {
        set(c, f.arg(v, 1))
        f.replace(v, with: f.arg(v, 1))
      }
    case .zeroMemory:
      let a = f.arg(v, 0)
      guard f.values[a].op == .slotAddress, slotCells[Int(f.values[a].aux)].first >= 0 else {
        return
      }
      for c in zeroed(v) { set(c, zero(c)) }
      f.replace(v, with: a)
    default: break
    }
  }
}
