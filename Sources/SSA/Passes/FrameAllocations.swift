import Base

/// Turns allocations that escape analysis let stay into frame slots, zeroed where they were allocated.
/// Component offsets of a `box` follow from laying its arguments out in order with natural alignment.
///
/// requires: escape analysis; keeps: cfg; destroys: use counts.
public func placeFrameAllocations(_ f: Function) {
  for b in f.order {
    guard f.blocks[b].values.contains(where: { isStaying(f, $0) }) else { continue }
    var out: [ValueID] = []
    out.reserveCapacity(f.blocks[b].values.count + 8)
    for v in f.blocks[b].values {
      guard isStaying(f, v) else {
        out.append(v)
        continue
      }
      place(f, v, b, &out)
    }
    f.blocks[b].values = out
  }
}

private func isStaying(_ f: Function, _ v: ValueID) -> Bool {
  let op = f.values[v].op
  return (op == .alloc || op == .allocSlice || op == .box) && f.values[v].flags.contains(.stays)
}

private func place(_ f: Function, _ v: ValueID, _ b: BlockID, _ out: inout [ValueID]) {
  let x = f.values[v]
  let info = f.allocs[Int(x.aux)]
  var size = info.size
  var mask = info.pointerMask
  if x.op == .allocSlice {
    let n = Int(f.constant(f.resolve(f.arg(v, 1))) ?? 0)
    size = info.size * n
    mask = repeated(mask, words: info.size / 8, count: n)
  }
  let slot = UInt32(f.slots.count)
  f.slots.append(
    Slot(size: max(size, 1), alignment: info.alignment, pointerMask: mask, name: info.name))
  let components = x.op == .box ? f.arguments(v) : []
  f.values[v].op = .slotAddress
  f.values[v].aux = slot
  f.values[v].auxInt = 0
  f.values[v].flags = []
  f.values[v].argCount = 0
  out.append(v)
  func add(_ w: ValueID) {
    f.values[w].block = b
    out.append(w)
  }
  if x.op == .box {
    var offset = 0
    for c in components {
      let t = f.values[c].type
      offset = (offset + t.size - 1) / t.size * t.size
      add(f.makeValue(.store, .void, [v, c], auxInt: Int64(offset), flags: .noBarrier, pos: x.pos))
      offset += t.size
    }
  } else if size > 0 && info.kind != .buffer {
    let m = UInt32(f.memories.count)
    f.memories.append(MemoryInfo(size: size, alignment: info.alignment, type: .none))
    add(f.makeValue(.zeroMemory, .void, [v], aux: m, flags: .noBarrier, pos: x.pos))
  }
}

/// The pointer mask of `count` consecutive elements of `words` words each.
private func repeated(_ mask: [UInt64], words: Int, count: Int) -> [UInt64] {
  guard mask.contains(where: { $0 != 0 }) else { return [] }
  var out = [UInt64](repeating: 0, count: (words * count + 63) / 64)
  for w in 0..<words where w >> 6 < mask.count && mask[w >> 6] >> UInt64(w & 63) & 1 != 0 {
    for i in 0..<count {
      let k = i * words + w
      out[k >> 6] |= 1 << UInt64(k & 63)
    }
  }
  return out
}
