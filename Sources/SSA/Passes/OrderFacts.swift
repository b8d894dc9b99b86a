import Base

/// What is known about the order of integers at a point of the walk over the dominator tree, and
/// what follows from it.
///
/// A fact says x - y <= c for two i64 values as mathematical integers; "none" stands for zero, so a
/// fact can also bound one value. Facts come from branches and from bounds checks that have passed,
/// and hold in the blocks that the block they were learnt in dominates. A query is answered on
/// demand by following facts and definitions; a phi is assumed to satisfy the query while its
/// arguments are examined, which proves induction variables (Bodik, Gupta and Sarkar, "ABCD:
/// Eliminating Array Bounds Checks on Demand", 2000). Arithmetic wraps in Go: a step that could
/// wrap is only taken where a bound excludes it.
struct OrderFacts {
  let f: Function
  let dom: Dominators

  struct Fact {
    var x: ValueID
    var y: ValueID
    var c: Int64
    var block: BlockID
    /// Next fact with the same x, the same y; -1 ends.
    var nextUpper: Int32
    var nextLower: Int32
  }
  private var facts: [Fact] = []
  /// Index: value. First fact whose x (whose y) it is.
  private var upper: [Int32]
  private var lower: [Int32]
  /// Index: value. Number of facts when it became known not to be 0; -1 if it is not.
  private var notZero: [ValueID] = []

  /// Index: value x. First entry of `sums`, plus 1: the sums x + k, for constants k > 0.
  private var firstSum: [Int32]
  private var sums: [(sum: ValueID, k: Int64, next: Int32)] = []

  /// Phis whose bound is being proved: with the other side and the bound.
  private var active: [(phi: ValueID, other: ValueID, c: Int64, isUpper: Bool)] = []
  private var steps = 0

  /// Slices and strings of elements of at least one byte are not longer.
  static let maxLength: Int64 = 1 << 48
  /// Bounds of integers of less than 64 bits, learnt from comparisons with constants.
  private var narrow: NarrowRanges
  private static let budget = 80
  private static let huge: Int64 = 1 << 61

  init(_ f: Function, _ dom: Dominators) {
    self.f = f
    self.dom = dom
    upper = Array(repeating: -1, count: f.values.count)
    lower = Array(repeating: -1, count: f.values.count)
    narrow = NarrowRanges(f)
    firstSum = Array(repeating: 0, count: f.values.count)
    for b in dom.reversePostorder {
      for v in f.blocks[b].values where f.values[v].op == .add && f.values[v].type == .i64 {
        guard let k = f.constant(f.arg(v, 1)), k > 0, isModerate(k) else { continue }
        let x = f.arg(v, 0)
        sums.append((sum: v, k: k, next: firstSum[x.index]))
        firstSum[x.index] = Int32(sums.count)
      }
    }
  }

  struct Mark {
    var facts: Int
    var notZero: Int
    var narrow: Int
  }
  var mark: Mark { Mark(facts: facts.count, notZero: notZero.count, narrow: narrow.count) }

  mutating func undo(to m: Mark) {
    while facts.count > m.facts {
      let x = facts.removeLast()
      if x.x.isSome { upper[x.x.index] = x.nextUpper }
      if x.y.isSome { lower[x.y.index] = x.nextLower }
    }
    notZero.removeLast(notZero.count - m.notZero)
    narrow.undo(to: m.narrow)
  }

  // MARK: learning

  /// x - y <= c holds in `block`.
  mutating func add(_ left: ValueID, _ right: ValueID, _ bound: Int64, _ block: BlockID) {
    var (x, y, c) = (left, right, bound)
    if x.isSome, let k = f.constant(x) {
      guard isModerate(k) else { return }
      c -= k
      x = .none
    }
    if y.isSome, let k = f.constant(y) {
      guard isModerate(k) else { return }
      c += k
      y = .none
    }
    guard isModerate(c), x != y, x.index < upper.count, y.index < upper.count else { return }
    facts.append(
      Fact(
        x: x, y: y, c: c, block: block, nextUpper: x.isSome ? upper[x.index] : -1,
        nextLower: y.isSome ? lower[y.index] : -1))
    if x.isSome { upper[x.index] = Int32(facts.count - 1) }
    if y.isSome { lower[y.index] = Int32(facts.count - 1) }
  }

