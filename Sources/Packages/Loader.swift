import Base
import Syntax

/// Finds the packages of a program: from what the command line names to everything that is
/// imported, files selected, in an order that depends on nothing but the sources.
public struct Loader {
  public let goroot: Goroot
  public let overlay: Overlay
  public let modules: ModuleSet
  public var context: BuildContext
  /// Directory that relative arguments and shown paths refer to.
  public let cwd: String
  /// Packages that every program needs although nobody imports them.
  public var implicit: [String] = []
  /// `import "C"` does not exclude a file.
  public var allowsC = false
  /// Broken files and missing packages are left for the type checker to complain about.
  public var isTolerant = false

  /// Patterns match directories that hold nothing but tests, too.
  var includesTests = false
  /// The package whose test files are wanted, "" for none.
  var testedPath = ""

  /// Told of each Go file that is no test as soon as it is selected, with its package as far as known: its import path
  /// and whether it is the standard library's.
  public var accepted: ((inout PackageFile, Package) -> Void)?

  /// Packages in the order in which they were met; their ids are given at the end.
  var found: [Package] = []
  var importsOf: [[(path: String, target: Int)]] = []
  private var byPath: [String: Int] = [:]
  var errors: [String] = []

  public init(
    goroot: Goroot, overlay: Overlay, context: BuildContext, cwd: String = workingDirectory()
  ) {
    self.goroot = goroot
    self.overlay = overlay
    self.context = context
    self.cwd = cwd
    modules = ModuleSet(around: cwd)
  }

  // MARK: Roots

  /// Loads the packages that `arguments` name (import paths, `./dir`, `./...`, `std`, or Go
  /// files) and all they need. Throws what `go build` would say about the first problem.
  public mutating func load(_ arguments: [String]) throws(PackageError) -> PackageGraph {
    let arguments = arguments.isEmpty ? ["."] : arguments
    var roots: [Int] = []
    if arguments.contains(where: { $0.hasSuffix(".go") }) {
      roots.append(try loadFiles(arguments))
    } else {
      for a in arguments {
        for path in try expand(a) {
          let i = try loadRoot(path)
          if !roots.contains(i) { roots.append(i) }
        }
      }
    }
    for p in implicit { _ = try require(p, from: nil, at: "") }
    try loadImports()
    if !errors.isEmpty { throw PackageError(errors.joined(separator: "\n")) }
    return try order(roots)
  }

  /// A package of its own for Go files named on the command line.
  mutating func loadFiles(_ paths: [String]) throws(PackageError) -> Int {
    var p = Package()
    p.importPath = "command-line-arguments"
    p.isRoot = true
    p.isLocal = true
    for a in paths {
      if !a.hasSuffix(".go") {
        throw PackageError("named files must all be .go files: \(a)", status: 1)
      }
      let path = absolutePath(a, in: cwd)
      let dir = directoryName(path)
      if p.dir.isEmpty { p.dir = dir }
      if dir != p.dir {
        throw PackageError("named files must all be in one directory; have \(p.dir) and \(dir)")
      }
      if isDirectory(path) { throw PackageError("\(a) is a directory, not a Go file") }
      guard let bytes = readFile(path) else {
        throw PackageError("open \(a): \(systemErrorText())")
      }
      let f = PackageFile(
        path: path, shown: shown(path), bytes: bytes,
        header: isTolerant ? FileHeader(tolerant: bytes) : FileHeader(bytes: bytes))
      // A file named explicitly belongs to the build whatever its name and its constraints.
      p.files.append(f)
    }
    if let m = modules.owner(ofDirectory: p.dir) {
      p.modulePath = m.path
      p.goVersion = m.goVersion
    } else if p.dir.hasPrefix(goroot.src + "/") {
      p.isStd = true
    }
    try setName(&p)
    return add(p)
  }

  private mutating func loadRoot(_ argument: String) throws(PackageError) -> Int {
    let i = try require(try rootPath(argument), from: nil, at: "")
    found[i].isRoot = true
    return i
  }

  /// The import path of what the command line names.
  func rootPath(_ argument: String) throws(PackageError) -> String {
    if !isLocal(argument) { return argument }
    let dir = absolutePath(argument, in: cwd)
    if dir.hasPrefix(goroot.src + "/") {
      return String(decoding: dir.utf8.dropFirst(goroot.src.utf8.count + 1), as: UTF8.self)
    }
    if !isDirectory(dir) { throw PackageError("stat \(dir): directory not found") }
    if let m = modules.owner(ofDirectory: dir) { return m.path + dir.dropFirst(m.dir.count) }
    for root in gopath() {
      let src = absolutePath(root, in: cwd) + "/src/"
      if dir.hasPrefix(src) { return String(dir.dropFirst(src.count)) }
    }
    throw PackageError(
      "go: go.mod file not found in current directory or any parent directory; "
        + "see 'go help modules'")
  }

