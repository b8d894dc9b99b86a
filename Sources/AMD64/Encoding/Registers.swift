import Base
import Object

/// A machine register. The width of a general register is the instruction's business; a vector
/// register's class (xmm, ymm, zmm) is part of the register, because it selects the encoding.
///
/// Raw values: 0-15 general, 16-19 AH CH DH BH, 32-63 xmm, 64-95 ymm, 96-127 zmm, 128-135 k.
public struct Reg: Hashable, Sendable, CustomStringConvertible {
  public var raw: UInt8
  @inlinable public init(raw: UInt8) { self.raw = raw }

  /// The general register with this hardware number, 0 to 15 (RAX RCX RDX RBX RSP RBP RSI RDI R8...).
  @inlinable public init(gpr number: UInt8) { raw = number }
  @inlinable public init(xmm number: UInt8) { raw = 32 + number }
  @inlinable public init(ymm number: UInt8) { raw = 64 + number }
  @inlinable public init(zmm number: UInt8) { raw = 96 + number }
  @inlinable public init(mask number: UInt8) { raw = 128 + number }

  /// No register: an absent base or index.
  @inlinable public static var none: Reg { Reg(raw: 255) }
  @inlinable public var isNone: Bool { raw == 255 }

  @inlinable public static var rax: Reg { Reg(raw: 0) }
  @inlinable public static var rcx: Reg { Reg(raw: 1) }
  @inlinable public static var rdx: Reg { Reg(raw: 2) }
  @inlinable public static var rbx: Reg { Reg(raw: 3) }
  @inlinable public static var rsp: Reg { Reg(raw: 4) }
  @inlinable public static var rbp: Reg { Reg(raw: 5) }
  @inlinable public static var rsi: Reg { Reg(raw: 6) }
  @inlinable public static var rdi: Reg { Reg(raw: 7) }
  @inlinable public static var r8: Reg { Reg(raw: 8) }
  @inlinable public static var r9: Reg { Reg(raw: 9) }
  @inlinable public static var r10: Reg { Reg(raw: 10) }
  @inlinable public static var r11: Reg { Reg(raw: 11) }
  @inlinable public static var r12: Reg { Reg(raw: 12) }
  @inlinable public static var r13: Reg { Reg(raw: 13) }
  @inlinable public static var r14: Reg { Reg(raw: 14) }
  @inlinable public static var r15: Reg { Reg(raw: 15) }
  @inlinable public static var xmm0: Reg { Reg(raw: 32) }
  @inlinable public static var xmm15: Reg { Reg(raw: 47) }

  @inlinable public var isGPR: Bool { raw < 20 }
  @inlinable public var isVector: Bool { raw >= 32 && raw < 128 }

  /// Number as encoded: 0-15 general (4-7 for AH CH DH BH), 0-31 vector, 0-7 mask.
  @inlinable public var number: UInt8 {
    if raw < 16 { return raw }
    if raw < 32 { return raw - 12 }
    return raw & 31
  }

  /// The operand class that selects the row.
  @inlinable var kind: UInt16 { raw < 32 ? OperandKind.gpr : UInt16(raw >> 5) + 1 }

  /// Name of the 64-bit general register, or of the vector or mask register.
  public var description: String {
    if isNone { return "none" }
    if raw < 16 { return Reg.name(gpr: raw, bytes: 8) }
    if raw < 20 { return ["ah", "ch", "dh", "bh"][Int(raw - 16)] }
    if raw >= 128 { return "k\(number)" }
    return ["", "xmm", "ymm", "zmm"][Int(raw >> 5)] + "\(number)"
  }

  /// Intel's name of a general register at a width of 1, 2, 4 or 8 bytes.
  public static func name(gpr n: UInt8, bytes: Int) -> String {
    let legacy: [String] = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"]
    if n >= 8 {
      switch bytes {
      case 1: return "r\(n)b"
      case 2: return "r\(n)w"
      case 4: return "r\(n)d"
      default: return "r\(n)"
      }
    }
    let base = legacy[Int(n)]
    switch bytes {
    case 1: return n < 4 ? String(base.first!) + "l" : base + "l"
    case 2: return base
    case 4: return "e" + base
    default: return "r" + base
    }
  }
}

/// A condition code with its hardware number (SDM vol. 1, appendix B).
public enum Condition: UInt8, Sendable, CaseIterable {
  case o, no, b, ae, e, ne, be, a, s, ns, p, np, l, ge, le, g

  /// The condition that holds exactly when this one does not.
  @inlinable public var inverted: Condition { Condition(rawValue: rawValue ^ 1)! }
  /// The condition with the operands of the comparison exchanged.
  public var swapped: Condition {
    switch self {
    case .b: return .a
    case .ae: return .be
    case .be: return .ae
    case .a: return .b
    case .l: return .g
    case .ge: return .le
    case .le: return .ge
    case .g: return .l
    default: return self
    }
  }
}

/// A place in the code under construction; see `CodeBuffer`. 0 is none.
public struct Label: Hashable, Sendable {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
  @inlinable public static var none: Label { Label(raw: 0) }
  @inlinable public var isNone: Bool { raw == 0 }
}

/// A memory operand: base + index * scale + displacement, or RIP-relative to a symbol or label.
public struct Mem: Hashable, Sendable {
  public var base: Reg = .none
  public var index: Reg = .none
  /// 1, 2, 4 or 8.
  public var scale: UInt8 = 1
  /// Segment override prefix: 0, 0x64 (FS) or 0x65 (GS).
  public var segment: UInt8 = 0
  /// Displacement in bytes; the addend where there is a symbol.
  public var disp: Int32 = 0
  /// The symbol addressed, or none. RIP-relative without base and index; otherwise its 32-bit
  /// absolute address is the displacement.
  public var symbol: SymbolID = .none
  /// A place in the same function, addressed RIP-relative.
  public var label: Label = .none

  /// [disp32], an absolute address.
  @inlinable public init(absolute disp: Int32, segment: UInt8 = 0) {
    self.disp = disp
    self.segment = segment
  }
  @inlinable public init(base: Reg, disp: Int32 = 0) {
    self.base = base
    self.disp = disp
  }
  @inlinable public init(base: Reg, index: Reg, scale: UInt8 = 1, disp: Int32 = 0) {
    self.base = base
    self.index = index
    self.scale = scale
    self.disp = disp
  }
  /// RIP-relative: the address of `symbol` + `addend`.
  @inlinable public init(symbol: SymbolID, addend: Int32 = 0) {
    self.symbol = symbol
    disp = addend
  }
  /// RIP-relative: the address of a label of this function.
  @inlinable public init(label: Label) { self.label = label }

  @inlinable var isRIPRelative: Bool {
    base.isNone && index.isNone && (!symbol.isNone || !label.isNone)
  }
}
