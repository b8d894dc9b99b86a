import Base

/// Takes copies of small aggregates apart: a copy into or out of a frame slot becomes a load and a store of each
/// field, where the function accesses the slot's fields as well. Then the slot can be promoted: the fields go
/// from where they are made to where they are needed, and what nobody reads is not copied. (Besides, a wide load of what
/// was just stored in parts waits for the stores to reach the cache.)
///
/// The fields are those that loads and stores access, in this slot and in those that it is copied to; the rest is words,
/// pointers where the slot's mask says so. A slot in which a pointer is accessed as a number, or the
/// other way round, is left alone.
///
/// requires: copies eliminated; keeps: cfg, dominators; destroys: use counts.
public func splitCopies(_ f: Function) {
  if f.slots.isEmpty || f.recoverLanding.isSome { return }
  let hasCopies = f.order.contains { b in
    f.blocks[b].values.contains { f.values[$0].op == .copyMemory }
  }
  if !hasCopies { return }
  var s = CopySplitter(f)
  s.run()
}

private struct CopySplitter {
  let f: Function

  private struct Field: Hashable {
    var offset: Int64
    var type: ValueType
  }
  /// Index: slot. Its address is used for accesses and copies only.
  private var isFit: [Bool]
  private var fields: [[Field]]
  private var copies: [(copy: ValueID, to: Int, from: Int)] = []
  private var copyCount: [Int]

  /// A slot's size, its number of fields (which `promoteSlots` limits to 16), and how often it may be copied.
  private static let maxSize = 128
  private static let maxFields = 14
  private static let maxCopies = 6

  init(_ f: Function) {
    self.f = f
    isFit = f.slots.map { $0.size <= CopySplitter.maxSize && $0.size > 0 && $0.size % 8 == 0 }
    if f.deferSlot >= 0 { isFit[f.deferSlot] = false }
    fields = Array(repeating: [], count: f.slots.count)
    copyCount = Array(repeating: 0, count: f.slots.count)
  }

  mutating func run() {
    for b in f.order {
      for v in f.blocks[b].values { scan(v) }
      for r in f.blocks[b].results { reject(r) }
      reject(f.blocks[b].control)
    }
    for c in f.calls { for v in c.keepAlive { reject(v) } }
    for s in f.slots.indices where isFit[s] {
      isFit[s] = !fields[s].isEmpty && copyCount[s] > 0 && copyCount[s] <= CopySplitter.maxCopies
    }
    if !isFit.contains(true) { return }
    for _ in 0..<3 { share() }
    for s in f.slots.indices where isFit[s] {
      if let all = complete(s) { fields[s] = all } else { isFit[s] = false }
    }
    for b in f.order { rewrite(b) }
  }

  // MARK: fields

  private func slot(_ v: ValueID) -> Int? {
    f.values[v].op == .slotAddress ? Int(f.values[v].aux) : nil
  }

  private mutating func reject(_ v: ValueID) {
    if v.isSome, let s = slot(v) { isFit[s] = false }
  }

  private mutating func scan(_ v: ValueID) {
    let x = f.values[v]
    if x.op == .copyMemory {
      scanCopy(v)
      return
    }
    for i in 0..<Int(x.argCount) {
      let a = f.arg(v, i)
      guard let s = slot(a) else { continue }
      let at = f.values[a].auxInt &+ x.auxInt
      switch x.op {
      case .load: add(Field(offset: at, type: x.type), to: s)
      case .store where i == 0: add(Field(offset: at, type: f.values[f.arg(v, 1)].type), to: s)
      case .zeroMemory, .nilCheck: break
      default: isFit[s] = false
      }
    }
  }

  private mutating func scanCopy(_ v: ValueID) {
    let to = slot(f.arg(v, 0))
    let from = slot(f.arg(v, 1))
    if to == nil && from == nil { return }
    let size = f.memories[Int(f.values[v].aux)].size
    for (k, s) in [to, from].enumerated() {
      guard let s else { continue }
      copyCount[s] += 1
      // Whole slots only: a part may end inside a field.
      if f.values[f.arg(v, k)].auxInt != 0 || f.values[v].auxInt != 0 || size != f.slots[s].size {
        isFit[s] = false
      }
    }
    if to == from { isFit[to!] = false }
    copies.append((copy: v, to: to ?? -1, from: from ?? -1))
  }