  // MARK: Packages

  mutating func add(_ p: Package) -> Int {
    byPath[p.importPath] = found.count
    found.append(p)
    importsOf.append([])
    return found.count - 1
  }

  private func shown(_ path: String) -> String {
    let s = shortPath(path, from: cwd)
    return s.hasPrefix("/") || s.contains("/") ? s : "./" + s
  }

  /// The package `path`, loaded now if it is new. `place` is the position of the import for
  /// messages, with a colon and a space, or "".
  mutating func require(
    _ path: String, from importer: Int?, at place: String
  ) throws(PackageError) -> Int {
    if !Loader.isImportPath(path) {
      throw PackageError(place + "malformed import path \"\(path)\"")
    }
    var path = path
    let fromStd = importer.map { found[$0].isStd } ?? false
    if fromStd, let importer {
      // The standard library and its commands each have a vendor folder.
      let isCommand = found[importer].importPath.hasPrefix("cmd/")
      if isCommand && path.prefix(while: { $0 != "/" }).contains(".") {
        path = "cmd/vendor/" + path
      } else if path.hasPrefix("golang.org/x/") {
        path = "vendor/" + path
      }
    }
    if let i = byPath[path] { return i }
    let plain = withoutMajorVersion(path)
    if plain != path { return try require(plain, from: importer, at: place) }
    var p = Package()
    p.importPath = path
    let firstPart = path.prefix { $0 != "/" }
    if overlay.provides(path) || (!firstPart.contains(".") && isDirectory(goroot.src + "/" + path))
    {
      p.isStd = true
      p.dir = goroot.src + "/" + path
    } else if let (m, dir) = modules.find(path) {
      p.dir = dir
      p.modulePath = m.path
      p.moduleVersion = m.version
      p.goVersion = m.goVersion
      p.isLocal = m.isMain
    } else if let dir = inGopath(path) {
      p.dir = dir
      p.isLocal = true
    } else {
      throw PackageError(place + missing(path, firstPart.contains(".")))
    }
    try selectFiles(&p, place)
    return add(p)
  }

