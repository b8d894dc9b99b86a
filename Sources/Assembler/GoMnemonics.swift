import AMD64
import Base

/// What a word in instruction position means.
struct GoOpcode: Sendable {
  enum Action: UInt8, Sendable {
    /// A machine instruction, operands reversed into Intel order.
    case machine
    /// As `machine`, but Go writes the operands in Intel order (CMPB, CMPW, CMPL, CMPQ).
    case compare
    /// `op src, dst, $imm`: the SSE compares.
    case compareImmediate
    /// MOVL and MOVQ, whose form depends on the operands.
    case move
    case imul
    /// SHLx and SHRx, which with three operands are SHLD and SHRD.
    case shift
    case jump, jumpIf, call, ret
    /// JCXZQ, LOOP: 8-bit displacement only.
    case shortJump
    /// BYTE, WORD, LONG, QUAD; the size is in `size`.
    case data
    case adjustSP
    case undefined, nothing
    case text, global, dataDirective, pcData, funcData, pcAlign
  }

  var action: Action
  var mnemonic: Mnemonic = .nop
  /// For `jumpIf` the condition; for `data` the size; for byte and word operations the width of the
  /// immediate, which Go truncates; otherwise 0.
  var size: UInt8 = 0
  /// For `shift`, the double shift.
  var double: Mnemonic = .nop
  /// What the instruction adds to the depth of the stack.
  var push: Int8 = 0
}

/// Go's names of amd64 instructions, as cmd/asm accepts them.
enum GoMnemonics {
  /// Suffixes of Go's conditional instructions in the hardware's order, with further spellings for
  /// jumps only.
  private static let conditions: [(String, [String])] = [
    ("OS", ["O"]), ("OC", ["NO"]), ("CS", ["B", "C", "NAE", "LO"]),
    ("CC", ["AE", "NB", "NC", "HS"]), ("EQ", ["E", "Z"]), ("NE", ["NZ"]), ("LS", ["BE", "NA"]),
    ("HI", ["A", "NBE"]), ("MI", ["S"]), ("PL", ["NS"]), ("PS", ["P", "PE"]), ("PC", ["NP", "PO"]),
    ("LT", ["L", "NGE"]), ("GE", ["NL"]), ("LE", ["NG"]), ("GT", ["G", "NLE"]),
  ]

  /// Go's names where they are not the AT&T name in capitals: `att=GO,GO`.
  private static let renamed: StaticString = """
    movzbw=MOVBWZX movzbl=MOVBLZX movzbq=MOVBQZX movzwl=MOVWLZX movzwq=MOVWQZX
    movsbw=MOVBWSX movsbl=MOVBLSX movsbq=MOVBQSX movswl=MOVWLSX movswq=MOVWQSX movslq=MOVLQSX
    movdqa=MOVO,MOVOA movdqu=MOVOU movntdq=MOVNTO maskmovdqu=MASKMOVOU
    paddd=PADDL psubd=PSUBL pcmpeqd=PCMPEQL pcmpgtd=PCMPGTL pmuludq=PMULULQ pmaddwd=PMADDWL
    punpckldq=PUNPCKLLQ punpckhdq=PUNPCKHLQ punpcklwd=PUNPCKLWL punpckhwd=PUNPCKHWL
    packssdw=PACKSSLW pslld=PSLLL psrld=PSRLL psrad=PSRAL pslldq=PSLLO psrldq=PSRLO pshufd=PSHUFL
    cvtsi2ssl=CVTSL2SS cvtsi2ssq=CVTSQ2SS cvtsi2sdl=CVTSL2SD cvtsi2sdq=CVTSQ2SD
    cvttss2sil=CVTTSS2SL cvttss2siq=CVTTSS2SQ cvttsd2sil=CVTTSD2SL cvttsd2siq=CVTTSD2SQ
    cvtss2sil=CVTSS2SL cvtss2siq=CVTSS2SQ cvtsd2sil=CVTSD2SL cvtsd2siq=CVTSD2SQ
    cvtdq2pd=CVTPL2PD cvtdq2ps=CVTPL2PS cvtpd2dq=CVTPD2PL cvtps2dq=CVTPS2PL
    cvttpd2dq=CVTTPD2PL cvttps2dq=CVTTPS2PL vcvttss2sil=VCVTTSS2SI vcvttsd2sil=VCVTTSD2SI
    vcvtss2sil=VCVTSS2SI vcvtsd2sil=VCVTSD2SI leave=LEAVEQ
    cbtw=CBW cwtl=CWDE cltq=CDQE cwtd=CWD cltd=CDQ cqto=CQO repne=REPN
    movbew=MOVBEWW movbel=MOVBELL movbeq=MOVBEQQ xlatb=XLAT
    """

