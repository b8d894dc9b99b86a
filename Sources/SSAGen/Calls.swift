import ABI
import Base
import Object
import SSA
import Syntax
import Types

/// What a call calls, evaluated.
enum CallTarget {
  /// A function instance of the program.
  case instance(Int)
  /// A symbol of known signature: wrappers, other link names.
  case symbol(SymbolID)
  /// A func value.
  case closure(ValueID)
  /// Method `index` of the itab in the word; the receiver's data word is the first argument.
  case interface(table: ValueID, index: Int)
}

/// A call with everything evaluated that Go evaluates before it, ready to be made here or in a thunk.
struct PreparedCall {
  var target: CallTarget
  var params: [TypeID]
  var results: [TypeID]
  /// Receiver first. Memory values may still be places.
  var args: [Val] = []
  /// Pointers that stay alive until the call returns.
  var keepAlive: [ValueID] = []
  /// They must be on the heap, too.
  var keepAliveEscapes = false
  var convention = ABI.Convention.internal
  var isForeign = false
}

extension FunctionBuilder {
  // MARK: Entry points

  /// The single value of a call.
  func callOne(_ n: NodeID) throws -> Val {
    let r = try callAny(n)
    guard let v = r.first else { throw unimplemented("value of a call without results") }
    return v
  }

  func callMulti(_ n: NodeID) throws -> [Val] { try callAny(n) }

  func callForEffect(_ n: NodeID) throws {
    pos = tree.pos(n)
    _ = try callAny(n)
  }

  private func callAny(_ n: NodeID) throws -> [Val] {
    if !evaluated.isEmpty, let v = evaluatedValue(n) { return [v] }
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    switch info.mode(fun) {
    case .type: return [try conversion(tree[c.args, 0], type(n))]
    case .builtin:
      let list = tree.each(c.args).filter { isValue($0) }.map { Ordered($0) }
      if let v = try inOrder(list, { try builtinCall(n, c, builtin(fun)) }) { return [v] }
      return []
    default: break
    }
    return try inOrder(operands(c, fun)) {
      if let values = try specialCall(n, c, fun) { return values }
      let p = try prepare(n, c, fun)
      pos = tree.pos(n)
      return emitCall(p)
    }
  }

  /// What a call evaluates, with the types of the parameters.
  func operands(_ c: SyntaxTree.Call, _ fun: NodeID) -> [Ordered] {
    var list = [Ordered(fun)]
    let sig = under(type(fun))
    let params = pb.parameterTypes(sig)
    let variadic = pb.isVariadic(sig) && !c.hasDots
    for (i, x) in tree.each(c.args).enumerated() {
      var target = TypeID.none
      if variadic && i >= params.count - 1 {
        target = elem(params[params.count - 1])
      } else if i < params.count {
        target = params[i]
      }
      list.append(Ordered(x, target))
    }
    return list
  }

  func builtin(_ fun: NodeID) -> Builtin {
    let name = tree.kind(fun) == .selector ? tree.selector(fun).sel : fun
    return Builtin(rawValue: UInt8(ts.objects[info.object(name)].aux))!
  }

  // MARK: Preparing

  /// The function that `fun` names statically, with its type arguments; nil for other expressions.
  func staticFunction(_ fun: NodeID) -> (object: ObjectID, args: [TypeID])? {
    var n = tree.unparen(fun)
    if tree.kind(n) == .index {
      if isValue(tree.index(n).x) && info.mode(tree.unparen(tree.index(n).x)) != .value {
        return nil
      }
      n = tree.unparen(tree.index(n).x)
    }
    var name = n
    if tree.kind(n) == .selector {
      if info.selection(n) != nil { return nil }
      name = tree.selector(n).sel
    }
    guard tree.kind(name) == .name else { return nil }
    let o = info.object(name)
    guard o.isSome, ts.objects[o].kind == .function else { return nil }
    return (o, typeArguments(name))
  }

  /// Evaluates callee and arguments of an ordinary call.
  func prepare(_ n: NodeID, _ c: SyntaxTree.Call, _ fun: NodeID) throws -> PreparedCall {
    let sig = under(type(fun))
    if let (o, args) = staticFunction(fun) {
      let i = pb.functionInstance(o, args)
      var p = PreparedCall(
        target: .instance(i), params: pb.abiParams(i), results: pb.abiResults(i))
      p.keepAliveEscapes = pb.pragmas(o).contains(.uintptrescapes)
      try arguments(c, sig, &p, keepAlive: pb.keepsArguments(o))
      return p
    }
    if let m = methodSelector(fun) {
      return try prepareMethod(m.node, m.selection, c, sig)
    }
    let callee = try expr(fun)
    var p = PreparedCall(
      target: .closure(callee[0]), params: pb.parameterTypes(sig), results: pb.resultTypes(sig))
    try arguments(c, sig, &p, keepAlive: false)
    return p
  }

