import Base
import Glibc
import Packages

// `apus test`: one test program for each package, built and run in the order of the command line.
// What is printed, and where, is what the go command prints.

/// Tests the packages of `options`. The exit status is 1 if a package fails or does not build.
func test(_ options: Options, _ how: TestOptions) throws -> Int32 {
  var loader = try Program(options).loader
  let roots = try loader.testRoots(options.arguments)
  if roots.count > 1 && !how.output.isEmpty && how.output != "/dev/null"
    && !isDirectory(how.output) && !how.output.hasSuffix("/")
  {
    throw PackageError("with multiple packages, -o must refer to a directory or /dev/null")
  }
  let work = try TemporaryDirectory(prefix: "apus-test-")
  defer { work.remove() }
  var command = TestCommand(options: options, how: how, work: work.path)
  command.isSingle = roots.count == 1
  for root in roots {
    command.test(root.path, root.problem)
    if command.failed && how.failFast { break }
  }
  if command.failed && !how.json && !how.compilesOnly && !options.arguments.isEmpty {
    writeOutput("FAIL\n")
  }
  return command.failed ? 1 : 0
}

private struct TestCommand {
  let options: Options
  let how: TestOptions
  /// Directory for test programs.
  let work: String
  var isSingle = true
  var failed = false

  private enum Built {
    case program(file: String, dir: String)
    case noTests, setupFailed, buildFailed

    var isGood: Bool {
      switch self {
      case .program, .noTests: true
      case .setupFailed, .buildFailed: false
      }
    }
  }

  mutating func test(_ path: String, _ problem: PackageError?) {
    let out = TestOutput(
      package: path, json: how.json,
      streams: options.arguments.isEmpty || how.benchmarks || (how.showsPass && isSingle))
    let built: Built
    do {
      if let problem { throw problem }
      built = try build(path)
    } catch let e as PackageError {
      writeError("# \(path)\n\(e.message)\n")
      built = .setupFailed
    } catch {
      writeError("# \(path)\napus: \(error)\n")
      built = .buildFailed
    }
    switch built {
    case .noTests: out.write("?   \t\(path)\t[no test files]\n")
    case .setupFailed:
      failed = true
      if !how.compilesOnly { out.write("FAIL\t\(path) [setup failed]\n") }
    case .buildFailed:
      failed = true
      if !how.compilesOnly { out.write("FAIL\t\(path) [build failed]\n") }
    case .program(let file, let dir):
      if how.compilesOnly { return }
      run(path, file, dir, out)
      unlink(file)
    }
    out.end(passed: built.isGood && !failedNow)
    failedNow = false
  }

  /// The package at hand has failed.
  private var failedNow = false

  init(options: Options, how: TestOptions, work: String) {
    self.options = options
    self.how = how
    self.work = work
  }

  private func build(_ path: String) throws -> Built {
    let p = try Program(options)
    if !(try p.loadTest(of: path, implicit: implicitPackages)) { return .noTests }
    p.parse()
    if !p.check(.onDemand) { return .buildFailed }
    var c = Compilation(p)
    c.extraVariables = [(name: "testing.testBinary", value: "1")]
    guard let linked = try c.run() else {
      showTime(p)
      return .buildFailed
    }
    let main = p.graph[p.mainRoot]
    let name = baseName(path) + ".test"
    var file = work + "/" + name
    if how.compilesOnly || !how.output.isEmpty {
      var kept = how.output.isEmpty ? name : how.output
      if isDirectory(kept) || kept.hasSuffix("/") { kept += "/" + name }
      try linked.image.write(to: kept)
      if !how.compilesOnly { file = absolutePath(kept, in: p.cwd) }
    }
    if !how.compilesOnly && how.output.isEmpty { try linked.image.write(to: file) }
    putToolsFirst(p.goroot)
    p.timing.end("write")
    showTime(p)
    return .program(file: file, dir: main.dir)
  }

  /// Runs the test program in the package's directory and prints the summary.
  private mutating func run(_ path: String, _ file: String, _ dir: String, _ out: TestOutput) {
    let start = Timing.now()
    // Output is held back when it may turn out not to be wanted; a terminal sees it at once else.
    let isDirect = out.streams && !how.json
    var child = TestProcess(
      file: absolutePath(file, in: workingDirectory()), arguments: how.arguments, directory: dir)
    // A benchmark may take as long as it likes, so only tests are watched from outside.
    child.killAfter =
      how.benchmarks || how.timeout == 0 ? 0 : how.timeout + max(60, how.timeout / 10)
    let end = child.run(isDirect ? nil : { bytes in out.write(bytes) })
    let seconds = secondsText(Timing.now() - start)
    if end.isGood {
      if !how.showsPass && !how.json { out.drop() }
      let note = out.sawNoTests && !isDirect ? " [no tests to run]" : ""
      out.endLine()
      out.write("ok  \t\(path)\t\(seconds)\(note)\n")
      return
    }
    failed = true
    failedNow = true
    if end.wasKilled {
      out.write("*** Test killed with quit: ran too long (\(child.killAfter)s).\n")
    }
    if !end.exited || out.isEmpty { out.write(end.text + "\n") } else { out.endLine() }
    out.write((how.json ? "\u{16}" : "") + "FAIL\t\(path)\t\(seconds)\n")
  }

  private func secondsText(_ nanoseconds: Int) -> String {
    let ms = (nanoseconds + 500_000) / 1_000_000
    let fraction = String(ms % 1000)
    return "\(ms / 1000).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction)s"
  }
}

/// A directory of its own under TMPDIR.
struct TemporaryDirectory {
  let path: String

  init(prefix: String) throws(PackageError) {
    let parent = environment("TMPDIR") ?? "/tmp"
    var template = Array((parent + "/" + prefix + "XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw PackageError("apus: cannot make a temporary directory in \(parent)")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes it with the files in it.
  func remove() {
    for f in listDirectory(path) ?? [] { unlink(path + "/" + f) }
    rmdir(path)
  }
}
