import Base

/// Checks that `f` is well-formed SSA; returns what is wrong, or nil.
///
/// - every placed value stands in one block, which it names; its arguments are defined before it:
///   earlier in the block, or in a dominating block; a phi's at the end of the matching
///   predecessor;
/// - phis come first and have an argument for each predecessor; predecessor and successor lists
///   agree;
/// - operand and result types fit the operation; a branch tests an i8, a table an i64;
/// - a `project` stands behind its tuple;
/// - a `ptr` is made only by operations that may make one: integers become pointers by `intToPtr`
///   alone.
public func verify(_ f: Function, afterLowering: Bool = false) -> String? {
  var v = Verifier(f)
  return v.run()
}

private struct Verifier {
  let f: Function
  let dom: Dominators
  /// Position of each value in its block, -1 if not placed.
  var position: [Int32]

  init(_ f: Function) {
    self.f = f
    dom = Dominators(f)
    position = Array(repeating: -1, count: f.values.count)
  }

  mutating func run() -> String? {
    for b in f.order {
      for (i, v) in f.blocks[b].values.enumerated() {
        if v.isNone || v.index >= f.values.count { return "\(b) lists \(v), which does not exist" }
        if position[v.index] >= 0 { return "\(v) stands twice" }
        if f.values[v].block != b {
          return "\(v) stands in \(b) but names \(f.values[v].block)"
        }
        position[v.index] = Int32(i)
      }
    }
    for b in f.order {
      if let p = edges(b) { return p }
      if !dom.isReachable(b) { continue }
      var phis = true
      for v in f.blocks[b].values {
        if f.values[v].op != .phi {
          phis = false
        } else if !phis {
          return "phi \(v) behind other values of \(b)"
        }
        if let p = arguments(v, b) { return p }
        if let p = types(v) { return p }
      }
      if let p = control(b) { return p }
    }
    return nil
  }

  private func edges(_ b: BlockID) -> String? {
    let x = f.blocks[b]
    for s in x.succs {
      let out = x.succs.reduce(0) { $0 + ($1 == s ? 1 : 0) }
      let back = f.blocks[s].preds.reduce(0) { $0 + ($1 == b ? 1 : 0) }
      if out != back { return "\(b) has \(out) edges to \(s), which lists \(back)" }
    }
    for p in x.preds where !f.blocks[p].succs.contains(b) {
      return "\(b) lists predecessor \(p), which does not lead there"
    }
    let n = x.succs.count
    switch x.kind {
    case .jump: return n == 1 ? nil : "\(b) jumps to \(n) blocks"
    case .branch: return n == 2 ? nil : "\(b) branches to \(n) blocks"
    case .table: return n >= 1 ? nil : "\(b) has an empty table"
    case .ret, .exit, .tailCall: return n == 0 ? nil : "\(b) leaves the function and has successors"
    case .open: return "\(b) has no end"
    case .machineBranch: return nil
    }
  }

  /// Whether `a` is defined before position `at` of block `b`.
  private func isDefined(_ a: ValueID, _ b: BlockID, before at: Int32) -> Bool {
    if a.isNone || a.index >= f.values.count || position[a.index] < 0 { return false }
    let home = f.values[a].block
    if home == b { return position[a.index] < at }
    return dom.dominates(home, b)
  }

  private func arguments(_ v: ValueID, _ b: BlockID) -> String? {
    let x = f.values[v]
    let range = f.argRange(v)
    if x.op == .phi {
      let preds = f.blocks[b].preds
      if range.count != preds.count {
        return "phi \(v) has \(range.count) arguments for \(preds.count) predecessors of \(b)"
      }
      for (k, p) in preds.enumerated() where dom.isReachable(p) {
        let a = f.args[range.lowerBound + k]
        if !isDefined(a, p, before: Int32.max) {
          return "argument \(a) of phi \(v) is not defined at the end of \(p)"
        }
      }
      return nil
    }
    for i in range where !isDefined(f.args[i], b, before: position[v.index]) {
      return "\(v) = \(x.op) uses \(f.args[i]), which is not defined before it"
    }
    return nil
  }

  private func control(_ b: BlockID) -> String? {
    let x = f.blocks[b]
    if x.kind == .branch || x.kind == .table {
      if !isDefined(x.control, b, before: Int32.max) {
        return "control \(x.control) of \(b) is not defined"
      }
      let t = f.values[x.control].type
      if t != (x.kind == .branch ? .i8 : .i64) { return "control \(x.control) of \(b) is a \(t)" }
    }
    for r in x.results where !isDefined(r, b, before: Int32.max) {
      return "result \(r) of \(b) is not defined"
    }
    return nil
  }

