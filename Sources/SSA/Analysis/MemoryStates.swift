/// Which state of memory each load sees.
///
/// Memory is not a value in this representation, so the states are numbered beside it: every
/// operation that may write begins a new state, and where paths with different states meet, the
/// block begins one of its own. Two loads of one address in one state give the same value. The
/// numbering is optimistic: a loop without writes keeps the state of what stands before it (Click,
/// "Combining Analyses, Combining Optimizations", 1995, for why to begin with the optimistic
/// assumption).
///
/// `canonical` looks back past writes that cannot touch the place that is read: other symbols,
/// other frame slots, other offsets of the same base, and for frame slots whose address stays in
/// the function also calls and stores through pointers.
struct MemoryStates {
  let f: Function
  /// Index: block. The state at its start: the raw id of the value that wrote last, or `merged`
  /// plus the block where paths met.
  private(set) var atStart: [UInt32]
  /// Index: value. The state in front of a value that writes.
  private(set) var before: [UInt32]
  /// Index: value. The frame slot that an address is derived from, plus 1; 0 for all others.
  private var slotOf: [UInt32]
  /// Index: slot. Its address is used for nothing but direct accesses.
  private var isPrivate: [Bool]
  private let writesOnAllocation: Bool

  static let merged: UInt32 = 1 << 31

  /// `places`: only to compare places; there are no states.
  init(_ f: Function, _ dom: Dominators, places: Bool = false) {
    self.f = f
    atStart = Array(repeating: 0, count: f.blocks.count)
    before = Array(repeating: 0, count: f.values.count)
    slotOf = Array(repeating: 0, count: f.values.count)
    isPrivate = Array(repeating: true, count: f.slots.count)
    writesOnAllocation = f.flags.contains(.unsafePoints)
    if !places { numberStates(dom) }
    findPrivateSlots(dom)
  }

  /// Whether an operation may change memory that another one reads. The collector moves stacks
  /// during allocations, which only code of the runtime can notice.
  func writes(_ op: Op) -> Bool {
    switch op {
    case .nilCheck, .boundsCheck, .keepAlive, .prefetch: return false
    case .alloc, .box, .allocSlice: return writesOnAllocation
    case .machine, .pause: return true
    default: return op.info.contains(.effect)
    }
  }

  private mutating func numberStates(_ dom: Dominators) {
    // Index: block. The last value that writes, 0 if there is none.
    var last = [UInt32](repeating: 0, count: f.blocks.count)
    for b in dom.reversePostorder {
      for v in f.blocks[b].values where writes(f.values[v].op) { last[b.index] = v.raw }
    }
    var rounds = 0
    var changed = true
    while changed {
      changed = false
      rounds += 1
      for b in dom.reversePostorder {
        let own = MemoryStates.merged | b.raw
        if atStart[b.index] == own { continue }
        var state: UInt32 =
          f.blocks[b].preds.isEmpty || rounds > 8 && f.blocks[b].preds.count > 1 ? own : 0
        for p in f.blocks[b].preds where dom.isReachable(p) {
          let out = last[p.index] != 0 ? last[p.index] : atStart[p.index]
          if out == 0 { continue }
          if state != 0 && state != out { state = own } else { state = out }
        }
        if state != atStart[b.index] {
          atStart[b.index] = state
          changed = true
        }
      }
    }
    for b in dom.reversePostorder {
      var state = atStart[b.index]
      for v in f.blocks[b].values where writes(f.values[v].op) {
        before[v.index] = state
        state = v.raw
      }
    }
  }

  // MARK: places

