/// What a `go.mod` file says (reference "Go Modules", "go.mod files"), as far as it decides
/// where packages are found.
public struct GoMod: Sendable {
  public struct Replace: Sendable {
    public var path: String
    /// "" for every version.
    public var version: String
    public var newPath: String
    /// "" for a directory.
    public var newVersion: String
  }
  public var module = ""
  /// Language version "go1.N"; go1.16 where the file says none.
  public var goVersion = "go1.16"
  public var requires: [(path: String, version: String)] = []
  public var replaces: [Replace] = []
  /// `use` lines of a go.work file.
  public var uses: [String] = []

  /// Parses the text of a go.mod or go.work file; unknown directives are passed over.
  public init(_ bytes: [UInt8]) {
    var block = ""
    for line in String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: true)
    {
      var words = GoMod.words(line)
      if words.isEmpty { continue }
      if block.isEmpty {
        let verb = words.removeFirst()
        if words.first == "(" {
          block = verb
          continue
        }
        directive(verb, words)
      } else if words[0] == ")" {
        block = ""
      } else {
        directive(block, words)
      }
    }
  }

  private mutating func directive(_ verb: String, _ w: [String]) {
    switch verb {
    case "module": if let p = w.first { module = p }
    case "go":
      if let v = w.first, let n = minorVersion(v) { goVersion = "go1.\(n)" }
    case "require": if w.count >= 2 { requires.append((path: w[0], version: w[1])) }
    case "use": if let p = w.first { uses.append(p) }
    case "replace":
      guard let arrow = w.firstIndex(of: "=>"), arrow >= 1, arrow + 1 < w.count else { return }
      replaces.append(
        Replace(
          path: w[0], version: arrow > 1 ? w[1] : "", newPath: w[arrow + 1],
          newVersion: arrow + 2 < w.count ? w[arrow + 2] : ""))
    default: break
    }
  }

  /// The words of a line, quotes removed, up to a comment.
  private static func words(_ line: Substring) -> [String] {
    var out: [String] = []
    var rest = line
    while true {
      while let c = rest.first, c == " " || c == "\t" || c == "\r" { rest.removeFirst() }
      guard let c = rest.first, !rest.hasPrefix("//") else { return out }
      if c == "\"" || c == "`" {
        let body = rest.dropFirst().prefix { $0 != c }
        out.append(String(body))
        rest = rest.dropFirst(body.count + 2)
      } else if c == "(" || c == ")" {
        out.append(String(c))
        rest = rest.dropFirst()
      } else {
        let word = rest.prefix { $0 != " " && $0 != "\t" && $0 != "\r" && $0 != "(" && $0 != ")" }
        out.append(String(word))
        rest = rest.dropFirst(word.count)
      }
    }
  }
}

/// A module that packages are found in.
public struct Module: Sendable {
  public var path: String
  public var dir: String
  /// Language version of its packages, "go1.N".
  public var goVersion: String
  /// "" for a main module.
  public var version: String
  public var isMain: Bool { version.isEmpty }
}

/// The main modules around a directory and the modules they require.
public struct ModuleSet: Sendable {
  /// The longest paths first, so that the first match is the right one.
  public private(set) var modules: [Module] = []
  /// Directory of a `vendor` folder that holds all other packages, or "".
  public private(set) var vendor = ""
  public private(set) var hasMain = false

  /// The modules that govern `dir`: its go.work or the nearest go.mod upwards.
  public init(around dir: String) {
    if environment("GO111MODULE") == "off" { return }
    var d = dir
    var modDir = ""
    while true {
      if modDir.isEmpty && isRegularFile(d + "/go.mod") { modDir = d }
      if environment("GOWORK") != "off", let bytes = readFile(d + "/go.work") {
        let work = GoMod(bytes)
        for u in work.uses { addMain(absolutePath(u, in: d), work.replaces, base: d) }
        finish()
        return
      }
      if d == "/" { break }
      d = directoryName(d)
    }
    if modDir.isEmpty { return }
    addMain(modDir, [], base: modDir)
    finish()
  }

  private mutating func finish() {
    modules.sort { $0.path.utf8.count > $1.path.utf8.count }
    hasMain = modules.contains { $0.isMain }
  }

  private mutating func addMain(_ dir: String, _ workReplaces: [GoMod.Replace], base: String) {
    guard let bytes = readFile(dir + "/go.mod") else { return }
    let mod = GoMod(bytes)
    modules.append(Module(path: mod.module, dir: dir, goVersion: mod.goVersion, version: ""))
    if isRegularFile(dir + "/vendor/modules.txt") && (minorVersion(mod.goVersion) ?? 0) >= 14 {
      vendor = dir + "/vendor"
    }
    for r in mod.requires {
      let replace =
        workReplaces.first { $0.path == r.path && ($0.version.isEmpty || $0.version == r.version) }
        ?? mod.replaces.first {
          $0.path == r.path && ($0.version.isEmpty || $0.version == r.version)
        }
      addRequired(r.path, r.version, replace, base: replace == nil ? base : dir)
    }
    // A replaced module may be used without being required directly.
    for r in mod.replaces where !mod.requires.contains(where: { $0.path == r.path }) {
      addRequired(r.path, "v0.0.0", r, base: dir)
    }
  }

  private mutating func addRequired(
    _ path: String, _ version: String, _ replace: GoMod.Replace?, base: String
  ) {
    if modules.contains(where: { $0.path == path }) { return }
    var dir = ModuleSet.cacheDir(path, version)
    var v = version
    if let r = replace {
      if r.newVersion.isEmpty {
        dir = absolutePath(r.newPath, in: base)
      } else {
        dir = ModuleSet.cacheDir(r.newPath, r.newVersion)
        v = r.newVersion
      }
    }
    var goVersion = "go1.16"
    if let bytes = readFile(dir + "/go.mod") { goVersion = GoMod(bytes).goVersion }
    modules.append(Module(path: path, dir: dir, goVersion: goVersion, version: v))
  }

  /// The directory of a module in the module cache; capital letters are written `!x`.
  private static func cacheDir(_ path: String, _ version: String) -> String {
    func escape(_ s: String) -> String {
      var out = ""
      for c in s {
        if c.isASCII && c.isUppercase { out += "!" + c.lowercased() } else { out.append(c) }
      }
      return out
    }
    let home = environment("HOME") ?? ""
    let gopath = environment("GOPATH")?.split(separator: ":").first.map(String.init)
    let cache = environment("GOMODCACHE") ?? (gopath ?? home + "/go") + "/pkg/mod"
    return cache + "/" + escape(path) + "@" + escape(version)
  }

  /// The module that owns an import path, and the directory of the package in it, if there is one.
  public func find(_ importPath: String) -> (module: Module, dir: String)? {
    for m in modules where importPath == m.path || importPath.hasPrefix(m.path + "/") {
      let dir = m.dir + importPath.dropFirst(m.path.count)
      if !m.isMain && !vendor.isEmpty {
        let v = vendor + "/" + importPath
        if isDirectory(v) { return (m, v) }
        continue
      }
      if isDirectory(dir) { return (m, dir) }
    }
    return nil
  }

  /// The module that a directory lies in.
  public func owner(ofDirectory dir: String) -> Module? {
    modules.filter { dir == $0.dir || dir.hasPrefix($0.dir + "/") }
      .max { $0.dir.utf8.count < $1.dir.utf8.count }
  }
}
