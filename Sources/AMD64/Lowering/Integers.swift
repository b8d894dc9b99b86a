import Base
import RegAlloc
import SSA

extension Lowering {
  // MARK: Instructions over virtual registers

  func unary(_ mn: Mnemonic, _ d: VReg, _ a: VReg) {
    begin()
    def(d)
    use(a)
    end(Instruction(form: .du, mn: mn))
  }
  func unary(_ mn: Mnemonic, _ a: VReg) -> VReg {
    let t = temp()
    unary(mn, t, a)
    return t
  }
  /// `mn` with one operand that it changes.
  func change(_ mn: Mnemonic, _ d: VReg, _ a: VReg) {
    begin()
    def(d, reuse: 1)
    use(a)
    end(Instruction(form: .x, mn: mn))
  }
  func binary(_ mn: Mnemonic, _ d: VReg, _ a: VReg, _ b: VReg, commutative: Bool = false) {
    begin()
    def(d, reuse: 1)
    use(a)
    use(b)
    end(Instruction(form: .xu, mn: mn), flags: commutative ? .commutative : [])
  }
  func binary(_ mn: Mnemonic, _ a: VReg, _ b: VReg, commutative: Bool = false) -> VReg {
    let t = temp()
    binary(mn, t, a, b, commutative: commutative)
    return t
  }
  func binary(_ mn: Mnemonic, _ d: VReg, _ a: VReg, imm: Int64) {
    begin()
    def(d, reuse: 1)
    use(a)
    var x = Instruction(form: .xi, mn: mn)
    x.imm = imm
    end(x)
  }
  func binary(_ mn: Mnemonic, _ a: VReg, imm: Int64) -> VReg {
    let t = temp()
    binary(mn, t, a, imm: imm)
    return t
  }
  func copy(_ d: VReg, _ a: VReg) {
    begin()
    def(d, reuse: 1, soft: true)
    use(a)
    end(Instruction(form: .copy))
  }
  func add(_ d: VReg, _ a: VReg, _ b: VReg, size: UInt8) {
    begin()
    def(d, reuse: 1, soft: true)
    use(a)
    use(b)
    var x = Instruction(form: .add)
    x.size = size
    end(x, flags: .commutative)
  }
  func add(_ d: VReg, _ a: VReg, imm: Int64, size: UInt8) {
    begin()
    def(d, reuse: 1, soft: true)
    use(a)
    var x = Instruction(form: .addImmediate)
    x.size = size
    x.imm = imm
    end(x)
  }

  // MARK: Arithmetic

  func lowerAdd(_ v: ValueID, _ x: Value) {
    let d = register(v)
    let size: UInt8 = x.type.size == 8 ? 8 : 4
    if size == 8 {
      if tryMemoryOperand(v, x, .addq, commutative: x.op == .add) { return }
      let a = address(v, 0, force: true)
      if a.mode == .base {
        if a.disp == 0 {
          copy(d, a.base)
        } else {
          add(d, a.base, imm: Int64(a.disp), size: 8)
        }
        return
      }
      if a.mode == .baseIndex && a.scale == 0 && a.disp == 0 {
        add(d, a.base, a.index, size: 8)
        return
      }
      begin()
      def(d)
      var i = Instruction(form: .dm, mn: .leaq)
      var plain = a
      plain.checked = .none
      memory(&i, plain)
      end(i)
      return
    }
    if x.type == .i32 && tryMemoryOperand(v, x, .addl, commutative: true) { return }
    let a = resolve(f.arg(v, 0))
    let b = resolve(f.arg(v, 1))
    if let c = isSmallConstant(b) {
      add(d, register(a), imm: narrow(c, x.type), size: 4)
    } else if let c = isSmallConstant(a) {
      add(d, register(b), imm: narrow(c, x.type), size: 4)
    } else {
      add(d, register(a), register(b), size: 4)
    }
  }

  /// A constant as the sign-extended value of type `t`.
  func narrow(_ c: Int64, _ t: ValueType) -> Int64 {
    switch t {
    case .i8: return Int64(Int8(truncatingIfNeeded: c))
    case .i16: return Int64(Int16(truncatingIfNeeded: c))
    case .i32: return Int64(Int32(truncatingIfNeeded: c))
    default: return c
    }
  }

