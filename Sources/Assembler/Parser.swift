import ABI
import AMD64
import Base

/// What one assembly file contains.
struct AsmFile {
  var functions: [AsmFunction] = []
  var dataSymbols: [AsmDataSymbol] = []
}

/// Parses the preprocessed tokens of one file into functions and data.
struct Parser {
  private let vocabulary: Vocabulary
  private let package: String
  private let allowsABI: Bool
  private var file = AsmFile()
  private var pendingLabels: [(NameID, Pos)] = []
  /// Labels of the current function: NameID.raw to instruction index.
  private var labels: [UInt32: Int] = [:]
  /// Data symbols by name and space, to find the one that a directive continues.
  private var dataIndex: [UInt64: Int] = [:]
  private var lastErrorLine = Pos.none
  var errors: [(Pos, String)] = []

  init(_ vocabulary: Vocabulary, package: String, allowsABI: Bool) {
    self.vocabulary = vocabulary
    self.package = package
    self.allowsABI = allowsABI
  }

  mutating func run(_ tokens: [Token], _ names: inout Interner) -> AsmFile {
    var i = 0
    while i < tokens.count && tokens[i].kind != .end {
      if tokens[i].endsStatement {
        i += 1
        continue
      }
      var end = i
      while !tokens[end].endsStatement { end += 1 }
      statement(tokens[i..<end], &names)
      i = end
    }
    endFunction(names)
    for (label, pos) in pendingLabels {
      fail(pos, "label \(names.string(label)) has no instruction")
    }
    return file
  }

  private mutating func fail(_ pos: Pos, _ message: String) {
    if pos == lastErrorLine { return }
    lastErrorLine = pos
    errors.append((pos, message))
  }

  /// `{label:} WORD{.suffix} operand {, operand}`.
  private mutating func statement(_ all: ArraySlice<Token>, _ names: inout Interner) {
    var t = all
    let colon = UInt8(ascii: ":")
    while t.count >= 2, t.first!.kind == .name, t[t.startIndex + 1].isPunctuation(colon) {
      pendingLabels.append((t.first!.text, t.first!.pos))
      t = t.dropFirst(2)
    }
    guard let word = t.first else { return }
    guard word.kind == .name else {
      fail(word.pos, "expected identifier, found \"\(names.string(word.text))\"")
      return
    }
    t = t.dropFirst()
    var zeroing = false
    while let dot = t.first, dot.isPunctuation(UInt8(ascii: ".")) {
      t = t.dropFirst()
      let suffix = t.first.map { (s: Token) -> String in names.string(s.text) } ?? ""
      t = t.dropFirst()
      if suffix == "Z" {
        zeroing = true
      } else {
        fail(word.pos, "unknown instruction suffix \".\(suffix)\"")
      }
    }
    guard let opcode = vocabulary.opcode(word.text) else {
      fail(word.pos, "unrecognized instruction \"\(names.string(word.text))\"")
      return
    }
    let groups = split(t, word.pos)
    switch opcode.action {
    case .text: text(groups, word.pos, &names)
    case .global: global(groups, word.pos, &names)
    case .dataDirective: data(groups, word.pos, &names)
    default:
      let isJump = [.jump, .jumpIf, .call, .ret, .shortJump].contains(opcode.action)
      var instruction = AsmInstruction(
        opcode: opcode, pos: word.pos, zeroing: zeroing, operands: [])
      for g in groups {
        instruction.operands.append(operand(g, word.pos, isJump: isJump, &names))
      }
      append(instruction, names)
    }
  }

  /// Splits at commas outside parentheses. `a:b`, the old form of a register pair, is `b, a`.
  private mutating func split(_ t: ArraySlice<Token>, _ pos: Pos) -> [ArraySlice<Token>] {
    var groups: [ArraySlice<Token>] = []
    if t.isEmpty { return groups }
    var nesting = 0
    var start = t.startIndex
    var pairAt = -1
    for i in t.indices {
      let c = t[i].punctuation
      if c == UInt8(ascii: "(") || c == UInt8(ascii: "[") { nesting += 1 }
      if c == UInt8(ascii: ")") || c == UInt8(ascii: "]") { nesting -= 1 }
      if nesting == 0 && (c == UInt8(ascii: ",") || c == UInt8(ascii: ":")) {
        groups.append(t[start..<i])
        if c == UInt8(ascii: ":") { pairAt = groups.count - 1 }
        start = i + 1
      }
    }
    groups.append(t[start...])
    for g in groups where g.isEmpty {
      fail(pos, "missing operand")
      return []
    }
    if pairAt >= 0 { groups.swapAt(pairAt, pairAt + 1) }
    return groups
  }

