import ABI
import Base
import Object

/// Inlining of small functions, on SSA, bottom-up over the call graph: a callee has been simplified
/// before its callers copy it.
///
/// The copy keeps positions and gets a node in the caller's inline tree, so tracebacks and
/// `runtime.Callers` still show the callee.
public enum Inliner {
  /// Cost up to which a callee is inlined anywhere; a value costs 1, a call 12.
  static let budget = 80
  /// Cost up to which it is inlined inside loops, while the caller has fewer values than
  /// `loopCallerLimit`.
  static let loopBudget = 120
  /// The same for the runtime, which is in every program and seldom in a program's loops.
  static let runtimeBudget = 40
  static let runtimeLoopBudget = 80
  static let loopCallerLimit = 4_000
  /// Cost up to which a method stands in the wrapper that takes its receiver apart: most wrappers are made for
  /// an interface's table and seldom called.
  static let wrapperBudget = 30
  /// Functions with more bytes of stack arguments and results are called: every copy has a slot for them.
  static let stackLimit: Int32 = 256
  /// Cost up to which a closure is inlined into its only call, which does away with its own code.
  static let onceBudget = 800
  /// A caller stops growing at this many values.
  static let callerLimit = 20_000

  /// Where calls of `f` may be replaced by its body, by its properties and its cost.
  /// `inCycle`: its calls lead back to it. Most of the runtime's do, by way of locks and `throw`: there an
  /// inlined call's line in the tables costs more than the call.
  public static func placement(
    _ f: Function, gorecover: SymbolID, inCycle: Bool
  ) -> InlinePlacement {
    if !f.flags.isDisjoint(with: [
      .noinline, .hasDefer, .systemStack, .noReturn, .reflectMethod,
    ]) {
      return .nowhere
    }
    // The runtime calls it, whose panics are errors of the runtime's.
    if f.name == "main.main" { return .nowhere }
    if f.signature.stackSize > Inliner.stackLimit { return .nowhere }
    if f.recoverLanding.isSome || f.order.count > 160 { return .nowhere }
    var cost = 0
    for b in f.order {
      for v in f.blocks[b].values {
        switch f.values[v].op {
        case .param, .project, .constInt, .constNil, .constFloat, .phi, .copy, .slotAddress,
          .symbolAddress, .nilCheck, .signExtend, .zeroExtend, .truncate, .incomingAddress,
          .outgoingAddress, .getClosure:
          break
        case .getCallerPC, .getCallerSP: return .nowhere
        case .callStatic:
          let c = f.calls[Int(f.values[v].aux)]
          if c.symbol == gorecover || c.symbol == f.symbol { return .nowhere }
          cost += c.noReturn ? 2 : 12
        case .alloc: cost += f.allocs[Int(f.values[v].aux)].kind == .buffer ? 0 : 12
        case .callClosure, .callInterface, .allocSlice, .box: cost += 12
        default: cost += 1
        }
      }
      if f.blocks[b].kind == .table || f.blocks[b].kind == .tailCall { return .nowhere }
    }
    let isRuntime = f.flags.contains(.unsafePoints)
    if isRuntime && inCycle { return .nowhere }
    if f.order.count <= 40 {
      if cost <= wrapperBudget { return .wrappers }
      if cost <= (isRuntime ? runtimeBudget : budget) { return .anywhere }
      if cost <= (isRuntime ? runtimeLoopBudget : loopBudget) { return .loops }
    }
    return cost <= onceBudget ? .once : .nowhere
  }

  /// Whether `callee` may be copied into `caller` in particular.
  static func fits(_ callee: Function, into caller: Function) -> Bool {
    if callee === caller { return false }
    // Runtime code is never stopped asynchronously; ordinary code may be.
    if callee.flags.contains(.unsafePoints) && !caller.flags.contains(.unsafePoints) {
      return false
    }
    let strict: FunctionFlags = [.noWriteBarrier]
    return callee.flags.intersection(strict) == caller.flags.intersection(strict)
  }
}

/// Where a function's body may stand instead of a call; `once` is instead of the only call of a closure.
public enum InlinePlacement: UInt8, Sendable {
  case nowhere, once, loops, anywhere
  /// Anywhere, wrappers included.
  case wrappers
}

/// One caller's inlining.
public struct InlinePass {
  let f: Function
  /// The body to copy for a callee's symbol, or nil.
  let body: (SymbolID) -> Function?
  /// Name and first line of a function for the inline tree.
  let describe: (Function) -> (NameID, Int32)
  /// Where the body that `body` gives for a symbol may stand.
  let placement: (SymbolID) -> InlinePlacement

  public init(
    _ f: Function, body: @escaping (SymbolID) -> Function?,
    placement: @escaping (SymbolID) -> InlinePlacement,
    describe: @escaping (Function) -> (NameID, Int32)
  ) {
    self.f = f
    self.placement = placement
    self.body = body
    self.describe = describe
  }

  /// The loops of the function as it was, for blocks old and new; made when first asked for.
  private struct OriginalLoops {
    let loops: Loops
    /// Index: block. The block as the function was of which it is a part; blocks of bodies have none.
    var originals: [BlockID]