  /// What the truth (or falsehood) of comparison `v` says in `block`.
  mutating func learn(_ v: ValueID, _ holds: Bool, _ block: BlockID) {
    guard f.values[v].argCount == 2 else { return }
    let x = f.resolve(f.arg(v, 0))
    let y = f.resolve(f.arg(v, 1))
    guard f.values[x].type == .i64 else {
      narrow.learn(f.values[v].op, x, y, holds, block)
      return
    }
    switch f.values[v].op {
    case .ltS: holds ? add(x, y, -1, block) : add(y, x, 0, block)
    case .leS: holds ? add(x, y, 0, block) : add(y, x, -1, block)
    case .ltU: learnUnsigned(x, y, strict: true, holds, block)
    case .leU: learnUnsigned(x, y, strict: false, holds, block)
    case .eq, .ne:
      if holds == (f.values[v].op == .eq) {
        add(x, y, 0, block)
        add(y, x, 0, block)
      } else if f.constant(y) == 0 {
        notZero.append(x)
        if isAtLeast(x, 0, block) { add(.none, x, -1, block) }
      }
    default: break
    }
  }

  private mutating func learnUnsigned(
    _ x: ValueID, _ y: ValueID, strict: Bool, _ holds: Bool, _ block: BlockID
  ) {
    let (small, large) = holds ? (x, y) : (y, x)
    let c: Int64 = strict == holds ? -1 : 0
    // Below something that is not negative: not negative itself.
    if isAtLeast(large, 0, block) {
      add(small, large, c, block)
      add(.none, small, 0, block)
    }
  }

  /// A bounds check has passed: 0 <= x < y, or x <= y.
  mutating func learnCheck(_ x: ValueID, _ y: ValueID, strict: Bool, _ block: BlockID) {
    add(x, y, strict ? -1 : 0, block)
    add(.none, x, 0, block)
  }

  /// `y` is the length or capacity of something.
  mutating func learnLength(_ y: ValueID, _ block: BlockID) {
    if !isAtLeast(y, 0, block) { add(.none, y, 0, block) }
    if notZero.contains(y) && !isAtLeast(y, 1, block) { add(.none, y, -1, block) }
  }

  private func isModerate(_ c: Int64) -> Bool { c > -OrderFacts.huge && c < OrderFacts.huge }

  // MARK: queries

  /// Whether x - y <= c follows in `block`.
  mutating func isBelow(_ x: ValueID, _ y: ValueID, _ c: Int64, _ block: BlockID) -> Bool {
    steps = OrderFacts.budget
    active.removeAll(keepingCapacity: true)
    return proveUpper(x, y, c, block, 0)
  }

  /// Whether a fact that holds in `block` says that x is below something that `accepts`.
  func isBelowSome(_ x: ValueID, _ block: BlockID, _ accepts: (ValueID) -> Bool) -> Bool {
    var i = x.index < upper.count ? upper[x.index] : -1
    while i >= 0 {
      let fact = facts[Int(i)]
      i = fact.nextUpper
      if fact.c <= -1, fact.y.isSome, dom.dominates(fact.block, block), accepts(fact.y) {
        return true
      }
    }
    return false
  }

  /// Whether x >= c follows in `block`.
  mutating func isAtLeast(_ x: ValueID, _ c: Int64, _ block: BlockID) -> Bool {
    steps = OrderFacts.budget
    active.removeAll(keepingCapacity: true)
    return proveLower(x, c, block, 0)
  }

