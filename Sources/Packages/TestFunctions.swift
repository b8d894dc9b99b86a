import Base
import Syntax

/// What the test files of a package offer to the generated test program.
struct TestFunctions {
  struct Entry {
    /// Qualifier in the generated program: "_test" or "_xtest".
    var qualifier: String
    var name: String
    /// Of an example: what it must print, as bytes of UTF-8.
    var output: [UInt8] = []
    /// The lines of the output may come in any order.
    var isUnordered = false
  }
  var tests: [Entry] = []
  var benchmarks: [Entry] = []
  var fuzzTargets: [Entry] = []
  var examples: [Entry] = []
  var main: Entry? = nil
  /// Qualifiers whose package has a function to call.
  var used: Set<String> = []

  /// Adds the functions of one file. Throws the complaint about one of the wrong signature.
  mutating func add(_ file: PackageFile, qualifier: String) throws(PackageError) {
    let tree = parse(file: .none, path: file.shown, bytes: file.bytes, base: 1)
    for n in tree.each(tree.decls) where tree.kind(n) == .funcDecl {
      let f = tree.funcDecl(n)
      guard f.recv.isNone, f.name.isSome, tree.kind(f.name) == .name,
        tree.kind(f.type) == .funcType
      else { continue }
      let entry = Entry(qualifier: qualifier, name: tree.names.string(tree.name(f.name)))
      if let list = TestFunctions.list(of: entry.name) {
        let isTestMain = entry.name == "TestMain" && !takes("T", f, tree)
        if let why = complaint(entry.name, isTestMain ? "M" : list.argument, f, tree) {
          let (line, column) = place(tree.pos(n), tree, file.bytes)
          throw PackageError("\(file.path):\(line):\(column): \(why)")
        }
        used.insert(qualifier)
        if !isTestMain {
          self[keyPath: list.path].append(entry)
        } else if main != nil {
          throw PackageError("multiple definitions of TestMain")
        } else {
          main = entry
        }
      } else if TestFunctions.isTest(entry.name, "Example") {
        addExample(entry, f, tree, file.bytes)
      }
    }
  }

  /// Where functions of a name go, and the type of package testing that they take.
  private static func list(
    of name: String
  ) -> (path: WritableKeyPath<TestFunctions, [Entry]>, argument: String)? {
    if isTest(name, "Test") { return (\.tests, "T") }
    if isTest(name, "Benchmark") { return (\.benchmarks, "B") }
    if isTest(name, "Fuzz") { return (\.fuzzTargets, "F") }
    return nil
  }

  /// The prefix alone, or followed by something that is no small letter.
  private static func isTest(_ name: String, _ prefix: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    guard let next = name.unicodeScalars.dropFirst(prefix.unicodeScalars.count).first else {
      return true
    }
    return next.properties.generalCategory != .lowercaseLetter
  }

  /// One parameter of type *X.argument or *argument, and no result.
  private func takes(_ argument: String, _ f: SyntaxTree.FuncDecl, _ tree: SyntaxTree) -> Bool {
    let (params, results) = tree.funcType(f.type)
    guard params.count == 1, results.isEmpty else { return false }
    let type = tree.field(tree[params, 0]).type
    guard tree.kind(type) == .unary else { return false }
    let (op, x) = tree.unary(type)
    if op != .mul { return false }
    let name = tree.kind(x) == .selector ? tree.selector(x).sel : x
    return tree.kind(name) == .name && tree.names.string(tree.name(name)) == argument
  }

  private func complaint(
    _ name: String, _ argument: String, _ f: SyntaxTree.FuncDecl, _ tree: SyntaxTree
  ) -> String? {
    if !f.typeParams.isEmpty {
      return "wrong signature for \(name), test functions cannot have type parameters"
    }
    if takes(argument, f, tree) { return nil }
    return "wrong signature for \(name), must be: "
      + "func \(name)(\(argument.lowercased()) *testing.\(argument))"
  }

  /// Line and column of the keyword in front of a function's name.
  private func place(_ name: Pos, _ tree: SyntaxTree, _ bytes: [UInt8]) -> (line: Int, column: Int)
  {
    var offset = Int(name.offset) - 1
    while offset > 0 && !bytes[offset...].starts(with: "func".utf8) { offset -= 1 }
    var line = 0
    while line + 1 < tree.lineStarts.count && tree.lineStarts[line + 1] <= offset { line += 1 }
    return (line + 1, offset - Int(tree.lineStarts[line]) + 1)
  }

