import ABI
import Base
import Object
import SSA
import Syntax
import Types

// `go` and `defer` need a func() value. A call with arguments or results is wrapped in a thunk that
// holds the evaluated operands.

extension FunctionBuilder {
  func callStmt(_ n: NodeID) throws {
    let (kind, call) = tree.callStmt(n)
    let c = tree.call(tree.unparen(call))
    let wrapper = kind == .go ? "gowrap" : "deferwrap"
    let d = try deferredFunction(tree.unparen(call), c, wrapper)
    pos = tree.pos(n)
    if kind == .go {
      // A goroutine says by which function it was created.
      f.flags.insert(.noinline)
      callRuntime(.newproc, [d.closure])
      if pb.ts.text(pb.ts.packages[package].path) != "runtime" { pb.goroutineMakers.append(f) }
    } else if openDefers != nil {
      openDefer(d)
    } else {
      try deferCall(d.closure, n)
    }
  }

  /// Registers a func() for the end of the function.
  private func deferCall(_ fn: ValueID, _ n: NodeID) throws {
    if let r = rangeBody {
      let token = r.tokenValue(self)
      callRuntime(.deferprocat, [fn, token[0], token[1]])
      return
    }
    if isInLoop(n) {
      callRuntime(.deferproc, [fn])
      return
    }
    let t = pb.runtimeType("runtime", "_defer")
    let slot = rawSlot(size: size(t), mask: pb.layouts.pointerMask(t))
    let field = pb.fieldOffset(t, "fn")
    store(fn, slotAddress(slot, Int64(field)))
    callRuntime(.deferprocStack, [pointer(slotAddress(slot))])
  }

  /// Whether a statement may run more than once: inside a loop, or behind a label that a goto can reach.
  private func isInLoop(_ n: NodeID) -> Bool {
    !labels.isEmpty || targets.contains { $0.continueTo.isSome }
  }

  /// What runs call `n` later, a thunk of this kind if need be.
  private func deferredFunction(
    _ n: NodeID, _ c: SyntaxTree.Call, _ wrapper: String
  ) throws -> DeferredCall {
    let fun = tree.unparen(c.fun)
    pos = tree.pos(n)
    switch info.mode(fun) {
    case .builtin:
      let b = builtin(fun)
      let values = try builtinOperands(b, c).map { stable($0) }
      let t = type(n)
      return DeferredCall(
        closure: try thunk(wrapper, values) { fb, v in _ = try fb.emitBuiltin(b, v, t) })
    case .type:
      _ = try conversion(tree[c.args, 0], type(n))
      return DeferredCall(closure: try thunk(wrapper, []) { _, _ in })
    default: break
    }
    if let special = try specialDeferred(n, c, fun) { return DeferredCall(closure: special) }
    var p = try inOrder(operands(c, fun)) { try prepare(n, c, fun) }
    if p.args.isEmpty && p.results.isEmpty {
      switch p.target {
      case .closure(let v):
        // A nil func panics when the call happens for defer, at once for go; the runtime checks.
        return DeferredCall(closure: v)
      case .instance(let i):
        let call = p
        return DeferredCall(
          closure: dataAddress(pb.funcValueSymbol(pb.use(i))),
          direct: { fb, _ in _ = fb.emitCall(call) })
      case .symbol(let s): return DeferredCall(closure: dataAddress(pb.funcValueSymbol(s)))
      case .interface: break
      }
    }
    var captured: [Val] = []
    switch p.target {
    case .closure(let v): captured.append(Val(pb.types.unsafePointer, v))
    case .interface(let table, _):
      // A nil interface panics at the go or defer statement.
      let t = emit(.intToPtr, .ptr, table)
      nilCheck(t)
      captured.append(Val(pb.types.uintptr, table))
    default: break
    }
    let extra = captured.count
    for a in p.args { captured.append(stable(a)) }
    let kept = captured.count
    for k in p.keepAlive { captured.append(Val(pb.types.unsafePointer, k)) }
    p.args = []
    p.keepAlive = []
    let plan = p
    let call = { (fb: FunctionBuilder, v: [Val]) -> Void in
      var q = plan
      switch q.target {
      case .closure: q.target = .closure(v[0][0])
      case .interface(_, let index): q.target = .interface(table: v[0][0], index: index)
      default: break
      }
      q.args = Array(v[extra..<kept])
      q.keepAlive = v[kept...].map { $0[0] }
      _ = fb.emitCall(q)
    }
    return DeferredCall(
      closure: try thunk(wrapper, captured, call), values: captured, direct: call)
  }

  /// A closure over `values` whose function is made by `body`, which gets them back.
  private func thunk(
    _ kind: String, _ values: [Val], _ body: (FunctionBuilder, [Val]) throws -> Void
  ) throws -> ValueID {
    thunkCount += 1
    let name = "\(f.name).\(kind)\(thunkCount)"
    let symbol = pb.symbols.symbol(name)
    let types: [TypeID] = values.map { $0.type }
    try pb.buildThunk(symbol, name: name, pos: pos, params: [], results: [], like: f.flags) { fb in
      let v = fb.closureValues(types)
      try body(fb, v)
      fb.ret([])
    }
    return makeClosure(symbol, values)
  }
}

/// A compiler-made function, such as the target of a `go` with arguments or a method value.
extension ProgramBuilder {
  /// Builds a function under `symbol` whose body `body` emits, and adds it to the program.
  func buildThunk(
    _ symbol: SymbolID, name: String, pos: Pos, params: [TypeID], results: [TypeID],
    like flags: FunctionFlags = [], dupOK: Bool = false, convention: ABI.Convention = .internal,
    _ body: (FunctionBuilder) throws -> Void
  ) throws {
    let abi = callABI(params, results, convention)
    let f = Function(symbol: symbol, name: name, pos: pos, signature: abi.signature)
    f.flags = [.wrapper]
    f.flags.formUnion(flags.intersection([.noAlloc, .unsafePoints, .nosplit, .systemStack]))
    if dupOK { f.flags.insert(.dupOK) }
    f.funcID = FuncID.wrapper
    let fb = FunctionBuilder(self, f)
    fb.abi = abi
    fb.pos = pos
    fb.startSealed(fb.newBlock())
    try body(fb)
    fb.finishVariables()
    functions.append(f)
  }
}

extension FunctionBuilder {
  /// The incoming parameters as values, in order.
  func incoming() -> [Val] {
    var out: [Val] = []
    for p in abi.params {
      let l = layout(p.type)
      if p.hasSlots {
        var parts: [ValueID] = []
        for k in 0..<Int(p.count) {
          let i = Int(p.slot) + k
          let isLength = pb.layouts.leaf(l, k).isLength
          parts.append(
            emit(
              .param, abi.signature.params[i].type, auxInt: Int64(i),
              flags: isLength ? .length : []))
        }
        if l.isSSA {
          var v = Val(p.type)
          for x in parts { v.append(x) }
          out.append(v)
        } else {
          let a = slotAddress(rawSlot(size: l.size, mask: pb.layouts.pointerMask(p.type)))
          for k in parts.indices {
            store(parts[k], a.advanced(Int64(pb.layouts.leaf(l, k).offset)))
          }
          out.append(Val(memory: a, p.type, isTemporary: true))
        }
      } else if l.size == 0 {
        out.append(Val(p.type))
      } else {
        var a = Address(emit(.incomingAddress, .ptr), Int64(p.offset), isSafe: true)
        a.noBarrier = true
        out.append(Val(memory: a, p.type, isTemporary: true))
      }
    }
    return out
  }
}