  /// `mn` with one operand in memory, if that operand is a load that only this instruction uses.
  private func tryMemoryOperand(
    _ v: ValueID, _ x: Value, _ mn: Mnemonic, commutative: Bool
  ) -> Bool {
    var a = f.arg(v, 0)
    var b = f.arg(v, 1)
    let size = x.type.size
    if !isFoldable(b, size: size) {
      if !commutative || !isFoldable(a, size: size) { return false }
      swap(&a, &b)
    }
    if a == b { return false }
    let m = address(ofLoad: b)
    let r = register(a)
    begin()
    def(register(v), reuse: 1)
    use(r)
    var i = Instruction(form: .xm, mn: mn)
    memory(&i, m)
    end(i)
    return true
  }

  /// sub, and, or, xor: register, immediate or memory operand.
  func lowerALU(_ v: ValueID, _ x: Value, _ first: Mnemonic, commutative: Bool) {
    if x.op == .or && lowerBitChange(v, x, f.arg(v, 0), f.arg(v, 1), .btsl, .btsq) { return }
    if x.op == .or && lowerBitChange(v, x, f.arg(v, 1), f.arg(v, 0), .btsl, .btsq) { return }
    if x.op == .xor && lowerBitChange(v, x, f.arg(v, 0), f.arg(v, 1), .btcl, .btcq) { return }
    if x.op == .xor && lowerBitChange(v, x, f.arg(v, 1), f.arg(v, 0), .btcl, .btcq) { return }
    let d = register(v)
    let mn = wide(first, x.type)
    if x.type.size >= 4 && tryMemoryOperand(v, x, mn, commutative: commutative) { return }
    var a = resolve(f.arg(v, 0))
    var b = resolve(f.arg(v, 1))
    if commutative && isSmallConstant(a) != nil { swap(&a, &b) }
    if var c = isSmallConstant(b) {
      c = narrow(c, x.type)
      if x.op == .sub && c != Int64(Int32.min) {
        add(d, register(a), imm: -c, size: x.type.size == 8 ? 8 : 4)
        return
      }
      if x.op == .and && (c == 0xFF || c == 0xFFFF) {
        unary(c == 0xFF ? .movzbl : .movzwl, d, register(a))
        return
      }
      binary(mn, d, register(a), imm: c)
      return
    }
    if x.op == .and && x.type == .i64 && f.constant(b) == 0xFFFF_FFFF {
      unary(.movl, d, register(a))
      return
    }
    binary(mn, d, register(a), register(b), commutative: commutative)
  }

  func lowerAndNot(_ v: ValueID, _ x: Value) {
    if lowerBitChange(v, x, f.arg(v, 0), f.arg(v, 1), .btrl, .btrq) { return }
    let b = resolve(f.arg(v, 1))
    if let c = isSmallConstant(b) {
      binary(wide(.andb, x.type), register(v), register(f.arg(v, 0)), imm: ~narrow(c, x.type))
      return
    }
    let t = temp()
    let a = register(f.arg(v, 0))
    let y = register(b)
    change(wide(.notb, x.type), t, y)
    binary(wide(.andb, x.type), register(v), t, a, commutative: true)
  }

  func lowerMul(_ v: ValueID, _ x: Value) {
    let d = register(v)
    var a = resolve(f.arg(v, 0))
    var b = resolve(f.arg(v, 1))
    if isSmallConstant(a) != nil { swap(&a, &b) }
    let mn: Mnemonic = x.type.size == 8 ? .imulq : .imull
    if let c = isSmallConstant(b) {
      multiply(d, register(a), by: narrow(c, x.type), size: x.type.size == 8 ? 8 : 4)
      return
    }
    if x.type.size >= 4 && tryMemoryOperand(v, x, mn, commutative: true) { return }
    binary(mn, d, register(a), register(b), commutative: true)
  }

  /// d = a * c for a 32-bit constant.
  func multiply(_ d: VReg, _ a: VReg, by c: Int64, size: UInt8) {
    let lea: Mnemonic = size == 8 ? .leaq : .leal
    let k = c == 3 ? 1 : c == 5 ? 2 : c == 9 ? 3 : 0
    if k > 0 {
      begin()
      def(d)
      var i = Instruction(form: .dm, mn: lea)
      memory(&i, Address(mode: .baseIndex, base: a, index: a, scale: UInt8(k)))
      end(i)
      return
    }
    if c > 0 && c & (c - 1) == 0 {
      if c == 1 {
        copy(d, a)
      } else if c == 2 {
        add(d, a, a, size: size)
      } else {
        binary(size == 8 ? .shlq : .shll, d, a, imm: Int64(c.trailingZeroBitCount))
      }
      return
    }
    if c == -1 {
      change(size == 8 ? .negq : .negl, d, a)
      return
    }
    begin()
    def(d)
    use(a)
    var i = Instruction(form: .dui, mn: size == 8 ? .imulq : .imull)
    i.imm = c
    end(i)
  }

