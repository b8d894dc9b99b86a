import ABI
import Base
import Object
import SSAGen

/// A type descriptor, decoded as `reflect` does.
struct Descriptor {
  let r: Reader
  init(_ r: Reader) { self.r = r }

  struct Name {
    var text: String
    var isExported: Bool
    var isEmbedded: Bool
    var tag: String
    var package: String
  }

  static func name(_ r: Reader) -> Name {
    var at = 1
    func text() -> String {
      var n = 0
      var shift = 0
      while true {
        let b = r.u8(at)
        at += 1
        n |= (b & 0x7f) << shift
        if b < 0x80 { break }
        shift += 7
      }
      let s = String(decoding: r.definition.bytes[at..<at + n], as: UTF8.self)
      at += n
      return s
    }
    let flags = r.u8(0)
    let s = text()
    let tag = flags & 2 != 0 ? text() : ""
    var package = ""
    if flags & 4 != 0, let p = r.follow(at) { package = name(p).text }
    return Name(
      text: s, isExported: flags & 1 != 0, isEmbedded: flags & 8 != 0, tag: tag, package: package)
  }

  var kind: Int { r.u8(23) }
  var flags: Int { r.u8(20) }
  var string: String {
    guard let n = r.follow(40) else { return "?" }
    let s = Descriptor.name(n).text
    return flags & 2 != 0 ? String(s.dropFirst()) : s
  }

  /// Size of the part whose layout depends on the kind alone.
  var fixedSize: Int {
    switch kind {
    case 17: 72
    case 18: 64
    case 19, 22, 23: 56
    case 20, 25: 80
    case 21: 136
    default: 48
    }
  }
  var hasUncommon: Bool { flags & 1 != 0 }
  var methodCount: Int { hasUncommon ? r.u16(fixedSize + 4) : 0 }
  var inCount: Int { r.u16(48) }
  var outCount: Int { r.u16(50) & 0x7fff }

  /// `Type.DescriptorSize` of internal/abi.
  var size: Int {
    var n = fixedSize + (hasUncommon ? 16 : 0) + 16 * methodCount
    switch kind {
    case 19: n += 8 * (inCount + outCount)
    case 20: n += 8 * r.word(64)
    case 25: n += 24 * r.word(64)
    default: break
    }
    return n
  }

  private func quoted(_ s: String) -> String {
    var out = "\""
    for c in s.unicodeScalars {
      if c == "\"" || c == "\\" { out += "\\" }
      out.unicodeScalars.append(c)
    }
    return out + "\""
  }

  private func type(_ at: Int, _ more: inout [SymbolID]) -> String {
    guard let t = r.target(at), let d = Reader(r.program, t.target) else { return "?" }
    more.append(t.target)
    return Descriptor(d).string
  }

  /// One line as `descriptors_print.go` writes it; `more` gets the types that it goes on to.
  func line(_ more: inout [SymbolID]) -> String {
    var package = ""
    if flags & 4 != 0 && hasUncommon, let p = r.follow(fixedSize) {
      package = Descriptor.name(p).text
    }
    var s =
      "\(string): size \(r.word(0)) ptr \(r.word(8)) flags \(flags) align \(r.u8(21)) \(r.u8(22))"
    s += " kind \(kind) eq \(r.target(24) != nil) pkg \(quoted(package))"
    switch kind {
    case 21:
      s += " group"
      for at in stride(from: 80, to: 128, by: 8) { s += " \(r.word(at))" }
      s += " flags \(r.u32(128))"
      _ = type(48, &more)
      _ = type(56, &more)
    case 25: s += fields(&more)
    case 19:
      let at = fixedSize + (hasUncommon ? 16 : 0)
      for i in 0..<inCount { s += " in \(type(at + 8 * i, &more))" }
      for i in 0..<outCount { s += " out \(type(at + 8 * (inCount + i), &more))" }
      s += " \(r.u16(50) & 0x8000 != 0)"
    case 17, 18, 22, 23: s += " elem \(type(48, &more))"
    case 20: s += interfaceMethods()
    default: break
    }
    if hasUncommon { s += methods() }
    return s
  }

  private func fields(_ more: inout [SymbolID]) -> String {
    var s = ""
    let home = r.follow(48).map { Descriptor.name($0).text } ?? ""
    let first = Int(r.target(56)?.addend ?? 0)
    for i in 0..<r.word(64) {
      let at = first + 24 * i
      guard let nameReader = r.follow(at) else { return s + " ?" }
      let n = Descriptor.name(nameReader)
      s += " {\(n.text) \(type(at + 8, &more)) \(r.word(at + 16)) \(quoted(n.tag)) \(n.isEmbedded)"
      s += " \(quoted(n.isExported ? "" : home))}"
    }
    return s
  }

  private func interfaceMethods() -> String {
    var s = ""
    let home = r.follow(48).map { Descriptor.name($0).text } ?? ""
    let first = Int(r.target(56)?.addend ?? 0)
    for i in 0..<r.word(64) {
      let at = first + 8 * i
      guard let nameReader = r.follow(at), let t = r.follow(at + 4) else { return s + " ?" }
      let n = Descriptor.name(nameReader)
      s += " <\(n.text) \(quoted(n.isExported ? "" : home)) \(Descriptor(t).string)>"
    }
    return s
  }

  private func methods() -> String {
    let at = fixedSize
    let exported = r.u16(at + 6)
    var s = " methods \(methodCount) \(exported)"
    if kind == 20 { return s }
    let first = at + r.u32(at + 8)
    for i in 0..<exported {
      guard let n = r.follow(first + 16 * i) else { return s + " ?" }
      s += " \(Descriptor.name(n).text)"
    }
    return s
  }
}

/// Descriptors of all kinds against those of the reference compiler.
func testDescriptors(_ directory: String) -> Bool {
  let source = readFile(directory + "/descriptors.go")
  guard
    let p = TestProgram([
      TestPackage(
        path: "main", files: [(name: "descriptors.go", source: source + Array(mainFunction.utf8))])
    ]), let all = Reader(p, p.symbol("main.All")), let list = all.follow(0)
  else {
    print("descriptors: the program cannot be built")
    return false
  }
  var work: [SymbolID] = []
  var seen = Set<SymbolID>()
  func add(_ s: SymbolID) { if seen.insert(s).inserted { work.append(s) } }
  for i in 0..<all.word(8) { add(list.target(16 * i)?.target ?? .none) }
  var lines: [String] = []
  var next = 0
  var ok = true
  while next < work.count {
    let s = work[next]
    next += 1
    guard let r = Reader(p, s) else {
      print("descriptors: a type word is missing")
      return false
    }
    let d = Descriptor(r)
    if d.size != r.definition.size || d.size != r.definition.bytes.count {
      print("descriptors: \(d.string) has \(r.definition.size) bytes, not \(d.size)")
      ok = false
    }
    var more: [SymbolID] = []
    lines.append(d.line(&more))
    for m in more { add(m) }
  }
  let want = String(decoding: readFile(directory + "/descriptors.out"), as: UTF8.self)
  return compare("descriptors", lines, want.split(separator: "\n").map(String.init)) && ok
}

/// What makes a file a program, and keeps its variable.
let mainFunction = "\nfunc main() { println(len(All)) }\n"
