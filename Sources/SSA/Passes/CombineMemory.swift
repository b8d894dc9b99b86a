import Base

/// Combines accesses to adjacent memory: an integer put together from bytes (`encoding/binary`, hashes,
/// decoders of all kinds) is loaded at once, and one taken apart into bytes, like neighbouring
/// constants, is stored at once. The byte order against the machine's costs one `byteSwap`.
///
/// Only within a block: `straighten` comes before. A combined access stands where the last of its parts
/// stood, so every check that guards any of them has passed, and nothing between the first and
/// the last part may write memory (for stores: read, write or panic). amd64 allows any alignment.
///
/// requires: copies eliminated; keeps: cfg, dominators; destroys: use counts; leaves dead values.
public func combineMemory(_ f: Function) {
  var narrow = 0
  for b in f.order {
    for v in f.blocks[b].values where isNarrowAccess(f, v) { narrow += 1 }
  }
  if narrow < 2 { return }
  var pass = MemoryCombiner(f)
  for b in f.order {
    pass.combineLoads(b)
    pass.combineStores(b)
  }
  eliminateCopies(f)
}

private func isNarrowAccess(_ f: Function, _ v: ValueID) -> Bool {
  let x = f.values[v]
  if x.op == .load { return x.type.isInteger && x.type != .i64 }
  if x.op != .store { return false }
  let t = f.values[f.arg(v, 1)].type
  return t.isInteger && t != .i64
}

/// A place as (pointer + index) + offset; places with equal pointer and index are comparable.
struct MemoryPlace: Equatable {
  var base: ValueID
  var index: ValueID
  var offset: Int64

  func isBeside(_ other: MemoryPlace) -> Bool { base == other.base && index == other.index }
}

struct MemoryCombiner {
  let f: Function
  /// Index: value. Number of uses, and the last user among values.
  private var uses: [UInt32]
  private var user: [ValueID]
  /// Index: value. Its position in the block at hand.
  private var position: [Int32]
  /// How many values that may write memory stand before each position of the block at hand.
  private var writesBefore: [Int32] = []
  /// New values of the block at hand, with the position that they go behind.
  private var insertions: [(after: Int, value: ValueID)] = []

  init(_ f: Function) {
    self.f = f
    uses = f.useCounts()
    user = Array(repeating: .none, count: f.values.count)
    position = Array(repeating: -1, count: f.values.count)
    for b in f.order {
      for v in f.blocks[b].values {
        for k in f.argRange(v) { user[f.args[k].index] = v }
      }
    }
  }

  func place(_ access: ValueID) -> MemoryPlace {
    var p = MemoryPlace(base: f.arg(access, 0), index: .none, offset: f.values[access].auxInt)
    while f.values[p.base].op == .ptrAdd {
      var step = f.arg(p.base, 1)
      var constant: Int64 = 0
      if let c = f.constant(step) {
        constant = c
        step = .none
      } else if f.values[step].op == .add, let c = f.constant(f.arg(step, 1)) {
        constant = c
        step = f.arg(step, 0)
      }
      if step.isSome && p.index.isSome { break }
      if step.isSome { p.index = step }
      p.offset &+= constant
      p.base = f.arg(p.base, 0)
    }
    return p
  }

  private mutating func insert(
    _ op: Op, _ type: ValueType, _ args: [ValueID], auxInt: Int64 = 0, flags: ValueFlags = [],
    like: ValueID, after: Int
  ) -> ValueID {
    let v = f.makeValue(op, type, args, auxInt: auxInt, flags: flags, pos: f.values[like].pos)
    f.values[v].inlineNode = f.values[like].inlineNode
    f.values[v].block = f.values[like].block
    insertions.append((after: after, value: v))
    // A combined load may be a part of a still larger one.
    uses.append(1)
    user.append(.none)
    position.append(Int32(after))
    return v
  }