  private mutating func add(_ field: Field, to s: Int) {
    if fields[s].count > CopySplitter.maxFields || !isFit[s] { return }
    if !fields[s].contains(field) { fields[s].append(field) }
  }

  /// A copy from slot to slot: what is a field of one is a field of the other.
  private mutating func share() {
    for c in copies where c.to >= 0 && c.from >= 0 && isFit[c.to] && isFit[c.from] {
      for field in fields[c.from] { add(field, to: c.to) }
      for field in fields[c.to] { add(field, to: c.from) }
    }
  }

  private func isPointer(_ s: Int, _ word: Int) -> Bool {
    let mask = f.slots[s].pointerMask
    return word >> 6 < mask.count && mask[word >> 6] >> UInt64(word & 63) & 1 != 0
  }

  /// The fields of slot `s`, rising, with what is between them; nil if they overlap or do not fit the mask.
  private func complete(_ s: Int) -> [Field]? {
    var out: [Field] = []
    var at: Int64 = 0
    func fill(to end: Int64) {
      while at < end {
        let isWord = at % 8 == 0 && at + 8 <= end
        var type = ValueType.i64
        if isWord {
          if isPointer(s, Int(at / 8)) { type = .ptr }
        } else {
          type = .i8
          for t in [ValueType.i32, .i16] where at % Int64(t.size) == 0 && at + Int64(t.size) <= end
          {
            type = t
            break
          }
        }
        out.append(Field(offset: at, type: type))
        at += Int64(type.size)
      }
    }
    for x in fields[s].sorted(by: { $0.offset < $1.offset }) {
      if x.offset < at || x.offset % Int64(x.type.size) != 0 { return nil }
      if isPointer(s, Int(x.offset / 8)) != (x.type == .ptr) { return nil }
      fill(to: x.offset)
      out.append(x)
      at = x.offset + Int64(x.type.size)
    }
    if at > Int64(f.slots[s].size) { return nil }
    fill(to: Int64(f.slots[s].size))
    return out.count <= CopySplitter.maxFields ? out : nil
  }

  // MARK: rewriting

  private func rewrite(_ b: BlockID) {
    let isSplit = f.blocks[b].values.contains { fieldsOfCopy($0) != nil }
    if !isSplit { return }
    var out: [ValueID] = []
    for v in f.blocks[b].values {
      guard let parts = fieldsOfCopy(v) else {
        out.append(v)
        continue
      }
      split(v, parts, b, &out)
    }
    f.blocks[b].values = out
  }

  private func fieldsOfCopy(_ v: ValueID) -> [Field]? {
    guard f.values[v].op == .copyMemory else { return nil }
    let to = slot(f.arg(v, 0))
    let from = slot(f.arg(v, 1))
    if let to, let from, isFit[to], isFit[from] {
      // The same, unless sharing stopped short of it: then the copy stays.
      return fields[to] == fields[from] ? fields[to] : nil
    }
    if let to, isFit[to] { return fields[to] }
    if let from, isFit[from] { return fields[from] }
    return nil
  }

  private func split(_ v: ValueID, _ parts: [Field], _ b: BlockID, _ out: inout [ValueID]) {
    let x = f.values[v]
    let to = f.arg(v, 0)
    let from = f.arg(v, 1)
    func place(_ w: ValueID) -> ValueID {
      f.values[w].block = b
      f.values[w].inlineNode = x.inlineNode
      out.append(w)
      return w
    }
    // All loads before all stores: the places may overlap.
    let values = parts.map {
      place(f.makeValue(.load, $0.type, [from], auxInt: $0.offset, pos: x.pos))
    }
    for (p, y) in zip(parts, values) {
      _ = place(
        f.makeValue(
          .store, .void, [to, y], auxInt: p.offset, flags: x.flags.intersection(.noBarrier),
          pos: x.pos))
    }
    f.values[v].block = .none
    f.values[v].op = .invalid
    f.values[v].argCount = 0
  }
}
