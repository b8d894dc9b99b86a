import Base
import Syntax

/// A package of the program: index into `PackageGraph.packages`. Id 0 is none.
public struct PackageID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// One selected source file.
public struct PackageFile: Sendable {
  /// Absolute path.
  public var path: String
  /// Path as messages show it.
  public var shown: String
  public var bytes: [UInt8]
  public var header: FileHeader
  /// Its number, if `Loader.accepted` gave it one.
  public var file = FileID.none

  /// The file name alone.
  public var name: String { baseName(path) }
}

/// One import path of a package and what it resolves to.
public struct PackageImport: Sendable {
  /// As written in the source.
  public var path: String
  /// The package; none for "unsafe" and "C".
  public var package: PackageID
}

/// A package, its files selected and its imports resolved.
public struct Package: Sendable {
  public var id = PackageID.none
  /// The path it is imported by and listed under; "command-line-arguments" for files named on
  /// the command line.
  public var importPath = ""
  /// Name in its package clauses.
  public var name = ""
  /// Directory of the files.
  public var dir = ""
  /// Part of the standard library (vendored packages included).
  public var isStd = false
  /// Named by the user, or in the main module: its bodies are checked in any case.
  public var isRoot = false
  /// Belongs to a main module or to files of the command line.
  public var isLocal = false
  /// Language version, "go1.27".
  public var goVersion = "go1.\(Goroot.minor)"
  /// Path and version of its module; "" for none.
  public var modulePath = ""
  public var moduleVersion = ""
  /// Go files in order of name (files of the command line in the order given).
  public var files: [PackageFile] = []
  /// Test files of the package under test, until they join `files`, and of its external tests.
  var testFiles: [PackageFile] = []
  var xtestFiles: [PackageFile] = []
  /// The package under test: a library even if its name is main.
  public internal(set) var isTested = false
  /// For packages made to test another: that package's path.
  public internal(set) var testOf = ""
  /// The generated program that runs tests.
  public internal(set) var isTestMain = false
  /// What heads the package's errors, if it is not the import path.
  var title = ""
  /// Assembly files in order of name, absolute paths.
  public var assembly: [String] = []
  /// Where assembly looks for `#include "x.h"`, in order.
  public var includeDirs: [String] = []
  /// Imports in order of path.
  public var imports: [PackageImport] = []
  /// `//go:embed` resolves against this directory.
  public var embedDir: String { dir }

  public init() {}

  /// The path in link symbols and type strings: "main" for a program.
  public var linkPath: String { name == "main" && !isTested ? "main" : importPath }

  /// What heads the package's errors.
  public var heading: String { title.isEmpty ? importPath : title }

  /// The package that `path` names in this package's import declarations.
  public func imported(_ path: String) -> PackageID? {
    var lo = 0
    var hi = imports.count
    while lo < hi {
      let mid = (lo + hi) / 2
      if imports[mid].path.utf8.lexicographicallyPrecedes(path.utf8) {
        lo = mid + 1
      } else {
        hi = mid
      }
    }
    return lo < imports.count && imports[lo].path == path ? imports[lo].package : nil
  }
}

/// All packages of a program, dependencies first.
public struct PackageGraph: Sendable {
  public var packages: IDTable<PackageID, Package>
  /// What the command line names, in its order.
  public var roots: [PackageID] = []

  public init() { packages = IDTable(none: Package()) }

  public subscript(id: PackageID) -> Package { packages[id] }

  /// The package with this import path.
  public func find(_ importPath: String) -> PackageID? {
    packages.ids.first { packages[$0].importPath == importPath }
  }
}
