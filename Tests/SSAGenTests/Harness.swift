import ABI
import Base
import Glibc
import Object
import SSA
import SSAGen
import Syntax
import Types

/// One package of a test program.
struct TestPackage {
  var path: String
  /// File name to source.
  var files: [(name: String, source: [UInt8])]
}

/// A test program after SSAGen: without a runtime, whose symbols stay undefined.
struct TestProgram {
  let builder: ProgramBuilder
  let built: BuiltProgram
  let sources: SourceMap

  /// Builds packages, dependencies first; the last is main. Nil if the checker finds errors, which
  /// are printed.
  init?(_ packages: [TestPackage]) {
    var sources = SourceMap()
    var names = Interner.seeded()
    var inputs: [ParseInput] = []
    for p in packages {
      for f in p.files {
        let id = sources.add(path: f.name, bytes: f.source)
        inputs.append(ParseInput(id, of: sources))
      }
    }
    let trees = parseFiles(inputs, threads: 1, names: &names, sources: &sources)
    let checker = Checker(names: names, sources: sources)
    var known: [NameID: PackageID] = [:]
    var at = 0
    var options = BuildOptions()
    for p in packages {
      let path = checker.ts.names.intern(p.path)
      let id = checker.add(
        path: path, trees: Array(trees[at..<at + p.files.count]), minor: 27, imports: known,
        extent: .everything)
      known[path] = id
      at += p.files.count
      options.main = id
    }
    for d in checker.diagnostics.list { print("\(sources.location(d.pos)): \(d.message)") }
    if !checker.diagnostics.isEmpty { return nil }
    builder = ProgramBuilder(checker, options: options)
    guard let b = try? builder.build() else { return nil }
    built = b
    self.sources = sources
    for m in b.missing { print("\(sources.location(m.pos)): \(m.what)") }
  }

  func symbol(_ name: String) -> SymbolID { built.symbols.find(name) ?? .none }
  func definition(_ s: SymbolID) -> SymbolDefinition? {
    s.isSome ? built.symbols.definitions[s] : nil
  }
}

/// Reads a symbol's contents as the running program would.
struct Reader {
  let program: TestProgram
  let symbol: SymbolID
  let definition: SymbolDefinition

  init?(_ p: TestProgram, _ s: SymbolID) {
    guard let d = p.definition(s) else { return nil }
    program = p
    symbol = s
    definition = d
  }

  func number(_ at: Int, _ size: Int) -> UInt64 {
    var v: UInt64 = 0
    for i in 0..<size where at + i < definition.bytes.count {
      v |= UInt64(definition.bytes[at + i]) << UInt64(8 * i)
    }
    return v
  }
  func u8(_ at: Int) -> Int { Int(number(at, 1)) }
  func u16(_ at: Int) -> Int { Int(number(at, 2)) }
  func u32(_ at: Int) -> Int { Int(number(at, 4)) }
  func word(_ at: Int) -> Int { Int(truncatingIfNeeded: number(at, 8)) }

  /// What the relocation at `at` refers to.
  func target(_ at: Int) -> Reloc? {
    definition.relocs.first { r in
      Int(r.offset) == at && r.kind != .usedInInterface && r.kind != .keep
        && r.kind != .interfaceMethod
    }
  }

  func follow(_ at: Int) -> Reader? {
    guard let r = target(at) else { return nil }
    return Reader(program, r.target)
  }
}

func readFile(_ path: String) -> [UInt8] {
  guard let f = fopen(path, "r") else { return [] }
  defer { fclose(f) }
  var out: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let n = fread(&buffer, 1, buffer.count, f)
    if n <= 0 { return out }
    out.append(contentsOf: buffer[..<n])
  }
}

/// Compares text line by line; prints the differences.
func compare(_ what: String, _ got: [String], _ want: [String]) -> Bool {
  if got == want { return true }
  print("\(what): differs from what is expected")
  for i in 0..<max(got.count, want.count) {
    let g = i < got.count ? got[i] : ""
    let w = i < want.count ? want[i] : ""
    if g != w { print("-\(w)\n+\(g)") }
  }
  return false
}
