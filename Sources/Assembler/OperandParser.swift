import ABI
import AMD64
import Base
import Glibc

/// Words with a fixed meaning, found by the id that the interner gave them.
struct Vocabulary: Sendable {
  /// Index: NameID.raw. Register of a name, or `RegisterName.none`.
  private var registers: [UInt16] = []
  /// Index: NameID.raw. Index into `opcodes`, or 0.
  private var opcodeIndex: [UInt16] = []
  private var opcodes: [GoOpcode] = [GoOpcode(action: .nothing)]

  /// An interner that holds these words and no others, and the tables for it; made once.
  static let shared: (names: Interner, vocabulary: Vocabulary) = {
    var names = Interner(capacity: 1 << 12)
    let vocabulary = Vocabulary(&names)
    return (names, vocabulary)
  }()

  private init(_ names: inout Interner) {
    for (name, register) in RegisterName.all() {
      let id = names.intern(name).index
      while registers.count <= id { registers.append(RegisterName.none) }
      registers[id] = register
    }
    GoMnemonics.forEachMnemonic { (name: [UInt8], m: Mnemonic) -> Void in
      set(names.intern(name), GoOpcode(action: .machine, mnemonic: m))
    }
    GoMnemonics.forEachRenamed { (att: [UInt8], go: [UInt8]) -> Void in
      set(names.intern(go), opcode(names.intern(att))!)
    }
    GoMnemonics.forEachGoName { (name: String, opcode: GoOpcode) -> Void in
      set(names.intern(name), opcode)
    }
  }

  private mutating func set(_ name: NameID, _ opcode: GoOpcode) {
    while opcodeIndex.count <= name.index { opcodeIndex.append(0) }
    opcodeIndex[name.index] = UInt16(opcodes.count)
    opcodes.append(opcode)
  }

  func register(_ name: NameID) -> UInt16 {
    name.index < registers.count ? registers[name.index] : RegisterName.none
  }

  func opcode(_ name: NameID) -> GoOpcode? {
    guard name.index < opcodeIndex.count, opcodeIndex[name.index] != 0 else { return nil }
    return opcodes[Int(opcodeIndex[name.index])]
  }
}

/// Parses the tokens of one operand. Errors are collected, the first one counts.
struct OperandParser {
  private let tokens: ArraySlice<Token>
  private var i: Int
  private let vocabulary: Vocabulary
  /// Prefix for names that begin with a period: the package's path in link-name form.
  private let package: String
  private let allowsABI: Bool
  /// Set after a jump: a bare name is a label.
  private let isJump: Bool
  var error: String?

  init(
    _ tokens: ArraySlice<Token>, _ vocabulary: Vocabulary, package: String, allowsABI: Bool,
    isJump: Bool
  ) {
    self.tokens = tokens
    i = tokens.startIndex
    self.vocabulary = vocabulary
    self.package = package
    self.allowsABI = allowsABI
    self.isJump = isJump
  }

  // MARK: tokens

  private var atEnd: Bool { i >= tokens.endIndex }

  private func at(_ c: Character) -> Bool {
    i < tokens.endIndex && tokens[i].isPunctuation(c.asciiValue!)
  }

  private func at(_ k: Token.Kind) -> Bool { i < tokens.endIndex && tokens[i].kind == k }

  private mutating func accept(_ c: Character) -> Bool {
    if !at(c) { return false }
    i += 1
    return true
  }

  private mutating func expect(_ c: Character) {
    if !accept(c) { fail("expected \(c) in operand") }
  }

  private mutating func fail(_ message: String) {
    if error == nil { error = message }
    i = tokens.endIndex
  }

  private mutating func register(_ names: Interner) -> UInt16 {
    guard at(.name) else {
      fail("expected register")
      return RegisterName.none
    }
    let name = tokens[i].text
    let r = vocabulary.register(name)
    i += 1
    if r == RegisterName.none { fail("expected register; found \(names.string(name))") }
    return r
  }

  // MARK: operands

  mutating func operand(_ names: inout Interner) -> AsmOperand {
    var o = AsmOperand()
    let isImmediate = accept("$")
    let isIndirect = !isImmediate && accept("*")
    if at(.name) && vocabulary.register(tokens[i].text) == RegisterName.none {
      symbol(&o, isImmediate, isIndirect, &names)
      if atEnd { return o }
    } else if at(.name) {
      o.kind = .register
      o.base = register(names)
      if isImmediate || isIndirect { fail("illegal register operand") }
      finish()
      return o
    } else if startsConstant() {
      if constant(&o, isImmediate, isIndirect, &names) {
        finish()
        return o
      }
    }
    indirection(&o, isImmediate, names)
    finish()
    return o
  }

