/// What `apus test` is told besides the flags of a build.
public struct TestOptions: Sendable {
  /// Flags handed to the test program, with their `-test.` prefix.
  public var forwarded: [String] = []
  /// What follows `-args`, and what is no flag of ours.
  public var programArguments: [String] = []
  /// Compile only (`-c`).
  public var compilesOnly = false
  /// Where the test program is kept (`-o`).
  public var output = ""
  public var isVerbose = false
  public var json = false
  public var failFast = false
  public var lists = false
  public var benchmarks = false
  /// Seconds; 0 for none.
  public var timeout: Double = 600
  public var timeoutText = "10m0s"

  public init() {}

  /// Output of passing tests is shown.
  var showsPass: Bool { isVerbose || lists }

  private static let booleans: Set<String> = [
    "v", "short", "failfast", "json", "c", "benchmem", "fullpath",
  ]
  private static let withValue: Set<String> = [
    "run", "skip", "bench", "benchtime", "count", "timeout", "list", "cpu", "parallel", "shuffle",
    "blockprofile", "blockprofilerate", "cpuprofile", "memprofile", "memprofilerate",
    "mutexprofile", "mutexprofilefraction", "trace", "outputdir", "fuzz", "fuzztime",
    "fuzzminimizetime", "o", "vet", "exec", "coverprofile", "covermode", "coverpkg",
  ]
  private static let refused: Set<String> = [
    "fuzz", "exec", "coverprofile", "covermode", "coverpkg", "cover",
  ]

  /// Takes the flags of `test` out of a command line and leaves those of a build and the packages.
  /// `known` are the names of build flags, with whether they take a value. Throws a text for the user.
  public mutating func take(
    _ raw: [String], known: (String) -> (isKnown: Bool, takesValue: Bool)
  ) throws(UsageError) -> [String] {
    var rest: [String] = []
    var i = 0
    // Once packages have been named and a flag has followed, other words are the program's.
    var packages = 0
    var isAfterPackages = false
    while i < raw.count {
      let word = raw[i]
      i += 1
      if !word.hasPrefix("-") || word == "-" {
        if isAfterPackages {
          programArguments += raw[(i - 1)...]
          break
        }
        packages += 1
        rest.append(word)
        continue
      }
      isAfterPackages = isAfterPackages || packages > 0
      var name = word.drop { $0 == "-" }
      var value: String? = nil
      if let eq = name.firstIndex(of: "=") {
        value = String(name[name.index(after: eq)...])
        name = name[..<eq]
      }
      if name == "args" {
        programArguments += raw[i...]
        break
      }
      if name.hasPrefix("apus:") {
        rest.append(word)
        continue
      }
      let build = known(String(name))
      let flag = name.hasPrefix("test.") ? String(name.dropFirst(5)) : String(name)
      if build.isKnown && flag != "v" && flag != "o" {
        rest.append(word)
        if build.takesValue && value == nil && i < raw.count {
          rest.append(raw[i])
          i += 1
        }
        continue
      }
      let takesValue = TestOptions.withValue.contains(flag)
      if !takesValue && !TestOptions.booleans.contains(flag) && !TestOptions.refused.contains(flag)
      {
        programArguments.append(word)
        // The next word may be its value, or a package: nobody can know.
        isAfterPackages = value == nil
        continue
      }
      if takesValue && value == nil {
        if i >= raw.count { throw UsageError("flag needs an argument: -\(flag)") }
        value = raw[i]
        i += 1
      }
      try set(flag, value ?? "true")
    }
    return rest
  }

  private mutating func set(_ flag: String, _ value: String) throws(UsageError) {
    let isOn = value != "false" && value != "0"
    if TestOptions.refused.contains(flag) {
      if flag == "cover" && !isOn { return }
      throw UsageError("-\(flag) is not supported")
    }
    switch flag {
    case "c":
      compilesOnly = isOn
      return
    case "o":
      output = value
      return
    case "json":
      json = isOn
      return
    case "vet": return
    case "v":
      isVerbose = isOn
      if value == "test2json" { json = true }
      return
    case "failfast": failFast = isOn
    case "list": lists = true
    case "bench": benchmarks = true
    case "timeout":
      guard let seconds = TestOptions.seconds(value) else {
        throw UsageError("invalid value \"\(value)\" for flag -timeout: parse error")
      }
      timeout = seconds
      timeoutText = value
      return
    default: break
    }
    forwarded.append("-test.\(flag)=\(value)")
  }

  /// A duration as package time writes it: "1m30s", "1.5h", "0".
  static func seconds(_ text: String) -> Double? {
    if text == "0" { return 0 }
    var rest = Substring(text)
    var total = 0.0
    if rest.isEmpty { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let n = Double(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { !$0.isNumber && $0 != "." }
      rest = rest.dropFirst(unit.count)
      switch unit {
      case "h": total += n * 3600
      case "m": total += n * 60
      case "s": total += n
      case "ms": total += n / 1e3
      case "us", "µs", "μs": total += n / 1e6
      case "ns": total += n / 1e9
      default: return nil
      }
    }
    return total
  }

  /// The arguments of the test program.
  var arguments: [String] {
    var out = ["-test.paniconexit0"]
    if json {
      out.append("-test.v=test2json")
    } else if isVerbose {
      out.append("-test.v=true")
    }
    if timeout > 0 { out.append("-test.timeout=\(timeoutText)") }
    return out + forwarded + programArguments
  }
}

/// A command line that makes no sense.
public struct UsageError: Error, Sendable {
  public var message: String
  init(_ message: String) { self.message = message }
}
