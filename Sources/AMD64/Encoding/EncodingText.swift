/// The text of the encoding tables, and its parser.
///
/// A line is `mnemonic operands = encoding`, written as the Intel SDM (vol. 2) writes it, with the
/// AT&T mnemonic, whose suffix names the operand size (`addq`, `movzbl`), and Intel's operand
/// order, destination first. Notation:
/// - operands: `r8 r16 r32 r64 r/m8 ... m8 ... m xmm xmm/m64 ymm zmm k al ax eax rax cl xmm0 1`,
///   `vm32x vm64y ...` (memory with a vector index), `imm8 imm16 imm32 imm64` (either sign), `simm8 simm32` (sign-extended by the processor);
/// - encoding: prefixes `66 F2 F3 REX.W`, opcode bytes, `+r` (register in the opcode), `/r` or
///   `/digit` (ModRM), `ib iw id iq` (immediate), `/is4`, or `VEX.length.prefix.map.W opcode`, or
///   `EVEX...` with `Nn` for a displacement factor other than the vector's length;
/// - `*` in a mnemonic, its operands and `i*` stands for the 16-, 32- and 64-bit forms (suffixes
///   w l q, prefixes 66, none, REX.W; immediates iw, id, and id sign-extended); consecutive lines
///   of one starred mnemonic are expanded together;
/// - `cc` in a mnemonic stands for the sixteen conditions, added to the opcode;
/// - `V` stands for xmm and ymm, `Z` for xmm, ymm and zmm, `M` for memory of that length, with
///   `VEX.L` or `EVEX.L` giving the length.
/// Rows are tried in order: the first whose operands fit is used.
enum EncodingText {
  static let families: [StaticString] = [
    arithmetic, arithmetic2, multiply, shift, shift2, bits, conditional, move, exchange, control,
    system, system2, sseMove, sseArithmetic, sseConvert, packed, packed2, sse4, crypto, avxMove,
    avxMove2, avxArithmetic, avxArithmetic2, avxArithmetic3, avxArithmetic4, fma, fma2, fma3,
    avxInteger, avxInteger2, avxInteger3, avxShift, avxShift2, avx38, avx382, avx383, avx384,
    avx3A, avx3A2, avxMore, avx512Move, avx512Move2, mask, mask2, avx512More, avx512More2,
    avx512More3, avx512More4, avx512More5, gather, scatter,
  ]

  static func parseAll() -> EncodingTable {
    var parser = EncodingParser()
    for text in families {
      text.withUTF8Buffer { bytes in parser.parse(bytes) }
    }
    parser.flushBlock()
    parser.table.starts.append(UInt16(parser.table.rows.count))
    return parser.table
  }
}

/// Parses lines in order and appends their rows to `table`.
struct EncodingParser {
  typealias Bytes = ArraySlice<UInt8>

  var table = EncodingTable()
  /// Lines of the starred block being collected, and its mnemonic.
  private var block: [[UInt8]] = []
  private var blockName: [UInt8] = []
  private var lastName: [UInt8] = []
  /// Whether the row being parsed has its opcode byte yet.
  private var hasOpcode = false
  private var operandCache: [UInt64: (Side, Side?)] = [:]

  static let conditions: [String] = [
    "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g",
  ]

  mutating func parse(_ text: UnsafeBufferPointer<UInt8>) {
    var i = 0
    while i < text.count {
      var j = i
      while j < text.count && text[j] != 10 { j += 1 }
      if j > i { line(Array(text[i..<j])) }
      i = j + 1
    }
  }

  private mutating func line(_ l: [UInt8]) {
    var n = 0
    while n < l.count && l[n] != 32 { n += 1 }
    let name = Array(l[0..<n])
    if name.contains(UInt8(ascii: "*")) {
      if name != blockName { flushBlock() }
      blockName = name
      block.append(l)
      return
    }
    flushBlock()
    var k = 0
    while k + 1 < name.count {
      if name[k] == UInt8(ascii: "c") && name[k + 1] == UInt8(ascii: "c") { break }
      k += 1
    }
    if k + 1 < name.count {
      for c in 0..<16 {
        let fresh = name[0..<k] + Array(EncodingParser.conditions[c].utf8) + name[(k + 2)...]
        expand(name: Array(fresh), Array(l[n...]), opcodeOffset: UInt8(c))
      }
    } else {
      expand(name: name, Array(l[n...]), opcodeOffset: 0)
    }
  }

