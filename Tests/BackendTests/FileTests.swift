import AMD64
import Base
import Glibc
import Object
import SSA

/// Reads a file, or nil.
func readFile(_ path: String) -> String? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65536)
  while true {
    let n = fread(&chunk, 1, chunk.count, file)
    if n <= 0 { break }
    bytes.append(contentsOf: chunk[0..<n])
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// Names of the files in a folder that end in `suffix`, sorted.
func list(_ folder: String, _ suffix: String) -> [String] {
  guard let d = opendir(folder) else { return [] }
  defer { closedir(d) }
  var names: [String] = []
  while let e = readdir(d) {
    let name = withUnsafePointer(to: &e.pointee.d_name) { p -> String in
      p.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name.hasSuffix(suffix) { names.append(folder + "/" + name) }
  }
  return names.sorted()
}

/// The code as text of an independent disassembler, one instruction a line; nil without one.
func disassemble(_ bytes: [UInt8]) -> [String]? {
  let path = "/tmp/apus-backend-tests-\(getpid()).bin"
  FuzzRunner.writeCode(bytes, path)
  defer { unlink(path) }
  let command =
    "objdump -D -b binary -m i386:x86-64 --no-show-raw-insn \(path) 2>/dev/null"
  guard let pipe = popen(command, "r") else { return nil }
  var text = ""
  var line = [CChar](repeating: 0, count: 1024)
  while fgets(&line, 1024, pipe) != nil {
    text += String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
  if pclose(pipe) != 0 { return nil }
  let lines = text.split(separator: "\n").filter { $0.contains(":\t") }
  return lines.map { (l: Substring) -> String in
    let body = l.split(separator: "\t", maxSplits: 1)
    let words = body[body.count - 1].split(separator: " ").joined(separator: " ")
    return body[0].split(separator: " ").joined() + " " + words
  }
}

/// Checks of emitted code (`testdata/codegen`) and of running it (`testdata/ssa`).
func fileTests(_ folder: String) {
  for path in list(folder + "/codegen", ".ssa") { codegenTest(path) }
  for path in list(folder + "/ssa", ".ssa") { runTest(path) }
}

/// The functions of a file with the comment lines that stand in or before each.
private func sections(_ text: String) -> [(comments: [String], body: String)] {
  var result: [(comments: [String], body: String)] = []
  var comments: [String] = []
  for l in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if l.hasPrefix("func ") {
      result.append((comments: comments, body: String(l) + "\n"))
      comments = []
    } else if l.hasPrefix("//") {
      comments.append(String(l.dropFirst(2)))
    } else if !result.isEmpty {
      result[result.count - 1].body += l + "\n"
    }
  }
  return result
}

private func patterns(_ comments: [String]) -> [(text: String, negative: Bool)] {
  var list: [(text: String, negative: Bool)] = []
  for c in comments {
    var rest = Substring(c)
    while rest.first == " " { rest = rest.dropFirst() }
    guard rest.hasPrefix("amd64:") else { continue }
    rest = rest.dropFirst(6)
    let parts = rest.split(separator: "\"", omittingEmptySubsequences: false)
    for i in stride(from: 1, to: parts.count, by: 2) {
      list.append((text: String(parts[i]), negative: parts[i - 1].hasSuffix("-")))
    }
  }
  return list
}

/// The passes that a comment `passes: NAME...` asks for before the code is made.
private func passNames(_ comments: [String]) -> [Substring] {
  for c in comments {
    if let r = c.firstRange(of: "passes:") { return c[r.upperBound...].split(separator: " ") }
  }
  return []
}

/// The target-independent passes. What they would call is not in the machine.
let pipelinePasses: [Pass] = {
  var table = SymbolTable()
  return Pipeline(ExpansionSymbols(&table)).passes
}()

private func codegenTest(_ path: String) {
  guard let text = readFile(path) else { return }
  for s in sections(text) {
    let machine = Machine()
    var reader = SSAReader(s.body)
    do {
      guard let f = try reader.next(&machine.table) else { continue }
      if let problem = verify(f) {
        expect(false, "\(path): \(f.name): \(problem)")
        continue
      }
      for name in passNames(s.comments) {
        guard let pass = pipelinePasses.first(where: { $0.name == name }) else {
          expect(false, "\(path): \(f.name): no pass \(name)")
          continue
        }
        pass.run(f)
        if let problem = verify(f) { expect(false, "\(path): \(f.name): \(name): \(problem)") }
      }
      let d = AMD64.compile(f, context: machine.context)
      guard let lines = disassemble(d.bytes) else { return }
      if CommandLine.arguments.contains("-v") {
        print("\(f.name):")
        for l in lines { print("  \(l)") }
      }
      check(lines, patterns(s.comments), "\(path): \(f.name)")
    } catch { expect(false, "\(path): \(error)") }
  }
}

private func check(
  _ lines: [String], _ patterns: [(text: String, negative: Bool)], _ name: String
) {
  var at = 0
  for p in patterns {
    guard let r = try? Regex(p.text) else {
      expect(false, "\(name): bad pattern \(p.text)")
      continue
    }
    if p.negative {
      expect(!lines.contains { $0.contains(r) }, "\(name): unwanted \(p.text)")
      continue
    }
    var i = at
    while i < lines.count && !lines[i].contains(r) { i += 1 }
    expect(i < lines.count, "\(name): no \(p.text) in\n  \(lines.joined(separator: "\n  "))")
    if i < lines.count { at = i + 1 }
  }
}

/// `// run: 1 2 -> 3` before a function: arguments and results as integers.
private func runTest(_ path: String) {
  guard let text = readFile(path) else { return }
  let machine = Machine()
  for s in sections(text) {
    var reader = SSAReader(s.body)
    do {
      guard let f = try reader.next(&machine.table) else { continue }
      if let problem = verify(f) {
        expect(false, "\(path): \(f.name): \(problem)")
        continue
      }
      let printed = SSAPrinter(table: machine.table).print(f)
      var again = SSAReader(printed)
      let g = try again.next(&machine.table)
      expect(
        g.map { SSAPrinter(table: machine.table).print($0) } != nil,
        "\(path): \(f.name) does not survive printing")
      machine.add(f)
      for c in s.comments where c.hasPrefix(" run:") {
        let sides = c.dropFirst(5).split(separator: ">")
        let arguments = sides[0].split(separator: " ").compactMap { Int64($0) }
        let wanted = sides.count > 1 ? sides[1].split(separator: " ").compactMap { Int64($0) } : []
        let got = try machine.call(f, arguments.map { UInt64(bitPattern: $0) })
        let signed = zip(got, f.signature.results).map { Interpreter.signed($0, $1.type) }
        expect(signed == wanted, "\(path): \(f.name)\(arguments): \(signed), not \(wanted)")
      }
    } catch { expect(false, "\(path): \(error)") }
  }
}
