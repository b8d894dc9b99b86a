import Base
import Syntax

// `apus test`: the package under test with its own test files takes the place of the package
// everywhere in the program, its external tests are a package beside it, and a generated program
// calls them. Since a program is always compiled as a whole, nothing else has to be done for
// packages in between that import the one under test.

extension Loader {
  /// What arguments of `apus test` name: import paths, or what is wrong with an argument. Go files
  /// together are one package, "command-line-arguments".
  public mutating func testRoots(
    _ arguments: [String]
  ) throws(PackageError) -> [(path: String, problem: PackageError?)] {
    includesTests = true
    if arguments.contains(where: { $0.hasSuffix(".go") }) {
      return [(path: "command-line-arguments", problem: nil)]
    }
    var out: [(path: String, problem: PackageError?)] = []
    for a in arguments.isEmpty ? ["."] : arguments {
      for path in try expand(a) {
        do throws(PackageError) {
          let p = try rootPath(path)
          if !out.contains(where: { $0.path == p }) { out.append((path: p, problem: nil)) }
        } catch {
          out.append((path: path, problem: error))
        }
      }
    }
    return out
  }

  /// The program that tests one package of `testRoots`; nil if the package has no test files.
  /// `paths` are the Go files where the command line names files.
  public mutating func loadTest(
    _ path: String, files paths: [String]
  ) throws(PackageError) -> PackageGraph? {
    includesTests = true
    testedPath = path
    let tested =
      path == "command-line-arguments"
      ? try loadFiles(paths) : try require(path, from: nil, at: "")
    splitTests(tested)
    found[tested].isRoot = true
    found[tested].isTested = true
    let p = found[tested]
    if p.testFiles.isEmpty && p.xtestFiles.isEmpty { return nil }
    // gc compiles the package anew, under a name of its own, if it has internal tests.
    if !p.testFiles.isEmpty { found[tested].title = "\(path) [\(path).test]" }
    found[tested].files += p.testFiles
    try setName(&found[tested])
    var functions = TestFunctions()
    for f in p.testFiles { try functions.add(f, qualifier: "_test") }
    for f in p.xtestFiles { try functions.add(f, qualifier: "_xtest") }
    var xtest: String? = nil
    if !p.xtestFiles.isEmpty { xtest = found[try addExternal(p)].importPath }
    let source = functions.mainSource(
      testPath: found[tested].files.isEmpty ? nil : path, xtestPath: xtest,
      shownPath: path == "command-line-arguments" ? "" : path, modulePath: p.modulePath)
    let main = addMain(p, Array(source.utf8))
    for name in implicit { _ = try require(name, from: nil, at: "") }
    try loadImports()
    if !errors.isEmpty { throw PackageError(errors.joined(separator: "\n")) }
    return try order([main])
  }

  /// Of files named on the command line, which are tests: `loadFiles` takes all as they come.
  private mutating func splitTests(_ i: Int) {
    guard found[i].importPath == "command-line-arguments" else { return }
    var p = found[i]
    let all = p.files
    p.files = []
    let name = all.first { !$0.header.packageName.hasSuffix("_test") }?.header.packageName
    for f in all {
      if !f.name.hasSuffix("_test.go") {
        p.files.append(f)
      } else if f.header.packageName.hasSuffix("_test") && f.header.packageName != name {
        p.xtestFiles.append(f)
      } else {
        p.testFiles.append(f)
      }
    }
    found[i] = p
  }

  /// The package of the external tests.
  private mutating func addExternal(_ p: Package) throws(PackageError) -> Int {
    var x = Package()
    x.importPath = p.importPath + "_test"
    x.title = "\(x.importPath) [\(p.importPath).test]"
    x.testOf = p.importPath
    x.dir = p.dir
    x.isStd = p.isStd
    x.isRoot = true
    x.isLocal = p.isLocal
    x.goVersion = p.goVersion
    x.modulePath = p.modulePath
    x.moduleVersion = p.moduleVersion
    x.files = p.xtestFiles
    try setName(&x)
    return add(x)
  }

  private mutating func addMain(_ p: Package, _ source: [UInt8]) -> Int {
    var m = Package()
    m.importPath = p.importPath + ".test"
    m.name = "main"
    m.testOf = p.importPath
    m.dir = p.dir
    m.isRoot = true
    m.isTestMain = true
    m.modulePath = p.modulePath
    m.moduleVersion = p.moduleVersion
    m.files = [
      PackageFile(
        path: p.dir + "/_testmain.go", shown: "_testmain.go", bytes: source,
        header: FileHeader(bytes: source))
    ]
    return add(m)
  }
}