  /// `x.m` or `x.m[T]` that selects a method.
  private func methodSelector(_ fun: NodeID) -> (node: NodeID, selection: Selection)? {
    var n = fun
    if tree.kind(n) == .index { n = tree.unparen(tree.index(n).x) }
    guard tree.kind(n) == .selector, let s = info.selection(n), s.kind == .methodValue else {
      return nil
    }
    return (n, s)
  }

  private func prepareMethod(
    _ n: NodeID, _ s: Selection, _ c: SyntaxTree.Call, _ sig: TypeID
  ) throws -> PreparedCall {
    noteMethodLookup(c, s, sig)
    let (r, m) = try receiver(n, s)
    var p: PreparedCall
    switch m {
    case .interface(let index):
      p = PreparedCall(
        target: .interface(table: r[0], index: index),
        params: [pb.types.unsafePointer] + pb.parameterTypes(sig), results: pb.resultTypes(sig))
      p.args.append(Val(pb.types.unsafePointer, r[1]))
      markInterfaceCall(r.type, index)
      try arguments(c, sig, &p, keepAlive: false)
    case .concrete(let i):
      p = PreparedCall(target: .instance(i), params: pb.abiParams(i), results: pb.abiResults(i))
      p.args.append(r)
      p.keepAliveEscapes = pb.pragmas(s.object).contains(.uintptrescapes)
      try arguments(c, sig, &p, keepAlive: pb.keepsArguments(s.object))
    }
    return p
  }

  func markInterfaceCall(_ t: TypeID, _ index: Int) {
    let descriptor = pb.typeSymbol(t, usedInInterface: false)
    f.markers.append(
      Reloc(offset: 0, kind: .interfaceMethod, target: descriptor, addend: Int64(index)))
    pb.noteInterfaceCall(t, index)
  }

  // MARK: Receivers

  enum MethodTarget {
    case concrete(Int)
    case interface(Int)
  }

  /// Evaluates the receiver of `x.m` as the method wants it: a pointer, a value, or an interface.
  func receiver(_ n: NodeID, _ s: Selection) throws -> (Val, MethodTarget) {
    let (x, sel) = tree.selector(n)
    let found = pb.resolveMethod(s, concrete(s.recv), isGeneric: ts.isTypeParam(s.recv))
    let path = found.path.dropLast()
    let targs = typeArguments(sel)
    // Type of what holds the method, after the embedded fields.
    var holder = type(x)
    for i in path {
      if kind(holder) == .pointer { holder = elem(holder) }
      holder = canon(ts.memberType(ts.under(holder), i))
    }
    if isInterface(holder) {
      let v = try walk(x, path)
      return (v, .interface(pb.interfaceMethodIndex(holder, found.object)))
    }
    let instance = pb.methodInstance(found.object, holder, targs)
    let wantsPointer = ts.objects[found.object].flags.contains(.pointerReceiver)
    if kind(holder) == .pointer && ts.kind(holder) == .pointer {
      let p = try walk(x, path)
      if wantsPointer { return (p, .concrete(instance)) }
      nilCheck(p[0])
      return (load(elem(holder), Address(p[0], 0, isSafe: true)), .concrete(instance))
    }
    if wantsPointer {
      let a = try walkAddress(x, path)
      return (Val(pb.pointerType(holder), pointer(a)), .concrete(instance))
    }
    return (try walk(x, path), .concrete(instance))
  }

  /// The value of `x` followed by embedded fields.
  private func walk(_ x: NodeID, _ path: ArraySlice<Int>) throws -> Val {
    if path.isEmpty { return try expr(x) }
    if isAddressable(x) && kind(type(x)) != .pointer {
      let a = try walkAddress(x, path)
      var t = type(x)
      for i in path {
        if kind(t) == .pointer { t = elem(t) }
        t = canon(ts.memberType(ts.under(t), i))
      }
      return load(t, a)
    }
    var v = try expr(x)
    for i in path { v = step(v, i) }
    return v
  }

  /// The address of the field that `path` leads to.
  private func walkAddress(_ x: NodeID, _ path: ArraySlice<Int>) throws -> Address {
    var t = type(x)
    var a: Address
    var rest = path
    if kind(t) == .pointer, let first = rest.first {
      a = Address(try expr(x)[0])
      nilCheck(a.base)
      a.isSafe = true
      t = elem(t)
      a.offset += Int64(pb.layouts.fieldOffset(t, first))
      t = canon(ts.memberType(ts.under(t), first))
      rest = rest.dropFirst()
    } else {
      a = try address(x)
    }
    for i in rest {
      if kind(t) == .pointer {
        a = Address(load(.ptr, a))
        nilCheck(a.base)
        a.isSafe = true
        t = elem(t)
      }
      a.offset += Int64(pb.layouts.fieldOffset(t, i))
      t = canon(ts.memberType(ts.under(t), i))
    }
    return a
  }