    init(_ f: Function) {
      loops = Loops(f, Dominators(f))
      originals = (0..<f.blocks.count).map { BlockID($0) }
    }

    func isInLoop(_ b: BlockID) -> Bool {
      b.index < originals.count && originals[b.index].isSome && loops.depth(originals[b.index]) > 0
    }

    /// `rest` was split off from `b`; bodies were copied to blocks between.
    mutating func split(_ b: BlockID, _ rest: BlockID) {
      while originals.count <= rest.index { originals.append(.none) }
      originals[rest.index] = originals[b.index]
    }
  }

  /// Inlines every eligible static call of the function as it stands; calls inside the copied
  /// bodies have been considered when their own function was processed. Returns whether anything
  /// changed.
  public func run() -> Bool {
    var any = false
    var i = 0
    var loops: OriginalLoops?
    scan: while i < f.order.count {
      let b = f.order[i]
      for (k, v) in f.blocks[b].values.enumerated() {
        guard f.values[v].op == .callStatic,
          let callee = candidate(v, f.calls[Int(f.values[v].aux)].symbol, isOnly: false),
          !callee.flags.contains(.wrapper)
        else { continue }
        if placement(callee.symbol) == .loops && !isWorthwhile(b, &loops) { continue }
        let rest = inline(callee, at: v, in: b, index: k)
        any = true
        loops?.split(b, rest)
        // Go on behind the copied body: looking into it would never end for recursive callees.
        while f.order[i] != rest { i += 1 }
        continue scan
      }
      i += 1
    }
    return any
  }

  /// Inlines those of the calls that are eligible, and what a method's wrapper calls. Returns whether anything changed.
  func run(_ calls: [CallResolver.KnownCall]) -> Bool {
    var any = false
    var loops: OriginalLoops?
    var work = Array(calls.reversed())
    while let c = work.popLast() {
      let b = f.values[c.call].block
      guard b.isSome, let callee = candidate(c.call, c.code, isOnly: c.isOnly),
        let k = f.blocks[b].values.firstIndex(of: c.call)
      else { continue }
      if callee.flags.contains(.wrapper) && !hasReceiver(c.call) { continue }
      if placement(callee.symbol) == .loops && !c.isOnly && !isWorthwhile(b, &loops) { continue }
      let first = f.values.count
      let rest = inline(callee, at: c.call, in: b, index: k)
      any = true
      loops?.split(b, rest)
      if !callee.flags.contains(.wrapper) { continue }
      for i in first..<f.values.count where f.values[ValueID(i)].op == .callStatic {
        let symbol = f.calls[Int(f.values[ValueID(i)].aux)].symbol
        work.append(CallResolver.KnownCall(call: ValueID(i), code: symbol, isOnly: false))
      }
    }
    return any
  }

  /// Where `v` calls the function of symbol `s`: its body, if that may stand here.
  private func candidate(_ v: ValueID, _ s: SymbolID, isOnly: Bool) -> Function? {
    guard f.values.count < Inliner.callerLimit, let callee = body(s),
      Inliner.fits(callee, into: f), f.calls[Int(f.values[v].aux)].keepAlive.isEmpty
    else { return nil }
    if f.values[v].op == .callStatic && callee.flags.contains(.needsContext) { return nil }
    switch placement(s) {
    case .nowhere: return nil
    case .once: return isOnly ? callee : nil
    case .loops, .anywhere, .wrappers: return callee
    }
  }

  /// Whether a body that may stand in loops only may stand in block `b`.
  private func isWorthwhile(_ b: BlockID, _ loops: inout OriginalLoops?) -> Bool {
    if f.values.count > Inliner.loopCallerLimit || f.blocks[b].isCold { return false }
    if loops == nil { loops = OriginalLoops(f) }
    return loops?.isInLoop(b) ?? false
  }

  /// Whether the receiver of a method's wrapper is known not to be nil: otherwise the wrapper calls
  /// `panicwrap`, which finds the method's name by the function that it was called from.
  private func hasReceiver(_ call: ValueID) -> Bool {
    guard f.values[call].argCount > 0 else { return false }
    return Simplifier(f, afterEscape: false).isNeverNil(f.resolve(f.arg(call, 0)))
  }

  /// Replaces the call by a copy of the callee and returns the block that holds what follows it.
  private func inline(
    _ callee: Function, at call: ValueID, in b: BlockID, index k: Int
  ) -> BlockID {
    let rest = splitBlock(b, after: k)
    f.blocks[b].values.removeLast()
    let node = addInlineNode(callee, call)
    let area = replaceArea(callee, before: b, behind: rest)
    var copy = BodyCopy(from: callee, into: f, call: call, inlineNode: node, area: area)
    let exits = copy.run()
    f.blocks[b].kind = .jump
    f.addEdge(b, copy.block(callee.entry))
    f.values[call].block = .none
    connect(exits, to: rest, call: call, callee)
    return rest
  }

