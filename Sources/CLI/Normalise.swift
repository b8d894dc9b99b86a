/// The command line in the form that ArgumentParser understands: Go's flags have one dash, may be
/// joined to their value by "=", and booleans may carry "=true" or "=false".
struct NormalisedArguments {
  /// With long flags written with two dashes.
  var arguments: [String] = []
  /// The `-apus:` flags without that prefix.
  var developer: [String] = []
  /// What follows the package of `apus run`: the program's own arguments.
  var programArguments: [String] = []

  static let takingValue: Set<String> = [
    "o", "tags", "ldflags", "gcflags", "asmflags", "lang", "p", "mod", "buildmode", "C",
    "modfile",
  ]

  /// Flags of build commands without a value.
  static let switches: Set<String> = ["e", "trimpath", "a", "v", "race", "h", "help"]

  init(_ raw: [String]) {
    var i = 0
    let isRun = raw.first == "run"
    var sawFile = false
    while i < raw.count {
      let a = raw[i]
      i += 1
      if isRun && i > 1 && !a.hasPrefix("-") {
        // One package, or several Go files.
        if sawFile && !a.hasSuffix(".go") {
          programArguments = Array(raw[(i - 1)...])
          return
        }
        arguments.append(a)
        sawFile = a.hasSuffix(".go")
        if !sawFile {
          programArguments = Array(raw[i...])
          return
        }
        continue
      }
      if isRun && sawFile {
        programArguments = Array(raw[(i - 1)...])
        return
      }
      if !a.hasPrefix("-") || a == "-" || a == "--" {
        arguments.append(a)
        continue
      }
      let body = a.drop { $0 == "-" }
      if body.hasPrefix("apus:") {
        developer.append(String(body.dropFirst(5)))
        continue
      }
      let name = String(body.prefix { $0 != "=" })
      let value = body.dropFirst(name.count)
      if NormalisedArguments.takingValue.contains(name) {
        if value.isEmpty {
          arguments.append(dashed(name))
          if i < raw.count {
            arguments.append(raw[i])
            i += 1
          }
        } else {
          // A value of its own may begin with a dash.
          arguments.append("--" + longName(name) + value)
        }
      } else if value == "=true" || value.isEmpty {
        arguments.append(dashed(name))
      } else if raw.first == "list" && name == "json" && value != "=false" {
        // The one flag with an optional value.
        arguments += ["--json", "--json-fields" + value]
      } else if value != "=false" {
        arguments.append(dashed(name) + value)
      }
    }
  }

  private func longName(_ name: String) -> String {
    switch name {
    case "o": "output"
    case "p": "parallel"
    case "C": "chdir"
    default: name
    }
  }

  private func dashed(_ name: String) -> String { (name.count == 1 ? "-" : "--") + name }
}