  /// Expands the collected starred lines for each operand size.
  mutating func flushBlock() {
    if block.isEmpty { return }
    let lines = block
    block.removeAll(keepingCapacity: true)
    for size in 0..<3 {
      for l in lines { sized(l, size) }
    }
    blockName.removeAll(keepingCapacity: true)
  }

  private mutating func sized(_ l: [UInt8], _ size: Int) {
    let suffixes: [String] = ["w", "l", "q"]
    let widths: [String] = ["16", "32", "64"]
    let accumulators: [String] = ["ax", "eax", "rax"]
    let prefixes: [String] = ["66 ", "", "REX.W "]
    let immediates: [String] = ["imm16", "imm32", "simm32"]
    let encoded: [String] = ["iw", "id", "id"]
    var out: [UInt8] = []
    var name: [UInt8] = []
    var i = 0
    while i < l.count {
      if name.isEmpty && l[i] == 32 {
        name = out
        out = []
      }
      let c = l[i]
      if c != UInt8(ascii: "*") && c != 61 && c != UInt8(ascii: "r") && c != UInt8(ascii: "i") {
        out.append(c)
        i += 1
        continue
      }
      let rest = l[i...]
      if rest.starts(with: "rax*".utf8) {
        out += Array(accumulators[size].utf8)
        i += 4
      } else if rest.starts(with: "imm*".utf8) {
        out += Array(immediates[size].utf8)
        i += 4
      } else if rest.starts(with: "i*".utf8) {
        out += Array(encoded[size].utf8)
        i += 2
      } else if rest.starts(with: "= ".utf8) {
        out += Array("= ".utf8) + Array(prefixes[size].utf8)
        i += 2
      } else if l[i] == UInt8(ascii: "*") {
        out += Array((name.isEmpty ? suffixes : widths)[size].utf8)
        i += 1
      } else {
        out.append(l[i])
        i += 1
      }
    }
    expand(name: name, out, opcodeOffset: 0)
  }

  /// Expands `V`, `Z` and `M`, then the `r/m` alternatives, and appends the rows.
  private mutating func expand(name: [UInt8], _ rest: [UInt8], opcodeOffset: UInt8) {
    if name != lastName {
      lastName = name
      table.starts.append(UInt16(table.rows.count))
      table.names.append(String(decoding: name, as: UTF8.self))
    }
    let equals = rest.firstIndex(of: UInt8(ascii: "="))!
    let operands = words(rest[0..<equals])
    let encoding = words(rest[(equals + 1)...])
    var lengths = 1
    for o in operands {
      if o.first == UInt8(ascii: "V") { lengths = max(lengths, 2) }
      if o.first == UInt8(ascii: "Z") { lengths = max(lengths, 3) }
    }
    for length in 0..<lengths {
      var row = EncodingRow()
      hasOpcode = false
      for e in encoding { parseEncoding(e, &row, opcodeOffset, length) }
      if !hasOpcode {  // REP and REPNE: the prefix is the instruction
        row.opcode = row.prefix == 2 ? 0xF3 : 0xF2
        row.prefix = 0
      }
      appendAlternatives(row, operands, length)
    }
  }

  private func words(_ text: Bytes) -> [Bytes] {
    text.split(whereSeparator: { (c: UInt8) -> Bool in c == 32 || c == UInt8(ascii: ",") })
  }

  // MARK: the encoding column

  private mutating func parseEncoding(
    _ word: Bytes, _ row: inout EncodingRow, _ opcodeOffset: UInt8, _ length: Int
  ) {
    if word.starts(with: "VEX".utf8) || word.starts(with: "EVEX".utf8) {
      row.encoding = word.first == UInt8(ascii: "V") ? .vex : .evex
      for part in word.split(separator: UInt8(ascii: ".")) { parseVEX(part, &row, length) }
      return
    }
    let first = word.first!
    if first == UInt8(ascii: "/") {
      row.hasModRM = true
      let d = word[word.startIndex + 1]
      if word.count == 2 && d >= 48 && d < 56 { row.digit = 0x80 | (d - 48) }
      if word.count > 2 { row.is4 = 3 }
      return
    }
    if first == UInt8(ascii: "i") { return }
    if first == UInt8(ascii: "N") {
      row.disp8Factor = UInt8(decimal(word[(word.startIndex + 1)...]))
      return
    }
    if word.starts(with: "REX".utf8) {
      row.w = true
      return
    }
    let value = hex(word)
    let isPlus = word.count > 2
    if hasOpcode {
      if row.map == 1 && (row.opcode == 0x38 || row.opcode == 0x3A) {
        row.map = row.opcode == 0x38 ? 2 : 3
        row.opcode = value
      } else {
        row.suffix = value
      }
    } else if row.encoding == .legacy && row.map == 0 && value == 0x0F {
      row.map = 1
    } else if row.encoding == .legacy && row.map == 0 && isPrefix(value) && !isPlus {
      if value == 0x66 { row.prefix = row.prefix == 0 ? 1 : row.prefix }
      if value != 0x66 {
        row.operandSize16 = row.prefix == 1
        row.prefix = value == 0xF3 ? 2 : 3
      }
    } else {
      row.opcode = value &+ opcodeOffset
      hasOpcode = true
    }
    if isPlus { row.plus = 0xFE }
  }

