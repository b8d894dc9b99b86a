import Base
import SSA
import Syntax
import Types

/// The clauses of a switch while it is built.
private struct Clauses {
  /// Case clause nodes and the blocks of their bodies, in source order.
  var nodes: [NodeID] = []
  var bodies: [BlockID] = []
  var defaultIndex: Int?
}

/// A constant case: its value as an order-preserving key, and where it goes.
struct ConstantCase {
  var value: Int64
  var target: BlockID
}

extension FunctionBuilder {
  func switchStmt(_ n: NodeID) throws {
    let s = tree.switchStmt(n)
    if s.initStmt.isSome { try stmt(s.initStmt) }
    pos = tree.pos(n)
    if s.tag.isSome && tree.kind(s.tag) == .typeSwitchGuard {
      try typeSwitch(n, s)
      return
    }
    var c = Clauses()
    for (i, k) in tree.each(s.clauses).enumerated() {
      c.nodes.append(k)
      c.bodies.append(newBlock())
      if tree.clause(k).head.isNone { c.defaultIndex = i }
    }
    let done = newBlock()
    let none = c.defaultIndex.map { c.bodies[$0] } ?? done
    try dispatch(s, c, none)
    for i in c.nodes.indices {
      startSealed(c.bodies[i])
      if f.blocks[c.bodies[i]].preds.isEmpty { cur = .none }
      let outer = fallthroughTo
      fallthroughTo = i + 1 < c.bodies.count ? c.bodies[i + 1] : .none
      try withTarget(n, breakTo: done) { try stmts(tree.clause(c.nodes[i]).body) }
      fallthroughTo = outer
      jump(done)
    }
    finishMerge(done)
  }

  /// Branches to the body of the clause that matches, or to `none`.
  private func dispatch(_ s: SyntaxTree.Switch, _ c: Clauses, _ none: BlockID) throws {
    if s.tag.isNone {
      for (i, k) in c.nodes.enumerated() {
        let l = tree.unpack(tree.clause(k).head)
        for j in l.indices {
          let next = newBlock()
          pos = tree.pos(tree[l, j])
          try condition(tree[l, j], c.bodies[i], next)
          startSealed(next)
          if f.blocks[next].preds.isEmpty {
            cur = .none
            return
          }
        }
      }
      jump(none)
      return
    }
    if let i = try staticChoice(s.tag, c) {
      jump(i < 0 ? none : c.bodies[i])
      return
    }
    let tag = stable(try inOrder([Ordered(s.tag)]) { try expr(s.tag, to: defaultType(s.tag)) })
    if let cases = integerCases(tag.type, c) {
      let unsigned = !isSigned(tag.type)
      let x = resize(tag[0], .i64, signed: !unsigned)
      integerSwitch(x, cases, unsigned: unsigned, none)
      return
    }
    if try stringSwitch(tag, c, none) { return }
    for (i, k) in c.nodes.enumerated() {
      let l = tree.unpack(tree.clause(k).head)
      for j in l.indices {
        let next = newBlock()
        pos = tree.pos(tree[l, j])
        let x = try expr(tree[l, j], to: comparedType(tree[l, j], tag.type))
        branch(try mixedEqual(tag, x), c.bodies[i], next)
        startSealed(next)
      }
    }
    jump(none)
  }

  /// The type in which a case expression is evaluated before it is compared with the tag.
  private func comparedType(_ n: NodeID, _ tag: TypeID) -> TypeID {
    let t = type(n)
    if ts.basicKind(t) == .untypedNil { return tag }
    return basicInfo(t).contains(.untyped) && !isInterface(tag) ? tag : defaultType(n)
  }

  /// The clause chosen at compile time: its index, -1 for none, nil when that is not known.
  private func staticChoice(_ tag: NodeID, _ c: Clauses) throws -> Int? {
    let t = info.constants[tag.index]
    if t.isNone { return nil }
    for (i, k) in c.nodes.enumerated() {
      let l = tree.unpack(tree.clause(k).head)
      for j in l.indices {
        let x = info.constants[tree[l, j].index]
        if x.isNone { return nil }
        guard let same = pb.constants.equal(ts.constants[t], ts.constants[x]) else { return nil }
        if same { return i }
      }
    }
    return c.defaultIndex == nil ? -1 : c.defaultIndex!
  }

  // MARK: Integers

