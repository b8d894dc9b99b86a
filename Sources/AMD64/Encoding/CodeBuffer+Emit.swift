import Base
import Object

/// Operands of one instruction in Intel order (destination first): up to four, of which at most
/// one is memory and one an immediate.
public struct Operands: Sendable {
  /// Raw registers, eight bits an operand, operand 0 lowest.
  @usableFromInline var regs: UInt32 = 0
  /// Class of each operand, four bits each, operand 0 lowest; 0 ends the list.
  @usableFromInline var shape: UInt16 = 0
  @usableFromInline var count: UInt8 = 0
  @usableFromInline var mem = Mem(absolute: 0)
  @usableFromInline var imm: Int64 = 0
  /// EVEX opmask register 1-7, or 0; with `zeroing`, unselected elements become zero.
  public var mask: UInt8 = 0
  public var zeroing = false

  @inlinable public init() {}

  @inlinable public mutating func add(_ r: Reg) {
    regs |= UInt32(r.raw) << UInt32(8 * count)
    shape |= r.kind << UInt16(4 * count)
    count += 1
  }
  @inlinable public mutating func add(_ m: Mem) {
    mem = m
    shape |= OperandKind.mem << UInt16(4 * count)
    count += 1
  }
  @inlinable public mutating func add(_ v: Int64) {
    imm = v
    shape |= OperandKind.imm << UInt16(4 * count)
    count += 1
  }

  @inlinable func reg(_ i: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: regs >> UInt32(8 * i))
  }

  /// Whether only EVEX can encode these: a mask, or a vector register above 15.
  var needsEVEX: Bool {
    if mask != 0 { return true }
    for i in 0..<count {
      let r = reg(i)
      if r >= 32 && r < 128 && r & 31 >= 16 { return true }
    }
    return mem.index.isVector && mem.index.number >= 16
  }
}

// The instructions. Operands are in Intel order: destination first.
extension CodeBuffer {
  /// An instruction without operands.
  public mutating func op(_ m: Mnemonic) { emit(m, Operands()) }
  /// One register.
  public mutating func r(_ m: Mnemonic, _ a: Reg) {
    var o = Operands()
    o.add(a)
    emit(m, o)
  }
  /// One memory operand.
  public mutating func m(_ m: Mnemonic, _ a: Mem) {
    var o = Operands()
    o.add(a)
    emit(m, o)
  }
  /// One immediate.
  public mutating func i(_ m: Mnemonic, _ a: Int64) {
    var o = Operands()
    o.add(a)
    emit(m, o)
  }
  /// Register, register.
  public mutating func rr(_ m: Mnemonic, _ a: Reg, _ b: Reg) {
    var o = Operands()
    o.add(a)
    o.add(b)
    emit(m, o)
  }
  /// Register, memory: a load or an operation with a memory source.
  public mutating func rm(_ m: Mnemonic, _ a: Reg, _ b: Mem) {
    var o = Operands()
    o.add(a)
    o.add(b)
    emit(m, o)
  }
  /// Memory, register: a store or an operation on memory.
  public mutating func mr(_ m: Mnemonic, _ a: Mem, _ b: Reg) {
    var o = Operands()
    o.add(a)
    o.add(b)
    emit(m, o)
  }
  /// Register, immediate.
  public mutating func ri(_ m: Mnemonic, _ a: Reg, _ b: Int64) {
    var o = Operands()
    o.add(a)
    o.add(b)
    emit(m, o)
  }
  /// Memory, immediate.
  public mutating func mi(_ m: Mnemonic, _ a: Mem, _ b: Int64) {
    var o = Operands()
    o.add(a)
    o.add(b)
    emit(m, o)
  }
  /// Register, register, immediate.
  public mutating func rri(_ m: Mnemonic, _ a: Reg, _ b: Reg, _ c: Int64) {
    var o = Operands()
    o.add(a)
    o.add(b)
    o.add(c)
    emit(m, o)
  }
  /// Register, memory, immediate.
  public mutating func rmi(_ m: Mnemonic, _ a: Reg, _ b: Mem, _ c: Int64) {
    var o = Operands()
    o.add(a)
    o.add(b)
    o.add(c)
    emit(m, o)
  }
  /// Register, register, register.
  public mutating func rrr(_ m: Mnemonic, _ a: Reg, _ b: Reg, _ c: Reg) {
    var o = Operands()
    o.add(a)
    o.add(b)
    o.add(c)
    emit(m, o)
  }
  /// Register, register, memory.
  public mutating func rrm(_ m: Mnemonic, _ a: Reg, _ b: Reg, _ c: Mem) {
    var o = Operands()
    o.add(a)
    o.add(b)
    o.add(c)
    emit(m, o)
  }

