/// Joins each block with its only successor when that has no other predecessor, so that passes which
/// look at one block at a time see all of a straight piece of code: inlining leaves many such pairs.
///
/// requires: no unreachable blocks; keeps: SSA, order of execution; destroys: dominators, use counts.
public func straighten(_ f: Function) {
  var gone = [Bool](repeating: false, count: f.blocks.count)
  var any = false
  for b in f.order where !gone[b.index] {
    while f.blocks[b].kind == .jump {
      let s = f.blocks[b].succs[0]
      guard s != b, s != f.entry, s != f.recoverLanding, f.blocks[s].preds.count == 1 else { break }
      join(f, b, s)
      gone[s.index] = true
      any = true
    }
  }
  if !any { return }
  f.order.removeAll { gone[$0.index] }
  eliminateCopies(f)
}

/// Appends `s` to `b`, its only predecessor, which jumps to it.
private func join(_ f: Function, _ b: BlockID, _ s: BlockID) {
  for v in f.blocks[s].values {
    if f.values[v].op == .phi { f.replace(v, with: f.arg(v, 0)) }
    f.values[v].block = b
  }
  var joined = f.blocks[s]
  joined.values = f.blocks[b].values + joined.values
  joined.preds = f.blocks[b].preds
  joined.pos = f.blocks[b].pos
  joined.isRecoverLanding = f.blocks[b].isRecoverLanding
  f.blocks[b] = joined
  f.blocks[s] = Block()
  for t in joined.succs {
    for i in f.blocks[t].preds.indices where f.blocks[t].preds[i] == s { f.blocks[t].preds[i] = b }
  }
}
