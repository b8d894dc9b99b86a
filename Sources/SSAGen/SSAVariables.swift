import Base
import SSA

/// One component of a Go variable while SSA is built.
struct Variable: EntityID {
  var raw: UInt32
}

/// On-the-fly SSA construction: Braun, Buchwald, Hack, Leißa, Mallon, Zwinkau, "Simple and
/// Efficient Construction of Static Single Assignment Form" (CC 2013).
///
/// Definitions by (block, variable) lie in one open-addressed table. Phis that turn out trivial are
/// recorded in `forward` and taken out in one pass at the end (`finishVariables`).
struct VariableTable {
  private var keys: [UInt64]
  private var defs: [ValueID]
  private var used = 0
  /// Types of the variables; index: Variable.
  var types: [ValueType] = [.void]
  /// Index: block. No further predecessor will be added.
  var sealed: [Bool] = [false]
  /// Phis of unsealed blocks that still need operands.
  var incomplete: [(block: BlockID, variable: Variable, phi: ValueID)] = []
  /// Index: value. What a trivial phi stands for; none for others. May be shorter than `values`.
  var forward: [ValueID] = []
  /// All phis made, in order.
  var phis: [ValueID] = []

  init() {
    keys = Array(repeating: 0, count: 256)
    defs = Array(repeating: .none, count: 256)
  }

  private static func key(_ b: BlockID, _ v: Variable) -> UInt64 {
    UInt64(b.raw) << 32 | UInt64(v.raw)
  }