  /// Whether `path` can be part of a file name without surprise.
  private static func isImportPath(_ path: String) -> Bool {
    if path.isEmpty || path.hasPrefix("/") || path.hasPrefix("-") || path.hasSuffix("/") {
      return false
    }
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      if part.isEmpty || part == "." || part == ".." { return false }
    }
    return path.utf8.allSatisfy {
      $0 > 0x20 && !"!\"#$%&'()*,:;<=>?[\\]^`{|}\u{7F}".utf8.contains($0)
    }
  }

  private func inGopath(_ path: String) -> String? {
    for r in gopath() {
      let dir = r + "/src/" + path
      if isDirectory(dir) { return dir }
    }
    return nil
  }

  /// In GOPATH a module's version 2 and so on may lie where version 1 did: `a/v2/b` is then `a/b`.
  private func withoutMajorVersion(_ path: String) -> String {
    if gopath().isEmpty || !path.contains("/v") || inGopath(path) != nil { return path }
    let parts = path.split(separator: "/")
    let version = parts.firstIndex { (part) -> Bool in
      part.first == "v" && part != "v1" && part != "v0" && part.count > 1
        && part.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    }
    guard let version, version > 0 else { return path }
    let plain = (parts[..<version] + parts[(version + 1)...]).joined(separator: "/")
    return inGopath(plain) == nil ? path : plain
  }

  /// The directories of GOPATH, if packages are looked for there.
  private func gopath() -> [String] {
    guard environment("GO111MODULE") == "off" else { return [] }
    let roots = environment("GOPATH") ?? (environment("HOME") ?? "") + "/go"
    return roots.split(separator: ":").map { String($0) }
  }

  private func missing(_ path: String, _ hasDot: Bool) -> String {
    if modules.modules.contains(where: { $0.isMain && path.hasPrefix($0.path + "/") }) {
      return "package \(path) is not in the main module"
    }
    if !hasDot { return "package \(path) is not in std (\(goroot.src)/\(path))" }
    return "no required module provides package \(path); to add it:\n\tgo get \(path)"
  }

  /// Chooses the files of a package in a directory, the overlay's changes included.
  private func selectFiles(_ p: inout Package, _ place: String) throws(PackageError) {
    var context = self.context
    let entry = p.isStd ? overlay.entry(p.importPath) : nil
    for t in entry?.tags ?? [] {
      if t.hasPrefix("!") { context.offTags.append(String(t.dropFirst())) }
      if !t.hasPrefix("!") { context.tags.append(t) }
    }
    var candidates: [String] = []
    let overlayDir = overlay.directory(p.importPath)
    if let e = entry, e.isReplaced {
      for f in listDirectory(overlayDir) ?? [] { candidates.append(overlayDir + "/" + f) }
      for f in e.takes { candidates.append(p.dir + "/" + f) }
      if p.importPath == testedPath {
        for f in listDirectory(p.dir) ?? [] where f.hasSuffix("_test.go") {
          candidates.append(p.dir + "/" + f)
        }
      }
    } else {
      let gone = (entry?.drops ?? []) + (entry?.adds ?? [])
      for f in listDirectory(p.dir) ?? [] where !gone.contains(f) {
        candidates.append(p.dir + "/" + f)
      }
      for f in entry?.drops ?? [] where !isRegularFile(p.dir + "/" + f) {
        throw PackageError("overlay: drop \(p.importPath) \(f): GOROOT has no such file")
      }
      for f in entry?.adds ?? [] { candidates.append(overlayDir + "/" + f) }
    }
    candidates.sort { baseName($0).utf8.lexicographicallyPrecedes(baseName($1).utf8) }
    p.includeDirs = [p.dir]
    if entry != nil { p.includeDirs.insert(overlayDir, at: 0) }
    var excluded = 0
    for path in candidates {
      let name = baseName(path)
      if !(name.hasSuffix(".go") || name.hasSuffix(".s")) { continue }
      if name.hasSuffix("_test.go") {
        if p.importPath == testedPath { _ = try select(path, name, context, [], &p, place) }
        continue
      }
      let isTaken = entry.map { $0.takes.contains(name) } ?? false
      if isTaken && !isRegularFile(path) {
        throw PackageError("overlay: take \(p.importPath) \(name): GOROOT has no such file")
      }
      let renames = entry?.renames.filter { $0.file == name } ?? []
      if try select(path, name, context, renames, &p, place) { continue }
      excluded += 1
      if isTaken {
        throw PackageError("overlay: take \(p.importPath) \(name): build constraints exclude it")
      }
    }
    if p.files.isEmpty && p.testFiles.isEmpty && p.xtestFiles.isEmpty {
      if excluded > 0 {
        throw PackageError(
          place + "package \(p.importPath): build constraints exclude all Go files in \(p.dir)")
      }
      throw PackageError(
        place
          + (p.isLocal
            ? "no Go files in \(p.dir)" : "package \(p.importPath): no Go files in \(p.dir)"))
    }
    try setName(&p)
  }

  /// Adds a file to the package if the constraints admit it.
  private func select(
    _ path: String, _ name: String, _ context: BuildContext, _ renames: [Overlay.Rename],
    _ p: inout Package, _ place: String
  ) throws(PackageError) -> Bool {
    if !context.matchesName(name) || !isRegularFile(path) { return false }
    guard var bytes = readFile(path) else {
      throw PackageError(place + "open \(shown(path)): \(systemErrorText())")
    }
    for r in renames {
      guard let changed = r.apply(to: bytes) else {
        throw PackageError("overlay: rename \(p.importPath) \(name): it does not declare \(r.old)")
      }
      bytes = changed
    }
    if name.hasSuffix(".s") {
      let line = buildLine(ofAssembly: bytes)
      if context.matches(buildLine: line.isEmpty ? plusBuildExpression(of: bytes) : line) {
        p.assembly.append(path)
      }
      return true
    }
    let header = FileHeader(bytes: bytes)
    if !context.matches(header, bytes) { return false }
    if header.importsC && !allowsC { return false }
    // Documentation only, never part of a build.
    if header.packageName == "documentation" { return true }
    var file = PackageFile(path: path, shown: shown(path), bytes: bytes, header: header)
    if !name.hasSuffix("_test.go") {
      accepted?(&file, p)
      p.files.append(file)
    } else if header.packageName.hasSuffix("_test")
      && header.packageName != p.files.first?.header.packageName
    {
      p.xtestFiles.append(file)
    } else {
      p.testFiles.append(file)
    }
    return true
  }

  /// All files must agree on the package's name.
  func setName(_ p: inout Package) throws(PackageError) {
    var first = ""
    for f in p.files where !f.header.packageName.isEmpty {
      if p.name.isEmpty {
        p.name = f.header.packageName
        first = f.name
      } else if p.name != f.header.packageName && p.importPath != "command-line-arguments" {
        throw PackageError(
          "found packages \(p.name) (\(first)) and \(f.header.packageName) (\(f.name)) in \(p.dir)")
      }
    }
  }

  // MARK: Imports

  /// Loads what the packages import, until nothing new turns up.
  mutating func loadImports() throws(PackageError) {
    var i = 0
    while i < found.count {
      var paths: [(path: String, place: String)] = []
      var seen = Set<String>()
      for f in found[i].files {
        for imp in f.header.imports where seen.insert(imp.path).inserted {
          let (line, column) = f.header.lineAndColumn(imp.offset)
          let file = f.shown.hasPrefix("./") ? String(f.shown.dropFirst(2)) : f.shown
          paths.append((path: imp.path, place: "\(file):\(line):\(column): "))
        }
      }
      paths.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
      var edges: [(path: String, target: Int)] = []
      for (path, place) in paths {
        if path == "unsafe" || path == "C" || path.isEmpty {
          edges.append((path: path, target: -1))
          continue
        }
        do throws(PackageError) {
          let t = try resolve(path, importer: i, place)
          edges.append((path: path, target: t))
        } catch {
          if !isTolerant { errors.append(error.message) }
          edges.append((path: path, target: -1))
        }
      }
      importsOf[i] = edges
      i += 1
    }
  }

  private mutating func resolve(
    _ path: String, importer i: Int, _ place: String
  ) throws(PackageError) -> Int {
    var full = path
    if path.hasPrefix("./") || path.hasPrefix("../") {
      let dir = absolutePath(path, in: found[i].dir)
      guard let m = modules.owner(ofDirectory: dir) else {
        throw PackageError(
          place + "\"\(path)\" is relative, but relative import paths are not supported in "
            + "module mode")
      }
      full = m.path + dir.dropFirst(m.dir.count)
    }
    let t = try require(full, from: i, at: place)
    try checkAllowed(found[t], by: found[i], place)
    return t
  }

  /// "internal" packages are for the tree around them; programs cannot be imported.
  private func checkAllowed(
    _ p: Package, by importer: Package, _ place: String
  ) throws(PackageError) {
    if importer.isTestMain || importer.testOf == p.importPath { return }
    if p.name == "main" {
      throw PackageError(
        place + "import \"\(p.importPath)\" is a program, not an importable package")
    }
    if importer.isStd && p.isStd { return }
    let parts = p.importPath.split(separator: "/")
    guard let k = parts.lastIndex(of: "internal") else { return }
    if p.isStd {
      throw PackageError(place + "use of internal package \(p.importPath) not allowed")
    }
    let root = parts[..<k].joined(separator: "/")
    var path = importer.testOf.isEmpty ? importer.importPath : importer.testOf
    if path == "command-line-arguments" {
      guard let m = modules.owner(ofDirectory: importer.dir) else { return }
      path = m.path + importer.dir.dropFirst(m.dir.count)
    }
    if path == root || path.hasPrefix(root + "/") || root.isEmpty { return }
    throw PackageError(place + "use of internal package \(p.importPath) not allowed")
  }

  // MARK: Order

  /// Numbers the packages, dependencies first, ties by import path.
  func order(_ roots: [Int]) throws(PackageError) -> PackageGraph {
    var state = [UInt8](repeating: 0, count: found.count)  // 1: entered, 2: done
    var sequence: [Int] = []
    var path: [Int] = []
    let starts = (0..<found.count).sorted {
      found[$0].importPath.utf8.lexicographicallyPrecedes(found[$1].importPath.utf8)
    }
    // Depth-first with an explicit stack of (package, next import).
    for s in starts where state[s] == 0 {
      var work: [(p: Int, next: Int)] = [(p: s, next: 0)]
      state[s] = 1
      path.append(s)
      while let top = work.last {
        if top.next < importsOf[top.p].count {
          work[work.count - 1].next += 1
          let t = importsOf[top.p][top.next].target
          if t < 0 || state[t] == 2 { continue }
          if state[t] == 1 { throw cycle(path, t) }
          state[t] = 1
          path.append(t)
          work.append((p: t, next: 0))
        } else {
          state[top.p] = 2
          sequence.append(top.p)
          path.removeLast()
          work.removeLast()
        }
      }
    }
    var graph = PackageGraph()
    var ids = [PackageID](repeating: .none, count: found.count)
    for (i, p) in sequence.enumerated() { ids[p] = PackageID(i + 1) }
    for i in sequence {
      var p = found[i]
      p.id = ids[i]
      p.imports = importsOf[i].map { e in
        PackageImport(path: e.path, package: e.target < 0 ? .none : ids[e.target])
      }
      graph.packages.append(p)
    }
    graph.roots = roots.map { ids[$0] }
    return graph
  }

  private func cycle(_ path: [Int], _ back: Int) -> PackageError {
    var text = ""
    let from = path.firstIndex(of: back) ?? 0
    for (k, i) in path[from...].enumerated() {
      text += (k == 0 ? "package " : "\n\timports ") + found[i].importPath
    }
    let inTest = path[from...].contains { found[$0].isTested } ? " in test" : ""
    return PackageError(
      text + "\n\timports \(found[back].importPath): import cycle not allowed\(inTest)")
  }
}