  /// The value of `v` extended to at least 32 bits, in a register.
  func extended(_ v: ValueID, signed: Bool) -> VReg {
    let x = f.values[v]
    switch x.type {
    case .i8:
      if signed { return unary(.movsbl, register(v)) }
      return isPlainUnsignedLoad(v) ? register(v) : unary(.movzbl, register(v))
    case .i16:
      if signed { return unary(.movswl, register(v)) }
      return isPlainUnsignedLoad(v) ? register(v) : unary(.movzwl, register(v))
    default: return register(v)
    }
  }

  private func isPlainUnsignedLoad(_ v: ValueID) -> Bool {
    let r = resolve(v)
    let x = f.values[r]
    return r == v && x.op == .load && !x.flags.contains(.signed)
  }

  func lowerExtension(_ v: ValueID, _ x: Value) {
    let a = f.arg(v, 0)
    let from = f.values[a].type
    let d = register(v)
    let mn: Mnemonic
    let to64 = x.type.size == 8
    if x.op == .signExtend {
      switch from {
      case .i8: mn = to64 ? .movsbq : .movsbl
      case .i16: mn = to64 ? .movswq : .movswl
      default: mn = to64 ? .movslq : .movl
      }
    } else {
      mn = from == .i8 ? .movzbl : from == .i16 ? .movzwl : .movl
    }
    if isFoldable(a, size: from.size) {
      let m = address(ofLoad: a)
      begin()
      def(d)
      var i = Instruction(form: .dm, mn: mn)
      memory(&i, m)
      end(i)
      return
    }
    unary(mn, d, register(a))
  }

  // MARK: Shifts

  func lowerShift(_ v: ValueID, _ x: Value) {
    let size = x.type.size
    let d = register(v)
    if let c = f.constant(resolve(f.arg(v, 1))) {
      shiftByConstant(v, x, d, c)
      return
    }
    let value =
      x.op == .shl ? register(f.arg(v, 0)) : extended(f.arg(v, 0), signed: x.op == .shrS)
    let count = register(f.arg(v, 1))
    let first: Mnemonic = x.op == .shl ? .shlb : x.op == .shrU ? .shrb : .sarb
    let mn = wide(first, x.type)
    if x.flags.contains(.bounded) {
      shift(mn, d, value, count)
      return
    }
    let limit: Int64 = size == 8 ? 64 : 32
    // Counts are unsigned 64-bit numbers: the carry of count - limit tells those in range.
    if x.op == .shrS {
      let all = temp()
      compare(.cmpq, count, limit - 1)
      let most = constant(limit - 1)
      begin()
      def(all, reuse: 1)
      use(count)
      use(most)
      var i = Instruction(form: .cmov)
      i.size = 8
      i.cc = Condition.a.rawValue
      end(i, flags: .readsFlags)
      shift(mn, d, value, all)
      return
    }
    let t = temp()
    shift(mn, t, value, count)
    compare(.cmpq, count, limit)
    let mask = temp()
    begin()
    def(mask)
    var i = Instruction(form: .carryMask)
    i.size = size == 8 ? 8 : 4
    end(i, flags: .readsFlags)
    binary(wide(.andb, x.type), d, mask, t, commutative: true)
  }

  private func compare(_ mn: Mnemonic, _ a: VReg, _ imm: Int64) {
    begin()
    use(a)
    var i = Instruction(form: .ui, mn: mn)
    i.imm = imm
    end(i)
  }

  func shift(_ mn: Mnemonic, _ d: VReg, _ a: VReg, _ count: VReg) {
    begin()
    def(d, reuse: 1)
    use(a)
    use(count, fixed: R.rcx)
    end(Instruction(form: .shift, mn: mn))
  }