  // MARK: Arguments

  /// Evaluates the arguments of a call with signature `sig` and appends them to `p.args`.
  private func arguments(
    _ c: SyntaxTree.Call, _ sig: TypeID, _ p: inout PreparedCall, keepAlive: Bool
  ) throws {
    let params = pb.parameterTypes(sig)
    let variadic = pb.isVariadic(sig) && !c.hasDots
    let fixed = variadic ? params.count - 1 : params.count
    if c.args.count == 1 && !c.hasDots, let many = try multiValue(tree[c.args, 0]) {
      var vals: [Val] = []
      for i in 0..<fixed { vals.append(try convert(many[i], to: params[i])) }
      if variadic {
        let t = params[fixed]
        var rest: [Val] = []
        for v in many[fixed...] { rest.append(try convert(v, to: elem(t))) }
        vals.append(packed(rest, t))
      }
      p.args += vals
      return
    }
    let stableNeeded = c.args.count > 1
    for i in 0..<fixed {
      let x = tree[c.args, i]
      if keepAlive { try noteKeepAlive(x, &p) }
      let v = try expr(x, to: params[i])
      // A later argument's call could change the place.
      p.args.append(stableNeeded && laterCall(c, i) ? stable(v) : v)
    }
    if !variadic { return }
    let t = params[fixed]
    let n = Int(c.args.count) - fixed
    if n == 0 {
      p.args.append(zeroVal(t))
      return
    }
    let e = elem(t)
    let array = pb.arrayType(e, n)
    // The slice is made after its elements have been evaluated when one of them can panic or block;
    // nobody can tell, as it is not reachable before the call.
    let base = allocate(array, .sliceLiteral)
    for i in 0..<n {
      let a = Address(base, Int64(i * size(e)), isSafe: true)
      if keepAlive { try noteKeepAlive(tree[c.args, fixed + i], &p) }
      store(try expr(tree[c.args, fixed + i], to: e), a)
    }
    p.args.append(Val(t, base, constInt(n), constInt(n)))
  }

  private func laterCall(_ c: SyntaxTree.Call, _ i: Int) -> Bool {
    for k in (i + 1)..<max(Int(c.args.count), i + 1) where hasCall(tree[c.args, k]) { return true }
    return false
  }

  /// The values of a call with several results; nil for any other expression.
  func multiValue(_ node: NodeID) throws -> [Val]? {
    let n = tree.unparen(node)
    guard tree.kind(n) == .call, ts.kind(info.types[n.index]) == .tuple else { return nil }
    return try callMulti(n).map { stable($0) }
  }

  /// Values in a new slice of type `t`.
  func packed(_ values: [Val], _ t: TypeID) -> Val {
    if values.isEmpty { return zeroVal(t) }
    let e = elem(t)
    let base = allocate(pb.arrayType(e, values.count), .sliceLiteral)
    for (i, v) in values.enumerated() {
      store(v, Address(base, Int64(i * size(e)), isSafe: true))
    }
    return Val(t, base, constInt(values.count), constInt(values.count))
  }

  /// `uintptr(unsafe.Pointer(p))` as an argument of a `//go:uintptrkeepalive` function keeps p alive.
  private func noteKeepAlive(_ x: NodeID, _ p: inout PreparedCall) throws {
    let n = tree.unparen(x)
    guard tree.kind(n) == .call else { return }
    let c = tree.call(n)
    guard info.mode(tree.unparen(c.fun)) == .type, basic(type(n)) == .uintptr,
      c.args.count == 1
    else { return }
    let inner = tree[c.args, 0]
    guard basic(type(inner)) == .unsafePointer else { return }
    let v = try expr(inner)
    evaluated.append((tree.unparen(inner), v))
    p.keepAlive.append(v[0])
  }

  // MARK: Emitting

