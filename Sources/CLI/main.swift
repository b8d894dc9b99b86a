import ArgumentParser
import Driver
import Glibc

/// The `apus` command.
struct Apus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus",
    abstract: "A Go compiler whose programs start at the speed of exec.",
    discussion: "Flags may be written with one dash, as with the go command.",
    subcommands: [Build.self, Run.self, Test.self, Check.self, List.self, Env.self, Version.self])
}

/// Flags that concern all commands that read packages.
struct SourceFlags: ParsableArguments {
  @Option(help: "Build tags, separated by commas.") var tags: String = ""
  @Option(help: "Language version, such as go1.21, for the packages at hand.")
  var lang: String = ""
  @Flag(name: .short, help: "Report all errors, not the first ten.") var e = false
  @Option(help: "Flags of gc; -e and -lang are heeded.") var gcflags: [String] = []
  @Option(name: [.customShort("p"), .customLong("parallel")], help: "Number of threads.")
  var parallel: Int = 2
  @Option(name: [.customShort("C"), .customLong("chdir")], help: "Change to this directory first.")
  var chdir: String = ""
  @Option(help: "Ignored; the module cache is only read.") var mod: String = ""
  @Argument(help: "Packages or Go files.") var arguments: [String] = []

  func options() throws -> Options {
    var o = Options()
    o.arguments = arguments
    o.tags = tags.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    o.threads = max(1, parallel)
    o.allErrors = e
    var version = lang
    for g in gcflags {
      var rest = Substring(g)
      // A pattern may stand in front: all=-e.
      if !rest.hasPrefix("-"), let i = rest.firstIndex(of: "=") {
        rest = rest[rest.index(after: i)...]
      }
      for flag in rest.split(separator: " ") {
        if flag == "-e" { o.allErrors = true }
        if flag.hasPrefix("-lang=") { version = String(flag.dropFirst(6)) }
      }
    }
    if !version.isEmpty {
      guard let n = minor(version) else {
        throw ValidationError(
          "invalid value \"\(version)\" for -lang: should be something like \"go1.12\"")
      }
      o.langMinor = n
    }
    for d in developerFlags where !o.developer.parse(d) {
      throw ValidationError("unknown flag -apus:\(d); see -apus:help")
    }
    if !chdir.isEmpty && Glibc.chdir(chdir) != 0 {
      throw ValidationError("cannot change to directory \(chdir)")
    }
    return o
  }

  private func minor(_ v: String) -> Int? {
    guard v.hasPrefix("go1") else { return nil }
    if v == "go1" { return 0 }
    return v.dropFirst(3).first == "." ? Int(v.dropFirst(4).prefix { $0.isNumber }) : nil
  }
}

/// Flags of build and run.
struct BuildFlags: ParsableArguments {
  @Option(name: [.short, .customLong("output")], help: "Write the result to this file.")
  var o: String = ""
  @Option(help: "Flags of the linker: -s, -w, -X.") var ldflags: [String] = []
  @Option(help: "Ignored.") var asmflags: [String] = []
  @Option(help: "exe is the only mode.") var buildmode: String = "exe"
  @Flag(help: "Leave file system paths out of the result.") var trimpath = false
  @Flag(help: "Rebuild everything; always the case.") var a = false
  @Flag(name: .short, help: "Print the names of packages.") var v = false
  @Flag(help: "Not supported.") var race = false

  func apply(_ options: inout Options) throws {
    if race { throw ValidationError("-race is not supported") }
    if buildmode != "exe" && buildmode != "default" {
      throw ValidationError("-buildmode=\(buildmode) is not supported")
    }
    options.output = o
    options.ldflags = ldflags
    options.trimPath = trimpath
    options.verbose = v
  }
}

func finish(_ status: Int32) throws { throw ExitCode(status) }

struct Build: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Compile packages and programs.")
  @OptionGroup var source: SourceFlags
  @OptionGroup var flags: BuildFlags

  func run() throws {
    var o = try source.options()
    try flags.apply(&o)
    try finish(runCommand(.build, o))
  }
}

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Compile and run a program.")
  @OptionGroup var source: SourceFlags
  @OptionGroup var flags: BuildFlags

  func run() throws {
    var o = try source.options()
    try flags.apply(&o)
    try finish(runCommand(.run(programArguments), o))
  }
}

struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Test packages.",
    discussion: """
      Flags of tests: -run -skip -bench -benchtime -benchmem -v -short -count -cpu -parallel
      -shuffle -timeout -failfast -json -list -c -o, the profiles, and -args ARGUMENTS...
      """)
  @OptionGroup var source: SourceFlags
  @OptionGroup var flags: BuildFlags

  func run() throws {
    var o = try source.options()
    try flags.apply(&o)
    try finish(runCommand(.test(testOptions), o))
  }
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Check packages without compiling.")
  @OptionGroup var source: SourceFlags
  @Flag(help: "Print errors as JSON, one object a line.") var json = false
  @Flag(help: "Predeclare assert and trace.") var testfuncs = false
  @Flag(name: .customLong("fakeImportC"), help: "Accept import \"C\".") var fakeImportC = false

  func run() throws {
    var o = try source.options()
    o.json = json
    o.testFuncs = testfuncs
    o.fakeImportC = fakeImportC
    try finish(runCommand(.check, o))
  }
}

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List packages.")
  @OptionGroup var source: SourceFlags
  @Flag(help: "Also all packages they need, dependencies first.") var deps = false
  @Flag(help: "Also the selected files.") var files = false
  @Flag(help: "Print JSON; -json=FIELD,... only these fields.") var json = false
  @Option(help: .hidden) var jsonFields: String = ""

  func run() throws {
    var how = ListOptions()
    how.deps = deps
    how.files = files
    how.json = json
    how.fields = jsonFields.split(separator: ",").map { String($0) }
    try finish(runCommand(.list(how), source.options()))
  }
}

struct Env: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Print the environment.")
  @Argument(help: "Variables; all without any.") var names: [String] = []

  func run() throws { try finish(runCommand(.env(names), Options())) }
}

struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Print the version.")

  func run() throws { try finish(runCommand(.version, Options())) }
}

/// The command line without the flags that only `test` knows, and these.
func splitTestFlags(_ raw: [String]) -> (rest: [String], test: TestOptions) {
  var options = TestOptions()
  if raw.first != "test" { return (raw, options) }
  do throws(UsageError) {
    let rest = try options.take(Array(raw.dropFirst())) { name in
      let takesValue = NormalisedArguments.takingValue.contains(name)
      return (takesValue || NormalisedArguments.switches.contains(name), takesValue)
    }
    return (["test"] + rest, options)
  } catch {
    writeError("apus test: \(error.message)\n")
    exit(2)
  }
}

/// What is wrong with the command line, on one line; flags as Go writes them.
func usageError(_ message: String) -> String {
  var text = ""
  for word in message.split(separator: "\n").first?.split(separator: " ") ?? [] {
    text +=
      text.isEmpty
      ? word.lowercased() : " " + (word.hasPrefix("'--") ? "'" + word.dropFirst(2) : word)
  }
  let commands = Apus.configuration.subcommands.map { $0._commandName }
  let command = rawArguments.first.flatMap { commands.contains($0) ? "apus " + $0 : nil } ?? "apus"
  return "\(command): \(text); see \(command) -help\n"
}

let (rawArguments, testOptions) = splitTestFlags(Array(CommandLine.arguments.dropFirst()))
let normalised = NormalisedArguments(rawArguments)
let developerFlags = normalised.developer
let programArguments = normalised.programArguments

if developerFlags.contains("help") {
  print(DeveloperOptions.help, terminator: "")
  exit(0)
}
do {
  var command = try Apus.parseAsRoot(normalised.arguments)
  try command.run()
} catch let status as ExitCode {
  exit(status.rawValue)
} catch {
  let status = Apus.exitCode(for: error)
  if status == ExitCode.success {
    print(Apus.fullMessage(for: error))
    exit(0)
  }
  writeError(usageError(Apus.message(for: error)))
  exit(2)
}
