import Base

// `//go:` and `//line` comments.

extension Parser {
  /// Handles the comments the scanner has found on its way to the current token.
  mutating func takeComments() {
    for c in s.comments {
      let isGeneral = s.src[c.start + 1] == 0x2A
      var end = c.end
      if isGeneral {
        end -= 2
      } else if end > c.start && s.src[end - 1] == 0x0D {
        end -= 1
      }
      let bytes = Array(s.src[c.start + 2..<max(c.start + 2, end)])
      if bytes.starts(with: "line ".utf8) {
        let atLineStart = c.start == 0 || s.src[c.start - 1] == 0x0A
        if isGeneral || atLineStart { lineDirective(bytes, c.start, c.end, isGeneral) }
      } else {
        goDirective(String(decoding: bytes, as: UTF8.self), at(c.start + 2), blank: c.blank)
      }
    }
    s.comments.removeAll(keepingCapacity: true)
  }

  // MARK: line directives

  /// The number behind the last colon of `t`: offset behind the colon, value (nil if no number).
  private func trailingNumber(_ t: ArraySlice<UInt8>) -> (Int, Int?)? {
    guard let colon = t.lastIndex(of: 0x3A) else { return nil }
    let digits = t[(colon + 1)...]
    if digits.isEmpty || digits.count > 18 || !digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      return (colon + 1, nil)
    }
    var v = 0
    for d in digits { v = v * 10 + Int(d - 0x30) }
    return (colon + 1, v)
  }

  private mutating func lineDirective(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ isGeneral: Bool
  ) {
    let limit = 1 << 30
    let t = bytes[5...]
    guard let (i, n) = trailingNumber(t) else { return }
    let textAt = start + 2  // offset of bytes[0]
    func rest(_ from: Int) -> String { String(decoding: bytes[from...], as: UTF8.self) }
    guard let last = n else {
      error("invalid line number: " + rest(i), at: at(textAt + i))
      return
    }
    var line = last
    var column = 0
    var nameEnd = i - 1
    var hasColumn = false
    if let (i2, n2) = trailingNumber(t[..<(i - 1)]), let first = n2 {
      hasColumn = true
      line = first
      column = last
      if column == 0 || column > limit {
        error("invalid column number: " + rest(i), at: at(textAt + i))
        return
      }
      nameEnd = i2 - 1
      if line == 0 || line > limit {
        error("invalid line number: " + rest(i2), at: at(textAt + i2))
        return
      }
    } else if line == 0 || line > limit {
      error("invalid line number: " + rest(i), at: at(textAt + i))
      return
    }
    // A general comment over several lines is no line directive.
    if isGeneral && bytes.contains(0x0A) { return }
    var name = String(decoding: bytes[5..<nameEnd], as: UTF8.self)
    if name.isEmpty && hasColumn {
      name = linePath
    } else if !name.isEmpty {
      name = resolved(name)
    }
    linePath = name
    // The directive holds from the character behind the comment (its newline included).
    let from = isGeneral ? end : end + 1
    tree.lineDirectives.append(
      LineDirective(
        offset: UInt32(min(from, s.end)), path: name, line: UInt32(line),
        column: UInt32(column)))
  }

  /// A relative file name counts from the directory of the file.
  private func resolved(_ name: String) -> String {
    if name.hasPrefix("/") { return cleanPath(name) }
    guard let slash = path.lastIndex(of: "/") else { return cleanPath(name) }
    let clean = cleanPath(String(path[..<slash]) + "/" + name)
    return path.hasPrefix("./") && !clean.hasPrefix("..") ? "./" + clean : clean
  }

  // MARK: go directives

  private static func flags(_ verb: Substring) -> PragmaFlags {
    switch verb {
    case "go:build": .goBuild
    case "go:noescape": .noescape
    case "go:norace": .norace
    case "go:nosplit": [.nosplit, .nocheckptr]
    case "go:noinline": .noinline
    case "go:nocheckptr": .nocheckptr
    case "go:systemstack": .systemstack
    case "go:nowritebarrier": .nowritebarrier
    case "go:nowritebarrierrec": [.nowritebarrierrec, .nowritebarrier]
    case "go:yeswritebarrierrec": .yeswritebarrierrec
    case "go:cgo_unsafe_args": [.cgoUnsafeArgs, .nocheckptr]
    case "go:uintptrkeepalive": .uintptrkeepalive
    case "go:uintptrescapes": [.uintptrescapes, .uintptrkeepalive]
    case "go:registerparams": .registerparams
    default: []
    }
  }

  private mutating func goDirective(_ text: String, _ p: Pos, blank: Bool) {
    if !blank {
      late.report(p, "misplaced compiler directive")
      return
    }
    let verb = text.prefix { $0 != " " && $0 != "\t" }
    if isTop && verb == "go:build" && tree.buildLine.isEmpty {
      let line = String(text.dropFirst(verb.count)).trimmingSpaces()
      tree.buildLine = line
      if let e = BuildExpr(line) { tree.goVersion = e.goVersion }
    }
    switch verb {
    case "go:linkname", "go:linknamestd":
      let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
      if words.count == 1 && text == verb { return }
      if words.count != 2 && words.count != 3 {
        late.report(p, "usage: //\(verb) localname [linkname]")
        return
      }
      tree.linknames.append(
        Linkname(
          pos: p, local: s.names.intern(String(words[1])),
          remote: words.count == 3 ? s.names.intern(String(words[2])) : .none,
          isStd: verb == "go:linknamestd"))
      return
    case "go:embed": break
    default:
      if verb.hasPrefix("go:cgo_") && !options.isStd && !isCgoFile
        && !(verb == "go:cgo_import_dynamic" && text.split(separator: " ").count >= 4)
      {
        late.report(p, "//\(text) only allowed in cgo-generated code")
      }
      let flags = Parser.flags(verb)
      if !options.isRuntime && !flags.isDisjoint(with: .forRuntime) {
        late.report(p, "//\(verb) only allowed in runtime")
      }
      if flags == .uintptrkeepalive && !options.isStd {
        late.report(p, "//\(verb) is only allowed in the standard library")
      }
    }
    let flags = Parser.flags(verb)
    pendingFlags.formUnion(flags)
    directives.append(Directive(pos: p, flags: flags, text: text))
  }

  private var isCgoFile: Bool {
    let name = path.split(separator: "/").last ?? ""
    return name.hasPrefix("_cgo_")
  }

  /// The directives seen since the last declaration, now belonging to the next.
  mutating func takePragma() -> PragmaID {
    let n = directives.count - pendingFirst
    if n == 0 { return .none }
    var p = Pragma()
    p.flags = pendingFlags
    p.first = Int32(pendingFirst)
    p.count = Int32(n)
    pendingFlags = []
    pendingFirst = directives.count
    return tree.pragmas.append(p)
  }

  /// Complains about directives that nothing can take.
  mutating func clearPragma() {
    if pendingFirst == directives.count { return }
    for d in directives[pendingFirst...] {
      if !d.flags.isEmpty { late.report(d.pos, "misplaced compiler directive") }
      if d.isEmbed { late.report(d.pos, "misplaced go:embed directive") }
    }
    pendingFlags = []
    pendingFirst = directives.count
  }
}

extension String {
  /// Without spaces and tabs at both ends.
  func trimmingSpaces() -> String {
    var t = Substring(self)
    while let c = t.first, c == " " || c == "\t" || c == "\r" { t.removeFirst() }
    while let c = t.last, c == " " || c == "\t" || c == "\r" { t.removeLast() }
    return String(t)
  }
}

/// Lexically resolves `.` and `..` and doubled slashes.
public func cleanPath(_ path: String) -> String {
  let rooted = path.hasPrefix("/")
  var parts: [Substring] = []
  for p in path.split(separator: "/") where p != "." {
    if p == ".." && !parts.isEmpty && parts[parts.count - 1] != ".." {
      parts.removeLast()
    } else if p != ".." || !rooted {
      parts.append(p)
    }
  }
  let joined = parts.joined(separator: "/")
  if rooted { return "/" + joined }
  return joined.isEmpty ? "." : joined
}
