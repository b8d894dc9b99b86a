import Base

/// Strength reduction: an index that a loop counts up by a constant and multiplies by another in every round (the size
/// of an array's element) gets a second variable, which is counted up by the product.
///
/// Only what the addressing modes of the machine cannot do: not powers of two, 3, 5 or 9. Only integers, never
/// pointers: an offset may run past the end of the object. Sums wrap as products do, so nothing else has to hold.
/// Loops with calls are left alone, where the new variable would live in memory, and so are those in
/// which registers run out.
///
/// requires: copies eliminated; keeps: cfg, dominators; destroys: use counts; leaves dead values.
public func reduceStrength(_ f: Function) {
  if !f.order.contains(where: { b in f.blocks[b].values.contains { isProduct(f, $0) } }) { return }
  let dom = Dominators(f)
  let loops = Loops(f, dom)
  if loops.loops.isEmpty || loops.isIrreducible { return }
  var r = StrengthReducer(f, dom, loops)
  r.run()
  eliminateCopies(f)
}

/// Whether `v` is a product of an integer and a constant that costs a multiplication.
private func isProduct(_ f: Function, _ v: ValueID) -> Bool {
  guard f.values[v].op == .mul, f.values[v].type == .i64, let k = f.constant(f.arg(v, 1)) else {
    return false
  }
  return k > 5 && k != 9 && k & (k - 1) != 0 && k < 1 << 20
}

private struct StrengthReducer {
  let f: Function
  let loops: Loops
  /// The products of each loop without calls, in order of the blocks.
  private var products: [[ValueID]]
  private var hasCall: [Bool]
  /// Index: loop. How many values live throughout it in registers, which is an estimate.
  private var carried: [Int]
  private var made: [(index: ValueID, k: Int64, product: ValueID)] = []

  init(_ f: Function, _ dom: Dominators, _ loops: Loops) {
    self.f = f
    self.loops = loops
    products = Array(repeating: [], count: loops.loops.count)
    hasCall = Array(repeating: false, count: loops.loops.count)
    carried = Array(repeating: 0, count: loops.loops.count)
    for b in dom.reversePostorder {
      let l = Int(loops.innermost[b.index])
      if l < 0 { continue }
      for v in f.blocks[b].values {
        if isProduct(f, v) && !f.blocks[b].isCold { products[l].append(v) }
        if f.values[v].op.info.contains(.call) { hasCall[l] = true }
      }
    }
    for l in loops.loops.indices where !products[l].isEmpty {
      carried[l] = countCarried(Int32(l), dom)
    }
  }

  /// Integers that are used in the loop and made outside, and the phis of its header.
  private func countCarried(_ l: Int32, _ dom: Dominators) -> Int {
    var seen = Set<ValueID>()
    for b in dom.reversePostorder where loops.encloses(l, loops.innermost[b.index]) {
      for v in f.blocks[b].values {
        if f.values[v].op == .phi && b == loops.loops[Int(l)].header { seen.insert(v) }
        for k in f.argRange(v) {
          let a = f.args[k]
          if f.values[a].op.info.contains(.rematerialise) || f.values[a].type.isFloat { continue }
          if !loops.encloses(l, loops.innermost[f.values[a].block.index]) { seen.insert(a) }
        }
      }
    }
    return seen.count
  }

  mutating func run() {
    for l in loops.loops.indices where !hasCall[l] {
      made.removeAll(keepingCapacity: true)
      for v in products[l] { reduce(v, Int32(l)) }
    }
  }

  private mutating func reduce(_ v: ValueID, _ l: Int32) {
    let header = loops.loops[Int(l)].header
    guard let k = f.constant(f.arg(v, 1)) else { return }
    var i = f.arg(v, 0)
    var distance: Int64 = 0
    if f.values[i].op == .add, let d = f.constant(f.arg(i, 1)) {
      distance = d
      i = f.arg(i, 0)
    }
    guard f.values[i].op == .phi, f.values[i].block == header,
      let product = product(i, k, header, l)
    else { return }
    if distance == 0 {
      f.replace(v, with: product)
      return
    }
    let b = f.values[v].block
    let offset = f.makeValue(.constInt, .i64, auxInt: distance &* k, pos: f.values[v].pos)
    f.values[offset].block = b
    if let at = f.blocks[b].values.firstIndex(of: v) { f.blocks[b].values.insert(offset, at: at) }
    f.values[v].op = .add
    f.values[v].flags = []
    f.setArguments(v, [product, offset])
  }

  /// The variable that always is `i` times `k`, made if there is none yet.
  private mutating func product(
    _ i: ValueID, _ k: Int64, _ header: BlockID, _ l: Int32
  ) -> ValueID? {
    if let m = made.first(where: { $0.index == i && $0.k == k }) { return m.product }
    if made.count >= 2 || carried[Int(l)] >= 9 { return nil }
    var steps: [(next: ValueID, c: Int64)?] = []
    var rounds = 0
    for (n, p) in f.blocks[header].preds.enumerated() {
      guard loops.encloses(l, loops.innermost[p.index]) else {
        steps.append(nil)
        continue
      }
      let next = f.arg(i, n)
      guard f.values[next].op == .add, f.arg(next, 0) == i, let c = f.constant(f.arg(next, 1))
      else {
        return nil
      }
      steps.append((next, c))
      rounds += 1
    }
    if rounds != 1 { return nil }
    let phi = f.makeValue(
      .phi, .i64, Array(repeating: i, count: steps.count), pos: f.values[i].pos)
    f.values[phi].block = header
    f.blocks[header].values.insert(phi, at: 0)
    for (n, s) in steps.enumerated() {
      let value: ValueID
      if let s {
        value = advance(phi, s.c &* k, behind: s.next)
      } else {
        value = start(f.arg(i, n), k, at: f.blocks[header].preds[n])
      }
      f.setArg(phi, n, value)
    }
    made.append((i, k, phi))
    carried[Int(l)] += 1
    return phi
  }

  /// `phi` + `c`, behind the value `next` that counts the index up.
  private func advance(_ phi: ValueID, _ c: Int64, behind next: ValueID) -> ValueID {
    let b = f.values[next].block
    let step = f.makeValue(.constInt, .i64, auxInt: c, pos: f.values[next].pos)
    let sum = f.makeValue(.add, .i64, [phi, step], pos: f.values[next].pos)
    f.values[step].block = b
    f.values[sum].block = b
    let at = (f.blocks[b].values.firstIndex(of: next) ?? f.blocks[b].values.count - 1) + 1
    f.blocks[b].values.insert(contentsOf: [step, sum], at: at)
    return sum
  }

  /// `x` times `k`, at the end of block `b`.
  private func start(_ x: ValueID, _ k: Int64, at b: BlockID) -> ValueID {
    if let c = f.constant(x) { return f.append(b, .constInt, .i64, auxInt: c &* k) }
    let factor = f.append(b, .constInt, .i64, auxInt: k)
    return f.append(b, .mul, .i64, [x, factor], pos: f.values[x].pos)
  }
}