  /// SETcc of a byte register.
  public mutating func setcc(_ c: Condition, _ a: Reg) {
    r(Mnemonic(rawValue: Mnemonic.seto.rawValue + UInt16(c.rawValue))!, a)
  }
  /// CMOVcc of 4 or 8 bytes.
  public mutating func cmov(_ c: Condition, bytes: Int, _ a: Reg, _ b: Reg) {
    let first = bytes == 8 ? Mnemonic.cmovoq : Mnemonic.cmovol
    rr(Mnemonic(rawValue: first.rawValue + UInt16(c.rawValue))!, a, b)
  }
  public mutating func cmov(_ c: Condition, bytes: Int, _ a: Reg, _ b: Mem) {
    let first = bytes == 8 ? Mnemonic.cmovoq : Mnemonic.cmovol
    rm(Mnemonic(rawValue: first.rawValue + UInt16(c.rawValue))!, a, b)
  }

  /// Appends the instruction; an operand combination that no row has is a defect of the caller.
  public mutating func emit(_ m: Mnemonic, _ o: Operands) {
    let row = select(m, o)
    if row < 0 {
      let shape = String(o.shape, radix: 16)
      internalError("encode", "\(m) has no form for operand classes 0x\(shape)")
    }
    put(row, o)
  }

  /// Appends the instruction if some row encodes it.
  public mutating func tryEmit(_ m: Mnemonic, _ o: Operands) -> Bool {
    let row = select(m, o)
    if row < 0 { return false }
    put(row, o)
    return true
  }

  /// Whether `m` gathers or scatters: its memory operand has a vector register as index.
  public func takesVectorIndex(_ m: Mnemonic) -> Bool {
    table.rows[Int(table.starts[Int(m.rawValue)])].vectorIndex != 0
  }

  /// The first row of `m` that takes these operands, or -1.
  func select(_ m: Mnemonic, _ o: Operands) -> Int {
    var i = Int(table.starts[Int(m.rawValue)])
    let end = Int(table.starts[Int(m.rawValue) + 1])
    let shape = o.shape
    while i < end {
      if table.rows[i].shape == shape && accepts(i, o) { return i }
      i += 1
    }
    return -1
  }

  private func accepts(_ i: Int, _ o: Operands) -> Bool {
    if table.rows[i].encoding == .vex && o.needsEVEX { return false }
    if table.rows[i].conditional == false { return true }
    let vectorIndex = table.rows[i].vectorIndex
    if vectorIndex != 0 && o.mem.index.kind != vectorIndex { return false }
    let fixed = table.rows[i].fixed
    if fixed != 0xFF && o.reg(fixed) != table.rows[i].fixedReg { return false }
    switch table.rows[i].immediate {
    case .none, .quad: return true
    case .one: return o.imm == 1
    case .byte: return o.imm >= -128 && o.imm <= 255
    case .signedByte: return o.imm >= -128 && o.imm <= 127
    case .word: return o.imm >= -0x8000 && o.imm <= 0xFFFF
    case .long: return o.imm >= -0x8000_0000 && o.imm <= 0xFFFF_FFFF
    case .signedLong: return o.imm >= -0x8000_0000 && o.imm <= 0x7FFF_FFFF
    }
  }

