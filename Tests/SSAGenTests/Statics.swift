import ABI
import Base
import Object
import SSA
import SSAGen

/// Writes a variable's first contents: words as numbers or as what they point to.
struct ContentsWriter {
  let program: TestProgram
  private var open: [SymbolID] = []

  init(_ p: TestProgram) { program = p }

  mutating func text(_ s: SymbolID) -> String {
    guard let d = program.definition(s), let r = Reader(program, s) else {
      return program.built.symbols.name(s)
    }
    if open.contains(s) { return "recursive" }
    open.append(s)
    defer { open.removeLast() }
    var out = "\(d.kind) \(d.size)"
    if d.bytes.isEmpty { return out }
    out += " {"
    var at = 0
    while at < d.size {
      // Long runs of zeroes in short.
      var zeroes = 0
      while at + 8 * zeroes < d.size && r.target(at + 8 * zeroes) == nil
        && r.number(at + 8 * zeroes, 8) == 0
      {
        zeroes += 1
      }
      if zeroes > 8 {
        out += " 0*\(zeroes)"
        at += 8 * zeroes
        continue
      }
      if let t = r.target(at) {
        out += " " + pointer(t)
        at += 8
      } else {
        let n = min(8, d.size - at)
        out += " " + String(r.number(at, n), radix: 16)
        at += n
      }
    }
    return out + " }"
  }

  private mutating func pointer(_ t: Reloc) -> String {
    let name = program.built.symbols.name(t.target)
    let more = t.addend == 0 ? "" : "+\(t.addend)"
    if name.hasPrefix("go:string.") { return "\"" + name.dropFirst(10) + "\"" + more }
    if name.hasPrefix("go:stmp") || name.hasPrefix("go:ro") {
      return "&(" + text(t.target) + ")" + more
    }
    return "&" + name + more
  }
}

/// What is laid out and what is code: variables and calls of `init` functions against
/// `statics.out`.
func testStatics(_ directory: String, update: Bool) -> Bool {
  let source = readFile(directory + "/statics.go")
  let other = readFile(directory + "/statics_other.go")
  guard
    let p = TestProgram([
      TestPackage(path: "example.com/other.v1", files: [(name: "statics_other.go", source: other)]),
      TestPackage(path: "main", files: [(name: "statics.go", source: source)]),
    ])
  else {
    print("statics: the program cannot be built")
    return false
  }
  var lines: [String] = []
  let table = p.built.symbols
  for i in 1..<table.count {
    let s = SymbolID(i)
    let name = table.name(s)
    guard let d = table.definitions[s], d.kind != .text else { continue }
    let isVariable = name.hasPrefix("main.") || name.hasPrefix("example.com/")
    if !isVariable || name.hasSuffix("·f") { continue }
    var w = ContentsWriter(p)
    lines.append(
      "\(name): \(w.text(s))" + (d.relocs.contains { $0.kind == .keep } ? " keeps code" : ""))
  }
  var starts: [SymbolID: String] = [:]
  for f in p.built.functions where f.pos.offset > 0 {
    starts[f.symbol] = "\(p.sources.location(f.pos))"
  }
  for f in p.built.functions {
    let isList = f.name.hasPrefix("go:") || f.name.hasSuffix(".init") && f.pos.isNone
    if !isList { continue }
    lines.append("\(f.name):")
    for c in f.calls {
      let place = starts[c.symbol].map { " at \($0)" } ?? ""
      lines.append("  \(c.isWeak ? "weakly " : "")\(table.name(c.symbol))\(place)")
    }
  }
  if update {
    for l in lines { print(l) }
    return true
  }
  let want = String(decoding: readFile(directory + "/statics.out"), as: UTF8.self)
  return compare("statics", lines, want.split(separator: "\n").map(String.init))
}