  private func slot(_ k: UInt64) -> Int {
    let mask = keys.count - 1
    var i = Int(truncatingIfNeeded: (k &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
    while keys[i] != 0 && keys[i] != k { i = (i + 1) & mask }
    return i
  }

  func find(_ b: BlockID, _ v: Variable) -> ValueID {
    let i = slot(VariableTable.key(b, v))
    return keys[i] == 0 ? .none : defs[i]
  }

  mutating func set(_ b: BlockID, _ v: Variable, _ d: ValueID) {
    let k = VariableTable.key(b, v)
    var i = slot(k)
    if keys[i] == 0 {
      used += 1
      if used * 2 > keys.count {
        grow()
        i = slot(k)
      }
      keys[i] = k
    }
    defs[i] = d
  }

  private mutating func grow() {
    let oldKeys = keys
    let oldDefs = defs
    keys = Array(repeating: 0, count: oldKeys.count * 2)
    defs = Array(repeating: .none, count: oldKeys.count * 2)
    for i in oldKeys.indices where oldKeys[i] != 0 {
      let j = slot(oldKeys[i])
      keys[j] = oldKeys[i]
      defs[j] = oldDefs[i]
    }
  }
}

extension FunctionBuilder {
  func newVariable(_ t: ValueType) -> Variable {
    vars.types.append(t)
    return Variable(vars.types.count - 1)
  }

  func write(_ v: Variable, _ d: ValueID) { vars.set(block(), v, d) }

  func read(_ v: Variable) -> ValueID { read(v, block()) }

  private func read(_ v: Variable, _ b: BlockID) -> ValueID {
    // Chains of single predecessors are walked without recursion.
    var x = b
    while true {
      let d = vars.find(x, v)
      if d.isSome {
        if x != b { vars.set(b, v, d) }
        return d
      }
      if !vars.sealed[x.index] || f.blocks[x].preds.count != 1 { break }
      x = f.blocks[x].preds[0]
    }
    let d = readMerged(v, x)
    if x != b { vars.set(b, v, d) }
    return d
  }

  private func readMerged(_ v: Variable, _ b: BlockID) -> ValueID {
    if !vars.sealed[b.index] {
      let phi = makePhi(v, b)
      vars.incomplete.append((b, v, phi))
      vars.set(b, v, phi)
      return phi
    }
    if f.blocks[b].preds.isEmpty {
      // Unreachable, or read before any definition (a variable not yet in scope on this path).
      let z = undefined(vars.types[v.index], b)
      vars.set(b, v, z)
      return z
    }
    let phi = makePhi(v, b)
    vars.set(b, v, phi)
    addOperands(v, phi, b)
    let d = trivial(phi) ?? phi
    vars.set(b, v, d)
    return d
  }

  private func undefined(_ t: ValueType, _ b: BlockID) -> ValueID {
    let v: ValueID
    switch t {
    case .f32, .f64: v = f.makeValue(.constFloat, t)
    case .ptr: v = f.makeValue(.constNil, t)
    default: v = f.makeValue(.constInt, t)
    }
    f.values[v].block = b
    f.blocks[b].values.insert(v, at: 0)
    return v
  }

  private func makePhi(_ v: Variable, _ b: BlockID) -> ValueID {
    let phi = f.makeValue(.phi, vars.types[v.index], pos: pos)
    f.values[phi].block = b
    vars.phis.append(phi)
    return phi
  }

  private func addOperands(_ v: Variable, _ phi: ValueID, _ b: BlockID) {
    let preds = f.blocks[b].preds
    var operands: [ValueID] = []
    operands.reserveCapacity(preds.count)
    for p in preds { operands.append(read(v, p)) }
    f.setArguments(phi, operands)
  }

  /// The single value that a phi merges, if it is one.
  private func trivial(_ phi: ValueID) -> ValueID? {
    var same = ValueID.none
    for i in f.argRange(phi) {
      let a = resolve(f.args[i])
      if a == same || a == phi { continue }
      if same.isSome { return nil }
      same = a
    }
    if same.isNone { return nil }
    while vars.forward.count <= phi.index { vars.forward.append(.none) }
    vars.forward[phi.index] = same
    return same
  }

  /// `v` with trivial phis looked through.
  func resolve(_ v: ValueID) -> ValueID {
    var x = v
    while x.index < vars.forward.count && vars.forward[x.index].isSome { x = vars.forward[x.index] }
    return x
  }

  /// Declares that block `b` has all its predecessors.
  func seal(_ b: BlockID) {
    if vars.sealed[b.index] { return }
    vars.sealed[b.index] = true
    if vars.incomplete.isEmpty { return }
    var i = 0
    while i < vars.incomplete.count {
      let e = vars.incomplete[i]
      if e.block != b {
        i += 1
        continue
      }
      vars.incomplete.remove(at: i)
      addOperands(e.variable, e.phi, b)
      _ = trivial(e.phi)
    }
  }

  /// Seals what is left, drops unreachable blocks and trivial phis, and puts phis in place.
  func finishVariables() {
    for b in f.blocks.ids where !vars.sealed[b.index] { seal(b) }
    removeUnreachable()
    var changed = true
    while changed {
      changed = false
      for phi in vars.phis where !isForwarded(phi) {
        if trivial(phi) != nil { changed = true }
      }
    }
    placePhis()
    rewriteUses()
  }

  private func isForwarded(_ v: ValueID) -> Bool {
    v.index < vars.forward.count && vars.forward[v.index].isSome
  }

  private func placePhis() {
    var lists: [[ValueID]] = []
    lists = Array(repeating: [], count: f.blocks.count)
    for phi in vars.phis where !isForwarded(phi) {
      lists[f.values[phi].block.index].append(phi)
    }
    for b in f.order where !lists[b.index].isEmpty {
      f.blocks[b].values.insert(contentsOf: lists[b.index], at: 0)
    }
    for phi in vars.phis where isForwarded(phi) {
      f.values[phi].op = .invalid
      f.values[phi].block = .none
      f.values[phi].argCount = 0
    }
  }

  private func rewriteUses() {
    for i in f.args.indices { f.args[i] = resolve(f.args[i]) }
    for b in f.order {
      f.blocks[b].control = resolve(f.blocks[b].control)
      for i in f.blocks[b].results.indices {
        f.blocks[b].results[i] = resolve(f.blocks[b].results[i])
      }
    }
    for i in f.calls.indices {
      for k in f.calls[i].keepAlive.indices {
        f.calls[i].keepAlive[k] = resolve(f.calls[i].keepAlive[k])
      }
    }
  }

  /// Takes blocks out that the entry does not reach, with their edges and phi operands.
  private func removeUnreachable() {
    var seen = [Bool](repeating: false, count: f.blocks.count)
    var work: [BlockID] = [f.entry]
    seen[f.entry.index] = true
    if f.recoverLanding.isSome {
      seen[f.recoverLanding.index] = true
      work.append(f.recoverLanding)
    }
    while let b = work.popLast() {
      for s in f.blocks[b].succs where !seen[s.index] {
        seen[s.index] = true
        work.append(s)
      }
    }
    if !seen[1...].contains(false) { return }
    for phi in vars.phis where seen[f.values[phi].block.index] {
      let b = f.values[phi].block
      let preds = f.blocks[b].preds
      let operands = f.arguments(phi)
      var kept: [ValueID] = []
      for i in preds.indices where seen[preds[i].index] { kept.append(operands[i]) }
      f.setArguments(phi, kept)
    }
    for b in f.blocks.ids {
      if seen[b.index] {
        f.blocks[b].preds.removeAll { !seen[$0.index] }
      } else {
        for v in f.blocks[b].values { f.values[v].block = .none }
        f.blocks[b] = Block()
      }
    }
    vars.phis.removeAll { !seen[f.values[$0].block.index] }
    f.order.removeAll { !seen[$0.index] }
  }
}