  private mutating func placeInsertions(_ b: BlockID, dropping: Set<Int> = []) {
    if insertions.isEmpty && dropping.isEmpty { return }
    let old = f.blocks[b].values
    var new: [ValueID] = []
    new.reserveCapacity(old.count + insertions.count)
    insertions.sort { ($0.after, $0.value.raw) < ($1.after, $1.value.raw) }
    var next = 0
    for i in -1..<old.count {
      if i >= 0 && !dropping.contains(i) { new.append(old[i]) }
      while next < insertions.count && insertions[next].after == i {
        new.append(insertions[next].value)
        next += 1
      }
    }
    f.blocks[b].values = new
    insertions.removeAll(keepingCapacity: true)
  }

  // MARK: loads

  private struct Part {
    var load: ValueID
    var size: Int
    /// Bits by which it is shifted into place.
    var shift: Int64
    var place: MemoryPlace
  }

  mutating func combineLoads(_ b: BlockID) {
    let values = f.blocks[b].values
    writesBefore.removeAll(keepingCapacity: true)
    var writes: Int32 = 0
    var roots = 0
    for (i, v) in values.enumerated() {
      position[v.index] = Int32(i)
      writesBefore.append(writes)
      let op = f.values[v].op
      if mayWrite(op) { writes += 1 }
      if op == .or && f.values[v].type != .i8 { roots += 1 }
    }
    if roots == 0 { return }
    for v in values where f.values[v].op == .or && !isInner(v) { combineTree(v, b) }
    placeInsertions(b)
  }

  private func mayWrite(_ op: Op) -> Bool {
    switch op {
    case .nilCheck, .boundsCheck, .keepAlive, .prefetch, .pause: return false
    default: return op.info.contains(.effect)
    }
  }

  /// Whether `v` is an operand of a larger tree of the same kind, in the same block.
  private func isInner(_ v: ValueID) -> Bool {
    guard uses[v.index] == 1, user[v.index].isSome else { return false }
    let u = f.values[user[v.index]]
    return u.op == .or && u.type == f.values[v].type && u.block == f.values[v].block
  }

  private mutating func combineTree(_ root: ValueID, _ b: BlockID) {
    let type = f.values[root].type
    var parts: [Part] = []
    var work = [f.arg(root, 0), f.arg(root, 1)]
    while let v = work.popLast() {
      if f.values[v].op == .or && isInner(v) {
        work.append(f.arg(v, 0))
        work.append(f.arg(v, 1))
      } else {
        guard parts.count < 8, let p = part(v, b, type) else { return }
        parts.append(p)
      }
    }
    parts.sort { $0.shift < $1.shift }
    let first = parts[0]
    let size = first.size
    guard first.shift == 0, let wide = integer(bytes: parts.count * size), wide.size <= type.size
    else { return }
    let step = parts[1].place.offset - first.place.offset
    guard step == Int64(size) || step == -1 && size == 1 else { return }
    for (k, p) in parts.enumerated() {
      guard p.size == size, p.shift == Int64(8 * size * k), p.place.isBeside(first.place),
        p.place.offset == first.place.offset + Int64(k) * step
      else { return }
    }
    let positions = parts.map { Int(position[$0.load.index]) }
    let last = positions.max()!
    guard writesBefore[last] == writesBefore[positions.min()!] else { return }

    let lowest = step > 0 ? first : parts[parts.count - 1]
    var v = insert(
      .load, wide, [f.arg(lowest.load, 0)], auxInt: f.values[lowest.load].auxInt,
      flags: commonFlags(parts.map { $0.load }), like: lowest.load, after: last)
    if step < 0 { v = insert(.byteSwap, wide, [v], like: root, after: last) }
    if wide.size < type.size { v = insert(.zeroExtend, type, [v], like: root, after: last) }
    f.replace(root, with: v)
  }

