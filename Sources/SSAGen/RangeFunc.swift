import Base
import Object
import SSA
import Syntax
import Types

// Range over functions (Go spec, For statements with range clause; the runtime's part is
// `panicrangestate`, `deferrangefunc`). The loop's body becomes a function that the iterator calls.
// Each loop has a state variable that detects iterators which call the body at the wrong time; all
// loops nested in one outermost loop share a variable `next` that says where control goes when it
// left the bodies: -1 is a return, i + 1 the i-th of the exits that were found beforehand.

/// States of a loop (GOROOT internal/abi/rangefuncconsts.go).
private enum LoopState {
  static let done = 0
  static let ready = 1
  static let panicked = 2
  static let exhausted = 3
  static let missingPanic = 4
}

/// Where a branch out of a loop body goes.
enum RangeExit: Equatable {
  case `break`(NodeID)
  case `continue`(NodeID)
  case goto(NodeID)
}

/// The body of a range-over-func loop while it is built as a function, and what it shares with the
/// functions around it.
final class RangeBody {
  let node: NodeID
  let loop: SyntaxTree.For
  /// The enclosing loop body, if it is one.
  let outer: RangeBody?
  /// Exits of all loops below the outermost; the same list for all of them.
  let exits: [RangeExit]
  let hasReturn: Bool
  let hasDefer: Bool
  /// Type of the Go function's results, and their objects.
  let resultTypes: [TypeID]
  let resultObjects: [ObjectID]
  /// Local variables of the functions around that the body uses.
  let captures: [ObjectID]
  /// Types of the body function's parameters.
  let params: [TypeID]
  let tree: SyntaxTree
  var stateAddress = Address(.none)
  var nextAddress = Address(.none)
  var token: Val?

  init(
    node: NodeID, tree: SyntaxTree, outer: RangeBody?, exits: [RangeExit], hasReturn: Bool,
    hasDefer: Bool, resultTypes: [TypeID], resultObjects: [ObjectID], captures: [ObjectID],
    params: [TypeID]
  ) {
    self.node = node
    self.tree = tree
    loop = tree.forStmt(node)
    self.outer = outer
    self.exits = exits
    self.hasReturn = hasReturn
    self.hasDefer = hasDefer
    self.resultTypes = resultTypes
    self.resultObjects = resultObjects
    self.captures = captures
    self.params = params
  }

  /// Whether statement `n` lies in the body.
  func contains(_ n: NodeID) -> Bool {
    if n.isNone { return false }
    let p = tree.pos(n)
    return p > tree.pos(loop.body) && p < tree.block(loop.body).rbrace
  }

  func tokenValue(_ fb: FunctionBuilder) -> Val { token! }
}

extension FunctionBuilder {
  // MARK: Before a function is built

  /// Marks the variables that loop bodies of this function share with it.
  func scanRangeFuncs(_ body: NodeID) {
    var loops: [NodeID] = []
    tree.walkStatements(body) { n in
      if tree.kind(n) == .forStmt && isRangeFunc(n) { loops.append(n) }
    }
    var returns = false
    for n in loops {
      for o in rangeCaptures(n) { pb.setRangeCaptured(o) }
      tree.walkStatements(tree.forStmt(n).body) {
        if tree.kind($0) == .returnStmt { returns = true }
      }
    }
    if returns { for o in pb.resultObjects(function) { pb.setRangeCaptured(o) } }
  }

  private func isRangeFunc(_ n: NodeID) -> Bool {
    let i = tree.forStmt(n).initStmt
    guard i.isSome, tree.kind(i) == .rangeClause else { return false }
    return kind(type(tree.rangeClause(i).x)) == .signature
  }

  /// Local variables declared outside loop `n` that its body or its variables' places use.
  private func rangeCaptures(_ n: NodeID) -> [ObjectID] {
    let loop = tree.forStmt(n)
    let from = tree.pos(n)
    let to = tree.block(loop.body).rbrace
    var out: [ObjectID] = []
    func note(_ o: ObjectID) {
      let r = ts.objects[o]
      guard r.kind == .variable, !r.isPackageLevel, !r.isField else { return }
      if r.pos >= from && r.pos <= to { return }
      if !out.contains(o) { out.append(o) }
    }
    func visit(_ x: NodeID) -> Bool {
      if tree.kind(x) == .name {
        let o = info.object(x)
        if o.isSome { note(o) }
        return false
      }
      if tree.kind(x) == .caseClause { return true }
      return true
    }
    let c = tree.rangeClause(loop.initStmt)
    if !c.isDef { tree.walk(c.lhs, visit) }
    tree.walk(loop.body, visit)
    return out
  }

