// Entry points: packages in, results out.
import Base
import Syntax

extension Checker {
  /// How much of a package is checked at once.
  public enum Extent: Sendable {
    /// All declarations, bodies and initialisers; unused imports are reported.
    case everything
    /// All declarations; bodies and initialisers of variables with a declared type on demand.
    case declarations
    /// Only what is referred to, on demand.
    case onDemand
  }

  /// Adds a package whose files have been parsed, and collects its declarations. `imports` maps
  /// import paths as written to packages added before. `minor` is N of the language version 1.N;
  /// a file's `//go:build` line may change it. Reports what is wrong with imports and names.
  public func add(
    path: NameID, trees list: [SyntaxTree], minor: UInt16, imports: [NameID: PackageID],
    extent: Extent
  ) -> PackageID {
    var p = PackageRecord(path: path, name: .none, scope: ts.newScope(ts.universe.scope))
    p.minor = minor
    p.isLazy = extent != .everything
    let id = ts.packages.append(p)
    importsOf.append(imports)
    for t in list {
      trees[t.file.index] = t
      files[t.file].prepare(nodeCount: t.nodeCount)
    }
    let saved = env
    let savedTree = tree
    let savedErrors = hasErrors
    hasErrors = false
    initFiles(id, list)
    collectObjects(id)
    directCycles(id)
    if extent != .onDemand { packageObjects(id) }
    processDelayed(0)
    if extent == .everything { finish(id) }
    hasErrors = savedErrors
    env = saved
    tree = savedTree
    return id
  }

  /// The last steps once all bodies of a package have been checked.
  private func finish(_ p: PackageID) {
    enterPackage(p)
    _ = initOrder(of: p)
    if config.unusedImports { unusedImports(p) }
    if !hasErrors { monomorph() }
    if !hasErrors { checkSizes() }
    sizeNotes.removeAll()
    ts.packages[p].complete = true
  }

  func enterPackage(_ p: PackageID) {
    var e = Environment()
    e.package = p
    e.minor = ts.packages[p].minor
    if let f = ts.packages[p].files.first {
      e.file = f
      tree = trees[f.index]
    }
    env = e
  }

  /// The tree of `file`.
  public func syntax(_ file: FileID) -> SyntaxTree { trees[file.index]! }

  /// N of the language version 1.N of a file.
  public func languageMinor(_ file: FileID) -> UInt16 { fileMinor[file.index] }

  /// The package imported under `path` as written in a file of `package`.
  public func package(importedAs path: NameID, by package: PackageID) -> PackageID {
    importsOf[package.index][path] ?? .none
  }

  /// Makes the type of a package-level object or method known (`ts.objects[o].type`).
  public func declare(_ o: ObjectID) {
    if ts.objects[o].type.isSome { return }
    objDecl(o)
    processDelayed(0)
  }

  /// Checks the body of a declared function or method, if it has one and that has not been done.
  /// Afterwards the file's tables hold the results for the body's nodes.
  public func checkBody(of o: ObjectID) {
    var f = o
    while ts.objects[f].origin.isSome { f = ts.objects[f].origin }
    declare(f)
    let d = DeclID(raw: ts.objects[f].decl)
    if d.isNone || ts.declarations[d].body != .unseen { return }
    scheduleBody(f, d)
    processDelayed(0)
  }

  /// Checks the initialiser of a package-level variable, if it has one.
  public func checkInitializer(of o: ObjectID) {
    declare(o)
    let d = DeclID(raw: ts.objects[o].decl)
    if d.isNone || ts.declarations[d].body != .unseen { return }
    initializeLater(o, d)
    processDelayed(0)
  }

  /// Releases what the checker knows about the nodes of a package's files.
  public func dropResults(of p: PackageID) {
    for f in ts.packages[p].files { files[f] = FileTypes() }
  }

  // MARK: Files

  private func initFiles(_ id: PackageID, _ list: [SyntaxTree]) {
    env = Environment()
    env.package = id
    let current = Checker.newestMinor
    for t in list {
      tree = t
      env.file = t.file
      if t.packageName.isNone { continue }
      let name = t.name(t.packageName)
      if ts.packages[id].name.isNone {
        if name == KnownName.blank {
          report(t.packageName, .blankPackageName)
        } else {
          ts.packages[id].name = name
        }
        ts.packages[id].files.append(t.file)
      } else if ts.packages[id].name == name {
        ts.packages[id].files.append(t.file)
      } else {
        report(t.packagePos, .mismatchedPackageName, .name(name), .name(ts.packages[id].name))
        continue
      }
      var minor = ts.packages[id].minor
      if let fileMinor = Checker.minor(ofVersion: t.goVersion) {
        minor = max(fileMinor, 21)
        if fileMinor > current {
          report(t.packageName, .fileTooNew, .text("go1.\(fileMinor)"))
        }
      }
      fileMinor[t.file.index] = minor
    }
    if ts.packages[id].minor > current, let first = list.first {
      tree = first
      report(
        first.packagePos, .packageTooNew, .text("go1.\(ts.packages[id].minor)"),
        .text("go1.\(current)"))
    }
  }

  static var newestMinor: UInt16 { 27 }

  /// N of "go1.N" or "go1.N.M", nil if the text has another form.
  public static func minor(ofVersion v: String) -> UInt16? {
    var text = Substring(v)
    if text.hasPrefix("go") { text = text.dropFirst(2) }
    if !text.hasPrefix("1.") { return text == "1" ? 0 : nil }
    return UInt16(text.dropFirst(2).prefix { $0.isASCII && $0.isNumber })
  }
}
