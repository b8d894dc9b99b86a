import SSA
import Types

// Functions that are one instruction on processors with some extension: the program asks at run time, as the
// runtime found out (variables of runtime, overlay/runtime/cpu.go), and calls the function where the
// extension is missing or the processor has not been asked yet.

extension FunctionBuilder {
  /// Intrinsic `i` of `a`: its instruction, or a call of function `o`.
  func guarded(_ i: Intrinsic, _ a: [Val], _ t: TypeID, by o: ObjectID) -> Val {
    let feature: String
    switch i {
    case .onesCount: feature = "x86HasPOPCNT"
    case .fma: feature = "x86HasFMA"
    default: feature = "x86HasSSE41"
    }
    let k = pb.functionInstance(o, [])
    var call = PreparedCall(
      target: .instance(k), params: pb.abiParams(k), results: pb.abiResults(k))
    call.args = a
    guard let flag = pb.packageObject("runtime", feature) else { return emitCall(call)[0] }
    let result = newVariable(scalar(t))
    let plain = newColdBlock()
    let fast = newBlock()
    let done = newBlock()
    let has = load(.i8, globalAddress(flag))
    branch(compare(.ne, has, const(.i8, 0)), fast, plain, likely: 1)
    startSealed(plain)
    write(result, emitCall(call)[0][0])
    jump(done)
    startSealed(fast)
    write(result, instruction(i, a))
    jump(done)
    startSealed(done)
    return Val(t, read(result))
  }

  private func instruction(_ i: Intrinsic, _ a: [Val]) -> ValueID {
    switch i {
    case .onesCount: return emit(.popCount, .i64, a[0][0])
    case .fma: return emit(.fma, .f64, list: [a[0][0], a[1][0], a[2][0]])
    case .floor: return emit(.fround, .f64, a[0][0], auxInt: 1)
    case .ceil: return emit(.fround, .f64, a[0][0], auxInt: 2)
    case .trunc: return emit(.fround, .f64, a[0][0], auxInt: 3)
    default: return emit(.fround, .f64, a[0][0], auxInt: 0)
    }
  }
}