  // MARK: The loop

  func rangeFunc(_ n: NodeID, _ s: SyntaxTree.For, _ x: NodeID) throws {
    let fn = try ordered(x)
    let body = try makeRangeBody(n, fn.type)
    let int = pb.types.int
    body.stateAddress = Address(allocate(int, .variable), 0, isSafe: true)
    store(constInt(LoopState.ready), body.stateAddress)
    if let r = rangeBody {
      body.nextAddress = r.nextAddress
      body.token = r.token
    } else {
      body.nextAddress = Address(allocate(int, .variable), 0, isSafe: true)
      if body.hasDefer {
        let t = callRuntime(.deferrangefunc, [])
        body.token = Val(pb.types.emptyInterface, project(t, 0, .i64), project(t, 1, .ptr))
      }
    }
    var captured = [
      Val(pb.types.unsafePointer, pointer(body.stateAddress)),
      Val(pb.types.unsafePointer, pointer(body.nextAddress)),
    ]
    if let t = body.token { captured.append(t) }
    captured += try captureValues(body.captures)
    bodyCount += 1
    let i = pb.rangeBodyInstance(body, self)
    let closure = makeClosure(pb.use(i), captured)
    let sig = under(fn.type)
    let yieldType = pb.parameterTypes(sig)[0]
    var p = PreparedCall(target: .closure(fn[0]), params: [yieldType], results: [])
    p.args = [Val(yieldType, closure)]
    pos = tree.pos(n)
    _ = emitCall(p)
    // A body that neither went on nor left in an orderly way panicked, and the iterator hid it.
    let bad = newColdBlock()
    let good = newBlock()
    let state = load(.i64, body.stateAddress)
    branch(compare(.eq, state, constInt(LoopState.panicked)), bad, good, likely: -1)
    startSealed(bad)
    callRuntime(.panicrangestate, [constInt(LoopState.missingPanic)])
    startSealed(good)
    store(constInt(LoopState.exhausted), body.stateAddress)
    try dispatchExits(body)
  }

  private func makeRangeBody(_ n: NodeID, _ fn: TypeID) throws -> RangeBody {
    let yield = under(pb.parameterTypes(under(fn))[0])
    if let r = rangeBody {
      return RangeBody(
        node: n, tree: tree, outer: r, exits: r.exits, hasReturn: r.hasReturn, hasDefer: r.hasDefer,
        resultTypes: r.resultTypes, resultObjects: r.resultObjects,
        captures: withResults(rangeCaptures(n), r.resultObjects, r.hasReturn),
        params: pb.parameterTypes(yield))
    }
    var exits: [RangeExit] = []
    var hasReturn = false
    var hasDefer = false
    let loop = tree.forStmt(n)
    tree.walkStatements(loop.body) { s in
      switch tree.kind(s) {
      case .returnStmt: hasReturn = true
      case .callStmt: hasDefer = hasDefer || tree.callStmt(s).kind == .defer
      case .branch:
        let b = tree.branch(s)
        if b.target.isNone { return }
        let e: RangeExit
        switch b.kind {
        case .break: e = .break(b.target)
        case .continue: e = .continue(b.target)
        case .goto: e = .goto(b.target)
        case .fallthrough: return
        }
        if !exits.contains(e) { exits.append(e) }
      default: return
      }
    }
    let objects = pb.resultObjects(function)
    return RangeBody(
      node: n, tree: tree, outer: nil, exits: exits, hasReturn: hasReturn, hasDefer: hasDefer,
      resultTypes: resultTypes, resultObjects: objects,
      captures: withResults(rangeCaptures(n), objects, hasReturn),
      params: pb.parameterTypes(yield))
  }

  private func withResults(_ c: [ObjectID], _ r: [ObjectID], _ wanted: Bool) -> [ObjectID] {
    wanted ? c + r.filter { !c.contains($0) } : c
  }

  /// After the iterator has returned: goes where the body wanted.
  private func dispatchExits(_ body: RangeBody) throws {
    let next = load(.i64, body.nextAddress)
    if body.hasReturn && rangeBody == nil {
      try onExit(next, -1) {
        if results.isEmpty { leave() } else { leave() }
      }
    }
    for (i, e) in body.exits.enumerated() {
      guard let go = exitAction(e, body) else { continue }
      try onExit(next, i + 1) {
        store(constInt(0), body.nextAddress)
        try go()
      }
    }
    // What remains belongs to an outer function.
    if let r = rangeBody, body.hasReturn || !body.exits.isEmpty {
      let out = newBlock()
      let on = newBlock()
      branch(compare(.ne, next, constInt(0)), out, on, likely: -1)
      startSealed(out)
      endBody(r, LoopState.done, goOn: false)
      startSealed(on)
    }
  }

