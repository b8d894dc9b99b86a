import ABI
import Base

// What `Sources/ABI` and the linker say about gc's tables, held against the text of GOROOT.

/// The lines of a GOROOT source file, comments and outer blanks removed.
private func lines(_ root: String, _ path: String) -> [String] {
  let text = shell("cat \(root)/src/\(path)").output
  return text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
    var s = line
    if let comment = s.range(of: "//") { s = s[..<comment.lowerBound] }
    return String(s.split(whereSeparator: { $0 == "\t" || $0 == " " }).joined(separator: " "))
  }
}

extension Substring {
  fileprivate func range(of word: String) -> Range<Index>? {
    var i = startIndex
    while i < endIndex {
      if self[i...].hasPrefix(word) { return i..<index(i, offsetBy: word.count) }
      i = index(after: i)
    }
    return nil
  }
}

private func block(_ lines: [String], after first: String, until last: String) -> [String] {
  guard let a = lines.firstIndex(of: first) else { return [] }
  guard let b = lines[(a + 1)...].firstIndex(of: last) else { return [] }
  return lines[(a + 1)..<b].filter { !$0.isEmpty }
}

/// Names and sizes of a struct's fields, from its lines; enough of Go's types for the structs here.
private func fields(_ lines: [String]) -> [(name: String, size: Int)] {
  var result: [(name: String, size: Int)] = []
  for line in lines {
    if line == "sys.NotInHeap" { continue }
    let words = line.split(separator: " ")
    guard words.count >= 2 else { continue }
    let type = String(words[words.count - 1])
    let size: Int
    switch type {
    case "uint8", "bool", "abi.FuncID", "abi.FuncFlag", "[1]byte", "TFlag", "Kind": size = 1
    case "uint32", "int32", "NameOff", "TypeOff": size = 4
    case "string", "bitvector": size = 16
    default: size = type.hasPrefix("[]") ? 24 : 8
    }
    for w in words.dropLast() {
      result.append((name: w.hasSuffix(",") ? String(w.dropLast()) : String(w), size: size))
    }
  }
  return result
}

private func offset(_ name: String, _ fields: [(name: String, size: Int)]) -> Int {
  var at = 0
  for f in fields {
    at = (at + min(f.size, 8) - 1) & ~(min(f.size, 8) - 1)
    if f.name == name { return at }
    at += f.size
  }
  return -1
}

func testAgainstGoroot(_ c: inout Checks) {
  guard goCommand() != nil else { return }
  let root = shell("echo ${APUS_GOROOT:-$GOROOT}").output.split(separator: "\n").map(String.init)[0]

  let symtab = lines(root, "internal/abi/symtab.go")
  let ids = block(symtab, after: "FuncIDNormal FuncID = iota", until: ")")
  c.equal(ids.count + 1, ABI.FuncID.allCases.count, "function ids")
  for (text, id) in zip(ids, ABI.FuncID.allCases.dropFirst()) {
    let theirs = text.lowercased().filter { $0 != "_" }
    c.equal("funcid" + "\(id)".lowercased(), theirs, "function id")
  }
  c.expect(symtab.contains("Go120PCLnTabMagic PCLnTabMagic = 0xfffffff1"), "magic")
  c.expect(symtab.contains("CurrentPCLnTabMagic = Go120PCLnTabMagic"), "magic")
  for line in lines(root, "cmd/internal/objabi/funcid.go") where line.contains("abi.FuncID") {
    let parts = line.split(separator: "\"")
    guard parts.count == 2, line.hasPrefix("\"") else { continue }
    let theirs = parts[1].lowercased().filter { $0 != "_" && $0 != "," && $0 != ":" && $0 != " " }
    let ours = ABI.FuncID.named("runtime.\(parts[0])", isWrapper: false)
    c.equal("abi.funcid\(ours)".lowercased(), theirs, "id of \(parts[0])")
  }

  let runtime = lines(root, "runtime/symtab.go")
  let module = fields(block(runtime, after: "type moduledata struct {", until: "}"))
  let wanted: [(String, Int)] = [
    ("findfunctab", 152), ("text", 176), ("end", 272), ("types", 296), ("typedesclen", 304),
    ("itaboffset", 320), ("rodata", 336), ("gofunc", 344), ("epclntab", 352), ("hasmain", 512),
    ("gcdatamask", 520), ("gcbssmask", 536), ("next", 560),
  ]
  for (name, at) in wanted { c.equal(offset(name, module), at, "moduledata.\(name)") }
  c.equal(offset("next", module) + 8, ABI.FunctionTable.moduleDataSize)

  let runtime2 = lines(root, "runtime/runtime2.go")
  let record = fields(block(runtime2, after: "type _func struct {", until: "}"))
  c.equal(offset("nfuncdata", record) + 1, ABI.FunctionTable.recordSize, "_func")
  c.equal(offset("cuOffset", record), 32)
  c.equal(offset("funcID", record), 40)

  let types = lines(root, "internal/abi/type.go")
  let type = fields(block(types, after: "type Type struct {", until: "}"))
  c.equal(offset("TFlag", type), ABI.TypeDescriptor.tflag)
  c.equal(offset("Str", type), ABI.TypeDescriptor.string)
}
