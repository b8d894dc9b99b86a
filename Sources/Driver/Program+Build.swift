import Base
import Link
import Packages
import SSAGen
import Types

/// What building asks of a program.
extension Program {
  /// The one root package; several cannot be linked into one file.
  var mainRoot: Packages.PackageID { graph.roots.first ?? .none }

  /// Whether this makes an executable: one package is named, and it is a command. Others are only compiled.
  var isCommand: Bool { graph.roots.count == 1 && graph[mainRoot].name == "main" }

  /// The packages named, but for all commands except the first: their symbols have the same names.
  var compiledPackages: [Types.PackageID] {
    var list: [Types.PackageID] = []
    var hasCommand = false
    for r in graph.roots {
      let isCommand = graph[r].name == "main"
      if !(isCommand && hasCommand) { list.append(checked[r]) }
      hasCommand = hasCommand || isCommand
    }
    return list.filter { $0.isSome }
  }

  var mainPackage: Types.PackageID { mainRoot.isSome ? checked[mainRoot] : .none }
  var mainImportPath: String { mainRoot.isSome ? graph[mainRoot].importPath : "" }

  /// Errors that the checker has found since the front end: in bodies that were checked on demand.
  func newTypeErrors() -> [Diagnostic] {
    let all = checker.diagnostics.list
    let new = all[min(reportedErrors, all.count)...]
    reportedErrors = all.count
    return Array(new)
  }

  /// What start-up touches, for the linker's order.
  var hotList: [UInt8] { readFile(overlay.dir + "/HOT") ?? [] }

  /// What `go version -m` shows.
  var buildInfo: BuildInfo {
    var info = BuildInfo(goVersion: goroot.version, path: mainImportPath)
    if mainRoot.isSome, !graph[mainRoot].modulePath.isEmpty {
      info.main = BuildInfo.Module(
        path: graph[mainRoot].modulePath, version: graph[mainRoot].moduleVersion, sum: "")
    }
    info.settings = [
      (key: "-compiler", value: "apus"), (key: "CGO_ENABLED", value: "0"),
      (key: "GOARCH", value: "amd64"), (key: "GOOS", value: "linux"),
      (key: "GOAMD64", value: "v1"),
    ]
    return info
  }
}

extension Options {
  /// The words of all `-ldflags`.
  private var linkerWords: [String] {
    ldflags.flatMap { $0.split(separator: " ").map(String.init) }
  }

  /// `-ldflags=-s` drops the symbol table; `-w` alone would drop debug information, of which there is none.
  var stripsSymbols: Bool { linkerWords.contains("-s") }

  /// `-ldflags="-X path.name=value"`.
  var stringVariables: [(name: String, value: String)] {
    var out: [(name: String, value: String)] = []
    let words = linkerWords
    var i = 0
    while i < words.count {
      var text: String?
      if words[i] == "-X", i + 1 < words.count {
        text = words[i + 1]
        i += 1
      } else if words[i].hasPrefix("-X=") {
        text = String(words[i].dropFirst(3))
      }
      if let t = text, let eq = t.firstIndex(of: "=") {
        out.append((name: String(t[..<eq]), value: String(t[t.index(after: eq)...])))
      }
      i += 1
    }
    return out
  }
}
