import Base
import Object

/// What the assembler asks of the driver. All closures are called on the assembling thread.
public struct AssemblerHost {
  /// Contents of a file to include, or nil.
  public var readFile: (_ path: String) -> [UInt8]?
  /// Text of a `go_asm.h` definition (`const_X`, `T__size`, `T_field`) of the package, or nil.
  /// Not asked where a real `go_asm.h` lies in the package's directory.
  public var goAsmConstant: (_ name: String) -> String?
  /// Whether a link name is a package-level variable: references to it are data, not ABI0 calls.
  public var isVariable: (_ linkName: String) -> Bool
  /// Pointer maps of a body-less Go function's stack arguments (ABI0 layout): arguments alone and,
  /// if it has results, arguments and results. Empty if there is no such declaration.
  public var argumentMaps: (_ linkName: String) -> [PointerBitmap]

  public init(
    readFile: @escaping (_ path: String) -> [UInt8]?,
    goAsmConstant: @escaping (_ name: String) -> String? = { (_: String) -> String? in nil },
    isVariable: @escaping (_ linkName: String) -> Bool = { (_: String) -> Bool in false },
    argumentMaps: @escaping (_ linkName: String) -> [PointerBitmap] = {
      (_: String) -> [PointerBitmap] in []
    }
  ) {
    self.readFile = readFile
    self.goAsmConstant = goAsmConstant
    self.isVariable = isVariable
    self.argumentMaps = argumentMaps
  }
}

/// Expands directives and macros of one file into a flat list of tokens.
///
/// Follows cmd/asm, not C: an escaped newline is part of a macro's body; a macro with parameters
/// that is named without arguments stands for its own name; bodies are scanned again after
/// substitution. Tokens of a macro's body take the position of the invocation, so that errors and
/// line tables name the line that uses the macro.
struct Preprocessor {
  struct Macro {
    /// Nil for a macro without a parameter list.
    var parameters: [NameID]?
    var body: [Token]
  }

  private struct Frame {
    var tokens: [Token]
    var next = 0
    /// Position that all tokens take, or none for a file.
    var pos: Pos
  }

  var names: Interner
  var sources: SourceMap
  var errors: [(Pos, String)] = []
  private var macros: [UInt32: Macro] = [:]
  private var frames: [Frame] = []
  private var conditions: [Bool] = []
  private let host: AssemblerHost
  private let includeDirectories: [String]
  private var asksGoAsm = false
  private var notGoAsm: Set<UInt32> = []
  private var expansions = 0
  private var included: [String: [Token]] = [:]

  init(host: AssemblerHost, includeDirectories: [String], names: Interner, sources: SourceMap) {
    self.host = host
    self.includeDirectories = includeDirectories
    self.names = names
    self.sources = sources
  }

  /// Forgets the previous file's macros and defines `defines`.
  private mutating func start(_ defines: [(String, String)]) {
    macros.removeAll(keepingCapacity: true)
    notGoAsm.removeAll(keepingCapacity: true)
    conditions = []
    asksGoAsm = false
    expansions = 0
    for (name, value) in defines {
      macros[names.intern(name).raw] = Macro(parameters: nil, body: lex(value, .none))
    }
  }

  private mutating func lex(_ text: String, _ pos: Pos) -> [Token] {
    var lexer = Lexer(bytes: Array(text.utf8), base: 0)
    var tokens = lexer.run(&names)
    tokens.removeLast(2)
    for i in tokens.indices { tokens[i].pos = pos }
    return tokens
  }

  /// The tokens of `file` after preprocessing, ending with an end token.
  mutating func run(_ file: FileID, defines: [(String, String)]) -> [Token] {
    start(defines)
    frames = [Frame(tokens: tokens(of: file), pos: .none)]
    var out: [Token] = []
    var atLineStart = true
    while true {
      let t = raw()
      if t.kind == .end {
        if !conditions.isEmpty { errors.append((t.pos, "unclosed #ifdef or #ifndef")) }
        out.append(t)
        return out
      }
      if t.isPunctuation(UInt8(ascii: "#")) {
        if !atLineStart { errors.append((t.pos, "'#' must be first item on line")) }
        directive(t.pos)
        atLineStart = true
        continue
      }
      if t.kind == .newline {
        atLineStart = true
        expansions = 0
        if isEnabled { out.append(t) }
        continue
      }
      atLineStart = false
      if !isEnabled { continue }
      if t.kind == .name, expand(t, &out) { continue }
      out.append(t)
    }
  }