  private func isPrefix(_ v: UInt8) -> Bool { v == 0x66 || v == 0xF2 || v == 0xF3 }

  private func parseVEX(_ part: Bytes, _ row: inout EncodingRow, _ length: Int) {
    var key: UInt32 = 0  // the characters, at most four
    for c in part { key = key << 8 | UInt32(c) }
    let isEVEX = row.encoding == .evex
    switch key {
    case 0x56_4558, 0x4556_4558, 0x4C_4947, 0x4C5A, 0x31_3238, 0x5730, 0x57_4947:
      break  // VEX EVEX LIG LZ 128 W0 WIG
    case 0x4C:  // L
      row.length = UInt8(length)
      row.disp8Factor = isEVEX ? UInt8(16 << length) : 1
    case 0x32_3536:  // 256
      row.length = 1
      row.disp8Factor = isEVEX ? 32 : 1
    case 0x35_3132:  // 512
      row.length = 2
      row.disp8Factor = isEVEX ? 64 : 1
    case 0x3636: row.prefix = 1
    case 0x4633: row.prefix = 2
    case 0x4632: row.prefix = 3
    case 0x3046: row.map = 1
    case 0x3046_3338: row.map = 2
    case 0x3046_3341: row.map = 3
    case 0x5731: row.w = true
    default: fatalError("encoding table: \(String(decoding: part, as: UTF8.self))")
    }
  }

  private func hex(_ w: Bytes) -> UInt8 {
    var v: UInt8 = 0
    for c in w.prefix(2) { v = v << 4 | (c <= 57 ? c - 48 : c - 55) }
    return v
  }

  private func decimal(_ w: Bytes) -> Int {
    w.reduce(0) { (v: Int, c: UInt8) -> Int in v * 10 + Int(c - 48) }
  }

  // MARK: the operand columns

  /// One side of an operand: class, width in bytes, and what a register must be.
  private struct Side {
    var kind: UInt16 = 0
    var width: Int = 0
    var fixed: UInt8 = 0xFF
    var immediate: ImmediateKind = .none
    var vectorIndex: UInt16 = 0
  }

  /// Appends the row once for each choice between register and memory.
  private mutating func appendAlternatives(_ base: EncodingRow, _ operands: [Bytes], _ length: Int)
  {
    var sides: [(Side, Side?)] = []
    for o in operands { sides.append(operand(o, length)) }
    var rm = -1
    for (i, s) in sides.enumerated() where s.1 != nil || s.0.kind == OperandKind.mem { rm = i }
    if rm < 0 && base.hasModRM {
      let isFixed4 = base.is4 != 0xFF
      for (i, s) in sides.enumerated() {
        let isRegister = s.0.kind != OperandKind.imm && s.0.fixed == 0xFF
        if isRegister && !(isFixed4 && i == 3) { rm = i }
      }
    }
    let hasAlternative = rm >= 0 && sides[rm].1 != nil
    for alternative in 0..<(hasAlternative ? 2 : 1) {
      var row = base
      assign(&row, sides, rm, alternative == 1)
      table.rows.append(row)
    }
  }