  /// Makes the call; the results, one value each.
  func emitCall(_ p: PreparedCall) -> [Val] {
    let abi: CallABI
    var callee = CallInfo(signature: ABISignature())
    var op = Op.callStatic
    var list: [ValueID] = []
    switch p.target {
    case .instance(let i):
      callee.symbol = pb.use(i)
      if let a = pb.assemblyCall(i) {
        abi = a.abi
        callee.symbol = a.symbol
        callee.isForeign = pb.isForeign(pb.instances[i].object)
      } else {
        abi = pb.callABI(i)
      }
      callee.noReturn = pb.isNoReturn(i)
      pb.setCondition(&callee, in: f)
    case .symbol(let s):
      abi = pb.callABI(p.params, p.results, p.convention)
      callee.symbol = s
      callee.isForeign = p.isForeign
    case .closure(let c):
      abi = pb.callABI(p.params, p.results)
      op = .callClosure
      nilCheck(c)
      list.append(c)
    case .interface(let table, let index):
      abi = pb.callABI(p.params, p.results)
      op = .callInterface
      let t = emit(.intToPtr, .ptr, table)
      nilCheck(t)
      list.append(
        emit(.load, .i64, t, auxInt: Int64(24 + 8 * index), flags: [.nonNil, .invariant]))
    }
    callee.signature = abi.signature
    callee.keepAlive = p.keepAlive
    callee.keepAliveEscapes = p.keepAliveEscapes
    for (i, loc) in abi.params.enumerated() where loc.hasSlots { scalars(p.args[i], &list) }
    for (i, loc) in abi.params.enumerated() where !loc.hasSlots && size(loc.type) > 0 {
      var a = Address(emit(.outgoingAddress, .i64), Int64(loc.offset), isSafe: true)
      a.noBarrier = true
      storeOutgoing(p.args[i], a)
    }
    f.calls.append(callee)
    let aux = UInt32(f.calls.count - 1)
    let v = emit(op, tupleType(abi.signature.results), list: list, aux: aux)
    if callee.noReturn {
      exit()
      return abi.results.map { zeroVal($0.type) }
    }
    checkedPointers.removeAll(keepingCapacity: true)
    return collect(v, abi)
  }

  private func storeOutgoing(_ v: Val, _ a: Address) {
    if !v.isMemory {
      store(v, a)
      return
    }
    var to = a.base
    if a.offset != 0 { to = emit(.outgoingAddress, .i64, auxInt: a.offset) }
    emit(
      .copyMemory, .void, to, pointer(v.address), aux: memoryInfo(v.type), flags: .noBarrier)
  }

  func tupleType(_ slots: [ABISlot]) -> ValueType {
    switch slots.count {
    case 0: return .void
    case 1: return slots[0].type
    default: return .tuple
    }
  }

  /// The Go results of call value `v`.
  private func collect(_ v: ValueID, _ abi: CallABI) -> [Val] {
    var slots: [ValueID] = []
    let n = abi.signature.results.count
    if n == 1 { slots.append(v) }
    if n > 1 {
      for i in 0..<n { slots.append(project(v, i, abi.signature.results[i].type)) }
    }
    var out: [Val] = []
    for r in abi.results {
      let l = layout(r.type)
      if r.hasSlots {
        let first = Int(r.slot)
        if l.isSSA {
          var x = Val(r.type)
          for k in 0..<Int(r.count) {
            if pb.layouts.leaf(l, k).isLength { f.values[slots[first + k]].flags.insert(.length) }
            x.append(slots[first + k])
          }
          out.append(x)
        } else {
          let a = temporary(r.type)
          for k in 0..<Int(r.count) {
            store(slots[first + k], a.advanced(Int64(pb.layouts.leaf(l, k).offset)))
          }
          out.append(Val(memory: a, r.type, isTemporary: true))
        }
      } else if l.size == 0 {
        out.append(Val(r.type))
      } else {
        // Results in the argument area must be taken before the next call.
        let a = temporary(r.type)
        let from = emit(.outgoingAddress, .i64, auxInt: Int64(r.offset))
        emit(
          .copyMemory, .void, pointer(a), from, aux: memoryInfo(r.type), flags: .noBarrier)
        out.append(Val(memory: a, r.type, isTemporary: true))
      }
    }
    return out
  }

  func project(_ v: ValueID, _ i: Int, _ t: ValueType) -> ValueID {
    emit(.project, t, v, auxInt: Int64(i))
  }

  /// Calls a runtime function with scalar arguments.
  @discardableResult
  func callRuntime(_ fn: RuntimeFunction, _ args: [ValueID]) -> ValueID {
    let e = pb.runtimeEntry(fn)
    let v = callSymbol(e.symbol, e.signature, args, noReturn: fn.isNoReturn)
    if fn.isNoReturn { exit() }
    return v
  }

  @discardableResult
  func callSymbol(
    _ s: SymbolID, _ signature: ABISignature, _ args: [ValueID], noReturn: Bool = false
  ) -> ValueID {
    var list = args
    // The words of interfaces and pointers are the same machine type for a call.
    for i in list.indices where i < signature.params.count {
      let want = signature.params[i].type
      let have = f.values[list[i]].type
      if want == .ptr && have == .i64 { list[i] = emit(.intToPtr, .ptr, list[i]) }
      if want == .i64 && have == .ptr { list[i] = emit(.ptrToInt, .i64, list[i]) }
    }
    var callee = CallInfo(symbol: s, signature: signature, noReturn: noReturn)
    pb.setCondition(&callee, in: f)
    f.calls.append(callee)
    let v = emit(
      .callStatic, tupleType(signature.results), list: list, aux: UInt32(f.calls.count - 1))
    return v
  }
}