  /// `v` as a load that is extended and shifted into place, used for nothing else.
  private func part(_ v: ValueID, _ b: BlockID, _ type: ValueType) -> Part? {
    var v = v
    var shift: Int64 = 0
    guard uses[v.index] == 1 else { return nil }
    if f.values[v].op == .shl {
      guard let c = f.constant(f.arg(v, 1)), c >= 0, c < 64 else { return nil }
      shift = c
      v = f.arg(v, 0)
    }
    if f.values[v].op == .zeroExtend && uses[v.index] == 1 { v = f.resolve(f.arg(v, 0)) }
    let x = f.values[v]
    guard x.op == .load, x.block == b, x.type.isInteger, uses[v.index] == 1,
      shift + Int64(x.type.bits) <= Int64(type.bits)
    else { return nil }
    return Part(load: v, size: x.type.size, shift: shift, place: place(v))
  }

  /// What holds for each of the accesses: that its pointer is not nil, that its memory never changes.
  private func commonFlags(_ accesses: [ValueID]) -> ValueFlags {
    accesses.reduce([.nonNil, .invariant]) { $0.intersection(f.values[$1].flags) }
  }

  private func integer(bytes: Int) -> ValueType? {
    switch bytes {
    case 2: return .i16
    case 4: return .i32
    case 8: return .i64
    default: return nil
    }
  }

  // MARK: stores

  private struct Piece {
    /// Position in the block.
    var at: Int
    var store: ValueID
    var size: Int
    var place: MemoryPlace
    /// The bits `shift` and up of `source`, or a constant.
    var source: ValueID
    var shift: Int64
    var constant: Int64?
  }

  mutating func combineStores(_ b: BlockID) {
    var pending: [Piece] = []
    var dropped: Set<Int> = []
    let values = f.blocks[b].values
    for (i, v) in values.enumerated() {
      let info = f.values[v].op.info
      guard info.contains(.effect) || info.contains(.readsMemory) else { continue }
      if let p = piece(v, i), pending.isEmpty || p.place.isBeside(pending[0].place) {
        pending.append(p)
        continue
      }
      combine(pending, &dropped)
      pending.removeAll(keepingCapacity: true)
      if let p = piece(v, i) { pending.append(p) }
    }
    combine(pending, &dropped)
    placeInsertions(b, dropping: dropped)
    for i in dropped {
      f.values[values[i]].block = .none
      f.values[values[i]].op = .invalid
      f.values[values[i]].argCount = 0
    }
  }

  private func piece(_ v: ValueID, _ at: Int) -> Piece? {
    guard f.values[v].op == .store else { return nil }
    let value = f.arg(v, 1)
    let type = f.values[value].type
    guard type.isInteger else { return nil }
    var p = Piece(
      at: at, store: v, size: type.size, place: place(v), source: value, shift: 0, constant: nil)
    if let c = f.constant(value) {
      p.constant = c
    } else {
      (p.source, p.shift) = origin(value, bits: Int64(type.bits))
    }
    return p
  }

  /// The widest value of which the lowest `bits` of `v` are a piece, and where in it they lie.
  private func origin(_ v: ValueID, bits: Int64) -> (ValueID, Int64) {
    var v = v
    var shift: Int64 = 0
    while true {
      let x = f.values[v]
      switch x.op {
      case .truncate: v = f.arg(v, 0)
      case .shrU, .shrS:
        guard let c = f.constant(f.arg(v, 1)), c >= 0, shift + c + bits <= Int64(x.type.bits)
        else { return (v, shift) }
        shift += c
        v = f.arg(v, 0)
      case .zeroExtend, .signExtend:
        guard shift + bits <= Int64(f.values[f.arg(v, 0)].type.bits) else { return (v, shift) }
        v = f.arg(v, 0)
      default: return (v, shift)
      }
    }
  }

