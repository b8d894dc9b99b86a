import Base

/// Local simplification: constant folding, algebraic identities, address folding, phi and branch
/// simplification. Runs over the blocks in reverse postorder until nothing changes (three rounds at most:
/// each later one exists for phis of loops and for branches folded late).
///
/// `afterEscape`: also through `intToPtr(ptrToInt(p) ^ 0)`, by which abi.NoEscape hides a pointer from escape
/// analysis.
///
/// requires: nothing; keeps: SSA; destroys: dominators (branches may fold), use counts.
public func simplify(_ f: Function, afterEscape: Bool = false) {
  var s = Simplifier(f, afterEscape: afterEscape)
  for _ in 0..<3 {
    s.changed = false
    s.sweep()
    eliminateCopies(f)
    if s.foldedBranch { f.removeUnreachableBlocks() }
    s.foldedBranch = false
    if !s.changed { break }
  }
}

struct Simplifier {
  let f: Function
  var changed = false
  var foldedBranch = false

  let afterEscape: Bool

  init(_ f: Function, afterEscape: Bool) {
    self.f = f
    self.afterEscape = afterEscape
  }

  mutating func sweep() {
    for b in f.order {
      for i in 0..<f.blocks[b].values.count {
        let v = f.blocks[b].values[i]
        for k in f.argRange(v) { f.args[k] = f.resolve(f.args[k]) }
        visit(v)
      }
      if f.blocks[b].control.isSome {
        f.blocks[b].control = f.resolve(f.blocks[b].control)
        foldBranch(b)
      }
    }
  }

  private mutating func foldBranch(_ b: BlockID) {
    let c = f.blocks[b].control
    switch f.blocks[b].kind {
    case .branch:
      if f.values[c].op == .constInt {
        f.makeJump(b, successor: f.values[c].auxInt != 0 ? 0 : 1)
      } else if f.blocks[b].succs[0] == f.blocks[b].succs[1], phisAgree(b) {
        f.makeJump(b, successor: 0)
      } else if let inner = invertedCondition(c) {
        f.blocks[b].control = inner
        f.blocks[b].succs.swapAt(0, 1)
        f.blocks[b].likely = -f.blocks[b].likely
        changed = true
        return
      } else {
        return
      }
    case .table:
      guard f.values[c].op == .constInt else { return }
      let n = f.blocks[b].succs.count - 1
      let x = f.values[c].auxInt
      f.makeJump(b, successor: x >= 0 && x < Int64(n) ? Int(x) : n)
    default: return
    }
    changed = true
    foldedBranch = true
  }

  /// x of `eq x 0` on a bool.
  private func invertedCondition(_ c: ValueID) -> ValueID? {
    guard f.values[c].op == .eq, f.constant(f.arg(c, 1)) == 0 else { return nil }
    let x = f.arg(c, 0)
    return isBool(x) ? x : nil
  }

  /// Whether `v` is known to be 0 or 1.
  func isBool(_ v: ValueID) -> Bool {
    switch f.values[v].op {
    case .eq, .ne, .ltS, .leS, .ltU, .leU, .feq, .fne, .flt, .fle: return true
    case .constInt: return f.values[v].auxInt == 0 || f.values[v].auxInt == 1
    default: return false
    }
  }

  private func phisAgree(_ b: BlockID) -> Bool {
    let s = f.blocks[b].succs[0]
    let i = f.predIndex(b, successor: 0)
    let j = f.predIndex(b, successor: 1)
    for v in f.blocks[s].values {
      guard f.values[v].op == .phi else { break }
      if f.arg(v, i) != f.arg(v, j) { return false }
    }
    return true
  }

  mutating func become(_ v: ValueID, _ w: ValueID) {
    f.replace(v, with: w)
    changed = true
  }

  mutating func become(_ v: ValueID, constant c: Int64) {
    f.makeConstant(v, wrap(c, f.values[v].type))
    changed = true
  }

  /// A new integer constant at the head of the entry block, where it dominates every use.
  func newConstant(_ c: Int64, _ type: ValueType) -> ValueID {
    let v = f.makeValue(.constInt, type, auxInt: wrap(c, type))
    let entry = f.entry
    f.values[v].block = entry
    let at = f.blocks[entry].values.firstIndex { f.values[$0].op != .param }
    f.blocks[entry].values.insert(v, at: at ?? f.blocks[entry].values.count)
    return v
  }
}

/// `x` cut to the width of `type`, sign-extended: the canonical form of constants.
@inlinable public func wrap(_ x: Int64, _ type: ValueType) -> Int64 {
  switch type {
  case .i8: return Int64(Int8(truncatingIfNeeded: x))
  case .i16: return Int64(Int16(truncatingIfNeeded: x))
  case .i32: return Int64(Int32(truncatingIfNeeded: x))
  default: return x
  }
}

/// The constant `x` of `type` read as unsigned.
@inlinable public func unsigned(_ x: Int64, _ type: ValueType) -> UInt64 {
  switch type {
  case .i8: return UInt64(UInt8(truncatingIfNeeded: x))
  case .i16: return UInt64(UInt16(truncatingIfNeeded: x))
  case .i32: return UInt64(UInt32(truncatingIfNeeded: x))
  default: return UInt64(bitPattern: x)
  }
}
