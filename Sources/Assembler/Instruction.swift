import ABI
import AMD64
import Base

/// A register as an operand may name it: the encoder's registers and what stands for others.
enum RegisterName {
  static let none: UInt16 = 0xFFFF
  /// Pseudo-registers: the global, argument, and program-counter names.
  static let sb: UInt16 = 300
  static let fp: UInt16 = 301
  static let pc: UInt16 = 302
  /// Thread-local storage base, and the segments that may be a base.
  static let tls: UInt16 = 304
  static let fs: UInt16 = 305
  static let gs: UInt16 = 306
  /// The stack pointer; after a symbol it names the frame's locals.
  static let sp: UInt16 = 4

  static func isHardware(_ r: UInt16) -> Bool { r < 256 }
  static func isGeneral(_ r: UInt16) -> Bool { r < 16 }
  static func isMask(_ r: UInt16) -> Bool { r >= 128 && r < 136 }

  /// All names with their registers. Byte names are those of the whole registers: the
  /// instruction carries the size (AH to BH excepted).
  static func all() -> [(String, UInt16)] {
    var list: [(String, UInt16)] = []
    let legacy: [String] = ["AX", "CX", "DX", "BX", "SP", "BP", "SI", "DI"]
    let bytes: [String] = ["AL", "CL", "DL", "BL", "SPB", "BPB", "SIB", "DIB"]
    let high: [String] = ["AH", "CH", "DH", "BH"]
    for i in 0..<8 {
      list.append((legacy[i], UInt16(i)))
      list.append((bytes[i], UInt16(i)))
      list.append(("K\(i)", UInt16(128 + i)))
    }
    for i in 0..<4 { list.append((high[i], UInt16(16 + i))) }
    for i in 8..<16 {
      list.append(("R\(i)", UInt16(i)))
      list.append(("R\(i)B", UInt16(i)))
    }
    for i in 0..<32 {
      list.append(("X\(i)", UInt16(32 + i)))
      list.append(("Y\(i)", UInt16(64 + i)))
      list.append(("Z\(i)", UInt16(96 + i)))
    }
    list.append(("g", 14))
    list.append(("SB", sb))
    list.append(("FP", fp))
    list.append(("PC", pc))
    list.append(("TLS", tls))
    list.append(("FS", fs))
    list.append(("GS", gs))
    return list
  }
}

/// An operand as written, before frame offsets are known.
struct AsmOperand {
  enum Kind: UInt8 {
    case none, register, memory
    /// `$x(SB)`, `$x-8(SP)`, `$8(AX)`: the address itself.
    case address
    case constant, float, string
    /// `n(PC)`: `offset` instructions away.
    case branch
    /// `*name(SB)`: through the word there.
    case indirect
    /// A bare name after a jump.
    case label
  }

  /// What a symbol's name is relative to.
  enum Space: UInt8 {
    case none
    /// `name(SB)`.
    case global
    /// `name<>(SB)`: known within the file only.
    case fileLocal
    /// `name-8(SP)`: the frame's locals.
    case local
    /// `name+8(FP)`: arguments and results.
    case argument
  }

  var kind = Kind.none
  var space = Space.none
  var scale: UInt8 = 0
  var convention = ABI.Convention.abi0
  var base = RegisterName.none
  var index = RegisterName.none
  var symbol = NameID.none
  var offset: Int64 = 0
  var float: Double = 0
  /// Contents of a string operand.
  var literal = NameID.none

  var isRegister: Bool { kind == .register }
  var isMask: Bool { kind == .register && RegisterName.isMask(base) }
  /// A number without `$`, as in flags and `WORD $1` written without it.
  var isPlainNumber: Bool {
    kind == .memory && space == .none && base == RegisterName.none && index == RegisterName.none
  }
}

/// One instruction or pseudo-instruction of a function, operands in Go's order.
struct AsmInstruction {
  var opcode: GoOpcode
  var pos: Pos
  /// `.Z`: elements not selected by the mask become zero.
  var zeroing = false
  var operands: [AsmOperand]
  /// Index, within the function, of the instruction that a branch goes to; -1 for none.
  var target = -1
}

/// A function's text as parsed.
struct AsmFunction {
  var name: NameID
  var space: AsmOperand.Space
  var convention: ABI.Convention
  var pos: Pos
  /// TEXT flags (GOROOT runtime/textflag.h).
  var flags: Int64
  /// As written: bytes of locals, and of arguments with results (-1 if not given).
  var frame: Int64
  var arguments: Int64
  var instructions: [AsmInstruction] = []
  /// Labels that were used before they were known: (instruction, name).
  var unresolved: [(Int, NameID)] = []
}

/// One datum of a DATA directive.
struct AsmDatum {
  var offset: Int64
  var size: Int
  var value: AsmOperand
  var pos: Pos
}

/// A data symbol collected from DATA and GLOBL.
struct AsmDataSymbol {
  var name: NameID
  var space: AsmOperand.Space
  var pos: Pos
  var size: Int64 = -1
  var flags: Int64 = 0
  var data: [AsmDatum] = []
}

/// TEXT and GLOBL flags with the values of GOROOT runtime/textflag.h.
enum TextFlag {
  static let dupOK: Int64 = 2
  static let nosplit: Int64 = 4
  static let rodata: Int64 = 8
  static let noPointers: Int64 = 16
  static let wrapper: Int64 = 32
  static let needsContext: Int64 = 64
  static let noFrame: Int64 = 512
  static let reflectMethod: Int64 = 1024
  static let topFrame: Int64 = 2048
  static let abiWrapper: Int64 = 4096
}