  private mutating func proveUpper(
    _ left: ValueID, _ right: ValueID, _ c: Int64, _ at: BlockID, _ depth: Int
  ) -> Bool {
    if steps == 0 || depth > 12 || !isModerate(c) { return false }
    steps -= 1
    let x = left.isSome ? f.resolve(left) : left
    let y = right.isSome ? f.resolve(right) : right
    if x == y { return c >= 0 }
    if x.isNone { return proveLower(y, -c, at, depth + 1) }
    if let k = f.constant(x) {
      guard isModerate(k) else { return false }
      return y.isNone ? k <= c : proveLower(y, k - c, at, depth + 1)
    }
    if y.isSome, let k = f.constant(y) {
      guard isModerate(k) else { return false }
      return proveUpper(x, .none, c + k, at, depth + 1)
    }
    if f.values[x].type != .i64 { return false }
    var i = x.index < upper.count ? upper[x.index] : -1
    while i >= 0 {
      let fact = facts[Int(i)]
      i = fact.nextUpper
      guard dom.dominates(fact.block, at) else { continue }
      if fact.y == y && fact.c <= c { return true }
      if proveUpper(fact.y, y, c - fact.c, at, depth + 1) { return true }
    }
    if y.isSome && proveUpperBySum(x, y, c, at, depth) { return true }
    if proveUpperByDefinition(x, y, c, at, depth) { return true }
    // y = w + k: where that does not wrap, x - w <= c + k does.
    if y.isSome, f.values[y].op == .add, let k = f.constant(f.resolve(f.arg(y, 1))), isModerate(k) {
      let w = f.resolve(f.arg(y, 0))
      if k <= 0 || cannotWrap(w, k, at, depth) { return proveUpper(x, w, c + k, at, depth + 1) }
    }
    return false
  }

  /// x + k <= z + d says of x, where the sum does not wrap, that x <= z + d - k: `i+4 <= len(b)`.
  private mutating func proveUpperBySum(
    _ x: ValueID, _ y: ValueID, _ c: Int64, _ at: BlockID, _ depth: Int
  ) -> Bool {
    var s = x.index < firstSum.count ? firstSum[x.index] : 0
    while s != 0 {
      let (sum, k, next) = sums[Int(s) - 1]
      s = next
      guard f.values[sum].op == .add, upper[sum.index] >= 0, cannotWrap(x, k, at, depth) else {
        continue
      }
      var i = upper[sum.index]
      while i >= 0 {
        let fact = facts[Int(i)]
        i = fact.nextUpper
        guard dom.dominates(fact.block, at) else { continue }
        if fact.y == y ? fact.c - k <= c : proveUpper(fact.y, y, c + k - fact.c, at, depth + 1) {
          return true
        }
      }
    }
    return false
  }

  private mutating func proveUpperByDefinition(
    _ x: ValueID, _ y: ValueID, _ c: Int64, _ at: BlockID, _ depth: Int
  ) -> Bool {
    let v = f.values[x]
    func arg(_ i: Int) -> ValueID { f.resolve(f.arg(x, i)) }
    if y.isNone, let most = largest(x) { if most <= c { return true } }
    if y.isNone, let most = narrow.bound(of: x, isUpper: true, at, dom), most <= c { return true }
    switch v.op {
    case .add:
      guard let k = f.constant(arg(1)), isModerate(k) else { return false }
      // Wrapping upwards makes the sum small; wrapping downwards must be excluded.
      if k < 0 && !proveLower(arg(0), -OrderFacts.huge + 1, at, depth + 1) { return false }
      return proveUpper(arg(0), y, c - k, at, depth + 1)
    case .sub:
      guard proveLower(arg(1), 0, at, depth + 1), proveLower(arg(0), 0, at, depth + 1) else {
        return false
      }
      return proveUpper(arg(0), y, c, at, depth + 1)
    case .and, .shrS, .divS, .remS, .shrU, .divU:
      if v.op == .divS || v.op == .remS || v.op == .divU {
        guard let k = f.constant(arg(1)), k > 0 else { return false }
      }
      if v.op == .remS, let k = f.constant(arg(1)), y.isNone && k - 1 <= c { return true }
      if v.op == .and && proveLower(arg(1), 0, at, depth + 1),
        proveUpper(arg(1), y, c, at, depth + 1)
      {
        return true
      }
      guard proveLower(arg(0), 0, at, depth + 1) else { return false }
      return proveUpper(arg(0), y, c, at, depth + 1)
    case .select:
      return proveUpper(arg(1), y, c, at, depth + 1) && proveUpper(arg(2), y, c, at, depth + 1)
    case .phi:
      // y must mean the same in every round.
      if y.isSome && (f.values[y].block == v.block || !dom.dominates(f.values[y].block, v.block)) {
        return false
      }
      for a in active where a.phi == x && a.isUpper && a.other == y { return c >= a.c }
      active.append((phi: x, other: y, c: c, isUpper: true))
      let preds = f.blocks[v.block].preds
      var all = true
      for (i, p) in preds.enumerated() where all && dom.isReachable(p) {
        all = proveUpper(f.arg(x, i), y, c, p, depth + 1)
      }
      active.removeLast()
      return all
    default: return false
    }
  }

