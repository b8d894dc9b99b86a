import ABI
import Base
import Object
import SSA
import Syntax
import Types

/// Functions that the compiler makes itself (section 4 of the reference on the runtime's surface;
/// GOROOT `cmd/compile/internal/ssagen/intrinsics.go`).
enum Intrinsic: UInt8 {
  case none
  case atomicLoad, atomicStore, atomicExchange, atomicAdd, atomicCompareExchange
  /// `atomicAnd`, `atomicOr`; the old value is a result or not.
  case atomicAnd, atomicOr
  case getCallerPC, getCallerSP, getClosure, getG
  case byteSwap, length, trailingZeros, rotate
  /// Instructions that not every amd64 processor has (`ProcessorFeatures.swift`).
  case onesCount, fma, floor, ceil, trunc, roundToEven
  case prefetch, prefetchStreamed
  case mulOverflow, add, subtract, multiply
  case sqrt
  case keepAlive, temporaryString, boolToByte
  case funcPCABI0, funcPCABIInternal, escapeNonString
  /// `unique.Make`, which copies a string only when it is new.
  case uniqueMake
}

/// Intrinsics by package path and name.
struct IntrinsicTable {
  private var rows: [String: Intrinsic] = [:]

  init() {
    let atomics = "internal/runtime/atomic."
    list(
      atomics, "Load Load8 Load64 LoadAcq LoadAcq64 LoadAcquintptr Loadp Loadint32 Loadint64",
      .atomicLoad)
    list(atomics, "Loaduint Loaduintptr", .atomicLoad)
    list(
      atomics, "Store Store8 Store64 StoreRel StoreRel64 StoreReluintptr Storeint32", .atomicStore)
    list(atomics, "Storeint64 Storeuintptr StorepNoWB", .atomicStore)
    list(atomics, "Xadd Xadd64 Xaddint32 Xaddint64 Xadduintptr", .atomicAdd)
    list(atomics, "Xchg Xchg8 Xchg64 Xchgint32 Xchgint64 Xchguintptr", .atomicExchange)
    list(atomics, "Cas Cas64 CasRel Casint32 Casint64 Casp1 Casuintptr", .atomicCompareExchange)
    list(atomics, "And And8 And32 And64 Anduintptr", .atomicAnd)
    list(atomics, "Or Or8 Or32 Or64 Oruintptr", .atomicOr)
    for t in ["Int32", "Int64", "Uint32", "Uint64", "Uintptr"] {
      let s = "sync/atomic."
      list(s, "Load\(t)", .atomicLoad)
      list(s, "Store\(t)", .atomicStore)
      list(s, "Swap\(t)", .atomicExchange)
      list(s, "CompareAndSwap\(t)", .atomicCompareExchange)
      list(s, "Add\(t)", .atomicAdd)
      list(s, "And\(t)", .atomicAnd)
      list(s, "Or\(t)", .atomicOr)
    }
    list("sync/atomic.", "LoadPointer", .atomicLoad)
    let sys = "internal/runtime/sys."
    list(sys, "GetCallerPC", .getCallerPC)
    list(sys, "GetCallerSP", .getCallerSP)
    list(sys, "GetClosurePtr", .getClosure)
    list(sys, "Bswap32 Bswap64", .byteSwap)
    list(sys, "Len8 Len64", .length)
    list(sys, "TrailingZeros8 TrailingZeros32 TrailingZeros64", .trailingZeros)
    list(sys, "Prefetch", .prefetch)
    list(sys, "PrefetchStreamed", .prefetchStreamed)
    list("internal/runtime/math.", "MulUintptr", .mulOverflow)
    list("internal/runtime/math.", "Add64", .add)
    let bits = "math/bits."
    list(bits, "Add Add64", .add)
    list(bits, "Sub Sub64", .subtract)
    list(bits, "Mul Mul64", .multiply)
    list(bits, "Len Len8 Len16 Len32 Len64", .length)
    list(
      bits, "TrailingZeros TrailingZeros8 TrailingZeros16 TrailingZeros32 TrailingZeros64",
      .trailingZeros)
    list(bits, "ReverseBytes ReverseBytes32 ReverseBytes64", .byteSwap)
    list(bits, "RotateLeft RotateLeft8 RotateLeft16 RotateLeft32 RotateLeft64", .rotate)
    list(bits, "OnesCount OnesCount8 OnesCount16 OnesCount32 OnesCount64", .onesCount)
    list("math/big.", "mulWW", .multiply)
    list("crypto/internal/constanttime.", "boolToUint8", .boolToByte)
    list("math.", "sqrt Sqrt", .sqrt)
    list("math.", "FMA", .fma)
    list("math.", "Floor", .floor)
    list("math.", "Ceil", .ceil)
    list("math.", "Trunc", .trunc)
    list("math.", "RoundToEven", .roundToEven)
    list("runtime.", "getg", .getG)
    list("runtime.", "KeepAlive", .keepAlive)
    list("runtime.", "slicebytetostringtmp", .temporaryString)
    list("internal/abi.", "FuncPCABI0", .funcPCABI0)
    list("internal/abi.", "FuncPCABIInternal", .funcPCABIInternal)
    list("internal/abi.", "EscapeNonString", .escapeNonString)
    list("unique.", "Make", .uniqueMake)
  }

