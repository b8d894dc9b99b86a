/// Drops frame slots that nothing refers to any more and renumbers the rest.
/// requires: dead code eliminated; keeps: cfg.
public func compactSlots(_ f: Function) {
  guard !f.slots.isEmpty else { return }
  var used = [Bool](repeating: false, count: f.slots.count)
  for b in f.order {
    for v in f.blocks[b].values where f.values[v].op == .slotAddress {
      used[Int(f.values[v].aux)] = true
    }
  }
  if used.allSatisfy({ $0 }) { return }
  var number = [UInt32](repeating: 0, count: f.slots.count)
  var kept: [Slot] = []
  for s in f.slots.indices where used[s] {
    number[s] = UInt32(kept.count)
    kept.append(f.slots[s])
  }
  f.slots = kept
  if f.deferSlot >= 0 { f.deferSlot = used[f.deferSlot] ? Int(number[f.deferSlot]) : -1 }
  for b in f.order {
    for v in f.blocks[b].values where f.values[v].op == .slotAddress {
      f.values[v].aux = number[Int(f.values[v].aux)]
    }
  }
}