  private mutating func combine(_ pieces: [Piece], _ dropped: inout Set<Int>) {
    if pieces.count < 2 { return }
    let sorted = pieces.sorted { ($0.place.offset, $0.at) < ($1.place.offset, $1.at) }
    for (a, b) in zip(sorted, sorted.dropFirst())
    where a.place.offset + Int64(a.size) > b.place.offset { return }  // the later one wins
    var i = 0
    while i < sorted.count - 1 {
      let n = longestRun(sorted[i...])
      if n > 1 { merge(Array(sorted[i..<(i + n)]), &dropped) }
      i += max(n, 1)
    }
  }

  /// How many of the pieces, from the first on, make one store; 0 if none do.
  private func longestRun(_ pieces: ArraySlice<Piece>) -> Int {
    var best = 0
    var bytes = 0
    var n = 0
    for p in pieces {
      let before = pieces[pieces.startIndex]
      guard p.place.offset == before.place.offset + Int64(bytes), bytes + p.size <= 8 else { break }
      bytes += p.size
      n += 1
      if n > 1, integer(bytes: bytes) != nil, isStorable(pieces.prefix(n), bytes) { best = n }
    }
    return best
  }

  private func isStorable(_ run: ArraySlice<Piece>, _ bytes: Int) -> Bool {
    let first = run[run.startIndex]
    if run.allSatisfy({ $0.constant != nil }) {
      // A wider constant would need a register.
      let c = constant(of: run)
      return bytes < 8 || Int64(Int32(truncatingIfNeeded: c)) == c
    }
    guard first.constant == nil, run.allSatisfy({ $0.constant == nil && $0.size == first.size })
    else { return false }
    let step = run[run.startIndex + 1].shift - first.shift
    guard step == Int64(8 * first.size) || step == -8 && first.size == 1 else { return false }
    for (k, p) in run.enumerated()
    where p.source != first.source || p.shift != first.shift + Int64(k) * step { return false }
    let low = min(first.shift, run[run.endIndex - 1].shift)
    return low + Int64(8 * bytes) <= Int64(f.values[first.source].type.bits)
  }

  private func constant(of run: ArraySlice<Piece>) -> Int64 {
    var bits: UInt64 = 0
    for p in run {
      let at = UInt64(p.place.offset - run[run.startIndex].place.offset) * 8
      let mask = p.size == 8 ? UInt64.max : 1 << UInt64(8 * p.size) - 1
      bits |= (UInt64(bitPattern: p.constant!) & mask) << at
    }
    return Int64(bitPattern: bits)
  }

  /// Makes one store of the run: the last one in order of execution becomes it.
  private mutating func merge(_ run: [Piece], _ dropped: inout Set<Int>) {
    let bytes = run.reduce(0) { $0 + $1.size }
    let type = integer(bytes: bytes)!
    let last = run.max { $0.at < $1.at }!
    let behind = last.at - 1
    var value: ValueID
    if run[0].constant != nil {
      let c = wrap(constant(of: run[...]), type)
      value = insert(.constInt, type, [], auxInt: c, like: last.store, after: behind)
    } else {
      value = run[0].source
      let low = min(run[0].shift, run[run.count - 1].shift)
      let whole = f.values[value].type
      if low > 0 {
        let c = insert(.constInt, .i64, [], auxInt: low, like: last.store, after: behind)
        value = insert(
          .shrU, whole, [value, c], flags: .bounded, like: last.store, after: behind)
      }
      if whole.size > type.size {
        value = insert(.truncate, type, [value], like: last.store, after: behind)
      }
      if run[1].shift < run[0].shift {
        value = insert(.byteSwap, type, [value], like: last.store, after: behind)
      }
    }
    f.setArg(last.store, 0, f.arg(run[0].store, 0))
    f.setArg(last.store, 1, value)
    f.values[last.store].auxInt = f.values[run[0].store].auxInt
    f.values[last.store].flags = commonFlags(run.map { $0.store })
    for p in run where p.at != last.at { dropped.insert(p.at) }
  }
}