  private mutating func addExample(
    _ entry: Entry, _ f: SyntaxTree.FuncDecl, _ tree: SyntaxTree, _ bytes: [UInt8]
  ) {
    let (params, results) = tree.funcType(f.type)
    guard params.isEmpty, results.isEmpty, f.typeParams.isEmpty, f.body.isSome,
      tree.kind(f.body) == .block
    else { return }
    let start = Int(tree.pos(f.body).offset) - 1
    let end = Int(tree.block(f.body).rbrace.offset) - 1
    guard start >= 0, end <= bytes.count, start < end else { return }
    // An example without output is compiled but not run.
    guard let output = ExampleOutput(lastCommentOf: bytes[start..<end]) else { return }
    used.insert(entry.qualifier)
    var e = entry
    e.output = output.text
    e.isUnordered = output.isUnordered
    examples.append(e)
  }
}

/// The output that the last comment of an example's body announces.
struct ExampleOutput {
  var text: [UInt8]
  var isUnordered = false

  /// Nil if the last group of comments in `body` does not begin with "Output:".
  init?(lastCommentOf body: ArraySlice<UInt8>) {
    var lines = ExampleOutput.plain(ExampleOutput.lastGroup(body))
    guard let first = lines.first else { return nil }
    var rest = first.drop { $0 == 0x20 || $0 == 0x09 }
    func skip(_ word: String) -> Bool {
      let n = word.utf8.count
      let head = rest.prefix(n).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
      if !head.elementsEqual(word.utf8) { return false }
      rest = rest.dropFirst(n)
      return true
    }
    isUnordered = skip("unordered ")
    if !skip("output:") { return nil }
    if rest.first == 0x20 { rest = rest.dropFirst() }
    lines[0] = Array(rest)
    if rest.isEmpty { lines.removeFirst() }
    text = Array(lines.joined(separator: [0x0A]))
    if !lines.isEmpty { text.append(0x0A) }
  }

  /// The comments of the last group: comments with no more than a line's end between them.
  private static func lastGroup(_ b: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var group: [ArraySlice<UInt8>] = []
    var newlines = 2  // since the last comment
    var isBehindCode = true  // on the same line
    var groupIsBehindCode = false
    var i = b.startIndex
    func at(_ k: Int) -> UInt8 { k < b.endIndex ? b[k] : 0 }
    while i < b.endIndex {
      let c = b[i]
      let start = i
      if c == 0x2F && (at(i + 1) == 0x2F || at(i + 1) == 0x2A) {
        let isLine = at(i + 1) == 0x2F
        i += 2
        if isLine {
          while i < b.endIndex && b[i] != 0x0A { i += 1 }
        } else {
          while i < b.endIndex && !(b[i] == 0x2A && at(i + 1) == 0x2F) { i += 1 }
          i = min(i + 2, b.endIndex)
        }
        if newlines > 1 || (groupIsBehindCode && newlines > 0) {
          group = []
          groupIsBehindCode = isBehindCode
        }
        group.append(b[start..<i])
        newlines = 0
        continue
      }
      i += 1
      if c == 0x0A {
        newlines += 1
        isBehindCode = false
      } else if c != 0x20 && c != 0x09 && c != 0x0D {
        newlines = 2
        isBehindCode = true
        if c == 0x22 || c == 0x27 || c == 0x60 {
          while i < b.endIndex && b[i] != c { i += b[i] == 0x5C && c != 0x60 ? 2 : 1 }
          i = min(i + 1, b.endIndex)
        }
      }
    }
    return group
  }

  /// The text of comments: markers, directives, white space at the ends of lines, and blank lines
  /// at both ends are gone; of several blank lines one is left.
  private static func plain(_ group: [ArraySlice<UInt8>]) -> [[UInt8]] {
    var lines: [ArraySlice<UInt8>] = []
    for c in group {
      var t = c.dropFirst(2)
      if c[c.startIndex + 1] == 0x2A {
        lines += t.dropLast(2).split(separator: 0x0A, omittingEmptySubsequences: false)
        continue
      }
      if t.first == 0x20 {
        t = t.dropFirst()
      } else if isDirective(t) {
        continue
      }
      lines.append(t)
    }
    var out: [[UInt8]] = []
    for l in lines {
      var t = l
      while let last = t.last, last == 0x20 || last == 0x09 || last == 0x0D { t.removeLast() }
      if t.isEmpty && out.last?.isEmpty ?? true { continue }
      out.append(Array(t))
    }
    while out.last?.isEmpty ?? false { out.removeLast() }
    return out
  }

  /// Like "go:build" or "line ": addressed to tools.
  private static func isDirective(_ t: ArraySlice<UInt8>) -> Bool {
    if t.starts(with: "line ".utf8) { return true }
    func isSmall(_ c: UInt8) -> Bool { (c >= 0x61 && c <= 0x7A) || (c >= 0x30 && c <= 0x39) }
    guard let colon = t.firstIndex(of: 0x3A), colon > t.startIndex, colon + 1 < t.endIndex else {
      return false
    }
    return t[..<colon].allSatisfy(isSmall) && isSmall(t[colon + 1])
  }
}
