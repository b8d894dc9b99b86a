import ABI
import Base
import RegAlloc
import SSA

extension Lowering {
  @inline(__always)
  func fits32(_ n: Int64) -> Bool { n == Int64(Int32(truncatingIfNeeded: n)) }

  func isSmallConstant(_ v: ValueID) -> Int64? {
    let x = f.values[v]
    if x.op == .constNil { return 0 }
    if x.op == .constInt && fits32(x.auxInt) { return x.auxInt }
    return nil
  }

  private func stripCopies(_ value: ValueID) -> ValueID {
    var v = value
    while f.values[v].op == .copy { v = f.arg(v, 0) }
    return v
  }

  /// The memory operand for `p` + `offset`. Address arithmetic is folded into it where that saves
  /// instructions; `force` folds the top operation even though others use its result too.
  func address(_ p: ValueID, _ offset: Int64, force: Bool = false) -> Address {
    var v = stripCopies(p)
    var disp = offset
    var force = force
    while true {
      let x = f.values[v]
      guard x.op == .ptrAdd || (x.op == .add && x.type == .i64) else { break }
      if let c = f.constant(stripCopies(f.arg(v, 1))), fits32(disp &+ c) {
        disp = disp &+ c
        v = stripCopies(f.arg(v, 0))
        force = false
        continue
      }
      if !force && !isWorthFolding(v) { break }
      return indexed(f.arg(v, 0), f.arg(v, 1), disp)
    }
    return plain(v, disp)
  }

  /// Whether the two registers of an addition should go into the address rather than its sum.
  private func isWorthFolding(_ v: ValueID) -> Bool {
    if vregOf[v.index] != 0 && uses[v.index] > 2 { return false }
    return uses[v.index] == 1 || (f.values[v].block == blockID && uses[v.index] <= 3)
  }

  /// `v` + `disp`, where `v` is not taken apart further.
  private func plain(_ v: ValueID, _ disp: Int64) -> Address {
    let x = f.values[v]
    switch x.op {
    case .slotAddress, .incomingAddress, .outgoingAddress, .symbolAddress:
      let d = disp &+ x.auxInt
      if fits32(d) && d < 1 << 30 && d > -(1 << 30) {
        let mode: MemoryMode
        switch x.op {
        case .slotAddress: mode = .slot
        case .incomingAddress: mode = .incoming
        case .outgoingAddress: mode = .outgoing
        default: mode = .symbol
        }
        return Address(mode: mode, disp: Int32(d), aux: x.aux)
      }
    case .getG:
      if fits32(disp) { return Address(mode: .g, disp: Int32(disp)) }
    default: break
    }
    if !fits32(disp) {
      return Address(mode: .baseIndex, base: register(v), index: constant(disp))
    }
    var a = Address(mode: .base, base: register(v), disp: Int32(disp))
    if disp >= 0 && disp < 4096 { a.checked = resolve(v) }
    return a
  }