  /// Hardware number (5 bits) of operand `i`, or 0 if there is none.
  @inline(__always) private func number(_ o: Operands, _ i: UInt8) -> UInt8 {
    i == 0xFF ? 0 : Reg(raw: o.reg(i)).number
  }

  /// Encodes by row number (SDM vol. 2, chapter 2).
  mutating func put(_ index: Int, _ o: Operands) {
    let row = table.rows[index]
    let isMemory = row.rm != 0xFF && row.shape >> UInt16(4 * row.rm) & 15 == OperandKind.mem
    if isMemory && o.mem.segment != 0 { bytes.append(o.mem.segment) }
    let reg = row.reg == 0xFF ? row.digit : number(o, row.reg)
    let rm = isMemory ? 0 : number(o, row.rm == 0xFF ? row.plus : row.rm)
    let x: UInt8 = isMemory && !o.mem.index.isNone ? o.mem.index.number >> 3 : 0
    let b: UInt8 = isMemory ? (o.mem.base.isNone ? 0 : o.mem.base.raw >> 3) : rm >> 3
    switch row.encoding {
    case .legacy: putLegacy(row, o, reg, x, b, rm)
    case .vex: putVEX(row, o, reg, x, b)
    case .evex: putEVEX(row, o, reg, x, b, rm, isMemory)
    }
    if row.suffix != 0 { bytes.append(row.suffix) }
    var place: UInt32 = 0
    if row.hasModRM {
      if isMemory {
        place = putMemory(o.mem, reg & 7, row.disp8Factor)
      } else {
        bytes.append(0xC0 | (reg & 7) << 3 | rm & 7)
      }
    }
    if row.is4 != 0xFF { bytes.append(number(o, row.is4) << 4) }
    switch row.immediate {
    case .none, .one: break
    case .byte, .signedByte: bytes.append(UInt8(truncatingIfNeeded: o.imm))
    case .word: put16(UInt16(truncatingIfNeeded: o.imm))
    case .long, .signedLong: put32(UInt32(truncatingIfNeeded: o.imm))
    case .quad: put64(UInt64(bitPattern: o.imm))
    }
    if place != 0 { relocate(o.mem, place) }
  }

  private mutating func putLegacy(
    _ row: EncodingRow, _ o: Operands, _ reg: UInt8, _ x: UInt8, _ b: UInt8, _ rm: UInt8
  ) {
    if row.operandSize16 { bytes.append(0x66) }
    if row.prefix != 0 { bytes.append(row.prefix == 1 ? 0x66 : row.prefix == 2 ? 0xF3 : 0xF2) }
    var rex: UInt8 = row.w ? 0x48 : 0
    rex |= (reg >> 3 & 1) << 2 | (x & 1) << 1 | b & 1
    if row.byteRegs != 0 {
      for i: UInt8 in 0..<2 where row.byteRegs >> i & 1 != 0 {
        let r = o.reg(i)
        if r >= 4 && r < 16 { rex |= 0x40 }
      }
    }
    if rex != 0 { bytes.append(rex | 0x40) }
    switch row.map {
    case 0: break
    case 1: bytes.append(0x0F)
    case 2:
      bytes.append(0x0F)
      bytes.append(0x38)
    default:
      bytes.append(0x0F)
      bytes.append(0x3A)
    }
    bytes.append(row.plus == 0xFF ? row.opcode : row.opcode | rm & 7)
  }

  private mutating func putVEX(
    _ row: EncodingRow, _ o: Operands, _ reg: UInt8, _ x: UInt8, _ b: UInt8
  ) {
    let v = number(o, row.vvvv)
    let low = (~v & 15) << 3 | row.length << 2 | row.prefix
    let notR = ~reg << 4 & 0x80
    if row.map == 1 && !row.w && x & 1 == 0 && b & 1 == 0 {
      bytes.append(0xC5)
      bytes.append(notR | low)
    } else {
      bytes.append(0xC4)
      bytes.append(notR | (~x & 1) << 6 | (~b & 1) << 5 | row.map)
      bytes.append((row.w ? 0x80 : 0) | low)
    }
    bytes.append(row.opcode)
  }

