import Base
import Object
import SSA
import Types

// Functions made for method values, method expressions and methods promoted from embedded fields.

extension ProgramBuilder {
  /// Calls `target` with `args`, a tail of the current thunk, and returns its results.
  private func forward(_ fb: FunctionBuilder, _ p: PreparedCall) {
    let r = fb.emitCall(p)
    if fb.isReachable { fb.ret(r) }
  }

  /// Code of the closure that `x.m` makes for a declared method: the receiver is in the closure.
  func methodValueThunk(_ i: Int) throws -> SymbolID {
    // First the symbol, which may be new; then the table is read.
    let code = codeSymbol(i)
    let name = symbols.name(code) + "-fm"
    let s = symbols.symbol(name)
    if !noteThunk(s) { return s }
    let all = abiParams(i)
    let params = Array(all.dropFirst())
    try buildThunk(
      s, name: name, pos: ts.objects[instances[i].object].pos, params: params,
      results: abiResults(i), dupOK: true
    ) { fb in
      let receiver = fb.closureValues([all[0]])
      var p = PreparedCall(target: .instance(i), params: all, results: self.abiResults(i))
      p.args = receiver + fb.incoming()
      self.forward(fb, p)
    }
    return s
  }

  /// The same for a method of an interface value.
  func interfaceMethodValueThunk(_ t: TypeID, _ index: Int, _ sig: TypeID) throws -> SymbolID {
    let name = "\(linkName(ofType: t)).\(interfaceMethodName(t, index))-fm"
    let s = symbols.symbol(name)
    if !noteThunk(s) { return s }
    let params = parameterTypes(sig)
    let results = resultTypes(sig)
    try buildThunk(s, name: name, pos: .none, params: params, results: results, dupOK: true) { fb in
      let r = fb.closureValues([t])
      var p = PreparedCall(
        target: .interface(table: r[0][0], index: index),
        params: [self.types.unsafePointer] + params,
        results: results)
      p.args = [Val(self.types.unsafePointer, r[0][1])] + fb.incoming()
      self.forward(fb, p)
    }
    return s
  }

  /// A function that takes a receiver of type `recv` and the parameters of method `m`, found in it
  /// along `path`. The method itself where it is just that.
  func methodExprSymbol(
    _ recv: TypeID, _ m: ObjectID, _ path: [Int], _ targs: [TypeID], _ sig: TypeID
  ) throws -> SymbolID {
    if ts.kind(ts.under(recv)) == .interface {
      return try interfaceMethodExpr(recv, interfaceMethodIndex(recv, m))
    }
    if targs.isEmpty, let e = ts.methodSet(recv).first(where: { isSameMethod($0.method, m) }) {
      return methodSymbol(recv, e, use: true)
    }
    return try genericMethodExpr(recv, m, path, targs, sig)
  }

  /// A method with type parameters of its own, which is in no method set.
  private func genericMethodExpr(
    _ recv: TypeID, _ m: ObjectID, _ path: [Int], _ targs: [TypeID], _ sig: TypeID
  ) throws -> SymbolID {
    let wantsPointer = ts.objects[m].flags.contains(.pointerReceiver)
    var holder = recv
    for i in path.dropLast() {
      if ts.kind(ts.under(holder)) == .pointer { holder = ts.canonical(ts.elem(ts.under(holder))) }
      holder = ts.canonical(ts.memberType(ts.under(holder), i))
    }
    let instance = methodInstance(m, holder, targs)
    if path.count <= 1 && wantsPointer == (ts.kind(recv) == .pointer) { return use(instance) }
    let name = "\(linkName(ofType: recv)).\(symbols.name(codeSymbol(instance)))"
    let s = symbols.symbol(name)
    if !noteThunk(s) { return s }
    let params = Array(abiParams(instance).dropFirst())
    let results = abiResults(instance)
    try buildThunk(
      s, name: name, pos: ts.objects[m].pos, params: [recv] + params, results: results, dupOK: true
    ) { fb in
      var v = fb.incoming()
      let r = fb.follow(v.removeFirst(), path.dropLast(), wantsPointer: wantsPointer)
      var p = PreparedCall(
        target: .instance(instance), params: self.abiParams(instance), results: results)
      p.args = [r] + v
      self.forward(fb, p)
    }
    return s
  }

  private func interfaceMethodExpr(_ t: TypeID, _ index: Int) throws -> SymbolID {
    let name = "\(linkName(ofType: t)).\(interfaceMethodName(t, index))"
    let s = symbols.symbol(name)
    if !noteThunk(s) { return s }
    let sig = interfaceMethodType(t, index)
    let params = parameterTypes(sig)
    let results = resultTypes(sig)
    noteInterfaceCall(t, index)
    try buildThunk(s, name: name, pos: .none, params: [t] + params, results: results, dupOK: true) {
      fb in
      var v = fb.incoming()
      let r = v.removeFirst()
      fb.markInterfaceCall(t, index)
      var p = PreparedCall(
        target: .interface(table: r[0], index: index), params: [self.types.unsafePointer] + params,
        results: results)
      p.args = [Val(self.types.unsafePointer, r[1])] + v
      self.forward(fb, p)
    }
    return s
  }
}

extension FunctionBuilder {
  /// The embedded field of receiver `r` that `path` leads to, as a pointer or as a value.
  func follow(_ r: Val, _ path: ArraySlice<Int>, wantsPointer: Bool) -> Val {
    if kind(r.type) != .pointer && !path.isEmpty {
      // A struct by value: with fields that are pointers or values.
      var v = r
      var rest = path
      while let i = rest.first, kind(v.type) != .pointer {
        v = field(v, i)
        rest = rest.dropFirst()
      }
      return follow(v, rest, wantsPointer: wantsPointer)
    }
    if kind(r.type) != .pointer {
      return wantsPointer ? Val(pb.pointerType(r.type), pointer(inMemory(r))) : r
    }
    if path.isEmpty && wantsPointer { return r }
    if path.isEmpty { nilWrapperCheck(r[0]) } else { nilCheck(r[0]) }
    var t = elem(r.type)
    var a = Address(r[0], 0, isSafe: true)
    for i in path {
      if kind(t) == .pointer {
        a = Address(load(.ptr, a))
        nilCheck(a.base)
        a.isSafe = true
        t = elem(t)
      }
      a.offset += Int64(pb.layouts.fieldOffset(t, i))
      t = canon(ts.memberType(ts.under(t), i))
    }
    if kind(t) == .pointer && ts.kind(t) == .pointer {
      let p = load(.ptr, a)
      if wantsPointer { return Val(t, p) }
      nilCheck(p)
      return load(elem(t), Address(p, 0, isSafe: true))
    }
    if wantsPointer { return Val(pb.pointerType(t), pointer(a)) }
    return load(t, a)
  }

  /// A wrapper called with a nil pointer for a value method panics with a message of its own.
  private func nilWrapperCheck(_ p: ValueID) {
    let bad = newColdBlock()
    let ok = newBlock()
    branch(compare(.ne, p, constNil()), ok, bad, likely: 1)
    startSealed(bad)
    callRuntime(.panicwrap, [])
    startSealed(ok)
  }
}
