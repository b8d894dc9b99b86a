/// Operand classes, four bits each in a row's shape: enough to find a row.
public enum OperandKind {
  @usableFromInline static let gpr: UInt16 = 1
  @usableFromInline static let xmm: UInt16 = 2
  @usableFromInline static let ymm: UInt16 = 3
  @usableFromInline static let zmm: UInt16 = 4
  @usableFromInline static let mask: UInt16 = 5
  @usableFromInline static let mem: UInt16 = 6
  @usableFromInline static let imm: UInt16 = 7
}

/// What an immediate operand must fit in, and how it is encoded.
enum ImmediateKind: UInt8, Sendable {
  case none
  /// The constant 1, encoded by the opcode.
  case one
  /// A byte, -128 to 255.
  case byte
  /// A byte that the processor sign-extends, -128 to 127.
  case signedByte
  /// A 16-bit word, -32768 to 65535.
  case word
  /// 32 bits of a 32-bit operation, either sign.
  case long
  /// 32 bits that the processor sign-extends to 64.
  case signedLong
  case quad
}

/// One encoding: a line of a table with its `r/m` alternatives taken apart.
///
/// Written by the parser of `EncodingText`, read by `CodeBuffer`. Operand numbers count from 0 in
/// Intel order (destination first); 0xFF means none.
struct EncodingRow: Sendable {
  /// Four bits an operand (`OperandKind`), operand 0 lowest.
  var shape: UInt16 = 0
  var opcode: UInt8 = 0
  /// Opcode map: 0 one byte, 1 0F, 2 0F 38, 3 0F 3A.
  var map: UInt8 = 0
  /// Mandatory prefix as VEX.pp has it: 0 none, 1 66, 2 F3, 3 F2.
  var prefix: UInt8 = 0
  /// A 66 prefix besides F2/F3 (CRC32 with a 16-bit operand).
  var operandSize16 = false
  var encoding: Encoding = .legacy
  /// REX.W, VEX.W or EVEX.W.
  var w = false
  /// Vector length: 0 128 bits (or scalar), 1 256, 2 512.
  var length: UInt8 = 0
  /// ModRM.reg where it extends the opcode.
  var digit: UInt8 = 0
  /// The instruction has a ModRM byte.
  var hasModRM = false
  /// Bytes that follow the opcode and belong to it, or 0.
  var suffix: UInt8 = 0
  /// Operands in ModRM.reg, ModRM.rm, VEX.vvvv, imm8[7:4], and the low bits of the opcode.
  var reg: UInt8 = 0xFF
  var rm: UInt8 = 0xFF
  var vvvv: UInt8 = 0xFF
  var is4: UInt8 = 0xFF
  var plus: UInt8 = 0xFF
  /// An operand that must be one register, and which.
  var fixed: UInt8 = 0xFF
  var fixedReg: UInt8 = 0
  /// Operand that is the immediate, if any, and its kind.
  var immediate: ImmediateKind = .none
  /// Operands (bit mask) that are 8-bit general registers: 4 to 7 of these need a REX prefix.
  var byteRegs: UInt8 = 0
  /// Class of the vector index of a gather's or scatter's memory operand, or 0.
  var vectorIndex: UInt16 = 0
  /// Whether a matching shape still leaves something to check.
  var conditional = false
  /// EVEX: the factor of a compressed 8-bit displacement (SDM vol. 2, 2.7.5).
  var disp8Factor: UInt8 = 1
  /// Width in bytes of each operand, for printing; 0 for memory of no fixed size.
  var widths: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)

  enum Encoding: UInt8, Sendable { case legacy, vex, evex }

  func kind(_ i: Int) -> UInt16 { shape >> UInt16(4 * i) & 15 }
  func width(_ i: Int) -> Int {
    switch i {
    case 0: return Int(widths.0)
    case 1: return Int(widths.1)
    case 2: return Int(widths.2)
    default: return Int(widths.3)
    }
  }
}

/// All encodings, rows of one mnemonic next to each other.
struct EncodingTable: Sendable {
  var rows: [EncodingRow] = []
  /// First row of each mnemonic, and one past the last row.
  var starts: [UInt16] = []
  /// Names of the mnemonics in order of their raw values.
  var names: [String] = []

  /// Parsed at first use (about a millisecond and a half), then constant.
  static let shared: EncodingTable = EncodingText.parseAll()
}
