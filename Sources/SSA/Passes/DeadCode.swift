/// Dead code elimination: removes unreachable blocks and values that nothing with an effect needs.
/// requires: nothing; keeps: the order of what stays; destroys: use counts.
public func eliminateDeadCode(_ f: Function) {
  f.removeUnreachableBlocks()
  var live = [Bool](repeating: false, count: f.values.count)
  var work: [ValueID] = []
  @inline(__always) func mark(_ v: ValueID) {
    if v.isSome && !live[v.index] {
      live[v.index] = true
      work.append(v)
    }
  }
  for b in f.order {
    for v in f.blocks[b].values where isRoot(f, v) { mark(v) }
    mark(f.blocks[b].control)
    for r in f.blocks[b].results { mark(r) }
  }
  while let v = work.popLast() {
    for k in f.argRange(v) { mark(f.args[k]) }
    if f.values[v].op.info.contains(.call), f.values[v].op != .alloc, f.values[v].op != .allocSlice,
      f.values[v].op != .box
    {
      for a in f.calls[Int(f.values[v].aux)].keepAlive { mark(a) }
    }
  }
  for b in f.order {
    f.blocks[b].values.removeAll { v in
      if live[v.index] { return false }
      f.values[v].block = .none
      f.values[v].op = .invalid
      f.values[v].argCount = 0
      return true
    }
  }
}

/// Whether a value must stay though nothing uses it. An allocation must not: it has no effect that
/// a program can see. A load must not either once its nil check is explicit.
private func isRoot(_ f: Function, _ v: ValueID) -> Bool {
  let op = f.values[v].op
  switch op {
  case .alloc, .box: return false
  case .machine: return true
  case .load: return false
  default: return op.info.contains(.effect)
  }
}