  private mutating func putEVEX(
    _ row: EncodingRow, _ o: Operands, _ reg: UInt8, _ x: UInt8, _ b: UInt8, _ rm: UInt8,
    _ isMemory: Bool
  ) {
    let v = number(o, row.vvvv)
    let x4 = isMemory ? x : rm >> 4
    let r: UInt8 = (~reg >> 3 & 1) << 7 | (~reg >> 4 & 1) << 4
    bytes.append(0x62)
    // The fifth bit of a vector index stands where that of a second source would.
    let v4 = isMemory && row.vectorIndex != 0 ? x >> 1 : v >> 4
    bytes.append(r | (~x4 & 1) << 6 | (~b & 1) << 5 | row.map)
    bytes.append((row.w ? 0x80 : 0) | (~v & 15) << 3 | 4 | row.prefix)
    let z: UInt8 = o.zeroing ? 0x80 : 0
    bytes.append(z | row.length << 5 | (~v4 & 1) << 3 | o.mask)
    bytes.append(row.opcode)
  }

  /// ModRM, SIB and displacement. Returns the place of a displacement to relocate, or 0.
  private mutating func putMemory(_ m: Mem, _ reg: UInt8, _ factor: UInt8) -> UInt32 {
    let field = reg << 3
    if m.isRIPRelative {
      bytes.append(field | 5)
      let place = offset
      put32(0)
      return place
    }
    let scaleBits: UInt8 = UInt8(truncatingIfNeeded: m.scale.trailingZeroBitCount) << 6
    let index: UInt8 = m.index.isNone ? 4 : m.index.number & 7
    assert(m.index != .rsp, "RSP cannot be an index")
    if m.base.isNone {
      bytes.append(field | 4)
      bytes.append(scaleBits | index << 3 | 5)
      let place = offset
      put32(UInt32(bitPattern: m.symbol.isNone ? m.disp : 0))
      return m.symbol.isNone ? 0 : place
    }
    let base = m.base.raw & 7
    let needsSIB = !m.index.isNone || base == 4
    var mod: UInt8 = 0x80
    var short: Int32 = m.disp
    if m.symbol.isNone {
      if m.disp == 0 && base != 5 {
        mod = 0
      } else if factor == 1 {
        if m.disp >= -128 && m.disp <= 127 { mod = 0x40 }
      } else if m.disp % Int32(factor) == 0 {
        short = m.disp / Int32(factor)
        if short >= -128 && short <= 127 { mod = 0x40 }
      }
    }
    bytes.append(mod | field | (needsSIB ? 4 : base))
    if needsSIB { bytes.append(scaleBits | index << 3 | base) }
    if mod == 0x40 {
      bytes.append(UInt8(truncatingIfNeeded: short))
      return 0
    }
    if mod == 0 { return 0 }
    let place = offset
    put32(UInt32(bitPattern: m.symbol.isNone ? m.disp : 0))
    return m.symbol.isNone ? 0 : place
  }

  /// Records what fills the displacement at `place`, now that the instruction's end is known.
  private mutating func relocate(_ m: Mem, _ place: UInt32) {
    if !m.label.isNone {
      labelRefs.append(LabelRef(place: place, end: offset, label: m.label, addend: m.disp))
    } else if m.isRIPRelative {
      let addend = Int64(m.disp) - Int64(offset - place)
      relocs.append(Reloc(offset: place, kind: .pc32, target: m.symbol, addend: addend))
    } else {
      relocs.append(
        Reloc(offset: place, kind: .abs32, target: m.symbol, addend: Int64(m.disp)))
    }
  }
}