  private mutating func finish() {
    if !atEnd { fail("expected end of operand") }
  }

  /// Whether a constant stands here rather than `(register)`.
  private func startsConstant() -> Bool {
    guard i < tokens.endIndex else { return false }
    if at("(") {
      guard i + 1 < tokens.endIndex else { return false }
      let next = tokens[i + 1]
      return !(next.kind == .name && vocabulary.register(next.text) != RegisterName.none)
    }
    switch tokens[i].kind {
    case .integer, .float, .string, .character: return true
    default: return at("+") || at("-") || at("~")
    }
  }

  /// Parses a constant; reports whether it is the whole operand (no `(register)` follows).
  private mutating func constant(
    _ o: inout AsmOperand, _ isImmediate: Bool, _ isIndirect: Bool, _ names: inout Interner
  ) -> Bool {
    let rest = tokens[i...]
    if rest.contains(where: { (t: Token) -> Bool in t.kind == .float }) {
      if !isImmediate { fail("floating-point constant must be an immediate") }
      o.kind = .float
      o.float = floatExpression(names)
      return true
    }
    if at(.string) {
      if !isImmediate {
        fail("string constant must be an immediate")
        return true
      }
      guard let value = unquote(names.bytes(tokens[i].text)) else {
        fail("string parse error")
        return true
      }
      i += 1
      o.kind = .string
      o.literal = names.intern(value)
      return true
    }
    o.offset = Int64(bitPattern: expression(names))
    if at("(") { return false }
    o.kind = isImmediate ? .constant : isIndirect ? .indirect : .memory
    return true
  }

  /// `name`, `name+8`, `name<>`, `name<ABIInternal>`, followed by a pseudo-register in parentheses.
  private mutating func symbol(
    _ o: inout AsmOperand, _ isImmediate: Bool, _ isIndirect: Bool, _ names: inout Interner
  ) {
    var name = tokens[i].text
    i += 1
    if names.firstByte(name) == UInt8(ascii: ".") {
      name = names.intern(package + names.string(name))
    }
    o.symbol = name
    o.kind = isImmediate ? .address : isIndirect ? .indirect : .memory
    var isFileLocal = false
    if accept("<") {
      if at(.name) {
        let word = names.string(tokens[i].text)
        i += 1
        if !allowsABI {
          fail(
            "ABI selector only permitted when compiling runtime, reference was to "
              + "\"\(names.string(name))\"")
        } else if word == "ABIInternal" {
          o.convention = .internal
        } else if word != "ABI0" {
          fail("malformed ABI selector \"\(word)\" in reference to \"\(names.string(name))\"")
        }
      } else {
        isFileLocal = true
      }
      expect(">")
    }
    if at("+") || at("-") { o.offset = Int64(bitPattern: expression(names)) }
    if atEnd {
      if isJump && !isImmediate && !isIndirect {
        o.kind = .label
      } else {
        fail("illegal or missing addressing mode for symbol \(names.string(name))")
      }
      return
    }
    expect("(")
    let r = register(names)
    expect(")")
    switch r {
    case RegisterName.sb: o.space = isFileLocal ? .fileLocal : .global
    case RegisterName.fp: o.space = .argument
    case RegisterName.sp: o.space = .local
    case RegisterName.pc: o.kind = .branch
    default: fail("expected pseudo-register")
    }
  }

  /// `(R)`, `(R*scale)`, `(R)(S*scale)`, after an offset or a symbol.
  private mutating func indirection(
    _ o: inout AsmOperand, _ isImmediate: Bool, _ names: Interner
  ) {
    expect("(")
    let first = register(names)
    let scale = optionalScale(names)
    expect(")")
    if error != nil { return }
    if o.kind == .none { o.kind = isImmediate ? .address : .memory }
    if first == RegisterName.pc {
      o.kind = .branch
      return
    }
    if first == RegisterName.sb || first == RegisterName.fp {
      fail("cannot reference \(first == RegisterName.sb ? "SB" : "FP") without a symbol")
      return
    }
    if scale != 0 {
      o.index = first
      o.scale = scale
      return
    }
    if o.space != .none {  // name(SB)(R): the register is an index
      o.index = first
      o.scale = 1
      return
    }
    o.base = first
    if accept("(") {
      o.index = register(names)
      let s = optionalScale(names)
      o.scale = s == 0 ? 1 : s
      expect(")")
    }
  }

