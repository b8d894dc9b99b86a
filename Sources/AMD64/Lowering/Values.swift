import ABI
import Base
import RegAlloc
import SSA

extension Lowering {
  /// Lowers one value that is needed or has an effect.
  func lower(_ v: ValueID, _ x: Value) {
    switch x.op {
    case .phi, .project, .constInt, .constFloat, .constNil, .symbolAddress, .slotAddress,
      .incomingAddress, .outgoingAddress, .machine, .getClosure:
      return
    case .param:
      let s = f.signature.params[Int(x.auxInt)]
      if s.register < 0 {
        emitLoad(register(v), s.type, Address(mode: .incoming, disp: s.offset))
      }
    case .copy, .truncate, .ptrToInt, .intToPtr: copy(register(v), register(f.arg(v, 0)))
    case .add, .ptrAdd: lowerAdd(v, x)
    case .sub: lowerALU(v, x, .subb, commutative: false)
    case .and: lowerALU(v, x, .andb, commutative: true)
    case .or: lowerALU(v, x, .orb, commutative: true)
    case .xor: lowerALU(v, x, .xorb, commutative: true)
    case .andNot: lowerAndNot(v, x)
    case .mul: lowerMul(v, x)
    case .divS, .divU, .remS, .remU: lowerDivision(v, x)
    case .neg: change(wide(.negb, x.type), register(v), register(f.arg(v, 0)))
    case .not: change(wide(.notb, x.type), register(v), register(f.arg(v, 0)))
    case .shl, .shrS, .shrU: lowerShift(v, x)
    case .rotl: lowerRotate(v, x)
    case .mulHighS, .mulHighU: lowerMulHigh(v, x)
    case .mulWideU, .divWideU, .addCarry, .subBorrow: lowerTuple(v, x)
    case .ctz, .clz, .popCount, .byteSwap: lowerBits(v, x)
    case .eq, .ne, .ltS, .leS, .ltU, .leU, .feq, .fne, .flt, .fle: lowerComparison(v)
    case .fadd: lowerFloatBinary(v, x, .addss, .addsd)
    case .fsub: lowerFloatBinary(v, x, .subss, .subsd)
    case .fmul: lowerFloatBinary(v, x, .mulss, .mulsd)
    case .fdiv: lowerFloatBinary(v, x, .divss, .divsd)
    case .fneg, .fsqrt, .fabs, .fcopysign, .fround: lowerFloatUnary(v, x)
    case .fma: lowerFusedMultiply(v, x)
    case .fmin, .fmax: lowerFloatMinMax(v, x)
    case .signExtend, .zeroExtend: lowerExtension(v, x)
    case .floatToInt, .intToFloat, .floatConvert, .bitcast: lowerConversion(v, x)
    case .select: lowerSelect(v, x)
    case .load: lowerLoad(v, x)
    case .store: lowerStore(v, x)
    case .barrierStore: lowerBarrierStore(v, x)
    case .zeroMemory: lowerZero(v, x)
    case .copyMemory: lowerCopy(v, x)
    case .nilCheck: lowerNilCheck(v)
    case .boundsCheck: lowerBoundsCheck(v, x)
    case .keepAlive: lowerKeepAlive(v)
    case .prefetch:
      let a = address(f.arg(v, 0), 0)
      begin()
      var i = Instruction(form: .m, mn: x.auxInt == 0 ? .prefetcht0 : .prefetchnta)
      var plain = a
      plain.checked = .none
      memory(&i, plain)
      end(i)
    case .callStatic, .callClosure, .callInterface: lowerCall(v, x)
    case .atomicLoad, .atomicStore, .atomicExchange, .atomicAdd, .atomicCompareExchange,
      .atomicAnd, .atomicOr:
      lowerAtomic(v, x)
    case .getG:
      begin()
      def(register(v))
      end(Instruction(form: .du, detail: 1))
    case .getCallerPC: emitLoad(register(v), .i64, Address(mode: .incoming, disp: -8))
    case .getCallerSP:
      begin()
      def(register(v))
      var i = Instruction(form: .dm, mn: .leaq)
      memory(&i, Address(mode: .incoming))
      end(i)
    case .pause:
      begin()
      end(Instruction(form: .pause))
    case .alloc, .allocSlice, .box:
      internalError("amd64 lowering", "\(x.op) \(v) of \(f.name) was not expanded")
    case .invalid:
      internalError("amd64 lowering", "invalid value \(v) in \(f.name)")
    }
  }

  private func lowerLoad(_ v: ValueID, _ x: Value) {
    emitLoad(register(v), x.type, address(ofLoad: v), signed: x.flags.contains(.signed))
  }

  private func lowerKeepAlive(_ v: ValueID) {
    let k = resolve(f.arg(v, 0))
    if isRemat(k) {
      keepSlot(k)
      return
    }
    let r = register(k)
    begin()
    useAny(r)
    end(Instruction(form: .none))
  }

  /// Keeps the frame slot alive whose address `k` is, if it is one: an instruction without code.
  func keepSlot(_ k: ValueID) {
    let x = f.values[k]
    if x.op != .slotAddress { return }
    begin()
    end(Instruction(form: .none, mode: .slot, aux: x.aux))
  }
}
