import Base
import Object
import SSA
import Syntax
import Types

// Interface values: (type word or itab, data word). See GOROOT internal/abi iface.go.

extension FunctionBuilder {
  /// Address of the descriptor of `t`, as a pointer.
  func typeAddress(_ t: TypeID) -> ValueID {
    dataAddress(pb.typeSymbol(t, usedInInterface: false))
  }

  /// The same as a type word, for comparisons.
  func typeWordOf(_ t: TypeID) -> ValueID {
    emit(.symbolAddress, .i64, aux: pb.typeSymbol(t, usedInInterface: false).raw)
  }

  func word(_ s: SymbolID) -> ValueID { emit(.symbolAddress, .i64, aux: s.raw) }

  /// The dynamic type's descriptor address, 0 for a nil interface.
  func typeWord(_ v: Val) -> ValueID {
    if isEmptyInterface(v.type) { return v[0] }
    return tableType(v[0])
  }

  /// The type in an itab, 0 for a nil itab.
  private func tableType(_ tab: ValueID) -> ValueID {
    let r = newVariable(.i64)
    write(r, constInt(0))
    let some = newBlock()
    let done = newBlock()
    branch(compare(.ne, tab, constInt(0)), some, done, likely: 1)
    startSealed(some)
    let p = emit(.intToPtr, .ptr, tab)
    write(r, emit(.load, .i64, p, auxInt: 8, flags: [.nonNil, .invariant]))
    jump(done)
    startSealed(done)
    return read(r)
  }

  /// Converts a value of concrete type to interface type `t`.
  func toInterface(_ v: Val, _ t: TypeID) throws -> Val {
    let c = v.type
    let descriptor = pb.typeSymbol(c, usedInInterface: true)
    f.markers.append(Reloc(offset: 0, kind: .usedInInterface, target: descriptor))
    let w: ValueID
    if isEmptyInterface(t) {
      w = word(descriptor)
    } else {
      w = word(pb.itabSymbol(iface: t, concrete: c))
    }
    return Val(t, w, try dataWord(v))
  }

  /// The data word for a value of concrete type.
  func dataWord(_ v: Val) throws -> ValueID {
    let l = layout(v.type)
    if l.isDirectInterface {
      if v.isMemory { return load(.ptr, v.address) }
      return v[0]
    }
    if l.size == 0 { return dataAddress(pb.zeroBase) }
    if let s = staticBox(v) { return dataAddress(s) }
    if l.size == 1 && !v.isMemory {
      // All single bytes have a place in a read-only table.
      let i = emit(.zeroExtend, .i64, v[0])
      return emit(.ptrAdd, .ptr, dataAddress(pb.staticBytes), mulConst(i, 8))
    }
    let isSlice = kind(v.type) == .slice
    f.allocs.append(
      AllocInfo(
        kind: v.isMemory ? .box : isString(v.type) ? .stringBox : isSlice ? .sliceBox : .box,
        type: pb.typeSymbol(v.type, usedInInterface: false), size: l.size,
        alignment: Int(l.align), pointerMask: pb.layouts.frameMask(v.type)))
    let aux = UInt32(f.allocs.count - 1)
    if v.isMemory {
      let p = emit(.alloc, .ptr, aux: aux)
      var a = Address(p, 0, isSafe: true)
      a.noBarrier = true
      copyMemory(v.type, from: v.address, to: a)
      return p
    }
    var list: [ValueID] = []
    scalars(v, &list)
    return emit(.box, .ptr, list: list, aux: aux)
  }

  /// The value of type `t` behind a data word.
  func unbox(_ data: ValueID, _ t: TypeID) -> Val {
    let l = layout(t)
    if l.isDirectInterface {
      if l.isSSA { return Val(t, data) }
      let a = temporary(t)
      store(data, a)
      return Val(memory: a, t, isTemporary: true)
    }
    // The data an interface points to never changes, so it need not be copied.
    return load(t, Address(data, 0, isSafe: true))
  }

  /// Converts between interface types, where the checker knows that it succeeds unless nil.
  func interfaceToInterface(_ v: Val, _ t: TypeID) throws -> Val {
    if pb.sameMethods(v.type, t) { return v.with(type: t) }
    let w = typeWord(v)
    if isEmptyInterface(t) { return Val(t, w, v[1]) }
    return Val(t, interfaceTableOrNil(w, t, canFail: false), v[1])
  }