  /// `x` + `y` + `disp` with `y` as the scaled index.
  private func indexed(_ x: ValueID, _ y: ValueID, _ offset: Int64) -> Address {
    var base = stripCopies(x)
    var index = stripCopies(y)
    var disp = offset
    var scale: UInt8 = 0
    if scaleOf(base) > 0 && scaleOf(index) == 0 && f.values[base].type == .i64 {
      swap(&base, &index)
    }
    // Constant parts of either side.
    while f.values[base].op == .ptrAdd || (f.values[base].op == .add && f.values[base].type == .i64)
    {
      guard let c = f.constant(stripCopies(f.arg(base, 1))), fits32(disp &+ c) else { break }
      disp = disp &+ c
      base = stripCopies(f.arg(base, 0))
    }
    func takeIndexOffset(_ factor: Int64) {
      while f.values[index].op == .add && f.values[index].type == .i64 && vregOf[index.index] == 0 {
        guard let c = f.constant(stripCopies(f.arg(index, 1))), fits32(c),
          fits32(disp &+ c &* factor)
        else { return }
        disp = disp &+ c &* factor
        index = stripCopies(f.arg(index, 0))
      }
    }
    takeIndexOffset(1)
    let s = scaleOf(index)
    if s > 0 {
      scale = s
      index = stripCopies(f.arg(index, 0))
      takeIndexOffset(1 << Int64(s))
    }
    let i = register(index)
    let b = f.values[base]
    if b.op == .slotAddress || b.op == .incomingAddress || b.op == .outgoingAddress {
      let d = disp &+ b.auxInt
      if fits32(d) && d < 1 << 30 && d > -(1 << 30) {
        let mode: MemoryMode =
          b.op == .slotAddress
          ? .slotIndex : b.op == .incomingAddress ? .incomingIndex : .outgoingIndex
        return Address(mode: mode, index: i, scale: scale, disp: Int32(d), aux: b.aux)
      }
    }
    if b.op == .symbolAddress && uses[base.index] <= 2 {
      let d = disp &+ b.auxInt
      if fits32(d) && d < 1 << 30 && d > -(1 << 30) {
        return Address(mode: .symbolIndex, index: i, scale: scale, disp: Int32(d), aux: b.aux)
      }
    }
    return Address(
      mode: .baseIndex, base: register(base), index: i, scale: scale, disp: Int32(disp))
  }

  /// k if `v` is something shifted left by k = 1, 2 or 3 that an address may compute, else 0.
  private func scaleOf(_ v: ValueID) -> UInt8 {
    let x = f.values[v]
    if x.type != .i64 { return 0 }
    if x.op == .shl, let c = f.constant(stripCopies(f.arg(v, 1))), c >= 1 && c <= 3 {
      return UInt8(c)
    }
    if x.op == .mul, let c = f.constant(stripCopies(f.arg(v, 1))) {
      return c == 2 ? 1 : c == 4 ? 2 : c == 8 ? 3 : 0
    }
    return 0
  }

  /// Puts the address into a register.
  func materialise(_ a: Address) -> VReg {
    if a.mode == .base && a.disp == 0 { return a.base }
    let t = temp()
    begin()
    def(t)
    var x = Instruction(form: .dm, mn: .leaq)
    var plain = a
    plain.checked = .none
    memory(&x, plain)
    end(x)
    return t
  }

  /// Whether the load `v` may become a memory operand of the instruction being made.
  func isFoldable(_ v: ValueID, size: Int) -> Bool {
    let x = f.values[v]
    return x.op == .load && uses[v.index] == 1 && vregOf[v.index] == 0 && x.block == blockID
      && colour[v.index] == currentColour && x.type.size == size
  }

  /// The memory operand of a load.
  func address(ofLoad v: ValueID) -> Address { address(f.arg(v, 0), f.values[v].auxInt) }

  // MARK: Loads and stores

  func loadMnemonic(_ t: ValueType, signed: Bool) -> Mnemonic {
    switch t {
    case .i8: return signed ? .movsbq : .movzbl
    case .i16: return signed ? .movswq : .movzwl
    case .i32: return .movl
    case .f32: return .movss
    case .f64: return .movsd
    default: return .movq
    }
  }

  func storeMnemonic(_ t: ValueType) -> Mnemonic {
    switch t {
    case .i8: return .movb
    case .i16: return .movw
    case .i32: return .movl
    case .f32: return .movss
    case .f64: return .movsd
    default: return .movq
    }
  }

  func emitLoad(_ r: VReg, _ t: ValueType, _ a: Address, signed: Bool = false) {
    begin()
    def(r)
    var x = Instruction(form: .dm, mn: loadMnemonic(t, signed: signed))
    memory(&x, a)
    end(x)
  }

  /// Stores value `y` of type `t`.
  func emitStore(_ y: ValueID, _ t: ValueType, _ a: Address) {
    let v = resolve(y)
    begin()
    if let bits = storableBits(v, t) {
      var x = Instruction(
        form: .mi, mn: t == .f64 ? .movq : t == .f32 ? .movl : storeMnemonic(t))
      x.imm = bits
      memory(&x, a)
      end(x)
      return
    }
    use(register(v))
    var x = Instruction(form: .mu, mn: storeMnemonic(t))
    memory(&x, a)
    end(x)
  }