  /// The largest value that x can have by its definition alone.
  private func largest(_ x: ValueID) -> Int64? {
    let v = f.values[x]
    switch v.op {
    case .zeroExtend:
      let inner = f.resolve(f.arg(x, 0))
      return largestNarrow(inner)
    case .signExtend:
      switch f.values[f.resolve(f.arg(x, 0))].type {
      case .i8: return Int64(Int8.max)
      case .i16: return Int64(Int16.max)
      default: return Int64(Int32.max)
      }
    case .and:
      if let k = f.constant(f.resolve(f.arg(x, 1))), k >= 0 { return k }
      return largest(f.resolve(f.arg(x, 0))).flatMap {
        isPositive(f.resolve(f.arg(x, 0))) ? $0 : nil
      }
    case .shrU:
      guard let k = f.constant(f.resolve(f.arg(x, 1))), k > 0, k < 64 else { return nil }
      let all = Int64(bitPattern: UInt64.max >> UInt64(k))
      let inner = f.resolve(f.arg(x, 0))
      if isPositive(inner), let most = largest(inner) { return most >> k }
      return all
    case .remU:
      guard let k = f.constant(f.resolve(f.arg(x, 1))), k > 0 else { return nil }
      return k - 1
    case .ctz, .clz, .popCount: return 64
    case .load, .param, .project, .callStatic, .callClosure, .callInterface, .sub, .add:
      return v.flags.contains(.length) ? OrderFacts.maxLength : nil
    default: return nil
    }
  }

  /// The largest value that `x`, of a narrow type and read as unsigned, can have by its definition alone.
  private func largestNarrow(_ x: ValueID) -> Int64 {
    let v = f.values[x]
    let all = Int64(1) << Int64(v.type.bits) - 1
    switch v.op {
    case .and: if let k = f.constant(f.resolve(f.arg(x, 1))), k >= 0 { return k }
    case .shrU:
      if let k = f.constant(f.resolve(f.arg(x, 1))), k >= 0, k < Int64(v.type.bits) {
        return all >> k
      }
    case .remU: if let k = f.constant(f.resolve(f.arg(x, 1))), k > 0 { return k - 1 }
    case .truncate:
      let y = f.resolve(f.arg(x, 0))
      if f.values[y].type == .i64, isPositive(y), let k = largest(y) { return min(k, all) }
    default: break
    }
    return all
  }

  private func isPositive(_ x: ValueID) -> Bool {
    switch f.values[x].op {
    case .zeroExtend: return true
    case .and:
      if let k = f.constant(f.resolve(f.arg(x, 1))) { return k >= 0 }
      return false
    case .shrU:
      if let k = f.constant(f.resolve(f.arg(x, 1))) { return k > 0 && k < 64 }
      return false
    default: return false
    }
  }

