import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  func stmts(_ l: NodeList) throws {
    for n in tree.each(l) { try stmt(n) }
  }

  func blockStmt(_ n: NodeID) throws { try stmts(tree.block(n).stmts) }

  func stmt(_ n: NodeID) throws {
    let k = tree.kind(n)
    // What follows a terminator can only be reached through a label.
    if cur.isNone && k != .labeled { return }
    pos = tree.pos(n)
    switch k {
    case .absent, .empty: return
    case .block: try blockStmt(n)
    case .declStmt: try withTemporaries { try declStmt(n) }
    case .exprStmt: try withTemporaries { try exprStmt(tree.exprStmt(n)) }
    case .send: try withTemporaries { try sendStmt(n) }
    case .assign: try withTemporaries { try assignStmt(n) }
    case .callStmt: try withTemporaries { try callStmt(n) }
    case .returnStmt: try withTemporaries { try returnStmt(n) }
    case .labeled: try labeledStmt(n)
    case .branch: try branchStmt(n)
    case .ifStmt: try ifStmt(n)
    case .forStmt: try withTemporaries { try forStmt(n) }
    case .switchStmt: try withTemporaries { try switchStmt(n) }
    case .selectStmt: try withTemporaries { try selectStmt(n) }
    default: throw unimplemented("statement \(k)")
    }
  }

  private func declStmt(_ n: NodeID) throws {
    for d in tree.each(tree.declStmt(n)) where tree.kind(d) == .varDecl {
      pos = tree.pos(d)
      try varDecl(d)
    }
  }

  private func exprStmt(_ node: NodeID) throws {
    let n = tree.unparen(node)
    switch tree.kind(n) {
    case .call: try callForEffect(n)
    case .unary where tree.op(n) == .recv:
      try receiveForEffect(try ordered(tree.unary(n).x))
    default: try inOrder([Ordered(n)]) { try discard(n) }
    }
  }

  // MARK: Labels and branches

  /// The block that a label's statement starts at.
  private func labelBlock(_ n: NodeID) -> BlockID {
    if let l = labels.first(where: { $0.node == n }) { return l.block }
    let b = newBlock()
    labels.append((n, b))
    return b
  }

  func jumpToLabel(_ n: NodeID) { jump(labelBlock(n)) }

  private func labeledStmt(_ n: NodeID) throws {
    // Unsealed until the function ends: a goto may come from anywhere.
    let b = labelBlock(n)
    jump(b)
    start(b)
    try stmt(tree.labeled(n).stmt)
  }

  private func branchStmt(_ n: NodeID) throws {
    let b = tree.branch(n)
    switch b.kind {
    case .fallthrough:
      jump(fallthroughTo)
    case .goto:
      if let r = rangeBody, !r.contains(b.target) {
        try leaveRangeBody(r, .goto(b.target))
        return
      }
      jump(labelBlock(b.target))
    case .break, .continue:
      let isBreak = b.kind == .break
      guard let t = findTarget(b) else {
        if let r = rangeBody {
          try leaveRangeBody(r, isBreak ? .break(b.target) : .continue(b.target))
          return
        }
        throw unimplemented("branch without target")
      }
      jump(isBreak ? t.breakTo : t.continueTo)
    }
  }

  private func findTarget(_ b: SyntaxTree.Branch) -> BranchTarget? {
    if b.target.isSome { return targets.last { $0.node == b.target } }
    if b.kind == .break { return targets.last }
    return targets.last { $0.continueTo.isSome }
  }

  /// Runs `body` with break and continue of statement `n` going to these blocks.
  func withTarget(
    _ n: NodeID, breakTo: BlockID, continueTo: BlockID = .none, _ body: () throws -> Void
  ) rethrows {
    targets.append(BranchTarget(node: n, breakTo: breakTo, continueTo: continueTo))
    try body()
    targets.removeLast()
  }

  // MARK: if

  private func ifStmt(_ n: NodeID) throws {
    let s = tree.ifStmt(n)
    if s.initStmt.isSome { try stmt(s.initStmt) }
    pos = tree.pos(n)
    if let c = constantBool(s.cond) {
      // Only the branch taken is built: nothing it alone refers to enters the program.
      if c { try stmt(s.then) } else if s.elseStmt.isSome { try stmt(s.elseStmt) }
      return
    }
    let then = newBlock()
    let done = newBlock()
    let other = s.elseStmt.isSome ? newBlock() : done
    try withTemporaries { try condition(s.cond, then, other) }
    startSealed(then)
    try stmt(s.then)
    jump(done)
    if s.elseStmt.isSome {
      startSealed(other)
      try stmt(s.elseStmt)
      jump(done)
    }
    finishMerge(done)
  }

  /// Seals a block that statements jump to when they are done, and goes on there if any did.
  func finishMerge(_ b: BlockID) {
    seal(b)
    if f.blocks[b].preds.isEmpty { cur = .none } else { start(b) }
  }

  /// The value of a constant boolean expression.
  func constantBool(_ n: NodeID) -> Bool? {
    let c = info.constants[n.index]
    if c.isSome, case .bool(let b) = ts.constants[c] { return b }
    // `constant && x` and the like, which the checker does not fold.
    let m = tree.unparen(n)
    if tree.kind(m) == .unary && tree.op(m) == .not {
      return constantBool(tree.unary(m).x).map { !$0 }
    }
    guard tree.kind(m) == .binary else { return nil }
    let (op, x, y) = tree.binary(m)
    if op == .andAnd {
      guard let a = constantBool(x) else { return nil }
      return a ? constantBool(y) : false
    }
    if op == .orOr {
      guard let a = constantBool(x) else { return nil }
      return a ? true : constantBool(y)
    }
    return nil
  }

  /// Branches on a boolean expression, with short-circuit evaluation.
  func condition(_ node: NodeID, _ yes: BlockID, _ no: BlockID) throws {
    let n = tree.unparen(node)
    if let c = constantBool(n) {
      jump(c ? yes : no)
      return
    }
    if tree.kind(n) == .unary && tree.op(n) == .not {
      try condition(tree.unary(n).x, no, yes)
      return
    }
    if tree.kind(n) == .binary {
      let (op, x, y) = tree.binary(n)
      if op == .andAnd || op == .orOr {
        let rest = newBlock()
        if op == .andAnd {
          try condition(x, rest, no)
        } else {
          try condition(x, yes, rest)
        }
        startSealed(rest)
        if f.blocks[rest].preds.isEmpty {
          cur = .none
          return
        }
        try condition(y, yes, no)
        return
      }
    }
    let c = try ordered(n)
    branch(c[0], yes, no)
  }

  // MARK: for

  private func forStmt(_ n: NodeID) throws {
    let s = tree.forStmt(n)
    if s.initStmt.isSome && tree.kind(s.initStmt) == .rangeClause {
      try rangeStmt(n, s)
      return
    }
    if s.initStmt.isSome { try stmt(s.initStmt) }
    let fresh = perIterationVariables(s)
    for i in fresh { makeMoving(i) }
    let head = newBlock()
    let body = newBlock()
    let post = newBlock()
    let done = newBlock()
    jump(head)
    start(head)
    if s.cond.isSome {
      try withTemporaries { try condition(s.cond, body, done) }
    } else {
      jump(body)
    }
    startSealed(body)
    if !f.blocks[body].preds.isEmpty {
      try withTarget(n, breakTo: done, continueTo: post) { try blockStmt(s.body) }
    } else {
      cur = .none
    }
    jump(post)
    finishMerge(post)
    if isReachable {
      for i in fresh { renew(i) }
      if s.post.isSome { try stmt(s.post) }
      jump(head)
    }
    seal(head)
    finishMerge(done)
  }

  /// Variables of a three-clause loop that each iteration has a copy of and that live in memory
  /// (Go 1.22, For statements with for clause). Others cannot be told apart.
  private func perIterationVariables(_ s: SyntaxTree.For) -> [Int] {
    guard minor >= 22, s.initStmt.isSome, tree.kind(s.initStmt) == .assign else { return [] }
    let a = tree.assign(s.initStmt)
    guard a.op == .def else { return [] }
    let l = tree.unpack(a.lhs)
    var out: [Int] = []
    // Where variables must not move to the heap, taking an address cannot let an iteration's
    // variable outlive it; one variable for all iterations then stays in the frame.
    let shared: ObjectFlags = f.flags.contains(.noAlloc) ? .captured : [.captured, .addressTaken]
    for i in l.indices {
      guard let o = newVariable(tree[l, i], true), let k = local(o), locals[k].kind == .memory,
        !ts.objects[o].flags.isDisjoint(with: shared) || pb.isRangeCaptured(o)
      else { continue }
      out.append(k)
    }
    return out
  }

  /// Gives a moving variable a new copy of itself.
  private func renew(_ i: Int) {
    let t = locals[i].type
    let fresh = Address(allocate(t, .variable, name: ts.objects[locals[i].object].name))
    let v = load(t, address(local: i))
    store(v, fresh)
    write(locals[i].first, fresh.base)
  }

  // MARK: return

  private func returnStmt(_ n: NodeID) throws {
    let e = tree.returnStmt(n)
    if let r = rangeBody {
      try returnFromRangeBody(r, e)
      return
    }
    let values = try returnValues(e)
    if let values { for i in values.indices { assign(local: results[i], values[i]) } }
    leave()
  }

  /// The values of a return statement, converted; nil for a bare return.
  func returnValues(_ e: NodeID) throws -> [Val]? {
    if e.isNone { return nil }
    let l = tree.unpack(e)
    let types = resultTypes
    var values: [Val] = []
    if l.count == types.count {
      try inOrder(l.indices.map { Ordered(tree[l, $0], types[$0]) }) {
        for i in l.indices {
          let v = try expr(tree[l, i], to: types[i])
          values.append(l.count > 1 ? stable(v) : v)
        }
      }
      return values
    }
    let all = try tuple(tree[l, 0], types.count)
    for i in all.indices { values.append(try convert(all[i], to: types[i])) }
    return values
  }

  /// Types of the results of the Go function being built.
  var resultTypes: [TypeID] {
    if let r = rangeBody { return r.resultTypes }
    return abi.results.map { $0.type }
  }

  /// Runs deferred calls and returns the result variables.
  func leave() {
    if let o = openDefers {
      jump(o.exit)
      return
    }
    if hasDefer { callRuntime(.deferreturn, []) }
    returnResults()
  }

  /// Ends the block by returning the current values of the result variables.
  func returnResults() {
    var out: [Val] = []
    for (k, i) in results.enumerated() {
      if hasDefer {
        out.append(load(abi.results[k].type, resultAddress(k)))
      } else {
        out.append(value(local: i))
      }
    }
    ret(out)
  }

  /// Where result `k` lies in a function with defers.
  func resultAddress(_ k: Int) -> Address {
    let s = resultSlots[k]
    let a = slotAddress(s.slot)
    return s.isPointer ? Address(load(.ptr, a), 0, isSafe: true) : a
  }

  /// Ends the block by returning `values`, one for each Go result.
  func ret(_ values: [Val]) {
    let b = block()
    var slots = [ValueID](repeating: .none, count: abi.signature.results.count)
    // Results in memory go to the caller's frame.
    for (i, r) in abi.results.enumerated() where !r.hasSlots && size(r.type) > 0 {
      var a = Address(emit(.incomingAddress, .ptr), Int64(r.offset), isSafe: true)
      a.noBarrier = true
      store(values[i], a)
    }
    for (i, r) in abi.results.enumerated() where r.hasSlots {
      var list: [ValueID] = []
      scalars(values[i], &list)
      for k in list.indices { slots[Int(r.slot) + k] = list[k] }
    }
    f.blocks[b].kind = .ret
    f.blocks[b].results = slots
    cur = .none
  }
}
