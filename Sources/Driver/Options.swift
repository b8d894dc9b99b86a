/// What the command line asks for, whatever the command.
public struct Options: Sendable {
  /// Packages or files.
  public var arguments: [String] = []
  /// Build tags (`-tags`).
  public var tags: [String] = []
  /// Language version 1.N (`-lang`, `-gcflags=-lang`), 0 for that of each package.
  public var langMinor = 0
  /// Print all errors, not the first ten (`-e`, `-gcflags=-e`).
  public var allErrors = false
  /// Errors as JSON objects, one a line (`check -json`).
  public var json = false
  /// Predeclare `assert` and `trace` (`check -testfuncs`).
  public var testFuncs = false
  /// Accept `import "C"` (`check -fakeImportC`).
  public var fakeImportC = false
  /// Name packages as they are compiled.
  public var verbose = false
  public var output = ""
  public var ldflags: [String] = []
  public var trimPath = false
  public var threads = 2
  public var developer = DeveloperOptions()

  public init() {}
}

/// The `-apus:` flags: looking into the compiler. See `docs/developing.md`.
public struct DeveloperOptions: Sendable {
  /// Print time and memory of each phase.
  public var time = false
  public var timeAsJSON = false
  public var stats = false
  /// Run the verifiers between passes.
  public var check = false
  /// Phases or `ssa/<pass>` to dump.
  public var dumps: [String] = []
  /// Passes to leave out.
  public var off: [String] = []
  /// `pass:level`.
  public var debug: [String] = []
  /// Optional passes run only on functions whose name's hash ends in these binary digits.
  public var bisect = ""
  /// Restricts dumps and debugging to functions whose name contains this.
  public var function = ""
  /// Run package initialisers at build time; of these packages, or of all that can be if there are
  /// none.
  public var image = false
  public var imagePackages: [String] = []

  public init() {}

  /// Phases that can be dumped, with what is shown.
  public static let phases: [(name: String, shows: String)] = [
    (name: "tokens", shows: "tokens of the root packages' files"),
    (name: "syntax", shows: "syntax trees of the root packages' files"),
    (name: "packages", shows: "selected packages and files"),
    (name: "types", shows: "types and constants of each expression"),
    (name: "reach", shows: "why a function is in the program"),
    (name: "escape", shows: "escape analysis, in the words of gc's -m"),
    (name: "ssa/PASS", shows: "SSA after a pass, or after each for PASS *"),
    (name: "regalloc", shows: "intervals, spills, edits"),
    (name: "asm", shows: "machine code"),
    (name: "stackmap", shows: "stack maps"),
    (name: "init", shows: "what -apus:image ran at build time, and what not and why"),
    (name: "link/map", shows: "the layout of the executable"),
    (name: "link/why=SYMBOL", shows: "why a symbol is in the executable"),
  ]

  /// Takes one flag without its `-apus:`; false if it is unknown.
  public mutating func parse(_ flag: String) -> Bool {
    let name = flag.prefix { $0 != "=" }
    let value = String(flag.dropFirst(name.count + 1))
    switch name {
    case "time":
      time = true
      timeAsJSON = value == "json"
    case "stats": stats = true
    case "check": check = true
    case "dump": dumps += value.split(separator: ",").map(String.init)
    case "off": off += value.split(separator: ",").map(String.init)
    case "debug": debug += value.split(separator: ",").map(String.init)
    case "func": function = value
    case "bisect": bisect = value
    case "image":
      image = true
      imagePackages += value.split(separator: ",").map(String.init)
    default: return false
    }
    return true
  }

  public func dumps(_ phase: String) -> Bool { dumps.contains(phase) }

  /// The text of `-apus:help`.
  public static var help: String {
    var t = "-apus:time[=json]      time and memory of each phase\n"
    t += "-apus:stats            counters of each phase\n"
    t += "-apus:check            run the verifiers between passes\n"
    t += "-apus:off=PASS,...     leave passes out\n"
    t += "-apus:debug=PASS:N,... debugging output of passes\n"
    t += "-apus:func=TEXT        only functions whose name contains TEXT\n"
    t +=
      "-apus:image[=PKG,...]  run initialisers at build time, of these packages or of all that can be\n"
    t += "-apus:bisect=BITS       optional passes only where the hash of the name ends in BITS\n"
    t += "-apus:dump=PHASE,...   show the work of phases:\n"
    for p in phases {
      t +=
        "    " + p.name + String(repeating: " ", count: max(1, 19 - p.name.count)) + p.shows + "\n"
    }
    return t
  }
}
