import Base
import Packages
import Syntax
import Types

/// A program after the front end: its packages, sources, syntax and types.
///
/// The back half of the pipeline reads `graph` (packages, dependencies first), `trees` and, once
/// `check` has run, `checker`.
public final class Program {
  public let options: Options
  public let cwd: String
  public let goroot: Goroot
  public let overlay: Overlay
  public private(set) var graph = PackageGraph()
  public internal(set) var sources = SourceMap()
  /// Syntax trees by package, files in the package's order.
  public private(set) var trees: IDTable<Packages.PackageID, [SyntaxTree]>
  /// Ids of the files of each package.
  public private(set) var fileIDs: IDTable<Packages.PackageID, [FileID]>
  /// The checker's name for each package.
  public private(set) var checked: IDTable<Packages.PackageID, Types.PackageID>
  public private(set) var checker: Checker!
  public var timing = Timing()
  /// What the phases behind the front end hold. Taking it apart is left to those who make another program in the same
  /// process: it takes longer than writing the result.
  var kept: Any?
  /// Number of the checker's errors that have been printed.
  var reportedErrors = 0
  /// Packages in which errors were found, or that need one such.
  private var failed: Set<Packages.PackageID> = []
  private var names = Interner.seeded(capacity: 1 << 14)
  private var ahead: ParseAhead?

  public init(_ options: Options) throws(PackageError) {
    self.options = options
    cwd = workingDirectory()
    goroot = try Goroot.locate()
    overlay = options.json ? .none : try Overlay.locate()
    trees = IDTable(none: [])
    fileIDs = IDTable(none: [])
    checked = IDTable(none: .none)
  }

  // MARK: Phases

  /// Finds the packages and selects their files, which are parsed as they are found if `parsing`.
  public func load(implicit: [String] = [], parsing: Bool = false) throws(PackageError) {
    CrashContext.set("packages")
    var loader = self.loader
    loader.implicit = implicit
    if parsing {
      ahead = ParseAhead(threads: options.threads)
      loader.accepted = { [unowned self] f, p in
        f.file = startParsing(f, p)
      }
    }
    graph = try loader.load(options.arguments)
    timing.end("packages")
  }

  /// The same for the program that tests a package; false if there are no tests.
  func loadTest(of path: String, implicit: [String]) throws(PackageError) -> Bool {
    CrashContext.set("packages", path)
    var loader = self.loader
    loader.implicit = implicit
    guard let g = try loader.loadTest(path, files: options.arguments) else { return false }
    graph = g
    timing.end("packages")
    return true
  }

  var loader: Loader {
    var context = BuildContext()
    context.tags = options.tags
    var loader = Loader(goroot: goroot, overlay: overlay, context: context, cwd: cwd)
    loader.allowsC = options.fakeImportC
    loader.isTolerant = options.json
    return loader
  }

  /// Parses all files of all packages.
  public func parse() {
    CrashContext.set("parse")
    let ahead = self.ahead ?? ParseAhead(threads: options.threads)
    self.ahead = ahead
    for id in graph.packages.ids {
      let p = graph[id]
      fileIDs.append(p.files.map { $0.file.isSome ? $0.file : startParsing($0, p) })
    }
    let all = ahead.finish()
    self.ahead = nil
    // The order of the graph decides the numbers of names.
    for id in graph.packages.ids {
      let list = fileIDs[id].map { all[$0.index]! }
      for t in list {
        t.rename(into: &names)
        sources.setLines(t.file, starts: t.lineStarts, directives: t.lineDirectives)
      }
      trees.append(list)
    }
    timing.end("parse")
  }

  /// Numbers a file, and has it parsed.
  private func startParsing(_ f: PackageFile, _ p: Package) -> FileID {
    var o = ParseOptions()
    o.isStd = p.isStd
    o.isRuntime = o.isStd && Program.isRuntime(p.importPath)
    if options.json { o.branches = .checker }
    let file = sources.add(path: f.shown, bytes: f.bytes)
    ahead?.add(ParseInput(file, of: sources, options: o))
    return file
  }

  /// Packages in which the runtime's own directives are allowed.
  static func isRuntime(_ path: String) -> Bool {
    path == "runtime" || path.hasPrefix("runtime/internal/") || path == "internal/runtime"
      || path.hasPrefix("internal/runtime/") || path == "reflect" || path == "syscall"
      || path == "internal/bytealg" || path == "internal/abi" || path == "internal/cpu"
      || path == "internal/chacha8rand" || path == "internal/coverage/rtcov"
      || path == "internal/goarch" || path == "internal/goos" || path == "internal/goexperiment"
      || path == "internal/profilerecord" || path == "internal/stringslite"
      || path == "internal/asan" || path == "internal/msan" || path == "internal/race"
      || path == "runtime/metrics" || path == "runtime/debug"
  }

