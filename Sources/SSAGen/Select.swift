import Base
import SSA
import Syntax
import Types

/// One communication clause with its operands evaluated.
private struct CommCase {
  var node: NodeID
  var statement: NodeID
  var isSend: Bool
  var channel: Val
  /// Where the value sent lies, or the one received shall.
  var element: Address?
  var body: BlockID
  /// Position in the array that `selectgo` gets.
  var slot = 0
}

extension FunctionBuilder {
  func selectStmt(_ n: NodeID) throws {
    var clauses: [NodeID] = []
    var fallback: NodeID?
    for k in tree.each(tree.selectStmt(n).clauses) {
      if tree.clause(k).head.isNone { fallback = k } else { clauses.append(k) }
    }
    let done = newBlock()
    if clauses.isEmpty {
      guard let k = fallback else {
        callRuntime(.block, [])
        seal(done)
        return
      }
      try withTarget(n, breakTo: done) { try stmts(tree.clause(k).body) }
      jump(done)
      finishMerge(done)
      return
    }
    if clauses.count == 1 && fallback == nil {
      try withTarget(n, breakTo: done) {
        try withTemporaries { try onlyClause(clauses[0]) }
        try stmts(tree.clause(clauses[0]).body)
      }
      jump(done)
      finishMerge(done)
      return
    }
    var cases: [CommCase] = []
    for k in clauses { cases.append(try evaluate(k)) }
    let defaultBlock = fallback == nil ? BlockID.none : newBlock()
    var received = ValueID.none
    if cases.count == 1 {
      received = try nonBlocking(cases[0], defaultBlock)
    } else {
      received = try general(&cases, defaultBlock)
    }
    for c in cases {
      startSealed(c.body)
      try withTarget(n, breakTo: done) {
        try bindReceived(c, received)
        try stmts(tree.clause(c.node).body)
      }
      jump(done)
    }
    if let k = fallback {
      startSealed(defaultBlock)
      try withTarget(n, breakTo: done) { try stmts(tree.clause(k).body) }
      jump(done)
    }
    finishMerge(done)
  }

  /// The communication of a select that has one clause and no default: the channel first, and what is
  /// received goes to a place evaluated afterwards.
  private func onlyClause(_ k: NodeID) throws {
    let s = tree.clause(k).head
    if tree.kind(s) == .send {
      try stmt(s)
      return
    }
    var c = try evaluate(k)
    let p = c.element.map { pointer($0) } ?? constNil()
    var received = ValueID.none
    if tree.kind(s) == .assign && tree.unpack(tree.assign(s).lhs).count == 2 {
      received = callRuntime(.chanrecv2, [c.channel[0], p])
    } else {
      callRuntime(.chanrecv1, [c.channel[0], p])
    }
    c.body = .none
    try bindReceived(c, received)
  }

  /// The receive operation of a clause's statement.
  private func receiveNode(_ s: NodeID) -> NodeID {
    if tree.kind(s) == .exprStmt { return tree.unparen(tree.exprStmt(s)) }
    return tree.unparen(tree[tree.unpack(tree.assign(s).rhs), 0])
  }

  private func evaluate(_ k: NodeID) throws -> CommCase {
    let s = tree.clause(k).head
    pos = tree.pos(s)
    if tree.kind(s) == .send {
      let (c, x) = tree.send(s)
      let ch = try expr(c)
      let v = stable(try expr(x, to: elem(ch.type)))
      return CommCase(
        node: k, statement: s, isSend: true, channel: ch, element: inMemory(v), body: newBlock())
    }
    let ch = try expr(tree.unary(receiveNode(s)).x)
    let wanted = tree.kind(s) != .exprStmt
    let a = wanted ? receiver(elem(ch.type)) : nil
    return CommCase(
      node: k, statement: s, isSend: false, channel: ch, element: a, body: newBlock())
  }

  /// One case and a default.
  private func nonBlocking(_ c: CommCase, _ otherwise: BlockID) throws -> ValueID {
    let p = c.element.map { pointer($0) } ?? constNil()
    if c.isSend {
      let ok = callRuntime(.selectnbsend, [c.channel[0], p])
      branch(ok, c.body, otherwise)
      return .none
    }
    let r = callRuntime(.selectnbrecv, [p, c.channel[0]])
    let selected = project(r, 0, .i8)
    let received = project(r, 1, .i8)
    branch(selected, c.body, otherwise)
    return received
  }

  /// Any number of cases: an array of scase {channel, element}, sends first, receives from the end.
  private func general(_ cases: inout [CommCase], _ otherwise: BlockID) throws -> ValueID {
    let n = cases.count
    var mask = [UInt64](repeating: 0, count: (2 * n + 63) / 64)
    for i in 0..<(2 * n) { mask[i >> 6] |= 1 << UInt64(i & 63) }
    let array = rawSlot(size: 16 * n, mask: mask)
    let order = rawSlot(size: 4 * n, mask: [])
    var sends = 0
    var receives = 0
    for i in cases.indices {
      if cases[i].isSend {
        cases[i].slot = sends
        sends += 1
      } else {
        receives += 1
        cases[i].slot = n - receives
      }
      let at = Int64(16 * cases[i].slot)
      store(cases[i].channel[0], slotAddress(array, at))
      store(cases[i].element.map { pointer($0) } ?? constNil(), slotAddress(array, at + 8))
    }
    let r = callRuntime(
      .selectgo,
      [
        pointer(slotAddress(array)), pointer(slotAddress(order)), constNil(), constInt(sends),
        constInt(receives), constBool(otherwise.isNone),
      ])
    let chosen = project(r, 0, .i64)
    let received = project(r, 1, .i8)
    if otherwise.isSome {
      let some = newBlock()
      branch(compare(.ltS, chosen, constInt(0)), otherwise, some)
      startSealed(some)
    }
    for c in cases.dropLast() {
      let next = newBlock()
      branch(compare(.eq, chosen, constInt(c.slot)), c.body, next)
      startSealed(next)
    }
    jump(cases[n - 1].body)
    return received
  }

  /// Assigns what a receive clause received.
  private func bindReceived(_ c: CommCase, _ ok: ValueID) throws {
    guard !c.isSend, tree.kind(c.statement) == .assign, let a = c.element else { return }
    let s = tree.assign(c.statement)
    let l = tree.unpack(s.lhs)
    let e = elem(c.channel.type)
    for i in l.indices {
      let n = tree[l, i]
      if isBlank(n) { continue }
      let v = i == 0 ? load(e, a) : Val(boolType, ok)
      if let o = newVariable(n, s.op == .def) {
        let t = concrete(ts.objects[o].type)
        declare(o, t, try convert(v, to: t))
      } else {
        let p = try place(n)
        try store(try convert(v, to: p.type), p)
      }
    }
  }
}