  private func shiftByConstant(_ v: ValueID, _ x: Value, _ d: VReg, _ c: Int64) {
    let bits = Int64(x.type.size * 8)
    let a = f.arg(v, 0)
    let count = UInt64(bitPattern: c)
    if x.op == .shl {
      if count >= UInt64(bits) {
        copy(d, constant(0, x.type))
      } else if c == 1 {
        let r = register(a)
        add(d, r, r, size: x.type.size == 8 ? 8 : 4)
      } else if c <= 3 && c > 0 && !hasOneUse(a) {
        // The operand lives on: LEA saves the copy.
        begin()
        def(d)
        var i = Instruction(form: .dm, mn: x.type.size == 8 ? .leaq : .leal)
        memory(&i, Address(mode: .index, index: register(a), scale: UInt8(c)))
        end(i)
      } else {
        binary(wide(.shlb, x.type), d, register(a), imm: c)
      }
      return
    }
    let signed = x.op == .shrS
    if count >= UInt64(bits) && !signed {
      copy(d, constant(0, x.type))
      return
    }
    let n = count >= UInt64(bits) ? bits - 1 : c
    binary(wide(signed ? .sarb : .shrb, x.type), d, extended(a, signed: signed), imm: n)
  }

  private func hasOneUse(_ v: ValueID) -> Bool { uses[v.index] <= 1 }

  func lowerRotate(_ v: ValueID, _ x: Value) {
    let mn = sized(.rolb, x.type.size)
    let d = register(v)
    if let c = f.constant(resolve(f.arg(v, 1))) {
      let n = c & Int64(x.type.size * 8 - 1)
      if n == 0 {
        copy(d, register(f.arg(v, 0)))
      } else {
        binary(mn, d, register(f.arg(v, 0)), imm: n)
      }
      return
    }
    shift(mn, d, register(f.arg(v, 0)), register(f.arg(v, 1)))
  }

  // MARK: Bits

  func lowerBits(_ v: ValueID, _ x: Value) {
    let a = f.arg(v, 0)
    let t = f.values[a].type
    let d = register(v)
    switch x.op {
    case .popCount:
      unary(t.size == 8 ? .popcntq : .popcntl, d, extended(a, signed: false))
    case .byteSwap:
      if t == .i16 {
        binary(.rolw, d, register(a), imm: 8)
      } else {
        change(t == .i64 ? .bswapq : .bswapl, d, register(a))
      }
    case .ctz:
      if x.flags.contains(.nonZero) && t.size >= 4 {
        unary(t.size == 8 ? .bsfq : .bsfl, d, register(a))
      } else if t == .i64 {
        let none = constant(64)
        let s = temp()
        unary(.bsfq, s, register(a))
        moveIf(.e, d, s, none)
      } else if t == .i32 {
        let s = binary(.btsq, register(a), imm: 32)
        unary(.bsfq, d, s)
      } else {
        let s = binary(.orl, register(a), imm: t == .i8 ? 1 << 8 : 1 << 16)
        unary(.bsfl, d, s)
      }
    default:  // clz
      if t == .i64 {
        let s = temp()
        if x.flags.contains(.nonZero) {
          unary(.bsrq, s, register(a))
          binary(.xorq, d, s, imm: 63)
        } else {
          let none = constant(127)
          unary(.bsrq, s, register(a))
          let m = temp()
          moveIf(.e, m, s, none)
          binary(.xorq, d, m, imm: 63)
        }
        return
      }
      // The highest bit of 2x + 1 is the length of x, for 0 too.
      let w = t == .i32 ? unary(.movl, register(a)) : extended(a, signed: false)
      let u = temp()
      begin()
      def(u)
      var i = Instruction(form: .dm, mn: .leaq)
      memory(&i, Address(mode: .baseIndex, base: w, index: w, disp: 1))
      end(i)
      let length = unary(.bsrq, u)
      let n = temp()
      change(.negq, n, length)
      add(d, n, imm: Int64(t.bits), size: 8)
    }
  }

  /// d = `other` if `c` holds after the preceding instruction, else `a`.
  func moveIf(_ c: Condition, _ d: VReg, _ a: VReg, _ other: VReg, size: UInt8 = 8) {
    begin()
    def(d, reuse: 1)
    use(a)
    use(other)
    var i = Instruction(form: .cmov)
    i.size = size
    i.cc = c.rawValue
    end(i, flags: .readsFlags)
  }
}