  private mutating func list(_ prefix: String, _ names: String, _ i: Intrinsic) {
    for n in names.split(separator: " ") { rows[prefix + n] = i }
  }

  func find(_ name: String) -> Intrinsic { rows[name] ?? .none }
}

extension FunctionBuilder {
  /// A call that is not made as a call; nil for all others. The list is empty without a result.
  func specialCall(_ n: NodeID, _ c: SyntaxTree.Call, _ fun: NodeID) throws -> [Val]? {
    guard let (o, targs) = staticFunction(fun) else { return nil }
    let i = pb.intrinsic(o)
    if i == .none { return nil }
    switch i {
    case .funcPCABI0, .funcPCABIInternal:
      return [try functionPC(tree[c.args, 0], i == .funcPCABI0 ? .abi0 : .internal, type(n))]
    case .keepAlive:
      let v = try expr(tree[c.args, 0])
      if !v.isMemory {
        for k in 0..<Int(v.count) where f.values[v[k]].type == .ptr {
          emit(.keepAlive, .void, v[k])
        }
      } else {
        emit(.keepAlive, .void, v.address.base)
      }
      return []
    case .escapeNonString:
      let t = targs.first ?? type(tree[c.args, 0])
      let v = try expr(tree[c.args, 0], to: t)
      if !pb.hasNonStringPointers(t) { return [] }
      guard let e = pb.packageFunction("internal/abi", "Escape") else { return [] }
      let k = pb.functionInstance(e, [t])
      var p = PreparedCall(target: .instance(k), params: pb.abiParams(k), results: pb.abiResults(k))
      p.args = [v]
      _ = emitCall(p)
      return []
    case .uniqueMake:
      let k = pb.functionInstance(o, targs)
      var p = PreparedCall(target: .instance(k), params: pb.abiParams(k), results: pb.abiResults(k))
      guard isString(p.params[0]), let v = try temporaryString(tree[c.args, 0]) else { return nil }
      p.args = [v.with(type: p.params[0])]
      pos = tree.pos(n)
      return emitCall(p)
    default: break
    }
    var args: [Val] = []
    let sig = under(type(fun))
    let params = pb.parameterTypes(sig)
    for k in c.args.indices { args.append(try expr(tree[c.args, k], to: params[k])) }
    pos = tree.pos(n)
    let results = pb.resultTypes(sig)
    switch i {
    case .onesCount, .fma, .floor, .ceil, .trunc, .roundToEven:
      return [guarded(i, args, results[0], by: o)]
    default: return emitIntrinsic(i, args, results)
    }
  }

  /// A `go` or `defer` of such a function takes its plain form, where it has one.
  func specialDeferred(_ n: NodeID, _ c: SyntaxTree.Call, _ fun: NodeID) throws -> ValueID? { nil }

  private func functionPC(_ x: NodeID, _ abi: ABI.Convention, _ t: TypeID) throws -> Val {
    if let (o, targs) = staticFunction(x) {
      let i = pb.functionInstance(o, targs)
      return Val(t, codeAddress(pb.codeSymbol(i, abi)))
    }
    let v = try expr(x)
    let p = isInterface(v.type) ? v[1] : v[0]
    return Val(t, emit(.load, .i64, p))
  }