  /// `interfaceTable`, or 0 if the dynamic type is nil: with a nil type that can fail the runtime must
  /// not be asked, since what it finds goes into a cache by the type's hash.
  func interfaceTableOrNil(_ typeWord: ValueID, _ t: TypeID, canFail: Bool) -> ValueID {
    let r = newVariable(.i64)
    write(r, constInt(0))
    let some = newBlock()
    let done = newBlock()
    branch(compare(.ne, typeWord, constInt(0)), some, done, likely: 1)
    startSealed(some)
    write(r, interfaceTable(typeWord, t, canFail: canFail))
    jump(done)
    startSealed(done)
    return read(r)
  }

  /// The itab for interface `t` and the dynamic type `typeWord`. If the type does not implement it:
  /// 0 when it can fail, else a panic.
  func interfaceTable(_ typeWord: ValueID, _ t: TypeID, canFail: Bool) -> ValueID {
    let site = pb.typeAssertSite(t, canFail: canFail)
    let p = emit(.intToPtr, .ptr, typeWord)
    let r = callRuntime(.typeAssert, [dataAddress(site), p])
    return emit(.ptrToInt, .i64, r)
  }

  // MARK: Assertions

  /// `x.(T)`, panicking on failure.
  func typeAssert(_ x: Val, _ t: TypeID) throws -> Val {
    if isInterface(t) {
      let w = typeWord(x)
      if !isEmptyInterface(t) { return Val(t, interfaceTable(w, t, canFail: false), x[1]) }
      let fail = newColdBlock()
      let ok = newBlock()
      branch(compare(.ne, w, constInt(0)), ok, fail, likely: 1)
      startSealed(fail)
      callRuntime(.panicnildottype, [typeAddress(t)])
      startSealed(ok)
      return Val(t, w, x[1])
    }
    let fail = newColdBlock()
    let ok = newBlock()
    let w = typeWord(x)
    branch(compare(.eq, w, typeWordOf(t)), ok, fail, likely: 1)
    startSealed(fail)
    let have = emit(.intToPtr, .ptr, w)
    callRuntime(.panicdottypeE, [have, typeAddress(t), typeAddress(x.type)])
    startSealed(ok)
    return unbox(x[1], t)
  }

  /// `v, ok := x.(T)`.
  func typeAssertOK(_ x: Val, _ t: TypeID) throws -> (Val, ValueID) {
    let w = typeWord(x)
    if isInterface(t) {
      if isEmptyInterface(t) {
        return (Val(t, w, x[1]), compare(.ne, w, constInt(0)))
      }
      let tab = interfaceTableOrNil(w, t, canFail: true)
      let ok = compare(.ne, tab, constInt(0))
      // The data word must be nil when the assertion fails.
      let data = emit(.select, .ptr, ok, x[1], constNil())
      return (Val(t, tab, data), ok)
    }
    let ok = compare(.eq, w, typeWordOf(t))
    return (try selectValue(ok, t) { self.unbox(x[1], t) }, ok)
  }

  /// The value that `make` gives if `condition`, else the zero value.
  func selectValue(_ condition: ValueID, _ t: TypeID, _ make: () throws -> Val) throws -> Val {
    let yes = newBlock()
    let no = newBlock()
    let done = newBlock()
    let l = layout(t)
    if !l.isSSA {
      let a = temporary(t)
      branch(condition, yes, no, likely: 1)
      startSealed(yes)
      store(try make(), a)
      jump(done)
      startSealed(no)
      zeroMemory(t, a)
      jump(done)
      startSealed(done)
      return Val(memory: a, t, isTemporary: true)
    }
    var parts: [Variable] = []
    for i in 0..<Int(l.leafCount) { parts.append(newVariable(pb.layouts.leaf(l, i).type)) }
    branch(condition, yes, no, likely: 1)
    startSealed(yes)
    let v = try make()
    for i in parts.indices { write(parts[i], v[i]) }
    jump(done)
    startSealed(no)
    let z = zeroVal(t)
    for i in parts.indices { write(parts[i], z[i]) }
    jump(done)
    startSealed(done)
    var r = Val(t)
    for p in parts { r.append(read(p)) }
    return r
  }
}