  private func types(_ v: ValueID) -> String? {
    let x = f.values[v]
    let t = x.type
    func arg(_ i: Int) -> ValueType {
      i < Int(x.argCount) ? f.values[f.arg(v, i)].type : .void
    }
    func bad(_ why: String) -> String { "\(v) = \(x.op) \(t): \(why)" }
    func count(_ n: Int) -> String? {
      Int(x.argCount) == n ? nil : bad("\(x.argCount) arguments, not \(n)")
    }
    let word: (ValueType) -> Bool = { $0.isInteger || $0 == .ptr }
    switch x.op {
    case .add, .sub, .mul, .divS, .divU, .remS, .remU, .and, .or, .xor, .andNot, .mulHighS,
      .mulHighU:
      if !t.isInteger || arg(0) != t || arg(1) != t { return bad("on \(arg(0)) and \(arg(1))") }
      return count(2)
    case .shl, .shrS, .shrU, .rotl:
      if !t.isInteger || arg(0) != t || arg(1) != .i64 { return bad("on \(arg(0)) by \(arg(1))") }
      return count(2)
    case .neg, .not, .byteSwap:
      return t.isInteger && arg(0) == t ? count(1) : bad("on \(arg(0))")
    case .ctz, .clz, .popCount:
      return t == .i64 && arg(0).isInteger ? count(1) : bad("on \(arg(0))")
    case .eq, .ne, .ltS, .leS, .ltU, .leU:
      return t == .i8 && word(arg(0)) && arg(0) == arg(1) ? count(2) : bad("\(arg(0)), \(arg(1))")
    case .feq, .fne, .flt, .fle:
      return t == .i8 && arg(0).isFloat && arg(0) == arg(1)
        ? count(2) : bad("\(arg(0)), \(arg(1))")
    case .fadd, .fsub, .fmul, .fdiv, .fmin, .fmax, .fcopysign:
      return t.isFloat && arg(0) == t && arg(1) == t ? count(2) : bad("\(arg(0)), \(arg(1))")
    case .fneg, .fsqrt, .fabs, .fround:
      return t.isFloat && arg(0) == t ? count(1) : bad("\(arg(0))")
    case .signExtend, .zeroExtend:
      return t.isInteger && arg(0).isInteger && arg(0).size < t.size ? count(1) : bad("\(arg(0))")
    case .truncate:
      return t.isInteger && arg(0).isInteger && arg(0).size > t.size ? count(1) : bad("\(arg(0))")
    case .copy: return arg(0) == t ? count(1) : bad("of \(arg(0))")
    case .phi:
      for i in 0..<Int(x.argCount) where arg(i) != t { return bad("argument of type \(arg(i))") }
      return nil
    case .select: return arg(0) == .i8 && arg(1) == t && arg(2) == t ? count(3) : bad("operands")
    case .ptrAdd: return t == .ptr && arg(0) == .ptr && arg(1) == .i64 ? count(2) : bad("operands")
    case .ptrToInt: return t == .i64 && arg(0) == .ptr ? count(1) : bad("of \(arg(0))")
    case .intToPtr: return t == .ptr && arg(0) == .i64 ? count(1) : bad("of \(arg(0))")
    case .load, .nilCheck, .zeroMemory:
      return word(arg(0)) && arg(0).size == 8 ? count(1) : bad("address of type \(arg(0))")
    case .store, .copyMemory:
      return word(arg(0)) && arg(0).size == 8 ? count(2) : bad("address of type \(arg(0))")
    case .boundsCheck: return arg(0) == .i64 && arg(1) == .i64 ? count(2) : bad("operands")
    case .project:
      if arg(0) != .tuple { return bad("of \(arg(0))") }
      let tuple = f.arg(v, 0)
      if f.values[tuple].block != x.block { return bad("in another block than its tuple") }
      var i = Int(position[v.index]) - 1
      let list = f.blocks[x.block].values
      while i >= 0 && list[i] != tuple {
        if f.values[list[i]].op != .project { return bad("not right behind its tuple") }
        i -= 1
      }
      return nil
    case .callStatic, .callClosure, .callInterface: return call(v, x)
    default: return nil
    }
  }

  private func call(_ v: ValueID, _ x: Value) -> String? {
    let s = f.calls[Int(x.aux)].signature
    let first = x.op == .callStatic ? 0 : 1
    if Int(x.argCount) != first + s.params.count {
      return "\(v) = \(x.op) has \(x.argCount) arguments, its signature \(s.params.count)"
    }
    for (i, p) in s.params.enumerated() {
      let t = f.values[f.arg(v, first + i)].type
      if t != p.type { return "\(v) = \(x.op): argument \(i) is a \(t), not a \(p.type)" }
    }
    return nil
  }
}