  private func onExit(_ next: ValueID, _ code: Int, _ go: () throws -> Void) throws {
    let yes = newBlock()
    let no = newBlock()
    branch(compare(.eq, next, constInt(code)), yes, no, likely: -1)
    startSealed(yes)
    try go()
    startSealed(no)
  }

  /// What an exit does in this function; nil if its target lies further out or inside the body.
  private func exitAction(_ e: RangeExit, _ body: RangeBody) -> (() throws -> Void)? {
    switch e {
    case .break(let t), .continue(let t):
      if t == body.node || body.contains(t) { return nil }
      let isBreak = e == .break(t)
      if let target = targets.last(where: { $0.node == t }) {
        return { self.jump(isBreak ? target.breakTo : target.continueTo) }
      }
      if let r = rangeBody, r.node == t {
        return {
          self.endBody(r, isBreak ? LoopState.done : LoopState.ready, goOn: !isBreak)
        }
      }
      return nil
    case .goto(let t):
      if body.contains(t) { return nil }
      if let r = rangeBody, !r.contains(t) { return nil }
      return { self.jumpToLabel(t) }
    }
  }

  // MARK: In the body

  /// Returns from the body function.
  private func endBody(_ r: RangeBody, _ state: Int, goOn: Bool) {
    store(constInt(state), r.stateAddress)
    ret([Val(boolType, constBool(goOn))])
  }

  /// A branch out of the body.
  func leaveRangeBody(_ r: RangeBody, _ e: RangeExit) throws {
    if e == .break(r.node) {
      endBody(r, LoopState.done, goOn: false)
      return
    }
    if e == .continue(r.node) {
      endBody(r, LoopState.ready, goOn: true)
      return
    }
    guard let i = r.exits.firstIndex(of: e) else { throw unimplemented("exit of a loop body") }
    store(constInt(i + 1), r.nextAddress)
    endBody(r, LoopState.done, goOn: false)
  }

  /// A return statement in the body: sets the function's results and leaves all loops.
  func returnFromRangeBody(_ r: RangeBody, _ e: NodeID) throws {
    if let values = try returnValues(e) {
      for (k, o) in r.resultObjects.enumerated() {
        guard let i = local(o) else { throw unimplemented("result of a loop body") }
        assign(local: i, values[k])
      }
    }
    store(constInt(-1), r.nextAddress)
    endBody(r, LoopState.done, goOn: false)
  }

  /// Builds the function for the body `r`.
  func buildRangeBody(_ r: RangeBody) throws {
    rangeBody = r
    let pointerType = pb.types.unsafePointer
    var types = [pointerType, pointerType]
    if r.hasDefer { types.append(pb.types.emptyInterface) }
    let hidden = types.count
    for o in r.captures {
      let t = concrete(ts.objects[o].type)
      types.append(pb.captureByValue(o, t) ? t : pointerType)
    }
    let values = closureValues(types)
    r.stateAddress = Address(values[0][0], 0, isSafe: true)
    r.nextAddress = Address(values[1][0], 0, isSafe: true)
    if r.hasDefer { r.token = values[2] }
    bind(captures: r.captures, Array(values[hidden...]))
    let args = incoming()
    let bad = newColdBlock()
    let good = newBlock()
    let state = load(.i64, r.stateAddress)
    store(constInt(LoopState.panicked), r.stateAddress)
    branch(compare(.eq, state, constInt(LoopState.ready)), good, bad, likely: 1)
    startSealed(bad)
    callRuntime(.panicrangestate, [state])
    startSealed(good)
    try bindParameters(r, args)
    try blockStmt(r.loop.body)
    if isReachable { endBody(r, LoopState.ready, goOn: true) }
  }

  private func bindParameters(_ r: RangeBody, _ args: [Val]) throws {
    let c = tree.rangeClause(r.loop.initStmt)
    var rv = RangeVariables()
    rv.isDefinition = c.isDef
    let l = tree.unpack(c.lhs)
    for i in l.indices where !isBlank(tree[l, i]) { try bind(tree[l, i], rv, args[i]) }
  }
}