  /// Moves what follows index `k` of block `b`, and its end, to a new block.
  private func splitBlock(_ b: BlockID, after k: Int) -> BlockID {
    let c = f.makeBlock()
    // Next to its first half in the layout.
    f.order.removeLast()
    if let at = f.order.firstIndex(of: b) { f.order.insert(c, at: at + 1) }
    let moved = Array(f.blocks[b].values[(k + 1)...])
    f.blocks[b].values.removeSubrange((k + 1)...)
    f.blocks[c].values = moved
    for v in moved { f.values[v].block = c }
    f.blocks[c].kind = f.blocks[b].kind
    f.blocks[c].control = f.blocks[b].control
    f.blocks[c].results = f.blocks[b].results
    f.blocks[c].likely = f.blocks[b].likely
    f.blocks[c].isCold = f.blocks[b].isCold
    f.blocks[c].pos = f.blocks[b].pos
    f.blocks[c].succs = f.blocks[b].succs
    for s in Set(f.blocks[c].succs) {
      for j in f.blocks[s].preds.indices where f.blocks[s].preds[j] == b {
        f.blocks[s].preds[j] = c
      }
    }
    f.blocks[b].succs = []
    f.blocks[b].control = .none
    f.blocks[b].results = []
    f.blocks[b].likely = 0
    return c
  }

  /// The stack argument area of an inlined call becomes a slot: accesses to it in front of the call, at the
  /// end of `before`, and behind it, at the start of `behind`, are turned to the slot (`StackAreas` says why
  /// it is these), also if the callee does not look into its area. Returns the slot, or nil if there is no area.
  private func replaceArea(_ callee: Function, before: BlockID, behind: BlockID) -> UInt32? {
    if callee.signature.stackSize == 0 { return nil }
    let s = callee.signature
    f.slots.append(Slot(size: Int(s.stackSize), alignment: 8, pointerMask: s.argPointers))
    let slot = UInt32(f.slots.count - 1)
    var arguments: [ValueID] = []
    for v in f.blocks[before].values.reversed() {
      if isCall(v) { break }
      arguments.append(v)
    }
    for v in arguments {
      switch f.values[v].op {
      case .store, .zeroMemory, .copyMemory: redirect(v, operand: 0, to: slot, in: before)
      default: break
      }
    }
    // Only what reads: what writes to the area there is an argument of the next call.
    for v in f.blocks[behind].values {
      if isCall(v) { break }
      switch f.values[v].op {
      case .load: redirect(v, operand: 0, to: slot, in: behind)
      case .copyMemory: redirect(v, operand: 1, to: slot, in: behind)
      default: break
      }
    }
    return slot
  }

  private func isCall(_ v: ValueID) -> Bool {
    [.callStatic, .callClosure, .callInterface].contains(f.values[v].op)
  }

  /// Makes `v` access the slot if that operand is an address in the outgoing area.
  private func redirect(_ v: ValueID, operand k: Int, to slot: UInt32, in b: BlockID) {
    let a = f.values[f.resolve(f.arg(v, k))]
    if a.op != .outgoingAddress { return }
    let address = f.makeValue(
      .slotAddress, .ptr, aux: slot, auxInt: a.auxInt, pos: f.values[v].pos)
    f.values[address].inlineNode = f.values[v].inlineNode
    f.values[address].block = b
    let at = f.blocks[b].values.firstIndex(of: v) ?? 0
    f.blocks[b].values.insert(address, at: at)
    f.args[f.argRange(v).lowerBound + k] = address
  }

  private func addInlineNode(_ callee: Function, _ call: ValueID) -> UInt32 {
    let (name, line) = describe(callee)
    f.inlineTree.append(
      InlinedCall(
        parent: Int32(f.values[call].inlineNode) - 1, function: name, startLine: line,
        callPos: f.values[call].pos, parentPC: 0,
        funcID: callee.flags.contains(.wrapper)
          ? ABI.FuncID.wrapper.rawValue : callee.funcID))
    return UInt32(f.inlineTree.count)
  }

  /// Joins the copied returns at `rest`: results become phis, which replace the call's projections.
  private func connect(
    _ exits: [(block: BlockID, results: [ValueID])], to rest: BlockID, call: ValueID,
    _ callee: Function
  ) {
    for e in exits {
      f.blocks[e.block].kind = .jump
      f.addEdge(e.block, rest)
    }
    let n = callee.signature.results.count
    var values: [ValueID] = []
    for i in 0..<n {
      if exits.count == 1 {
        values.append(exits[0].results[i])
      } else {
        // Without an exit the rest is unreachable; an undefined phi is as good as any value.
        let phi = f.makeValue(
          .phi, callee.signature.results[i].type, exits.map { $0.results[i] },
          pos: f.values[call].pos)
        f.values[phi].block = rest
        f.blocks[rest].values.insert(phi, at: i)
        values.append(phi)
      }
    }
    if f.values[call].type == .tuple {
      for v in f.blocks[rest].values
      where f.values[v].op == .project && f.arg(v, 0) == call {
        f.replace(v, with: values[Int(f.values[v].auxInt)])
      }
    } else if n == 1 {
      f.replace(call, with: values[0])
      f.values[call].block = rest
      let at = exits.count == 1 ? 0 : 1
      f.blocks[rest].values.insert(call, at: at)
    }
  }
}
