import Base
import Glibc
import Packages
import Syntax
import Types

// From a checked program to an executable. The front end (packages, parse, types) is `Program`;
// this file calls the phases behind it in order.

/// Packages that belong to every program although nobody imports them.
let implicitPackages: [String] = ["runtime"]

/// Front end of `apus build`: nil if there were errors, which have been printed.
func frontEnd(_ options: Options) throws -> Program? {
  let p = try Program(options)
  try p.load(implicit: implicitPackages, parsing: true)
  p.parse()
  p.dumpFrontEnd()
  return p.check(.onDemand) ? p : nil
}

/// Compiles and links what the options name. Several packages, or one that is no program, are
/// checked; programs among several are written if `-o` names a directory.
func build(_ options: Options) throws -> Int32 {
  guard let p = try frontEnd(options) else { return 1 }
  let roots = p.graph.roots
  if roots.count == 1 && p.graph[roots[0]].name == "main" {
    // The process is about to end: nothing is freed.
    _ = Unmanaged.passRetained(p)
    return try build(p, to: options.output.isEmpty ? defaultOutput(p) : options.output)
  }
  let programs = roots.filter { p.graph[$0].name == "main" }
  var output = options.output
  if !output.isEmpty && output != "/dev/null" {
    let isFolder = output.hasSuffix("/") || isDirectory(output)
    if roots.count > 1 && !isFolder {
      throw PackageError("cannot write multiple packages to non-directory \(output)")
    }
    if isFolder && programs.isEmpty { throw PackageError("no main packages to build") }
    if isFolder && mkdir(output, 0o777) != 0 && errno != EEXIST {
      throw PackageError("mkdir \(output): \(String(cString: strerror(errno)))")
    }
  } else {
    output = "/dev/null"
  }
  for root in programs {
    // One program at a time: what one reaches has no place in another.
    var own = options
    own.arguments = [p.graph[root].importPath]
    guard let q = try frontEnd(own) else { return 1 }
    let status = try build(q, to: output)
    if status != 0 { return status }
  }
  showTime(p)
  return 0
}

/// The file that the go command would write: the package's last path element, or for files of the
/// command line the first file's name without its suffix, in the current directory.
private func defaultOutput(_ p: Program) -> String {
  guard p.mainRoot.isSome else { return "a.out" }
  let package = p.graph[p.mainRoot]
  if package.importPath == "command-line-arguments", let f = package.files.first {
    return f.name.hasSuffix(".go") ? String(f.name.dropLast(3)) : f.name
  }
  return baseName(package.importPath)
}

private func build(_ p: Program, to output: String) throws -> Int32 {
  var c = Compilation(p)
  let linked = try c.run()
  guard let linked else {
    showTime(p)
    return c.failed ? 1 : 0
  }
  var target = output
  if isDirectory(target) { target += "/" + defaultOutput(p) }
  do {
    try linked.image.write(to: target)
  } catch {
    writeError("apus: \(error)\n")
    return 1
  }
  p.timing.end("write")
  showTime(p)
  return 0
}

/// Builds into a temporary directory and becomes the program, so that its streams, signals and exit
/// status are the command's own.
func run(_ options: Options, _ arguments: [String]) throws -> Int32 {
  guard let p = try frontEnd(options) else { return 1 }
  if p.mainRoot.isNone || p.graph[p.mainRoot].name != "main" {
    throw PackageError("package \(p.mainImportPath) is not a main package", status: 1)
  }
  let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  var template = Array((parent + "/apus-run-XXXXXX").utf8CString)
  guard mkdtemp(&template) != nil else {
    throw PackageError("apus: cannot make a temporary directory in \(parent)", status: 1)
  }
  let dir = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let file = dir + "/" + defaultOutput(p)
  defer {
    unlink(file)
    rmdir(dir)
  }
  let status = try build(p, to: file)
  if status != 0 { return status }
  putToolsFirst(p.goroot)
  return spawn(file, arguments)
}

/// As the go command has it for the programs that it runs: the `go` that they find is that of our GOROOT.
func putToolsFirst(_ goroot: Goroot) {
  let bin = goroot.path + "/bin"
  let old = getenv("PATH").map { String(cString: $0) } ?? ""
  if access(bin + "/go", X_OK) != 0 || old == bin || old.hasPrefix(bin + ":") { return }
  setenv("PATH", old.isEmpty ? bin : bin + ":" + old, 1)
}

/// Runs a program to its end. Death by a signal gives 128 + the signal's number, as shells do.
private func spawn(_ file: String, _ arguments: [String]) -> Int32 {
  var argv: [UnsafeMutablePointer<CChar>?] = ([file] + arguments).map { strdup($0) }
  argv.append(nil)
  defer { for a in argv { free(a) } }
  // The terminal's signals go to the program as well; it decides.
  signal(SIGINT, SIG_IGN)
  signal(SIGQUIT, SIG_IGN)
  var attr = posix_spawnattr_t()
  posix_spawnattr_init(&attr)
  defer { posix_spawnattr_destroy(&attr) }
  var defaults = sigset_t()
  sigfillset(&defaults)
  posix_spawnattr_setsigdefault(&attr, &defaults)
  posix_spawnattr_setflags(&attr, Int16(POSIX_SPAWN_SETSIGDEF))
  var pid: pid_t = 0
  let rc = posix_spawn(&pid, file, nil, &attr, argv, environ)
  if rc != 0 {
    writeError("apus: cannot run \(file): \(String(cString: strerror(rc)))\n")
    return 1
  }
  var state: Int32 = 0
  while waitpid(pid, &state, 0) < 0 && errno == EINTR {}
  if state & 0x7f == 0 { return state >> 8 & 0xff }
  return 128 + (state & 0x7f)
}