  private mutating func operand(
    _ t: ArraySlice<Token>, _ pos: Pos, isJump: Bool = false, _ names: inout Interner
  ) -> AsmOperand {
    var p = OperandParser(
      t, vocabulary, package: package, allowsABI: allowsABI, isJump: isJump)
    let o = p.operand(&names)
    if let message = p.error { fail(pos, message) }
    return o
  }

  // MARK: instructions and labels

  private mutating func append(_ instruction: AsmInstruction, _ names: Interner) {
    let f = file.functions.count - 1
    if f < 0 {
      fail(instruction.pos, "instruction outside a function")
      return
    }
    let index = file.functions[f].instructions.count
    for (label, pos) in pendingLabels {
      if labels[label.raw] != nil {
        fail(pos, "label \"\(names.string(label))\" multiply defined")
      }
      labels[label.raw] = index
    }
    pendingLabels.removeAll(keepingCapacity: true)
    var fresh = instruction
    if let last = instruction.operands.last {
      if last.kind == .branch {
        // Counted in instructions and pseudo-instructions; TEXT itself is number -1 here.
        let n = Int(last.offset)
        fresh.target = n > -1 << 32 && n < 1 << 32 ? index + n : -2
      } else if last.kind == .label {
        file.functions[f].unresolved.append((index, last.symbol))
      }
    }
    file.functions[f].instructions.append(fresh)
  }

  /// Resolves the labels of the function that ends here.
  private mutating func endFunction(_ names: Interner) {
    let f = file.functions.count - 1
    if f >= 0 {
      for (index, label) in file.functions[f].unresolved {
        if let target = labels[label.raw] {
          file.functions[f].instructions[index].target = target
        } else {
          fail(
            file.functions[f].instructions[index].pos,
            "undefined label \(names.string(label))")
        }
      }
      for (n, i) in file.functions[f].instructions.enumerated() {
        if i.target >= file.functions[f].instructions.count || i.target < -1 || isBadBranch(i) {
          fail(i.pos, "branch out of range")
          file.functions[f].instructions[n].target = -1
        }
      }
    }
    labels.removeAll(keepingCapacity: true)
  }

  /// `n(PC)` that leads to before the first instruction.
  private func isBadBranch(_ i: AsmInstruction) -> Bool {
    i.target < 0 && i.operands.last?.kind == .branch
  }

  // MARK: directives

  /// `name(SB)` with nothing more, as TEXT, GLOBL and DATA want it.
  private mutating func validSymbol(
    _ directive: String, _ o: AsmOperand, _ pos: Pos, offset: Bool
  ) -> Bool {
    let isGlobal = o.space == .global || o.space == .fileLocal
    if o.symbol.isNone || !isGlobal || o.index != RegisterName.none {
      fail(pos, "\(directive) symbol must be a symbol(SB)")
      return false
    }
    if !offset && o.offset != 0 {
      fail(pos, "\(directive) symbol must not be offset from SB")
      return false
    }
    return true
  }

  private mutating func flags(
    _ directive: String, _ t: ArraySlice<Token>, _ pos: Pos, _ names: inout Interner
  ) -> Int64 {
    let o = operand(t, pos, &names)
    if !o.isPlainNumber { fail(pos, "\(directive): expected integer constant") }
    return o.offset
  }