  private mutating func optionalScale(_ names: Interner) -> UInt8 {
    if !accept("*") { return 0 }
    guard at(.integer), let v = UInt8(names.string(tokens[i].text)), [1, 2, 4, 8].contains(v) else {
      fail("bad scale")
      return 1
    }
    i += 1
    return v
  }

  // MARK: expressions (64-bit, wrapping, Go's precedences)

  mutating func expression(_ names: Interner) -> UInt64 {
    var value = term(names)
    while true {
      if accept("+") {
        value = value &+ term(names)
      } else if accept("-") {
        value = value &- term(names)
      } else if accept("|") {
        value |= term(names)
      } else if accept("^") {
        value ^= term(names)
      } else {
        return value
      }
    }
  }

  private mutating func term(_ names: Interner) -> UInt64 {
    var value = factor(names)
    while true {
      if accept("*") {
        value = value &* factor(names)
      } else if accept("/") {
        if Int64(bitPattern: value) < 0 { fail("divide of value with high bit set") }
        let d = factor(names)
        if d == 0 { fail("division by zero") } else { value /= d }
      } else if accept("%") {
        if Int64(bitPattern: value) < 0 { fail("modulo of value with high bit set") }
        let d = factor(names)
        if d == 0 { fail("modulo by zero") } else { value %= d }
      } else if at(.leftShift) {
        i += 1
        let n = factor(names)
        return n > 63 ? 0 : value << n
      } else if at(.rightShift) {
        i += 1
        let n = term(names)
        if Int64(bitPattern: value) < 0 { fail("right shift of value with high bit set") }
        value = n > 63 ? 0 : value >> n
      } else if accept("&") {
        value &= factor(names)
      } else {
        return value
      }
    }
  }

  private mutating func factor(_ names: Interner) -> UInt64 {
    guard i < tokens.endIndex else {
      fail("unexpected end of operand evaluating expression")
      return 0
    }
    let t = tokens[i]
    i += 1
    switch t.kind {
    case .integer: return integer(names.string(t.text))
    case .character:
      guard let bytes = unquote(names.bytes(t.text)),
        let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first
      else {
        fail("bad character constant")
        return 0
      }
      return UInt64(scalar.value)
    default: break
    }
    if t.isPunctuation(UInt8(ascii: "+")) { return factor(names) }
    if t.isPunctuation(UInt8(ascii: "-")) { return 0 &- factor(names) }
    if t.isPunctuation(UInt8(ascii: "~")) { return ~factor(names) }
    if t.isPunctuation(UInt8(ascii: "(")) {
      let v = expression(names)
      if !accept(")") { fail("missing closing paren") }
      return v
    }
    fail("unexpected \(names.string(t.text)) evaluating expression")
    return 0
  }

  private mutating func integer(_ text: String) -> UInt64 {
    let plain = String(text.filter { (c: Character) -> Bool in c != "_" }).lowercased()
    var digits = Substring(plain)
    var radix = 10
    if plain.hasPrefix("0x") {
      (digits, radix) = (plain.dropFirst(2), 16)
    } else if plain.hasPrefix("0b") {
      (digits, radix) = (plain.dropFirst(2), 2)
    } else if plain.hasPrefix("0o") {
      (digits, radix) = (plain.dropFirst(2), 8)
    } else if plain.hasPrefix("0") && plain.utf8.count > 1 {
      (digits, radix) = (plain.dropFirst(1), 8)
    }
    guard let v = UInt64(digits, radix: radix) else {
      fail("bad integer \(text)")
      return 0
    }
    return v
  }

  private mutating func floatExpression(_ names: Interner) -> Double {
    guard i < tokens.endIndex else {
      fail("unexpected end of operand evaluating float expression")
      return 0
    }
    if accept("(") {
      let v = floatExpression(names)
      if !accept(")") { fail("missing closing paren") }
      return v
    }
    if accept("+") { return floatExpression(names) }
    if accept("-") { return -floatExpression(names) }
    let t = tokens[i]
    i += 1
    if t.kind != .float { fail("unexpected \(names.string(t.text)) evaluating float expression") }
    return strtod(names.string(t.text), nil)
  }
}
