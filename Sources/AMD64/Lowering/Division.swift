import Base
import RegAlloc
import SSA

/// A multiplier that replaces a division: quotient = high part of x * multiplier, shifted by
/// `shift` (Granlund and Montgomery, "Division by Invariant Integers using Multiplication", 1994).
struct DivisionMagic {
  var multiplier: UInt64
  var shift: Int

  /// For x < 2^`bits` and a product taken at 2^`width`: the smallest shift for which
  /// m = 2^(width + shift) / c + 1 is exact and fits `width` bits. `slack` 1 for signed operands,
  /// whose magnitude has a bit less.
  static func find(_ c: UInt64, bits: Int, width: Int, slack: Int) -> DivisionMagic? {
    for shift in 0..<64 {
      let power = UInt128(1) << UInt128(width + shift)
      let m = power / UInt128(c) + 1
      if m >> UInt128(width) != 0 { return nil }
      let error = m * UInt128(c) - power
      let room = width + shift - bits + slack
      if room >= 0 && error <= UInt128(1) << UInt128(room) {
        return DivisionMagic(multiplier: UInt64(truncatingIfNeeded: m), shift: shift)
      }
    }
    return nil
  }
}

extension Lowering {
  func lowerDivision(_ v: ValueID, _ x: Value) {
    let signed = x.op == .divS || x.op == .remS
    let wantsRemainder = x.op == .remS || x.op == .remU
    if let c = f.constant(resolve(f.arg(v, 1))) {
      let n = narrow(c, x.type)
      if n != 0 {
        divideByConstant(v, x, n, signed, wantsRemainder)
        return
      }
    }
    let small = x.type.size < 4
    let a = small ? extended(f.arg(v, 0), signed: signed) : register(f.arg(v, 0))
    let b = small ? extended(f.arg(v, 1), signed: signed) : register(f.arg(v, 1))
    let d = register(v)
    let other = temp()
    begin()
    def(wantsRemainder ? other : d, fixed: R.rax)
    early(wantsRemainder ? d : other, fixed: R.rdx)
    use(a, fixed: R.rax)
    use(b)
    var i = Instruction(form: .divide)
    i.size = x.type.size == 8 ? 8 : 4
    i.detail = signed ? 1 : 0
    // Narrow operands cannot overflow when they are extended.
    i.imm = signed && !small ? 1 : 0
    end(i)
  }

  private func divideByConstant(
    _ v: ValueID, _ x: Value, _ n: Int64, _ signed: Bool, _ wantsRemainder: Bool
  ) {
    let d = register(v)
    let size: UInt8 = x.type.size == 8 ? 8 : 4
    if !signed {
      let c =
        UInt64(bitPattern: n) & (x.type.size == 8 ? UInt64.max : (1 << UInt64(x.type.bits)) - 1)
      let a = zeroExtended(f.arg(v, 0))
      if c & (c - 1) == 0 {
        unsignedPower(d, a, c, wantsRemainder, x.type)
        return
      }
      let q = wantsRemainder ? temp() : d
      if x.type.size == 8 {
        unsignedQuotient64(q, a, c)
      } else {
        unsignedQuotient32(q, a, c, bits: x.type.bits)
      }
      if wantsRemainder { remainder(d, a, q, Int64(bitPattern: c), 8) }
      return
    }
    let a = signExtended(f.arg(v, 0))
    if n == 1 || n == -1 {
      if wantsRemainder {
        copy(d, constant(0, x.type))
      } else if n == 1 {
        copy(d, a)
      } else {
        change(wide(.negb, x.type), d, a)
      }
      return
    }
    let q = wantsRemainder ? temp() : d
    signedQuotient(q, a, n, size: x.type.size)
    if wantsRemainder { remainder(d, a, q, n, size) }
  }

  /// d = a - q * c.
  private func remainder(_ d: VReg, _ a: VReg, _ q: VReg, _ c: Int64, _ size: UInt8) {
    let p = temp()
    if fits32(c) {
      multiply(p, q, by: c, size: size)
    } else {
      binary(.imulq, p, q, constant(c), commutative: true)
    }
    binary(size == 8 ? .subq : .subl, d, a, p)
  }

  /// The operand as a 64-bit register, zero- or sign-extended.
  private func zeroExtended(_ v: ValueID) -> VReg {
    let t = f.values[v].type
    if t == .i64 { return register(v) }
    if t == .i32 { return unary(.movl, register(v)) }
    return extended(v, signed: false)
  }
  private func signExtended(_ v: ValueID) -> VReg {
    switch f.values[v].type {
    case .i8: return unary(.movsbq, register(v))
    case .i16: return unary(.movswq, register(v))
    case .i32: return unary(.movslq, register(v))
    default: return register(v)
    }
  }