  private func emitIntrinsic(_ i: Intrinsic, _ a: [Val], _ results: [TypeID]) -> [Val] {
    let t = results.first ?? .none
    switch i {
    case .atomicLoad, .atomicStore, .atomicExchange, .atomicAdd, .atomicCompareExchange,
      .atomicAnd, .atomicOr:
      return atomic(i, a, results)
    case .getCallerPC: return [Val(t, emit(.getCallerPC, .i64))]
    case .getCallerSP: return [Val(t, emit(.getCallerSP, .i64))]
    case .getClosure:
      f.flags.insert(.needsContext)
      return [Val(t, emit(.ptrToInt, .i64, emit(.getClosure, .ptr)))]
    case .getG: return [Val(t, emit(.getG, .ptr))]
    case .byteSwap: return [Val(t, emit(.byteSwap, scalar(t), a[0][0]))]
    case .length:
      let w = f.values[a[0][0]].type
      return [Val(t, sub(constInt(w.bits), emit(.clz, .i64, a[0][0])))]
    case .trailingZeros: return [Val(t, emit(.ctz, .i64, a[0][0]))]
    case .rotate: return [Val(t, emit(.rotl, scalar(t), a[0][0], a[1][0]))]
    case .prefetch, .prefetchStreamed:
      let p = emit(.intToPtr, .ptr, a[0][0])
      emit(.prefetch, .void, p, auxInt: i == .prefetch ? 0 : 1)
      return []
    case .mulOverflow:
      let m = emit(.mulWideU, .tuple, a[0][0], a[1][0])
      let high = project(m, 0, .i64)
      let low = project(m, 1, .i64)
      return [Val(t, low), Val(boolType, compare(.ne, high, constInt(0)))]
    case .multiply: return two(emit(.mulWideU, .tuple, a[0][0], a[1][0]), results)
    case .add: return two(emit(.addCarry, .tuple, a[0][0], a[1][0], a[2][0]), results)
    case .subtract: return two(emit(.subBorrow, .tuple, a[0][0], a[1][0], a[2][0]), results)
    case .sqrt: return [Val(t, emit(.fsqrt, .f64, a[0][0]))]
    // A bool is a byte of 0 or 1 already; its body in GOROOT panics.
    case .boolToByte: return [a[0].with(type: t)]
    case .temporaryString: return [Val(t, a[0][0], a[1][0])]
    default: internalError("ssagen", "intrinsic \(i)")
    }
  }

  private func two(_ v: ValueID, _ results: [TypeID]) -> [Val] {
    let x = project(v, 0, .i64)
    let y = project(v, 1, .i64)
    return [Val(results[0], x), Val(results[1], y)]
  }

  private func atomic(_ i: Intrinsic, _ a: [Val], _ results: [TypeID]) -> [Val] {
    let p = a[0][0]
    nilCheck(p)
    let flags: ValueFlags = [.nonNil, .noBarrier]
    switch i {
    case .atomicLoad:
      return [Val(results[0], emit(.atomicLoad, scalar(results[0]), p, flags: .nonNil))]
    case .atomicStore:
      emit(.atomicStore, .void, p, a[1][0], flags: flags)
      return []
    case .atomicExchange:
      return [Val(results[0], emit(.atomicExchange, scalar(results[0]), p, a[1][0], flags: flags))]
    case .atomicAdd:
      // The operation gives the old value, Go's functions the new one.
      let old = emit(.atomicAdd, scalar(results[0]), p, a[1][0], flags: .nonNil)
      return [Val(results[0], add(old, a[1][0]))]
    case .atomicCompareExchange:
      return [
        Val(results[0], emit(.atomicCompareExchange, .i8, p, a[1][0], a[2][0], flags: flags))
      ]
    default:
      let op: Op = i == .atomicAnd ? .atomicAnd : .atomicOr
      let old = emit(op, f.values[a[1][0]].type, p, a[1][0], flags: .nonNil)
      return results.isEmpty ? [] : [Val(results[0], old)]
    }
  }
}