  /// Calls `body` with every name and its meaning, in a fixed order; later meanings count.
  static func forEachGoName(_ body: (_ name: String, _ opcode: GoOpcode) -> Void) {
    for (i, c) in conditions.enumerated() {
      let condition = UInt16(i)
      body("SET" + c.0, machine(Mnemonic.seto.rawValue + condition))
      body("CMOVW" + c.0, machine(Mnemonic.cmovow.rawValue + condition))
      body("CMOVL" + c.0, machine(Mnemonic.cmovol.rawValue + condition))
      body("CMOVQ" + c.0, machine(Mnemonic.cmovoq.rawValue + condition))
      let jump = GoOpcode(action: .jumpIf, size: UInt8(i))
      body("J" + c.0, jump)
      for other in c.1 { body("J" + other, jump) }
    }
    sized(body)
    special(body)
  }

  /// Calls `body` with every mnemonic's AT&T name in capitals.
  static func forEachMnemonic(_ body: (_ name: [UInt8], _ mnemonic: Mnemonic) -> Void) {
    for (i, name) in EncodingSamples.mnemonicNames.enumerated() {
      body(capitals(Array(name.utf8)), Mnemonic(rawValue: UInt16(i))!)
    }
  }

  /// Calls `body` with each AT&T name in capitals for which Go has another name, and that name.
  static func forEachRenamed(_ body: (_ att: [UInt8], _ go: [UInt8]) -> Void) {
    renamed.withUTF8Buffer { (text: UnsafeBufferPointer<UInt8>) -> Void in
      var att: [UInt8] = []
      var word: [UInt8] = []
      for c in text {
        switch c {
        case UInt8(ascii: "="):
          att = capitals(word)
          word = []
        case UInt8(ascii: ","), 32, 10:
          if !word.isEmpty { body(att, word) }
          word = []
        default: word.append(c)
        }
      }
      if !word.isEmpty { body(att, word) }
    }
  }

  private static func capitals(_ name: [UInt8]) -> [UInt8] {
    name.map { (c: UInt8) -> UInt8 in c >= 97 && c <= 122 ? c - 32 : c }
  }

  private static func machine(_ raw: UInt16) -> GoOpcode {
    GoOpcode(action: .machine, mnemonic: Mnemonic(rawValue: raw)!)
  }