  private func unsignedPower(
    _ d: VReg, _ a: VReg, _ c: UInt64, _ wantsRemainder: Bool, _ t: ValueType
  ) {
    let k = c.trailingZeroBitCount
    if wantsRemainder {
      let mask = Int64(bitPattern: c &- 1)
      if fits32(mask) {
        binary(.andq, d, a, imm: mask)
      } else {
        binary(.andq, d, a, constant(mask), commutative: true)
      }
    } else if k == 0 {
      copy(d, a)
    } else {
      binary(.shrq, d, a, imm: Int64(k))
    }
  }

  /// The high half of a * m.
  private func highProduct(_ a: VReg, _ m: UInt64, signed: Bool) -> VReg {
    let low = temp()
    let high = temp()
    let k = constant(Int64(bitPattern: m))
    begin()
    def(low, fixed: R.rax)
    early(high, fixed: R.rdx)
    use(k, fixed: R.rax)
    use(a)
    end(Instruction(form: .wideMultiply, mn: signed ? .imulq : .mulq))
    return high
  }

  private func unsignedQuotient64(_ q: VReg, _ a: VReg, _ c: UInt64) {
    if c >> 63 != 0 {
      // The quotient is 1 or 0.
      let k = constant(Int64(bitPattern: c))
      begin()
      use(a)
      use(k)
      end(Instruction(form: .uu, mn: .cmpq))
      let bit = temp()
      begin()
      def(bit)
      var i = Instruction(form: .setcc)
      i.cc = Condition.ae.rawValue
      end(i, flags: .readsFlags)
      unary(.movzbl, q, bit)
      return
    }
    if let m = DivisionMagic.find(c, bits: 64, width: 64, slack: 0) {
      let h = highProduct(a, m.multiplier, signed: false)
      if m.shift == 0 { copy(q, h) } else { binary(.shrq, q, h, imm: Int64(m.shift)) }
      return
    }
    let k = c.trailingZeroBitCount
    if k > 0, let m = DivisionMagic.find(c >> UInt64(k), bits: 64 - k, width: 64, slack: 0) {
      let h = highProduct(binary(.shrq, a, imm: Int64(k)), m.multiplier, signed: false)
      if m.shift == 0 { copy(q, h) } else { binary(.shrq, q, h, imm: Int64(m.shift)) }
      return
    }
    // The multiplier has 65 bits: (((a - h) >> 1) + h) >> (s - 1), h the product with the low 64.
    let s = 64 - (c - 1).leadingZeroBitCount
    let m = (UInt128(1) << UInt128(64 + s)) / UInt128(c) + 1
    let h = highProduct(a, UInt64(truncatingIfNeeded: m), signed: false)
    let rest = binary(.subq, a, h)
    let half = binary(.shrq, rest, imm: 1)
    let sum = temp()
    add(sum, half, h, size: 8)
    if s == 1 { copy(q, sum) } else { binary(.shrq, q, sum, imm: Int64(s - 1)) }
  }

  /// 8 to 32 bits, in 64-bit arithmetic: `a` is zero-extended.
  private func unsignedQuotient32(_ q: VReg, _ a: VReg, _ c: UInt64, bits: Int) {
    func product(_ x: VReg, _ m: UInt64) -> VReg {
      let p = temp()
      if m < 1 << 31 {
        multiply(p, x, by: Int64(m), size: 8)
      } else {
        binary(.imulq, p, x, constant(Int64(m)), commutative: true)
      }
      return p
    }
    if let m = DivisionMagic.find(c, bits: bits, width: 32, slack: 0) {
      binary(.shrq, q, product(a, m.multiplier), imm: Int64(32 + m.shift))
      return
    }
    let k = c.trailingZeroBitCount
    if k > 0, let m = DivisionMagic.find(c >> UInt64(k), bits: bits - k, width: 32, slack: 0) {
      let x = binary(.shrq, a, imm: Int64(k))
      binary(.shrq, q, product(x, m.multiplier), imm: Int64(32 + m.shift))
      return
    }
    // 33 bits: the product of the low 32 plus the operand itself.
    let s = 64 - (c - 1).leadingZeroBitCount
    let m = (UInt128(1) << UInt128(32 + s)) / UInt128(c) + 1
    let low = UInt64(truncatingIfNeeded: m) & 0xFFFF_FFFF
    let h = binary(.shrq, product(a, low), imm: 32)
    let sum = temp()
    add(sum, h, a, size: 8)
    binary(.shrq, q, sum, imm: Int64(s))
  }

