import Base
import Glibc
import Syntax
import Types

// Fuzzing: checks mutated files in this process. Whatever the input, the checker has to come back.
//
//   types-tests fuzz SEED COUNT SAVE FILES...
//
// Each input is written to SAVE before it is tried, so after a crash the culprit is there.

private struct Random {
  var state: UInt64
  mutating func next(_ n: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, n)))
  }
}

/// Rough tokens: words, spaces, and single bytes.
private func pieces(_ b: [UInt8]) -> [[UInt8]] {
  var out: [[UInt8]] = []
  var i = 0
  func isWord(_ c: UInt8) -> Bool {
    (c | 32 >= 97 && c | 32 <= 122) || (c >= 48 && c <= 57) || c == 95 || c >= 128
  }
  while i < b.count {
    var j = i + 1
    if isWord(b[i]) { while j < b.count && isWord(b[j]) { j += 1 } }
    out.append(Array(b[i..<j]))
    i = j
  }
  return out
}

private func read(_ path: String) -> [UInt8] {
  guard let f = fopen(path, "rb") else { return [] }
  defer { fclose(f) }
  var out: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let n = fread(&buffer, 1, buffer.count, f)
    if n <= 0 { return out }
    out.append(contentsOf: buffer[..<n])
  }
}

private func write(_ path: String, _ bytes: [UInt8]) {
  guard let f = fopen(path, "wb") else { return }
  fwrite(bytes, 1, bytes.count, f)
  fclose(f)
}

/// Parses and checks one file as a package without resolvable imports.
func checkOnce(_ bytes: [UInt8]) -> Int {
  var sources = SourceMap()
  var names = Interner.seeded()
  let file = sources.add(path: "p.go", bytes: bytes)
  var options = ParseOptions()
  options.branches = .checker
  let trees = parseFiles(
    [ParseInput(file, of: sources, options: options)], threads: 1, names: &names,
    sources: &sources)
  let checker = Checker(names: names, sources: sources)
  let path = checker.ts.names.intern("p")
  _ = checker.add(path: path, trees: trees, minor: 27, imports: [:], extent: .everything)
  return checker.diagnostics.list.count
}

func fuzz(_ args: [String]) {
  var random = Random(state: UInt64(args[0]) ?? 1)
  let count = Int(args[1]) ?? 100
  let save = args[2]
  let files = args[3...].map { pieces(read($0)) }
  if files.isEmpty { return }
  var errors = 0
  for i in 0..<count {
    var p = files[random.next(files.count)]
    if p.isEmpty { continue }
    for _ in 0...random.next(6) {
      let at = random.next(p.count)
      let other = files[random.next(4) == 0 ? random.next(files.count) : i % files.count]
      switch random.next(6) {
      case 0: p.remove(at: at)
      case 1: p.insert(p[random.next(p.count)], at: at)
      case 2: p[at] = p[random.next(p.count)]
      case 3: if !other.isEmpty { p[at] = other[random.next(other.count)] }
      case 4:
        let end = min(p.count, at + random.next(20))
        let cut = Array(p[at..<end])
        p.insert(contentsOf: cut, at: random.next(p.count))
      default:
        let end = min(p.count, at + random.next(10))
        p.removeSubrange(at..<end)
      }
      if p.isEmpty { p = [[112]] }
    }
    let bytes = Array(p.joined())
    write(save, bytes)
    errors += checkOnce(bytes)
  }
  print("\(count) inputs, \(errors) errors reported")
}
