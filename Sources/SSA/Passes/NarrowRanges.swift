import Base

/// What comparisons with constants say of integers of less than 64 bits: a part of `OrderFacts`, which works on
/// 64-bit values. Such a value is read as unsigned or as signed; a fact bounds it in one of the two ways, and
/// holds for its extension of that kind.
struct NarrowRanges {
  let f: Function

  private struct Fact {
    var value: ValueID
    var isSigned: Bool
    var isUpper: Bool
    var bound: Int64
    var block: BlockID
    /// Next fact about the value; -1 ends.
    var next: Int32
  }
  private var facts: [Fact] = []
  /// Index: value. Its last fact.
  private var head: [Int32]

  init(_ f: Function) {
    self.f = f
    head = Array(repeating: -1, count: f.values.count)
  }

  var count: Int { facts.count }

  mutating func undo(to n: Int) {
    while facts.count > n {
      let x = facts.removeLast()
      head[x.value.index] = x.next
    }
  }

  /// What the truth (or falsehood) of comparison `op` of `x` and `y`, of one narrow type, says in `block`.
  mutating func learn(_ op: Op, _ x: ValueID, _ y: ValueID, _ holds: Bool, _ block: BlockID) {
    let t = f.values[x].type
    guard t.isInteger, f.constant(x) == nil || f.constant(y) == nil else { return }
    let isSigned = op == .ltS || op == .leS
    func value(_ k: Int64) -> Int64 { isSigned ? k : NarrowRanges.unsigned(k, t) }
    switch op {
    case .eq, .ne:
      guard holds == (op == .eq), let k = f.constant(y) else { return }
      for isUpper in [true, false] {
        add(x, isSigned: true, isUpper: isUpper, k, block)
        add(x, isSigned: false, isUpper: isUpper, NarrowRanges.unsigned(k, t), block)
      }
    case .ltS, .ltU, .leS, .leU:
      let strict: Int64 = op == .ltS || op == .ltU ? 1 : 0
      if let k = f.constant(y) {
        // x < k, or x >= k.
        add(
          x, isSigned: isSigned, isUpper: holds, holds ? value(k) - strict : value(k) + 1 - strict,
          block)
      } else if let k = f.constant(x) {
        // k < y, or y <= k.
        add(
          y, isSigned: isSigned, isUpper: !holds, holds ? value(k) + strict : value(k) - 1 + strict,
          block)
      }
    default: return
    }
  }

  private static func unsigned(_ k: Int64, _ t: ValueType) -> Int64 {
    t.bits < 64 ? k & (1 << Int64(t.bits) - 1) : k
  }

  private mutating func add(
    _ v: ValueID, isSigned: Bool, isUpper: Bool, _ bound: Int64, _ block: BlockID
  ) {
    guard v.index < head.count else { return }
    facts.append(
      Fact(
        value: v, isSigned: isSigned, isUpper: isUpper, bound: bound, block: block,
        next: head[v.index]))
    head[v.index] = Int32(facts.count - 1)
  }

  /// The best bound known in block `at` for `x`, if it is an extension of something narrow.
  func bound(of x: ValueID, isUpper: Bool, _ at: BlockID, _ dom: Dominators) -> Int64? {
    let op = f.values[x].op
    guard op == .zeroExtend || op == .signExtend else { return nil }
    let inner = f.resolve(f.arg(x, 0))
    guard inner.index < head.count else { return nil }
    var best: Int64?
    var i = head[inner.index]
    while i >= 0 {
      let fact = facts[Int(i)]
      i = fact.next
      guard fact.isUpper == isUpper, fact.isSigned == (op == .signExtend),
        dom.dominates(fact.block, at)
      else { continue }
      best = best.map { isUpper ? min($0, fact.bound) : max($0, fact.bound) } ?? fact.bound
    }
    return best
  }
}