  private mutating func tokens(of file: FileID) -> [Token] {
    let f = sources.files[file]
    var lexer = Lexer(bytes: f.bytes, base: f.base)
    let tokens = lexer.run(&names)
    sources.setLines(file, starts: lexer.lineStarts, directives: [])
    errors += lexer.errors
    return tokens
  }

  private var isEnabled: Bool { conditions.last ?? true }

  /// The next token before macro expansion; ends of included files and macros are passed over.
  private mutating func raw() -> Token {
    while true {
      let f = frames.count - 1
      var t =
        frames[f].tokens.indices.contains(frames[f].next)
        ? frames[f].tokens[frames[f].next] : Token(kind: .end, pos: frames[f].pos)
      frames[f].next += 1
      if !frames[f].pos.isNone { t.pos = frames[f].pos }
      if t.kind != .end { return t }
      if f == 0 {
        frames[f].next -= 1
        return t
      }
      frames.removeLast()
    }
  }

  private mutating func peekRaw() -> Token {
    var f = frames.count - 1
    while f >= 0 {
      let frame = frames[f]
      if frame.next < frame.tokens.count && frame.tokens[frame.next].kind != .end {
        return frame.tokens[frame.next]
      }
      f -= 1
    }
    return Token(kind: .end, pos: .none)
  }

  /// Pushes the expansion of `t` if it is a macro. Reports whether it handled the token.
  private mutating func expand(_ t: Token, _ out: inout [Token]) -> Bool {
    guard let macro = macros[t.text.raw] ?? goAsmMacro(t) else { return false }
    expansions += 1
    if expansions > 100_000 || frames.count > 100 {
      errors.append((t.pos, "recursive macro invocation"))
      return false
    }
    guard let parameters = macro.parameters else {
      push(macro.body, t.pos)
      return true
    }
    if !peekRaw().isPunctuation(UInt8(ascii: "(")) {
      out.append(t)
      return true
    }
    _ = raw()
    guard let actuals = arguments(t) else { return true }
    let isEmpty = parameters.isEmpty && actuals.count == 1 && actuals[0].isEmpty
    if !isEmpty && actuals.count != parameters.count {
      errors.append((t.pos, "wrong arg count for macro \(names.string(t.text))"))
      return true
    }
    var body: [Token] = []
    for b in macro.body {
      if b.kind == .name, let n = parameters.firstIndex(of: b.text) {
        body += actuals[n]
      } else {
        body.append(b)
      }
    }
    push(body, t.pos)
    return true
  }

  private mutating func push(_ body: [Token], _ pos: Pos) {
    frames.append(Frame(tokens: body, pos: pos))
  }

  /// A definition of the package's go_asm.h, if the name looks like one and the driver knows it.
  private mutating func goAsmMacro(_ t: Token) -> Macro? {
    if !asksGoAsm || notGoAsm.contains(t.text.raw) { return nil }
    let name = names.string(t.text)
    if name.utf8.contains(UInt8(ascii: "_")), let value = host.goAsmConstant(name) {
      let macro = Macro(parameters: nil, body: lex(value, t.pos))
      macros[t.text.raw] = macro
      return macro
    }
    notGoAsm.insert(t.text.raw)
    return nil
  }

  /// The arguments of an invocation; the opening parenthesis has been read.
  private mutating func arguments(_ macro: Token) -> [[Token]]? {
    var list: [[Token]] = []
    var current: [Token] = []
    var nesting = 0
    while true {
      let t = raw()
      if t.kind == .end || t.kind == .newline {
        errors.append(
          (macro.pos, "unterminated arg list invoking macro: \(names.string(macro.text))"))
        return nil
      }
      if nesting == 0 && t.isPunctuation(UInt8(ascii: ")")) {
        list.append(current)
        return list
      }
      if nesting == 0 && t.isPunctuation(UInt8(ascii: ",")) {
        list.append(current)
        current = []
        continue
      }
      if t.isPunctuation(UInt8(ascii: "(")) { nesting += 1 }
      if t.isPunctuation(UInt8(ascii: ")")) { nesting -= 1 }
      current.append(t)
    }
  }