  /// Whether z + k, for k > 0, stays within 64 bits.
  private mutating func cannotWrap(_ z: ValueID, _ k: Int64, _ at: BlockID, _ depth: Int) -> Bool {
    var i = z.index < upper.count ? upper[z.index] : -1
    while i >= 0 {
      // z <= y - k, and y is at most the largest number.
      let fact = facts[Int(i)]
      i = fact.nextUpper
      if fact.c <= -k && dom.dominates(fact.block, at) { return true }
    }
    return proveUpper(z, .none, OrderFacts.huge - k - 1, at, depth + 1)
  }

  private mutating func proveLower(_ value: ValueID, _ c: Int64, _ at: BlockID, _ depth: Int)
    -> Bool
  {
    if steps == 0 || depth > 12 || !isModerate(c) { return false }
    steps -= 1
    if value.isNone { return c <= 0 }
    let x = f.resolve(value)
    let v = f.values[x]
    if let k = f.constant(x) { return k >= c }
    if v.type != .i64 { return false }
    func arg(_ i: Int) -> ValueID { f.resolve(f.arg(x, i)) }
    if c <= 0 && isNeverNegative(x) { return true }
    if let least = narrow.bound(of: x, isUpper: false, at, dom), least >= c { return true }
    var i = x.index < lower.count ? lower[x.index] : -1
    while i >= 0 {
      // fact.x - x <= d, so x >= fact.x - d.
      let fact = facts[Int(i)]
      i = fact.nextLower
      if dom.dominates(fact.block, at), proveLower(fact.x, c + fact.c, at, depth + 1) {
        return true
      }
    }
    switch v.op {
    case .add:
      guard let k = f.constant(arg(1)), isModerate(k) else { return false }
      if k > 0 && !cannotWrap(arg(0), k, at, depth) { return false }
      return proveLower(arg(0), c - k, at, depth + 1)
    case .sub:
      guard proveLower(arg(0), 0, at, depth + 1), proveLower(arg(1), 0, at, depth + 1) else {
        return false
      }
      return proveUpper(arg(1), arg(0), -c, at, depth + 1)
    case .and:
      return c <= 0
        && (proveLower(arg(0), 0, at, depth + 1) || proveLower(arg(1), 0, at, depth + 1))
    case .shrS, .shrU: return c <= 0 && proveLower(arg(0), 0, at, depth + 1)
    case .divS, .remS, .divU, .remU:
      guard c <= 0, let k = f.constant(arg(1)), k > 0 else { return false }
      return proveLower(arg(0), 0, at, depth + 1)
    case .select:
      return proveLower(arg(1), c, at, depth + 1) && proveLower(arg(2), c, at, depth + 1)
    case .phi:
      for a in active where a.phi == x && !a.isUpper { return c <= a.c }
      active.append((phi: x, other: .none, c: c, isUpper: false))
      var all = true
      for (i, p) in f.blocks[v.block].preds.enumerated() where all && dom.isReachable(p) {
        all = proveLower(f.arg(x, i), c, p, depth + 1)
      }
      active.removeLast()
      return all
    default: return false
    }
  }

  /// Whether x is at least 0 by its definition alone.
  private func isNeverNegative(_ x: ValueID) -> Bool {
    let v = f.values[x]
    switch v.op {
    case .zeroExtend, .ctz, .clz, .popCount: return true
    case .and:
      if let k = f.constant(f.resolve(f.arg(x, 1))) { return k >= 0 }
      return false
    case .shrU:
      if let k = f.constant(f.resolve(f.arg(x, 1))) { return k > 0 }
      return false
    case .divU:
      if let k = f.constant(f.resolve(f.arg(x, 1))) { return k > 1 }
      return false
    case .remU:
      if let k = f.constant(f.resolve(f.arg(x, 1))) { return k > 0 }
      return false
    case .load, .param, .project, .callStatic, .callClosure, .callInterface, .sub, .add:
      return v.flags.contains(.length)
    default: return false
    }
  }
}