  /// Families that exist in the four operand sizes and need care.
  private static func sized(_ body: (String, GoOpcode) -> Void) {
    let letters: [String] = ["B", "W", "L", "Q"]
    let first: [(String, Mnemonic)] = [
      ("ADD", .addb), ("OR", .orb), ("ADC", .adcb), ("SBB", .sbbb), ("AND", .andb),
      ("SUB", .subb), ("XOR", .xorb), ("TEST", .testb), ("MOV", .movb),
    ]
    for (name, m) in first {
      for i in 0..<2 {  // immediates of these are truncated
        let op = Mnemonic(rawValue: m.rawValue + UInt16(i))!
        body(name + letters[i], GoOpcode(action: .machine, mnemonic: op, size: UInt8(i + 1)))
      }
    }
    for i in 0..<4 {
      let n = UInt16(i)
      let compare = Mnemonic(rawValue: Mnemonic.cmpb.rawValue + n)!
      body(
        "CMP" + letters[i],
        GoOpcode(action: .compare, mnemonic: compare, size: i < 2 ? UInt8(i + 1) : 0))
      let shl = Mnemonic(rawValue: Mnemonic.shlb.rawValue + n)!
      let shr = Mnemonic(rawValue: Mnemonic.shrb.rawValue + n)!
      let imul = Mnemonic(rawValue: Mnemonic.imulb.rawValue + n)!
      var left = GoOpcode(action: .machine, mnemonic: shl)
      var right = GoOpcode(action: .machine, mnemonic: shr)
      if i > 0 {
        let shld = Mnemonic(rawValue: Mnemonic.shldw.rawValue + n - 1)!
        let shrd = Mnemonic(rawValue: Mnemonic.shrdw.rawValue + n - 1)!
        left = GoOpcode(action: .shift, mnemonic: shl, double: shld)
        right = GoOpcode(action: .shift, mnemonic: shr, double: shrd)
        body("IMUL3" + letters[i], GoOpcode(action: .imul, mnemonic: imul))
      }
      body("SHL" + letters[i], left)
      body("SAL" + letters[i], left)
      body("SHR" + letters[i], right)
      body("IMUL" + letters[i], GoOpcode(action: .imul, mnemonic: imul))
    }
    for (name, m) in [
      ("CMPPS", Mnemonic.cmpps), ("CMPPD", .cmppd), ("CMPSS", .cmpss),
      ("CMPSD", .cmpsd),
    ] as [(String, Mnemonic)] {
      body(name, GoOpcode(action: .compareImmediate, mnemonic: m))
    }
  }

  private static func special(_ body: (String, GoOpcode) -> Void) {
    body("MOVL", GoOpcode(action: .move, mnemonic: .movl))
    body("MOVLQZX", GoOpcode(action: .move, mnemonic: .movl))
    body("MOVQ", GoOpcode(action: .move, mnemonic: .movq))
    body("MOVD", GoOpcode(action: .move, mnemonic: .movq))
    body("PUSHQ", GoOpcode(action: .machine, mnemonic: .pushq, push: 8))
    body("POPQ", GoOpcode(action: .machine, mnemonic: .popq, push: -8))
    body("PUSHW", GoOpcode(action: .machine, mnemonic: .pushw, push: 2))
    body("POPW", GoOpcode(action: .machine, mnemonic: .popw, push: -2))
    body("PUSHFQ", GoOpcode(action: .machine, mnemonic: .pushfq, push: 8))
    body("POPFQ", GoOpcode(action: .machine, mnemonic: .popfq, push: -8))
    body("ADJSP", GoOpcode(action: .adjustSP))
    body("JMP", GoOpcode(action: .jump))
    body("CALL", GoOpcode(action: .call))
    body("RET", GoOpcode(action: .ret))
    body("JCXZQ", GoOpcode(action: .shortJump, size: 0xE3))
    body("LOOP", GoOpcode(action: .shortJump, size: 0xE2))
    body("UNDEF", GoOpcode(action: .undefined))
    body("NOP", GoOpcode(action: .nothing))
    body("BYTE", GoOpcode(action: .data, size: 1))
    body("WORD", GoOpcode(action: .data, size: 2))
    body("LONG", GoOpcode(action: .data, size: 4))
    body("QUAD", GoOpcode(action: .data, size: 8))
    body("TEXT", GoOpcode(action: .text))
    body("GLOBL", GoOpcode(action: .global))
    body("DATA", GoOpcode(action: .dataDirective))
    body("PCDATA", GoOpcode(action: .pcData))
    body("FUNCDATA", GoOpcode(action: .funcData))
    body("PCALIGN", GoOpcode(action: .pcAlign))
  }
}