  // MARK: directives

  private mutating func directive(_ pos: Pos) {
    let word = raw()
    let name = word.kind == .name ? names.string(word.text) : ""
    if !isEnabled && !["else", "endif", "ifdef", "ifndef"].contains(name) {
      skipLine(word)
      return
    }
    switch name {
    case "define": define()
    case "undef":
      let n = macroName()
      if macros[n.text.raw] == nil {
        errors.append((n.pos, "#undef for undefined macro: \(names.string(n.text))"))
      }
      macros[n.text.raw] = nil
      expectNewline(name)
    case "ifdef", "ifndef":
      let n = macroName()
      let isDefined = macros[n.text.raw] != nil || goAsmMacro(n) != nil
      conditions.append(isEnabled && isDefined == (name == "ifdef"))
      expectNewline("#if[n]def")
    case "else":
      expectNewline("#else")
      guard let last = conditions.last else {
        errors.append((pos, "unmatched #else"))
        return
      }
      if conditions.count == 1 || conditions[conditions.count - 2] {
        conditions[conditions.count - 1] = !last
      }
    case "endif":
      expectNewline("#endif")
      if conditions.popLast() == nil { errors.append((pos, "unmatched #endif")) }
    case "include": include()
    case "line": skipLine(word)
    default:
      errors.append((pos, "unexpected token after '#': \(name)"))
      skipLine(word)
    }
  }

  private mutating func skipLine(_ first: Token) {
    var t = first
    while t.kind != .newline && t.kind != .end { t = raw() }
  }

  private mutating func expectNewline(_ directive: String) {
    let t = raw()
    if t.kind == .newline || t.kind == .end { return }
    errors.append((t.pos, "expected newline after \(directive)"))
    skipLine(t)
  }

  private mutating func macroName() -> Token {
    let t = raw()
    if t.kind != .name { errors.append((t.pos, "expected identifier after # directive")) }
    return t
  }

  private mutating func define() {
    let name = macroName()
    var parameters: [NameID]?
    var t = raw()
    if t.isPunctuation(UInt8(ascii: "(")) && !t.spaced {
      var list: [NameID] = []
      t = raw()
      while !t.isPunctuation(UInt8(ascii: ")")) {
        if t.kind == .name {
          list.append(t.text)
        } else if !t.isPunctuation(UInt8(ascii: ",")) {
          errors.append((t.pos, "bad definition for macro: \(names.string(name.text))"))
          skipLine(t)
          return
        }
        t = raw()
      }
      parameters = list
      t = raw()
    }
    var body: [Token] = []
    while t.kind != .newline && t.kind != .end {
      if t.isPunctuation(UInt8(ascii: "\\")) {
        t = raw()
        if t.kind != .newline && !t.isPunctuation(UInt8(ascii: "\\")) {
          errors.append(
            (
              t.pos,
              "can only escape \\ or \\n in definition for macro: "
                + names.string(name.text)
            ))
        }
      }
      body.append(t)
      t = raw()
    }
    if macros[name.text.raw] != nil {
      errors.append((name.pos, "redefinition of macro: \(names.string(name.text))"))
    }
    macros[name.text.raw] = Macro(parameters: parameters, body: body)
  }

  private mutating func include() {
    let t = raw()
    guard t.kind == .string, let path = unquote(names.bytes(t.text)) else {
      errors.append((t.pos, "expected string after #include"))
      skipLine(t)
      return
    }
    expectNewline("#include")
    let name = String(decoding: path, as: UTF8.self)
    if let known = included[name] {
      frames.append(Frame(tokens: known, pos: .none))
      return
    }
    for directory in includeDirectories {
      let full = directory + "/" + name
      guard let bytes = host.readFile(full) else { continue }
      let file = sources.add(path: full, bytes: bytes)
      let list = tokens(of: file)
      included[name] = list
      frames.append(Frame(tokens: list, pos: .none))
      return
    }
    if name == "go_asm.h" {
      asksGoAsm = true
      return
    }
    errors.append((t.pos, "#include: open \(name): no such file or directory"))
  }
}