  /// `TEXT name(SB), flags, $frame-args`.
  private mutating func text(
    _ groups: [ArraySlice<Token>], _ pos: Pos, _ names: inout Interner
  ) {
    endFunction(names)
    if groups.count != 2 && groups.count != 3 {
      fail(pos, "expect two or three operands for TEXT")
      return
    }
    let symbol = operand(groups[0], pos, &names)
    if !validSymbol("TEXT", symbol, pos, offset: false) { return }
    let name = names.string(symbol.symbol)
    let bits = groups.count == 3 ? flags("TEXT", groups[1], pos, &names) : 0
    if symbol.convention == .internal && bits & TextFlag.nosplit == 0 {
      fail(pos, "TEXT \"\(name)\": ABIInternal requires NOSPLIT")
    }
    var t = groups.last!
    guard t.count >= 2, t.first!.isPunctuation(UInt8(ascii: "$")) else {
      fail(pos, "TEXT \(name): frame size must be an immediate constant")
      return
    }
    t = t.dropFirst()
    var sign: Int64 = 1
    if t.first!.isPunctuation(UInt8(ascii: "-")) {
      sign = -1
      t = t.dropFirst()
    }
    guard let size = t.first, size.kind == .integer else {
      fail(pos, "TEXT \(name): frame size must be an immediate constant")
      return
    }
    var frame = operand(t.prefix(1), pos, &names).offset
    frame = frame &* sign
    t = t.dropFirst()
    var arguments: Int64 = -1
    if !t.isEmpty {
      guard t.count == 2, t.first!.isPunctuation(UInt8(ascii: "-")), t.last!.kind == .integer else {
        fail(pos, "TEXT \(name): argument size must be of form -integer")
        return
      }
      arguments = operand(t.suffix(1), pos, &names).offset
    }
    if frame > 1 << 30 || frame < -(1 << 30) || arguments > 1 << 30 {
      fail(pos, "TEXT \(name): frame too large")
      return
    }
    file.functions.append(
      AsmFunction(
        name: symbol.symbol, space: symbol.space, convention: symbol.convention, pos: pos,
        flags: bits, frame: frame, arguments: arguments))
    for (label, at) in pendingLabels {
      fail(at, "label \(names.string(label)) has no instruction")
    }
    pendingLabels = []
  }

  private mutating func dataSymbol(_ o: AsmOperand, _ pos: Pos) -> Int {
    let key = UInt64(o.symbol.raw) << 1 | (o.space == .fileLocal ? 1 : 0)
    if let known = dataIndex[key] { return known }
    dataIndex[key] = file.dataSymbols.count
    file.dataSymbols.append(AsmDataSymbol(name: o.symbol, space: o.space, pos: pos))
    return file.dataSymbols.count - 1
  }

  /// `GLOBL name(SB), flags, $size`.
  private mutating func global(
    _ groups: [ArraySlice<Token>], _ pos: Pos, _ names: inout Interner
  ) {
    if groups.count != 2 && groups.count != 3 {
      fail(pos, "expect two or three operands for GLOBL")
      return
    }
    let symbol = operand(groups[0], pos, &names)
    if !validSymbol("GLOBL", symbol, pos, offset: false) { return }
    let bits = groups.count == 3 ? flags("GLOBL", groups[1], pos, &names) : 0
    let size = operand(groups.last!, pos, &names)
    if size.kind != .constant {
      fail(pos, "GLOBL: expected immediate constant")
      return
    }
    let d = dataSymbol(symbol, pos)
    if file.dataSymbols[d].size >= 0 {
      fail(pos, "symbol \(names.string(symbol.symbol)) redeclared")
    }
    file.dataSymbols[d].size = size.offset
    file.dataSymbols[d].flags = bits
    file.dataSymbols[d].pos = pos
  }

  /// `DATA name+offset(SB)/size, $value`.
  private mutating func data(
    _ groups: [ArraySlice<Token>], _ pos: Pos, _ names: inout Interner
  ) {
    if groups.count != 2 {
      fail(pos, "expect two operands for DATA")
      return
    }
    let t = groups[0]
    guard t.count >= 3, t.last!.kind == .integer,
      t[t.endIndex - 2].isPunctuation(UInt8(ascii: "/"))
    else {
      fail(pos, "expect /size for DATA argument")
      return
    }
    let size = operand(t.suffix(1), pos, &names).offset
    let symbol = operand(t.dropLast(2), pos, &names)
    if !validSymbol("DATA", symbol, pos, offset: true) { return }
    let value = operand(groups[1], pos, &names)
    switch value.kind {
    case .constant, .float, .string, .address: break
    default:
      fail(pos, "DATA value must be an immediate constant or address")
      return
    }
    let d = dataSymbol(symbol, pos)
    if let last = file.dataSymbols[d].data.last, symbol.offset < last.offset &+ Int64(last.size) {
      fail(pos, "overlapping DATA entry for \(names.string(symbol.symbol))")
      return
    }
    file.dataSymbols[d].data.append(
      AsmDatum(offset: symbol.offset, size: Int(size), value: value, pos: pos))
  }
}