  /// All cases as integers, if the tag is one and all are constant.
  private func integerCases(_ t: TypeID, _ c: Clauses) -> [ConstantCase]? {
    guard basicInfo(t).contains(.integer) else { return nil }
    var out: [ConstantCase] = []
    for (i, k) in c.nodes.enumerated() {
      let l = tree.unpack(tree.clause(k).head)
      for j in l.indices {
        let x = info.constants[tree[l, j].index]
        guard x.isSome, let v = pb.constants.int64(ts.constants[x]) else { return nil }
        out.append(ConstantCase(value: v, target: c.bodies[i]))
      }
    }
    return out
  }

  /// Branches on `x` by a table, binary search, or one after the other.
  func integerSwitch(_ x: ValueID, _ cases: [ConstantCase], unsigned: Bool, _ none: BlockID) {
    if cases.count <= 4 {
      for c in cases {
        let next = newBlock()
        branch(compare(.eq, x, constInt(Int(c.value))), c.target, next)
        startSealed(next)
      }
      jump(none)
      return
    }
    var sorted = cases
    if unsigned {
      sorted.sort { UInt64(bitPattern: $0.value) < UInt64(bitPattern: $1.value) }
    } else {
      sorted.sort { $0.value < $1.value }
    }
    search(x, sorted[...], unsigned: unsigned, none)
  }

  private func search(
    _ x: ValueID, _ cases: ArraySlice<ConstantCase>, unsigned: Bool, _ none: BlockID
  ) {
    let first = cases.first!.value
    let last = cases.last!.value
    let (span, overflow) = last.subtractingReportingOverflow(first)
    // gc's rule: at least 8 cases, and at least one in four values of the range used.
    if cases.count >= 8 && !overflow && span >= 0 && span / 4 < cases.count {
      table(x, cases, first, Int(span), none)
      return
    }
    if cases.count <= 4 {
      for c in cases {
        let next = newBlock()
        branch(compare(.eq, x, constInt(Int(c.value))), c.target, next)
        startSealed(next)
      }
      jump(none)
      return
    }
    let mid = (cases.startIndex + cases.endIndex) / 2
    let low = newBlock()
    let high = newBlock()
    let pivot = constInt(Int(cases[mid - 1].value))
    branch(compare(unsigned ? .leU : .leS, x, pivot), low, high)
    startSealed(low)
    search(x, cases[..<mid], unsigned: unsigned, none)
    startSealed(high)
    search(x, cases[mid...], unsigned: unsigned, none)
  }

  private func table(
    _ x: ValueID, _ cases: ArraySlice<ConstantCase>, _ first: Int64, _ span: Int, _ none: BlockID
  ) {
    let b = block()
    let index = sub(x, constInt(Int(first)))
    f.blocks[b].kind = .table
    f.blocks[b].control = index
    var i = cases.startIndex
    for k in 0...span {
      if i < cases.endIndex && cases[i].value &- first == Int64(k) {
        f.addEdge(b, cases[i].target)
        i += 1
      } else {
        f.addEdge(b, none)
      }
    }
    f.addEdge(b, none)
    cur = .none
  }

  // MARK: Strings

  /// A switch over constant strings: by length, then by contents. False if it is none.
  private func stringSwitch(_ tag: Val, _ c: Clauses, _ none: BlockID) throws -> Bool {
    guard isString(tag.type) else { return false }
    var byLength: [(length: Int, cases: [([UInt8], BlockID)])] = []
    for (i, k) in c.nodes.enumerated() {
      let l = tree.unpack(tree.clause(k).head)
      for j in l.indices {
        let x = info.constants[tree[l, j].index]
        guard x.isSome, case .string(let s) = ts.constants[x] else { return false }
        let e = (s.bytes, c.bodies[i])
        if let g = byLength.firstIndex(where: { $0.length == s.count }) {
          byLength[g].cases.append(e)
        } else {
          byLength.append((s.count, [e]))
        }
      }
    }
    var groups: [ConstantCase] = []
    for g in byLength { groups.append(ConstantCase(value: Int64(g.length), target: newBlock())) }
    integerSwitch(tag[1], groups, unsigned: false, none)
    for (i, g) in byLength.enumerated() {
      startSealed(groups[i].target)
      for (bytes, target) in g.cases {
        let next = newBlock()
        branch(equalBytes(tag[0], bytes), target, next)
        startSealed(next)
      }
      jump(none)
    }
    return true
  }
}