  /// Checks the types of all packages, dependencies first, and prints what is wrong. `extent`
  /// decides how much of packages that are not roots. Returns false if there were errors.
  public func check(_ extent: Checker.Extent) -> Bool {
    CrashContext.set("types")
    checker = Checker(names: names, sources: sources)
    checker.config.fakeImportC = options.fakeImportC
    checker.config.hidesUnexported = !options.json
    if options.testFuncs { checker.ts.declareTestFunctions() }
    for id in graph.packages.ids { checkPackage(id, extent) }
    timing.end("types")
    return failed.isEmpty
  }

  private func checkPackage(_ id: Packages.PackageID, _ extent: Checker.Extent) {
    let p = graph[id]
    if p.imports.contains(where: { failed.contains($0.package) }) {
      failed.insert(id)
      checked.append(.none)
      return
    }
    CrashContext.set("types", p.importPath)
    var found: [Diagnostic] = []
    for t in trees[id] { found += t.diagnostics.list }
    let isBroken = found.contains { $0.message.hasPrefix("syntax error") }
    if isBroken && !options.json {
      report(id, found)
      checked.append(.none)
      return
    }
    var imports: [NameID: Types.PackageID] = [:]
    for i in p.imports where i.package.isSome {
      imports[checker.ts.names.intern(i.path)] = checked[i.package]
    }
    var minor = UInt16(minorVersion(p.goVersion) ?? Goroot.minor)
    if options.langMinor > 0 && (p.isRoot || p.isLocal) { minor = UInt16(options.langMinor) }
    let before = checker.diagnostics.list.count
    // The checker's own test data expects the package's name as its path.
    let path = options.json && p.isRoot ? p.name : p.linkPath
    let t = checker.add(
      path: checker.ts.names.intern(path), trees: trees[id], minor: minor,
      imports: imports, extent: p.isRoot || p.isLocal ? .everything : extent)
    checked.append(t)
    var types = Array(checker.diagnostics.list[before...])
    if !options.json { for i in types.indices { addVersion(&types[i], minor, id) } }
    found += types
    if found.isEmpty && !options.json {
      found += checkDirectives(
        trees[id], names: checker.ts.names, mayLackBodies: p.isStd || !p.assembly.isEmpty,
        minor: Int(minor))
    }
    if !found.isEmpty { report(id, found) }
  }

  /// A message about a language version says where the version comes from.
  private func addVersion(_ d: inout Diagnostic, _ minor: UInt16, _ id: Packages.PackageID) {
    guard d.message.contains("requires go1."), d.message.contains(" or later") else { return }
    let file = sources.file(of: d.pos)
    // A file cannot ask for less than 1.21; gc names the module's version then.
    if let i = fileIDs[id].firstIndex(of: file),
      let asked = minorVersion(trees[id][i].goVersion), asked >= 21
    {
      d.message += " (file declares //go:build \(trees[id][i].goVersion))"
    } else {
      d.message += " (-lang was set to go1.\(minor); check go.mod)"
    }
  }

  private func report(_ id: Packages.PackageID, _ list: [Diagnostic]) {
    failed.insert(id)
    let r = Reporter(allErrors: options.allErrors, cwd: cwd)
    if options.json {
      var paths: [FileID: String] = [:]
      for (i, f) in fileIDs[id].enumerated() { paths[f] = graph[id].files[i].path }
      writeOutput(r.json(list, sources, paths: paths))
      return
    }
    writeError("# \(graph[id].heading)\n" + r.text(list, sources))
  }

  /// A path as messages show it.
  func shown(_ path: String) -> String {
    let s = shortPath(path, from: cwd)
    return s.contains("/") ? s : "./" + s
  }

  // MARK: Dumps

  /// Prints the dumps of the front end that the options ask for.
  public func dumpFrontEnd() {
    let d = options.developer
    if d.dumps("packages") {
      for id in graph.packages.ids {
        let p = graph[id]
        writeOutput("\(p.importPath) \(p.name) \(p.goVersion)\n")
        for f in p.files { writeOutput("  \(f.name)\n") }
        for f in p.assembly { writeOutput("  \(baseName(f))\n") }
      }
    }
    for id in graph.roots {
      if d.dumps("tokens") { for f in graph[id].files { writeOutput(dumpTokens(bytes: f.bytes)) } }
      if d.dumps("syntax") { for t in trees[id] { writeOutput(t.dump(names)) } }
    }
  }
}
