import Base
import RegAlloc
import SSA

extension Lowering {
  func lowerFloatBinary(_ v: ValueID, _ x: Value, _ single: Mnemonic, _ double: Mnemonic) {
    let mn = x.type == .f32 ? single : double
    let commutative = x.op == .fadd || x.op == .fmul
    var a = f.arg(v, 0)
    var b = f.arg(v, 1)
    let size = x.type.size
    if commutative && isFoldable(a, size: size) && !isFoldable(b, size: size) { swap(&a, &b) }
    let d = register(v)
    if a != b {
      var m: Address? = nil
      if isFoldable(b, size: size) {
        m = address(ofLoad: b)
      } else {
        let r = resolve(b)
        if f.values[r].op == .constFloat && vregOf[r.index] == 0 {
          m = constantAddress(floatConstantBits(f.values[r]), size)
        }
      }
      if let m {
        let r = register(a)
        begin()
        def(d, reuse: 1)
        use(r)
        var i = Instruction(form: .xm, mn: mn)
        memory(&i, m)
        end(i)
        return
      }
    }
    binary(mn, d, register(a), register(b), commutative: commutative)
  }

  /// The address of a constant in the function's pool.
  func constantAddress(_ bits: UInt64, _ size: Int) -> Address {
    Address(mode: .constant, aux: constantIndex(bits, size))
  }

  func constantIndex(_ bits: UInt64, _ size: Int) -> UInt32 {
    for (i, c) in constants.enumerated() where c.bits == bits && Int(c.size) == size {
      return UInt32(i)
    }
    constants.append((bits: bits, size: UInt8(size)))
    return UInt32(constants.count - 1)
  }

  private func signBit(_ t: ValueType) -> UInt64 { t == .f32 ? 0x8000_0000 : 1 << 63 }

  func lowerFloatUnary(_ v: ValueID, _ x: Value) {
    let d = register(v)
    let a = f.arg(v, 0)
    let single = x.type == .f32
    switch x.op {
    case .fneg:
      binary(.xorps, d, register(a), floatBits(signBit(x.type), x.type), commutative: true)
    case .fabs:
      let mask = single ? 0x7FFF_FFFF : UInt64.max >> 1
      binary(.andps, d, register(a), floatBits(mask, x.type), commutative: true)
    case .fcopysign:
      let sign = floatBits(signBit(x.type), x.type)
      let rest = floatBits(single ? 0x7FFF_FFFF : UInt64.max >> 1, x.type)
      let p = temp(1)
      binary(.andps, p, register(a), rest, commutative: true)
      let q = temp(1)
      binary(.andps, q, register(f.arg(v, 1)), sign, commutative: true)
      binary(.orps, d, p, q, commutative: true)
    case .fsqrt:
      if isFoldable(a, size: x.type.size) {
        let m = address(ofLoad: a)
        begin()
        def(d)
        var i = Instruction(form: .dm, mn: single ? .sqrtss : .sqrtsd)
        memory(&i, m)
        end(i)
        return
      }
      unary(single ? .sqrtss : .sqrtsd, d, register(a))
    default:  // fround
      begin()
      def(d)
      use(register(a))
      var i = Instruction(form: .dui, mn: single ? .roundss : .roundsd)
      // Bit 3 keeps the inexact exception quiet.
      i.imm = x.auxInt | 8
      end(i)
    }
  }

  /// Go's min and max. MINSD gives its second operand when either is NaN or both are zero; taking
  /// it both ways round and joining the bits gives NaN for NaN and -0 for mixed zeros.
  func lowerFloatMinMax(_ v: ValueID, _ x: Value) {
    let mn: Mnemonic = x.type == .f32 ? .minss : .minsd
    var a = register(f.arg(v, 0))
    var b = register(f.arg(v, 1))
    let isMax = x.op == .fmax
    // max(x, y) = -min(-x, -y).
    if isMax {
      let sign = floatBits(signBit(x.type), x.type)
      let p = temp(1)
      let q = temp(1)
      binary(.xorps, p, a, sign, commutative: true)
      binary(.xorps, q, b, sign, commutative: true)
      a = p
      b = q
    }
    let first = temp(1)
    binary(mn, first, a, b)
    let second = temp(1)
    binary(mn, second, first, a)
    if isMax {
      let joined = temp(1)
      binary(.orps, joined, second, first, commutative: true)
      binary(.xorps, register(v), joined, floatBits(signBit(x.type), x.type), commutative: true)
    } else {
      binary(.orps, register(v), second, first, commutative: true)
    }
  }

  func lowerFusedMultiply(_ v: ValueID, _ x: Value) {
    let d = register(v)
    let a = register(f.arg(v, 0))
    let b = register(f.arg(v, 1))
    let c = register(f.arg(v, 2))
    begin()
    def(d, reuse: 1)
    use(c)
    use(a)
    use(b)
    end(Instruction(form: .fusedMultiply, mn: x.type == .f32 ? .vfmadd231ss : .vfmadd231sd))
  }

  func lowerConversion(_ v: ValueID, _ x: Value) {
    let a = f.arg(v, 0)
    let from = f.values[a].type
    let d = register(v)
    let mn: Mnemonic
    switch x.op {
    case .floatToInt:
      if from == .f32 {
        mn = x.type.size == 8 ? .cvttss2siq : .cvttss2sil
      } else {
        mn = x.type.size == 8 ? .cvttsd2siq : .cvttsd2sil
      }
    case .intToFloat:
      let wide = from.size == 8
      let r = from.size < 4 ? extended(a, signed: true) : register(a)
      begin()
      def(d)
      use(r)
      end(
        Instruction(
          form: .convertFromInteger,
          mn: x.type == .f32 ? (wide ? .cvtsi2ssq : .cvtsi2ssl) : (wide ? .cvtsi2sdq : .cvtsi2sdl)))
      return
    case .floatConvert:
      mn = from == .f32 ? .cvtss2sd : .cvtsd2ss
    default:  // bitcast
      mn = x.type.size == 8 ? .movq : .movd
      if isFoldable(a, size: x.type.size) {
        emitLoad(d, x.type, address(ofLoad: a))
        return
      }
    }
    unary(mn, d, register(a))
  }
}
