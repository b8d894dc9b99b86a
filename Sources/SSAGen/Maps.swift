import Base
import SSA
import Syntax
import Types

/// Which specialised map functions a map type uses.
enum MapVariant {
  case slow, fast32, fast64, fast64ptr, string
}

extension FunctionBuilder {
  /// gc's choice (`walk.mapfast`): elements up to 128 bytes and keys that are 4 or 8 plain bytes or strings.
  func mapVariant(_ t: TypeID) -> MapVariant {
    let u = ts.under(t)
    if size(canon(ts.elem(u))) > 128 { return .slow }
    let k = canon(ts.mapKey(u))
    if isString(k) { return .string }
    let l = layout(k)
    // unsafe.Pointer is plain memory for hashing, too.
    let plain = l.isPlainMemory || basic(k) == .unsafePointer
    if plain && l.size == 4 { return .fast32 }
    if plain && l.size == 8 { return l.hasPointers ? .fast64ptr : .fast64 }
    return .slow
  }

  /// The key as the fast functions take it.
  private func fastKey(_ key: Val, _ t: ValueType) -> ValueID {
    if !key.isMemory && key.count == 1 && f.values[key[0]].type == t { return key[0] }
    if !key.isMemory && key.count == 1 && f.values[key[0]].type == .ptr && t == .i64 {
      return emit(.ptrToInt, .i64, key[0])
    }
    return load(t, inMemory(key))
  }

  private func keyArguments(_ v: MapVariant, _ key: Val) -> [ValueID] {
    switch v {
    case .slow: return [pointer(inMemory(key))]
    case .fast32: return [fastKey(key, .i32)]
    case .fast64: return [fastKey(key, .i64)]
    case .fast64ptr: return [fastKey(key, .ptr)]
    case .string:
      return key.isMemory
        ? [load(.ptr, key.address), load(.i64, key.address.advanced(8))] : [key[0], key[1]]
    }
  }

  /// `m[key]`.
  func mapLoad(_ m: Val, _ key: Val) throws -> Val {
    let t = m.type
    let e = elem(t)
    var v = mapVariant(t)
    if v == .fast64ptr { v = .fast64 }
    var args: [ValueID] = [typeAddress(t), m[0]]
    args += keyArguments(v, key)
    let fn: RuntimeFunction
    switch v {
    case .fast32: fn = .mapaccess1Fast32
    case .fast64, .fast64ptr: fn = .mapaccess1Fast64
    case .string: fn = .mapaccess1Faststr
    case .slow:
      fn = size(e) > 1024 ? .mapaccess1Fat : .mapaccess1
      if size(e) > 1024 { args.append(dataAddress(pb.zeroSymbol(size(e)))) }
    }
    return load(e, Address(callRuntime(fn, args), 0, isSafe: true))
  }

  /// `v, ok := m[key]`.
  func mapLoadOK(_ m: Val, _ key: Val) throws -> (Val, ValueID) {
    let t = m.type
    let e = elem(t)
    var v = mapVariant(t)
    if v == .fast64ptr { v = .fast64 }
    var args: [ValueID] = [typeAddress(t), m[0]]
    args += keyArguments(v, key)
    let fn: RuntimeFunction
    switch v {
    case .fast32: fn = .mapaccess2Fast32
    case .fast64, .fast64ptr: fn = .mapaccess2Fast64
    case .string: fn = .mapaccess2Faststr
    case .slow:
      fn = size(e) > 1024 ? .mapaccess2Fat : .mapaccess2
      if size(e) > 1024 { args.append(dataAddress(pb.zeroSymbol(size(e)))) }
    }
    let r = callRuntime(fn, args)
    let p = project(r, 0, .ptr)
    let ok = project(r, 1, .i8)
    return (load(e, Address(p, 0, isSafe: true)), ok)
  }

  /// The address of the element for `key`, made if absent.
  func mapAssign(_ m: Val, _ key: Val) throws -> Address {
    let t = m.type
    let v = mapVariant(t)
    var args: [ValueID] = [typeAddress(t), m[0]]
    args += keyArguments(v, key)
    let fn: RuntimeFunction
    switch v {
    case .fast32: fn = .mapassignFast32
    case .fast64: fn = .mapassignFast64
    case .fast64ptr: fn = .mapassignFast64ptr
    case .string: fn = .mapassignFaststr
    case .slow: fn = .mapassign
    }
    return Address(callRuntime(fn, args), 0, isSafe: true)
  }

  /// `delete(m, key)`.
  func mapDelete(_ m: Val, _ key: Val) throws {
    var v = mapVariant(m.type)
    if v == .fast64ptr { v = .fast64 }
    var args: [ValueID] = [typeAddress(m.type), m[0]]
    args += keyArguments(v, key)
    let fn: RuntimeFunction
    switch v {
    case .fast32: fn = .mapdeleteFast32
    case .fast64, .fast64ptr: fn = .mapdeleteFast64
    case .string: fn = .mapdeleteFaststr
    case .slow: fn = .mapdelete
    }
    callRuntime(fn, args)
  }

  /// `make(map[K]V, hint)`; the hint is an i64.
  func makeMap(_ t: TypeID, _ hint: ValueID?) throws -> Val {
    if hint == nil || (f.constant(hint!) ?? 9) <= 8 {
      return Val(t, callRuntime(.makemapSmall, []))
    }
    return Val(t, callRuntime(.makemap, [typeAddress(t), hint!, constNil()]))
  }

  /// `len(m)`: the first word of the map, which is read only if m is not nil.
  func mapLength(_ m: Val) -> ValueID {
    let r = newVariable(.i64)
    write(r, constInt(0))
    let some = newBlock()
    let done = newBlock()
    branch(compare(.ne, m[0], constNil()), some, done)
    startSealed(some)
    write(r, emit(.load, .i64, m[0], flags: .nonNil))
    jump(done)
    startSealed(done)
    return read(r)
  }
}
