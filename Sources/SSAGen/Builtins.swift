import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// A call of a predeclared function; nil if it has no value.
  func builtinCall(_ n: NodeID, _ c: SyntaxTree.Call, _ b: Builtin) throws -> Val? {
    pos = tree.pos(n)
    let t = type(n)
    func arg(_ i: Int) -> NodeID { tree[c.args, i] }
    if c.args.count == 1, let many = try multiValue(arg(0)) {
      return try builtinCall(b, spread: many, t)
    }
    switch b {
    case .append: return try append(c, t)
    case .cap: return Val(t, try capacity(arg(0)))
    case .len: return Val(t, try length(arg(0)))
    case .clear, .close, .copy, .delete, .panic, .print, .println, .recover:
      let values = try builtinOperands(b, c)
      return try emitBuiltin(b, values, t)
    case .complex:
      let part: TypeID = size(t) == 8 ? pb.types.float32 : pb.types.float64
      let re = try expr(arg(0), to: part)
      return Val(t, re[0], try expr(arg(1), to: part)[0])
    case .real: return Val(t, try complexOperand(arg(0))[0])
    case .imag: return Val(t, try complexOperand(arg(0))[1])
    case .make: return try make(c, t)
    case .new: return try new(arg(0), t)
    case .min, .max:
      return minMax(try tree.each(c.args).map { try expr($0, to: t) }, t, isMin: b == .min)
    case .unsafeAdd, .unsafeSlice, .unsafeString:
      let p = try expr(arg(0))
      let (k, unsigned) = try index(arg(1))
      return unsafePointers(b, p[0], k, unsigned, t)
    case .unsafeSliceData, .unsafeStringData: return Val(t, try expr(arg(0))[0])
    case .unsafeSizeof: return Val(t, constInt(size(defaultType(arg(0)))))
    case .unsafeAlignof: return Val(t, constInt(Int(layout(defaultType(arg(0))).align)))
    case .unsafeOffsetof: return Val(t, constInt(try offsetof(arg(0))))
    default: throw unimplemented("builtin \(b.name)")
    }
  }

  /// `b(f())`, where f has several results.
  private func builtinCall(_ b: Builtin, spread v: [Val], _ t: TypeID) throws -> Val? {
    switch b {
    case .append:
      let e = elem(t)
      return append(try convert(v[0], to: t), try v.dropFirst().map { try convert($0, to: e) }, t)
    case .complex:
      let part: TypeID = size(t) == 8 ? pb.types.float32 : pb.types.float64
      return Val(t, try convert(v[0], to: part)[0], try convert(v[1], to: part)[0])
    case .min, .max: return minMax(try v.map { try convert($0, to: t) }, t, isMin: b == .min)
    case .copy, .delete, .print, .println: return try emitBuiltin(b, try spreadOperands(b, v), t)
    case .unsafeAdd, .unsafeSlice, .unsafeString:
      let signed = isSigned(v[1].type)
      return unsafePointers(b, v[0][0], resize(v[1][0], .i64, signed: signed), !signed, t)
    default: throw unimplemented("builtin \(b.name) of a call with several results")
    }
  }

  private func spreadOperands(_ b: Builtin, _ v: [Val]) throws -> [Val] {
    if b != .delete { return v }
    return [v[0], try convert(v[1], to: canon(ts.mapKey(ts.under(v[0].type))))]
  }

  private func complexOperand(_ n: NodeID) throws -> Val {
    let t = defaultType(n)
    return try expr(n, to: isComplex(t) ? t : pb.types.complex128)
  }

  private func offsetof(_ node: NodeID) throws -> Int {
    let n = tree.unparen(node)
    guard tree.kind(n) == .selector, let s = info.selection(n) else {
      throw unimplemented("unsafe.Offsetof")
    }
    var t = concrete(s.recv)
    if kind(t) == .pointer { t = elem(t) }
    var offset = 0
    for k in 0..<s.path.n {
      let i = Int(ts.pool[Int(s.path.start) + k])
      offset += pb.layouts.fieldOffset(t, i)
      t = canon(ts.memberType(ts.under(t), i))
    }
    return offset
  }

  // MARK: Statements and what a defer can hold

  /// The evaluated operands of a builtin that may be deferred.
  func builtinOperands(_ b: Builtin, _ c: SyntaxTree.Call) throws -> [Val] {
    if c.args.count == 1, let many = try multiValue(tree[c.args, 0]) {
      return try spreadOperands(b, many)
    }
    var out: [Val] = []
    switch b {
    case .panic: out.append(try expr(tree[c.args, 0], to: pb.types.emptyInterface))
    case .delete:
      let m = try expr(tree[c.args, 0])
      out.append(m)
      out.append(try expr(tree[c.args, 1], to: canon(ts.mapKey(ts.under(m.type)))))
    case .print, .println:
      for x in tree.each(c.args) {
        // Untyped integer constants are printed as int64.
        out.append(try expr(x, to: defaultType(x)))
      }
    default: for x in tree.each(c.args) { out.append(try expr(x, to: defaultType(x))) }
    }
    return out
  }

  func emitBuiltin(_ b: Builtin, _ v: [Val], _ t: TypeID) throws -> Val? {
    switch b {
    case .clear: try emitClear(v[0])
    case .close: callRuntime(.closechan, [v[0][0]])
    case .copy: return Val(intType, emitCopy(v[0], v[1]))
    case .delete: try mapDelete(v[0], v[1])
    case .panic:
      callRuntime(.gopanic, [v[0][0], v[0][1]])
    case .print, .println: emitPrint(v, newline: b == .println)
    case .recover:
      let r = callRuntime(.gorecover, [])
      return Val(pb.types.emptyInterface, project(r, 0, .i64), project(r, 1, .ptr))
    default: throw unimplemented("builtin \(b.name)")
    }
    return nil
  }

  private func emitClear(_ v: Val) throws {
    if kind(v.type) == .map {
      callRuntime(.mapclear, [typeAddress(v.type), v[0]])
      return
    }
    let e = elem(v.type)
    let n = mulConst(v[1], size(e))
    let some = newBlock()
    let done = newBlock()
    branch(compare(.ne, v[1], constInt(0)), some, done)
    startSealed(some)
    let fn: RuntimeFunction = layout(e).hasPointers ? .memclrHasPointers : .memclrNoHeapPointers
    if isReachable || !f.blocks[some].preds.isEmpty { callRuntime(fn, [v[0], n]) }
    jump(done)
    startSealed(done)
  }

  /// `copy(dst, src)`; the count.
  private func emitCopy(_ d: Val, _ s: Val) -> ValueID {
    let e = elem(d.type)
    if layout(e).hasPointers {
      return callRuntime(.typedslicecopy, [typeAddress(e), d[0], d[1], s[0], s[1]])
    }
    let n = emit(.select, .i64, compare(.ltS, d[1], s[1]), d[1], s[1])
    if size(e) > 0 { callRuntime(.memmove, [d[0], hidden(s[0]), mulConst(n, size(e))]) }
    return n
  }

  private func emitPrint(_ values: [Val], newline: Bool) {
    callRuntime(.printlock, [])
    for (i, v) in values.enumerated() {
      if newline && i > 0 { callRuntime(.printsp, []) }
      printOne(v)
    }
    if newline { callRuntime(.printnl, []) }
    callRuntime(.printunlock, [])
  }

  private func printOne(_ v: Val) {
    let i = basicInfo(v.type)
    switch kind(v.type) {
    case .basic where i.contains(.boolean): callRuntime(.printbool, [v[0]])
    case .basic where i.contains(.integer):
      let x = resize(v[0], .i64, signed: isSigned(v.type))
      if v.type == pb.runtimeHex {
        callRuntime(.printhex, [x])
      } else {
        callRuntime(isSigned(v.type) ? .printint : .printuint, [x])
      }
    case .basic where i.contains(.float):
      callRuntime(scalar(v.type) == .f32 ? .printfloat32 : .printfloat64, [v[0]])
    case .basic where i.contains(.complex):
      callRuntime(size(v.type) == 8 ? .printcomplex64 : .printcomplex128, [v[0], v[1]])
    case .basic where i.contains(.string):
      callRuntime(v.type == pb.runtimeQuoted ? .printquoted : .printstring, [v[0], v[1]])
    case .slice: callRuntime(.printslice, [v[0], v[1], v[2]])
    case .interface:
      callRuntime(isEmptyInterface(v.type) ? .printeface : .printiface, [v[0], v[1]])
    default: callRuntime(.printpointer, [v[0]])
    }
  }

  // MARK: len and cap

  private func length(_ x: NodeID) throws -> ValueID {
    let t = type(x)
    switch kind(t) {
    case .array, .pointer:
      _ = try expr(x)
      let array = kind(t) == .pointer ? elem(t) : t
      return constInt(Int(ts.arrayLength(ts.under(array))))
    case .map: return mapLength(try expr(x))
    case .chan: return callRuntime(.chanlen, [try expr(x)[0]])
    default:
      if kind(t) == .slice && isAddressable(x) {
        return load(.i64, try address(x).advanced(8))
      }
      if isString(t), let v = try temporaryRunes(x) { return v }
      return try expr(x)[1]
    }
  }

  /// `len([]rune(s))` counts; here for strings nothing is special.
  private func temporaryRunes(_ x: NodeID) throws -> ValueID? { nil }

  private func capacity(_ x: NodeID) throws -> ValueID {
    let t = type(x)
    switch kind(t) {
    case .array, .pointer:
      _ = try expr(x)
      let array = kind(t) == .pointer ? elem(t) : t
      return constInt(Int(ts.arrayLength(ts.under(array))))
    case .chan: return callRuntime(.chancap, [try expr(x)[0]])
    default: return try expr(x)[2]
    }
  }

  // MARK: make, new, min, max

  private func make(_ c: SyntaxTree.Call, _ t: TypeID) throws -> Val {
    switch kind(t) {
    case .slice:
      let (n, _) = try index(tree[c.args, 1])
      var cap = n
      if c.args.count > 2 { cap = try index(tree[c.args, 2]).0 }
      // With the length checked here the allocation is one of known size, which may stay in the frame.
      if f.constant(n) == nil, let room = f.constant(cap), room >= 0 {
        let bad = newColdBlock()
        let ok = newBlock()
        branch(compare(.leU, n, cap), ok, bad, likely: 1)
        startSealed(bad)
        callRuntime(.makeslice, [typeAddress(elem(t)), n, cap])  // panics
        callRuntime(.panicmakeslicelen, [])
        startSealed(ok)
        return Val(t, allocateSlice(elem(t), cap, cap), n, cap)
      }
      return Val(t, allocateSlice(elem(t), n, cap), n, cap)
    case .map:
      return try makeMap(t, c.args.count > 1 ? try index(tree[c.args, 1]).0 : nil)
    default:
      let n = c.args.count > 1 ? try index(tree[c.args, 1]).0 : constInt(0)
      return Val(t, callRuntime(.makechan, [typeAddress(t), n]))
    }
  }

  func allocateSlice(_ e: TypeID, _ length: ValueID, _ capacity: ValueID) -> ValueID {
    let l = layout(e)
    f.allocs.append(
      AllocInfo(
        kind: .object, type: pb.typeSymbol(e, usedInInterface: false), size: l.size,
        alignment: Int(l.align), pointerMask: pb.layouts.frameMask(e)))
    return emit(.allocSlice, .ptr, length, capacity, aux: UInt32(f.allocs.count - 1))
  }

  private func new(_ x: NodeID, _ t: TypeID) throws -> Val {
    let e = elem(t)
    if info.mode(tree.unparen(x)) == .type { return Val(t, allocate(e, .object)) }
    let v = try expr(x, to: e)
    let p = allocate(e, .object)
    store(v, Address(p, 0, isSafe: true))
    return Val(t, p)
  }

  private func minMax(_ values: [Val], _ t: TypeID, isMin: Bool) -> Val {
    var r = values[0]
    for v in values.dropFirst() {
      if isFloat(t) {
        r = Val(t, emit(isMin ? .fmin : .fmax, scalar(t), r[0], v[0]))
      } else if isString(t) {
        let k = callRuntime(.cmpstring, [v[0], v[1], r[0], r[1]])
        let take =
          isMin
          ? compare(.ltS, k, constInt(0)) : compare(.ltS, constInt(0), k)
        r = Val(
          t, emit(.select, .ptr, take, v[0], r[0]), emit(.select, .i64, take, v[1], r[1]))
      } else {
        let less: Op = isSigned(t) ? .ltS : .ltU
        let take = isMin ? compare(less, v[0], r[0]) : compare(less, r[0], v[0])
        r = Val(t, emit(.select, scalar(t), take, v[0], r[0]))
      }
    }
    return r
  }

  // MARK: unsafe

  /// unsafe.Add, Slice and String of pointer `p` and a number.
  private func unsafePointers(
    _ b: Builtin, _ p: ValueID, _ n: ValueID, _ unsigned: Bool, _ t: TypeID
  ) -> Val {
    switch b {
    case .unsafeAdd: return Val(t, emit(.ptrAdd, .ptr, p, n))
    case .unsafeSlice:
      checkUnsafe(p, n, unsigned, size(elem(t)), .panicunsafeslicelen, .panicunsafeslicenilptr)
      return Val(t, p, n, n)
    default:
      checkUnsafe(p, n, unsigned, 1, .panicunsafestringlen, .panicunsafestringnilptr)
      return Val(t, p, n)
    }
  }

  /// The length is not negative and the memory ends inside the address space.
  private func checkUnsafe(
    _ p: ValueID, _ n: ValueID, _ unsigned: Bool, _ size: Int, _ lengthPanic: RuntimeFunction,
    _ nilPanic: RuntimeFunction
  ) {
    let most = constInt(size == 0 ? Int.max : Int.max / size)
    let badLength = newColdBlock()
    let next = newBlock()
    branch(compare(.leU, n, most), next, badLength, likely: 1)
    startSealed(next)
    let room = newBlock()
    let check = newColdBlock()
    let bytes = size == 0 ? n : mulConst(n, size)
    let left: ValueID
    if size == 0 {
      // Only a nil pointer with a length is wrong.
      let isNil = compare(.eq, p, constNil())
      left = emit(.select, .i64, isNil, constInt(0), constInt(Int.max))
    } else {
      left = emit(.neg, .i64, emit(.ptrToInt, .i64, p))
    }
    branch(compare(.leU, bytes, left), room, check, likely: 1)
    startSealed(check)
    if !f.blocks[check].preds.isEmpty {
      let isNil = newColdBlock()
      branch(compare(.eq, p, constNil()), isNil, badLength)
      startSealed(isNil)
      callRuntime(nilPanic, [])
    }
    cur = .none
    startSealed(badLength)
    if f.blocks[badLength].preds.isEmpty { cur = .none } else { callRuntime(lengthPanic, []) }
    startSealed(room)
  }
}
