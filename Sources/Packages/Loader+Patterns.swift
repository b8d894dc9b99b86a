import Base
import Syntax

// Patterns of the command line: `./dir/...`, `path/...` with `...` anywhere, `std`, `cmd`.

extension Loader {
  /// Import paths or directories for one argument.
  func expand(_ argument: String) throws(PackageError) -> [String] {
    if argument == "std" { return standardPackages(below: "", commands: false) }
    if argument == "cmd" { return standardPackages(below: "cmd", commands: true) }
    guard let dots = argument.range(of: "...") else { return [argument] }
    let head = argument[..<dots]
    // The walk begins in the directory that the text before the dots names in full.
    let top = String(
      head[..<(head.lastIndex(of: "/").map { argument.index(after: $0) } ?? head.startIndex)])
    var out: [String] = []
    if isLocal(argument) {
      let base = absolutePath(top, in: cwd)
      collect(base, &out, isTop: true)
      let pattern = (base == "/" ? "" : base) + "/" + argument.dropFirst(top.utf8.count)
      out.removeAll { !Loader.matches(pattern, $0) }
    } else {
      let first = argument.prefix { $0 != "/" && $0 != "." }
      out = standardPackages(below: top, commands: first == "cmd")
      for m in modules.modules where m.isMain {
        var dirs: [String] = []
        collect(m.dir, &dirs, isTop: true)
        out += dirs.map { m.path + $0.dropFirst(m.dir.count) }
      }
      out.removeAll { !Loader.matches(argument, $0) }
    }
    if out.isEmpty { throw PackageError("pattern \(argument): matched no packages") }
    return out
  }

  func isLocal(_ path: String) -> Bool {
    path == "." || path == ".." || path.hasPrefix("./") || path.hasPrefix("../")
      || path.hasPrefix("/")
  }

  /// Whether `path` is an instance of a pattern in which `...` stands for any text. `x/...` includes x.
  static func matches(_ pattern: String, _ path: String) -> Bool {
    if pattern.hasSuffix("/...") && path == pattern.dropLast(4) { return true }
    let pattern = Array(pattern.utf8)
    let path = Array(path.utf8)
    let dot = UInt8(ascii: ".")
    // After a failure, the last dots take one byte more.
    var i = 0
    var j = 0
    var retry: (i: Int, j: Int)? = nil
    while j < path.count || i < pattern.count {
      if i + 2 < pattern.count && pattern[i] == dot && pattern[i + 1] == dot
        && pattern[i + 2] == dot
      {
        i += 3
        retry = (i: i, j: j)
      } else if i < pattern.count && j < path.count && pattern[i] == path[j] {
        i += 1
        j += 1
      } else if let r = retry, r.j < path.count {
        i = r.i
        j = r.j + 1
        retry = (i: i, j: j)
      } else {
        return false
      }
    }
    return true
  }

  /// Directories below `dir` that hold Go files for this build.
  private func collect(_ dir: String, _ out: inout [String], isTop: Bool) {
    guard let names = listDirectory(dir) else { return }
    if !isTop && names.contains("go.mod") { return }
    let hasFiles = names.contains { name in
      guard name.hasSuffix(".go"), includesTests || !name.hasSuffix("_test.go"),
        context.matchesName(name),
        let bytes = readFile(dir + "/" + name)
      else { return false }
      let h = FileHeader(bytes: bytes)
      return context.matches(h, bytes) && (allowsC || !h.importsC)
    }
    if hasFiles { out.append(dir) }
    for n in names where !n.hasPrefix(".") && !n.hasPrefix("_") && n != "testdata" && n != "vendor"
    {
      let sub = dir + "/" + n
      if isDirectory(sub) && !isSymbolicLink(sub) { collect(sub, &out, isTop: false) }
    }
  }

  /// Import paths of the standard library below `top`, which is empty or ends in a slash; commands
  /// only if asked for.
  private func standardPackages(below top: String, commands: Bool) -> [String] {
    var dirs: [String] = []
    collect(absolutePath(top, in: goroot.src), &dirs, isTop: true)
    let skip = goroot.src.utf8.count + 1
    return dirs.map { String(decoding: $0.utf8.dropFirst(skip), as: UTF8.self) }
      .filter {
        !$0.isEmpty && $0 != "builtin" && commands == ($0 == "cmd" || $0.hasPrefix("cmd/"))
      }
  }
}

extension String {
  /// The range of the first occurrence of `s`.
  fileprivate func range(of s: String) -> String.Index? {
    var i = startIndex
    while i < endIndex {
      if self[i...].hasPrefix(s) { return i }
      i = index(after: i)
    }
    return nil
  }
}