  /// `a` is sign-extended to 64 bits.
  private func signedQuotient(_ q: VReg, _ a: VReg, _ n: Int64, size: Int) {
    let c = n.magnitude
    let negative = n < 0
    let positive = negative ? temp() : q
    if c & (c - 1) == 0 {
      // Round towards zero: add 2^k - 1 to negative operands.
      let k = Int64(c.trailingZeroBitCount)
      let sign = k == 1 ? a : binary(.sarq, a, imm: 63)
      let bias = binary(.shrq, sign, imm: 64 - k)
      let sum = temp()
      add(sum, a, bias, size: 8)
      binary(.sarq, positive, sum, imm: k)
    } else if size == 8 {
      guard let m = DivisionMagic.find(c, bits: 64, width: 64, slack: 1) else {
        internalError("amd64 lowering", "no multiplier for division by \(n)")
      }
      var h = highProduct(a, m.multiplier, signed: true)
      if m.multiplier >> 63 != 0 {
        let sum = temp()
        add(sum, h, a, size: 8)
        h = sum
      }
      let shifted = m.shift == 0 ? h : binary(.sarq, h, imm: Int64(m.shift))
      let sign = binary(.sarq, a, imm: 63)
      binary(.subq, positive, shifted, sign)
    } else {
      guard let m = DivisionMagic.find(c, bits: 32, width: 32, slack: 1) else {
        internalError("amd64 lowering", "no multiplier for division by \(n)")
      }
      let p = temp()
      if m.multiplier < 1 << 31 {
        multiply(p, a, by: Int64(m.multiplier), size: 8)
      } else {
        binary(.imulq, p, a, constant(Int64(m.multiplier)), commutative: true)
      }
      let shifted = binary(.sarq, p, imm: Int64(32 + m.shift))
      let sign = binary(.sarq, a, imm: 63)
      binary(.subq, positive, shifted, sign)
    }
    if negative { change(.negq, q, positive) }
  }

  // MARK: Wide products and quotients, carries

  func lowerMulHigh(_ v: ValueID, _ x: Value) {
    let signed = x.op == .mulHighS
    let d = register(v)
    if x.type != .i64 {
      let a = signed ? signExtended(f.arg(v, 0)) : zeroExtended(f.arg(v, 0))
      let b = signed ? signExtended(f.arg(v, 1)) : zeroExtended(f.arg(v, 1))
      let p = binary(.imulq, a, b, commutative: true)
      binary(signed ? .sarq : .shrq, d, p, imm: Int64(x.type.bits))
      return
    }
    let low = temp()
    wideMultiply(high: d, low: low, f.arg(v, 0), f.arg(v, 1), signed ? .imulq : .mulq)
  }

  private func wideMultiply(high: VReg, low: VReg, _ x: ValueID, _ y: ValueID, _ mn: Mnemonic) {
    var a = x
    var b = y
    if isFoldable(a, size: 8) && !isFoldable(b, size: 8) { swap(&a, &b) }
    if isFoldable(b, size: 8) && a != b {
      let m = address(ofLoad: b)
      let r = register(a)
      begin()
      def(low, fixed: R.rax)
      early(high, fixed: R.rdx)
      use(r, fixed: R.rax)
      var i = Instruction(form: .wideMultiplyMemory, mn: mn)
      memory(&i, m)
      end(i)
      return
    }
    let r = register(a)
    let s = register(b)
    begin()
    def(low, fixed: R.rax)
    early(high, fixed: R.rdx)
    use(r, fixed: R.rax)
    use(s)
    end(Instruction(form: .wideMultiply, mn: mn))
  }

  /// The registers of the components of tuple `v`: those asked for, and temporaries.
  func components(_ v: ValueID, _ count: Int) -> [VReg] {
    var result = [VReg](repeating: 0, count: count)
    let values = f.blocks[blockID].values
    var i = place + 1
    while i < values.count && f.values[values[i]].op == .project && f.arg(values[i], 0) == v {
      let p = values[i]
      if vregOf[p.index] != 0 { result[Int(f.values[p].auxInt)] = vregOf[p.index] }
      i += 1
    }
    return result
  }

  func lowerTuple(_ v: ValueID, _ x: Value) {
    var c = components(v, 2)
    for i in 0..<2 where c[i] == 0 { c[i] = temp() }
    switch x.op {
    case .mulWideU:
      wideMultiply(high: c[0], low: c[1], f.arg(v, 0), f.arg(v, 1), .mulq)
    case .divWideU:
      let high = register(f.arg(v, 0))
      let low = register(f.arg(v, 1))
      let by = register(f.arg(v, 2))
      begin()
      def(c[0], fixed: R.rax)
      def(c[1], fixed: R.rdx)
      use(high, fixed: R.rdx)
      use(low, fixed: R.rax)
      use(by)
      end(Instruction(form: .divideWide))
    default:
      let a = register(f.arg(v, 0))
      let b = register(f.arg(v, 1))
      let carry = resolve(f.arg(v, 2))
      let hasCarry = f.constant(carry) != 0
      let k = hasCarry ? register(carry) : 0
      begin()
      early(c[0], reuse: 2)
      early(c[1])
      use(a)
      use(b)
      if hasCarry { use(k) }
      var i = Instruction(form: .carryChain)
      i.imm = x.op == .addCarry ? 0 : 1
      end(i)
    }
  }
}