  private func assign(
    _ row: inout EncodingRow, _ sides: [(Side, Side?)], _ rm: Int, _ useMemory: Bool
  ) {
    var others: [UInt8] = []
    var widths: [UInt8] = [0, 0, 0, 0]
    for (i, pair) in sides.enumerated() {
      let s = i == rm && useMemory ? pair.1! : pair.0
      row.shape |= s.kind << UInt16(4 * i)
      widths[i] = UInt8(s.width)
      if s.vectorIndex != 0 {
        row.vectorIndex = s.vectorIndex
        row.conditional = true
      }
      if s.kind == OperandKind.imm {
        row.immediate = s.immediate
        row.conditional = true
      } else if s.fixed != 0xFF {
        row.fixed = UInt8(i)
        row.fixedReg = s.fixed
        row.conditional = true
      } else {
        if s.kind == OperandKind.gpr && s.width == 1 { row.byteRegs |= 1 << UInt8(i) }
        if i == rm {
          row.rm = UInt8(i)
        } else if row.is4 != 0xFF && i == 3 {
          row.is4 = 3
        } else {
          others.append(UInt8(i))
        }
      }
    }
    row.widths = (widths[0], widths[1], widths[2], widths[3])
    if row.plus == 0xFE {
      row.plus = others[0]
      others.removeFirst()
    }
    if row.digit & 0x80 != 0 {
      row.digit &= 7
      if !others.isEmpty { row.vvvv = others[0] }
    } else if rm == 0 && others.count == 2 {
      row.vvvv = others[0]
      row.reg = others[1]
    } else {
      if others.count > 0 { row.reg = others[0] }
      if others.count > 1 { row.vvvv = others[1] }
    }
  }

  /// Operand words are few: each is parsed once for each vector length.
  private mutating func operand(_ word: Bytes, _ length: Int) -> (Side, Side?) {
    var key = UInt64(length)
    for c in word { key = key &* 151 &+ UInt64(c) }
    if let known = operandCache[key] { return known }
    let parsed = parseOperand(word, length)
    operandCache[key] = parsed
    return parsed
  }

  private func parseOperand(_ word: Bytes, _ length: Int) -> (Side, Side?) {
    let text = String(decoding: word, as: UTF8.self)
    let vector: [String] = ["xmm", "ymm", "zmm"]
    switch text {
    case "V", "Z": return (parseSide(vector[length]), nil)
    case "V/m", "Z/m":
      return (parseSide(vector[length]), Side(kind: OperandKind.mem, width: 16 << length))
    case "M": return (Side(kind: OperandKind.mem, width: 16 << length), nil)
    default: break
    }
    guard let slash = text.firstIndex(of: "/") else { return (parseSide(text), nil) }
    let right = String(text[text.index(after: slash)...])
    let left = text[..<slash] == "r" ? "r" + right.dropFirst() : String(text[..<slash])
    return (parseSide(left), parseSide(right))
  }

  private func parseSide(_ text: String) -> Side {
    if text.utf8.first == UInt8(ascii: "v") {  // memory addressed by a vector of indices
      let index: UInt16 = text.hasSuffix("x") ? 2 : text.hasSuffix("y") ? 3 : 4
      return Side(kind: OperandKind.mem, vectorIndex: index)
    }
    switch text {
    case "al": return Side(kind: OperandKind.gpr, width: 1, fixed: 0)
    case "ax": return Side(kind: OperandKind.gpr, width: 2, fixed: 0)
    case "eax": return Side(kind: OperandKind.gpr, width: 4, fixed: 0)
    case "rax": return Side(kind: OperandKind.gpr, width: 8, fixed: 0)
    case "cl": return Side(kind: OperandKind.gpr, width: 1, fixed: 1)
    case "xmm0": return Side(kind: OperandKind.xmm, width: 16, fixed: 32)
    case "xmm": return Side(kind: OperandKind.xmm, width: 16)
    case "ymm": return Side(kind: OperandKind.ymm, width: 32)
    case "zmm": return Side(kind: OperandKind.zmm, width: 64)
    case "k": return Side(kind: OperandKind.mask, width: 8)
    case "1": return Side(kind: OperandKind.imm, immediate: .one)
    case "imm8": return Side(kind: OperandKind.imm, width: 1, immediate: .byte)
    case "simm8": return Side(kind: OperandKind.imm, width: 1, immediate: .signedByte)
    case "imm16": return Side(kind: OperandKind.imm, width: 2, immediate: .word)
    case "imm32": return Side(kind: OperandKind.imm, width: 4, immediate: .long)
    case "simm32": return Side(kind: OperandKind.imm, width: 4, immediate: .signedLong)
    case "imm64": return Side(kind: OperandKind.imm, width: 8, immediate: .quad)
    default: break
    }
    let digits = Array(text.utf8.dropFirst())
    let width = decimal(digits[0...]) / 8
    let kind = text.utf8.first! == UInt8(ascii: "r") ? OperandKind.gpr : OperandKind.mem
    return Side(kind: kind, width: width)
  }
}