  private mutating func findPrivateSlots(_ dom: Dominators) {
    if f.slots.isEmpty { return }
    for b in dom.reversePostorder {
      for v in f.blocks[b].values {
        let x = f.values[v]
        switch x.op {
        case .slotAddress: slotOf[v.index] = x.aux + 1
        case .ptrAdd, .copy: slotOf[v.index] = slotOf[f.arg(v, 0).index]
        default: break
        }
        for (i, k) in f.argRange(v).enumerated() {
          let s = slotOf[f.args[k].index]
          if s == 0 { continue }
          switch x.op {
          case .load, .zeroMemory, .copyMemory, .nilCheck, .keepAlive: break
          case .store, .ptrAdd, .copy: if i != 0 { isPrivate[Int(s) - 1] = false }
          default: isPrivate[Int(s) - 1] = false
          }
        }
      }
      for r in f.blocks[b].results where slotOf[r.index] != 0 {
        isPrivate[Int(slotOf[r.index]) - 1] = false
      }
    }
    // Phis of loops and blocks out of order: what was not derived in this walk counts as public.
    for b in dom.reversePostorder {
      for v in f.blocks[b].values where f.values[v].op == .phi {
        for k in f.argRange(v) where slotOf[f.args[k].index] != 0 {
          isPrivate[Int(slotOf[f.args[k].index]) - 1] = false
        }
      }
    }
    for c in f.calls {
      for v in c.keepAlive where slotOf[v.index] != 0 {
        isPrivate[Int(slotOf[v.index]) - 1] = false
      }
    }
  }

  /// A range of memory: `size` bytes at base + offset.
  struct Place {
    var base: ValueID
    var offset: Int64
    var size: Int64
    /// Frame slot plus 1, or 0; symbol, or 0.
    var slot: UInt32 = 0
    var symbol: UInt32 = 0
  }

  func place(_ address: ValueID, _ offset: Int64, _ size: Int) -> Place {
    var p = f.resolve(address)
    var at = offset
    while f.values[p].op == .ptrAdd, let c = f.constant(f.resolve(f.arg(p, 1))) {
      at = at &+ c
      p = f.resolve(f.arg(p, 0))
    }
    var r = Place(base: p, offset: at, size: Int64(size))
    switch f.values[p].op {
    case .slotAddress:
      r.offset = at &+ f.values[p].auxInt
      r.base = .none
    case .symbolAddress:
      r.offset = at &+ f.values[p].auxInt
      r.base = .none
    default: break
    }
    r.slot = slotOf[p.index]
    var root = p
    while f.values[root].op == .ptrAdd { root = f.resolve(f.arg(root, 0)) }
    if f.values[root].op == .symbolAddress { r.symbol = f.values[root].aux }
    return r
  }

  func areDisjoint(_ a: Place, _ b: Place) -> Bool {
    if a.slot != 0 && b.slot != 0 && a.slot != b.slot { return true }
    if a.symbol != 0 && b.symbol != 0 && a.symbol != b.symbol { return true }
    if a.slot != 0 && b.symbol != 0 || a.symbol != 0 && b.slot != 0 { return true }
    if a.slot != 0 && b.slot == 0 && isPrivate[Int(a.slot) - 1] { return true }
    if b.slot != 0 && a.slot == 0 && isPrivate[Int(b.slot) - 1] { return true }
    if a.slot == b.slot && a.symbol == b.symbol && a.base == b.base
      && (a.base.isSome || a.slot | a.symbol != 0)
    {
      return a.offset &+ a.size <= b.offset || b.offset &+ b.size <= a.offset
    }
    return false
  }

  func isSame(_ a: Place, _ b: Place) -> Bool {
    a.base == b.base && a.offset == b.offset && a.size == b.size && a.slot == b.slot
      && a.symbol == b.symbol && (a.base.isSome || a.slot | a.symbol != 0)
  }

  /// The place that value `v` writes, if it is a single range.
  func written(_ v: ValueID) -> Place? {
    let x = f.values[v]
    switch x.op {
    case .store: return place(f.arg(v, 0), x.auxInt, f.values[f.arg(v, 1)].type.size)
    case .zeroMemory, .copyMemory:
      return place(f.arg(v, 0), x.auxInt, f.memories[Int(x.aux)].size)
    default: return nil
    }
  }

  /// The earliest state in which `p` has the contents that it has in `state`, as far as one looks
  /// back.
  func canonical(_ p: Place, _ state: UInt32) -> UInt32 {
    var s = state
    for _ in 0..<16 {
      if s & MemoryStates.merged != 0 || s == 0 { return s }
      let v = ValueID(raw: s)
      if let w = written(v) {
        if !areDisjoint(p, w) { return s }
      } else if f.values[v].op == .copy {
        // A store that turned out to change nothing.
      } else if p.slot == 0 || !isPrivate[Int(p.slot) - 1] {
        return s
      }
      s = before[v.index]
    }
    return s
  }
}