  /// The immediate that stores constant `v`, if one instruction can.
  private func storableBits(_ v: ValueID, _ t: ValueType) -> Int64? {
    let x = f.values[v]
    switch x.op {
    case .constNil: return 0
    case .constInt:
      switch t {
      case .i8: return Int64(Int8(truncatingIfNeeded: x.auxInt))
      case .i16: return Int64(Int16(truncatingIfNeeded: x.auxInt))
      case .i32: return Int64(Int32(truncatingIfNeeded: x.auxInt))
      default: return fits32(x.auxInt) ? x.auxInt : nil
      }
    case .constFloat:
      let bits = floatConstantBits(x)
      if t == .f32 { return Int64(Int32(truncatingIfNeeded: Int64(bits))) }
      return bits == 0 ? 0 : nil
    default: return nil
    }
  }

  /// The machine bits of a `constFloat` in its own width.
  func floatConstantBits(_ x: Value) -> UInt64 {
    if x.type == .f64 { return UInt64(bitPattern: x.auxInt) }
    return UInt64(Float(Double(bitPattern: UInt64(bitPattern: x.auxInt))).bitPattern)
  }

  func lowerStore(_ v: ValueID, _ x: Value) {
    let t = f.values[f.arg(v, 1)].type
    if lowerUpdate(v, x, t) { return }
    emitStore(f.arg(v, 1), t, address(f.arg(v, 0), x.auxInt))
  }

  /// A store of a sum (difference, ...) of the stored-to place itself: one instruction on memory.
  private func lowerUpdate(_ v: ValueID, _ x: Value, _ t: ValueType) -> Bool {
    guard t.isInteger else { return false }
    let s = f.arg(v, 1)
    let y = f.values[s]
    if uses[s.index] != 1 || vregOf[s.index] != 0 || y.block != blockID { return false }
    let size = t.size
    let mn: Mnemonic
    switch y.op {
    case .add: mn = sized(.addb, size)
    case .sub: mn = sized(.subb, size)
    case .and: mn = sized(.andb, size)
    case .or: mn = sized(.orb, size)
    case .xor: mn = sized(.xorb, size)
    default: return false
    }
    func isSamePlace(_ l: ValueID) -> Bool {
      isFoldable(l, size: size) && stripCopies(f.arg(l, 0)) == stripCopies(f.arg(v, 0))
        && f.values[l].auxInt == x.auxInt
    }
    var other = f.arg(s, 1)
    if !isSamePlace(f.arg(s, 0)) {
      if y.op == .sub || !isSamePlace(other) { return false }
      other = f.arg(s, 0)
    }
    let a = address(f.arg(v, 0), x.auxInt)
    begin()
    if let c = isSmallConstant(resolve(other)) {
      var i = Instruction(form: .mi, mn: mn)
      i.imm =
        size == 1
        ? Int64(Int8(truncatingIfNeeded: c))
        : size == 2
          ? Int64(Int16(truncatingIfNeeded: c)) : c
      memory(&i, a)
      end(i)
    } else {
      use(register(other))
      var i = Instruction(form: .mu, mn: mn)
      memory(&i, a)
      end(i)
    }
    return true
  }

  /// The mnemonic for `size` bytes of a family whose byte form is `first`: b, w, l, q in a row.
  @inline(__always)
  func sized(_ first: Mnemonic, _ size: Int) -> Mnemonic {
    let step: UInt16 = size == 1 ? 0 : size == 2 ? 1 : size == 4 ? 2 : 3
    return Mnemonic(rawValue: first.rawValue + step)!
  }

  /// 32 bits for everything up to 32 bits, else 64: the width in which narrow integers are
  /// computed.
  @inline(__always)
  func wide(_ first: Mnemonic, _ t: ValueType) -> Mnemonic { sized(first, t.size == 8 ? 8 : 4) }
}
