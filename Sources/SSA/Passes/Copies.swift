/// Copy elimination: every use of a `copy` becomes a use of what it copies, and the copies go.
/// requires: nothing; keeps: cfg; destroys: use counts.
public func eliminateCopies(_ f: Function) {
  var any = false
  for b in f.order {
    for v in f.blocks[b].values where f.values[v].op == .copy {
      any = true
      break
    }
    if any { break }
  }
  guard any else { return }
  f.forEachUse { use in
    if f.values[use].op == .copy { use = f.resolve(use) }
  }
  for b in f.order {
    f.blocks[b].values.removeAll { v in
      if f.values[v].op != .copy { return false }
      f.values[v].block = .none
      return true
    }
  }
}
