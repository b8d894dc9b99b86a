import Object

/// Sample instructions for checking the tables against an independent assembler and disassembler:
/// every row with a spread of registers, addresses and immediates (`Tools/check-encodings.py`).
public enum EncodingSamples {
  /// Names of all mnemonics by raw value; a check holds them against the enumeration.
  public static var mnemonicNames: [String] { EncodingTable.shared.names }

  /// Calls `body` with the AT&T text and the bytes of each sample.
  public static func forEach(_ body: (_ text: String, _ bytes: [UInt8]) -> Void) {
    let table = EncodingTable.shared
    var buffer = CodeBuffer()
    for m in table.names.indices {
      for i in Int(table.starts[m])..<Int(table.starts[m + 1]) {
        for variant in 0..<8 {
          let row = table.rows[i]
          if row.vectorIndex != 0 && row.encoding == .evex { continue }  // these need a mask
          let o = operands(row, variant)
          if row.encoding == .vex && o.needsEVEX { continue }
          // A memory form behind another one of the same meaning is never chosen.
          let isMemory = row.rm != 0xFF && row.kind(Int(row.rm)) == OperandKind.mem
          let mnemonic = Mnemonic(rawValue: UInt16(m))!
          if isMemory && row.encoding == .evex && buffer.select(mnemonic, o) != i { continue }
          buffer.reset()
          buffer.put(i, o)
          body(text(table.names[m], table.rows[i], o), buffer.finish().bytes)
        }
      }
    }
  }

  private static let general: [UInt8] = [0, 3, 8, 13, 12, 5, 6, 15, 1, 14, 7, 2]
  private static let vector: [UInt8] = [0, 3, 8, 13, 15, 5, 7, 10, 1, 9, 4, 2]
  private static let immediates: [Int64] = [0, 3, 5, 127, -128, 100, 64, 33]

  private static func operands(_ row: EncodingRow, _ variant: Int) -> Operands {
    var o = Operands()
    for i in 0..<4 {
      let pick = (variant * 5 + i * 3) % 12
      if Int(row.fixed) == i {
        o.add(Reg(raw: row.fixedReg))
        continue
      }
      switch row.kind(i) {
      case 0: return o
      case OperandKind.gpr: o.add(Reg(gpr: general[pick]))
      case OperandKind.xmm, OperandKind.ymm, OperandKind.zmm:
        let high: UInt8 = row.encoding == .evex && pick & 1 == 1 ? 16 : 0
        let base = UInt8(row.kind(i) - 1) * 32
        o.add(Reg(raw: base + vector[pick] + high))
      case OperandKind.mask: o.add(Reg(mask: UInt8(1 + pick % 7)))
      case OperandKind.mem where row.vectorIndex != 0:
        let index = Reg(raw: UInt8(row.vectorIndex - 1) * 32 + [2, 11][variant & 1])
        o.add(Mem(base: .r9, index: index, scale: 4, disp: Int32(variant)))
      case OperandKind.mem: o.add(memory(variant))
      default:
        if row.immediate == .one {
          o.add(1)
        } else if row.immediate == .quad {
          o.add((immediates[variant] | 1) << 33 | 0x1234)
        } else if row.width(i) > 1 && variant & 1 == 0 {
          o.add(row.width(i) == 2 ? 0x1234 : 0x1234_5678)
        } else {
          o.add(immediates[variant])
        }
      }
    }
    return o
  }

  private static func memory(_ variant: Int) -> Mem {
    switch variant {
    case 0: return Mem(base: .rax)
    case 1: return Mem(base: .rbp)
    case 2: return Mem(base: .rsp, disp: 64)
    case 3: return Mem(base: .r13, disp: 0x12345)
    case 4: return Mem(base: .r12, index: .rbp, scale: 8, disp: -8)
    case 5: return Mem(base: .rbx, index: .r9, scale: 2)
    case 6: return Mem(absolute: -8, segment: 0x64)
    default: return Mem(base: .none, index: .rcx, scale: 4, disp: 0x100)
    }
  }

  /// AT&T syntax: source first.
  private static func text(_ name: String, _ row: EncodingRow, _ o: Operands) -> String {
    var parts: [String] = []
    for i in 0..<4 {
      switch row.kind(i) {
      case 0: break
      case OperandKind.gpr:
        parts.append("%" + Reg.name(gpr: o.reg(UInt8(i)), bytes: row.width(i)))
      case OperandKind.mem: parts.append(text(o.mem))
      case OperandKind.imm: parts.append("$\(o.imm)")
      default: parts.append("%" + Reg(raw: o.reg(UInt8(i))).description)
      }
    }
    if name == "call" || name == "jmp" { parts[0] = "*" + parts[0] }
    return name + " " + parts.reversed().joined(separator: ", ")
  }

  private static func text(_ m: Mem) -> String {
    var s = m.segment == 0x64 ? "%fs:" : ""
    if m.disp != 0 || m.base.isNone { s += "\(m.disp)" }
    if m.base.isNone && m.index.isNone { return s }
    s += "("
    if !m.base.isNone { s += "%" + m.base.description }
    if !m.index.isNone { s += ",%" + m.index.description + ",\(m.scale)" }
    return s + ")"
  }
}
