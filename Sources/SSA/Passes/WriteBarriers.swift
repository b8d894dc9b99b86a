import Base
import Object

/// Gives every store of a pointer into memory that the collector scans its write barrier.
///
/// The barrier is a hybrid of Yuasa's (1990, shades what is overwritten) and Dijkstra's (1978, shades what is
/// written): see the collector's own notes. Stores to the frame and to argument areas need none, nor do stores that
/// the builder marks `.noBarrier` because they fill a fresh object.
///
/// Neighbouring pointer stores of a block share one test of the barrier flag: a run of stores, with only
/// pure values between them, becomes one `barrierStore` of at most four stores (eight words of the buffer).
/// Bulk copies and zeroing of memory with pointers become calls of the runtime, which does the same.
///
/// requires: allocations expanded; keeps: cfg; destroys: use counts.
func insertWriteBarriers(_ f: Function, _ s: ExpansionSymbols) {
  for b in f.order {
    let needs = f.blocks[b].values.contains { (v: ValueID) -> Bool in needsBarrier(f, v) }
    if !needs { continue }
    if f.flags.contains(.noWriteBarrier) { report(f, b) }
    var w = BlockRewriter(f, b)
    var group: [ValueID] = []
    for v in f.blocks[b].values {
      let op = f.values[v].op
      if needsBarrier(f, v) {
        if op == .store {
          group.append(v)
          if group.count == 4 { flush(&group, &w) }
          continue
        }
        flush(&group, &w)
        expandBulk(v, s, &w)
        continue
      }
      if !op.info.contains(.pure) { flush(&group, &w) }
      w.keep(v)
    }
    flush(&group, &w)
    f.blocks[b].values = w.out
  }
}

private func needsBarrier(_ f: Function, _ v: ValueID) -> Bool {
  let x = f.values[v]
  if x.flags.contains(.noBarrier) { return false }
  switch x.op {
  case .store:
    return f.values[f.arg(v, 1)].type == .ptr && !isOffHeap(f, f.arg(v, 0))
  case .copyMemory, .zeroMemory:
    return f.memories[Int(x.aux)].hasPointers && !isOffHeap(f, f.arg(v, 0))
  default: return false
  }
}

/// Whether an address lies in the frame or an argument area.
private func isOffHeap(_ f: Function, _ address: ValueID) -> Bool {
  var a = f.resolve(address)
  while f.values[a].op == .ptrAdd { a = f.resolve(f.arg(a, 0)) }
  switch f.values[a].op {
  case .slotAddress, .incomingAddress, .outgoingAddress: return true
  default: return false
  }
}

/// Emits the stores gathered so far as one barrier store. Everything between them was pure and
/// stands before it now, which changes nothing.
private func flush(_ group: inout [ValueID], _ w: inout BlockRewriter) {
  guard let last = group.last else { return }
  let f = w.f
  var args: [ValueID] = []
  var offsets: [Int64] = []
  for v in group {
    args.append(f.arg(v, 0))
    args.append(f.arg(v, 1))
    offsets.append(f.values[v].auxInt)
  }
  f.storeGroups.append(offsets)
  f.values[last].op = .barrierStore
  f.values[last].aux = UInt32(f.storeGroups.count - 1)
  f.values[last].auxInt = 0
  f.setArguments(last, args)
  w.keep(last)
  for v in group.dropLast() {
    f.values[v].block = .none
    f.values[v].op = .invalid
    f.values[v].argCount = 0
  }
  group.removeAll(keepingCapacity: true)
}

private func expandBulk(_ v: ValueID, _ s: ExpansionSymbols, _ w: inout BlockRewriter) {
  let f = w.f
  let type = w.symbol(f.memories[Int(f.values[v].aux)].type, like: v)
  let to = address(f.arg(v, 0), v, &w)
  if f.values[v].op == .zeroMemory {
    return w.becomeCall(v, s.typedmemclr, [type, to], result: .void)
  }
  w.becomeCall(v, s.typedmemmove, [type, to, f.arg(v, 1)], result: .void)
}

/// The address of a zeroing, its constant offset included.
private func address(_ p: ValueID, _ v: ValueID, _ w: inout BlockRewriter) -> ValueID {
  let offset = w.f.values[v].op == .zeroMemory ? w.f.values[v].auxInt : 0
  if offset == 0 { return p }
  let n = w.emit(.constInt, .i64, auxInt: offset, like: v)
  return w.emit(.ptrAdd, .ptr, [p, n], like: v)
}

private func report(_ f: Function, _ b: BlockID) {
  for v in f.blocks[b].values where needsBarrier(f, v) {
    f.diagnostics.append(
      Diagnostic(pos: f.values[v].pos, message: "write barrier prohibited (\(f.name))"))
  }
}
